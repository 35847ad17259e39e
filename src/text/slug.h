/*
 * slug.h - the readable tail of a story's address.
 *
 * A slug is made once, from the first published headline, and then never changes: readers keep it
 * in bookmarks.  Pure: no I/O, no globals.
 */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H

#include "base/arena.h"
#include "base/str.h"

enum { SLUG_MAX = 72 }; /* bytes; a longer one is cut after a whole word */

/* Spell a headline as a slug: "Café's 3 rules" -> "cafes-3-rules".  Empty when nothing in it can be
 * spelled in ASCII; the caller then uses the story's number.  The result lives in `a`. */
str slug_make(arena *a, str headline);

/* Could slug_make() have made this?  For paths that come from outside. */
bool slug_ok(str s);

#endif
