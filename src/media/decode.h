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

/* What picture_look() tells but the words, which stand in `blobs`.  These live in `a`. */
err decode_look(arena *a, str bytes, struct picture_facts *facts, struct metadata_blobs *blobs,
                note *why);

/* What picture_make() writes.  It lives in `a`. */
err decode_make(arena *a, str bytes, const struct picture_wanted *wanted, str *out, note *why);

#endif
