/*
 * paint.h - cards and icons by libvips and Pango, in the process that asks: for the darkroom alone
 * (darkroom.h).  After decode_start().
 */
#ifndef MEDIA_PAINT_H
#define MEDIA_PAINT_H

#include "media/card.h"
#include "media/icon.h"

/* What card_draw() and icon_draw() give.  The PNG lives in `a`. */
err paint_card(arena *a, const struct card_words *words, str *png, note *why);
err paint_icon(arena *a, const struct icon *icon, str *png, note *why);

#endif
