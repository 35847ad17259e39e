/*
 * picture.h - what staff do to pictures, each with its line in the log.
 *
 * For work inside a store_write() job.
 */
#ifndef STAFF_PICTURE_H
#define STAFF_PICTURE_H

#include "media/catalogue.h"
#include "staff/staff.h"

/* Enter what was taken in and give its id; one that is here already is given as it is.  E_GONE: it
 * was killed, and must never be used again. */
err staff_picture_take(struct staff_work *k, const struct media_taken *taken, int64_t *id,
                       note *why);

/* What is said of a picture now, in a word that changes with it.  In `a`. */
str staff_picture_seen(arena *a, const struct media *m);

/* As media_crop_set().  E_CONFLICT: its crop of that shape is not `was`; E_GONE: it was killed. */
struct picture_crop {
    int64_t media;
    enum shape shape;
    struct crop was, to; /* width 0: none */
};
err staff_picture_crop(struct staff_work *k, const struct picture_crop *c, note *why);

/* As media_change().  E_CONFLICT: it is not as it was `seen`; E_GONE: it was killed. */
struct picture_change {
    struct media to; /* id, words, focal point */
    str seen;
};
err staff_picture_change(struct staff_work *k, const struct picture_change *c, note *why);

#endif
