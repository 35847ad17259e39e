/*
 * postman.h - sending what waits in the outbox (news/outbox.h): one kind of it, in a thread of its
 * own, so that a slow machine there delays nothing else; mail and webhooks one after the other,
 * what goes to readers' devices many at once.
 *
 * What does not go is tried again after 1 s, 2 s, 4 s ... up to a limit, and up to a quarter more,
 * by the clock, so that a restart forgets nothing.  It is taken out of the outbox once the other
 * side has taken it: who dies between the two sends it again, under the same name.
 */
#ifndef SITE_POSTMAN_H
#define SITE_POSTMAN_H

#include "base/log.h"
#include "http/client.h"
#include "news/outbox.h"
#include "site/site.h"
#include "store/sql.h"

struct postman;

/* What one sending needs.  `a` is emptied after a round of them. */
struct post_round {
    struct site *site;
    arena *a;
    store_conn *db;
    struct client *client;
    const atomic_bool *stopping;
    struct postman *of;
};

/* What has become of one. */
struct post_outcome {
    int64_t id, target, made_at, tries; /* tries: before */
    err result;
    int status;
    str problem;
    int64_t now, next_at, rest_until; /* by post_plan() */
};

struct post_kind {
    enum outbox_kind kind;
    const char *name;                             /* in the log */
    enum log_event sent, failed, stuck, given_up; /* stuck: failed, for OUTBOX_STUCK_M and more */
    int64_t delay_max_s;                          /* between two tries */
    int64_t rest_max_s; /* for all to the same target, after one that did not go */
    bool is_shared;     /* tries: of all to the same target, for it is one machine */
    bool is_kept;       /* once it is sent, to be looked at */

    /* May anything be sent at all?  NULL: yes. */
    bool (*is_open)(struct post_round *r);

    /* Send one; *status: of the answer, when there is one.  E_INVALID: it will never go; E_GONE: it
     * need not go any more.  Any other error: it comes again. */
    err (*send)(struct post_round *r, const struct sql_outbox_due *row, int *status, note *why);

    /* In place of it: send all that is due, many at once.  True: there may be more.  *own: what it
     * keeps from one round to the next, NULL at first; `rest` frees it. */
    bool (*send_all)(struct post_round *r, void **own);
    void (*rest)(void **own);

    /* Is there something to send after this event?  *hurries: what waits is to be tried at once. */
    bool (*wakes)(const struct event *e, bool *hurries);
};

extern const struct post_kind post_mail;    /* post_mail.c */
extern const struct post_kind post_webhook; /* post_webhook.c */
extern const struct post_kind post_push;    /* post_push.c */

/* For what goes over HTTP, of client_send() and client_ended().  E_INVALID: that address may not be
 * asked; E_IO, E_BUSY: no answer. */
err post_said(err e, note *why);
err post_ask(struct post_round *r, const struct client_ask *ask, struct client_answer *answer,
             note *why);

/* --- for whoever sends many at once --- */

/* Is it done with, in one way or the other? */
static inline bool post_is_over(const struct post_outcome *o)
{
    return o->result == OK || o->result == E_GONE;
}

/* It did not go: when is it tried again?  TIME_NEVER: it is given up. */
void post_plan(struct post_round *r, const struct post_kind *kind, struct post_outcome *o);

/* Inside a job: that it was put off, or given up. */
err post_write_failure(store_conn *w, const struct post_kind *kind, const struct post_outcome *o);

/* To the log, once it is written down. */
void post_tell(const struct post_kind *kind, const struct post_outcome *o);

/* What came of some could not be written down: nothing is tried for a second. */
void post_not_written(struct post_round *r, const note *why);

/* Has something come since this was asked last? */
bool post_was_woken(struct post_round *r);

err postman_start(struct site *s, const struct post_kind *kind, struct postman **out, note *why);

/* An event has come by.  NULL is fine. */
void postman_wake(struct postman *p, const struct event *event);

/* All that waits is tried at once: the time of day is another than it was.  NULL is fine. */
void postman_hurry(struct postman *p);

/* Break off what is being sent, end the thread.  NULL is fine. */
void postman_stop(struct postman **p);

#endif
