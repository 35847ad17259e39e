/*
 * decode_inside.h - what decode.c, decode_look.c and negative.c share: libvips's pictures.
 */
#ifndef MEDIA_DECODE_INSIDE_H
#define MEDIA_DECODE_INSIDE_H

#include "media/decode.h"
#include "media/sniff.h"

#include <vips/vips.h>

#define DECODE_DAMAGED "the picture is damaged or cut off"

enum { DECODE_HALVES_MAX = 16 };

struct negative {
    arena *a;
    VipsImage *image; /* 8 bits, sRGB, upright, on white, in memory; its only metadata its rights */
    struct print {
        struct picture_wanted of;
        VipsImage *image;                            /* in memory */
    } prints[DECODE_PRINTS_MAX + DECODE_HALVES_MAX]; /* of width 0: halves to make others of */
    int n, halves;
};

/* Only the loader of this kind: libvips does not choose.  A JPEG can be decoded at a half, a
 * quarter or an eighth. */
int decode_load(enum picture_kind kind, str bytes, int shrink, VipsImage **im);

/* All of it in 8 bits, sRGB, upright, on white: as it is, or a JPEG smaller as long as it is twice
 * as wide as `width`. */
int decode_for(str bytes, int width, VipsImage **im);

/* All of it so, no larger than a square; smaller it stays. */
int decode_within(str bytes, int side, VipsImage **im);

/* What the picture says of itself; lives as long as the image. */
struct metadata_blobs decode_blobs(arena *a, enum picture_kind kind, str bytes, VipsImage *im);

/* The image belongs to the arena from here on. */
VipsImage *decode_hold(arena *a, VipsImage *image);

/* The first line of what libvips says; its log is one for the process. */
err decode_failed(note *why, err e, const char *what);

#endif
