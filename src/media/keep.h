/*
 * keep.h - write a file so that after any crash it is there whole or not at all.
 */
#ifndef MEDIA_KEEP_H
#define MEDIA_KEEP_H

#include "base/err.h"
#include "base/str.h"

/* Write `bytes` under `path` by way of a name beside it; durable on return (file and folder).
 * Who writes the same path at the same time does no harm.  E_IO. */
err keep_file(arena *a, const char *path, str bytes, note *why);

/* Remove what a crash left of keep_file() anywhere below `folder`: half-written files of processes
 * that are no more.  How many. */
size_t keep_sweep(const char *folder);

/* Make a folder (mode 0700) in a folder that exists; fine when it is there.  Durable.  E_IO. */
err keep_folder(arena *a, const char *path, note *why);

/* Write all of it, however often that takes; false with errno when it could not be. */
bool keep_write(int fd, str bytes);

/* What names are in a folder, on the disk; false with errno when it could not be. */
bool keep_sync(const char *path);

/* The whole of a file of at most `max` bytes.  It lives as long as what is in `a`, but is not
 * counted against its ceiling.  E_MISSING, E_LIMIT, E_IO. */
err keep_read(arena *a, const char *path, size_t max, str *bytes, note *why);

#endif
