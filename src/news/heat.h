/*
 * heat.h - how much a story is read, as one number that needs no upkeep while nobody reads it.
 *
 * A reading is worth 1 when it happens and half of that after HEAT_HALF_US.  The worth w at the
 * time t is kept as log2(w) + t / HEAT_HALF_US, which does not change while w fades; so one index
 * has all stories in their order at any time.  No reader is in it: a number a story, a minute.
 */
#ifndef NEWS_HEAT_H
#define NEWS_HEAT_H

#include "base/time.h"
#include "store/store.h"

#define HEAT_HALF_US (12 * HOUR_US)

enum { HEAT_SHOWN = 40 /* the order of so many is watched */ };

/* What `heat` becomes when `readings` more come at `now`; pure. */
double heat_add(double heat, int64_t readings, int64_t now);

/* The heat of something that is worth `worth` readings at `now`; pure. */
double heat_of_worth(double worth, int64_t now);

struct story_readings {
    int64_t story, n;
};

/* Count readings in, inside a store_write() job.  Adds an event when the order of the most read
 * has changed by it.  What is not worth a twentieth of a reading any more is forgotten. */
err heat_count(arena *a, store_conn *w, const struct story_readings *v, size_t n, int64_t now,
               note *why);

#endif
