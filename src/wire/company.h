/*
 * company.h - the pictures, films and sounds that an item of copy names and that lie beside it.
 *
 * They are looked for outside of a transaction (that reads and measures them), and go to the
 * library inside of one.
 */
#ifndef WIRE_COMPANY_H
#define WIRE_COMPANY_H

#include "wire/beside.h"
#include "wire/take.h"

struct company {
    const struct found **pictures; /* beside their addresses */
    str *addresses;
    size_t n;
};

/* What lies below `root` beside the copy at `path`; of several renditions of one medium the best.
 */
struct company company_find(arena *a, struct beside *b, const struct wire_item *item,
                            const char *root, const char *path);

/* That one alone, under this address. */
struct company company_of_one(arena *a, const struct found *f, str address);

/* Into the library: inside a job. */
err company_add(struct desk *d, const struct company *c, struct wire_taking *how, note *why);

enum wire_kind company_kind(const struct media_taken *taken);

#endif
