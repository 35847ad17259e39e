/*
 * lists.c - pages that are lists of stories: the latest, a section.
 */
#include "site/public/lists.h"

#include "live/live.h"
#include "news/sections.h"
#include "site/public/pages.h"
#include "site/show.h"

err list_before(struct request *rq, int64_t *before)
{
    str given;

    *before = TIME_NEVER;
    if (!request_query(rq, S("before"), &given))
        return OK;
    if (!str_int(given, before) || *before <= 0)
        return fail(&rq->note, E_INVALID, "before= takes a moment as a number");
    return OK;
}

void list_fill(const struct parts *p, const struct cards *cards, size_t many,
               struct view_stories *view)
{
    arena *a = p->r->a;
    size_t n = cards->n < many ? cards->n : many;
    struct view_card *out = arena_many(a, struct view_card, n);

    for (size_t i = 0; i < n; i++) {
        struct card c = cards->v[i];

        if (i > 0 && c.hero == cards->v[i - 1].hero)
            c.hero = 0; /* no picture stands twice in a row */
        out[i] = part_card(p, &c, i == 0 ? PLACE_LIST : PLACE_CARD, i == 0);
    }
    view->has_cards = n > 0;
    view->lead = n > 0 ? out : NULL;
    view->cards.v = n > 0 ? out + 1 : out;
    view->cards.n = n > 0 ? n - 1 : 0;
    view->has_more = n > 1;
}

const struct view_pager *list_pager(arena *a, const struct view_pager *ways)
{
    struct view_pager *out = arena_one(a, struct view_pager);

    *out = *ways;
    return ways->older.address.n + ways->newer.address.n > 0 ? out : NULL;
}

const struct view_pager *list_pager_at(struct request *rq, int64_t older_at, str older_text,
                                       int64_t before, str newer_text)
{
    struct view_pager ways = {.older_text = older_text, .newer_text = newer_text};

    if (older_at != 0)
        ways.older.address =
            str_fmt(rq->arena, "%.*s?before=%lld", STR(rq->raw_path), (long long)older_at);
    if (before != TIME_NEVER)
        ways.newer.address = rq->raw_path;
    return list_pager(rq->arena, &ways);
}

const struct view_pager *list_story_pager(struct request *rq, const struct tongue *tongue,
                                          const struct cards *cards, int64_t before)
{
    return list_pager_at(rq, cards->n > LIST_STORIES ? cards->v[LIST_STORIES - 1].public_at : 0,
                         say(tongue, "Older stories"), before, say(tongue, "Newest stories"));
}

err list_show(struct request *rq, struct reading *r, const struct paper *paper,
              const struct listing *what, struct view_stories *view)
{
    struct parts p = {rq->of, r, paper};
    struct cards cards;
    int64_t before;
    struct page_head head = {
        .description = view->text,
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view->title,
        .feed = what->feed,
        .cards = &cards,
        .subject = what->subject,
        .picture = view->picture != NULL ? view->picture : view->portrait,
    };

    if (what->feed.n > 1)
        view->feed.address = str_join(rq->arena, what->feed, S("/feed.rss"));
    TRY(list_before(rq, &before));
    if (before == TIME_NEVER) /* the others are of the past */
        head.topics = live_topic_name(rq->arena, tag_of(what->live, what->id));
    TRY(what->list(r, what->id, before, LIST_STORIES + 1, &cards));
    if (cards.n == 0 && (before != TIME_NEVER || what->must_have_stories))
        return E_MISSING;
    list_fill(&p, &cards, LIST_STORIES, view);
    view->pager = list_story_pager(rq, paper->tongue, &cards, before);
    return show_head(rq, r, paper, &head, &view->page);
}

static err list_latest(struct reading *r, int64_t id, int64_t before, size_t many,
                       struct cards *out)
{
    (void)id;
    return stories_latest(r, before, many, out);
}

err latest_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_stories view = {0};

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    view.title = say(paper.tongue, "Latest");
    TRY(list_show(rq, &r, &paper,
                  &(struct listing){.list = list_latest, .live = TAG_latest, .feed = S("/")},
                  &view));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

/* A page of information, or the section that had this word before. */
static err page_or_moved(struct request *rq, struct reading *r, const struct paper *paper)
{
    str slug = request_param(rq, S("section")), now;
    err e = information_page(rq, r, paper, slug);

    if (e != E_MISSING || section_moved(r, slug, &now) != OK)
        return e;
    reading_end(r);
    return reply_moved(rq, show_address(rq, str_join(rq->arena, S("/"), now)));
}

err section_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_stories view = {0};
    const struct section *section;
    str before;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    section = paper_section(&paper, request_param(rq, S("section")));
    if (section == NULL)
        return page_or_moved(rq, &r, &paper);
    if (!request_query(rq, S("before"), &before)) {
        err e = section_front(rq, &r, &paper, section);

        if (e != E_MISSING)
            return e;
    }
    view.title = section->name;
    view.text = section->description;
    view.is_opinion = section->is_opinion;
    TRY(list_show(
        rq, &r, &paper,
        &(struct listing){
            .list = stories_of_section, .id = section->id, .live = TAG_section, .feed = rq->path},
        &view));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}
