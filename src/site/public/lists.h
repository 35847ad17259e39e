/*
 * lists.h - what pages that are lists of stories have in common: the way back in time.
 */
#ifndef SITE_PUBLIC_LISTS_H
#define SITE_PUBLIC_LISTS_H

#include "http/request.h"
#include "site/public/parts.h"

enum { LIST_STORIES = 25 /* a page */ };

/* "?before=": the moment (µs) that the list goes on from; TIME_NEVER when there is none. */
err list_before(struct request *rq, int64_t *before);

/* The cards, the first of them as the lead; one more than a page holds means that it goes on. */
void list_fill(const struct parts *p, const struct cards *cards, size_t many,
               struct view_stories *view);
void list_fill_pager(struct request *rq, const struct tongue *tongue, const struct cards *cards,
                     int64_t before, struct view_stories *view);

#endif
