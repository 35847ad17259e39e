/*
 * confine.h - what `serve` gives up before it opens its doors (docs/operations.md): new rights,
 * files beyond its own, system calls that no web server makes.
 *
 * For ever, and for the programs that it starts: the darkroom, ffprobe and ffmpeg, itself once
 * more.  Before threads start.
 */
#ifndef COMMAND_CONFINE_H
#define COMMAND_CONFINE_H

#include "base/arena.h"
#include "base/err.h"

enum { CONFINE_OTHERS_MAX = 300 };

struct confine_words {
    const char *data; /* made when it is new */
    /* Folders and files that are read: theme, sample edition, ACME answers; NULL is passed over. */
    const char *others[CONFINE_OTHERS_MAX];
    size_t other_n;
};

/* A file that is named and may be put in its place anew: its folder, and where a link leads. */
void confine_add_file(arena *a, struct confine_words *w, const char *file);
void confine_add(struct confine_words *w, const char *folder);

/* Give it up, and say in the log what is in force.  What the kernel does not have is said as well,
 * and is no error; E_IO: the data folder cannot be made. */
err confine(arena *a, const struct confine_words *w, note *why);

#endif
