/*
 * query.h - what a reader types into the search field, understood.
 *
 *   storm harbour          both words, in any order and in any of their forms (text/stem.h)
 *   "harbour master"       these words in a row, as they stand; "boats": not "boat"
 *   storm -hesper          without that word; also -"some words"
 *
 * Nothing that is typed is refused and none of it reaches the database as its language: words are
 * folded (text/fold.h) and the expression is written here.  Pure.
 */
#ifndef FIND_QUERY_H
#define FIND_QUERY_H

#include "text/fold.h"
#include "text/stem.h"

enum {
    QUERY_BYTES_MAX = 400, /* what is typed beyond is passed over */
    QUERY_TERMS_MAX = 12,
    QUERY_PIECES_MAX = 60, /* words and unspaced letters, all told */
};

/* Words in a row: one for a plain word, more for a phrase or where no spaces are written. */
struct find_term {
    const struct fold_piece *pieces;
    size_t n;
    size_t from, to; /* where it stands in what was typed, in bytes, with its quotes */
    bool without;
    bool begins; /* the last word may go on: it is being typed */
    struct find_forms {
        str stem;     /* of a plain word in this tongue; empty: only as it stands */
        const str *v; /* other words of the index that have it (find_forms_read) */
        size_t n;
    } forms[STEM_TONGUES];
};

struct find_query {
    str typed;
    struct find_term terms[QUERY_TERMS_MAX];
    size_t n;
    bool has_words; /* there is one that must stand in a story */
};

/* Read what was typed.  `typing`: the last word is not finished. */
void find_query_read(arena *a, str typed, bool typing, struct find_query *out);

/* What stories must be beside having the words; 0: any. */
struct find_filter {
    int64_t section, topic, author;
    int64_t since, before; /* µs UTC: public from, public before; 0, TIME_NEVER */
};

/* The question as the full-text index takes it (SQLite FTS5, section 3). */
str find_expression(arena *a, const struct find_query *q, const struct find_filter *f);

/* The words that stand for a section ('s'), topic ('t'), author ('p') or tongue ('l') in the index,
 * and the one that every story has (' '). */
void find_mark(buf *out, char kind, int64_t id);

#endif
