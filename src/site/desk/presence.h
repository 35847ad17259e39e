/*
 * presence.h - who is in a story at this moment: in memory, of a fixed size, any thread.
 *
 * Whoever has not asked for PRESENCE_S is gone; where there is no room the one longest silent goes.
 */
#ifndef SITE_DESK_PRESENCE_H
#define SITE_DESK_PRESENCE_H

#include "base/arena.h"
#include "base/str.h"

enum { PRESENCE_S = 20, PRESENCE_MAX = 512, PRESENCE_KEY_MAX = 40, PRESENCE_BLOCK_MAX = 16 };

struct presence;
struct presence *presence_new(void);
void presence_free(struct presence **p);

struct present {
    str key, name, here; /* key: of the page in a browser; here: a block, or empty */
    int64_t at;          /* µs UTC */
};

/* `who` is there; *out: all others who are in the story, in `a`. */
void presence_meet(arena *a, struct presence *p, int64_t story, const struct present *who,
                   struct present **out, size_t *n);

#endif
