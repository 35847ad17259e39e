/*
 * reading.h - one look at the newsroom by one viewer through one way out.
 *
 * A handler begins a reading, loads what it shows through news/story.h and news/paper.h, and ends
 * it.  All statements in between see the same moment; what was loaded is recorded as tags; `until`
 * goes down to the first moment at which any answer would differ.  One desk thread.
 */
#ifndef NEWS_READING_H
#define NEWS_READING_H

#include "base/arena.h"
#include "news/gate.h"
#include "store/store.h"

struct reading {
    arena *a;
    store_conn *db;
    struct viewer viewer;
    enum outlet outlet;
    int64_t now;         /* µs UTC */
    int64_t reach;       /* the same; while the clock is behind what has happened: when that did */
    int64_t until;       /* what was loaded holds until then */
    int64_t subject;     /* the story that this is all about, for counting; 0: none */
    str media_at;        /* where pictures and films are, in place of "/media"; or empty */
    bool knows_next;     /* the next change by time alone is in `until` */
    struct tag_set tags; /* of what was loaded */
};

/* Begin: from here on `db` shows one moment. */
err reading_begin(struct reading *r, arena *a, store_conn *db, struct viewer viewer,
                  enum outlet outlet, int64_t now);
void reading_end(struct reading *r);

/* The answer holds no longer than this. */
void reading_until(struct reading *r, int64_t moment);

/* Ask the gate, for another way out; what it says holds for itself alone. */
struct gate_answer reading_ask(const struct reading *r, const struct gate_facts *story,
                               enum outlet outlet);

/* Ask the gate; its `until` becomes the reading's. */
enum gate_word reading_gate(struct reading *r, const struct gate_facts *story);

/* The same for a list, which shows stories that come by themselves: holds until the next embargo
 * ends or the next expiry comes, anywhere in the paper. */
err reading_until_next_change(struct reading *r);

#endif
