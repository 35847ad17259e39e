/*
 * notice.h - notices: what others give out through the paper, and the days on which it runs.
 *
 * A notice is public from the beginning of its run on; when the run is over it leaves the list of
 * those that run and stays at its address, which never changes.  The gate is asked for each, as for
 * a story; beginning and end of a run are moments in a reading's `until`.
 */
#ifndef NEWS_NOTICE_H
#define NEWS_NOTICE_H

#include "news/desk.h"
#include "news/map.h"
#include "text/body.h"

/* X(name, word): the word stands in the store and in addresses. */
#define NOTICE_TYPES(X)                                                                            \
    X(PLANNING, "planning")                                                                        \
    X(LICENSING, "licensing")                                                                      \
    X(ROADS, "roads")                                                                              \
    X(TENDER, "tender")                                                                            \
    X(COURT, "court")                                                                              \
    X(ELECTION, "election")                                                                        \
    X(DEATH, "death")                                                                              \
    X(FAMILY, "family")                                                                            \
    X(PUBLIC, "public")

#define NOTICE_ENUM(name, word) NOTICE_##name,
enum notice_type { NOTICE_TYPES(NOTICE_ENUM) NOTICE_TYPE_COUNT };

str notice_word(enum notice_type t);          /* "planning" */
const char *notice_title(enum notice_type t); /* in English, to be said */

/* The type of a word or of what copy calls it ("Planning application", "traffic order", "funeral");
 * NOTICE_PUBLIC for what says no more.  `known` (may be NULL): does it say anything? */
enum notice_type notice_type_of(str said, bool *known);

/* The type whose word this is; NOTICE_TYPE_COUNT: none. */
enum notice_type notice_type_at(str word);

struct notice {
    int64_t id;
    enum notice_type type;
    str title, issuer, reference, language;
    str path; /* "/notices/12" */
    struct body body;
    int64_t from_at, until_at; /* µs UTC; until_at 0: not said */
    int64_t changed_at;
    bool has_ended;
};

struct notices {
    struct notice *v;
    size_t n;
};

/* The notice with this number.  E_MISSING: there is none for this viewer now; E_GONE: it was taken
 * down. */
err notice_at(struct reading *r, int64_t id, struct notice *out);

/* Those that run now, or whose run is over, newest first, whose run began before `before`;
 * NOTICE_TYPE_COUNT: of every type. */
err notices_list(struct reading *r, bool ended, enum notice_type type, int64_t before, size_t many,
                 struct notices *out);

/* How many of each type run now. */
err notices_count(struct reading *r, int64_t counts[NOTICE_TYPE_COUNT]);

/* Every address, for the sitemap, with when it was changed; newest first. */
err notices_map(struct reading *r, size_t many, struct map_places *out);

/* --- the desk, inside a store_write() job --- */

struct notice_draft {
    str guid; /* of its copy; empty: written here */
    enum notice_type type;
    str title, issuer, reference, language;
    struct body body;
    int64_t from_at, until_at; /* from_at 0: now; until_at 0: not said */
};

enum { NOTICE_TITLE_MAX = 300 };

/* Keep a new notice, public from the beginning of its run.  E_INVALID: no title, no words, no
 * issuer, or it would end before it begins. */
err notice_add(struct desk *d, const struct notice_draft *text, int64_t *id, note *why);

/* Say one anew.  One that runs already goes on running.  E_GONE: it was killed. */
err notice_change(struct desk *d, int64_t id, const struct notice_draft *text, note *why);

/* STATE_WITHDRAWN, STATE_KILLED, or STATE_LIVE again. */
err notice_move(struct desk *d, int64_t id, enum public_state to, str reason, note *why);

/* The notice that came in copy of this guid; E_MISSING. */
err notice_of_guid(struct desk *d, str guid, int64_t *id);

#endif
