/*
 * darkroom_inside.h - what the paper and its darkroom say to each other, and what happens inside.
 *
 * Both are the same program, so structs go as they are.  A request is one message with three
 * descriptors: where the answer goes, where the job's end is told, what it is about.  The answer
 * comes from the job and may say anything; its end is told by the darkroom, which never sees a
 * stranger's bytes.
 */
#ifndef MEDIA_DARKROOM_INSIDE_H
#define MEDIA_DARKROOM_INSIDE_H

#include "media/darkroom.h"

#include <stdint.h>

enum { DARKROOM_CONTROL = 3, DARKROOM_FDS = 3 }; /* its only descriptor beside 0, 1, 2 */
enum { DARKROOM_OVER_MEMORY = 121 };             /* exit code of a job whose arena is full */

struct darkroom_request {
    struct darkroom_job job;
    int nice;                    /* of who asks */
    uint32_t n[DARKROOM_PIECES]; /* bytes of each piece of the input; all 0: it is one */
};

/* Said once, when it is open. */
struct darkroom_hello {
    int32_t places; /* version of Landlock; 0: none */
    int32_t calls;  /* 1: the kernel can refuse system calls */
};

struct darkroom_said {
    int32_t e; /* err */
    note why;
    struct darkroom_answer answer; /* its pieces point nowhere */
    uint32_t n[DARKROOM_PIECES];   /* bytes of each piece, which follow */
};

struct darkroom_end {
    int32_t status; /* as waitpid() tells it */
    int32_t late;   /* 1: it was over its time */
};

/* One job, in a process of its own: confines it, works, writes to `out`.  Never returns. */
[[gnu::noreturn]] void darkroom_work(const struct darkroom_request *rq, int out, int input,
                                     size_t program);

/* Give up all but what a job of this kind needs, for ever; what could be. */
struct darkroom_hello darkroom_confine(enum darkroom_kind kind);

/* What the kernel has of what confines a job, tried out in a process of its own. */
struct darkroom_hello darkroom_try(void);

#endif
