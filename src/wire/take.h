/*
 * take.h - what the newsroom does with an item of copy: keep it, and make or change a story.
 *
 * Runs inside a store_write() job.  The rules, in the order in which they are asked:
 *  1. A cancelled or killed item kills its story, whatever the version; a picture goes from the
 *     stories that show it, under whatever guid copy has named it.  An item that was killed once is
 *     never used again, in any version, even when the kill came first.
 *  2. The same guid, version and status: nothing.
 *  3. A version older than the newest one here: recorded, nothing else.
 *  4. Withheld: recorded; a story made from it is withdrawn, and is back with the version that
 *     releases it, unless somebody else had taken it down.
 *  5. A picture or film goes to the library and to the stories that point at it; a package ties its
 * parts together; what is none of these is recorded.
 *  6. A text with no story becomes one; published when `publish` says so: at once, or at the moment
 *     its embargo ends.  Not published: a draft that nobody can publish before its embargo ends.
 *  7. A newer text becomes the next version of its story, with its reason; under an embargo that is
 *     still to come it is held until then when the story is live, and dropped then when a newer one
 *     has come meanwhile.  A story that waits for its embargo follows it when that moves or is
 *     lifted.
 *     Where the desk has made a version of its own, nothing that it wrote is written over: the
 * newer text waits beside the story until somebody puts it into the copy (news/working.h, 4).
 */
#ifndef WIRE_TAKE_H
#define WIRE_TAKE_H

#include "news/desk.h"
#include "wire/item/item.h"

/* A picture, film or sound that copy points at and that is in the library already. */
struct wire_picture {
    str address; /* as the copy has it; for a picture item's own file too */
    int64_t media;
    enum wire_kind kind;      /* of the file: WIRE_VIDEO, WIRE_AUDIO, else a picture */
    str caption, credit, alt; /* from the file's own metadata */
};

struct wire_taking {
    int64_t raw; /* number of the bytes it came in; 0: a picture, which is its own bytes */
    bool publish;
    bool keep_dates; /* public since the item's own date rather than now */
    const struct wire_picture *pictures;
    size_t picture_count;
};

enum wire_outcome {
    WIRE_DRAFTED,
    WIRE_PUBLISHED,
    WIRE_SCHEDULED,
    WIRE_UPDATED,
    WIRE_CORRECTED,
    WIRE_OFFERED,
    WIRE_MERGED,
    WIRE_LEFT,
    WIRE_HELD,
    WIRE_SAME,
    WIRE_LATE,
    WIRE_KILLED,
    WIRE_KILLED_BEFORE,
    WIRE_KILL_KEPT,
    WIRE_WITHHELD_KEPT,
    WIRE_WITHDRAWN,
    WIRE_PICTURE_KEPT,
    WIRE_FILM_KEPT,
    WIRE_TIED,
    WIRE_RECORDED,
    WIRE_OUTCOMES
};

struct wire_taken {
    enum wire_outcome outcome;
    int64_t story, media; /* 0: none */
    int64_t until;        /* held, scheduled: the moment */
};

err wire_take(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
              struct wire_taken *out, note *why);

/* Take a held item whose moment has come: its number, and the item read again. */
err wire_take_held(struct desk *d, const struct wire_taking *how, int64_t number,
                   const struct wire_item *item, struct wire_taken *out, note *why);

/* "published", "update held"...: what was done, for people and for the row. */
str wire_outcome_word(enum wire_outcome o);

/* The version of an item by which it is kept: the copy's own; where it names none, its date, else
 * "~" and the fingerprint of its words. */
str wire_version_of(arena *a, const struct wire_item *item);

/* The pictures that lay beside an item when it came, by its number. */
err wire_pictures_with(struct desk *d, int64_t number, struct wire_taking *how);

/* --- draft.c --- */

/* The item as a version of a story: section from its subjects, topics, bylines, its pictures. */
err wire_draft(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
               struct draft *out, note *why);

#endif
