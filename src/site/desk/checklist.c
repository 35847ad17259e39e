/*
 * checklist.c - what to look at before a story is published, as JSON: each item says how it is, why
 * it matters, and where.  It stops nobody: what must not be is refused by the verbs themselves.
 */
#include "site/desk/writing.h"

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

enum state { FINE, WARN, STOP };

struct checking {
    struct desk_page *p;
    struct json_writer w;
    const struct copy *c;
    size_t items, links, bare_links, asked_links;
};

/* `what`: which one of several. */
static void item_of(struct checking *k, const char *key, enum state state, const char *title,
                    const char *about, str where, str what)
{
    static const char *const words[] = {"ok", "warn", "stop"};

    if (++k->items > ITEMS_MAX)
        return;

    put_object(&k->w, NULL);
    put_str(&k->w, "key", str_c(key));
    put_str(&k->w, "state", str_c(words[state]));
    put_str(&k->w, "title", desk_say(k->p, title));
    put_str(&k->w, "about", desk_say(k->p, about));
    put_str(&k->w, "where", where);
    if (what.n > 0)
        put_str(&k->w, "what", what);
    put_end(&k->w);
}

static void item(struct checking *k, const char *key, enum state state, const char *title,
                 const char *about, str where)
{
    item_of(k, key, state, title, about, where, S(""));
}

/* --- the fields --- */

static void check_headline(struct checking *k)
{
    size_t n = k->c->headline.n;

    item(k, "headline",
         n == 0              ? STOP
         : n > HEADLINE_LONG ? WARN
                             : FINE,
         SAY("Headline"),
         n == 0 ? SAY("There is none. No story goes out without one.")
         : n > HEADLINE_LONG
             ? SAY("It is long: on fronts and telephones it takes many lines. A shorter one can be "
                   "given for fronts.")
             : SAY("It has one."),
         S("field:headline"));
    if (n > SEARCH_LONG && k->c->search_headline.n == 0)
        item(
            k, "search", WARN, SAY("Headline for search engines"),
            SAY("Search engines cut what is longer than some 60 letters. A headline of its own can "
                "be given."),
            S("field:search_headline"));
}

static void check_section(struct checking *k)
{
    const struct section *s = paper_section_by_id(&k->p->paper, k->c->section);

    item(k, "section", s == NULL ? STOP : FINE, SAY("Section"),
         s == NULL ? SAY("It stands in none, so no reader would find it.") : SAY("It has one."),
         S("field:section"));
}

static void check_text(struct checking *k)
{
    bool shows = str_eq(k->c->type, S("gallery")) || str_eq(k->c->type, S("video"));
    bool empty = body_words(&k->c->body) == 0;

    item(k, "text", empty ? (shows ? WARN : STOP) : FINE, SAY("Text"),
         empty ? SAY("There is none yet.") : SAY("There is text."), S(""));
}

static void check_names(struct checking *k)
{
    const struct copy *c = k->c;
    bool none = c->bylines.n == 0 && c->source.n == 0 && c->credit.n == 0;

    item(k, "byline", none ? WARN : FINE, SAY("Who it is by"),
         none ? SAY("Neither a byline nor a source is named. Readers want to know who tells them.")
              : SAY("Readers are told."),
         S("field:bylines"));
    item(k, "topics", c->topic_count == 0 ? WARN : FINE, SAY("Topics"),
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
        item(k, "embargo", WARN, SAY("Embargo"),
             SAY("It is under embargo. It goes out when that ends, and not before."),
             S("field:embargo_at"));
    if (c->expiry_at != 0 && c->expiry_at <= now)
        item(k, "expiry", STOP, SAY("Its time is over"),
             SAY("The moment after which it must not be shown has passed."), S("field:expiry_at"));
    else if (c->expiry_at != 0 && c->embargo_at != 0 && c->expiry_at <= c->embargo_at)
        item(k, "expiry", STOP, SAY("Its time is over"),
             SAY("It must not be shown any more before its embargo ends."), S("field:expiry_at"));
}

static void check_rights(struct checking *k)
{
    if (k->c->rights_note.n > 0)
        item(k, "rights", WARN, SAY("Note on rights"),
             SAY("There is one. Please read it before this goes out."), S("field:rights_note"));
    else
        item(k, "rights", FINE, SAY("Note on rights"), SAY("Nobody has left one."), S(""));
}

static void check_review(struct checking *k)
{
    if (!str_eq(k->c->type, S("review")))
        return;
    item(k, "review", k->c->reviewed.n == 0 || k->c->half_stars < 0 ? WARN : FINE, SAY("Review"),
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
    item(k, "terms", WARN, SAY("Terms of a picture"),
         SAY("It comes with terms of use. Please read them in the library."), where);
}

static void check_media(struct checking *k, int64_t media, str alt, str credit, str where)
{
    struct sql_desk_checked_media m;
    bool is_sound;

    if (sql_desk_checked_media(k->p->rq->arena, k->p->rq->desk, media, &m) != OK) {
        item(k, "picture", STOP, SAY("Picture"), SAY("There is no such picture in the library."),
             where);
        return;
    }
    is_sound = str_starts(m.type, S("audio/"));
    if (m.is_killed)
        item(k, "picture", STOP, SAY("Picture"),
             SAY("It was killed: it must not be used any more."), where);
    if (!is_sound && !str_starts(m.type, S("video/")) && alt.n == 0 && m.alt.n == 0)
        item(k, "alt", WARN, SAY("Alternative text"),
             SAY("Who does not see this picture is told nothing of it."), where);
    if (credit.n == 0 && m.credit.n == 0)
        item(k, "credit", WARN, SAY("Credit"), SAY("Nobody is named who made this picture."),
             where);
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
        item(k, "related", WARN, SAY("Related story"),
             SAY("Readers would not find it: it is not there, or was taken down."), where);
}

static void check_link(struct checking *k, str link, str where)
{
    bool is_asked = false;
    const char *wrong;

    if (link.n == 0 || k->links >= LINKS_LOOKED)
        return;
    k->links++;
    wrong = checklist_link(k->p, link, &is_asked);
    k->asked_links += is_asked;
    if (wrong == NULL)
        return;
    k->bare_links++;
    item_of(k, "link", WARN, SAY("Link"), wrong, where, link);
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
        item(k, "hero", WARN, SAY("Main picture"),
             SAY("It has none: on fronts and in networks it stands without a picture."),
             S("field:hero"));
    check_blocks(k, c->body.blocks, c->body.count);
    for (size_t i = 0; i < c->related_count; i++)
        check_story(k, c->related[i], S("field:related"));
    if (k->links > 0 && k->bare_links == 0 && k->asked_links == 0)
        item(k, "link", FINE, SAY("Links"), SAY("They all answer."), S(""));
}

err desk_checklist(struct request *rq)
{
    struct desk_page p;
    struct working w;
    struct copy c;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct checking k = {.p = &p, .w = json_writer(&out), .c = &c};
    int64_t id;

    TRY(writing_story(rq, &id));
    TRY(writing_open(rq, id, &w));
    TRY(desk_begin(rq, &p));
    TRY(working_copy(rq->arena, rq->desk, id, w.revision, &c, &rq->note));
    put_object(&k.w, NULL);
    put_list(&k.w, "items");
    if (w.is_newer)
        item(&k, "newer", STOP, SAY("A newer version"),
             SAY("One came since this was begun. Put it together with it first."), S(""));
    check_all(&k);
    put_end(&k.w);
    put_num(&k.w, "asked", (int64_t)k.asked_links); /* links that have not answered yet */
    put_end(&k.w);
    reading_end(&p.r);
    return writing_reply(rq, 200, &out);
}
