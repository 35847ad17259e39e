/*
 * buf.h - text that grows, in an arena, up to a ceiling.
 *
 * Over the ceiling nothing more is added and `over` stays set: write everything, check once.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

typedef struct buf {
    arena *a;
    char *p;
    size_t n, room, max;
    bool over;
} buf;

/* An empty one that may grow to `max` bytes. */
static inline buf buf_new(arena *a, size_t max)
{
    return (buf){.a = a, .max = max};
}

void buf_add(buf *b, str s);
void buf_char(buf *b, char c);
void buf_int(buf *b, int64_t n);
[[gnu::format(printf, 2, 3)]] void buf_fmt(buf *b, const char *format, ...);

/* Have room for `n` bytes at once, where about so many will come. */
void buf_room(buf *b, size_t n);

/* `buf_lit(b, "text")`: a literal, with no strlen. */
#define buf_lit(b, literal) buf_add((b), S(literal))

/* Back to the first `n` bytes. */
void buf_cut(buf *b, size_t n);

/* What was written so far; holds until the next addition. */
static inline str buf_str(const buf *b)
{
    return (str){b->p, b->n};
}

#endif
