/*
 * publishing.h - what staff do to stories: the verbs of news/desk.h, each with its line in the log.
 *
 * For work inside a store_write() job.
 */
#ifndef STAFF_PUBLISHING_H
#define STAFF_PUBLISHING_H

#include "news/working.h"
#include "staff/staff.h"

struct story_act {
    /* story_published, _updated, _unscheduled, _ended, _withdrawn, _killed, _corrected */
    enum audit_act act;
    int64_t story;
    int64_t at; /* published: from then on (0: now); ended: not after (0: no end) */
    str reason; /* withdrawn, killed: for the newsroom */
    struct correction correction;
    /* published: what was written since goes out with it.  Updated: it goes out, as `correction`
     * says.  Corrected: with all that was written (is_written), or with the correction's words. */
    bool is_written;
    struct byline_words byline;
    str seen; /* staff_story_seen() as whoever does it knows the story; empty: however it is */
};

/* What a story is at, in a word: changes with its state, with each version and with each save of
 * its working copy.  In `a`. */
str staff_story_seen(arena *a, const struct standing *s, const struct working *w);

/* E_CONFLICT, E_GONE, E_INVALID as the verb says, E_CONFLICT also when the story is not as it was
 * seen; then neither is done. */
err staff_act_on(struct staff_work *k, const struct story_act *act, note *why);

#endif
