/*
 * front_draft.h - a front that is being laid out: changes gather in a draft, which takes the place
 * of what readers have at once, or is dropped.
 *
 * A front has one draft or none, for all who may; the first change makes it, and it is stored as a
 * front of its own to which no address leads.  Whoever changes a slot says how it looked to them,
 * so that an act on what a colleague has changed since does nothing.  For work inside store_write()
 * jobs, but for what only reads or is pure.
 */
#ifndef NEWS_FRONT_DRAFT_H
#define NEWS_FRONT_DRAFT_H

#include "news/front.h"

enum { FRONT_SLOTS_MAX = 30, FRONT_STRIPS_MAX = 20 };

/* How a front stands. */
struct front_facts {
    int64_t front, section;
    int64_t revision;   /* goes up with each change that readers see */
    int64_t changed_at; /* µs UTC; 0: not known */
    str changed_by;     /* empty: at the command line */
    int64_t draft;      /* its number; 0: there is none */
    int64_t drafted_at;
    str drafted_by;
    bool has_moved_on; /* readers got something else since the draft was begun */
};

/* E_MISSING: this section has no front of its own. */
err front_facts_load(arena *a, store_conn *db, int64_t section, struct front_facts *out);

/* The layout of the draft; of the front where there is none. */
err front_facts_layout(arena *a, store_conn *db, const struct front_facts *f,
                       struct front_layout *out);

/* How a slot, and how all of a front, looks: a word that changes with it.  In `a`. */
str front_slot_seen(arena *a, const struct front_slot *slot);
str front_seen(arena *a, const struct front_facts *f, const struct front_layout *layout);

/* The slot with this number, or made from it; NULL. */
struct front_slot *front_slot_of(const struct front_layout *layout, int64_t slot);

/* What is pinned in a place of a slot; NULL. */
struct front_pin *front_pin_in(const struct front_slot *slot, int place);

/* --- one change of a layout --- */

enum front_verb {
    FRONT_ADD,   /* one more slot, last */
    FRONT_SET,   /* another kind, size, section, title; pins that have no place any more go */
    FRONT_DROP,  /* take a slot away */
    FRONT_SHIFT, /* to another position */
    FRONT_PIN,   /* a story into a place, from wherever else it is pinned */
    FRONT_UNPIN, /* let the rule choose */
    FRONT_CARRY, /* what is pinned in a place, or the story that stands there by rule, to another;
                    what is pinned there comes here */
};

struct front_change {
    enum front_verb verb;
    int64_t slot;         /* of all but ADD */
    str seen;             /* front_slot_seen() as whoever does it knows it; empty: however it is */
    struct front_slot as; /* ADD, SET: kind, section, size, sections, title */
    int to;               /* SHIFT: the position, from 1 on; CARRY: the place */
    int64_t to_slot;      /* CARRY */
    struct front_pin pin; /* PIN: all of it; UNPIN, CARRY: its place; CARRY by rule: its story */
};

/* Change a layout; pure, what is new lives in `a`.  E_CONFLICT: the slot is not there any more or
 * not as it was seen; E_MISSING: nothing is pinned there; E_INVALID: it cannot be so. */
err front_plan(arena *a, struct front_layout *layout, const struct front_change *c, note *why);

/* --- jobs --- */

struct front_desk {
    arena *a;
    store_conn *w;
    int64_t section;
    str who;
};

/* Change the draft, which is made when there is none.  As front_plan(); E_MISSING also where there
 * is no such story or picture. */
err front_draft_change(const struct front_desk *d, const struct front_change *c, note *why);

/* Let readers have the draft, or forget it; `was` and `is`: the layouts before and after (may be
 * NULL).  E_MISSING: there is none; E_CONFLICT: front and draft are not as they were seen
 * (front_seen(); empty: however they are). */
err front_draft_launch(const struct front_desk *d, str seen, struct front_layout *was,
                       struct front_layout *is, note *why);
err front_draft_drop(const struct front_desk *d, str seen, note *why);

#endif
