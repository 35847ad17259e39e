/*
 * path.h - the path of an address, decoded once and then trusted.  Pure.
 *
 * Refused: what is not UTF-8, control characters, an encoded slash or backslash (nobody agrees on
 * where it belongs), "." and ".." segments (browsers resolve them before they ask).
 */
#ifndef HTTP_PATH_H
#define HTTP_PATH_H

#include "base/str.h"

enum path_kind {
    PATH_OK,
    PATH_WRONG,
    PATH_DOUBLE, /* right but for empty segments: *path is without them, move the asker there */
};

/* Decode `raw`, which starts with '/'.  *path is `raw` itself when nothing is encoded in it, else
 * it stands at `out`, which has room for raw.n bytes. */
enum path_kind path_read(char *out, str raw, str *path);

#endif
