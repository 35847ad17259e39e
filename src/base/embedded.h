/*
 * embedded.h - files that travel inside the program, written into C by tools/embed.c at build.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/str.h"

/* One file: its path below the folder that was embedded, and its bytes. */
struct embedded {
    str path, bytes;
};

/* Say that a set of files exists: `EMBEDDED(theme_files);` gives theme_files[], in the order of
 * the build's list, and theme_files_count. */
#define EMBEDDED(symbol)                                                                           \
    extern const struct embedded symbol[];                                                         \
    extern const size_t symbol##_count

#endif
