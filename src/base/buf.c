#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

/* By doubling, up to the ceiling. */
[[gnu::noinline]] static bool grow(buf *b, size_t more)
{
    if (b->over || more > b->max - b->n) {
        b->over = true;
        return false;
    }

    size_t room = b->room == 0 ? 256 : b->room;

    while (room < b->n + more)
        room *= 2;
    if (room > b->max)
        room = b->max;

    char *p = arena_bytes(b->a, room);

    if (b->n > 0)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->room = room;
    return true;
}

/* Is there room for `more` bytes, now or after it has grown? */
static bool has_room(buf *b, size_t more)
{
    return (!b->over && more <= b->room - b->n) || grow(b, more);
}

void buf_room(buf *b, size_t n)
{
    if (n <= b->room || n > b->max || b->n > 0)
        return;
    b->p = arena_bytes(b->a, n);
    b->room = n;
}

void buf_add(buf *b, str s)
{
    if (s.n > 0 && has_room(b, s.n)) {
        memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    }
}

void buf_char(buf *b, char c)
{
    if (has_room(b, 1))
        b->p[b->n++] = c;
}

void buf_int(buf *b, int64_t n)
{
    char digits[24];
    char *end = digits + sizeof digits, *p = end;
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

    do
        *--p = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (n < 0)
        *--p = '-';
    buf_add(b, str_of(p, (size_t)(end - p)));
}

void buf_fmt(buf *b, const char *format, ...)
{
    char small[512];
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);

    int n = vsnprintf(small, sizeof small, format, args);

    va_end(args);
    if (n >= 0 && (size_t)n < sizeof small) {
        buf_add(b, str_of(small, (size_t)n));
    } else if (n >= 0 && (size_t)n <= b->max) {
        char *p = arena_bytes(b->a, (size_t)n + 1);

        vsnprintf(p, (size_t)n + 1, format, again);
        buf_add(b, str_of(p, (size_t)n));
    } else {
        b->over = true;
    }
    va_end(again);
}

void buf_cut(buf *b, size_t n)
{
    if (n < b->n)
        b->n = n;
}
