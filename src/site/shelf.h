/*
 * shelf.h - the paper's own facts, and where what is drawn from them is found: read once and shared
 * by all requests until an event changes them.
 *
 * Exact, not nearly: a reading takes the shelf's copy only when every event up to its own snapshot
 * has been seen and none of them touched what the copy was made from.
 */
#ifndef SITE_SHELF_H
#define SITE_SHELF_H

#include "news/paper.h"
#include "store/event.h"

#include <pthread.h>

struct shelf {
    pthread_mutex_t lock; /* over what follows */
    struct shelved *kept; /* NULL: nothing yet */
    int64_t changed;      /* the newest event that touched the paper's facts */
};

void shelf_open(struct shelf *s);
void shelf_close(struct shelf *s);

/* The paper's facts with their tags in the reading; they hold until the reading's arena is reset.
 */
err shelf_paper(struct shelf *s, store *from, struct reading *r, struct paper *out);

/* For a follower in memory: an event came. */
void shelf_event(struct shelf *s, const struct event *e);

#endif
