/*
 * cache.h - pages that were drawn: kept until what they show changes.
 *
 * Loops look up, desk threads draw and put, the follower of the event log drops by tag.
 *  1. A page is kept with the tags of what its handler loaded and with the number of the newest
 *     event that it had seen; it is refused when an event with one of its tags was dropped
 *     meanwhile, or when everything was.
 *  2. A page's own expiry is exact: from then on it is not found.
 *  3. One thread draws a page; others that ask for it meanwhile wait for that one.
 *  4. Memory is bounded: what was not asked for lately goes.  Pages that say "there is no such
 *     thing" (status 400 and up) share a small part of it, so that a stranger who makes addresses
 *     up cannot drive the paper out.
 *  5. A change of what is passing (tag_is_passing) makes a page stale and does not drop it: one who
 *     asks draws it anew, others get it as it was, and no page is drawn anew for that more than
 *     once a second.
 * All functions may be called from any thread; only cache_enter() may wait, so never on a loop.
 */
#ifndef PAGE_CACHE_H
#define PAGE_CACHE_H

#include "base/time.h"
#include "http/page.h"
#include "store/tags.h"

struct cache;

enum {
    CACHE_BETTER_AT = 16,          /* hits after which a page is compressed as well as can be */
    CACHE_REDRAW_US = 1000 * 1000, /* from one drawing of a stale page to the next */
};

/* One that holds `max_bytes` of pages at the most.  With `betters`, a thread of its own compresses
 * pages that are asked for often. */
struct cache *cache_new(const clock_source *clock, size_t max_bytes, bool betters);
void cache_free(struct cache **c);

/* The page under `key` with a hold for the caller, or NULL: it is to be drawn.  The key is all that
 * tells pages apart: the path, the part of the query that counts, and who may see it when not
 * everybody may. */
struct page *cache_get(struct cache *c, str key);

/* The same, stale or not: for whoever cannot have it drawn. */
struct page *cache_get_as_it_is(struct cache *c, str key);

/* Somebody's turn to draw a page. */
struct cache_turn {
    str key;
    uint64_t clearing; /* the last time that all pages were dropped before it */
    uint64_t flight;   /* others wait for it; 0: nobody does */
};

/* The same for who would draw it otherwise: true with a page when there is one now, perhaps after
 * waiting (once, some seconds at the most) for another thread that draws it; false: it is yours to
 * draw, and the turn to end with cache_put() or cache_give_up().  `key` must live until then. */
bool cache_enter(struct cache *c, str key, struct page **page, struct cache_turn *turn);

/* Keep a page (the cache takes its own hold).  `seen`: the newest event that was visible when it
 * was loaded.  False when it was out of date already, or too large: it may still be sent to those
 * who asked before. */
bool cache_put(struct cache *c, struct cache_turn *turn, struct page *p, const struct tag_set *tags,
               int64_t seen);

/* There is no page to keep; those who wait draw one each.  Nothing happens when the turn has
 * ended. */
void cache_give_up(struct cache *c, struct cache_turn *turn);

/* Event `event` has changed what these tags stand for: every page with one of them goes, or is
 * stale where that is passing.  Events come in the order of the log. */
void cache_drop(struct cache *c, const struct tag_set *tags, int64_t event);

/* Every page goes, and those that are being drawn are not kept: the theme has changed. */
void cache_drop_all(struct cache *c);

struct cache_counts {
    int64_t hits, misses; /* pages found; pages that somebody had to draw */
    int64_t stale;        /* of the hits: as they were before what is passing changed */
    int64_t kept, refused, dropped, evicted, bettered;
    int64_t pages, bytes; /* now */
};
struct cache_counts cache_counts(struct cache *c);

#endif
