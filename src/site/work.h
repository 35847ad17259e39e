/*
 * work.h - what is done for the paper beside answering requests: what is due, widths of pictures,
 * the index, mail, webhooks, readers' devices, telling hubs and caches, answering `broadsheet top`,
 * the durable followers.
 *
 * Of all processes on one folder the one in charge does it (store_take_charge()); `serve` starts it
 * then, and stops it before it leaves the charge to another.  All of it takes up from the store
 * what came while nobody did it.
 */
#ifndef SITE_WORK_H
#define SITE_WORK_H

#include "base/err.h"
#include "news/outbox.h"
#include "store/event.h"

#include <pthread.h>

struct site;

struct work {
    pthread_mutex_t lock; /* over what follows: NULL while another process is at it */
    struct media_maker *maker;
    struct clockwork *clockwork;
    struct find_index *find;
    struct errand *announcer, *purger;        /* who tells hubs and caches in front */
    struct postman *mailer, *hooker, *pusher; /* who sends what waits in the outbox */
};

/* Before anything else, and after all. */
void work_open(struct work *w);
void work_close(struct work *w);

/* On an error nothing runs. */
err work_start(struct site *s, note *why);

/* Finish what is in hand, write down where each is; waits for the threads.  Fine when none run. */
void work_stop(struct site *s);

/* For a follower in memory: an event came.  Waits only while work_start() is at it. */
void work_event(struct site *s, const struct event *e);

/* What is due is looked at, and what waits to be sent is tried now: the time of day is another than
 * it was. */
void work_clock_jumped(struct site *s);

/* For a durable follower: it has put webhooks or pushes into the outbox. */
void work_queued(struct site *s, enum outbox_kind kind, const struct event *e);

#endif
