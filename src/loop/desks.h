/*
 * desks.h - desk threads: where blocking work is done, straight on, one job after another.
 *
 * Each thread owns an arena, which is reset after each job, and a context of the caller's making (a
 * store connection).  A job that needs more than the arena's ceiling is ended: its over() is called
 * instead of the rest of its run().
 */
#ifndef LOOP_DESKS_H
#define LOOP_DESKS_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

struct desk_job {
    struct desk_job *next;
    void (*run)(struct desk_job *job, arena *a, void *context);
    void (*over)(struct desk_job *job, arena *a, void *context); /* the arena is empty again */
};

struct desks_options {
    int threads;
    int queue_max;  /* jobs that may wait */
    size_t ceiling; /* bytes of a job's arena */
    err (*begin)(void *of, void **context,
                 note *why);     /* at the start of each thread; may be NULL */
    void (*rest)(void *context); /* after each job, before the arena is reset; may be NULL */
    void (*end)(void *context);
    void *of;
};

typedef struct desks desks;

err desks_start(const struct desks_options *o, desks **out, note *why);

/* Hand a job over; false: too many wait already (the job stays the caller's).  Any thread. */
bool desks_post(desks *d, struct desk_job *job);

/* Finish every job that was handed over, then end the threads. */
void desks_stop(desks **d);

#endif
