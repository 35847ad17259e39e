/*
 * time.h - the clock as something handed in, and the units of time.
 *
 * Times are microseconds UTC since 1970 in an int64_t named ..._at; lengths of time say their unit.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdint.h>

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

#define TIME_NEVER INT64_MAX /* as an `until`: holds for ever */

/* A source of time; a test sets `fixed_at` and moves it (with clock_set() when other threads look
 * at it). */
typedef struct clock_source {
    int64_t fixed_at; /* 0: the machine's clock */
} clock_source;

/* Fix the clock at this time. */
void clock_set(clock_source *c, int64_t at);

/* Wall time now, microseconds UTC. */
int64_t clock_now(const clock_source *c);

/* Monotonic microseconds from some start, for timeouts; follows fixed_at when that is set. */
int64_t clock_ticks(const clock_source *c);

/* Monotonic milliseconds of the machine, whatever a test has fixed: for waiting for other
 * processes. */
int64_t clock_ms(void);

#endif
