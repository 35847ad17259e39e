/*
 * beside.h - the files that copy speaks of: pictures, films, sounds and captions that lie beside
 * it.
 *
 * Each is taken into the library once in a run, however many stories name it.  What a path gives
 * lives as long as the run.  Nothing outside the folder that is taken in is ever opened.
 */
#ifndef WIRE_BESIDE_H
#define WIRE_BESIDE_H

#include "media/catalogue.h"
#include "wire/item/item.h"

/* A picture, film or sound that was looked for. */
struct found {
    bool is_there;
    struct media_taken taken;
    struct media_captions *captions; /* that lie beside it */
    size_t caption_count;
    str reason; /* why it was refused */
};

struct beside;

struct beside *beside_new(const struct media_library *library);
void beside_free(struct beside **b);

/* The file with this whole, real name. */
const struct found *beside_look(struct beside *b, const char *real);

/* Where a relative address leads from the copy at `path`, when that is a file below `root`; else
 * NULL. */
const struct found *beside_find(struct beside *b, const char *root, const char *path, str address);

/* The film beside captions: "ferry.webm" beside "ferry.en.vtt"; NULL: none. */
const struct found *beside_film(struct beside *b, const char *captions);

/* Captions that copy names among a film's renditions, in the language that their name says. */
void beside_link_captions(struct beside *b, const struct found *film, const char *root,
                          const char *path, const struct wire_media *m);

/* Is this rendition a file of captions? */
bool is_captions(const struct wire_rendition *r);

/* The whole of a regular file.  E_LIMIT when it is larger than `max`; E_INVALID, E_IO. */
err file_read(arena *a, const char *path, size_t max, str *out, note *why);

#endif
