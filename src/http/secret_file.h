/*
 * secret_file.h - a password or token that lies in a file on this machine, in one line.
 */
#ifndef HTTP_SECRET_FILE_H
#define HTTP_SECRET_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { SECRET_FILE_MAX = 1024 }; /* bytes */

/* The line, trimmed, in `a`.  E_DENIED: it cannot be read, is not one line, or others than owner
 * and group may read it. */
err secret_file_read(arena *a, str file, str *out, note *why);

#endif
