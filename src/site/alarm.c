#include "site/alarm.h"

#include "store/sql.h"

struct alarm {
    str kind, why;
    int64_t at, late_ms;
};

static err add(arena *a, store_conn *w, void *of, note *why)
{
    const struct alarm *x = of;
    struct sql_alarm_open_of open;

    (void)why;
    TRY(sql_alarm_open_of(a, w, x->kind, x->why, &open));
    return open.is_there ? OK : sql_alarm_add(w, x->at, x->kind, NULL, x->late_ms, x->why, NULL);
}

void alarm_raise(struct site *s, arena *a, str kind, int64_t late_ms, str why)
{
    struct alarm x = {kind, why, clock_now(s->clock), late_ms};

    err_ignore(store_write(s->store, add, &x, a, NULL));
}
