/*
 * copy.h - a story as it is being written: all its fields and the body, as the editor and the paper
 * hand it to each other (docs/decisions/0009-working-copy.md).
 *
 * Pure but for copy_of_story().  What is read from outside is held to the limits below, trimmed,
 * and its body in normal form; writing and reading again gives the same.
 */
#ifndef NEWS_COPY_H
#define NEWS_COPY_H

#include "news/desk.h"

enum {
    COPY_HEADLINE_MAX = 1000, /* bytes */
    COPY_STANDFIRST_MAX = 6000,
    COPY_WORDS_MAX = 1000, /* kicker, dateline, source... */
    COPY_NOTE_MAX = 6000,  /* rights note, a picture's caption and alternative text */
    COPY_NAME_MAX = 300,   /* of a person, a topic, a place */
    COPY_RELATED_MAX = 12, /* as many as news/label.c takes */
    COPY_JSON_MAX = 4 << 20
};

/* What a story is; the order is that of the form. */
#define COPY_TYPES(X)                                                                              \
    X(news)                                                                                        \
    X(opinion)                                                                                     \
    X(review)                                                                                      \
    X(gallery)                                                                                     \
    X(video)                                                                                       \
    X(live)

bool copy_type_ok(str type);

struct copy_names {
    const str *v;
    size_t n;
};

struct copy {
    str type, language; /* language: BCP 47, or empty: the paper's */
    int64_t section;    /* 0: none yet */
    str headline, front_headline, search_headline, social_headline, letter_headline;
    str kicker, standfirst, dateline;
    str slug; /* wanted for the address; empty: of the headline */
    struct copy_names bylines, places;
    const struct draft_topic *topics;
    size_t topic_count;
    str origin, source, credit, copyright;
    str rights_note; /* for the newsroom alone */
    str reviewed;
    int half_stars;                /* 0..10; -1: not rated */
    int urgency;                   /* 0..9 */
    int64_t embargo_at, expiry_at; /* µs UTC; 0: none */
    struct draft_picture hero;
    const int64_t *related;
    size_t related_count;
    struct body body;
};

/* E_INVALID, E_LIMIT with the field and what is wrong with it. */
err copy_read(arena *a, str json, struct copy *out, note *why);
str copy_write(arena *a, const struct copy *c);

/* The same for what copy_write() wrote and nobody else touched. */
err copy_from_store(arena *a, str json, struct copy *out, note *why);

/* Nothing but type and section. */
struct copy copy_empty(str type, int64_t section, str language);

/* What a draft says; what it cannot say is as `rest` has it, and so is a main picture that it has
 * not. */
struct copy copy_of_draft(arena *a, const struct draft *text, const struct copy *rest);

/* The newest version of a story as a copy; of one that has none, an empty copy.  E_MISSING. */
err copy_of_story(arena *a, store_conn *db, int64_t story, struct copy *out, note *why);

/* What a version of it said, with all that a version does not keep (section, topics, pictures...)
 * as in `rest`.  *made_at: when it was made.  E_MISSING: no such version, or it is hidden. */
err copy_of_version(arena *a, store_conn *db, int64_t story, int64_t number,
                    const struct copy *rest, struct copy *out, int64_t *made_at, note *why);

/* --- copy_merge.c --- */

/* Where both have changed the same: "field:headline" with its values, or "block:ID" with blocks. */
struct copy_conflict {
    str where;
    str base, mine, theirs; /* JSON; "null" where there is nothing */
};

struct copy_merge {
    struct copy copy; /* at a conflict: theirs */
    struct copy_conflict *conflicts;
    size_t count;
};

err copy_merge(arena *a, const struct copy *base, const struct copy *mine,
               const struct copy *theirs, struct copy_merge *out, note *why);

#endif
