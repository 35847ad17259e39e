/*
 * messages.c - bad news in plain words: what is not here, what was taken down, what went wrong.
 */
#include "site/api/doors.h"
#include "site/charge.h"
#include "site/desk/desk.h"
#include "site/public/parts.h"
#include "site/refusal.h"
#include "site/show.h"

enum { LATEST = 6, LATER_S = 5 };

struct words {
    int status;
    const char *title, *text;
};

static const struct words all_words[] = {
    {400, SAY("That address is not one of ours"),
     SAY("Something in it cannot be read. Perhaps it was cut off when it was copied.")},
    {403, SAY("This is not open to you"), SAY("You would have to be signed in to read it.")},
    {404, SAY("There is nothing at this address"),
     SAY("The story may never have been here, or the address has a slip in it.")},
    {410, SAY("This story has been taken down"),
     SAY("It was published here and we have withdrawn it. It will not be at this address again "
         "unless we say so.")},
};

/* A notice is no story. */
static const struct words notice_words[] = {
    {404, SAY("There is nothing at this address"),
     SAY("The notice may never have been here, or its first day has not come.")},
    {410, SAY("This notice has been taken down"),
     SAY("It ran here and was withdrawn. It will not be at this address again unless whoever gave "
         "it out says so.")},
};

static bool is_of_notices(const struct request *rq)
{
    return str_starts(rq->path, S("/notices/"));
}

static const struct words *words_for(const struct request *rq, int status)
{
    static const struct words otherwise = {
        500, SAY("Something went wrong on our side"),
        SAY("It is not your fault, and it has been noted. Please try again in a little while.")};

    for (size_t i = 0; is_of_notices(rq) && i < LENGTH(notice_words); i++)
        if (notice_words[i].status == status)
            return &notice_words[i];
    for (size_t i = 0; i < LENGTH(all_words); i++)
        if (all_words[i].status == status)
            return &all_words[i];
    return &otherwise;
}

static err fill(struct request *rq, struct reading *r, int status, struct view_message *view)
{
    const struct words *words = words_for(rq, status);
    struct paper paper;
    struct cards cards;

    TRY(show_paper(rq, r, &paper));

    struct parts p = {rq->of, r, &paper};
    struct view_card *latest = arena_many(rq->arena, struct view_card, LATEST);
    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s | %.*s", STR(say(paper.tongue, words->title)),
                         STR(paper.name)),
        .path = rq->path,
    };

    TRY(stories_latest(r, TIME_NEVER, LATEST, &cards));
    for (size_t i = 0; i < cards.n; i++)
        latest[i] = part_card(&p, &cards.v[i], PLACE_NONE, false);
    view->status = status;
    view->title = say(paper.tongue, words->title);
    view->text = say(paper.tongue, words->text);
    view->latest.v = latest;
    view->latest.n = cards.n;
    view->has_latest = cards.n > 0;
    return show_head(rq, r, &paper, &head, &view->page);
}

err site_error_page(void *of, struct request *rq, int status)
{
    struct reading r;
    struct view_message view = {0};

    (void)of;
    if (rq->desk == NULL)
        return E_BUSY;
    TRY(charge_message(rq));
    if (rq->reply != NULL)
        return OK;
    store_conn_rest(rq->desk); /* what the handler left open */
    if (desk_is(rq))
        return desk_error_page(rq, status);
    if (interface_asked(rq))
        return interface_problem(rq, status);
    if (status == 503)
        return refusal_reply(rq, status, LATER_S) ? OK : E_BUSY;
    TRY(show_begin(rq, &r));
    TRY(fill(rq, &r, status, &view));
    if (is_of_notices(rq)) /* it may be back */
        tag_set_add(&r.tags, tag_of(TAG_notices, 0));
    return show_page(rq, &r, status, TEMPLATE_MESSAGE, &view);
}
