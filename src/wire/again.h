/*
 * again.h - an item of copy that was taken in, read once more from the bytes it came in.
 *
 * What the desk looks at before it decides is the item itself, not what a story has become since.
 */
#ifndef WIRE_AGAIN_H
#define WIRE_AGAIN_H

#include "wire/take.h"
#include "wire/wire.h"

enum { WIRE_AGAIN_MAX = 4 << 20 }; /* bytes of a file that is read while somebody waits */

struct wire_again {
    const struct wire_item *item;
    struct draft draft; /* as a story would say it, with the pictures that came with it */
};

/* For reading (d->w may be any connection).  E_MISSING: it did not come in a file of copy (a
 * picture), or is not found in it any more; E_LIMIT: the file is too large for a look. */
err wire_again(struct desk *d, const struct wire_here *here, int64_t number, struct wire_again *out,
               note *why);

#endif
