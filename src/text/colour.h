/*
 * colour.h - colours as people write them, and whether words in them can be read.
 *
 * Contrast as in WCAG 2.2: 1 for the same colour twice, 21 for black on white; words need 4.5.
 */
#ifndef TEXT_COLOUR_H
#define TEXT_COLOUR_H

#include "base/arena.h"
#include "base/str.h"

struct colour {
    uint8_t red, green, blue;
};

/* "#rrggbb"; false for anything else. */
bool colour_read(str s, struct colour *out);

/* "#rrggbb", in `a`. */
str colour_write(arena *a, struct colour c);

double colour_contrast(struct colour x, struct colour y);

/* The colour, with as much white as it needs to be read on `ground`, which is dark. */
struct colour colour_lightened(struct colour c, struct colour ground, double contrast);

/* Black or white, whichever is read better on `ground`: 4.5 at least, whatever that is. */
struct colour colour_ink_on(struct colour ground);

#endif
