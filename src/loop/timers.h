/*
 * timers.h - the timers of one loop: a binary heap, the earliest on top.  For loop.c alone.
 */
#ifndef LOOP_TIMERS_H
#define LOOP_TIMERS_H

#include "loop/loop.h"

struct timers {
    struct timer **heap; /* from 1 to n */
    size_t n, room;
};

void timers_add(struct timers *all, struct timer *t);
void timers_remove(struct timers *all, struct timer *t);

/* When the earliest is due; TIME_NEVER when there is none. */
int64_t timers_next(const struct timers *all);

/* Run those due at `now`; each is no longer set when it runs. */
void timers_run(struct timers *all, int64_t now);

#endif
