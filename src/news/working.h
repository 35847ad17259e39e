/*
 * working.h - the working copy: what is being written of a story, and every save of it.
 *
 * 1. Nothing here is seen by readers: publishing makes a version of the copy (working_version), and
 *    that alone.
 * 2. What was sent is kept: a save that can not be put together with a newer one is set aside as a
 *    revision of its own; none is changed afterwards.
 * 3. A copy that nobody has touched since follows the story's newest version; one that was touched
 *    does not, and says so (is_newer).
 * 4. Where the desk has made a version of its own, what comes over the wire writes none: it is kept
 * as a revision that waits (`offered`) until somebody puts it into the copy.
 * 5. The revision that says what the version says (`synced`) is never swept: it is the base of what
 *    is put together with a newer version.
 *
 * The verbs are for work inside a store_write() job.  Autosaves write no event: nothing follows
 * them.
 */
#ifndef NEWS_WORKING_H
#define NEWS_WORKING_H

#include "news/copy.h"

enum {
    REVISION_NAME_MAX = 120,    /* bytes */
    REVISION_EDITOR_MAX = 40,   /* the key of a page in a browser */
    REVISIONS_FOLDED_MAX = 300, /* of one story */
    REVISION_RUN_MINUTES = 30,  /* autosaves of one person with no longer pause are one run */
    REVISION_FOLDED_HOURS = 24
};

#define REVISION_KINDS(X)                                                                          \
    X(auto) X(named) X(merged) X(restored) X(published) X(taken) X(aside) X(offered)
#define REVISION_ENUM(word) REVISION_##word,
enum revision_kind { REVISION_KINDS(REVISION_ENUM) REVISION_KIND_COUNT };
str revision_word(enum revision_kind kind);
enum revision_kind revision_kind_of(str word); /* REVISION_KIND_COUNT: none */

/* Who writes, in which page of which browser (empty: none). */
struct writer {
    int64_t staff; /* 0: nobody who is signed in */
    str who, editor;
};

struct working {
    int64_t story;
    int64_t revision, last, synced; /* revision 0: there is no working copy yet */
    int version;                    /* that `synced` is of; 0: none */
    int newest;                     /* of the story */
    int64_t offered;                /* the revision that waits (4); 0: none */
    bool is_changed;                /* saved since */
    bool is_newer;                  /* the story has a version that the copy has not */
    int64_t saved_at;
};

struct revision {
    int64_t number, at, base;
    enum revision_kind kind;
    str name, who, editor, headline;
    int64_t staff, words;
    str copy; /* JSON; empty in lists */
};

/* E_MISSING: there is no such story. */
err working_look(arena *a, store_conn *db, int64_t story, struct working *out);
err working_revision(arena *a, store_conn *db, int64_t story, int64_t number, struct revision *out);

/* What a revision says. */
err working_copy(arena *a, store_conn *db, int64_t story, int64_t number, struct copy *out,
                 note *why);

/* Those that are listed, below number `before`, the newest first. */
err working_revisions(arena *a, store_conn *db, int64_t story, int64_t before, int64_t many,
                      struct revision **out, size_t *n);

/* A new story with its empty copy. */
err working_begin(struct desk *d, const struct writer *by, const struct copy *c, int64_t *story,
                  note *why);

/* See to it that a story has a working copy, and that it follows (3). */
err working_open(struct desk *d, int64_t story, struct working *out, note *why);

struct working_save {
    int64_t story, base;
    enum revision_kind kind; /* auto, named */
    str name;
    const struct copy *copy;
    struct writer by;
};
struct working_saved {
    int64_t revision; /* the newest that stands */
    bool is_merged;   /* with somebody else's */
    str copy;         /* JSON of the newest; when it is not what was sent */
    /* what could not be put together: what was sent is kept aside */
    int64_t aside;
    str merged; /* JSON with all that could be */
    const struct copy_conflict *conflicts;
    size_t conflict_count;
};

/* E_MISSING; E_GONE: the story was killed; E_INVALID: no such section. */
err working_save(struct desk *d, const struct working_save *s, struct working_saved *out,
                 note *why);

/* What a revision said is the newest again. */
err working_restore(struct desk *d, int64_t story, int64_t revision, const struct writer *by,
                    note *why);

/* --- working_version.c --- */

/* What a version of the story said is the newest revision again, under `name`; what no version
 * keeps stays as it is written.  E_MISSING: no such version, or it is hidden; E_GONE: it was
 * killed. */
err working_restore_version(struct desk *d, int64_t story, int64_t number, str name,
                            const struct writer *by, note *why);

/* How names are joined in a byline: " and ", ", ". */
struct byline_words {
    str last, between;
};

/* Make a version of the copy.  E_CONFLICT: nothing was written since the last one, or a newer one
 * came meanwhile.  `fresh`: also for a story without one. */
err working_version(struct desk *d, int64_t story, enum version_kind kind, str reason,
                    const struct writer *by, const struct byline_words *words, note *why);

/* What waits to be put into the copy: an offered revision, or a version that came since. */
bool working_waits(const struct working *w);

/* The two that it is about: what came before, and what has come now.  E_MISSING: nothing waits. */
err working_newer(arena *a, store_conn *db, const struct working *w, struct copy *before,
                  struct copy *now, note *why);

/* Put it into the copy; where both have changed the same words those of the copy stay, and each
 * place is a conflict (`mine`: the copy's).  Where nothing waits: let an untouched copy follow. */
struct working_took {
    const struct copy_conflict *conflicts;
    size_t count;
};
err working_take(struct desk *d, int64_t story, const struct writer *by, struct working_took *out,
                 note *why);

/* It stays out of the copy, and waits no longer: a revision has it, and what comes next is compared
 * with it. */
err working_leave(struct desk *d, int64_t story, const struct writer *by, note *why);

/* Does (4) hold for this story? */
err working_is_own(struct desk *d, int64_t story, bool *is_own);

/* Newer words from the wire for a story of the desk's own: what the agency said before (NULL: as
 * what came into the copy last), what it says now, each under a name. */
struct working_offer {
    const struct draft *before, *now;
    str before_name, now_name;
};
err working_offer(struct desk *d, int64_t story, const struct working_offer *o, note *why);

struct reading;
struct story;
err working_story(struct reading *r, int64_t id, struct story *out, note *why);

/* --- working_sweep.c --- */

/* Drop folded saves of another day, a batch at a time; how many are due is not counted. */
bool working_is_dusty(arena *a, store_conn *db, int64_t now);
err working_sweep(struct desk *d, note *why);

/* --- for working_*.c --- */

/* Does this say something else than the version that it was made from? */
err working_is_ahead(struct desk *d, const struct working *w, str json, bool *out);

/* Keep it as the next revision and, unless it is set aside, as the newest. */
err working_keep(struct desk *d, struct working *w, enum revision_kind kind, str name,
                 const struct writer *by, int64_t base, const struct copy *c, str json);
err working_write(struct desk *d, const struct working *w);

#endif
