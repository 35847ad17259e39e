#include "site/show.h"

#include "site/public/parts.h"
#include "site/public/views.h"
#include "text/dates.h"

enum { PAGE_MAX = 8 << 20, PAGE_USUAL = 48 << 10 };

/* How a request stands to the cache, between before and after. */
struct visit {
    struct cache_turn turn;
    bool draws; /* others may wait for it */
};

err show_begin(struct request *rq, struct reading *r)
{
    const struct site *s = rq->of;

    return reading_begin(r, rq->arena, rq->desk, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                         clock_now(s->clock));
}

static err keep_and_reply(struct request *rq, struct reading *r, const struct page_spec *spec)
{
    const struct site *s = rq->of;
    struct visit *visit = rq->visitor;
    int64_t seen = store_read_event(r->db);
    struct page *page;
    err e;

    reading_end(r);
    page = page_build(spec);
    if (visit != NULL && visit->draws && (spec->status == 200 || spec->status == 410)) {
        cache_put(s->cache, &visit->turn, page, &r->tags, seen);
        visit->draws = false;
    }
    e = reply_page(rq, page);
    page_drop(&page);
    return e;
}

err show_page(struct request *rq, struct reading *r, int status, enum template template,
              const void *view)
{
    struct site *s = rq->of;
    theme *t = site_theme(s);
    buf out = buf_new(rq->arena, PAGE_MAX);

    buf_room(&out, PAGE_USUAL);

    theme_draw(t, template, view, &out);
    theme_drop(&t);
    if (out.over) {
        reading_end(r);
        return fail(&rq->note, E_LIMIT, "the page has more than %d bytes", PAGE_MAX);
    }
    if (status != 200 && status != 410) { /* nobody keeps it, and it has headers of its own */
        reading_end(r);
        return reply_html(rq, status, buf_str(&out));
    }
    return keep_and_reply(rq, r,
                          &(struct page_spec){
                              .status = status,
                              .type = S("text/html; charset=utf-8"),
                              .body = buf_str(&out),
                              .expires_at = r->until,
                              .keep = KEEP_SHARED,
                              .compress = s->cache != NULL,
                          });
}

err show_bytes(struct request *rq, struct reading *r, str type, str bytes, enum page_keep keep)
{
    const struct site *s = rq->of;

    return keep_and_reply(rq, r,
                          &(struct page_spec){
                              .status = 200,
                              .type = type,
                              .body = bytes,
                              .expires_at = r->until,
                              .keep = keep,
                              .compress = s->cache != NULL,
                          });
}

static bool is_current(str path, str section)
{
    return str_starts(path, section) && (path.n == section.n || path.p[section.n] == '/');
}

err show_head(struct request *rq, struct reading *r, const struct paper *paper,
              const struct page_head *head, const struct view_page **out)
{
    const struct site *s = rq->of;
    arena *a = rq->arena;
    struct view_page *page = arena_one(a, struct view_page);
    struct view_menu *menu = arena_many(a, struct view_menu, paper->section_count);
    str today = date_day(a, r->now, s->zone);
    str language = head->language.n > 0 ? head->language : paper->language;

    for (size_t i = 0; i < paper->section_count; i++) {
        str href = str_fmt(a, "/%.*s", STR(paper->sections[i].slug));

        menu[i] = (struct view_menu){paper->sections[i].name, {href}, is_current(head->path, href)};
    }
    *page = (struct view_page){
        .title = head->title,
        .description = head->description,
        .name = paper->name,
        .motto = paper->motto,
        .language = language,
        .direction = part_direction(language),
        .today = date_human_long_day(a, r->now, s->zone),
        .today_iso = today,
        .colours = {S("/colours.css")},
        .archive = {str_fmt(a, "/%.*s", STR(str_replace(a, today, S("-"), S("/"))))},
    };
    if (head->canonical.n > 0)
        page->canonical.address = str_join(a, paper->address, head->canonical);
    page->menu.v = menu;
    page->menu.n = paper->section_count;
    reading_until(r, date_day_start(r->now, s->zone, 1)); /* the date at the head of the page */
    *out = page;
    return OK;
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
    const struct site *s = of;

    if (s->cache == NULL || rq->raw_query.n > 0)
        return NULL;
    return cache_get(s->cache, rq->path);
}

/* The query counts only where a list goes on: "?before=". */
static str key_of(struct request *rq)
{
    str before;

    if (rq->raw_query.n > 0 && request_query(rq, S("before"), &before))
        return str_fmt(rq->arena, "%.*s?%.*s", STR(rq->path), STR(before));
    return rq->path;
}

err site_before(void *of, struct request *rq)
{
    struct site *s = of;
    struct visit *visit;
    struct page *page;

    if (rq->desk == NULL)
        return fail(&rq->note, E_IO, "the store could not be opened for this thread");
    if (s->cache == NULL || rq->route->cache != CACHE_SHARED)
        return OK;
    visit = arena_one(rq->arena, struct visit);
    if (cache_enter(s->cache, key_of(rq), &page, &visit->turn)) {
        err e = reply_page(rq, page);

        page_drop(&page);
        return e;
    }
    visit->draws = true;
    rq->visitor = visit;
    return OK;
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
