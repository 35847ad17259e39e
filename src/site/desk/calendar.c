/*
 * calendar.c - GET /desk/calendar: a week of the paper by section: what came out, what is
 * scheduled, what is wished for a day.  Days are those of the paper's zone, however long the clock
 * makes them.
 */
#include "site/desk/planning.h"

#include "store/sql.h"
#include "text/dates.h"
#include "text/slug.h"

enum { DAYS = 7, ITEMS_MAX = 600, DATE_BYTES = 10 };

struct week {
    const struct zone *zone;
    int64_t starts[DAYS + 1]; /* the first moment of each day; the last: of the next week */
};

/* The week that the moment is in, as the paper's language begins one. */
static struct week week_of(const struct desk_page *p, int64_t at)
{
    const struct site *s = p->rq->of;
    struct week w = {.zone = s->zone};
    int weekday = civil_of(at, w.zone).weekday;
    int first = date_week_start(p->paper.tongue);

    for (int i = 0; i <= DAYS; i++)
        w.starts[i] = date_day_start(at, w.zone, i - (weekday - first + DAYS) % DAYS);
    return w;
}

static int day_of(const struct week *w, int64_t at)
{
    int day = 0;

    while (day + 1 < DAYS && at >= w->starts[day + 1])
        day++;
    return day;
}

/* --- the head --- */

static str way_to(const struct desk_page *p, const struct week *w, int64_t at, str section)
{
    const struct desk_word words[] = {{"week", date_day(p->rq->arena, at, w->zone)},
                                      {"section", section}};

    return desk_address(p->rq, "/desk/calendar", words, LENGTH(words));
}

static void fill_days(const struct desk_page *p, const struct week *w,
                      struct view_desk_calendar *view)
{
    arena *a = p->rq->arena;
    struct view_desk_day *days = arena_many(a, struct view_desk_day, DAYS);

    for (int i = 0; i < DAYS; i++) {
        struct civil c = civil_of(w->starts[i], w->zone);

        days[i] = (struct view_desk_day){
            .iso = date_day(a, w->starts[i], w->zone),
            .name = date_weekday_short(c.weekday, p->paper.tongue),
            .date = date_human_day_of_year(a, w->starts[i], w->zone, p->paper.tongue),
            .is_today = p->r.now >= w->starts[i] && p->r.now < w->starts[i + 1],
        };
    }
    view->days.v = days;
    view->days.n = DAYS;
}

static void fill_ways(const struct desk_page *p, const struct week *w, str section,
                      struct view_desk_calendar *view)
{
    const struct said ends[] = {
        {"from", date_human_day_of_year(p->rq->arena, w->starts[0], w->zone, p->paper.tongue)},
        {"to", date_human_day(p->rq->arena, w->starts[DAYS - 1], w->zone, p->paper.tongue)}};

    view->title = say_with(p->rq->arena, p->paper.tongue, "{from} to {to}", ends, LENGTH(ends));
    view->before.address = way_to(p, w, date_day_start(w->starts[0], w->zone, -DAYS), section);
    view->after.address = way_to(p, w, w->starts[DAYS], section);
    view->today.address = way_to(p, w, p->r.now, section);
    view->back = way_to(p, w, w->starts[0], section);
    view->zone = p->paper.time_zone.n > 0 ? p->paper.time_zone : S("UTC");
}

/* --- what stands in it --- */

static struct view_desk_planned item_of(const struct desk_page *p, const struct week *w,
                                        const struct sql_plan_week *row)
{
    arena *a = p->rq->arena;
    enum public_state state = state_now(row->public_state, row->at, p->r.now);
    bool publishes = (desk_visit(p->rq)->who.may & MAY(publish)) != 0;
    str href = str_fmt(a, "/desk/stories/%lld", (long long)row->story);

    return (struct view_desk_planned){
        .story = row->story,
        .href = {href},
        .action = {str_join(a, href, S("/move"))},
        .headline = desk_headline(p, row->headline),
        .language = part_language(&p->paper, row->language),
        .direction = part_direction(row->language),
        .who = row->assigned,
        .time = date_human_time(a, row->at, w->zone, p->paper.tongue),
        .iso = date_iso_in(a, row->at / SECOND_US * SECOND_US, w->zone),
        .field = plan_time_field(p->rq, row->at),
        .day = date_weekday_short(civil_of(row->at, w->zone).weekday, p->paper.tongue),
        .is_planned = state == STATE_NONE,
        .is_scheduled = state == STATE_SCHEDULED,
        .is_live = state == STATE_LIVE,
        .may_move = state == STATE_NONE || (state == STATE_SCHEDULED && publishes),
    };
}

static void fill_cell(const struct desk_page *p, const struct week *w, int64_t section, int day,
                      const struct sql_plan_week_rows *rows, struct view_desk_cell *out)
{
    struct view_desk_planned *items = arena_many(p->rq->arena, struct view_desk_planned, rows->n);
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].section_id == section && day_of(w, rows->v[i].at) == day)
            items[n++] = item_of(p, w, &rows->v[i]);
    *out = (struct view_desk_cell){.iso = date_day(p->rq->arena, w->starts[day], w->zone),
                                   .is_empty = n == 0};
    out->items.v = items;
    out->items.n = n;
}

static void fill_rows(const struct desk_page *p, const struct week *w, int64_t only,
                      const struct sql_plan_week_rows *rows, struct view_desk_calendar *view)
{
    arena *a = p->rq->arena;
    struct view_desk_week_row *out =
        arena_many(a, struct view_desk_week_row, p->paper.section_count);
    size_t n = 0;

    for (size_t i = 0; i < p->paper.section_count; i++) {
        const struct section *s = &p->paper.sections[i];
        struct view_desk_cell *cells;

        if (only != 0 && s->id != only)
            continue;
        cells = arena_many(a, struct view_desk_cell, DAYS);
        for (int day = 0; day < DAYS; day++)
            fill_cell(p, w, s->id, day, rows, &cells[day]);
        out[n] = (struct view_desk_week_row){.section = s->name};
        out[n].cells.v = cells;
        out[n].cells.n = DAYS;
        n++;
    }
    view->rows.v = out;
    view->rows.n = n;
}

static void fill_sections(const struct desk_page *p, int64_t only, struct view_desk_calendar *view)
{
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, p->paper.section_count);

    for (size_t i = 0; i < p->paper.section_count; i++) {
        const struct section *s = &p->paper.sections[i];

        v[i] = (struct view_choice){s->slug, s->name, s->id == only};
    }
    view->sections.v = v;
    view->sections.n = p->paper.section_count;
}

err desk_calendar(struct request *rq)
{
    const struct site *site = rq->of;
    str typed = desk_query(rq, S("week"), DATE_BYTES),
        slug = desk_query(rq, S("section"), SLUG_MAX);
    struct desk_page p;
    struct view_desk_calendar view = {0};
    struct sql_plan_week_rows rows;
    const struct section *s;
    struct week w;
    int64_t at;

    TRY(desk_begin(rq, &p));
    if (typed.n != DATE_BYTES || !date_parse(typed, site->zone, &at))
        at = p.r.now;
    w = week_of(&p, at);
    s = slug.n > 0 ? paper_section(&p.paper, slug) : NULL;
    TRY(sql_plan_week(rq->arena, rq->desk, w.starts[0], w.starts[DAYS], s != NULL ? &s->id : NULL,
                      plan_own(&p), ITEMS_MAX, &rows));
    fill_days(&p, &w, &view);
    fill_ways(&p, &w, s != NULL ? s->slug : S(""), &view);
    fill_rows(&p, &w, s != NULL ? s->id : 0, &rows, &view);
    fill_sections(&p, s != NULL ? s->id : 0, &view);
    view.desk = p.head;
    view.week = date_day(rq->arena, w.starts[0], w.zone);
    view.is_cut = rows.n == ITEMS_MAX;
    return desk_reply(&p, 200, DESK_CALENDAR, SAY("Calendar"), &view);
}
