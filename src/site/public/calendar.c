#include "site/public/calendar.h"

#include "news/archive.h"

enum { WEEK = 7, WEEKS_MAX = 6, DAYS_MAX = 31 };

err calendar_moment(const struct parts *p, int year, int month, int day, int64_t *at)
{
    struct civil wall = {
        .year = month > 12 ? year + 1 : year, .month = month > 12 ? month - 12 : month, .day = day};

    if (!civil_at(&wall, p->site->zone, at))
        return E_MISSING;
    *at = date_day_start(*at, p->site->zone, 0);
    return OK;
}

static str address(const struct parts *p, int64_t at, size_t n)
{
    str day = date_day(p->r->a, at, p->site->zone);

    return part_address(p, "/", str_replace(p->r->a, str_to(day, n), S("-"), S("/")));
}

str calendar_year_address(const struct parts *p, int64_t at)
{
    return address(p, at, 4);
}

str calendar_month_address(const struct parts *p, int64_t at)
{
    return address(p, at, 7);
}

str calendar_day_address(const struct parts *p, int64_t at)
{
    return address(p, at, 10);
}

str calendar_year_name(const struct parts *p, int year)
{
    return say_digits(p->r->a, p->paper->tongue, str_fmt(p->r->a, "%d", year));
}

const struct view_menu *calendar_way(const struct parts *p, int year, int month, size_t *n)
{
    const struct tongue *tongue = p->paper->tongue;
    struct view_menu *steps = arena_many(p->r->a, struct view_menu, 3);
    int64_t at;

    *n = 0;
    steps[(*n)++] =
        (struct view_menu){say(tongue, "Archive"), {part_address(p, "/archive", S(""))}, false};
    if (year != 0 && calendar_moment(p, year, 1, 1, &at) == OK)
        steps[(*n)++] =
            (struct view_menu){calendar_year_name(p, year), {calendar_year_address(p, at)}, false};
    if (month != 0 && calendar_moment(p, year, month, 1, &at) == OK)
        steps[(*n)++] = (struct view_menu){
            date_month_name(month, tongue), {calendar_month_address(p, at)}, false};
    return steps;
}

static void fill_weekdays(const struct parts *p, struct view_calendar *view)
{
    const struct tongue *tongue = p->paper->tongue;
    struct view_weekday *names = arena_many(p->r->a, struct view_weekday, WEEK);

    for (int i = 0; i < WEEK; i++) {
        int weekday = (date_week_start(tongue) + i) % WEEK;

        names[i] = (struct view_weekday){date_weekday_name(weekday, tongue),
                                         date_weekday_short(weekday, tongue)};
    }
    view->weekdays.v = names;
    view->weekdays.n = WEEK;
}

static void fill_weeks(const struct parts *p, const int64_t *bounds, const int64_t *counts, int n,
                       int current, struct view_calendar *view)
{
    arena *a = p->r->a;
    int first = civil_of(bounds[0], p->site->zone).weekday;
    int before = (first - date_week_start(p->paper->tongue) + WEEK) % WEEK;
    int weeks = (before + n + WEEK - 1) / WEEK;
    struct view_week *rows = arena_many(a, struct view_week, WEEKS_MAX);
    struct view_day *days = arena_many(a, struct view_day, WEEKS_MAX * WEEK);

    for (int i = 0; i < n; i++) {
        struct view_day *d = &days[before + i];

        d->day = i + 1;
        d->stories = counts[i];
        if (counts[i] > 0)
            d->href.address = calendar_day_address(p, bounds[i]);
        d->current = i + 1 == current;
    }
    for (int i = 0; i < weeks; i++) {
        rows[i].days.v = days + i * WEEK;
        rows[i].days.n = WEEK;
    }
    view->weeks.v = rows;
    view->weeks.n = (size_t)weeks;
}

static err fill_around(const struct parts *p, int64_t since, int64_t before,
                       struct view_calendar *view)
{
    const struct tongue *tongue = p->paper->tongue;
    const struct zone *zone = p->site->zone;
    int64_t earlier, later;

    TRY(archive_around(p->r, since, before, &earlier, &later));
    if (earlier != 0) {
        view->earlier.address = calendar_month_address(p, earlier);
        view->earlier_text = date_human_month(p->r->a, earlier, zone, tongue);
    }
    if (later != 0) {
        view->later.address = calendar_month_address(p, later);
        view->later_text = date_human_month(p->r->a, later, zone, tongue);
    }
    return OK;
}

err calendar_of(const struct parts *p, int year, int month, int day,
                const struct view_calendar **out, int64_t *stories)
{
    struct view_calendar *view = arena_one(p->r->a, struct view_calendar);
    int64_t bounds[DAYS_MAX + 1], counts[DAYS_MAX], end;
    int n = 0;

    TRY(calendar_moment(p, year, month, 1, &bounds[0]));
    TRY(calendar_moment(p, year, month + 1, 1, &end));
    while (bounds[n] < end && n < DAYS_MAX) {
        bounds[n + 1] = date_day_start(bounds[n], p->site->zone, 1);
        n++;
    }
    TRY(archive_counts(p->r, bounds, (size_t)n, counts));
    *stories = 0;
    for (int i = 0; i < n; i++)
        *stories += counts[i];
    view->title = date_human_month(p->r->a, bounds[0], p->site->zone, p->paper->tongue);
    fill_weekdays(p, view);
    fill_weeks(p, bounds, counts, n, day, view);
    *out = view;
    return fill_around(p, bounds[0], end, view);
}
