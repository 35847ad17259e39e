/*
 * edition.h - which edition of a page is sent while the paper is lite by itself (surge.h).
 *
 * Then, of all times, not every page can be drawn anew.  So lite pages are kept under keys of their
 * own beside the full ones, which are there again when the paper goes back; and as long as the lite
 * one is not drawn yet, readers have the full one from memory, but for one in EDITION_EACH_US, who
 * has it drawn.
 */
#ifndef SITE_EDITION_H
#define SITE_EDITION_H

#include "site/site.h"

enum { EDITION_EACH_US = 20 * 1000 };

/* Is this request to be answered with the lite edition at a full page's address? */
bool edition_is_lite(const struct site *s, const struct request *rq);

/* The key of the lite edition of what is kept under `key`.  In `a`. */
str edition_key(arena *a, str key);

/* On the loop, for a path with no query that counts: the page in memory that is to be sent, with a
 * hold, or NULL. */
struct page *edition_find(struct site *s, const struct request *rq);

/* The same when nothing can be drawn: whichever there is, stale or not. */
struct page *edition_instead(struct site *s, const struct request *rq);

#endif
