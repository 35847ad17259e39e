/*
 * desk.h - the threads on which jobs run to their end as straight-line blocking C.
 *
 * Each thread has one arena, emptied after each job, and one context of the owner's making (a
 * store connection, say).  A job that needs more memory than the ceiling is ended: its `over` is
 * called instead of what was left of its `run`.  The queue is bounded: a full desk says no.
 */
#ifndef LOOP_DESK_H
#define LOOP_DESK_H

#include "base/arena.h"
#include "base/err.h"

struct desk;

/* What a job finds on its thread. */
struct desk_seat {
    arena *arena;  /* emptied when the job ends */
    void *context; /* what `open` made */
    int number;    /* from 0 */
};

/* A piece of work; lives inside what it is about. */
struct job {
    struct job *next;
    int64_t since; /* desk.c: when it was taken, in ticks */
    void (*run)(struct job *j, struct desk_seat *seat);
    void (*over)(struct job *j, struct desk_seat *seat); /* the arena is empty again */
};

struct desk_options {
    int threads;                         /* 0: 4 */
    size_t jobs_max;                     /* waiting, not running; 0: 256 */
    size_t memory_max;                   /* of each arena; 0: 64 MiB */
    void *(*open)(void *of, int number); /* on the new thread; NULL: no context.  Giving NULL back
                                            makes desk_start() fail */
    void (*close)(void *of, void *context);
    void *of;
};

err desk_start(const struct desk_options *o, struct desk **out, note *why);

/* Run `j` on some desk thread, in order of arrival; false when the queue is full.  Any thread. */
bool desk_take(struct desk *d, struct job *j);

/* How many jobs wait for a thread, and how long the one has waited that came first (0: none).  Any
 * thread. */
void desk_queue(struct desk *d, int64_t *waiting, int64_t *wait_us);

/* Finish every job that was taken, end the threads, free the desk; *d becomes NULL. */
void desk_stop(struct desk **d);

#endif
