/*
 * messages.c - bad news in plain words: what is not here, what was taken down, what went wrong.
 */
#include "site/public/parts.h"
#include "site/show.h"

enum { LATEST = 6 };

struct words {
    int status;
    str title, text;
};

static const struct words all_words[] = {
    {400, S_INIT("That address is not one of ours"),
     S_INIT("Something in it cannot be read. Perhaps it was cut off when it was copied.")},
    {403, S_INIT("This is not open to you"), S_INIT("You would have to be signed in to read it.")},
    {404, S_INIT("There is nothing at this address"),
     S_INIT("The story may never have been here, or the address has a slip in it.")},
    {410, S_INIT("This story has been taken down"),
     S_INIT("It was published here and we have withdrawn it. It will not be at this address again "
            "unless we say so.")},
    {503, S_INIT("Too many readers at once"),
     S_INIT("The paper is busy at this moment. Please try again in a little while.")},
};

static const struct words *words_for(int status)
{
    static const struct words otherwise = {
        500, S_INIT("Something went wrong on our side"),
        S_INIT("It is not your fault, and it has been noted. Please try again in a little while.")};

    for (size_t i = 0; i < LENGTH(all_words); i++)
        if (all_words[i].status == status)
            return &all_words[i];
    return &otherwise;
}

static err fill(struct request *rq, struct reading *r, int status, struct view_message *view)
{
    const struct words *words = words_for(status);
    struct paper paper;
    struct cards cards;

    TRY(paper_load(r, &paper));

    struct parts p = {rq->of, r, &paper};
    struct view_card *latest = arena_many(rq->arena, struct view_card, LATEST);
    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s | %.*s", STR(words->title), STR(paper.name)),
        .path = rq->path,
    };

    TRY(stories_latest(r, TIME_NEVER, LATEST, &cards));
    for (size_t i = 0; i < cards.n; i++)
        latest[i] = part_card(&p, &cards.v[i], (str){0}, false);
    view->status = status;
    view->title = words->title;
    view->text = words->text;
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
    store_conn_rest(rq->desk); /* what the handler left open */
    TRY(show_begin(rq, &r));
    TRY(fill(rq, &r, status, &view));
    return show_page(rq, &r, status, TEMPLATE_MESSAGE, &view);
}
