/*
 * desk.h - what the newsroom does to a story: write, publish, correct, withdraw, kill.
 *
 * The verbs are for work inside a store_write() job (`w` is its connection), one file each.  Each
 * writes its rows and one event whose tags say what it changed; each refuses what news/state.h does
 * not allow and says why.  Who may do it is settled by the caller.
 */
#ifndef NEWS_DESK_H
#define NEWS_DESK_H

#include "news/gate.h"
#include "store/event.h"
#include "store/store.h"
#include "text/body.h"

/* Who works, when. */
struct desk {
    arena *a;
    store_conn *w;
    int64_t now; /* µs UTC */
};

struct draft_topic {
    str name, code; /* code: IPTC Media Topic, or empty */
};

struct draft_picture {
    int64_t media; /* 0: none */
    str caption, credit, alt;
};

/* What a version of a story says. */
struct draft {
    int64_t section;
    str headline, short_headline, kicker, standfirst, dateline, credit, copyright, source, genre,
        language;
    str front_headline, search_headline, social_headline, letter_headline; /* empty: headline */
    str byline;         /* as it is printed: "By Ann Lee and Bo Ek" without "By" */
    const str *authors; /* names that get a page of their own */
    size_t author_count;
    const struct draft_topic *topics;
    size_t topic_count;
    const str *places; /* names of where it is from */
    size_t place_count;
    struct draft_picture hero;
    struct body body;
    int urgency;
    int64_t embargo_at, expiry_at; /* 0: none */
    bool sets_hero;                /* `hero` with no picture takes away the one that stands */
    bool keeps_names;              /* authors, topics, places stay as the story has them */
    /* empty or not rated: as the story has it */
    str origin, reviewed; /* news/origin.h; what a review is of */
    bool is_rated;
    int half_stars; /* 0..10 */
};

enum { STORY_AUTHORS_MAX = 20, STORY_TOPICS_MAX = 20, STORY_PLACES_MAX = 5 };

enum version_kind {
    VERSION_FIRST,
    VERSION_UPDATE,
    VERSION_CORRECTION,
    VERSION_CLARIFICATION,
    VERSION_EDIT
};

/* --- write.c --- */

/* A new story with its first version; nobody sees it yet. */
err desk_write(struct desk *d, const struct draft *text, int64_t *story, note *why);

/* A newer version of a story, public at once when the story is.  `reason` is for readers; a
 * correction must have one. */
err desk_rewrite(struct desk *d, int64_t story, enum version_kind kind, str reason,
                 const struct draft *text, note *why);

/* Give a story its main picture, with no new version. */
err desk_illustrate(struct desk *d, int64_t story, const struct draft_picture *hero, note *why);

/* --- publish.c --- */

/* Let readers have it from `at` on (0: now, or when its embargo ends; a time to come: scheduled,
 * and not a moment earlier).  E_CONFLICT: it is live, `at` lies before the end of its embargo, or
 * its time is over. */
err desk_publish(struct desk *d, int64_t story, int64_t at, note *why);

/* What was to be public at a time to come is not.  E_CONFLICT: it is not scheduled. */
err desk_unschedule(struct desk *d, int64_t story, note *why);

/* --- end.c --- */

/* Take it down at `at` (0: never).  E_CONFLICT: that time is over, or lies before its publication,
 * or the story was taken down. */
err desk_end(struct desk *d, int64_t story, int64_t at, note *why);

/* --- correct.c --- */

/* By kind: a correction at the top of the story, a clarification at its foot. */
enum correction_place { CORRECTION_BY_KIND, CORRECTION_TOP, CORRECTION_FOOT };

/* Say publicly what was wrong.  With a headline or standfirst (NULL p: unchanged) that replaces the
 * old one. */
struct correction {
    enum version_kind kind; /* VERSION_CORRECTION or VERSION_CLARIFICATION */
    str reason;             /* for readers: what was wrong, and what is right */
    str why;                /* for the newsroom: how it came about; may be empty */
    enum correction_place place;
    str headline, standfirst;
};
err desk_correct(struct desk *d, int64_t story, const struct correction *c, note *why);

/* Place and why of the correction that was just written. */
err desk_correction_note(struct desk *d, int64_t story, const struct correction *c);

/* --- label.c --- */

/* Say something about a story beside its words, with no new version: "rating" ("3.5", "none"),
 * "reviewed" (what a review is of), "origin" (news/origin.h), "related" (numbers of other stories,
 * in order).  E_INVALID: another field, or a value that it cannot have. */
err desk_label(struct desk *d, int64_t story, str field, str value, note *why);

/* Tie another story to one, unless it is. */
err desk_tie(struct desk *d, int64_t story, int64_t other, int64_t position, note *why);

/* Let nobody see the words of an older version again, or let them.  The reason is for readers.
 * E_CONFLICT: it is the one that readers have now; E_MISSING: readers never had it. */
err desk_hide(struct desk *d, int64_t story, int number, bool hide, str reason, note *why);

/* --- withdraw.c, kill.c --- */

/* Take it down.  Its address says so from now on. */
err desk_withdraw(struct desk *d, int64_t story, str reason, note *why);

/* It must never be used: for ever. */
err desk_kill(struct desk *d, int64_t story, str reason, note *why);

/* --- due.c --- */

/* How much later than it was due (µs); 0 when that is no more than DESK_LATE_S. */
enum { DESK_LATE_S = 2 };
int64_t desk_lateness(int64_t due, int64_t now);

/* Move what time has moved: scheduled stories whose moment has come become live, expired ones are
 * withdrawn; so are scheduled entries of running stories.  A story that is late is an alarm on the
 * desk.  How many moved. */
err desk_due(struct desk *d, size_t *moved, note *why);

/* --- for the verbs --- */

/* The story's row in the form that the verbs work on. */
struct standing {
    int64_t id, section, public_at, expiry_at, embargo_at; /* times: 0 none */
    int64_t changed_at;
    enum public_state state; /* now: LIVE too where a scheduled time has come (state.h, 2) */
    str path;                /* empty until the first publication */
    str headline;
    int version;
};
err desk_standing(struct desk *d, int64_t story, struct standing *out, note *why);

/* Move it, as state_check_move() has allowed: its row and its place in the lists of its topics,
 * authors and places.  `public_at`: since when readers may have it, or had it; NULL: never. */
err desk_move(struct desk *d, int64_t story, enum public_state to, const int64_t *public_at,
              str reason);

/* Everything that shows the story: itself, its section, subjects, day, and the lists. */
err desk_tags(struct desk *d, const struct standing *s, struct tag_set *out);

/* What a draft says beside its words. */
err desk_label_from(struct desk *d, int64_t story, const struct draft *text);

/* Write the event of a verb; the body says version and reason. */
err desk_tell(struct desk *d, const struct standing *s, enum event_kind kind, str reason,
              const struct tag_set *tags, note *why);

#endif
