#include "news/archive.h"

#include "base/buf.h"
#include "base/must.h"
#include "store/sql.h"

/* A gap of more days is not watched day by day. */
enum { GAP_DAYS_MAX = 62, BOUNDS_TEXT_MAX = 1 << 20 };

static void tag_days(struct reading *r, int64_t since, int64_t before)
{
    for (int64_t day = since / DAY_US; day * DAY_US < before; day++)
        tag_set_add(&r->tags, tag_of(TAG_day, day));
}

static str written(arena *a, const int64_t *bounds, size_t n)
{
    buf out = buf_new(a, BOUNDS_TEXT_MAX);

    must(n <= ARCHIVE_SPANS_MAX);
    for (size_t i = 0; i <= n; i++)
        buf_fmt(&out, "%c%lld", i == 0 ? '[' : ',', (long long)bounds[i]);
    buf_char(&out, ']');
    return buf_str(&out);
}

err archive_counts(struct reading *r, const int64_t *bounds, size_t n, int64_t *counts)
{
    struct sql_archive_counts_rows rows;

    must(bounds[n] - bounds[0] <= ARCHIVE_SPAN_DAYS_MAX * DAY_US);
    tag_days(r, bounds[0], bounds[n]);
    TRY(sql_archive_counts(r->a, r->db, written(r->a, bounds, n), r->reach, &rows));
    must(rows.n == n);
    for (size_t i = 0; i < n; i++)
        counts[i] = rows.v[i].stories;
    return reading_until_next_change(r);
}

err archive_filled(struct reading *r, const int64_t *bounds, size_t n, int64_t *counts)
{
    struct sql_archive_filled_rows rows;

    TRY(sql_archive_filled(r->a, r->db, written(r->a, bounds, n), r->reach, &rows));
    must(rows.n == n);
    for (size_t i = 0; i < n; i++)
        counts[i] = rows.v[i].is_filled;
    return reading_until_next_change(r);
}

/* Depends on what may come to stand between two moments. */
static void tag_gap(struct reading *r, int64_t since, int64_t before)
{
    if (before - since > GAP_DAYS_MAX * DAY_US)
        tag_set_add(&r->tags, tag_of(TAG_latest, 0));
    else
        tag_days(r, since, before);
}

err archive_around(struct reading *r, int64_t since, int64_t before, int64_t *earlier,
                   int64_t *later)
{
    struct sql_archive_around row;

    TRY(sql_archive_around(r->a, r->db, since, before, r->reach, &row));
    *earlier = row.has_earlier ? row.earlier : 0;
    *later = row.has_later ? row.later : 0;
    tag_gap(r, *earlier, since);
    tag_gap(r, before, *later != 0 ? *later + 1 : r->now + DAY_US);
    return reading_until_next_change(r);
}

err archive_first(struct reading *r, int64_t *at)
{
    struct sql_map_first row;

    TRY(sql_map_first(r->a, r->db, r->reach, &row));
    TRY(reading_until_next_change(r));
    if (!row.has_moment)
        return E_MISSING;
    *at = row.moment;
    return OK;
}
