/*
 * wire.h - copy in: which dialect, which items.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "text/zone.h"
#include "wire/item/item.h"

/* When and where copy is read: what a date without a year, or a time without a zone, means. */
struct wire_here {
    int64_t now;             /* µs UTC */
    const struct zone *zone; /* the paper's; NULL: UTC */
};

/* Find the dialect by looking at the bytes; the name only breaks ties.  WIRE_UNKNOWN: none of ours.
 */
enum wire_dialect wire_sniff(str bytes, str file_name);

/* "NewsML-G2", "NITF"... for people; never empty. */
str wire_dialect_name(enum wire_dialect d);

/*
 * Read one file.  A bad item becomes a trouble and the rest goes on; a file of which nothing can be
 * read gives no item and one trouble.  Fails only with E_LIMIT (the file is too large to look at).
 */
err wire_read(arena *a, str bytes, str file_name, const struct wire_here *here,
              struct wire_batch *out, note *why);

/* One dialect each; wire_read chooses.  They add to *out. */
err wire_parse_newsml_g2(arena *a, str bytes, struct wire_batch *out, note *why);
err wire_parse_nitf(arena *a, str bytes, struct wire_batch *out, note *why);
err wire_parse_ninjs(arena *a, str bytes, struct wire_batch *out, note *why);
err wire_parse_feed(arena *a, str bytes, struct wire_batch *out, note *why); /* RSS and Atom */
err wire_parse_html(arena *a, str bytes, struct wire_batch *out, note *why);
err wire_parse_text(arena *a, str bytes, const struct wire_here *here, struct wire_batch *out,
                    note *why);

/* Is version `x` older (<0), the same (0) or newer (>0) than `y`?  Numbers as numbers, ISO dates as
 * dates, else by bytes; an empty one is older than any. */
int wire_version_order(str x, str y);

#endif
