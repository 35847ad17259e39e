/*
 * archive.c - the archive: its years, a year, a month, a day.
 *
 * What has no stories is not there, but for the present year, month and day, and days that are
 * past.
 */
#include "site/public/pages.h"

#include "news/archive.h"
#include "site/public/calendar.h"
#include "site/public/lists.h"
#include "site/show.h"

enum { MONTHS = 12, YEARS_MAX = 300, STORIES_A_DAY = 300 };

/* "2026", "11", "03": as many digits as it takes, and no more. */
static err number_in(const struct request *rq, str name, size_t digits, int *out)
{
    str given = request_param(rq, name);
    int64_t n;

    if (given.n != digits || !str_int(given, &n))
        return E_MISSING;
    *out = (int)n;
    return OK;
}

static err read_year(const struct request *rq, int *year)
{
    TRY(number_in(rq, S("year"), 4, year));
    return *year < 1970 || *year > 9998 ? E_MISSING : OK;
}

static err read_month(const struct request *rq, int *year, int *month)
{
    TRY(read_year(rq, year));
    TRY(number_in(rq, S("month"), 2, month));
    return *month < 1 || *month > MONTHS ? E_MISSING : OK;
}

/* --- all years --- */

/* Which months have stories, from the year of the first story to this one, the newest year first.
 */
static err fill_years(const struct parts *p, int first, int last, struct view_archive *view)
{
    arena *a = p->r->a;
    int n = last - first + 1;
    int64_t *bounds = arena_many(a, int64_t, (size_t)(n * MONTHS) + 1);
    int64_t *filled = arena_many(a, int64_t, (size_t)(n * MONTHS));
    struct view_year *years = arena_many(a, struct view_year, (size_t)n);
    struct view_month *months = arena_many(a, struct view_month, (size_t)(n * MONTHS));

    for (int i = 0; i <= n * MONTHS; i++)
        TRY(calendar_moment(p, first + i / MONTHS, i % MONTHS + 1, 1, &bounds[i]));
    TRY(archive_filled(p->r, bounds, (size_t)(n * MONTHS), filled));
    for (int i = 0; i < n; i++) {
        struct view_year *year = &years[n - 1 - i];

        year->name = calendar_year_name(p, first + i);
        year->months.v = &months[i * MONTHS];
        year->months.n = MONTHS;
        for (int m = 0; m < MONTHS; m++) {
            int at = i * MONTHS + m;

            months[at].name = date_month_name(m + 1, p->paper->tongue);
            if (filled[at] == 0)
                continue;
            months[at].href.address = calendar_month_address(p, bounds[at]);
            year->href.address = calendar_year_address(p, bounds[at]);
        }
    }
    view->years.v = years;
    view->years.n = (size_t)n;
    view->has_years = true;
    return OK;
}

err archive_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_archive view = {0};
    int64_t first;
    err e;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};
    int last = civil_of(r.now, p.site->zone).year;

    view.title = say(paper.tongue, "Archive");
    e = archive_first(&r, &first);
    if (e == OK) {
        int from = civil_of(first, p.site->zone).year;

        TRY(fill_years(&p, last - from < YEARS_MAX ? from : last - YEARS_MAX, last, &view));
    } else if (e != E_MISSING) {
        return e;
    }

    struct page_head head = {
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view.title,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_ARCHIVE, &view);
}

/* --- a year --- */

static err fill_year(const struct parts *p, int year, struct view_archive *view, int64_t *stories)
{
    struct view_month *months = arena_many(p->r->a, struct view_month, MONTHS);
    int64_t bounds[MONTHS + 1], counts[MONTHS], earlier, later;
    struct view_pager ways = {0};

    for (int i = 0; i <= MONTHS; i++)
        TRY(calendar_moment(p, year, i + 1, 1, &bounds[i]));
    TRY(archive_counts(p->r, bounds, MONTHS, counts));
    *stories = 0;
    for (int i = 0; i < MONTHS; i++) {
        months[i].name = date_month_name(i + 1, p->paper->tongue);
        months[i].stories = counts[i];
        if (counts[i] > 0)
            months[i].href.address = calendar_month_address(p, bounds[i]);
        *stories += counts[i];
    }
    view->months.v = months;
    view->months.n = MONTHS;
    view->has_months = true;
    TRY(archive_around(p->r, bounds[0], bounds[MONTHS], &earlier, &later));
    if (earlier != 0) {
        ways.older.address = calendar_year_address(p, earlier);
        ways.older_text = calendar_year_name(p, civil_of(earlier, p->site->zone).year);
    }
    if (later != 0) {
        ways.newer.address = calendar_year_address(p, later);
        ways.newer_text = calendar_year_name(p, civil_of(later, p->site->zone).year);
    }
    view->pager = list_pager(p->r->a, &ways);
    return OK;
}

err year_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_archive view = {0};
    int64_t stories;
    int year;

    TRY(read_year(rq, &year));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(fill_year(&p, year, &view, &stories));
    if (stories == 0 && year != civil_of(r.now, p.site->zone).year)
        return E_MISSING;
    view.title = calendar_year_name(&p, year);
    view.way.v = calendar_way(&p, 0, 0, &view.way.n);
    view.has_way = true;

    struct page_head head = {
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view.title,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_ARCHIVE, &view);
}

/* --- a month --- */

static bool is_now(const struct parts *p, int year, int month)
{
    struct civil now = civil_of(p->r->now, p->site->zone);

    return now.year == year && now.month == month;
}

err month_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct cards cards;
    struct view_stories view = {0};
    int64_t since, end, before, stories;
    int year, month;

    TRY(read_month(rq, &year, &month));
    TRY(list_before(rq, &before));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(calendar_of(&p, year, month, 0, &view.calendar, &stories));
    if (stories == 0 && !is_now(&p, year, month))
        return E_MISSING;
    TRY(calendar_moment(&p, year, month, 1, &since));
    TRY(calendar_moment(&p, year, month + 1, 1, &end));
    TRY(stories_of_day(&r, since, before < end ? before : end, LIST_STORIES + 1, &cards));
    if (before != TIME_NEVER && cards.n == 0)
        return E_MISSING;
    view.title = view.calendar->title;
    view.text = say_count(rq->arena, paper.tongue, stories, "{n} story", "{n} stories");
    view.way.v = calendar_way(&p, year, 0, &view.way.n);
    view.has_way = true;
    list_fill(&p, &cards, LIST_STORIES, &view);
    view.pager = list_story_pager(rq, paper.tongue, &cards, before);

    struct page_head head = {
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view.title,
        .cards = &cards,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}

/* --- a day --- */

static err fill_day_pager(const struct parts *p, int64_t since, int64_t before,
                          struct view_stories *view)
{
    const struct zone *zone = p->site->zone;
    struct view_pager ways = {0};
    int64_t earlier, later;

    TRY(archive_around(p->r, since, before, &earlier, &later));
    if (earlier != 0) {
        ways.older.address = calendar_day_address(p, earlier);
        ways.older_text = date_human_long_day(p->r->a, earlier, zone, p->paper->tongue);
    }
    if (later != 0) {
        ways.newer.address = calendar_day_address(p, later);
        ways.newer_text = date_human_long_day(p->r->a, later, zone, p->paper->tongue);
    }
    view->pager = list_pager(p->r->a, &ways);
    return OK;
}

err day_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct cards cards;
    struct view_stories view = {0};
    int64_t since, before, stories;
    int year, month, day;

    TRY(read_month(rq, &year, &month));
    TRY(number_in(rq, S("day"), 2, &day));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(calendar_moment(&p, year, month, day, &since));
    if (since > r.now)
        return E_MISSING;
    before = date_day_start(since, p.site->zone, 1);
    TRY(stories_of_day(&r, since, before, STORIES_A_DAY, &cards));
    TRY(calendar_of(&p, year, month, day, &view.calendar, &stories));
    view.title = date_human_long_day(rq->arena, since, p.site->zone, paper.tongue);
    view.text = cards.n == 0 ? say(paper.tongue, "Nothing was published on this day.") : (str){0};
    view.way.v = calendar_way(&p, year, month, &view.way.n);
    view.has_way = true;
    list_fill(&p, &cards, STORIES_A_DAY, &view);
    TRY(fill_day_pager(&p, since, before, &view));

    struct page_head head = {
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = view.title,
        .cards = &cards,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}
