/*
 * refusal.h - what a person sees whose request is refused for now, because more is asked of the
 * paper than it can answer (503) or more by them than is theirs (429).
 *
 * It must cost nothing at the moment when it is needed.  So these pages are drawn beforehand, one
 * for each wait that is told: when the paper begins to be served, and when its settings or its
 * theme change.  They name no story.  Machines are told in plain words.
 */
#ifndef SITE_REFUSAL_H
#define SITE_REFUSAL_H

#include "site/site.h"

struct refusals;

struct refusals *refusals_new(void);
void refusals_free(struct refusals **r);

/* Draw them anew. */
err refusals_draw(struct site *s, arena *a, store_conn *db);

/* Any thread: the page that says to come again in `later_s`, or a little later, with a hold; NULL:
 * nobody who reads has asked for one, plain words will do. */
struct page *refusal_page(const struct site *s, const struct request *rq, int status, int later_s);

/* On a desk thread: reply with it; false: plain words will do. */
bool refusal_reply(struct request *rq, int status, int later_s);

#endif
