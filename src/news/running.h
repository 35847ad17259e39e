/*
 * running.h - running stories: a story that is covered while it happens, by entries.
 *
 * The story itself is the standing part ("what we know").  Its coverage:
 *
 *   NONE ---> ANNOUNCED ---> LIVE <---> PAUSED
 *     |                      ^ |          |
 *     +----------------------+ v          v
 *                            ENDED <------+ ---> ARCHIVED
 *
 * 1. An entry goes out only while the coverage is LIVE or PAUSED; the first one that goes out of an
 *    announced story makes it LIVE.  ENDED can be LIVE again, ARCHIVED cannot.
 * 2. The gate of an entry is the gate of its story, then that of its own state and time
 *    (news/state.h; nothing of an entry is ever in a result that either holds back).
 * 3. Changing and withdrawing is possible in every state, also of the coverage.
 *
 * Reading lives in the reading's arena; the verbs are for store_write() jobs, each with one event.
 */
#ifndef NEWS_RUNNING_H
#define NEWS_RUNNING_H

#include "news/desk.h"
#include "news/story.h"

/* The numbers stand in the database. */
enum coverage_state {
    COVERAGE_NONE,
    COVERAGE_ANNOUNCED,
    COVERAGE_LIVE,
    COVERAGE_PAUSED,
    COVERAGE_ENDED,
    COVERAGE_ARCHIVED,
    COVERAGE_STATES
};

/* "none", "announced", "live", "paused", "ended", "archived"; COVERAGE_STATES for another word. */
str coverage_word(enum coverage_state s);
enum coverage_state coverage_of_word(str word);
bool coverage_may_move(enum coverage_state from, enum coverage_state to);

/* Does it go on: entries may still come? */
static inline bool coverage_is_on(enum coverage_state s)
{
    return s == COVERAGE_LIVE || s == COVERAGE_PAUSED;
}

struct coverage {
    enum coverage_state state;
    int64_t from_at;   /* announced: for when; later: since when; 0 */
    int64_t until_at;  /* since when it is over; 0 */
    int64_t shown;     /* entries that readers have */
    int64_t newest_at; /* 0: none */
};

enum {
    ENTRY_WORDS_MAX = 20000, /* bytes, as typed */
    ENTRY_LINE_MAX = 1000,   /* headline, who says it, a card's title */
    ENTRY_NAME_MAX = 300,
    ENTRY_QUOTE_MAX = 4000,
    ENTRY_PAGE = 50, /* on a page */
    ENTRY_KEYS_MAX = 30,
    ENTRY_PINS_MAX = 5
};

struct entry {
    int64_t id, story;
    int number; /* in its story: its address */
    enum public_state state;
    int64_t public_at, edited_at; /* 0: none */
    bool is_key, is_pinned;
    int64_t promoted; /* the story that was made of it; 0 */
    str headline, byline;
    int64_t media; /* 0: no picture */
    str alt;
    struct body body; /* words, quote, picture, card */
    /* as typed, for the desk alone */
    str words, quote, quote_by, caption, link, link_title;
    int version;
};

struct entries {
    struct entry *v;
    size_t n;
};

/* --- reading: `of` was let through by the gate --- */

err coverage_of(struct reading *r, int64_t story, struct coverage *out);

/* A page of them, from page 1 on; *more: there are pages behind it. */
err entries_of(struct reading *r, const struct story *of, bool oldest_first, int64_t page,
               struct entries *out, bool *more);
err entries_pinned(struct reading *r, const struct story *of, struct entries *out);

/* The newest of a story that the gate has let through, for where it is shown in brief. */
err entries_latest(struct reading *r, const struct card *of, int64_t many, struct entries *out);

/* Those that mattered most, newest first: headline, number, time alone.  `page`: of the list with
 * the newest first where each stands. */
struct key_entry {
    int number;
    int64_t at, page;
    str headline;
};
err entries_key(struct reading *r, const struct story *of, bool oldest_first,
                const struct coverage *c, struct key_entry **out, size_t *n);

/* One by its number.  E_MISSING; E_GONE: it was withdrawn. */
err entry_of(struct reading *r, const struct story *of, int64_t number, struct entry *out);

/* One by its id, with the story that it stands in; the gate is asked for both.  E_MISSING, also
 * where the story may not be had; E_GONE: it was withdrawn itself: *out says its number, no more.
 */
err entry_by_id(struct reading *r, int64_t id, struct story *story, struct entry *out);

/* The running story that this one was made of an entry of; E_MISSING: none that may be shown. */
err entry_behind(struct reading *r, int64_t story, struct card *running, int *number);

/* What is covered now, what began last first. */
err stories_running(struct reading *r, size_t many, struct cards *out);

/* "/news/2026/11/29/storm/entry/3" */
str entry_path(arena *a, str story_path, int64_t number);

/* What it is called where it has no headline: its first words. */
str entry_title(arena *a, const struct entry *e);

/* --- the verbs --- */

/* What an entry says, as it is typed. */
struct entry_draft {
    str headline, byline, words, quote, quote_by, alt, caption, link, link_title;
    int64_t media;
    bool is_key, is_pinned;
};

/* Look it over and make a body of it.  E_INVALID: it says nothing, the card leads to no https
 * address, there is no such picture; E_LIMIT. */
err entry_body(arena *a, const struct entry_draft *text, struct body *out, note *why);

/* A new entry; nobody sees it until it is published.  *number: in its story. */
err entry_write(struct desk *d, int64_t story, const struct entry_draft *text, int64_t *number,
                note *why);

/* Say it anew, in place. */
err entry_change(struct desk *d, int64_t story, int64_t number, const struct entry_draft *text,
                 note *why);

/* Let readers have it from `at` on (0: now).  E_CONFLICT: they have it, or (1). */
err entry_publish(struct desk *d, int64_t story, int64_t number, int64_t at, note *why);

/* Take it down; a scheduled one is a draft again. */
err entry_withdraw(struct desk *d, int64_t story, int64_t number, note *why);

/* A story was made of it. */
err entry_promote(struct desk *d, int64_t story, int64_t number, int64_t made, note *why);

/* Move the coverage; `from_at`: announced for when (0: not said). */
err coverage_set(struct desk *d, int64_t story, enum coverage_state to, int64_t from_at, note *why);

/* What time has moved: scheduled entries.  How many. */
err entries_due(struct desk *d, size_t *moved, note *why);

/* One as the desk has it, in any state. */
err entry_for_desk(arena *a, store_conn *db, int64_t story, int64_t number, struct entry *out);
err entries_for_desk(arena *a, store_conn *db, int64_t story, int64_t before, int64_t many,
                     struct entries *out);

#endif
