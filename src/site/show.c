#include "site/show.h"

#include "base/must.h"
#include "news/breaking.h"
#include "site/api/describe.h"
#include "site/charge.h"
#include "site/desk/desk.h"
#include "site/edition.h"
#include "site/public/pages.h"
#include "site/public/parts.h"
#include "site/public/views.h"
#include "site/reads.h"
#include "site/refusal.h"
#include "site/tracking.h"
#include "site/visit.h"
#include "text/dates.h"

enum { PAGE_MAX = 8 << 20, PAGE_USUAL = 48 << 10, KEY_MAX = 64 << 10 };

/* Somebody looks at it, not a script that keeps it for later; a browser that does not say is taken
 * at its word (Fetch Metadata, section 2.1). */
static bool is_looked_at(const struct request *rq)
{
    str for_what = request_header(rq, S("sec-fetch-dest"));

    return for_what.n == 0 || str_eq(for_what, S("document"));
}

static void count_read(const struct site *s, const struct request *rq, const struct page *page)
{
    if (rq->method == GET && s->reads != NULL && page_subject(page) != 0 && is_looked_at(rq))
        reads_count(s->reads, page_subject(page));
}

static const str lite = S_INIT(".lite");

static str without_lite(str path)
{
    if (!str_ends(path, lite))
        return path;
    return path.n == lite.n + 1 ? S("/") : str_to(path, path.n - lite.n);
}

str show_address(struct request *rq, str path)
{
    return str_ends(rq->raw_path, lite) ? str_join(rq->arena, path, lite) : path;
}

err show_begin_for(struct request *rq, enum outlet outlet, struct reading *r)
{
    const struct site *s = rq->of;

    return reading_begin(r, rq->arena, rq->desk, (struct viewer){VIEWER_PUBLIC}, outlet,
                         clock_now(s->clock));
}

err show_begin(struct request *rq, struct reading *r)
{
    return show_begin_for(rq, str_ends(rq->raw_path, lite) ? OUTLET_LITE : OUTLET_PAGE, r);
}

static void drop_theme(void *of)
{
    theme *t = of;

    theme_drop(&t);
}

/* The theme, held as long as the request. */
static const theme *theme_for(struct request *rq)
{
    theme *t = site_theme(rq->of);

    arena_defer(rq->arena, drop_theme, t);
    return t;
}

/* For a page that is kept this was settled together with its key. */
static bool is_lite_by_itself(const struct request *rq)
{
    const struct visit *visit = rq->visitor;

    return visit != NULL ? visit->is_lite : edition_is_lite(rq->of, rq);
}

err show_paper(struct request *rq, struct reading *r, struct paper *out)
{
    struct site *s = rq->of;
    struct tongue *tongue;

    TRY(shelf_paper(&s->shelf, s->store, r, out));
    tongue = arena_one(rq->arena, struct tongue);
    *tongue = theme_tongue(theme_for(rq), out->language);
    out->tongue = tongue;
    out->language = tongue_tag(rq->arena, out->language);
    if (is_lite_by_itself(rq))
        out->lite = S("on");
    if (r->outlet == OUTLET_PAGE && str_eq(out->lite, S("on")))
        r->outlet = OUTLET_LITE;
    return OK;
}

/* --- what all replies say of the paper's own rules --- */

/* The names under which a cache in front may be told to drop the page are its tags. */
static void add_surrogate(arena *a, const struct paper *paper, const struct reading *r,
                          struct page_spec *spec, struct header *to)
{
    enum { IF_DOWN_S = 3600 };
    int64_t age = 0;

    if (spec->keep != KEEP_SHARED || r->tags.everything || !str_int(paper->shared_age, &age) ||
        age <= 0)
        return;
    spec->shared_age_s = (int)age;
    /* only where a kill reaches it all the same */
    spec->if_down_s = paper->purge_url.n > 0 ? IF_DOWN_S : 0;
    to[spec->header_n++] = (struct header){S("Surrogate-Key"), tag_set_write(a, &r->tags)};
}

static void add_mining(const struct paper *paper, struct page_spec *spec, struct header *to)
{
    if (!str_eq(paper->mining, S("reserved")))
        return;
    to[spec->header_n++] = (struct header){S("TDM-Reservation"), S("1")};
    if (paper->mining_policy.n > 0)
        to[spec->header_n++] = (struct header){S("TDM-Policy"), paper->mining_policy};
}

static err add_rules(struct request *rq, struct reading *r, struct page_spec *spec)
{
    enum { OF_THE_HOUSE = 3 };
    struct header *all = arena_many(rq->arena, struct header, spec->header_n + OF_THE_HOUSE);
    struct paper paper;

    TRY(show_paper(rq, r, &paper));
    if (spec->header_n > 0)
        memcpy(all, spec->headers, spec->header_n * sizeof *all);
    spec->headers = all;
    add_mining(&paper, spec, all);
    add_surrogate(rq->arena, &paper, r, spec, all);
    return OK;
}

static err keep_and_reply(struct request *rq, struct reading *r, struct page_spec *spec)
{
    const struct site *s = rq->of;
    struct visit *visit = rq->visitor;

    TRY(add_rules(rq, r, spec));
    spec->kind = rq->route != NULL ? (int)rq->route->kind : 0;
    spec->for_one = visit == NULL; /* such a page is drawn for each who asks */
    spec->accepts = request_header(rq, S("accept-encoding"));

    int64_t seen = store_read_event(r->db);
    struct page *page;
    err e;

    reading_end(r);
    page = page_build(spec);
    if (visit != NULL && visit->draws && (spec->status == 200 || spec->status == 410)) {
        cache_put(s->cache, &visit->turn, page, &r->tags, seen);
        visit->draws = false;
    }
    count_read(s, rq, page);
    e = reply_page(rq, page);
    page_drop(&page);
    return e;
}

static err draw(struct request *rq, struct reading *r, enum template template, const void *view,
                str *out, struct passing *passing)
{
    struct site *s = rq->of;
    struct paper paper;
    theme *t;
    buf page = buf_new(rq->arena, PAGE_MAX);

    TRY(shelf_paper(&s->shelf, s->store, r, &paper));
    buf_room(&page, PAGE_USUAL);
    t = site_theme(s);
    theme_draw(t, r->outlet == OUTLET_LITE ? TEMPLATES + template : template, view, paper.language,
               &page, passing);
    theme_drop(&t);
    if (page.over)
        return fail(&rq->note, E_LIMIT, "the page has more than %d bytes", PAGE_MAX);
    *out = buf_str(&page);
    return OK;
}

err show_draw(struct request *rq, struct reading *r, enum template template, const void *view,
              str *out)
{
    return draw(rq, r, template, view, out, NULL);
}

err show_page(struct request *rq, struct reading *r, int status, enum template template,
              const void *view)
{
    const struct site *s = rq->of;
    struct passing passing;
    str html;
    err e = draw(rq, r, template, view, &html, &passing);

    if (e != OK) {
        reading_end(r);
        return e;
    }
    if (status != 200 && status != 410) { /* nobody keeps it, and it has headers of its own */
        reading_end(r);
        return reply_html(rq, status, html);
    }
    return keep_and_reply(rq, r,
                          &(struct page_spec){
                              .status = status,
                              .type = S("text/html; charset=utf-8"),
                              .body = html,
                              .etag = status == 200 ? theme_mark(rq->arena, html, &passing) : S(""),
                              .expires_at = r->until,
                              .subject = r->subject,
                              .keep = KEEP_SHARED,
                              .compress = s->cache != NULL,
                          });
}

err show_made(struct request *rq, struct reading *r, const struct page_spec *spec)
{
    const struct site *s = rq->of;
    struct page_spec whole = *spec;

    if (whole.status == 0)
        whole.status = 200;
    whole.expires_at = r->until;
    whole.compress = s->cache != NULL;
    return keep_and_reply(rq, r, &whole);
}

err show_bytes(struct request *rq, struct reading *r, str type, str bytes, enum page_keep keep)
{
    return show_made(rq, r, &(struct page_spec){.type = type, .body = bytes, .keep = keep});
}

static bool is_current(str path, str section)
{
    return str_starts(path, section) && (path.n == section.n || path.p[section.n] == '/');
}

/* Pages of the program's own that the foot of every page leads to, behind those that the paper has
 * written. */
static const struct {
    const char *name;
    str path;
} information[] =
    {
        {SAY("Corrections"), S_INIT("/corrections")},
        {SAY("Notices"), S_INIT("/notices")},
},
  feeds[] = {
      {SAY("RSS"), S_INIT("/feed.rss")}, /* under the page that has feeds */
      {SAY("Atom"), S_INIT("/feed.atom")},
      {SAY("JSON Feed"), S_INIT("/feed.json")},
};

static void fill_information(const struct parts *p, const struct page_head *head,
                             struct view_page *page)
{
    arena *a = p->r->a;
    const struct paper *paper = p->paper;
    struct view_menu *pages =
        arena_many(a, struct view_menu, paper->page_count + LENGTH(information));
    struct view_menu *ways = arena_many(a, struct view_menu, LENGTH(feeds));

    page->information.v = pages;
    page->feeds.v = ways;
    for (size_t i = 0; i < paper->page_count; i++) {
        str path = str_join(a, S("/"), paper->pages[i].slug);

        if (!paper->pages[i].in_foot)
            continue;
        pages[page->information.n++] = (struct view_menu){
            paper->pages[i].title, {part_address(p, "", path)}, str_eq(head->path, path)};
    }
    for (size_t i = 0; i < LENGTH(information); i++)
        if (site_has_address(information[i].path))
            pages[page->information.n++] =
                (struct view_menu){say(paper->tongue, information[i].name),
                                   {part_address(p, "", information[i].path)},
                                   str_eq(head->path, information[i].path)};
    for (size_t i = 0; i < LENGTH(feeds); i++)
        if (site_has_address(feeds[i].path))
            ways[page->feeds.n++] = (struct view_menu){
                say(paper->tongue, feeds[i].name),
                {head->feed.n > 1 ? str_join(a, head->feed, feeds[i].path) : feeds[i].path},
                false};
    page->has_information = page->information.n > 0;
    if (site_has_address(S("/search")))
        page->search.address = part_address(p, "/search", S(""));
}

static const struct view_paper *paper_of(arena *a, const struct paper *p)
{
    struct view_paper *out = arena_one(a, struct view_paper);
    const str social[] = {p->facebook, p->instagram, p->x,       p->youtube,
                          p->linkedin, p->mastodon,  p->bluesky, p->threads,
                          p->tiktok,   p->whatsapp,  p->telegram};

    *out = (struct view_paper){
        .short_name = p->short_name.n > 0 ? p->short_name : p->name,
        .description = p->description,
        .publisher = p->publisher,
        .editor = p->editor,
        .postal = p->postal,
        .phone = p->phone,
        .phone_href = {setting_contact_address(a, p->phone)},
        .email = p->email,
        .email_href = {setting_contact_address(a, p->email)},
        .tip_line = p->tip_line,
        .tip_href = {setting_contact_address(a, p->tip_line)},
        .has_contact = p->postal.n + p->phone.n + p->email.n + p->tip_line.n > 0,
        .facebook = {p->facebook},
        .instagram = {p->instagram},
        .x = {p->x},
        .youtube = {p->youtube},
        .linkedin = {p->linkedin},
        .mastodon = {p->mastodon},
        .bluesky = {p->bluesky},
        .threads = {p->threads},
        .tiktok = {p->tiktok},
        .whatsapp = {p->whatsapp},
        .telegram = {p->telegram},
    };
    for (size_t i = 0; i < LENGTH(social); i++)
        out->has_social = out->has_social || social[i].n > 0;
    return out;
}

/* The sections that the menu names; and the same as something to be told of (push.js). */
static void fill_menu(const struct parts *p, str path, struct view_page *page)
{
    arena *a = p->r->a;
    const struct paper *paper = p->paper;
    struct view_menu *menu = arena_many(a, struct view_menu, paper->section_count);
    struct view_choice *sections = arena_many(a, struct view_choice, paper->section_count);

    page->menu.v = menu;
    page->sections.v = sections;
    for (size_t i = 0; i < paper->section_count; i++) {
        const struct section *one = &paper->sections[i];
        str plain = str_join(a, S("/"), one->slug);

        if (!one->in_menu)
            continue;
        menu[page->menu.n++] =
            (struct view_menu){one->name, {part_address(p, "", plain)}, is_current(path, plain)};
        sections[page->sections.n++] = (struct view_choice){
            .value = str_fmt(a, "%lld", (long long)one->id), .name = one->name};
    }
}

/* The breaking news that stands; NULL: none. */
static err fill_breaking(struct parts *p, struct view_page *page)
{
    struct breaking b;
    struct view_breaking *v = arena_one(p->r->a, struct view_breaking);
    struct view_when *told = arena_one(p->r->a, struct view_when);
    err e = breaking_now(p->r, &b);

    if (e == E_MISSING)
        return OK;
    TRY(e);
    *told = part_when(p, b.told_at);
    *v = (struct view_breaking){.id = b.id,
                                .story = b.story,
                                .words = b.words,
                                .is_corrected = b.is_corrected,
                                .told = told};
    if (b.path.n > 0)
        v->href.address = part_address(p, "", b.path);
    page->breaking = v;
    return OK;
}

/* What the page listens to while it is open; what is no page of the paper listens to nothing. */
static void fill_live(struct parts *p, const struct page_head *head, struct view_page *page)
{
    const struct story *of = head->story != NULL ? head->story : head->within;
    arena *a = p->r->a;
    str all = S("site");

    if (head->canonical.n == 0 || p->r->outlet != OUTLET_PAGE)
        return;
    if (head->topics.n > 0)
        all = str_fmt(a, "%.*s,%.*s", STR(all), STR(head->topics));
    if (head->in_brief)
        all = str_join(a, all, S(",running"));
    if (of != NULL) {
        all = str_fmt(a, "%.*s,story-%lld", STR(all), (long long)of->card.id);
        page->story = of->card.id;
        page->version = head->entry == NULL ? of->card.version : 0; /* of the standing part */
    }
    page->live = all;
    page->event = str_fmt(a, "%lld", (long long)store_read_event(p->r->db));
    if (head->topics.n > 0)
        page->new_stories = say_forms(a, p->paper->tongue, 99, "{n} new story", "{n} new stories");
    if (head->coverage != NULL)
        page->new_entries = say_forms(a, p->paper->tongue, 99, "{n} new entry", "{n} new entries");
    page->made = date_human_time(a, p->r->now, p->site->zone, p->paper->tongue);
}

err show_head(struct request *rq, struct reading *r, const struct paper *paper,
              const struct page_head *as_given, const struct view_page **out)
{
    const struct site *s = rq->of;
    arena *a = rq->arena;
    struct view_page *page = arena_one(a, struct view_page);
    str today = date_day(a, r->now, s->zone);
    str language = as_given->language.n > 0 ? as_given->language : paper->language;
    struct parts parts = {s, r, paper};
    struct page_head head = *as_given;

    if (head.title.n == 0)
        head.title = str_fmt(a, "%.*s | %.*s", STR(head.name), STR(paper->name));
    *page = (struct view_page){
        .title = head.title,
        .description = head.description,
        .name = paper->name,
        .motto = paper->motto,
        .language = language,
        .locale = tongue_locale(a, paper->tongue, language),
        .digits = paper->tongue->digits != NULL ? say_digits(a, paper->tongue, S("0123456789"))
                                                : (str){0},
        .minutes_ago = date_minutes_ago(a, paper->tongue),
        .hours_ago = date_hours_ago(a, paper->tongue),
        .direction = part_direction(language),
        .today = date_human_long_day(a, r->now, s->zone, paper->tongue),
        .today_iso = today,
        .type = paper->type.n > 0 ? paper->type : S("classic"),
        .colours = {paper->colours},
        .icon = {paper->icon},
        .touch_icon = {icon_touch_address(a, paper)},
        .accent = paper->accent,
        .archive = {part_address(&parts, "/archive", S(""))},
        .latest = {part_address(&parts, "/latest", S(""))},
        .along = {part_address(&parts, "/today", S(""))},
        .paper = paper_of(a, paper),
        .logo = part_logo(&parts),
    };
    if (head.canonical.n > 0) { /* what is not there has no other editions */
        page->full.address = without_lite(head.canonical);
        page->lite.address = str_join(a, page->full.address, lite);
        page->canonical.address = str_join(a, paper->address, page->full.address);
    }
    page->home.address = part_address(&parts, "/", S(""));
    page->is_lite = str_ends(rq->raw_path, lite) && !str_eq(paper->lite, S("on"));
    fill_menu(&parts, head.path, page);
    fill_information(&parts, &head, page);
    fill_live(&parts, &head, page);
    if (head.topics.n > 0)
        TRY(fill_breaking(&parts, page));
    reading_until(r, date_day_start(r->now, s->zone, 1)); /* the date at the head of the page */
    *out = page;
    /* what is taken along is for people, and small */
    return r->outlet == OUTLET_KEPT ? OK : describe_page(rq, r, paper, &head, page);
}

/* --- the server's hooks --- */

void *site_desk_open(void *of, int number)
{
    struct site *s = of;
    store_conn *db = NULL;
    note why = {0};

    (void)number;
    if (store_conn_open(s->store, &db, &why) != OK)
        return NULL;
    return db;
}

void site_desk_close(void *of, void *desk)
{
    store_conn *db = desk;

    (void)of;
    if (db != NULL)
        store_conn_close(&db);
}

struct page *site_lookup(void *of, const struct request *rq)
{
    struct site *s = of;
    struct page *page;

    if (s->cache == NULL || !tracking_is_all(rq->raw_query))
        return NULL;
    page = edition_find(s, rq);
    if (page != NULL)
        count_read(s, rq, page);
    return page;
}

/* The page of the path, if it is the one that was asked for, in whichever edition. */
struct page *site_instead(void *of, const struct request *rq)
{
    struct site *s = of;

    if (s->cache == NULL || rq->route->cache != CACHE_SHARED ||
        (rq->route->query != NULL && !tracking_is_all(rq->raw_query)))
        return NULL;
    return edition_instead(s, rq);
}

struct page *site_busy(void *of, const struct request *rq, int later_s)
{
    return refusal_page(of, rq, 503, later_s);
}

/* The path and those fields of the query that the route says count, each with its length. */
static str key_of(struct request *rq)
{
    str names = str_c(rq->route->query), name, value;
    buf key;

    if (rq->raw_query.n == 0 || names.n == 0)
        return rq->path;
    key = buf_new(rq->arena, KEY_MAX);
    buf_add(&key, rq->path);
    while (str_cut(&names, ' ', &name))
        if (request_query(rq, name, &value)) {
            buf_fmt(&key, "?%.*s=%zu:", STR(name), value.n);
            buf_add(&key, value);
        }
    return buf_str(&key);
}

/* Whoever has nothing left begins no page: others would wait for it.  What is stale they get. */
static err enter_cache(struct site *s, struct request *rq, str key)
{
    struct visit *visit = arena_one(rq->arena, struct visit);
    struct page *page;
    str name = charge_address(rq);
    int later_s;

    visit->is_lite = edition_is_lite(s, rq);
    if (visit->is_lite)
        key = edition_key(rq->arena, key);
    page = cache_get(s->cache, key);
    if (page == NULL && (later_s = charge_wait(rq, name)) > 0) {
        page = cache_get_as_it_is(s->cache, key);
        if (page == NULL)
            return charge_refuse(rq, later_s);
    }
    if (page != NULL || cache_enter(s->cache, key, &page, &visit->turn)) {
        err e = reply_page(rq, page);

        count_read(s, rq, page);
        page_drop(&page);
        return e;
    }
    visit->draws = true;
    rq->visitor = visit;
    return charge(rq, name);
}

err site_before(void *of, struct request *rq)
{
    struct site *s = of;

    if (rq->desk == NULL)
        return fail(&rq->note, E_IO, "the store could not be opened for this thread");
    str key = key_of(rq);

    rq->path = without_lite(rq->path);
    if (rq->route->who == WHO_UNSAID)
        return fail(&rq->note, E_IO, "the route does not say who may");
    if (rq->route->who != WHO_ANYONE || desk_is(rq))
        return desk_admit(rq);
    if (s->cache == NULL || rq->route->cache != CACHE_SHARED)
        return charge(rq, charge_address(rq));
    return enter_cache(s, rq, key);
}

void site_after(void *of, struct request *rq)
{
    struct site *s = of;
    struct visit *visit = rq->visitor;

    if (visit != NULL && visit->draws)
        cache_give_up(s->cache, &visit->turn);
    rq->visitor = NULL;
    if (rq->desk != NULL)
        store_conn_rest(rq->desk);
}

theme *site_theme(struct site *s)
{
    pthread_mutex_lock(&s->theme_lock);

    theme *t = theme_hold(s->theme);

    pthread_mutex_unlock(&s->theme_lock);
    return t;
}

void site_theme_change(struct site *s, theme *t)
{
    theme *old;

    pthread_mutex_lock(&s->theme_lock);
    old = s->theme;
    s->theme = t;
    pthread_mutex_unlock(&s->theme_lock);
    theme_drop(&old);
    if (s->cache != NULL)
        cache_drop_all(s->cache);
}
