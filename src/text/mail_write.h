/*
 * mail_write.h - a message as mail is sent (RFC 5322, MIME): plain text, in any script.
 *
 * Whatever the words are, they stay words: no line end or control character of a name or a subject
 * begins a header of its own.  Every line is ASCII and at most 78 characters, but for an address
 * that is longer.  Pure.
 */
#ifndef TEXT_MAIL_WRITE_H
#define TEXT_MAIL_WRITE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

enum { MAIL_MAX = 256 << 10 /* bytes of a message */ };

struct mail {
    str from_name, from, to_name, to; /* names may be empty */
    str subject, text;                /* text: lines with '\n' */
    str id;                           /* of the Message-ID, "token@host": says that two are one */
    str language;                     /* a tag, or empty */
    int64_t at;                       /* µs UTC */
};

/* The whole message, its lines with CRLF; in `a`.  Empty when it would be longer than MAIL_MAX. */
str mail_write(arena *a, const struct mail *m);

#endif
