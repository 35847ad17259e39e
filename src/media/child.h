/*
 * child.h - a program of somebody else's, run apart with little to break: for ffprobe and ffmpeg.
 *
 * It gets no standard input, an empty environment, no way to gain rights, and ceilings on time,
 * memory and output.  It can read one file, and what programs and libraries lie in (Landlock); it
 * can write and make nothing, open no socket, begin and reach no other process (seccomp).  What
 * this kernel has not of it is told to the log once.  Any thread; waits until it has ended.
 */
#ifndef MEDIA_CHILD_H
#define MEDIA_CHILD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct child_limits {
    int wall_s, cpu_s;
    size_t memory, output; /* bytes */
};

struct child_said {
    str out;
    str complaint; /* the first line of its standard error, as text */
    bool is_well;  /* it ended by itself, with 0 */
};

/* A ceiling of this process, and of what it starts (RLIMIT_...).  Safe between fork and exec. */
void child_limit(int what, size_t most);

/* `argv` ends with NULL; argv[0] is looked for in PATH.  `file`: what it may read; NULL: nothing.
 * E_MISSING: there is no such program; E_LIMIT: over its time or output; E_IO.  What it said lives
 * in `a`. */
err child_run(arena *a, const char *const *argv, const char *file,
              const struct child_limits *limits, struct child_said *said, note *why);

#endif
