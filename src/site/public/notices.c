/*
 * notices.c - GET /notices, /notices/{type}, /notices/past: what others give out through the paper;
 * and /notices/{id}: one of them, at its address for ever.
 */
#include "site/public/notices.h"

#include "site/public/lists.h"
#include "site/public/pages.h"
#include "site/show.h"
#include "text/dates.h"
#include "text/write_page.h"

enum { NOTICES_A_PAGE = 50, DESCRIPTION_MAX = 160 };

static str day(const struct parts *p, int64_t at)
{
    return date_human_day(p->r->a, at, p->site->zone, p->paper->tongue);
}

/* The last day of a run that ends at midnight is the day before. */
str notices_run(const struct parts *p, const struct notice *n)
{
    const struct said days[] = {{"from", day(p, n->from_at)},
                                {"until", n->until_at != 0 ? day(p, n->until_at - 1) : (str){0}}};

    return n->until_at == 0
               ? say_with(p->r->a, p->paper->tongue, "From {from}", days, 1)
               : say_with(p->r->a, p->paper->tongue, "{from} to {until}", days, LENGTH(days));
}

static struct view_notice_line line_of(const struct parts *p, const struct notice *n)
{
    return (struct view_notice_line){
        .href = {part_address(p, "", n->path)},
        .type = say(p->paper->tongue, notice_title(n->type)),
        .title = n->title,
        .issuer = n->issuer,
        .run = notices_run(p, n),
        .language = part_language(p->paper, n->language),
        .direction = part_direction(n->language),
    };
}

/* What a list shows of which notices. */
struct showing {
    bool ended;
    enum notice_type type; /* NOTICE_TYPE_COUNT: all */
};

static str address_of(const struct parts *p, const struct showing *what)
{
    return what->ended ? part_address(p, "/notices/past", S(""))
           : what->type == NOTICE_TYPE_COUNT
               ? part_address(p, "/notices", S(""))
               : part_address(p, "/notices/", notice_word(what->type));
}

/* All, each type that runs now, and those whose run is over. */
static err fill_filter(const struct parts *p, const struct showing *what, struct view_notices *view)
{
    int64_t counts[NOTICE_TYPE_COUNT];
    struct view_menu *menu = arena_many(p->r->a, struct view_menu, NOTICE_TYPE_COUNT + 2);
    const struct tongue *tongue = p->paper->tongue;
    struct showing all = {false, NOTICE_TYPE_COUNT}, past = {true, NOTICE_TYPE_COUNT};
    size_t n = 0;

    TRY(notices_count(p->r, counts));
    menu[n++] = (struct view_menu){
        say(tongue, "All"), {address_of(p, &all)}, !what->ended && what->type == all.type};
    for (enum notice_type t = 0; t < NOTICE_TYPE_COUNT; t++) {
        struct showing one = {false, t};

        if (counts[t] > 0 || (!what->ended && what->type == t))
            menu[n++] = (struct view_menu){say(tongue, notice_title(t)),
                                           {address_of(p, &one)},
                                           !what->ended && what->type == t};
    }
    menu[n++] =
        (struct view_menu){say(tongue, "Past notices"), {address_of(p, &past)}, what->ended};
    view->filter.v = menu;
    view->filter.n = n;
    return OK;
}

static void fill_lines(struct request *rq, const struct parts *p, const struct notices *all,
                       int64_t before, struct view_notices *view)
{
    size_t n = all->n < NOTICES_A_PAGE ? all->n : NOTICES_A_PAGE;
    struct view_notice_line *lines = arena_many(p->r->a, struct view_notice_line, n);

    for (size_t i = 0; i < n; i++)
        lines[i] = line_of(p, &all->v[i]);
    view->lines.v = lines;
    view->lines.n = n;
    view->has_lines = n > 0;
    view->pager =
        list_pager_at(rq, all->n > NOTICES_A_PAGE ? all->v[NOTICES_A_PAGE - 1].from_at : 0,
                      say(p->paper->tongue, "Older"), before, say(p->paper->tongue, "Newest"));
}

static err show_list(struct request *rq, const struct showing *what)
{
    struct reading r;
    struct paper paper;
    struct notices all;
    struct view_notices view = {0};
    int64_t before;

    TRY(list_before(rq, &before));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(notices_list(&r, what->ended, what->type, before, NOTICES_A_PAGE + 1, &all));
    if (before != TIME_NEVER && all.n == 0)
        return E_MISSING;
    fill_lines(rq, &p, &all, before, &view);
    TRY(fill_filter(&p, what, &view));
    view.title = what->ended                       ? say(paper.tongue, "Past notices")
                 : what->type == NOTICE_TYPE_COUNT ? say(paper.tongue, "Notices")
                                                   : say(paper.tongue, notice_title(what->type));

    struct page_head head = {
        .description = say(paper.tongue, "What councils, courts and families give out."),
        .path = S("/notices"),
        .canonical = rq->raw_path,
        .name = view.title,
        .feed = what->ended ? S("/notices") : rq->path,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_NOTICES, &view);
}

err notices_page(struct request *rq)
{
    return show_list(rq, &(struct showing){false, NOTICE_TYPE_COUNT});
}

err notices_past_page(struct request *rq)
{
    return show_list(rq, &(struct showing){true, NOTICE_TYPE_COUNT});
}

err notices_type_page(struct request *rq)
{
    struct showing what = {false, notice_type_at(request_param(rq, S("type")))};

    return what.type == NOTICE_TYPE_COUNT ? E_MISSING : show_list(rq, &what);
}

err notice_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct notice n;
    int64_t id;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(show_begin(rq, &r));
    TRY(notice_at(&r, id, &n));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};
    struct showing type = {false, n.type};
    struct view_when changed = part_when(&p, n.changed_at);
    struct view_notice view = {
        .type = say(paper.tongue, notice_title(n.type)),
        .type_href = {address_of(&p, &type)},
        .all_href = {part_address(&p, "/notices", S(""))},
        .title = n.title,
        .issuer = n.issuer,
        .reference = n.reference,
        .run = notices_run(&p, &n),
        .has_ended = n.has_ended,
        .language = part_language(&paper, n.language),
        .direction = part_direction(n.language),
        .body = part_body(&p, &n.body),
        .changed = n.changed_at > n.from_at ? &changed : NULL,
        .address = str_join(rq->arena, paper.address, n.path),
    };
    struct page_head head = {
        .description = body_opening(rq->arena, &n.body, DESCRIPTION_MAX),
        .path = S("/notices"),
        .canonical = n.path,
        .name = n.title,
        .feed = S("/notices"),
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_NOTICE, &view);
}
