/*
 * diff.h - what changed between two texts or two bodies, by words within blocks (Myers, bounded).
 *
 * Pure.  Work is bounded: beyond DIFF_EFFORT steps the middle is given as removed and added whole.
 */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H

#include "text/body.h"

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

enum { DIFF_EFFORT = 1000 }; /* longest chain of changes that is looked for */

/* Things to compare by their numbers; for whoever brings another kind of text. */
struct diff_pair {
    const void *of;
    bool (*same)(const void *of, size_t before, size_t after);
    size_t n, m; /* how many before, how many after */
};

/* Who is whose partner, in order: partner[i] (n of them) is the place after of i before, or
 * SIZE_MAX. */
void diff_match(arena *a, const struct diff_pair *p, size_t *partner);

/* Which of `n` things have moved, given where each was before (SIZE_MAX: nowhere): the longest
 * chain that keeps its order stays. */
void diff_moved(arena *a, const size_t *to_before, size_t n, bool *moved);

/* A run of words with the space between them.  Removed stands before added. */
struct diff_run {
    enum diff_kind kind;
    str text;
};

struct diff_runs {
    struct diff_run *runs;
    size_t count;
};

/* Words of two plain texts.  The SAME and REMOVED runs put together are `before`, the SAME and
 * ADDED ones `after`. */
struct diff_runs diff_words(arena *a, str before, str after);

/* One block of a comparison: paired by id, then by likeness. */
struct diff_block {
    enum diff_kind kind; /* SAME: in both; its runs say whether the words changed */
    bool changed;        /* words, or anything else of it */
    bool moved;
    const struct block *before, *after; /* NULL where it does not exist */
    struct diff_runs words;
};

struct diff_body {
    struct diff_block *blocks; /* in the order of `after`, removed ones where they were */
    size_t count;
    size_t added, removed, changed; /* blocks */
};

/* Blocks of `after` that are ones of `before` in other words get their ids, so that what is written
 * in them meanwhile is put together with them. */
void diff_keep_ids(arena *a, const struct body *before, struct body *after);

struct diff_body diff_bodies(arena *a, const struct body *before, const struct body *after);

#endif
