/*
 * merge.h - what two people have made of one text, put together over what both began with.
 *
 * Blocks by their ids: added, removed, moved, changed; within a block by words.  Only where both
 * have changed the same words is there a conflict: the result has `theirs` there, or, where they
 * have taken away what `mine` changed, `mine`; the conflict has all three.  So no word of either is
 * lost: it stands in the result or in a conflict.  Over the same base merge(b, b, x), merge(b, x,
 * b) and merge(b, x, x) are x.  Pure; work is bounded (DIFF_EFFORT a block, MERGE_BLOCKS_MAX blocks
 * by words, what is beyond is a conflict).
 */
#ifndef TEXT_MERGE_H
#define TEXT_MERGE_H

#include "text/body.h"

enum { MERGE_BLOCKS_MAX = 500 };

/* A line of text by words.  False: a conflict, *out is `theirs`. */
bool merge_text(arena *a, str base, str mine, str theirs, str *out);

/* The same for spans, with marks and links. */
struct merge_spans {
    const struct span *v;
    size_t n;
};
bool merge_spans(arena *a, struct merge_spans base, struct merge_spans mine,
                 struct merge_spans theirs, struct merge_spans *out);

/* What stands in a list by name, each name once in each.  What either took away goes, unless it is
 * in `kept`; what either added comes behind what it was added behind; what one moved has moved. */
struct merge_names {
    const str *v;
    size_t n;
};
struct merge_place {
    size_t mine, theirs; /* where it stands there; SIZE_MAX: nowhere */
};
struct table;
size_t merge_order(arena *a, struct merge_names base, struct merge_names mine,
                   struct merge_names theirs, const struct table *kept, struct merge_place **out);

/* The same where names are all. */
struct merge_names merge_names(arena *a, struct merge_names base, struct merge_names mine,
                               struct merge_names theirs);

/* A block that both have changed; NULL where it does not exist.  Inside lists and the like it is
 * the innermost. */
struct merge_conflict {
    str id;
    const struct block *base, *mine, *theirs;
};

struct merge {
    struct body body; /* in normal form */
    struct merge_conflict *conflicts;
    size_t count;
};

/* All three in normal form, with ids.  E_LIMIT: the result is larger than a body may be. */
err merge_bodies(arena *a, const struct body *base, const struct body *mine,
                 const struct body *theirs, struct merge *out, note *why);

#endif
