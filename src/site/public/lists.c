/*
 * lists.c - pages that are lists of stories: a section, a topic, a byline, a day of the archive.
 */
#include "site/public/pages.h"

#include "site/public/parts.h"
#include "site/show.h"
#include "text/dates.h"

enum { STORIES_A_PAGE = 25, STORIES_A_DAY = 300 };

/* "?before=": the moment (µs) that the list goes on from; the start when there is none. */
static err read_before(struct request *rq, int64_t *before)
{
    str given;

    *before = TIME_NEVER;
    if (!request_query(rq, S("before"), &given))
        return OK;
    if (!str_int(given, before) || *before <= 0)
        return fail(&rq->note, E_INVALID, "before= takes a moment as a number");
    return OK;
}

/* The cards, the first of them as the lead; one more than a page holds means that it goes on. */
static void fill(const struct parts *p, const struct cards *cards, size_t many,
                 struct view_stories *view)
{
    arena *a = p->r->a;
    size_t n = cards->n < many ? cards->n : many;
    struct view_card *out = arena_many(a, struct view_card, n);

    for (size_t i = 0; i < n; i++)
        out[i] = part_card(p, &cards->v[i], i == 0 ? SIZES_HERO : SIZES_CARD, i == 0);
    view->has_cards = n > 0;
    view->lead = n > 0 ? out : NULL;
    view->cards.v = n > 0 ? out + 1 : out;
    view->cards.n = n > 0 ? n - 1 : 0;
    view->has_more = n > 1;
}

static void fill_pager(struct request *rq, const struct cards *cards, int64_t before,
                       struct view_stories *view)
{
    if (cards->n > STORIES_A_PAGE) {
        view->older.address = str_fmt(rq->arena, "%.*s?before=%lld", STR(rq->raw_path),
                                      (long long)cards->v[STORIES_A_PAGE - 1].public_at);
        view->older_text = S("Older stories");
    }
    if (before != TIME_NEVER) {
        view->newer.address = rq->raw_path;
        view->newer_text = S("Newest stories");
    }
    view->has_pager = view->older.address.n > 0 || view->newer.address.n > 0;
}

/* The part that the three lists by number have in common. */
typedef err list_of(struct reading *r, int64_t id, int64_t before, size_t many, struct cards *out);

static err show_list(struct request *rq, struct reading *r, const struct paper *paper, int64_t id,
                     list_of *list, struct view_stories *view)
{
    struct parts p = {rq->of, r, paper};
    struct cards cards;
    int64_t before;
    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s | %.*s", STR(view->title), STR(paper->name)),
        .description = view->text,
        .path = rq->path,
        .canonical = rq->raw_path,
    };

    TRY(read_before(rq, &before));
    TRY(list(r, id, before, STORIES_A_PAGE + 1, &cards));
    if (before != TIME_NEVER && cards.n == 0)
        return E_MISSING;
    fill(&p, &cards, STORIES_A_PAGE, view);
    fill_pager(rq, &cards, before, view);
    return show_head(rq, r, paper, &head, &view->page);
}

err section_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_stories view = {0};
    const struct section *section;

    TRY(show_begin(rq, &r));
    TRY(paper_load(&r, &paper));
    section = paper_section(&paper, request_param(rq, S("section")));
    if (section == NULL)
        return E_MISSING;
    view.title = section->name;
    view.text = section->description;
    TRY(show_list(rq, &r, &paper, section->id, stories_of_section, &view));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

/* A topic is public when a public story carries it. */
err topic_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct topic topic;
    struct view_stories view = {0};

    TRY(show_begin(rq, &r));
    TRY(paper_load(&r, &paper));
    TRY(topic_at(&r, request_param(rq, S("slug")), &topic));
    view.kicker = S("Topic");
    view.title = topic.name;
    view.text = topic.description;
    TRY(show_list(rq, &r, &paper, topic.id, stories_of_topic, &view));
    if (!view.has_cards)
        return E_MISSING;
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

/* A byline is public when somebody wrote its page, or when it stands on a public story. */
err author_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct person person;
    struct view_stories view = {0};

    TRY(show_begin(rq, &r));
    TRY(paper_load(&r, &paper));
    TRY(person_at(&r, request_param(rq, S("slug")), &person));

    struct parts p = {rq->of, &r, &paper};

    view.kicker = person.role.n > 0 ? person.role : S("Author");
    view.title = person.name;
    view.text = person.biography;
    view.portrait = part_picture(&p, person.portrait, S(""), S("7.5rem"), true);
    TRY(show_list(rq, &r, &paper, person.id, stories_of_person, &view));
    if (!view.has_cards && person.biography.n == 0)
        return E_MISSING;
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

/* /2026/11/23 in the paper's own zone. */
static err read_day(struct request *rq, const struct zone *zone, int64_t *since, int64_t *before)
{
    int64_t year, month, day;
    struct civil wall = {0};

    if (!str_int(request_param(rq, S("year")), &year) ||
        !str_int(request_param(rq, S("month")), &month) ||
        !str_int(request_param(rq, S("day")), &day) || year < 1970 || year > 9998 ||
        request_param(rq, S("month")).n != 2 || request_param(rq, S("day")).n != 2 || month > 12 ||
        day > 31)
        return E_MISSING;
    wall.year = (int)year;
    wall.month = (int)month;
    wall.day = (int)day;
    if (!civil_at(&wall, zone, since))
        return E_MISSING;
    *since = date_day_start(*since, zone, 0);
    *before = date_day_start(*since, zone, 1);
    return OK;
}

static struct href day_address(const struct request *rq, int64_t at, const struct zone *zone)
{
    str day = date_day(rq->arena, at, zone);

    return (struct href){
        str_fmt(rq->arena, "/%.*s", STR(str_replace(rq->arena, day, S("-"), S("/"))))};
}

err day_page(struct request *rq)
{
    const struct site *s = rq->of;
    struct reading r;
    struct paper paper;
    struct cards cards;
    struct view_stories view = {.kicker = S("Archive")};
    int64_t since, before;

    TRY(read_day(rq, s->zone, &since, &before));
    TRY(show_begin(rq, &r));
    if (since > r.now)
        return E_MISSING;
    TRY(paper_load(&r, &paper));
    TRY(stories_of_day(&r, since, before, STORIES_A_DAY, &cards));

    struct parts p = {s, &r, &paper};

    view.title = date_human_long_day(rq->arena, since, s->zone);
    view.text = cards.n == 0 ? S("Nothing was published on this day.") : (str){0};
    fill(&p, &cards, STORIES_A_DAY, &view);
    view.older = day_address(rq, since - 1, s->zone);
    view.older_text = S("The day before");
    if (before <= r.now) {
        view.newer = day_address(rq, before, s->zone);
        view.newer_text = S("The day after");
    }
    view.has_pager = true;

    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s | %.*s", STR(view.title), STR(paper.name)),
        .path = rq->path,
        .canonical = rq->raw_path,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}
