/*
 * front.h - what the pages of the front editor share: one front, its draft, and what stands in it
 * now for readers.
 */
#ifndef SITE_DESK_FRONT_H
#define SITE_DESK_FRONT_H

#include "site/desk/desk.h"
#include "staff/fronts.h"
#include "text/slug.h"

struct desk_front {
    struct desk_page p;
    const struct section *section; /* NULL: the paper's own front */
    str slug, name;                /* slug: empty for the paper's own */
    struct front_facts facts;
    struct front_layout layout; /* of the draft; of the front where there is none */
    struct front shown;         /* the same, filled as readers would see it */
};

/* Begin a page about the front of a section (empty: the paper's own).  E_MISSING: there is none. */
err desk_front_begin(struct request *rq, str slug, struct desk_front *f);

/* "/desk/front" and the like, of this front. */
str desk_front_address(const struct desk_front *f, const char *path);

/* What a slot is called. */
str desk_slot_name(const struct desk_page *p, const struct front_slot *slot);

/* The kinds that a slot of this front can be of. */
void desk_slot_kinds(const struct desk_front *f, enum slot_kind chosen,
                     const struct view_choice **out, size_t *n);

/* The front, with the slot that is in hand (0: none) open, and why nothing was done (NULL: 200). */
err desk_front_again(struct request *rq, str slug, int64_t open, const char *wrong);

/* The page of a place, with what was typed there and why it was not done. */
err desk_front_place_again(struct request *rq, const struct front_change *typed, const char *wrong);

#endif
