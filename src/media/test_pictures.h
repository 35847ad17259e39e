/*
 * test_pictures.h - pictures for tests, made by the test itself.
 */
#ifndef MEDIA_TEST_PICTURES_H
#define MEDIA_TEST_PICTURES_H

#include "base/test.h"
#include "media/picture.h"

struct test_picture {
    int width, height;
    const char *suffix;           /* ".jpg", ".png", ".tif"... */
    int orientation;              /* of EXIF, 1 to 8; 0: says nothing */
    bool grey, see_through, cmyk; /* cmyk: .jpg or .tif */
    int frames;                   /* of a .gif or .webp, one below the other; 0: one */
    struct metadata_blobs metadata;
    int plain; /* 0: a gradient; else one colour 0xRRGGBB */
};

/* Start libvips (once a test) and give the file's bytes. */
str test_picture(struct test *t, struct test_picture p);

/* The `n` bytes of a number, most significant first: for making headers. */
str test_big_endian(struct test *t, uint32_t number, size_t n);

/* IIM dataset 2:`number`. */
str test_dataset(struct test *t, int record, int number, str value);

#endif
