/*
 * darkroom.h - the process of its own in which pictures are decoded, made smaller and drawn.
 *
 * The darkroom is this program once more (`broadsheet darkroom`), started when the first picture
 * comes.  For each job it parts in two: the copy gives up files, sockets and most system calls,
 * does that one job within limits, and ends.  A picture that breaks or floods it is refused; the
 * paper and the next picture know nothing of it.  Any thread may ask; answers are looked at with
 * the care that a stranger's words get.
 */
#ifndef MEDIA_DARKROOM_H
#define MEDIA_DARKROOM_H

#include "media/picture.h"

enum darkroom_kind { DARKROOM_LOOK, DARKROOM_MAKE, DARKROOM_CARD, DARKROOM_ICON, DARKROOM_KINDS };

struct darkroom_limits {
    int wall_s, cpu_s;
    size_t memory; /* bytes, beside what the program itself takes */
};

enum {
    DARKROOM_FIRST = 19,          /* the piece that is the first JPEG */
    DARKROOM_PIECES = 20,         /* strings that go in, or come out */
    DARKROOM_BYTES_MAX = 64 << 20 /* of all of them that come out */
};

struct darkroom_job {
    enum darkroom_kind kind;
    bool with_first; /* LOOK: and make the first JPEG of it (widths.h) */
    int size;        /* ICON, and next */
    bool whole;
    int n; /* MAKE, and next */
    struct picture_wanted wanted[PICTURE_WANTED_MAX];
    struct darkroom_limits limits; /* zeroes: the usual ones */
};

struct darkroom_answer {
    struct picture_facts facts;  /* LOOK: without type, extension and words */
    str pieces[DARKROOM_PIECES]; /* LOOK: the words in their order, then DARKROOM_FIRST */
};

/*
 * Have a job done on what the descriptor `input` gives, from its begin to its end, or on `pieces`
 * (DARKROOM_PIECES of them) where that is -1.  E_INVALID: it cannot be done, or the job died of it;
 * E_LIMIT: it took too much; E_IO: there is no darkroom.  The answer lives as long as what is in
 * `a`, but is not counted against its ceiling.
 */
err darkroom_ask(arena *a, const struct darkroom_job *job, int input, const str *pieces,
                 struct darkroom_answer *answer, note *why);

/* The same for MAKE: `take` gets each of job->wanted when it is made, in their order, and may get
 * one again when the darkroom had to be opened anew.  Another answer than OK ends the job, and is
 * this one's too.  Its bytes live until `take` returns. */
err darkroom_make(arena *a, const struct darkroom_job *job, int input,
                  err (*take)(arena *a, void *of, int i, str bytes, note *why), void *of,
                  note *why);

/* Bytes as a descriptor to ask with, which is the caller's to close; -1 with errno. */
int darkroom_input(str bytes);

/* Open it ahead of the first picture, so that none waits.  E_IO. */
err darkroom_open(note *why);

/* Let it end, and wait for that.  It is opened anew when somebody asks. */
void darkroom_close(void);

/* What `broadsheet darkroom` is; its exit code. */
int darkroom_main(void);

#endif
