#include "base/time.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

int64_t clock_now(const clock_source *c)
{
    return c->fixed_at != 0 ? c->fixed_at : read_clock(CLOCK_REALTIME);
}

int64_t clock_ticks(const clock_source *c)
{
    return c->fixed_at != 0 ? c->fixed_at : read_clock(CLOCK_MONOTONIC);
}
