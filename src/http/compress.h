/*
 * compress.h - bodies made smaller, and the choice among them (RFC 9110 sections 8.4 and 12.5.3).
 */
#ifndef HTTP_COMPRESS_H
#define HTTP_COMPRESS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

/* In the order in which we like to send them, worst first. */
enum coding { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODINGS };

enum { COMPRESS_WORTH = 256 }; /* bytes; a shorter body stays as it is */

/* "gzip", "br"; empty for the plain one. */
str coding_word(enum coding c);

/* Would a body of this media type get smaller?  Texts do, pictures and archives do not. */
bool compress_worth(str type, size_t n);

/* The body in this coding, in `a`, quickly or as small as can be; empty when it would not be
 * smaller. */
str compress_body(arena *a, enum coding c, bool best, str body);

/* Which of the codings in the mask `there` (1 << coding; the plain one always is) suits a client
 * best that sends this Accept-Encoding; the plain one when none does. */
enum coding coding_choose(str accept, unsigned there);

#endif
