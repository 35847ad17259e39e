/*
 * front.h - a front page: slots in an order that is kept in the store, filled by editors and rule.
 *
 * A story stands once on a front.  What an editor has pinned comes first, as long as the pin's time
 * lasts and the gate lets the story through; all other places are filled by the rule of their slot,
 * from the top down, in one pass over cards that were loaded together: the number of statements
 * does not depend on how many slots there are.  A picture is shown once, too.
 */
#ifndef NEWS_FRONT_H
#define NEWS_FRONT_H

#include "news/story.h"

/* What a slot is for: its word in the store, how many stories at most, what the rule puts there. */
#define SLOT_KIND_LINES(X)                                                                         \
    X(lead, 3, "the most weighty story with a picture, and what stands under it")                  \
    X(second, 6, "the next in weight, beside the lead")                                            \
    X(latest, 12, "the newest, as headlines")                                                      \
    X(live, 1, "the running story, when there is one")                                             \
    X(opinion, 6, "the newest of the sections that are opinion")                                   \
    X(rail, 8, "a strip of the newest of one section")                                             \
    X(rails, 8, "a strip for each section that has none yet, in the order of the menu")            \
    X(picture, 1, "the newest picture that has not been shown, large")                             \
    X(most_read, 10, "what is most read of all but the first stories")

#define SLOT_KIND_ENUM(word, most, about) SLOT_##word,
enum slot_kind { SLOT_KIND_LINES(SLOT_KIND_ENUM) SLOT_KINDS };

/* The word of a kind; the kind of a word, SLOT_KINDS when it is none. */
const char *slot_word(enum slot_kind kind);
const char *slot_about(enum slot_kind kind);
enum slot_kind slot_kind_of(str word);

enum { MOST_READ_LEAST = 3 /* fewer are not shown */ };
int slot_most(enum slot_kind kind);

/* May an editor put stories into it?  `rails` are given a section, and `live` fills itself. */
bool slot_takes_pins(enum slot_kind kind);

/* A story that an editor has put into a place of a slot. */
struct front_pin {
    int place;            /* 1 is the first */
    int64_t story;        /* number */
    int64_t until_at;     /* µs UTC; TIME_NEVER */
    str headline, kicker; /* empty: the story's own */
    int64_t picture;      /* media id; 0: the story's own */
};

struct front_slot {
    int64_t id, was; /* was: of a draft, the slot that it was made from; 0 */
    int position;
    enum slot_kind kind;
    int64_t section;    /* of a rail; 0 */
    int size, sections; /* stories in it; strips of `rails` (0: all that are left) */
    str title;          /* empty: what its kind is called */
    struct front_pin *pins;
    size_t pin_count;
};

struct front_layout {
    int64_t id, section; /* section 0: the paper's own front */
    struct front_slot *slots;
    size_t n;
};

/* What may stand on a front: cards that the gate has let through. */
struct front_stock {
    struct cards pinned;
    struct cards latest;      /* newest first */
    struct cards of_sections; /* of each section the newest first */
    struct cards read;        /* most read first */
    struct cards running;     /* covered now, what began last first */
};

/* A slot with what stands in it; a strip of one section is a block of its own. */
struct front_block {
    enum slot_kind kind;
    int64_t slot, section; /* section: of a strip; 0 */
    str title;
    struct cards cards; /* as they are shown here: with the pin's headline, kicker and picture */
    int *places;        /* of each card, from 1 on */
};

struct front {
    struct front_block *blocks; /* none is empty */
    size_t n;
    struct cards running; /* covered now: of this section, or anywhere */
};

/* Fill the slots; pure.  Everything lives in `a`. */
void front_choose(arena *a, const struct paper *paper, const struct front_layout *layout,
                  const struct front_stock *stock, int64_t now, struct front *out);

/* The layout of a section's front, or with 0 of the paper's own; E_MISSING: it has none. */
err front_layout_load(arena *a, store_conn *db, int64_t section, struct front_layout *out);

/* The same by the number of the front, or of a draft of it. */
err front_layout_of(arena *a, store_conn *db, int64_t front, int64_t section,
                    struct front_layout *out);

/* What stands in a layout for this viewer now: four statements.  Holds until the next pin ends. */
err front_look(struct reading *r, const struct paper *paper, const struct front_layout *layout,
               struct front *out);

/* The front as this viewer sees it now: seven statements.  Holds until the next pin ends.
 * E_MISSING: this section has no front of its own. */
err front_load(struct reading *r, const struct paper *paper, int64_t section, struct front *out);

/* --- editing (front_edit.c): inside store_write() jobs, each with one event --- */

/* A place on a front: the slot's position, and the place in it, from 1 on. */
struct front_place {
    int64_t section; /* 0: the paper's own front */
    int slot, place;
};

/* Put a story there until a moment (TIME_NEVER: until somebody takes it away). */
err front_pin(arena *a, store_conn *w, const struct front_place *at, int64_t story,
              int64_t until_at, note *why);
err front_unpin(arena *a, store_conn *w, const struct front_place *at, note *why);

/* Call the story that is pinned there something else, there alone.  NULL p: unchanged; empty: as
 * the story says.  picture: media id, 0: the story's own, -1: unchanged. */
struct front_words {
    str headline, kicker;
    int64_t picture;
};
err front_reword(arena *a, store_conn *w, const struct front_place *at,
                 const struct front_words *words, note *why);

/* Is it one line of text, short enough for a headline or a kicker? */
enum { FRONT_WORDS_MAX = 400 /* bytes */ };
err front_check_words(str s, note *why);

/* Give a section a front of its own, or make it a list again. */
err front_make(arena *a, store_conn *w, int64_t section, note *why);
err front_unmake(arena *a, store_conn *w, int64_t section, note *why);

#endif
