/*
 * byline.h - what stands around the text in plain copy: datelines before it, credits behind
 * captions.
 *
 * (Bylines themselves are taken apart by wire_add_byline() in build.h.)  Results point into what
 * was given, or live in the arena.
 */
#ifndef WIRE_BYLINE_H
#define WIRE_BYLINE_H

#include "base/arena.h"
#include "base/str.h"

/* "LONDON (AP) — Ministers met" -> "LONDON" and "Ministers met".  False, nothing touched: the
 * paragraph starts without a dateline. */
bool wire_take_dateline(arena *a, str *paragraph, str *dateline);

/* "The harbour at dusk (Joss Tarrant/PA)" -> "The harbour at dusk" and "Joss Tarrant/PA"; also
 * "Photo: Joss Tarrant" and "© PA" at the end.  False, nothing touched: it names no source. */
bool wire_take_credit(str *caption, str *credit);

#endif
