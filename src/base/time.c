#include "base/time.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

static int64_t fixed_at(const clock_source *c)
{
    return __atomic_load_n(&c->fixed_at, __ATOMIC_RELAXED);
}

void clock_set(clock_source *c, int64_t at)
{
    __atomic_store_n(&c->fixed_at, at, __ATOMIC_RELAXED);
}

int64_t clock_now(const clock_source *c)
{
    int64_t at = fixed_at(c);

    return at != 0 ? at : read_clock(CLOCK_REALTIME);
}

int64_t clock_ticks(const clock_source *c)
{
    int64_t at = fixed_at(c);

    return at != 0 ? at : read_clock(CLOCK_MONOTONIC);
}

int64_t clock_ms(void)
{
    return read_clock(CLOCK_MONOTONIC) / 1000;
}
