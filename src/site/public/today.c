/*
 * today.c - today's paper, to be taken along: GET /today lists and offers it, /today.json is all of
 * it in one, /offline stands in for what is not kept, /offline.js keeps (docs/offline.md).
 *
 * It is what stands on the front, in its order, and then what else came today.  Every story goes
 * through the gate a second time, as what is taken along is a way out of its own.
 */
#include "news/front.h"
#include "site/public/pages.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "text/dates.h"
#include "text/json_write.h"

enum {
    STORIES = 40,
    STORY_MAX = 256 << 10, /* bytes of a story's page; a longer one is left out */
    BUNDLE_MAX = 3 << 20,  /* of all; what comes behind is left out */
    JSON_MAX = 2 * BUNDLE_MAX,
};

static void add(struct cards *to, const struct cards *from)
{
    for (size_t i = 0; i < from->n && to->n < STORIES; i++) {
        bool stands = false;

        for (size_t j = 0; j < to->n; j++)
            stands = stands || to->v[j].id == from->v[i].id;
        if (!stands)
            to->v[to->n++] = from->v[i];
    }
}

static err choose(struct request *rq, struct reading *r, const struct paper *paper,
                  struct cards *out)
{
    const struct site *s = rq->of;
    struct front front;
    struct cards day;

    *out = (struct cards){arena_many(rq->arena, struct card, STORIES), 0};
    TRY(front_load(r, paper, 0, &front));
    for (size_t i = 0; i < front.n; i++)
        add(out, &front.blocks[i].cards);
    TRY(stories_of_day(r, date_day_start(r->now, s->zone, 0), date_day_start(r->now, s->zone, 1),
                       STORIES, &day));
    add(out, &day);
    return OK;
}

/* --- the pages --- */

static err show_words(struct request *rq, struct reading *r, const struct paper *paper, str title,
                      enum template template, struct view_today *view)
{
    struct page_head head = {
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = title,
    };

    TRY(show_head(rq, r, paper, &head, &view->page));
    return show_page(rq, r, 200, template, view);
}

err today_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct cards cards;
    struct view_today view = {0};

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    TRY(choose(rq, &r, &paper, &cards));

    struct parts p = {rq->of, &r, &paper};
    struct view_card *stories = arena_many(rq->arena, struct view_card, cards.n);

    for (size_t i = 0; i < cards.n; i++)
        stories[i] = part_card(&p, &cards.v[i], PLACE_NONE, false);
    view.stories.v = stories;
    view.stories.n = cards.n;
    view.has_stories = cards.n > 0;
    return show_words(rq, &r, &paper, say(paper.tongue, "Today’s paper"), TEMPLATE_TODAY, &view);
}

err offline_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_today view = {0};

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    return show_words(rq, &r, &paper, say(paper.tongue, "No connection"), TEMPLATE_OFFLINE, &view);
}

/* --- all in one --- */

/* The story's page; *html is empty where it is too long to be taken along. */
static err draw_story(struct request *rq, struct reading *r, const struct paper *paper,
                      const struct story *s, str *html)
{
    struct view_story view = {0};

    TRY(story_fill(rq, r, paper, s, &view));
    TRY(show_draw(rq, r, TEMPLATE_STORY, &view, html));
    if (html->n > STORY_MAX)
        *html = (str){0};
    return OK;
}

static err put_story(struct request *rq, struct reading *r, const struct paper *paper, int64_t id,
                     size_t *bytes, struct json_writer *w)
{
    struct story s;
    str html;
    err e = story_by_id(r, id, &s);

    if (e == E_MISSING || e == E_GONE)
        return OK;
    TRY(e);
    TRY(draw_story(rq, r, paper, &s, &html));
    if (html.n == 0 || *bytes + html.n > BUNDLE_MAX)
        return OK;
    *bytes += html.n;
    put_object(w, NULL);
    put_str(w, "path", s.card.path);
    put_str(w, "html", html);
    put_end(w);
    return OK;
}

err today_bundle(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct cards cards;
    buf out = buf_new(rq->arena, JSON_MAX);
    struct json_writer w = json_writer(&out);
    size_t bytes = 0;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    if (r.outlet == OUTLET_PAGE)
        r.outlet = OUTLET_KEPT;
    TRY(choose(rq, &r, &paper, &cards));
    put_object(&w, NULL);
    put_list(&w, "stories");
    for (size_t i = 0; i < cards.n; i++)
        TRY(put_story(rq, &r, &paper, cards.v[i].id, &bytes, &w));
    put_end(&w);
    put_end(&w);
    if (out.over)
        return fail(&rq->note, E_LIMIT, "today’s paper has more than %d bytes", JSON_MAX);
    return show_bytes(rq, &r, S("application/json"), buf_str(&out), KEEP_SHARED);
}

/* GET /offline.js: from the root, so that it may look after all pages; of the theme, as all
 * scripts, but at an address that does not change. */
err offline_worker(struct request *rq)
{
    struct site *s = rq->of;
    theme *t = site_theme(s);
    const struct theme_file *f = theme_file(t, S("js/offline.js"));
    struct reading r;
    err e = E_MISSING;

    if (f != NULL) {
        e = show_begin(rq, &r);
        if (e == OK)
            e = show_bytes(rq, &r, str_c(f->type), f->bytes, KEEP_SHARED);
    }
    theme_drop(&t);
    return e;
}
