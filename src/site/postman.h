/*
 * postman.h - sending what waits in the outbox (news/outbox.h), in a thread of its own.
 *
 * Mail that does not go is tried again after 1 s, 2 s, 4 s ... up to POST_DELAY_MAX_S, by the
 * clock, so that a restart forgets nothing.  A mail is taken out of the outbox once the server has
 * taken it: who dies between the two sends it again, under the same Message-ID.
 */
#ifndef SITE_POSTMAN_H
#define SITE_POSTMAN_H

#include "site/site.h"

enum { POST_DELAY_MAX_S = 15 * 60 };

struct postman;

err postman_start(struct site *s, struct postman **out, note *why);

/* An event has come by: there may be mail, or another way for it.  NULL is fine. */
void postman_wake(struct postman *p, const struct event *event);

/* Break off what is being sent, end the thread.  NULL is fine. */
void postman_stop(struct postman **p);

#endif
