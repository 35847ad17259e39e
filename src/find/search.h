/*
 * search.h - stories and notices with words in them.
 *
 * A search costs a bounded time whatever is asked: newest first walks the index backwards and stops
 * when a page is full; by weight only the newest CANDIDATES are weighed, and past a deadline the
 * newest come instead.  The index says which stories; the gate is asked for each of them when its
 * words are shown.
 */
#ifndef FIND_SEARCH_H
#define FIND_SEARCH_H

#include "find/query.h"
#include "news/paper.h"
#include "news/story.h"

enum {
    SEARCH_CANDIDATES = 2000,
    SEARCH_DEADLINE_MS = 250,
    SEARCH_FORMS = 20, /* of a word in a tongue; others are not asked for */
};

struct find_hits {
    const int64_t *stories; /* numbers */
    const int64_t *moments; /* when each became public, µs UTC */
    size_t n;
    bool late; /* past the deadline: what there is may not be all */
};

/* Look up the forms of the words that are asked for. */
err find_forms_read(struct reading *r, struct find_query *q);

/* The newest `many`.  filter->before goes on behind the last one's moment. */
err find_newest(struct reading *r, const struct find_query *q, const struct find_filter *filter,
                size_t many, struct find_hits *out);

/* Those that have most to do with the words: `many` behind the first `skip`. */
err find_best(struct reading *r, const struct find_query *q, const struct find_filter *filter,
              size_t skip, size_t many, struct find_hits *out);

struct find_notices {
    const int64_t *v; /* numbers */
    size_t n;
    bool late;
};

/* Notices, of which there are few: those that run first, then those whose run is over, each from
 * the newest on; `many` behind the first `skip`.  None has a section, a topic or an author; the
 * filter's moments are those from which they run. */
err find_notices(struct reading *r, const struct find_query *q, const struct find_filter *filter,
                 size_t skip, size_t many, struct find_notices *out);

/* The question in a spelling that finds something, where a word of it is in no story; empty: none
 * is near.  Only words that stand in a public story come back. */
err find_spelling(struct reading *r, const struct find_query *q, str *out);

/* The tongue in which words of this language (of a story, a notice) are stemmed; empty: the
 * paper's. */
enum stem_tongue find_tongue(const struct paper *p, str language);

/* What the entries of a running story say, those that readers have, newest first: `pages` of them,
 * of ENTRY_PAGE each; of another story nothing.  As much as fits into `out`. */
err find_write_entries(struct reading *r, const struct story *s, int64_t pages, buf *out);

/* --- showing --- */

/* A run of text, and whether it is what was asked for. */
struct find_run {
    str text;
    bool is_hit;
};

struct find_runs {
    struct find_run *v;
    size_t n;
    bool has_hit;
};

/* All of a short text in the tongue of its story. */
struct find_runs find_mark_words(arena *a, str text, enum stem_tongue tongue,
                                 const struct find_query *q);

/* Of a long one the some `max` bytes that hold most of the words, with "…" where it was cut. */
struct find_runs find_excerpt(arena *a, str text, enum stem_tongue tongue,
                              const struct find_query *q, size_t max);

#endif
