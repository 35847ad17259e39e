/*
 * history.h - what a story said before, and what the paper has corrected.
 *
 * Only versions that readers could have, of stories that they may have now: the gate is asked for
 * the way out OUTLET_HISTORY.  Of a hidden version no word is read.  Results live in the reading's
 * arena.
 */
#ifndef NEWS_HISTORY_H
#define NEWS_HISTORY_H

#include "news/story.h"

struct story_version {
    int number;
    str kind;   /* "first", "update", "correction", "clarification", "edit" */
    str reason; /* for readers; may be empty */
    int64_t at; /* µs UTC: since when readers could have it */
    bool is_hidden;
    str hidden_reason;
    /* empty when it is hidden */
    str headline, kicker, standfirst, byline, dateline;
    struct body body;
};

struct story_versions {
    struct story_version *v; /* newest first */
    size_t n;
    bool has_more; /* older ones that were not asked for */
};

/* The newest `many` versions of a story that story_at() has given.  E_MISSING: not on this way
 * out. */
err story_history(struct reading *r, const struct story *of, size_t many,
                  struct story_versions *out);

struct correction_line {
    str kind, reason;
    int64_t at; /* µs UTC */
    int64_t story, section;
    str path, headline, language; /* of its story */
};

struct correction_lines {
    struct correction_line *v;
    size_t n;
};

/* What was corrected in public stories from `since` to `before`, newest first. */
err corrections_latest(struct reading *r, int64_t since, int64_t before, size_t many,
                       struct correction_lines *out);

#endif
