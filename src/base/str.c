#include "base/str.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_eq_nocase(str a, str b)
{
    return a.n == b.n && str_starts_nocase(a, b);
}

int str_order(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int by = n == 0 ? 0 : memcmp(a.p, b.p, n);

    return by != 0 ? by : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str with)
{
    return s.n >= with.n && str_eq(str_to(s, with.n), with);
}

bool str_starts_nocase(str s, str with)
{
    if (s.n < with.n)
        return false;
    for (size_t i = 0; i < with.n; i++)
        if (lower(s.p[i]) != lower(with.p[i]))
            return false;
    return true;
}

bool str_ends(str s, str with)
{
    return s.n >= with.n && str_eq(str_from(s, s.n - with.n), with);
}

ptrdiff_t str_find(str s, str what)
{
    if (what.n == 0)
        return 0;
    if (s.n < what.n)
        return -1;

    const char *at = memmem(s.p, s.n, what.p, what.n);

    return at == NULL ? -1 : at - s.p;
}

ptrdiff_t str_find_nocase(str s, str what)
{
    for (size_t i = 0; i + what.n <= s.n; i++)
        if (str_starts_nocase(str_from(s, i), what))
            return (ptrdiff_t)i;
    return -1;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

    return at == NULL ? -1 : at - s.p;
}

ptrdiff_t str_find_last(str s, char c)
{
    const char *at = s.n == 0 ? NULL : memrchr(s.p, c, s.n);

    return at == NULL ? -1 : at - s.p;
}

str str_from(str s, size_t from)
{
    if (from >= s.n)
        return (str){s.n == 0 ? s.p : s.p + s.n, 0};
    return (str){s.p + from, s.n - from};
}

str str_to(str s, size_t to)
{
    return (str){s.p, to < s.n ? to : s.n};
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0]))
        s = str_from(s, 1);
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_cut(str *rest, char sep, str *piece)
{
    if (rest->p == NULL)
        return false;

    ptrdiff_t at = str_find_char(*rest, sep);

    if (at < 0) {
        *piece = *rest;
        *rest = (str){0};
    } else {
        *piece = str_to(*rest, (size_t)at);
        *rest = str_from(*rest, (size_t)at + 1);
    }
    return true;
}

bool str_int(str s, int64_t *n)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    int64_t value = 0;

    if (minus)
        s = str_from(s, 1);
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s.p[i] - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *n = minus ? value : -value;
    return true;
}

str str_dup(arena *a, str s)
{
    return str_of(str_z(a, s), s.n);
}

char *str_z(arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);

    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

str str_lower(arena *a, str s)
{
    char *p = str_z(a, s);

    for (size_t i = 0; i < s.n; i++)
        p[i] = lower(p[i]);
    return (str){p, s.n};
}

str str_join(arena *a, str x, str y)
{
    char *p = arena_bytes(a, x.n + y.n);

    if (x.n > 0)
        memcpy(p, x.p, x.n);
    if (y.n > 0)
        memcpy(p + x.n, y.p, y.n);
    return (str){p, x.n + y.n};
}

str str_replace(arena *a, str s, str what, str by)
{
    size_t times = 0;

    must(what.n > 0);
    for (str rest = s; str_find(rest, what) >= 0; times++)
        rest = str_from(rest, (size_t)str_find(rest, what) + what.n);
    if (times == 0)
        return s;

    char *p = arena_bytes(a, s.n - times * what.n + times * by.n + 1);
    size_t used = 0;

    for (ptrdiff_t at; (at = str_find(s, what)) >= 0; s = str_from(s, (size_t)at + what.n)) {
        memcpy(p + used, s.p, (size_t)at);
        used += (size_t)at;
        if (by.n > 0)
            memcpy(p + used, by.p, by.n);
        used += by.n;
    }
    if (s.n > 0)
        memcpy(p + used, s.p, s.n);
    return (str){p, used + s.n};
}

str str_squeeze(arena *a, str s)
{
    s = str_trim(s);

    char *p = arena_bytes(a, s.n + 1);
    size_t used = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (!is_space(s.p[i]))
            p[used++] = s.p[i];
        else if (used > 0 && p[used - 1] != ' ')
            p[used++] = ' ';
    }
    return (str){p, used};
}

str str_fmt(arena *a, const char *format, ...)
{
    char usual[256]; /* most fit, and are then formatted once */
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);

    int n = vsnprintf(usual, sizeof usual, format, args);

    va_end(args);
    must(n >= 0);

    char *p = arena_bytes(a, (size_t)n + 1);

    if ((size_t)n < sizeof usual)
        memcpy(p, usual, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){p, (size_t)n};
}
