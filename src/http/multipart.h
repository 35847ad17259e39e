/*
 * multipart.h - a form with files in it, as multipart/form-data (RFC 7578 on RFC 2046).
 *
 * Strict: the body is parts and nothing before, between or behind them; each part is a field with
 * a name.  What could be read in two ways is refused: filename*, an encoding for the transfer, a
 * header twice.  Nothing is copied but names with escapes in them.  Pure.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    MULTIPART_PARTS_MAX = 64,
    MULTIPART_HEAD_MAX = 4096,  /* bytes of the headers of one part */
    MULTIPART_NAME_MAX = 1024,  /* of a name, of a file's name */
    MULTIPART_BOUNDARY_MAX = 70 /* RFC 2046, section 5.1.1 */
};

struct part {
    str name;
    bool is_file; /* it came with a file's name, be it empty: nothing was chosen */
    str file;     /* as whoever sent it calls it, with no folders before it */
    str type;     /* as said; empty: not said */
    str bytes;    /* in the body */
};

struct multipart {
    struct part *v; /* in the order they came */
    size_t n;
};

/* `type`: the Content-Type of the whole, with its boundary.  E_INVALID: it is no such form;
 * E_LIMIT: over one of the limits above.  The parts live in `a`, their bytes in `body`. */
err multipart_read(arena *a, str type, str body, struct multipart *out, note *why);

/* The first field of this name that is no file; empty when there is none, or it is not UTF-8. */
str multipart_get(const struct multipart *m, str name);

#endif
