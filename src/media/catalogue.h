/*
 * catalogue.h - what the store knows of each picture, and which file answers a request for one.
 *
 * A change of a picture adds an event with its tag, so that pages which show it are drawn anew.
 */
#ifndef MEDIA_CATALOGUE_H
#define MEDIA_CATALOGUE_H

#include "media/library.h"
#include "store/store.h"

enum media_state { MEDIA_WAITING, MEDIA_MADE, MEDIA_FAILED };

struct media {
    int64_t id;
    str fingerprint, type, extension;
    str file; /* what it was called where it came from; empty: nobody said */
    int width, height;
    str colour; /* "#rrggbb" */
    struct media_words words;
    int focus_x, focus_y; /* per cent of width and height: what must stay when it is cropped */
    int64_t ready;        /* bits, see widths.h */
    struct media_crop {
        struct crop at;
        int64_t ready; /* bits, by the widths of what is cut */
    } crops[SHAPES];
    enum media_state state;
};

/* Enter a picture, inside a store_write() job, and give its id; the same picture again gives the
 * same id and changes nothing.  Adds media_received when it is new. */
err media_add(arena *a, store_conn *w, const struct media_taken *taken, int64_t *id, note *why);

/* What a page needs of a film or sound. */
struct media_film {
    str type, address; /* "/media/7/film.mp4" */
    int64_t size, duration_ms;
    bool is_sound;
};
err media_film(arena *a, store_conn *c, int64_t id, struct media_film *film);

/* Captions of a film as they are kept: WebVTT of our own writing. */
struct media_captions {
    str language; /* BCP 47; empty: the paper's */
    str vtt;
};
struct media_captions_all {
    struct media_captions *v;
    size_t n;
};
err media_captions(arena *a, store_conn *c, int64_t id, struct media_captions_all *all);

/* Give a film captions in a language, instead of those that it had.  Inside a store_write() job;
 * adds media_ready when that changes something. */
err media_caption(arena *a, store_conn *w, int64_t id, const struct media_captions *captions,
                  note *why);

/* A picture by its id; E_MISSING.  Tags what it loads. */
err media_find(arena *a, store_conn *c, int64_t id, struct media *m);

/* The same with what a page shows and nothing else: number, type, size, colour, caption, credit,
 * alt, focal point and what is ready.  E_MISSING also for a picture that was killed. */
err media_shown(arena *a, store_conn *c, int64_t id, struct media *m);

/* More renditions are there, or all of them, or no more can be made (`reason` says why).  Those of
 * a crop count only while it is still the one of the picture; if it is not, there is more to make.
 * Inside a store_write() job; adds media_ready or media_failed. */
struct media_made {
    int64_t id, ready; /* more bits */
    struct media_crop crops[SHAPES];
    enum media_state state;
    str reason;
};
err media_ready_add(arena *a, store_conn *w, const struct media_made *made, note *why);

/* What is cut for a shape: by its crop, else by its focal point. */
struct cut media_cut(const struct media *m, enum shape shape);

/* Is there a crop of that shape with a JPEG that pages can show? */
bool media_has_crop(const struct media *m, enum shape shape);

/* Set what stands for it in a shape, or take that away (width 0).  Inside a store_write() job; adds
 * media_changed.  Its renditions are made in the background. */
err media_crop_set(arena *a, store_conn *w, int64_t id, enum shape shape, const struct crop *crop,
                   note *why);

/* As they are kept: cleaned, cut to their lengths, keywords one a line. */
struct media_words media_words_clean(arena *a, const struct media_words *words);

/* Say of m->id what m->words has (headline, caption, byline, credit, copyright, alt, keywords), and
 * where its focal point is.  Inside a store_write() job; adds media_changed. */
err media_change(arena *a, store_conn *w, const struct media *m, note *why);

/* It must never be shown again, anywhere.  Inside a store_write() job; adds media_killed, so that
 * pages which show it go. */
err media_kill(arena *a, store_conn *w, int64_t id, note *why);

/* The pictures whose renditions are not all made, oldest first. */
struct media_ids {
    int64_t *v;
    size_t n;
};
err media_waiting(arena *a, store_conn *c, struct media_ids *ids);

struct media_file {
    const char *path;
    const char *type; /* media type of what the file holds */
    bool as_asked;    /* it will never be another; else keep it for a minute at most */
};

/* The file for GET /media/{id}/film.{ext}: a film or sound as it came.  E_MISSING for any other
 * extension, and for pictures. */
err media_film_file(arena *a, const struct media_library *library, const struct media *m,
                    str extension, struct media_file *file);

/* The file for GET /media/{id}/{crop}/{width}.{ext}.  E_GONE: that is no crop of it, but may have
 * been one; E_MISSING: it is not there (yet). */
err media_crop_file(arena *a, const struct media_library *library, const struct media *m,
                    enum shape shape, const struct crop *crop, int width, enum picture_format f,
                    struct media_file *file);

/* The file for GET /media/{id}/{width}.{ext}: what was asked for, or the widest JPEG not wider that
 * is ready while that is still to be made.  E_MISSING when the picture is not made in that width
 * at all. */
err media_file_for(arena *a, const struct media_library *library, const struct media *m, int width,
                   enum picture_format f, struct media_file *file);

#endif
