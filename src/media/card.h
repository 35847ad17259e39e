/*
 * card.h - the picture that stands for a page that has none, where a link to it is shown: a
 * headline in the paper's own letters and colour (in the darkroom).
 *
 * 1200 x 630 pixels, PNG.  Tens of milliseconds: never on a loop.  Letters of a script that no
 * installed font has are shown as boxes.
 */
#ifndef MEDIA_CARD_H
#define MEDIA_CARD_H

#include "base/err.h"
#include "base/str.h"

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630 };

struct card_words {
    str kicker;   /* above: the section, or empty */
    str headline; /* cut when it is very long */
    str foot;     /* below: the paper */
    str accent;   /* "#rrggbb" */
};

/* Draw it; the PNG lives in `a`. */
err card_draw(arena *a, const struct card_words *words, str *png, note *why);

#endif
