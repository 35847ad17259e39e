/*
 * lists.c - pages that are lists of stories: the latest, a section, a topic, a byline.
 */
#include "site/public/lists.h"

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

    for (size_t i = 0; i < n; i++)
        out[i] = part_card(p, &cards->v[i], i == 0 ? SIZES_HERO : SIZES_CARD, i == 0);
    view->has_cards = n > 0;
    view->lead = n > 0 ? out : NULL;
    view->cards.v = n > 0 ? out + 1 : out;
    view->cards.n = n > 0 ? n - 1 : 0;
    view->has_more = n > 1;
}

void list_fill_pager(struct request *rq, const struct tongue *tongue, const struct cards *cards,
                     int64_t before, struct view_stories *view)
{
    if (cards->n > LIST_STORIES) {
        view->older.address = str_fmt(rq->arena, "%.*s?before=%lld", STR(rq->raw_path),
                                      (long long)cards->v[LIST_STORIES - 1].public_at);
        view->older_text = say(tongue, "Older stories");
    }
    if (before != TIME_NEVER) {
        view->newer.address = rq->raw_path;
        view->newer_text = say(tongue, "Newest stories");
    }
    view->has_pager = view->older.address.n > 0 || view->newer.address.n > 0;
}

/* The part that the three lists by number have in common. */
typedef err list_of(struct reading *r, int64_t id, int64_t before, size_t many, struct cards *out);

static err show_list(struct request *rq, struct reading *r, const struct paper *paper, int64_t id,
                     list_of *list, str feed, struct view_stories *view)
{
    struct parts p = {rq->of, r, paper};
    struct cards cards;
    int64_t before;
    struct page_head head = {
        .description = view->text,
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view->title,
        .feed = feed,
        .cards = &cards,
    };

    TRY(list_before(rq, &before));
    TRY(list(r, id, before, LIST_STORIES + 1, &cards));
    if (before != TIME_NEVER && cards.n == 0)
        return E_MISSING;
    list_fill(&p, &cards, LIST_STORIES, view);
    list_fill_pager(rq, paper->tongue, &cards, before, view);
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
    TRY(show_list(rq, &r, &paper, 0, list_latest, S("/"), &view));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

err section_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_stories view = {0};
    const struct section *section;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    section = paper_section(&paper, request_param(rq, S("section")));
    if (section == NULL)
        return information_page(rq, &r, &paper, request_param(rq, S("section")));
    if (rq->raw_query.n == 0) {
        err e = section_front(rq, &r, &paper, section);

        if (e != E_MISSING)
            return e;
    }
    view.title = section->name;
    view.text = section->description;
    view.is_opinion = section->is_opinion;
    TRY(show_list(rq, &r, &paper, section->id, stories_of_section, rq->path, &view));
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
    TRY(show_paper(rq, &r, &paper));
    TRY(topic_at(&r, request_param(rq, S("slug")), &topic));
    view.kicker = say(paper.tongue, "Topic");
    view.title = topic.name;
    view.text = topic.description;
    TRY(show_list(rq, &r, &paper, topic.id, stories_of_topic, rq->path, &view));
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
    TRY(show_paper(rq, &r, &paper));
    TRY(person_at(&r, request_param(rq, S("slug")), &person));

    struct parts p = {rq->of, &r, &paper};

    view.kicker = person.role.n > 0 ? person.role : say(paper.tongue, "Author");
    view.title = person.name;
    view.text = person.biography;
    view.portrait = part_picture(&p, person.portrait, S(""), S("7.5rem"), true);
    TRY(show_list(rq, &r, &paper, person.id, stories_of_person, rq->path, &view));
    if (!view.has_cards && person.biography.n == 0)
        return E_MISSING;
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}
