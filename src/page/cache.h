/*
 * cache.h - pages that were drawn: kept until what they show changes.
 *
 * Loops look up, desk threads draw and put, the follower of the event log drops by tag.  A page is
 * kept with the tags of what its handler loaded and with the number of the newest event that it had
 * seen; it is refused when an event with one of its tags came meanwhile.  The page's own expiry is
 * exact: from then on it is not found.  Memory is bounded: what was asked for least lately goes.
 * All functions may be called from any thread; only cache_enter() may wait.
 */
#ifndef PAGE_CACHE_H
#define PAGE_CACHE_H

#include "base/time.h"
#include "http/page.h"
#include "store/tags.h"

struct cache;

enum { CACHE_BETTER_AT = 16 }; /* hits after which a page is compressed as well as can be */

/* One that holds `max_bytes` of pages at the most.  With `betters`, a thread of its own compresses
 * pages that are asked for often. */
struct cache *cache_new(const clock_source *clock, size_t max_bytes, bool betters);
void cache_free(struct cache **c);

/* The page under `key` with a hold for the caller, or NULL. */
struct page *cache_get(struct cache *c, str key);

/* The same for who would draw it otherwise: true with a page when there is one now, perhaps after
 * waiting for another thread that draws it; false: it is yours to draw, and to end with
 * cache_put() or cache_give_up(). */
bool cache_enter(struct cache *c, str key, struct page **page);

/* Keep a page (the cache takes its own hold).  `seen`: the newest event that was visible when it
 * was loaded.  False when it was out of date already, or too large: it may still be sent to those
 * who asked before. */
bool cache_put(struct cache *c, str key, struct page *p, const struct tag_set *tags, int64_t seen);
void cache_give_up(struct cache *c, str key);

/* Event `event` has changed what these tags stand for: every page with one of them goes. */
void cache_drop(struct cache *c, const struct tag_set *tags, int64_t event);
void cache_drop_all(struct cache *c);

struct cache_counts {
    int64_t hits, misses, kept, refused, dropped, evicted, bettered;
    int64_t pages, bytes; /* now */
};
struct cache_counts cache_counts(struct cache *c);

#endif
