/*
 * picture.h - look at the bytes of a picture, and make a smaller one of it.
 *
 * What the bytes are is read from the bytes, never from a name; the dimensions are looked at before
 * anything is decoded.  It is decoded in the darkroom (darkroom.h), so a picture that breaks its
 * decoder is refused as any other that cannot be read.  Any thread.  No store, no library of files.
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
    PICTURE_SIDE_MAX = 30000,   /* pixels */
    PICTURE_STRIP_MAX = 50,     /* times as long as it is broad */
    PICTURE_HEIGHT_MAX = 16383, /* of what is made: the limit of WebP */
    PICTURE_WANTED_MAX = 48     /* made of a picture at once */
};

struct picture_facts {
    const char *type;      /* media type, "image/jpeg"; static */
    const char *extension; /* "jpg"; static */
    int width, height;     /* pixels, as it is seen (its orientation applied) */
    bool animated;         /* only the first frame is used */
    char colour[8];        /* "#rrggbb": the mean, for the place that waits for it */
    struct media_words words;
};

/*
 * Look a picture over: its type, its dimensions, then every pixel once.  E_INVALID: not a picture
 * of a kind that is taken (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC), damaged or cut off; E_LIMIT:
 * over one of the limits above, or of the darkroom's; E_IO.  The facts' words live in `a`.
 */
err picture_look(arena *a, str bytes, struct picture_facts *facts, note *why);

/* The same, and the first JPEG of it as picture_make() makes it, in the width that widths.h calls
 * the first: at once, for a picture that is taken in.  It lives as long as what is in `a`. */
err picture_develop(arena *a, str bytes, struct picture_facts *facts, str *first, note *why);

enum picture_format { PICTURE_AVIF, PICTURE_WEBP, PICTURE_JPEG };
enum { PICTURE_FORMATS = 3 };

const char *picture_extension(enum picture_format f); /* "avif", "webp", "jpg" */
const char *picture_type(enum picture_format f);      /* "image/avif"... */

/* Is it too large, or of no size at all?  E_LIMIT, E_INVALID. */
err picture_size_check(int width, int height, note *why);

/* Which format has this extension?  False for none. */
bool picture_format_of(str extension, enum picture_format *f);

/* What is to be made: all of it, or where `whole` is not 0 a part alone, `width` pixels wide or as
 * wide as it is.  `cut` lies in the picture as it is seen, which is `whole` pixels wide. */
struct picture_wanted {
    int width;
    enum picture_format format;
    int whole;
    struct cut cut;
};

/* What of it goes where. */
struct picture_rendition {
    struct picture_wanted wanted;
    const char *out; /* file */
};

/*
 * Make of the picture in the file `original` what the `n` (PICTURE_WANTED_MAX at most) renditions
 * say, each at most `wanted.width` pixels wide (never wider than it is), upright, in sRGB, on white
 * where it is see-through, and write it to `out`: whole or not at all, durable.  It is decoded once
 * for all of them; the widest first takes least.  Private metadata (place, camera, serial numbers)
 * are left out; who made it and what may be done with it are kept, as XMP.  `made` is called after
 * each, and says whether to go on; what was made stays, whatever comes later.  E_INVALID: it cannot
 * be decoded; E_LIMIT: that takes too much; E_IO: it could not be read or written; E_BUSY: `made`
 * said no.
 */
err picture_make(arena *a, const char *original, const struct picture_rendition *v, int n,
                 bool (*made)(void *of, int i), void *of, note *why);

#endif
