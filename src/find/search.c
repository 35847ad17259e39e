#include "find/search.h"

#include "store/sql.h"

static void hits_of(arena *a, const struct sql_find_newest *v, size_t n, struct find_hits *out)
{
    int64_t *stories = arena_many(a, int64_t, n), *moments = arena_many(a, int64_t, n);

    for (size_t i = 0; i < n; i++) {
        stories[i] = v[i].story;
        moments[i] = v[i].moment;
    }
    *out = (struct find_hits){stories, moments, n, false};
}

/* Past its deadline a search has found nothing, which is said. */
static err in_time(err e, struct find_hits *out)
{
    if (e != E_BUSY)
        return e;
    *out = (struct find_hits){.late = true};
    return OK;
}

err find_newest(struct reading *r, const struct find_query *q, const struct find_filter *filter,
                size_t many, struct find_hits *out)
{
    struct sql_find_newest_rows rows;

    store_deadline(r->db, SEARCH_DEADLINE_MS);

    err e = sql_find_newest(r->a, r->db, find_expression(r->a, q, filter), filter->since,
                            filter->before, (int64_t)many, &rows);

    store_deadline(r->db, 0);
    if (e == OK)
        hits_of(r->a, rows.v, rows.n, out);
    return in_time(e, out);
}

err find_best(struct reading *r, const struct find_query *q, const struct find_filter *filter,
              size_t skip, size_t many, struct find_hits *out)
{
    struct sql_find_newest_rows rows;

    store_deadline(r->db, SEARCH_DEADLINE_MS);

    err e = sql_find_best(r->a, r->db, find_expression(r->a, q, filter), filter->since,
                          filter->before, SEARCH_CANDIDATES, (int64_t)skip, (int64_t)many, &rows);

    store_deadline(r->db, 0);
    if (e == OK)
        hits_of(r->a, rows.v, rows.n, out);
    if (e != E_BUSY)
        return e;
    TRY(find_newest(r, q, filter, skip > 0 ? 0 : many, out));
    out->late = true;
    return OK;
}
