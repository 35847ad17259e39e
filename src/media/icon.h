/*
 * icon.h - the paper's icon as a picture: a letter in white on the paper's colour (in the
 * darkroom).
 *
 * PNG, square.  Some milliseconds: never on a loop.
 */
#ifndef MEDIA_ICON_H
#define MEDIA_ICON_H

#include "base/err.h"
#include "base/str.h"

enum { ICON_SIZE_MAX = 1024 };

struct icon {
    str letter; /* one character; what no font has is shown as a box */
    str accent; /* "#rrggbb": the ground */
    int size;   /* pixels, 16 to ICON_SIZE_MAX */
    bool whole; /* the ground goes to the edge and the letter stays well within, as others will cut
                   it to a shape of theirs */
};

/* Draw it; the PNG lives in `a`. */
err icon_draw(arena *a, const struct icon *icon, str *png, note *why);

#endif
