/*
 * door.h - what all doors for machines have in common: a reading through their own outlet, whole
 * addresses, names that last, pictures as files.
 *
 * Addresses come from the paper's setting `address`, never from what the asker calls us. Everything
 * lives in the request's arena.
 */
#ifndef SITE_API_DOOR_H
#define SITE_API_DOOR_H

#include "news/story.h"
#include "site/show.h"
#include "text/write_feed.h"

struct door {
    struct request *rq;
    const struct site *site;
    arena *a;
    struct reading r;
    struct paper paper;
};

/* Begin a reading through this outlet; door_reply() ends it. */
err door_open(struct request *rq, enum outlet outlet, struct door *d);

/* Reply with 200 and keep it.  E_LIMIT when the buf went over its ceiling. */
err door_reply(struct door *d, str type, const buf *out, const struct header *headers, size_t n);

/* A path of ours as a whole address. */
str door_address(const struct door *d, str path);

/* "tag:www.example.org,2026:story/12" (RFC 4151): stays when the address changes. */
str door_name(const struct door *d, const char *what, int64_t id);

/* A moment as RFC 3339 in the paper's zone, without the fraction. */
str door_moment(const struct door *d, int64_t at);

/* When readers last saw it change: not before it was public. */
int64_t door_changed(const struct card *c);

/* A picture of the library as one JPEG. */
struct door_picture {
    int64_t id;
    str url, type, alt, caption, credit;
    int width, height;
    int64_t bytes;
};

/* The widest there is up to `most` pixels; false when it may not be shown or is not there. */
bool door_picture(struct door *d, int64_t media, int most, struct door_picture *out);

/* A story's main picture, with what the story says of it. */
bool door_hero(struct door *d, const struct story *s, int most, struct door_picture *out);

/* A film or sound of the library. */
struct door_film {
    str url, type;
    int64_t bytes, duration_ms;
};

/* The first film or sound that a story shows, else the film that leads it; false: none. */
bool door_film(struct door *d, const struct story *s, struct door_film *out);

/* Is this a film (or a sound) of the library? */
bool door_is_film(struct door *d, int64_t media);

/* What the body's writers ask for, with whole addresses; `of` is the door. */
struct feed_writer door_writer(struct door *d);

/* By whom: the authors' names, or the byline. */
str door_byline(struct door *d, const struct story *s);

/* "before" as a moment, TIME_NEVER without; E_INVALID for anything but a positive number. */
err door_before(struct request *rq, int64_t *before);

#endif
