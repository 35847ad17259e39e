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

enum film_kind { NO_FILM, FILM_MP4, FILM_WEBM, SOUND_MP3, SOUND_OGG };

struct film_sniffed {
    enum film_kind kind;
    const char *name;   /* "an MP4 file", "a QuickTime film" */
    const char *format; /* what ffmpeg calls it; NULL when it is NO_FILM */
};

/* A film or sound in a container that browsers play?  Whether it is a film or a sound stands
 * inside (film.h). */
struct film_sniffed film_sniff(str bytes);

#endif
