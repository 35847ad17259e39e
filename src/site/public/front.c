/*
 * front.c - GET /: the front page, made by rule until somebody curates it.
 *
 * The lead is the most urgent recent story with a picture; two more stand under it and three beside
 * it; then the newest, then a strip a section.  No story stands twice.  Budget: 12 statements, 3 a
 * section, one a picture.
 */
#include "site/public/pages.h"

#include "site/public/parts.h"
#include "site/show.h"

enum {
    CANDIDATES = 60,
    UNDER = 2,
    SECOND = 3,
    LATEST = 7,
    RAIL = 4,
    RAIL_LOOK = 24,
    SHOWN_MAX = 400
};

/* Stories that stand on the page already. */
struct shown {
    int64_t v[SHOWN_MAX];
    size_t n;
};

static bool take(struct shown *s, int64_t id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i] == id)
            return false;
    if (s->n == SHOWN_MAX)
        return false;
    s->v[s->n++] = id;
    return true;
}

/* Lower is better: urgency 1 to 9 (5 when not said), a day of age weighs as much as one step. */
static int64_t weight(const struct card *c, int64_t now)
{
    int64_t urgency = c->urgency == 0 ? 5 : c->urgency;

    return urgency * DAY_US + (now - c->public_at);
}

static bool may_lead(const struct parts *p, const struct card *c, bool needs_picture)
{
    const struct section *section = paper_section_by_id(p->paper, c->section);

    return (c->hero != 0 || !needs_picture) && (section == NULL || !section->is_opinion);
}

/* The best candidate that is not on the page yet, or NULL. */
static const struct card *best_left(const struct parts *p, const struct cards *cards,
                                    const struct shown *shown, bool needs_picture)
{
    const struct card *best = NULL;

    for (size_t i = 0; i < cards->n; i++) {
        const struct card *c = &cards->v[i];
        bool stands = false;

        for (size_t j = 0; j < shown->n; j++)
            stands = stands || shown->v[j] == c->id;
        if (!stands && may_lead(p, c, needs_picture) &&
            (best == NULL || weight(c, p->r->now) < weight(best, p->r->now)))
            best = c;
    }
    return best;
}

/* Up to `many` of the best that are left; how many there were. */
static size_t fill_best(const struct parts *p, const struct cards *cards, struct shown *shown,
                        bool needs_picture, struct view_card *out, size_t many)
{
    size_t n = 0;

    for (const struct card *c;
         n < many && (c = best_left(p, cards, shown, needs_picture)) != NULL;) {
        take(shown, c->id);
        out[n++] = part_card(p, c, SIZES_CARD, false);
    }
    return n;
}

static void fill_top(const struct parts *p, const struct cards *cards, struct shown *shown,
                     struct view_front *view)
{
    arena *a = p->r->a;
    const struct card *lead = best_left(p, cards, shown, true);
    struct view_card *under = arena_many(a, struct view_card, UNDER);
    struct view_card *second = arena_many(a, struct view_card, SECOND);
    struct view_card *latest = arena_many(a, struct view_card, LATEST);

    if (lead == NULL)
        lead = best_left(p, cards, shown, false);
    if (lead == NULL && cards->n > 0)
        lead = &cards->v[0];
    if (lead != NULL) {
        struct view_card *card = arena_one(a, struct view_card);

        *card = part_card(p, lead, SIZES_LEAD, true);
        take(shown, lead->id);
        view->lead = card;
    }
    view->under.v = under;
    view->under.n = fill_best(p, cards, shown, true, under, UNDER);
    view->has_under = view->under.n > 0;
    view->second.v = second;
    view->second.n = fill_best(p, cards, shown, false, second, SECOND);
    view->has_second = view->second.n > 0;
    view->latest.v = latest;
    for (size_t i = 0; i < cards->n && view->latest.n < LATEST; i++)
        if (take(shown, cards->v[i].id))
            latest[view->latest.n++] = part_card(p, &cards->v[i], (str){0}, false);
    view->has_latest = view->latest.n > 0;
}

static err fill_rail(const struct parts *p, const struct section *section, struct shown *shown,
                     struct view_rail *rail)
{
    arena *a = p->r->a;
    struct cards cards;
    struct view_card *out = arena_many(a, struct view_card, RAIL);

    TRY(stories_of_section(p->r, section->id, TIME_NEVER, RAIL_LOOK, &cards));
    *rail = (struct view_rail){.slug = section->slug,
                               .name = section->name,
                               .href = {str_fmt(a, "/%.*s", STR(section->slug))}};
    rail->cards.v = out;
    for (size_t i = 0; i < cards.n && rail->cards.n < RAIL; i++)
        if (take(shown, cards.v[i].id))
            out[rail->cards.n++] = part_card(p, &cards.v[i], SIZES_CARD, false);
    return OK;
}

static err load(struct request *rq, struct reading *r, struct view_front *view)
{
    struct paper paper;
    struct cards cards;
    struct shown shown = {0};

    TRY(paper_load(r, &paper));

    struct parts p = {rq->of, r, &paper};
    struct view_rail *rails = arena_many(rq->arena, struct view_rail, paper.section_count);
    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s: %.*s", STR(paper.name), STR(paper.motto)),
        .description = paper.motto,
        .path = rq->path,
        .canonical = S("/"),
    };

    TRY(stories_latest(r, TIME_NEVER, CANDIDATES, &cards));
    fill_top(&p, &cards, &shown, view);
    view->rails.v = rails;
    for (size_t i = 0; i < paper.section_count; i++) {
        TRY(fill_rail(&p, &paper.sections[i], &shown, &rails[view->rails.n]));
        view->rails.n += rails[view->rails.n].cards.n > 0;
    }
    return show_head(rq, r, &paper, &head, &view->page);
}

err front_page(struct request *rq)
{
    struct reading r;
    struct view_front view = {0};

    TRY(show_begin(rq, &r));
    TRY(load(rq, &r, &view));
    return show_page(rq, &r, 200, TEMPLATE_FRONT, &view);
}
