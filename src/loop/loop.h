/*
 * loop.h - one epoll loop: sockets that are ready, letters from other threads, a tick.
 *
 * A loop belongs to the thread that runs it; only loop_post() and loop_stop() may be called from
 * another.  Sockets are watched edge-triggered, for reading and writing at once, so that a
 * connection costs one system call in its life here.  Nothing in a loop may block.
 */
#ifndef LOOP_LOOP_H
#define LOOP_LOOP_H

#include "base/err.h"
#include "base/time.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct loop loop;

/* Something with a file descriptor; part of a larger struct. */
struct watch {
    int fd;
    void (*ready)(struct watch *w, bool readable, bool writable, bool hung_up);
};

/* Something to do on the loop's thread; part of a larger struct, whose owner frees it in open(). */
struct letter {
    struct letter *next;
    void (*open)(struct letter *l);
};

/* A loop that calls tick(of) about every `tick_ms`. */
err loop_new(loop **out, int tick_ms, void (*tick)(void *of), void *of, note *why);
void loop_free(loop **l);

/* Watch w->fd until loop_unwatch(); `shared`: a listening socket that several loops watch, level-
 * triggered, one of them woken. */
err loop_watch(loop *l, struct watch *w, bool shared, note *why);
void loop_unwatch(loop *l, struct watch *w);

/* Run until loop_stop(). */
void loop_run(loop *l);

/* From any thread. */
void loop_post(loop *l, struct letter *letter);
void loop_stop(loop *l);

#endif
