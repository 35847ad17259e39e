/*
 * picture.h - look at the bytes of a picture, and make a smaller one of it (libvips).
 *
 * What the bytes are is read from the bytes, never from a name; the dimensions are looked at before
 * anything is decoded.  Any thread, after media_start().  No store, no library of files.
 */
#ifndef MEDIA_PICTURE_H
#define MEDIA_PICTURE_H

#include "base/err.h"
#include "base/str.h"
#include "media/crop.h"
#include "media/metadata.h"

enum {
    PICTURE_BYTES_MAX = 64 << 20,
    PICTURE_PIXELS_MAX = 100 * 1000 * 1000,
    PICTURE_SIDE_MAX = 30000,  /* pixels */
    PICTURE_STRIP_MAX = 50,    /* times as long as it is broad */
    PICTURE_HEIGHT_MAX = 16383 /* of what is made: the limit of WebP */
};

/* Set libvips up for the process: one thread an operation, no caches, no loaders that are not fit
 * for a stranger's files.  Once, before threads start. */
err media_start(note *why);

/* The end of it, after all threads have ended. */
void media_stop(void);

struct picture_facts {
    const char *type;      /* media type, "image/jpeg"; static */
    const char *extension; /* "jpg"; static */
    int width, height;     /* pixels, as it is seen (its orientation applied) */
    bool animated;         /* only the first frame is used */
    char colour[8];        /* "#rrggbb": the mean, for the place that waits for it */
    struct metadata_blobs metadata;
};

/*
 * Look a picture over: its type, its dimensions, then every pixel once.  E_INVALID: not a picture
 * of a kind that is taken (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC), damaged or cut off; E_LIMIT:
 * over one of the limits above.  The facts' metadata live in `a`.
 */
err picture_look(arena *a, str bytes, struct picture_facts *facts, note *why);

enum picture_format { PICTURE_AVIF, PICTURE_WEBP, PICTURE_JPEG };
enum { PICTURE_FORMATS = 3 };

const char *picture_extension(enum picture_format f); /* "avif", "webp", "jpg" */
const char *picture_type(enum picture_format f);      /* "image/avif"... */

/* Which format has this extension?  False for none. */
bool picture_format_of(str extension, enum picture_format *f);

/*
 * Make the picture in the file `original` at most `width` pixels wide (never wider than it is),
 * upright, in sRGB, on white where it is see-through, and write it to `out`: whole or not at all,
 * durable on return.  Private metadata (place, camera, serial numbers) are left out; who made it
 * and what may be done with it are kept, as XMP.  E_INVALID: it cannot be decoded; E_IO: it could
 * not be read or written.
 */
err picture_make(arena *a, const char *original, int width, enum picture_format format,
                 const char *out, note *why);

/* The same of a part alone, `width` pixels wide or as wide as it is.  `cut` lies in the picture as
 * it is seen, which is `whole` pixels wide. */
err picture_make_part(arena *a, const char *original, const struct cut *cut, int whole, int width,
                      enum picture_format format, const char *out, note *why);

#endif
