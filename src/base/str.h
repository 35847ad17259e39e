/*
 * str.h - text that carries its length.  A str owns nothing: it lives where its bytes live.
 *
 * Bytes, not characters; no NUL is promised at the end (str_z makes one where a library wants it).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *p;
    size_t n;
} str;

#define S(literal) ((str){"" literal, sizeof(literal) - 1})
#define S_INIT(literal)                                                                            \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    } /* the same where a constant is asked for */

/* For printf: printf("%.*s", STR(s)). */
#define STR(s) (int)(s).n, (s).p

static inline str str_of(const char *p, size_t n)
{
    return (str){p, n};
}

/* From a C string that outlives the str; NULL is the empty one. */
static inline str str_c(const char *z)
{
    return (str){z, z == NULL ? 0 : strlen(z)};
}

static inline bool str_empty(str s)
{
    return s.n == 0;
}

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(str a, str b); /* ASCII letters only */
int str_order(str a, str b);      /* byte order, for sorting */
bool str_starts(str s, str with);
bool str_starts_nocase(str s, str with);
bool str_ends(str s, str with);

/* Where `what` first stands in `s`, or -1. */
ptrdiff_t str_find(str s, str what);
ptrdiff_t str_find_nocase(str s, str what);
ptrdiff_t str_find_char(str s, char c);
ptrdiff_t str_find_last(str s, char c);

/* From byte `from` on; up to (not including) byte `to`.  Beyond the end is the end. */
str str_from(str s, size_t from);
str str_to(str s, size_t to);

/* Without ASCII white space at both ends. */
str str_trim(str s);

/* Take what stands before the next `sep` off the front of *rest (all of it when there is none);
 * false when nothing is left.  "a,,b" gives "a", "", "b". */
bool str_cut(str *rest, char sep, str *piece);

/* A decimal number that is the whole of `s` (a '-' may stand before it); false for anything else,
 * with *n untouched. */
bool str_int(str s, int64_t *n);

/* What a hex digit stands for, or -1. */
static inline int hex_value(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* Copies that live in `a`. */
str str_dup(arena *a, str s);
char *str_z(arena *a, str s);   /* ends with a NUL; an inner NUL stays */
str str_lower(arena *a, str s); /* ASCII letters only */
str str_join(arena *a, str x, str y);
str str_replace(arena *a, str s, str what, str by);
str str_squeeze(arena *a, str s); /* runs of white space become one space, none at the ends */
[[gnu::format(printf, 2, 3)]] str str_fmt(arena *a, const char *format, ...);

#endif
