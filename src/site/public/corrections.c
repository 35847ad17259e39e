/*
 * corrections.c - GET /corrections: what the paper has corrected, day by day, newest first.
 */
#include "site/public/pages.h"

#include "news/history.h"
#include "site/public/calendar.h"
#include "site/public/lists.h"
#include "site/show.h"

enum { CORRECTIONS_A_PAGE = 40 };

static struct view_mended one(const struct parts *p, const struct correction_line *c)
{
    const struct section *section = paper_section_by_id(p->paper, c->section);
    struct view_when *when = arena_one(p->r->a, struct view_when);

    *when = part_when(p, c->at);
    when->shown = date_human_time(p->r->a, c->at, p->site->zone, p->paper->tongue);
    return (struct view_mended){
        .story = c->story,
        .kind = part_correction(p->paper->tongue, c->kind),
        .reason = c->reason,
        .at = when,
        .href = {part_address(p, "", c->path)},
        .headline = c->headline,
        .language = part_language(p->paper, c->language),
        .direction = part_direction(c->language),
        .section_name = section != NULL ? section->name : (str){0},
    };
}

/* Those of one day stand together. */
static void fill_days(const struct parts *p, const struct correction_lines *lines, size_t n,
                      struct view_corrections *view)
{
    arena *a = p->r->a;
    struct view_mended *all = arena_many(a, struct view_mended, n);
    struct view_mended_day *days = arena_many(a, struct view_mended_day, n);
    size_t count = 0;
    int64_t day = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t start = date_day_start(lines->v[i].at, p->site->zone, 0);

        all[i] = one(p, &lines->v[i]);
        if (count == 0 || start != day) {
            days[count].title =
                date_human_long_day(a, lines->v[i].at, p->site->zone, p->paper->tongue);
            days[count++].corrections.v = &all[i];
        }
        days[count - 1].corrections.n++;
        day = start;
    }
    view->days.v = days;
    view->days.n = count;
    view->has_days = count > 0;
}

err corrections_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct correction_lines lines;
    struct view_corrections view = {0};
    int64_t before;

    TRY(list_before(rq, &before));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(corrections_latest(&r, 0, before, CORRECTIONS_A_PAGE + 1, &lines));
    if (before != TIME_NEVER && lines.n == 0)
        return E_MISSING;
    fill_days(&p, &lines, lines.n < CORRECTIONS_A_PAGE ? lines.n : CORRECTIONS_A_PAGE, &view);
    view.pager =
        list_pager_at(rq, lines.n > CORRECTIONS_A_PAGE ? lines.v[CORRECTIONS_A_PAGE - 1].at : 0,
                      say(paper.tongue, "Older"), before, say(paper.tongue, "Newest"));
    if (paper_has_page(&paper, S("corrections-policy")))
        view.policy.address = part_address(&p, "/", S("corrections-policy"));
    view.report = paper.corrections.n > 0 ? paper.corrections : paper.email;
    view.report_href.address = setting_contact_address(rq->arena, view.report);

    str title = say(paper.tongue, "Corrections");
    struct page_head head = {
        .description = say(paper.tongue, "What we got wrong, and what is right."),
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = title,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_CORRECTIONS, &view);
}
