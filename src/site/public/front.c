/*
 * front.c - GET /, and a section that has a front of its own: what news/front.c has chosen, drawn.
 *
 * The first lead, second and latest slots make the head; the others follow in their order.
 * Budget: 12 statements, one a picture.
 */
#include "site/public/pages.h"

#include "live/live.h"
#include "news/front.h"
#include "site/public/parts.h"
#include "site/public/running.h"
#include "site/show.h"

enum { STRIP_PICTURES = 4, SMALL_STRIP = 2, REST_LOOK = 25, ROW = 5, RAIL_ENTRIES = 4, TICKER = 2 };

static struct view_card *cards_of(const struct parts *p, const struct card *v, size_t n,
                                  struct place place)
{
    struct view_card *out = arena_many(p->r->a, struct view_card, n);

    for (size_t i = 0; i < n; i++)
        out[i] = part_card(p, &v[i], place, false);
    return out;
}

/* --- the head --- */

static void fill_lead(const struct parts *p, const struct cards *cards, struct view_front *view)
{
    struct view_card *lead = arena_one(p->r->a, struct view_card);

    *lead = part_card(p, &cards->v[0], PLACE_LEAD, true);
    view->lead = lead;
    view->under.n = cards->n - 1;
    view->under.v = cards_of(p, cards->v + 1, view->under.n, PLACE_CARD);
    view->has_under = view->under.n > 0;
}

/* True when the block belongs to the head and has its place there. */
static bool fill_head(const struct parts *p, const struct front_block *b, struct view_front *view)
{
    if (b->kind == SLOT_lead && view->lead == NULL) {
        fill_lead(p, &b->cards, view);
    } else if (b->kind == SLOT_second && !view->has_second) {
        view->second.v = cards_of(p, b->cards.v, b->cards.n, PLACE_CARD);
        view->second.n = b->cards.n;
        view->has_second = true;
    } else if (b->kind == SLOT_latest && !view->has_latest) {
        view->latest.v = cards_of(p, b->cards.v, b->cards.n, PLACE_NONE);
        view->latest.n = b->cards.n;
        view->has_latest = true;
    } else {
        return false;
    }
    return true;
}

/* --- the blocks below --- */

/* Stories with a picture stand beside each other; the others are a column of headlines. */
static void fill_strip(const struct parts *p, const struct cards *cards, struct view_block *block)
{
    arena *a = p->r->a;
    struct view_card *shown = arena_many(a, struct view_card, cards->n);
    struct view_card *lines = arena_many(a, struct view_card, cards->n);
    size_t pictures = 0, room;

    for (size_t i = 0; i < cards->n; i++)
        pictures += cards->v[i].hero != 0;
    room = cards->n <= STRIP_PICTURES && (pictures == cards->n || pictures == 0)
               ? STRIP_PICTURES
               : STRIP_PICTURES - 1;
    for (size_t i = 0; i < cards->n; i++) {
        const struct card *c = &cards->v[i];
        bool stands = (c->hero != 0 || pictures == 0) && block->cards.n < room;

        if (stands) {
            struct place place = block->cards.n == 0 ? PLACE_FIRST : PLACE_CARD;

            shown[block->cards.n++] = part_card(p, c, place, false);
        } else
            lines[block->lines.n++] = part_card(p, c, PLACE_NONE, false);
    }
    block->cards.v = shown;
    block->lines.v = lines;
    block->has_lines = block->lines.n > 0;
}

static const struct section *section_of(const struct parts *p, const struct front_block *b)
{
    if (b->kind == SLOT_opinion)
        return paper_section_by_id(p->paper, b->cards.v[0].section);
    return b->section != 0 ? paper_section_by_id(p->paper, b->section) : NULL;
}

/* Said before the stories come, so that none moves when the next arrives. */
static int64_t columns_for(size_t stories)
{
    return (int64_t)(stories <= ROW ? stories : ROW - 1);
}

/* What is covered now, with its newest entries. */
static void fill_rail(const struct parts *p, const struct front_block *b, struct view_block *block)
{
    struct view_running *running = arena_one(p->r->a, struct view_running);

    if (running_brief(p, &b->cards.v[0], RAIL_ENTRIES, running) == OK)
        block->running = running;
}

/* The same as lines above all else. */
static err fill_ticker(const struct parts *p, const struct front *front, struct view_front *view)
{
    struct view_running *lines = arena_many(p->r->a, struct view_running, TICKER);

    view->ticker.v = lines;
    for (size_t i = 0; i < front->running.n && i < TICKER; i++)
        TRY(running_brief(p, &front->running.v[i], 1, &lines[view->ticker.n++]));
    view->has_ticker = view->ticker.n > 0;
    return OK;
}

static void fill_block(const struct parts *p, const struct front_block *b, struct view_block *block)
{
    const struct section *section = section_of(p, b);

    block->title = b->title;
    if (section != NULL) {
        block->href.address = part_address(p, "/", section->slug);
        if (block->title.n == 0)
            block->title = section->name;
    }
    block->is_most_read = b->kind == SLOT_most_read;
    block->is_opinion = b->kind == SLOT_opinion;
    if (b->kind == SLOT_live) {
        fill_rail(p, b, block);
    } else if (b->kind == SLOT_picture) {
        struct view_card *card = arena_one(p->r->a, struct view_card);

        *card = part_card(p, &b->cards.v[0], PLACE_DAY, false);
        block->day_picture = card->picture != NULL ? card : NULL;
    } else if (block->is_most_read) {
        block->lines.v = cards_of(p, b->cards.v, b->cards.n, PLACE_NONE);
        block->lines.n = b->cards.n;
    } else if (block->is_opinion) {
        block->cards.v = cards_of(p, b->cards.v, b->cards.n, PLACE_CARD);
        block->cards.n = b->cards.n;
    } else {
        block->is_strip = true;
        fill_strip(p, &b->cards, block);
    }
    block->columns = columns_for(block->cards.n + block->has_lines);
}

/* Two small strips in a row share a line. */
static void pair_strips(struct view_block *blocks, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        struct view_block *x = &blocks[i], *y = x + 1;

        if (!x->is_strip || !y->is_strip || x->cards.n + x->lines.n > SMALL_STRIP ||
            y->cards.n + y->lines.n > SMALL_STRIP)
            continue;
        x->is_half = y->is_half = true;
        i++;
    }
}

static void fill(const struct parts *p, const struct front *front, struct view_front *view)
{
    struct view_block *blocks = arena_many(p->r->a, struct view_block, front->n);
    size_t n = 0;

    for (size_t i = 0; i < front->n; i++) {
        const struct front_block *b = &front->blocks[i];

        if (fill_head(p, b, view) || (b->kind == SLOT_most_read && b->cards.n < MOST_READ_LEAST))
            continue;
        blocks[n] = (struct view_block){.number = (int64_t)n + 1};
        fill_block(p, b, &blocks[n]);
        n += b->kind != SLOT_picture || blocks[n].day_picture != NULL;
    }
    pair_strips(blocks, n);
    view->blocks.v = blocks;
    view->blocks.n = n;
}

/* All that it shows, in its order, for machines. */
static struct cards all_of(arena *a, const struct front *front)
{
    struct cards all = {0};

    for (size_t i = 0; i < front->n; i++)
        all.n += front->blocks[i].cards.n;
    all.v = arena_many(a, struct card, all.n);
    all.n = 0;
    for (size_t i = 0; i < front->n; i++)
        for (size_t j = 0; j < front->blocks[i].cards.n; j++)
            all.v[all.n++] = front->blocks[i].cards.v[j];
    return all;
}

/* --- the paper's own front --- */

static err fill_own(struct request *rq, struct reading *r, const struct paper *paper,
                    const struct front *front, str path, struct view_front *view)
{
    struct parts p = {rq->of, r, paper};
    struct cards all = all_of(rq->arena, front);
    struct page_head head = {
        .title = paper->motto.n > 0
                     ? str_fmt(rq->arena, "%.*s: %.*s", STR(paper->name), STR(paper->motto))
                     : paper->name,
        .description = paper->description.n > 0 ? paper->description : paper->motto,
        .path = path,
        .canonical = S("/"),
        .name = paper->name,
        .topics = S("latest"),
        .in_brief = true,
        .cards = &all,
    };

    fill(&p, front, view);
    return show_head(rq, r, paper, &head, &view->page);
}

/* --- a section's front --- */

static bool stands_on(const struct front *front, int64_t story)
{
    for (size_t i = 0; i < front->n; i++)
        for (size_t j = 0; j < front->blocks[i].cards.n; j++)
            if (front->blocks[i].cards.v[j].id == story)
                return true;
    return false;
}

/* The newest of the section that the front does not show, and where the list goes on. */
static err fill_rest(const struct parts *p, const struct section *section,
                     const struct front *front, struct view_front *view)
{
    arena *a = p->r->a;
    struct view_card *rest = arena_many(a, struct view_card, REST_LOOK);
    struct cards cards;
    str whole = part_address(p, "/", section->slug);

    TRY(stories_of_section(p->r, section->id, TIME_NEVER, REST_LOOK + 1, &cards));
    view->rest.v = rest;
    for (size_t i = 0; i < cards.n && i < REST_LOOK; i++)
        if (!stands_on(front, cards.v[i].id))
            rest[view->rest.n++] = part_card(p, &cards.v[i], PLACE_CARD, false);
    view->has_rest = view->rest.n > 0;
    if (cards.n > REST_LOOK)
        view->older.address =
            str_fmt(a, "%.*s?before=%lld", STR(whole), (long long)cards.v[REST_LOOK - 1].public_at);
    return OK;
}

static err fill_section(struct request *rq, struct reading *r, const struct paper *paper,
                        const struct section *section, const struct front *front,
                        const struct front_at *at, struct view_front *view)
{
    struct parts p = {rq->of, r, paper};
    struct cards all = all_of(rq->arena, front);
    struct page_head head = {
        .description = section->description,
        .path = at->path,
        .canonical = at->canonical,
        .name = section->name,
        .topics = live_topic_name(rq->arena, tag_of(TAG_section, section->id)),
        .in_brief = true,
        .feed = at->path,
        .cards = &all,
    };

    view->title = section->name;
    view->feed.address = str_join(rq->arena, at->path, S("/feed.rss"));
    view->text = section->description;
    fill(&p, front, view);
    TRY(fill_rest(&p, section, front, view));
    return show_head(rq, r, paper, &head, &view->page);
}

/* --- both --- */

err front_fill(struct request *rq, struct reading *r, const struct paper *paper,
               const struct section *section, const struct front *front, const struct front_at *at,
               struct view_front *view)
{
    TRY(fill_ticker(&(struct parts){rq->of, r, paper}, front, view));
    return section == NULL ? fill_own(rq, r, paper, front, at->path, view)
                           : fill_section(rq, r, paper, section, front, at, view);
}

err front_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct front front;
    struct view_front view = {0};

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    TRY(front_load(&r, &paper, 0, &front));
    TRY(front_fill(rq, &r, &paper, NULL, &front, &(struct front_at){rq->path, S("/")}, &view));
    return show_page(rq, &r, 200, TEMPLATE_FRONT, &view);
}

err section_front(struct request *rq, struct reading *r, const struct paper *paper,
                  const struct section *section)
{
    struct view_front view = {0};
    struct front front;

    TRY(front_load(r, paper, section->id, &front));
    TRY(front_fill(rq, r, paper, section, &front, &(struct front_at){rq->path, rq->raw_path},
                   &view));
    return show_page(rq, r, 200, TEMPLATE_FRONT, &view);
}
