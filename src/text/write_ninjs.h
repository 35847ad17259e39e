/*
 * write_ninjs.h - the two forms of a body that a ninjs object holds: body_xhtml and body_text.
 * Pure.
 */
#ifndef TEXT_WRITE_NINJS_H
#define TEXT_WRITE_NINJS_H

#include "text/write_feed.h"

struct ninjs_body {
    str xhtml, text;
    size_t words, characters; /* of the text */
};

/* Both forms, in `a`.  E_LIMIT when they would be larger than 16 MiB. */
err body_write_ninjs(arena *a, const struct body *b, const struct feed_writer *how,
                     struct ninjs_body *out, note *why);

#endif
