/*
 * err.h - what can go wrong, as kinds a caller can act on; the cause in words goes in a note.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/must.h"

#include <stddef.h>

typedef enum [[nodiscard]] err{
    OK,         E_MISSING, /* there is no such thing */
    E_GONE,                /* there was, and it will not come back */
    E_DENIED,              /* there is, but not for you (or not yet) */
    E_INVALID,             /* what was given cannot be right, now or later */
    E_CONFLICT,            /* somebody else was there first */
    E_LIMIT,               /* too much of something */
    E_BUSY,                /* try again */
    E_UNSURE,              /* it may have happened */
    E_IO,                  /* the machine or the other side failed */
} err;

/* The kind as a word for logs: "missing", "invalid"... */
const char *err_word(err e);

/* The cause of an error, in words for a person: what, where, what to do.  Cut at the end when
 * longer.  Lower case, no full stop. */
typedef struct note {
    char text[512];
} note;

/* Write the cause (NULL note: nobody asked) and give `e` back: `return fail(why, E_INVALID, ...)`.
 */
[[gnu::format(printf, 3, 4)]] err fail(note *why, err e, const char *format, ...);

/* Return early with any error that `call` gives: the only macro that hides a return. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        err try_ = (call);                                                                         \
        if (try_ != OK)                                                                            \
            return try_;                                                                           \
    } while (0)

/* An error that changes nothing here, on purpose. */
static inline void err_ignore(err e)
{
    (void)e;
}

#endif
