/*
 * live.h - what open pages are told: topics that they listen to, and the word for an event.
 *
 * A topic is a tag (store/tags.h) under a name that addresses can have, or the paper as a whole,
 * under which every page listens.  The word for an event is made from the log anew each time that
 * it is said, through the gate (OUTLET_LIVE): a replay tells nothing that may not be told any more.
 */
#ifndef LIVE_LIVE_H
#define LIVE_LIVE_H

#include "news/reading.h"
#include "store/event.h"

/* Numbers of topics, in no order. */
struct live_topics {
    store_tag *v;
    size_t n;
};

enum { LIVE_TOPICS_MAX = 32 };

/* Under which kills and breaking news are said: a tag of nothing that is stored. */
#define LIVE_SITE ((store_tag)1)

/* Read "site,latest,running,front-1,section-3,story-12,subject-7,notices".  E_INVALID: an unknown
 * name, or more than LIVE_TOPICS_MAX. */
err live_topics_read(arena *a, str names, struct live_topics *out, note *why);

/* The name of a topic; empty for a tag that nobody can listen to. */
str live_topic_name(arena *a, store_tag topic);

bool live_topics_meet(const struct live_topics *x, const struct live_topics *y);

struct live_word {
    int64_t number; /* of the event */
    str json;       /* one line; empty: there is nothing to say */
    struct live_topics topics;
};

/* Is anything told of events of this kind? */
bool live_tells(enum event_kind kind);

/* What is said of it: "published"; empty: nothing. */
str live_kind(enum event_kind kind);

/* The word for `e`:
 *
 *   {"kind": "published" | "updated" | "corrected", "event": 7, "at": "2026-11-29T15:04:05Z",
 *    "topics": ["story-12", "section-3"], "story": 12, "section": 3, "version": 2,
 *    "headline": "...", "path": "/sport/...", "reason": "...", "history": "/sport/.../history"}
 *   {"kind": "withdrawn" | "killed" | "expired", ... "story": 12}
 *   {"kind": "front", ... "front": 1}
 *   {"kind": "breaking", ... "breaking": 3, "words": "...", "path": "/sport/...", "story": 12,
 *    "told": "...", "until": "...", "corrected": false}
 *   {"kind": "breaking_over", ... "breaking": 3}
 *   {"kind": "entry" | "entry-changed", ... "story": 12, "entry": 3, "version": 1,
 *    "headline": "...", "path": "/sport/.../entry/3", "key": false, "pinned": false}
 *   {"kind": "entry-withdrawn", ... "story": 12, "entry": 3}
 *   {"kind": "coverage", ... "story": 12, "state": "live", "headline": "...", "path": "..."}
 */
err live_word_for(struct reading *r, const struct event *e, struct live_word *out);

/* The word for the breaking news that stands now, "breaking" or "breaking_over", with no event: for
 * pages that were opened since it was told, or do not know that it is over. */
err live_breaking(struct reading *r, struct live_word *out);

/* As it goes into a stream: "id: 7\ndata: {...}\n\n". */
str live_event(arena *a, const struct live_word *w);

struct live_words {
    struct live_word *v;
    size_t n, bytes;
    bool too_many; /* more happened than is worth telling: these are what is withdrawn and killed;
                      for the rest the page should look what it says now */
};

/* What was said under `topics` after event `after`, up to the moment of the reading. */
err live_since(struct reading *r, const struct live_topics *topics, int64_t after,
               struct live_words *out);

#endif
