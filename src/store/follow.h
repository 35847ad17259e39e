/*
 * follow.h - what runs after a commit: each follower is shown every event, in order.
 *
 * Two threads of the process that serves: one shows events to the followers that live in memory
 * (the page cache), so that nothing slow delays a kill; one to the durable followers, each with a
 * cursor in the database.  A durable follower sees an event at least once: a second time only when
 * the process died before its cursor was written.  A folder may be served by two processes for a
 * while; only the one in charge (store.h) may have durable ones.
 */
#ifndef STORE_FOLLOW_H
#define STORE_FOLLOW_H

#include "store/event.h"

struct follower {
    const char *name; /* the name of its cursor: never change it */
    bool durable;     /* false: lives in memory, starts at the newest event */
    /* What it does with an event.  `a` holds until it returns; `c` reads; a durable one may
     * store_write().  An error: the same event comes again after 50 ms, 100 ms ... 30 s, while
     * the other followers go on. */
    err (*follow)(void *of, arena *a, store_conn *c, const struct event *e, note *why);
    void *of;
};

/* Start both threads.  The table (n may be 0) must outlive them.  A durable follower that is new
 * is shown the whole log.  Before store_close(). */
err store_followers_start(store *s, const struct follower *table, size_t n, note *why);

/* Those in memory alone; and the durable ones alone, which belong to the process in charge. */
err store_memory_followers_start(store *s, const struct follower *table, size_t n, note *why);
err store_durable_followers_start(store *s, const struct follower *table, size_t n, note *why);
void store_durable_followers_stop(store *s);

/* Let the followers finish their event, write the cursors, end the threads.  Fine when none run. */
void store_followers_stop(store *s);

/* How far each follower is: the event that it has passed.  Gives how many there are, at most
 * `most`; none when they do not run. */
struct follower_place {
    const char *name;
    int64_t event;
    bool is_failing; /* it could not handle the next one, and will try again */
};
size_t store_followers(store *s, struct follower_place *out, size_t most);

/* The number of the event that all followers in memory have passed; INT64_MAX when there are none.
 */
int64_t store_passed(store *s);

#endif
