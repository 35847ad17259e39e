/*
 * crop.h - the shapes in which the theme shows pictures, and which part of a picture stands in
 * each.
 *
 * An editor's crop is a frame over the picture in tenths of a per cent of its width and height.
 * What is cut is the largest part of the frame that has the shape, around the frame's middle.
 * Without a crop it is the largest part of the picture, as its focal point lies (what css/focus.css
 * does in the browser).  Pure.
 */
#ifndef MEDIA_CROP_H
#define MEDIA_CROP_H

#include "base/arena.h"
#include "base/str.h"

/* Wide, 3:2: fronts, cards, lists, galleries, links shown elsewhere.  Square: the small pictures of
 * a list on a telephone, portraits. */
enum shape { SHAPE_WIDE, SHAPE_SQUARE };

enum {
    SHAPES = 2,
    CROP_WHOLE = 1000,    /* all of a side */
    CROP_PART_MIN = 20,   /* of a side */
    CROP_WIDTH_MIN = 320, /* pixels of what is cut: the narrowest width that pages have */
    CROP_WORDS_MAX = 32   /* bytes of crop_words() */
};

const char *shape_name(enum shape shape);         /* "wide", "square" */
bool shape_of(str name, enum shape *shape);       /* false: there is no such shape */
void shape_sides(enum shape shape, int sides[2]); /* 3 and 2 */

/* Tenths of a per cent; width 0: none is set. */
struct crop {
    int left, top, width, height;
};

/* Pixels of the picture as it is seen. */
struct cut {
    int left, top, width, height;
};

/* What is wrong with a crop of a picture of this size. */
enum crop_fault { CROP_GOOD, CROP_OUTSIDE, CROP_TOO_SMALL, CROP_TOO_FEW_PIXELS };
enum crop_fault crop_check(const struct crop *crop, enum shape shape, int width, int height);

/* The part that is cut: within the picture, 1 pixel at least, of the shape as far as whole pixels
 * go.  For a crop that is good. */
struct cut crop_cut(const struct crop *crop, enum shape shape, int width, int height);

/* The same without a crop, by the focal point in per cent. */
struct cut crop_by_focus(int focus_x, int focus_y, enum shape shape, int width, int height);

/* The frame of a cut, to begin with when one is to be drawn. */
struct crop crop_around(const struct cut *cut, int width, int height);

bool crop_same(const struct crop *a, const struct crop *b);

/* "100-0-500-333", as it stands in addresses, names of files and the store; empty: none is set.
 * Reading gives false for whatever crop_words() does not write. */
str crop_words(arena *a, const struct crop *crop);
bool crop_read(str words, struct crop *crop);

/* "wide-100-0-500-333" */
str crop_name(arena *a, enum shape shape, const struct crop *crop);
bool crop_name_read(str name, enum shape *shape, struct crop *crop);

#endif
