/*
 * film.h - look at the bytes of a film or a sound (ffprobe and ffmpeg, each in a child of its own).
 *
 * Films and sounds are kept and sent as they came, so only what browsers play is taken; whether
 * a file is whole is looked at packet by packet, and some of it is decoded.  No store.  Any thread,
 * never a loop: tenths of a second.
 */
#ifndef MEDIA_FILM_H
#define MEDIA_FILM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    FILM_BYTES_MAX = 256 << 20,
    FILM_SIDE_MAX = 4096,          /* pixels */
    FILM_PIXELS_MAX = 4096 * 2304, /* of a picture */
    FILM_DURATION_MAX_S = 4 * 3600,
    FILM_POSTER_MAX = 16 << 20,
};

struct film_facts {
    const char *type, *extension; /* "video/mp4", "mp4"; static */
    bool is_sound;                /* nothing to see but, at most, a cover */
    int width, height;            /* as the container says; 0: sound */
    int64_t duration_ms;          /* 1.. */
    str codecs;                   /* "vp8, opus" */
    str title;                    /* as the file says, or empty */
};

/* Look over the file at `path`, whose first bytes (4 KiB are plenty) are `head`.  E_INVALID: not
 * playable in browsers, damaged or cut off, or it says where it was taken; E_LIMIT: over one of
 * the limits above; E_MISSING: ffprobe or ffmpeg is not installed.  Facts live in `a`. */
err film_look(arena *a, const char *path, str head, struct film_facts *facts, note *why);

/* One picture of it, some way in, as the bytes of a JPEG, upright.  E_INVALID: it cannot be
 * decoded. */
err film_poster(arena *a, const char *path, str head, const struct film_facts *facts, str *jpeg,
                note *why);

/* Is a media type that of a film, or of a sound? */
bool film_type_is_film(str type);
bool film_type_is_sound(str type);

/* "1:24", "1:02:03" */
str film_clock(arena *a, int64_t duration_ms);

/* "PT1M24S" (ISO 8601) */
str film_duration_iso(arena *a, int64_t duration_ms);

#endif
