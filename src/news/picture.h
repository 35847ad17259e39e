/*
 * picture.h - may a picture leave the house: the gate, asked for everything that shows it.
 *
 * A picture is public while a public story shows it, when it stands at the head of a subject's
 * page, or when it is the paper's logo.  Inside a reading; holds as long as the reading says.
 */
#ifndef NEWS_PICTURE_H
#define NEWS_PICTURE_H

#include "news/reading.h"

/* OK; E_GONE: it was killed, or what showed it was killed or withdrawn; E_MISSING: no such picture,
 * or nothing that this viewer may have shows it (yet). */
err picture_gate(struct reading *r, int64_t media);

#endif
