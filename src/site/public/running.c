#include "site/public/running.h"

#include "site/public/pages.h"
#include "text/write_plain.h"

enum { PAGES_MAX = 400, PART_ENTRIES = 4, TOLD_MAX = 25, TOLD_TEXT = 500 };

/* --- one entry --- */

static const struct view_when *when_of(const struct parts *p, int64_t at)
{
    struct view_when *when = arena_one(p->r->a, struct view_when);

    *when = part_when(p, at);
    return when;
}

/* The story that was made of it, once readers have it. */
static err fill_promoted(const struct parts *p, const struct entry *e, struct view_entry *out)
{
    struct cards cards;

    if (e->promoted == 0)
        return OK;
    TRY(stories_by_id(p->r, &e->promoted, 1, &cards));
    if (cards.n > 0) {
        out->promoted_story = e->promoted;
        out->promoted.address = part_address(p, "", cards.v[0].path);
        out->promoted_headline = cards.v[0].headline;
    }
    return OK;
}

static err fill_entry(const struct parts *p, const struct story *s, const struct entry *e,
                      struct view_entry *out)
{
    *out = (struct view_entry){
        .number = e->number,
        .href = {part_address(p, "", entry_path(p->r->a, s->card.path, e->number))},
        .title = entry_title(p->r->a, e),
        .headline = e->headline,
        .language = part_language(p->paper, s->card.language),
        .byline = e->byline,
        .when = when_of(p, e->public_at),
        .edited = e->edited_at != 0 ? when_of(p, e->edited_at) : NULL,
        .is_key = e->is_key,
        .is_pinned = e->is_pinned,
        .body = story_body_beside(p, s, &e->body),
    };
    return fill_promoted(p, e, out);
}

/* Those that stand at the top stand nowhere else. */
static err fill_entries(const struct parts *p, const struct story *s, const struct entries *from,
                        bool with_pinned, const struct view_entry **out, size_t *n)
{
    struct view_entry *v = arena_many(p->r->a, struct view_entry, from->n);

    *n = 0;
    for (size_t i = 0; i < from->n; i++)
        if (with_pinned || !from->v[i].is_pinned)
            TRY(fill_entry(p, s, &from->v[i], &v[(*n)++]));
    *out = v;
    return OK;
}

static bool have_parts(const struct entries *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (story_has_parts(&all->v[i].body))
            return true;
    return false;
}

/* --- what machines are told --- */

static struct told_entry told_of(const struct parts *p, const struct story *s,
                                 const struct entry *e)
{
    return (struct told_entry){
        .story = s->card.id,
        .number = e->number,
        .at = e->public_at,
        .edited = e->edited_at,
        .path = entry_path(p->r->a, s->card.path, e->number),
        .title = entry_title(p->r->a, e),
        .text = body_opening(p->r->a, &e->body, TOLD_TEXT),
        .byline = e->byline,
        .of = s->card.headline,
        .of_path = s->card.path,
    };
}

static const struct told_coverage *tell(const struct parts *p, const struct story *s,
                                        const struct coverage *c, const struct entries *shown)
{
    arena *a = p->r->a;
    size_t n = shown->n < TOLD_MAX ? shown->n : TOLD_MAX;
    struct told_entry *entries = arena_many(a, struct told_entry, n);
    struct told_coverage *out = arena_one(a, struct told_coverage);

    for (size_t i = 0; i < n; i++)
        entries[i] = told_of(p, s, &shown->v[i]);
    *out = (struct told_coverage){c->from_at, c->until_at, entries, n};
    return out;
}

/* --- the coverage on the page of its story --- */

struct asked {
    bool oldest_first;
    int64_t page;
};

static err read_asked(struct request *rq, struct asked *out)
{
    str text;

    *out = (struct asked){.page = 1};
    out->oldest_first = request_query(rq, S("order"), &text) && str_eq(text, S("oldest"));
    if (request_query(rq, S("page"), &text) &&
        (!str_int(text, &out->page) || out->page < 1 || out->page > PAGES_MAX))
        return E_MISSING;
    return OK;
}

/* The address of a page of the list; where it begins, below the standing part. */
static struct href list_at(const struct parts *p, const struct story *s, bool oldest_first,
                           int64_t page, str anchor)
{
    arena *a = p->r->a;
    str path = part_address(p, "", s->card.path);
    str number = page > 1 ? str_fmt(a, "page=%lld", (long long)page) : S("");

    return (struct href){str_fmt(a, "%.*s%s%s%s%.*s#%.*s", STR(path),
                                 oldest_first || page > 1 ? "?" : "",
                                 oldest_first ? "order=oldest" : "",
                                 oldest_first && page > 1 ? "&" : "", STR(number), STR(anchor))};
}

static err fill_keys(const struct parts *p, const struct story *s, const struct coverage *c,
                     bool oldest_first, struct view_coverage *view)
{
    struct key_entry *keys;
    struct view_news *v;
    size_t n;

    TRY(entries_key(p->r, s, oldest_first, c, &keys, &n));
    v = arena_many(p->r->a, struct view_news, n);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_news){
            keys[i].number, keys[i].headline,
            list_at(p, s, oldest_first, keys[i].page, str_fmt(p->r->a, "entry-%d", keys[i].number)),
            when_of(p, keys[i].at)};
    view->keys.v = v;
    view->keys.n = n;
    view->has_keys = n > 0;
    return OK;
}

static void fill_ways(const struct parts *p, const struct story *s, const struct coverage *c,
                      const struct asked *asked, bool more, struct view_coverage *view)
{
    const str list = S("coverage");

    view->is_oldest_first = asked->oldest_first;
    view->newest_first = list_at(p, s, false, 1, list);
    view->oldest_first = list_at(p, s, true, 1, list);
    if (asked->page > 1)
        view->previous = list_at(p, s, asked->oldest_first, asked->page - 1, list);
    if (more)
        view->next = list_at(p, s, asked->oldest_first, asked->page + 1, list);
    view->number = asked->page;
    view->pages = (c->shown + ENTRY_PAGE - 1) / ENTRY_PAGE;
}

static void fill_state(const struct parts *p, const struct story *s, const struct coverage *c,
                       struct view_coverage *view)
{
    *view = (struct view_coverage){
        .story = s->card.id,
        .part = {str_join(p->r->a, s->card.path, S("/entry/"))},
        .is_announced = c->state == COVERAGE_ANNOUNCED,
        .is_live = c->state == COVERAGE_LIVE,
        .is_paused = c->state == COVERAGE_PAUSED,
        .is_ended = c->state == COVERAGE_ENDED,
        .is_archived = c->state == COVERAGE_ARCHIVED,
        .from = c->from_at != 0 ? when_of(p, c->from_at) : NULL,
        .until = c->until_at != 0 ? when_of(p, c->until_at) : NULL,
        .count = c->shown,
        .has_entries = c->shown > 0,
    };
}

err running_fill(struct request *rq, const struct parts *p, const struct story *s,
                 struct view_story *view, const struct told_coverage **told)
{
    struct view_coverage *out;
    struct coverage c;
    struct asked asked;
    struct entries shown, pinned = {0};
    bool more;

    *told = NULL;
    if (s->card.coverage == COVERAGE_NONE || s->gate != GATE_FULL)
        return OK;
    TRY(read_asked(rq, &asked));
    TRY(coverage_of(p->r, s->card.id, &c));
    TRY(entries_of(p->r, s, asked.oldest_first, asked.page, &shown, &more));
    if (shown.n == 0 && asked.page > 1)
        return E_MISSING;
    if (asked.page == 1)
        TRY(entries_pinned(p->r, s, &pinned));
    out = arena_one(p->r->a, struct view_coverage);
    fill_state(p, s, &c, out);
    TRY(fill_entries(p, s, &pinned, true, &out->pinned.v, &out->pinned.n));
    TRY(fill_entries(p, s, &shown, false, &out->entries.v, &out->entries.n));
    out->has_pinned = out->pinned.n > 0;
    TRY(fill_keys(p, s, &c, asked.oldest_first, out));
    fill_ways(p, s, &c, &asked, more, out);
    view->has_parts = view->has_parts || have_parts(&shown) || have_parts(&pinned);
    view->coverage = out;
    *told = tell(p, s, &c, &shown);
    return OK;
}

int64_t running_changed(const struct parts *p, const struct story *s)
{
    struct coverage c;

    if (s->card.coverage == COVERAGE_NONE || coverage_of(p->r, s->card.id, &c) != OK)
        return s->card.changed_at;
    return c.newest_at > s->card.changed_at ? c.newest_at : s->card.changed_at;
}

/* --- in brief --- */

err running_brief(const struct parts *p, const struct card *c, int64_t many,
                  struct view_running *out)
{
    struct entries all = {0};
    struct view_news *v;

    if (many > 0)
        TRY(entries_latest(p->r, c, many, &all));
    v = arena_many(p->r->a, struct view_news, all.n);
    for (size_t i = 0; i < all.n; i++)
        v[i] = (struct view_news){
            all.v[i].number,
            entry_title(p->r->a, &all.v[i]),
            {str_fmt(p->r->a, "%.*s#entry-%d", STR(part_address(p, "", c->path)), all.v[i].number)},
            when_of(p, all.v[i].public_at)};
    *out = (struct view_running){
        .story = c->id,
        .headline = c->front_headline.n > 0 ? c->front_headline : c->headline,
        .href = {part_address(p, "", c->path)},
        .part = {str_join(p->r->a, c->path, S(".part"))},
        .language = part_language(p->paper, c->language),
        .direction = part_direction(c->language),
        .is_paused = c->coverage == COVERAGE_PAUSED,
        .is_over = c->coverage >= COVERAGE_ENDED,
        .newest = all.n > 0 ? &v[0] : NULL,
        .has_entries = all.n > 0,
        .entries = {v, all.n},
    };
    return OK;
}

/* GET {story}.part: for pages that show it so and are open. */
err running_part(struct request *rq)
{
    struct reading r;
    struct story s;
    struct paper paper;
    struct view_running running;
    str moved = {0};

    TRY(show_begin(rq, &r));
    TRY(story_at(&r, str_to(rq->path, rq->path.n - S(".part").n), &s, &moved));
    if (moved.n > 0) {
        reading_end(&r);
        return reply_moved(rq, show_address(rq, str_join(rq->arena, moved, S(".part"))));
    }
    if (s.card.coverage == COVERAGE_NONE || s.gate != GATE_FULL)
        return E_MISSING;
    TRY(show_paper(rq, &r, &paper));
    TRY(running_brief(&(struct parts){rq->of, &r, &paper}, &s.card, PART_ENTRIES, &running));
    return show_page(rq, &r, 200, TEMPLATE_RUNNING_PART, &(struct view_block){.running = &running});
}

err running_behind(const struct parts *p, int64_t story, const struct view_running **out)
{
    struct view_running *view;
    struct card c;
    int number;
    err e = entry_behind(p->r, story, &c, &number);

    *out = NULL;
    if (e == E_MISSING)
        return OK;
    TRY(e);
    view = arena_one(p->r->a, struct view_running);
    TRY(running_brief(p, &c, 0, view));
    view->href.address = part_address(p, "", entry_path(p->r->a, c.path, number));
    *out = view;
    return OK;
}

/* --- an entry at its own address --- */

struct opened {
    struct reading r;
    struct paper paper;
    struct parts parts;
    struct story story;
    struct entry entry;
    str moved; /* its address now */
};

static err open_entry(struct request *rq, struct opened *out)
{
    ptrdiff_t at = str_find(rq->path, S("/entry/"));
    str moved = {0};
    int64_t number;

    if (at < 0 || !str_int(request_param(rq, S("entry")), &number))
        return E_MISSING;
    TRY(show_begin(rq, &out->r));
    TRY(story_at(&out->r, str_to(rq->path, (size_t)at), &out->story, &moved));
    if (moved.n > 0) {
        out->moved = entry_path(rq->arena, moved, number);
        return OK;
    }
    TRY(entry_of(&out->r, &out->story, number, &out->entry));
    TRY(show_paper(rq, &out->r, &out->paper));
    out->parts = (struct parts){rq->of, &out->r, &out->paper};
    return OK;
}

static err fill_page(struct opened *o, struct view_entry_page *view)
{
    const struct parts *p = &o->parts;
    struct view_entry *entry = arena_one(o->r.a, struct view_entry);
    str place = str_fmt(o->r.a, "#entry-%d", o->entry.number);

    TRY(fill_entry(p, &o->story, &o->entry, entry));
    view->entry = entry;
    view->label = part_label(p, &o->story.card);
    view->headline = o->story.card.headline;
    view->story_href.address = part_address(p, "", o->story.card.path);
    view->all_href.address = str_join(o->r.a, view->story_href.address, place);
    view->language = part_language(&o->paper, o->story.card.language);
    view->direction = part_direction(o->story.card.language);
    view->has_parts = story_has_parts(&o->entry.body);
    return OK;
}

static err fill_head(struct request *rq, struct opened *o, struct view_entry_page *view)
{
    const struct section *section = paper_section_by_id(&o->paper, o->story.card.section);
    struct told_entry told = told_of(&o->parts, &o->story, &o->entry);
    const struct said parts[] = {{"entry", told.title}, {"story", told.of}};
    struct page_head head = {
        .name = say_with(rq->arena, o->paper.tongue, "{entry} | {story}", parts, LENGTH(parts)),
        .description = told.text,
        .path = rq->path,
        .canonical = told.path,
        .feed = section != NULL ? str_fmt(rq->arena, "/%.*s", STR(section->slug)) : (str){0},
        .picture = part_picture(&o->parts, o->entry.media, o->entry.alt, PLACE_BODY, false),
        .within = &o->story,
        .entry = &told,
    };

    return show_head(rq, &o->r, &o->paper, &head, &view->page);
}

static err show_entry(struct request *rq, enum template template)
{
    struct opened o = {0};
    struct view_entry_page view = {0};

    TRY(open_entry(rq, &o));
    if (o.moved.n > 0) {
        reading_end(&o.r);
        return reply_moved(rq, show_address(rq, o.moved));
    }
    TRY(fill_page(&o, &view));
    TRY(fill_head(rq, &o, &view));
    return show_page(rq, &o.r, 200, template, &view);
}

err entry_page(struct request *rq)
{
    return show_entry(rq, TEMPLATE_ENTRY);
}

err entry_part(struct request *rq)
{
    return show_entry(rq, TEMPLATE_ENTRY_PART);
}
