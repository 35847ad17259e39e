/*
 * maker.h - one thread of low priority that makes the widths of pictures, never a reader's request.
 *
 * For each picture first JPEG and WebP in all widths, then AVIF, which takes longest; all pictures
 * get the first before any gets the second.  Each half ends with an event media_ready, so pages
 * show more widths as they come.  A picture that cannot be made is marked as failed, once; its
 * first JPEG stays in use.
 */
#ifndef MEDIA_MAKER_H
#define MEDIA_MAKER_H

#include "media/catalogue.h"

struct media_maker;

/* Start with what an earlier run left unfinished.  `library` must outlive it; stop it before
 * store_close(). */
err media_maker_start(const struct media_library *library, store *s, struct media_maker **maker,
                      note *why);

/* Make this picture too: for the follower of media_received.  Any thread; returns at once. */
void media_maker_add(struct media_maker *maker, int64_t id);

/* How many wait, the one at hand included.  Any thread. */
size_t media_maker_waiting(struct media_maker *maker);

/* Wait until nothing is left to make. */
void media_maker_finish(struct media_maker *maker);

/* End after the rendition in hand; *maker becomes NULL.  NULL is fine. */
void media_maker_stop(struct media_maker **maker);

#endif
