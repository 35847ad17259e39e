#include "news/working.h"

#include "store/sql.h"

enum { BATCH = 500 };

static int64_t before(int64_t now)
{
    return now - REVISION_FOLDED_HOURS * HOUR_US;
}

bool working_is_dusty(arena *a, store_conn *db, int64_t now)
{
    struct sql_revisions_old old;

    return sql_revisions_old(a, db, before(now), &old) == OK && old.some;
}

err working_sweep(struct desk *d, note *why)
{
    (void)why;
    return sql_revisions_sweep(d->w, before(d->now), BATCH, NULL);
}
