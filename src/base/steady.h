/*
 * steady.h - waiting by a clock that nobody sets: a condition of pthreads waits by the time of day
 * otherwise, and for an hour longer when that goes back by one.
 */
#ifndef BASE_STEADY_H
#define BASE_STEADY_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* As pthread_cond_init(); pthread_cond_timedwait() then takes moments from here. */
void steady_init(pthread_cond_t *c);

/* A moment in ticks of the machine (clock_ticks() of a clock that no test has fixed). */
struct timespec steady_moment(int64_t ticks);

/* So many µs from now. */
struct timespec steady_later(int64_t us);

#endif
