/*
 * sniff.h - what kind of file are these bytes?  From the first of them, never from a name.  Pure.
 */
#ifndef MEDIA_SNIFF_H
#define MEDIA_SNIFF_H

#include "base/str.h"

enum picture_kind {
    NO_PICTURE,
    KIND_JPEG,
    KIND_PNG,
    KIND_WEBP,
    KIND_GIF,
    KIND_TIFF,
    KIND_AVIF,
    KIND_HEIC
};

struct picture_sniffed {
    enum picture_kind kind;
    const char *name;             /* "a JPEG file", "an SVG file", "a file of an unknown kind" */
    const char *type, *extension; /* NULL when it is NO_PICTURE */
};

struct picture_sniffed picture_sniff(str bytes);

#endif
