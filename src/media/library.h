/*
 * library.h - pictures, films and sounds on disk: DATA/media/AB/FINGERPRINT/original.EXT and
 * w640.avif, wide-0-125-1000-667-w640.avif (crop.h) beside it; of a film poster.jpg too, from which
 * its widths are made.
 *
 * A picture's bytes are its name, so the same picture is kept once.  Files are written whole or not
 * at all and never change.  The original never leaves the house (it may say where somebody lives):
 * when it is taken in, one JPEG is made at once, so that a page can show it; the other widths are
 * made in the background (maker.h).
 */
#ifndef MEDIA_LIBRARY_H
#define MEDIA_LIBRARY_H

#include "media/film.h"
#include "media/widths.h"

struct media_library {
    const char *folder;
};

/* The library in the folder DATA/media, made when it is new.  Lives in `a`. */
err media_library_open(arena *a, const char *data_folder, struct media_library *library, note *why);

/* A picture, film or sound that is in the library but perhaps not in the store yet. */
struct media_taken {
    str fingerprint;
    struct picture_facts facts; /* of a film: its poster's, but type and extension its own */
    bool is_film;               /* or a sound */
    struct film_facts film;
    struct media_words words;
    str file;      /* what the file was called where it came from; empty: nobody said */
    int64_t size;  /* bytes of the original */
    int64_t ready; /* which renditions are there: the first JPEG at least */
};

/* What may be taken in, in bytes. */
enum { MEDIA_BYTES_MAX = FILM_BYTES_MAX };

/* Take a picture, film or sound in: looked over, kept, its first JPEG made; durable on return.
 * Errors as picture_look() and film_look(), E_IO when it could not be written.  Tenths of a second:
 * never on a loop, never inside store_write().  Lives in `a`. */
err media_take(arena *a, const struct media_library *library, str bytes, struct media_taken *taken,
               note *why);

/* Which renditions are there, as bits. */
int64_t media_on_disk(arena *a, const struct media_library *library, str fingerprint,
                      const struct media_widths *widths);

/* Where a rendition lies, and the original ("jpg": facts.extension).  The path lives in `a`. */
const char *media_path(arena *a, const struct media_library *library, str fingerprint, int width,
                       enum picture_format f);
const char *media_crop_path(arena *a, const struct media_library *library, str fingerprint,
                            enum shape shape, const struct crop *crop, int width,
                            enum picture_format f);
const char *media_original_path(arena *a, const struct media_library *library, str fingerprint,
                                str extension);

/* Unlink what was made of crops that are no more: `crops` has the one of each shape, if any.  How
 * many files. */
size_t media_crops_sweep(arena *a, const struct media_library *library, str fingerprint,
                         const struct crop crops[SHAPES]);

/* What its widths are made from: the picture itself, or a film's poster. */
const char *media_picture_path(arena *a, const struct media_library *library, str fingerprint,
                               str type, str extension);

#endif
