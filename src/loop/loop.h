/*
 * loop.h - one thread that waits for sockets, timers and messages, and never blocks otherwise.
 *
 * Everything here belongs to the loop's own thread, but for inbox_put(), loop_stop() and
 * loop_wake(), which any thread may call.  Sockets are watched edge-triggered: a watcher reads
 * until there is nothing more, or remembers that it stopped before.
 */
#ifndef LOOP_LOOP_H
#define LOOP_LOOP_H

#include "base/err.h"
#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;

/* A new loop that takes its time from `clock` (which outlives it). */
struct loop *loop_new(const clock_source *clock);

/* Serve until loop_stop() is called; on the thread that is to own the loop. */
void loop_run(struct loop *l);

/* Serve once what is at hand, and wait for nothing; where no thread runs the loop. */
void loop_turn(struct loop *l);

/* Let loop_run() return after what is at hand.  Any thread. */
void loop_stop(struct loop *l);

/* Look at the clock and the timers now.  Any thread; for tests that move a fixed clock. */
void loop_wake(struct loop *l);

/* Free it; nothing is watched any more and no thread runs it.  *l becomes NULL. */
void loop_free(struct loop **l);

/* The time that this turn of the loop began: monotonic microseconds. */
int64_t loop_ticks(const struct loop *l);

/* The same as wall time, microseconds UTC. */
int64_t loop_now(const struct loop *l);

/* A socket under watch; lives inside whatever owns the socket. */
struct watch {
    void (*ready)(struct watch *w, uint32_t events); /* EPOLLIN, EPOLLOUT, EPOLLRDHUP, ... */
    int fd;
};

/* Watch w->fd: for both directions, edge-triggered, until it is closed; or, as a listener shared
 * with other loops, for arrivals only, level-triggered, waking one loop each. */
err loop_watch(struct loop *l, struct watch *w, note *why);
err loop_watch_listener(struct loop *l, struct watch *w, note *why);
void loop_unwatch(struct loop *l, struct watch *w);

/* A moment to be told of; lives inside its owner, zeroed before first use. */
struct timer {
    void (*run)(struct timer *t);
    int64_t at;   /* monotonic microseconds */
    size_t place; /* in the heap, from 1; 0: not set */
};

/* Call t->run at loop_ticks() >= at, once; setting it again moves it. */
void timer_set(struct loop *l, struct timer *t, int64_t at);
void timer_clear(struct loop *l, struct timer *t);

/* What one thread hands to another; lives inside what is handed over. */
struct message {
    struct message *next;
    void (*run)(struct message *m); /* called on the receiving loop's thread */
};

/* Two lines of those that are not served at once: who is new or has to be told something, and who
 * had something and wants more.  In each turn the sockets that are ready come first, then the one
 * line and then the other, each for as long as the sockets took.  Nobody has more while somebody is
 * new, but for a little now and then. */
enum loop_line { LOOP_SOON, LOOP_MORE, LOOP_LINES };

/* Let m->run be called when its time has come.  `m` is in no other queue until then.  On the
 * loop's own thread. */
void loop_queue(struct loop *l, enum loop_line line, struct message *m);

struct inbox;

/* The loop's own. */
struct inbox *loop_inbox(struct loop *l);

/* Hand `m` over: it belongs to the receiver from here on.  Any thread; in order for one sender. */
void inbox_put(struct inbox *in, struct message *m);

/* The same for a plain call; allocates. */
void inbox_post(struct inbox *in, void (*run)(void *of), void *of);

#endif
