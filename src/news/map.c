#include "news/map.h"

#include "base/must.h"
#include "store/sql.h"
#include "text/dates.h"

struct map_month map_month_of(int64_t at)
{
    struct civil wall = civil_of(at, NULL);

    return (struct map_month){wall.year, wall.month};
}

struct map_month map_month_next(struct map_month m)
{
    return m.month == 12 ? (struct map_month){m.year + 1, 1}
                         : (struct map_month){m.year, m.month + 1};
}

bool map_month_before(struct map_month x, struct map_month y)
{
    return x.year != y.year ? x.year < y.year : x.month < y.month;
}

static int64_t begin_of(struct map_month m)
{
    struct civil wall = {.year = m.year, .month = m.month, .day = 1};
    int64_t at = 0;

    must(civil_at(&wall, NULL, &at));
    return at;
}

static void tag_days(struct reading *r, int64_t since, int64_t before)
{
    for (int64_t day = since / DAY_US; day * DAY_US < before; day++)
        tag_set_add(&r->tags, tag_of(TAG_day, day));
}

static int64_t later(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

static bool passes(struct reading *r, int64_t state, int64_t public_at, int64_t expiry_at)
{
    struct gate_facts facts = {(enum public_state)state, public_at, expiry_at};
    enum gate_word word = reading_gate(r, &facts);

    return word == GATE_FULL || word == GATE_TEASER;
}

err map_month_facts(struct reading *r, struct map_month m, struct map_facts *out)
{
    int64_t since = begin_of(m), before = begin_of(map_month_next(m));
    struct sql_map_month_facts row;

    tag_days(r, since, before);
    TRY(sql_map_month_facts(r->a, r->db, r->reach, since, before, &row));
    if (row.has_moment)
        reading_until(r, row.moment);
    *out = (struct map_facts){row.stories, row.has_changed_at ? row.changed_at : 0};
    return OK;
}

err map_month_lines(struct reading *r, struct map_month m, size_t skip, size_t many,
                    struct map_lines *out)
{
    int64_t since = begin_of(m), before = begin_of(map_month_next(m));
    struct sql_map_month_rows rows;
    struct map_facts facts;
    struct map_lines lines;

    TRY(map_month_facts(r, m, &facts)); /* its tags, and how long it holds */
    TRY(sql_map_month(r->a, r->db, r->reach, since, before, (int64_t)skip, (int64_t)many, &rows));
    lines = (struct map_lines){arena_many(r->a, struct map_line, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_map_month *row = &rows.v[i];

        if (passes(r, row->public_state, row->has_public_at ? row->public_at : 0,
                   row->has_expiry_at ? row->expiry_at : 0))
            lines.v[lines.n++] =
                (struct map_line){.path = row->path,
                                  .public_at = row->public_at,
                                  .changed_at = later(row->public_at, row->changed_at)};
    }
    *out = lines;
    return OK;
}

err map_first(struct reading *r, struct map_month *out)
{
    struct sql_map_first row;

    TRY(sql_map_first(r->a, r->db, r->reach, &row));
    TRY(reading_until_next_change(r));
    if (!row.has_moment)
        return E_MISSING;
    *out = map_month_of(row.moment);
    return OK;
}

err map_news(struct reading *r, int64_t age_us, size_t many, struct map_lines *out)
{
    struct sql_map_news_rows rows;
    struct map_lines lines;

    TRY(sql_map_news(r->a, r->db, r->reach, r->now - age_us, (int64_t)many, &rows));
    TRY(reading_until_next_change(r));
    lines = (struct map_lines){arena_many(r->a, struct map_line, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_map_news *row = &rows.v[i];

        if (!passes(r, row->public_state, row->has_public_at ? row->public_at : 0,
                    row->has_expiry_at ? row->expiry_at : 0))
            continue;
        reading_until(r, row->public_at + age_us);
        lines.v[lines.n++] =
            (struct map_line){row->path, row->headline, row->language, row->public_at,
                              later(row->public_at, row->changed_at)};
    }
    *out = lines;
    return OK;
}
