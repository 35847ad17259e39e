/*
 * decode.h - pictures by libvips, in the process that asks: for the darkroom alone (darkroom.h).
 */
#ifndef MEDIA_DECODE_H
#define MEDIA_DECODE_H

#include "media/picture.h"

/* Set libvips up for the process: one thread an operation, no caches, no loaders that are not fit
 * for a stranger's files, no code made while it runs.  Once, before threads start. */
err decode_start(note *why);

/* The end of it, after all threads have ended. */
void decode_stop(void);

/* What picture_look() tells but the words, which stand in `blobs`, and the JPEG of
 * picture_develop() unless `first` is NULL.  These live in `a`. */
err decode_look(arena *a, str bytes, struct picture_facts *facts, struct metadata_blobs *blobs,
                str *first, note *why);

/* A picture that is decoded once for all that is wanted of it, in memory: 300 MB at the most. Lives
 * in `a`, as do its prints.  E_INVALID. */
struct negative;
enum { DECODE_PRINTS_MAX = PICTURE_WANTED_MAX };
err negative_new(arena *a, str bytes, const struct picture_wanted *wanted, int n,
                 struct negative **out, note *why);

/* One of what was wanted, as picture_make() writes it.  The widest first: the narrow ones are then
 * made from those that are twice as wide, which takes less.  E_INVALID. */
err negative_print(struct negative *negative, const struct picture_wanted *wanted, str *out,
                   note *why);

#endif
