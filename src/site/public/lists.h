/*
 * lists.h - what pages that are lists of stories have in common: the way back in time.
 */
#ifndef SITE_PUBLIC_LISTS_H
#define SITE_PUBLIC_LISTS_H

#include "http/request.h"
#include "news/subject.h"
#include "site/public/parts.h"

enum { LIST_STORIES = 25 /* a page */ };

/* "?before=": the moment (µs) that the list goes on from; TIME_NEVER when there is none. */
err list_before(struct request *rq, int64_t *before);

/* The cards, the first of them as the lead; one more than a page holds means that it goes on. */
void list_fill(const struct parts *p, const struct cards *cards, size_t many,
               struct view_stories *view);

/* The ways on and back; NULL: there is neither. */
const struct view_pager *list_pager(arena *a, const struct view_pager *ways);

/* Of a list that goes on from a moment (0: it does not). */
const struct view_pager *list_pager_at(struct request *rq, int64_t older_at, str older_text,
                                       int64_t before, str newer_text);
const struct view_pager *list_story_pager(struct request *rq, const struct tongue *tongue,
                                          const struct cards *cards, int64_t before);

/* What the lists by number have in common. */
struct listing {
    err (*list)(struct reading *r, int64_t id, int64_t before, size_t many, struct cards *out);
    int64_t id;
    enum tag_kind live; /* what its pages listen to, with `id` */
    str feed;           /* the page that has feeds */
    const struct subject *subject;
    bool must_have_stories; /* else there is no such page */
};

/* Fill `view`, whose title and text are there, and its head. */
err list_show(struct request *rq, struct reading *r, const struct paper *paper,
              const struct listing *what, struct view_stories *view);

#endif
