#include "site/desk/checklist.h"

#include "base/table.h"
#include "news/story.h"
#include "store/sql.h"

enum {
    ANSWER_MAX = 256 << 10,
    LINKS_LOOKED = 60,
    HEADLINE_LONG = 110,
    SEARCH_LONG = 70,
    ITEMS_MAX = 200
};

struct checking {
    const struct desk_page *p;
    const struct copy *c;
    struct checks *out;
    bool asks;
    size_t links, bare_links;
};

/* `what`: which one of several. */
static void item_of(struct checking *k, const char *key, enum check_state state, const char *title,
                    const char *about, str where, str what)
{
    if (k->out->n < ITEMS_MAX)
        k->out->v[k->out->n++] = (struct check){state, key, title, about, where, what};
}

static void item(struct checking *k, const char *key, enum check_state state, const char *title,
                 const char *about, str where)
{
    item_of(k, key, state, title, about, where, S(""));
}

/* --- the fields --- */

static void check_headline(struct checking *k)
{
    size_t n = k->c->headline.n;

    item(k, "headline",
         n == 0              ? CHECK_NEVER
         : n > HEADLINE_LONG ? CHECK_WARN
                             : CHECK_FINE,
         SAY("Headline"),
         n == 0 ? SAY("There is none. No story goes out without one.")
         : n > HEADLINE_LONG
             ? SAY("It is long: on fronts and telephones it takes many lines. A shorter one can be "
                   "given for fronts.")
             : SAY("It has one."),
         S("field:headline"));
    if (n > SEARCH_LONG && k->c->search_headline.n == 0)
        item(
            k, "search", CHECK_WARN, SAY("Headline for search engines"),
            SAY("Search engines cut what is longer than some 60 letters. A headline of its own can "
                "be given."),
            S("field:search_headline"));
}

static void check_section(struct checking *k)
{
    const struct section *s = paper_section_by_id(&k->p->paper, k->c->section);

    item(k, "section", s == NULL ? CHECK_NEVER : CHECK_FINE, SAY("Section"),
         s == NULL ? SAY("It stands in none, so no reader would find it.") : SAY("It has one."),
         S("field:section"));
}

static void check_text(struct checking *k)
{
    str type = k->c->type;
    bool shows = str_eq(type, S("gallery")) || str_eq(type, S("video")) || str_eq(type, S("live"));
    bool empty = body_words(&k->c->body) == 0;

    item(k, "text", empty ? (shows ? CHECK_WARN : CHECK_STOP) : CHECK_FINE, SAY("Text"),
         empty ? SAY("There is none yet.") : SAY("There is text."), S(""));
}

static void check_names(struct checking *k)
{
    const struct copy *c = k->c;
    bool none = c->bylines.n == 0 && c->source.n == 0 && c->credit.n == 0;

    item(k, "byline", none ? CHECK_WARN : CHECK_FINE, SAY("Who it is by"),
         none ? SAY("Neither a byline nor a source is named. Readers want to know who tells them.")
              : SAY("Readers are told."),
         S("field:bylines"));
    item(k, "topics", c->topic_count == 0 ? CHECK_WARN : CHECK_FINE, SAY("Topics"),
         c->topic_count == 0
             ? SAY("It has none: it stands on no topic's page, and no other story leads to it.")
             : SAY("It has some."),
         S("field:topics"));
}

static void check_times(struct checking *k)
{
    const struct copy *c = k->c;
    int64_t now = k->p->r.now;

    if (c->embargo_at > now)
        item(k, "embargo", CHECK_WARN, SAY("Embargo"),
             SAY("It is under embargo. It goes out when that ends, and not before."),
             S("field:embargo_at"));
    if (c->expiry_at != 0 && c->expiry_at <= now)
        item(k, "expiry", CHECK_NEVER, SAY("Its time is over"),
             SAY("The moment after which it must not be shown has passed."), S("field:expiry_at"));
    else if (c->expiry_at != 0 && c->embargo_at != 0 && c->expiry_at <= c->embargo_at)
        item(k, "expiry", CHECK_NEVER, SAY("Its time is over"),
             SAY("It must not be shown any more before its embargo ends."), S("field:expiry_at"));
}

static void check_rights(struct checking *k)
{
    if (k->c->rights_note.n > 0)
        item(k, "rights", CHECK_WARN, SAY("Note on rights"),
             SAY("There is one. Please read it before this goes out."), S("field:rights_note"));
    else
        item(k, "rights", CHECK_FINE, SAY("Note on rights"), SAY("Nobody has left one."), S(""));
}

static void check_review(struct checking *k)
{
    if (!str_eq(k->c->type, S("review")))
        return;
    item(k, "review", k->c->reviewed.n == 0 || k->c->half_stars < 0 ? CHECK_WARN : CHECK_FINE,
         SAY("Review"),
         k->c->reviewed.n == 0  ? SAY("It does not say what it is a review of.")
         : k->c->half_stars < 0 ? SAY("It gives no stars.")
                                : SAY("It says of what, and has stars."),
         k->c->reviewed.n == 0 ? S("field:reviewed") : S("field:half_stars"));
}

/* --- pictures --- */

static void check_rights_of(struct checking *k, const struct sql_desk_checked_media *m, str where)
{
    if (m->terms.n == 0)
        return;
    item_of(k, "terms", CHECK_WARN, SAY("Terms of a picture"), SAY("It comes with terms of use."),
            where,
            m->name.n == 0 ? m->terms
                           : str_fmt(k->p->rq->arena, "%.*s: %.*s", STR(m->name), STR(m->terms)));
}

static void check_media(struct checking *k, int64_t media, str alt, str credit, str where)
{
    struct sql_desk_checked_media m;
    bool is_sound;

    if (sql_desk_checked_media(k->p->rq->arena, k->p->rq->desk, media, &m) != OK) {
        item(k, "picture", CHECK_STOP, SAY("Picture"),
             SAY("There is no such picture in the library."), where);
        return;
    }
    is_sound = str_starts(m.type, S("audio/"));
    if (m.is_killed)
        item_of(k, "picture", CHECK_STOP, SAY("Picture"),
                SAY("It was killed: it must not be used any more."), where, m.name);
    if (!is_sound && !str_starts(m.type, S("video/")) && alt.n == 0 && m.alt.n == 0)
        item_of(k, "alt", CHECK_WARN, SAY("Alternative text"),
                SAY("Who does not see this picture is told nothing of it."), where, m.name);
    if (credit.n == 0 && m.credit.n == 0)
        item_of(k, "credit", CHECK_WARN, SAY("Credit"),
                SAY("Nobody is named who made this picture."), where, m.name);
    check_rights_of(k, &m, where);
}

static str block_of(struct checking *k, const struct block *b)
{
    return str_fmt(k->p->rq->arena, "block:%.*s", STR(b->id));
}

/* --- links --- */

static void check_story(struct checking *k, int64_t id, str where)
{
    struct sql_working_story s;
    err e = sql_working_story(k->p->rq->arena, k->p->rq->desk, id, &s);

    if (e != OK || s.public_state == STATE_WITHDRAWN || s.public_state == STATE_KILLED)
        item(k, "related", CHECK_WARN, SAY("Related story"),
             SAY("Readers would not find it: it is not there, or was taken down."), where);
}

static void check_link(struct checking *k, str link, str where)
{
    bool is_elsewhere = false, is_asked = false;
    const char *wrong;

    if (link.n == 0 || k->links >= LINKS_LOOKED)
        return;
    k->links++;
    wrong = checklist_link(k->p, link, k->asks, &is_elsewhere, &is_asked);
    k->out->elsewhere += is_elsewhere;
    k->out->asked += is_asked;
    if (wrong == NULL)
        return;
    k->bare_links++;
    item_of(k, "link", CHECK_WARN, SAY("Link"), wrong, where, link);
}

static void check_blocks(struct checking *k, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct block *b = &blocks[i];
        str where = block_of(k, b);

        if (b->media != 0)
            check_media(k, b->media, b->alt, b->credit, where);
        if (b->kind == BLOCK_RELATED && b->story != 0)
            check_story(k, b->story, where);
        for (size_t j = 0; j < b->span_count; j++)
            if (j == 0 || !str_eq(b->spans[j].link, b->spans[j - 1].link)) /* one in two spans */
                check_link(k, b->spans[j].link, where);
        check_link(k, b->kind == BLOCK_EMBED ? b->address : S(""), where);
        check_blocks(k, b->children, b->child_count);
    }
}

static void check_all(struct checking *k)
{
    const struct copy *c = k->c;

    check_headline(k);
    check_section(k);
    check_text(k);
    check_names(k);
    check_times(k);
    check_review(k);
    check_rights(k);
    if (c->hero.media != 0)
        check_media(k, c->hero.media, c->hero.alt, c->hero.credit, S("field:hero"));
    else
        item(k, "hero", CHECK_WARN, SAY("Main picture"),
             SAY("It has none: on fronts and in networks it stands without a picture."),
             S("field:hero"));
    check_blocks(k, c->body.blocks, c->body.count);
    for (size_t i = 0; i < c->related_count; i++)
        check_story(k, c->related[i], S("field:related"));
    if (k->links > 0 && k->bare_links == 0 && k->out->asked == 0 &&
        (k->asks || k->out->elsewhere == 0))
        item(k, "link", CHECK_FINE, SAY("Links"), SAY("They all answer."), S(""));
}

/* Is what goes out next what is written?  Else it is the newest version. */
static bool goes_out(const struct working *w)
{
    return w->revision > 0 && (w->is_changed || w->newest == 0);
}

static err next_copy(const struct desk_page *p, const struct working *w, struct copy *out)
{
    struct request *rq = p->rq;

    return goes_out(w) ? working_copy(rq->arena, rq->desk, w->story, w->revision, out, &rq->note)
                       : copy_of_story(rq->arena, rq->desk, w->story, out, &rq->note);
}

err checklist_of(const struct desk_page *p, const struct working *w, bool asks, struct checks *out)
{
    struct checking k = {.p = p, .c = &out->next, .out = out, .asks = asks};

    *out = (struct checks){.v = arena_many(p->rq->arena, struct check, ITEMS_MAX)};
    TRY(next_copy(p, w, &out->next));
    if (w->is_newer && goes_out(w))
        item(&k, "newer", CHECK_NEVER, SAY("A newer version"),
             SAY("One came since this was begun. Put it together with it first."), S(""));
    check_all(&k);
    return OK;
}

/* --- on the page of a story --- */

static str href_of(const struct desk_page *p, int64_t story, const struct check *c)
{
    arena *a = p->rq->arena;

    return str_fmt(a, "/desk/stories/%lld/edit%s%.*s", (long long)story, c->where.n > 0 ? "#" : "",
                   STR(percent_encode(a, c->where)));
}

err checklist_fill(const struct desk_page *p, const struct working *w, struct view_desk_story *view,
                   struct checks *out)
{
    bool asks = str_eq(desk_query(p->rq, S("links"), sizeof "ask"), S("ask"));
    struct view_desk_check *v;

    TRY(checklist_of(p, w, asks, out));
    v = arena_many(p->rq->arena, struct view_desk_check, out->n);
    for (size_t i = 0; i < out->n; i++) {
        const struct check *c = &out->v[i];

        view->has_stops |= c->state == CHECK_STOP;
        if (c->state != CHECK_FINE)
            v[view->checks.n++] = (struct view_desk_check){
                .title = desk_say(p, c->title),
                .about = desk_say(p, c->about),
                .what = c->what,
                .is_stop = c->state != CHECK_WARN,
                .href = {href_of(p, w->story, c)},
            };
    }
    view->checks.v = v;
    view->links_asked = (int64_t)out->asked;
    view->links_elsewhere = asks ? 0 : (int64_t)out->elsewhere;
    view->has_checks = view->checks.n > 0 || out->elsewhere > 0;
    return OK;
}

/* --- for the editor --- */

static void put_check(const struct desk_page *p, struct json_writer *w, const struct check *c)
{
    static const char *const words[] = {
        [CHECK_FINE] = "ok", [CHECK_WARN] = "warn", [CHECK_STOP] = "stop", [CHECK_NEVER] = "stop"};

    put_object(w, NULL);
    put_str(w, "key", str_c(c->key));
    put_str(w, "state", str_c(words[c->state]));
    put_str(w, "title", desk_say(p, c->title));
    put_str(w, "about", desk_say(p, c->about));
    put_str(w, "where", c->where);
    if (c->what.n > 0)
        put_str(w, "what", c->what);
    put_end(w);
}

err desk_checklist(struct request *rq)
{
    struct desk_page p;
    struct working w;
    struct checks list;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer json = json_writer(&out);
    int64_t id;

    TRY(writing_story(rq, &id));
    TRY(writing_open(rq, id, &w));
    TRY(desk_begin(rq, &p));
    TRY(checklist_of(&p, &w, true, &list));
    put_object(&json, NULL);
    put_list(&json, "items");
    for (size_t i = 0; i < list.n; i++)
        put_check(&p, &json, &list.v[i]);
    put_end(&json);
    put_num(&json, "asked", (int64_t)list.asked); /* links that have not answered yet */
    put_end(&json);
    reading_end(&p.r);
    return writing_reply(rq, 200, &out);
}
