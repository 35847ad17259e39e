/*
 * errand.h - telling machines elsewhere what changed: WebSub hubs, caches in front.
 *
 * Each kind of errand walks along the event log in a thread of its own, so that a slow machine
 * there delays nobody here.  The log is the queue: in memory waits one batch at the most, and each
 * destination's place in the log is kept in the database, so that nothing is lost while it is
 * down, or we are.  A new destination begins where it was set.
 */
#ifndef SITE_ERRAND_H
#define SITE_ERRAND_H

#include "http/client.h"
#include "site/site.h"

/* What one telling needs.  `a` is emptied after it. */
struct errand_round {
    struct site *site;
    arena *a;
    store_conn *db;
    struct client *client;
    str to; /* the destination */
};

struct errand_kind {
    const char *name;    /* begins the names of its cursors: never change it */
    const char *setting; /* its destinations, a space between them */
    int pause_ms;        /* between two tellings, so that what happens in between becomes one */
    int delay_max_ms;    /* between two tries */
    /* Tell of what these events changed; *told says whether there was anything to tell.
     * E_INVALID: the destination does not want it, and will not next time.  Any other error: the
     * same events (and newer ones with them) come again, after 250 ms, 500 ms ... delay_max_ms. */
    err (*tell)(struct errand_round *r, const struct event *events, size_t n, bool *told,
                note *why);
};

extern const struct errand_kind errand_announce; /* announce.c: the hub that feeds name */
extern const struct errand_kind errand_purge;    /* purge.c: caches that stand in front */

struct errand;

err errand_start(struct site *s, const struct errand_kind *kind, struct errand **out, note *why);

/* An event has come by: there may be something to tell. */
void errand_wake(struct errand *e, const struct event *event);

/* The event that all its destinations were told of, and whether one could not be told of the next;
 * false: it has no destination.  Any thread. */
bool errand_place(struct errand *e, int64_t *event, bool *is_failing);

/* Break off what is being told, keep the places, end the thread.  NULL is fine. */
void errand_stop(struct errand **e);

#endif
