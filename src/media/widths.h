/*
 * widths.h - in which widths a picture is made, and which of them are there, as bits.
 *
 * The widths are 320 to 2000 pixels as far as the picture is that wide, and its own width where it
 * lies under 2000 and more than a tenth above the next of these.  Pure.
 */
#ifndef MEDIA_WIDTHS_H
#define MEDIA_WIDTHS_H

#include "media/picture.h"

enum { MEDIA_WIDTHS_MAX = 8, MEDIA_FIRST_WIDTH = 1280 };

struct media_widths {
    int v[MEDIA_WIDTHS_MAX]; /* ascending; 1 at least */
    int n;
    int first; /* made as JPEG at once, when the picture is taken in: the widest up to 1280 */
};

struct media_widths media_widths(int width, int height);

/* How high a picture of width x height is at `at` pixels. */
int media_height_at(int width, int height, int at);

/* The bit of one rendition in a `ready` number; 0 when the picture is not made in that width. */
int64_t media_bit(const struct media_widths *w, int width, enum picture_format f);

/* All bits: nothing is left to do. */
int64_t media_all_bits(const struct media_widths *w);

#endif
