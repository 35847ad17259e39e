/*
 * srcset.h - what a page needs for <picture>: the renditions that are ready, as srcset texts.
 *
 * Addresses are /media/{id}/{width}.{ext}, of a crop /media/{id}/{crop}/{width}.{ext}.  Pure.
 */
#ifndef MEDIA_SRCSET_H
#define MEDIA_SRCSET_H

#include "media/catalogue.h"

struct media_source {
    const char *type; /* "image/avif" */
    str srcset;       /* "/media/7/320.avif 320w, /media/7/640.avif 640w" */
};

struct media_sources {
    struct media_source v[PICTURE_FORMATS - 1]; /* AVIF, then WebP; those with anything ready */
    int n;
    str srcset;        /* the JPEGs, for <img srcset> */
    str src;           /* for <img src>: the widest ready JPEG up to 1280 */
    int width, height; /* for <img width height>: the picture's own */
    str colour;        /* "#rrggbb" while it loads */
};

/* `sizes` is the page's own affair: it knows its columns.  Texts live in `a`. */
struct media_sources media_sources(arena *a, const struct media *m);

/* The same of what an editor has cropped for a shape; media_has_crop() must be true. */
struct media_sources media_crop_sources(arena *a, const struct media *m, enum shape shape);

/* Where what was cut by a crop of another day is now: the widest JPEG of that shape up to `width`,
 * or of the whole picture where it has no crop any more. */
str media_crop_moved(arena *a, const struct media *m, enum shape shape, int width);

/* The same of one small file alone, the narrowest that is ready, as WebP if there is one. */
struct media_sources media_smallest(arena *a, const struct media *m);

/* The address of one rendition: for feeds, og:image, structured data. */
str media_address(arena *a, int64_t id, int width, enum picture_format f);

#endif
