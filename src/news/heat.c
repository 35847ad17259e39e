#include "news/heat.h"

#include "store/event.h"
#include "store/sql.h"

#include <math.h>

#define FORGET_BELOW 0.05

double heat_of_worth(double worth, int64_t now)
{
    return log2(worth) + (double)now / (double)HEAT_HALF_US;
}

double heat_add(double heat, int64_t readings, int64_t now)
{
    double worth = exp2(heat - (double)now / (double)HEAT_HALF_US);

    return heat_of_worth(worth + (double)readings, now);
}

static err count_one(arena *a, store_conn *w, const struct story_readings *r, int64_t now)
{
    struct sql_heat_of row;
    err e = sql_heat_of(a, w, r->story, &row);

    if (e != OK && e != E_MISSING)
        return e;
    return sql_heat_put(w, r->story,
                        e == OK ? heat_add(row.heat, r->n, now) : heat_of_worth((double)r->n, now),
                        NULL);
}

static bool same_order(const struct sql_heat_order_rows *x, const struct sql_heat_order_rows *y)
{
    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].story != y->v[i].story)
            return false;
    return true;
}

err heat_count(arena *a, store_conn *w, const struct story_readings *v, size_t n, int64_t now,
               note *why)
{
    struct sql_heat_order_rows before, after;
    struct tag_set tags = tag_set_new(a);

    TRY(sql_heat_order(a, w, HEAT_SHOWN, &before));
    for (size_t i = 0; i < n; i++)
        if (v[i].n > 0)
            TRY(count_one(a, w, &v[i], now));
    TRY(sql_heat_fade(w, heat_of_worth(FORGET_BELOW, now), NULL));
    TRY(sql_heat_order(a, w, HEAT_SHOWN, &after));
    if (same_order(&before, &after))
        return OK;
    tag_set_add(&tags, tag_of(TAG_most_read, 0));
    return event_add(w, EVENT_most_read_changed, 0, &tags, S("{}"), why);
}
