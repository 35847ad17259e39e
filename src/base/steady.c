#include "base/steady.h"

#include "base/time.h"

void steady_init(pthread_cond_t *c)
{
    pthread_condattr_t how;

    pthread_condattr_init(&how);
    pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
    pthread_cond_init(c, &how);
    pthread_condattr_destroy(&how);
}

struct timespec steady_moment(int64_t ticks)
{
    return (struct timespec){.tv_sec = ticks / SECOND_US, .tv_nsec = ticks % SECOND_US * 1000};
}

struct timespec steady_later(int64_t us)
{
    static const clock_source machine;

    return steady_moment(clock_ticks(&machine) + us);
}
