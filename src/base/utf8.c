#include "base/utf8.h"

#include "base/must.h"

/* clang-format off */
/* The letters of U+00C0 to U+024F and U+1E00 to U+1EFF without their marks (from the Unicode
 * decompositions; letters that have none are spelled as is usual in addresses: ss, ae, th). */
static const char latin[][3] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n",
    "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o",
    "o", "", "o", "u", "u", "u", "u", "y", "th", "y", "a", "a", "a", "a", "a", "a", "c", "c",
    "c", "c", "c", "c", "c", "c", "d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e",
    "e", "e", "g", "g", "g", "g", "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i",
    "i", "i", "i", "i", "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l",
    "l", "l", "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", "s", "s",
    "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",
    "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s", "", "", "", "", "", "", "", "",
    "", "", "", "", "", "", "", "e", "", "", "f", "", "", "", "", "", "", "", "", "", "", "", "",
    "", "o", "o", "", "", "", "", "", "", "", "", "", "", "", "", "", "u", "u", "", "", "", "",
    "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "dz", "dz", "dz", "lj", "lj",
    "lj", "nj", "nj", "nj", "a", "a", "i", "i", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u",
    "u", "u", "", "a", "a", "a", "a", "", "", "", "", "g", "g", "k", "k", "o", "o", "o", "o", "",
    "", "j", "dz", "dz", "dz", "g", "g", "", "", "n", "n", "a", "a", "", "", "", "", "a", "a",
    "a", "a", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "o", "r", "r", "r", "r",
    "u", "u", "u", "u", "s", "s", "t", "t", "", "", "h", "h", "", "", "", "", "", "", "a", "a",
    "e", "e", "o", "o", "o", "o", "o", "o", "o", "o", "y", "y", "", "", "", "", "", "", "", "",
    "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
};
static const char latin_additional[][3] = {
    "a", "a", "b", "b", "b", "b", "b", "b", "c", "c", "d", "d", "d", "d", "d", "d", "d", "d",
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "f", "f", "g", "g", "h", "h",
    "h", "h", "h", "h", "h", "h", "h", "h", "i", "i", "i", "i", "k", "k", "k", "k", "k", "k",
    "l", "l", "l", "l", "l", "l", "l", "l", "m", "m", "m", "m", "m", "m", "n", "n", "n", "n",
    "n", "n", "n", "n", "o", "o", "o", "o", "o", "o", "o", "o", "p", "p", "p", "p", "r", "r",
    "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", "s", "s", "s", "s", "t", "t",
    "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "v", "v",
    "v", "v", "w", "w", "w", "w", "w", "w", "w", "w", "w", "w", "x", "x", "x", "x", "y", "y",
    "z", "z", "z", "z", "z", "z", "h", "t", "w", "y", "a", "s", "", "", "ss", "", "a", "a", "a",
    "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
    "a", "a", "a", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e",
    "e", "i", "i", "i", "i", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o",
    "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "u", "u", "u", "u", "u", "u", "u",
    "u", "u", "u", "u", "u", "u", "u", "y", "y", "y", "y", "y", "y", "y", "y", "", "", "", "",
    "", "",
};
/* clang-format on */

/* The length that a first byte announces; 0: it cannot be first. */
static size_t length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    return 0;
}

/* Read one code point at the start of `s`; false (and one byte) when it is not UTF-8. */
static bool read_one(str s, uint32_t *c, size_t *size)
{
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = length_of(p[0]);

    *size = 1;
    if (n == 0 || n > s.n)
        return false;

    uint32_t value = n == 1 ? p[0] : p[0] & (0xFFu >> (n + 1));

    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return false;
        value = value << 6 | (p[i] & 0x3F);
    }
    if (value < lowest[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *c = value;
    *size = n;
    return true;
}

uint32_t utf8_next(str *rest)
{
    uint32_t c = UTF8_REPLACEMENT;
    size_t size;

    if (rest->n == 0)
        return 0;
    if ((unsigned char)*rest->p < 0x80) {
        c = (unsigned char)*rest->p;
        *rest = (str){rest->p + 1, rest->n - 1};
        return c;
    }
    if (!read_one(*rest, &c, &size))
        c = UTF8_REPLACEMENT;
    *rest = str_from(*rest, size);
    return c;
}

void utf8_put(buf *b, uint32_t c)
{
    char p[4];

    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = UTF8_REPLACEMENT;
    if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        p[0] = (char)(0xC0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3F));
        buf_add(b, str_of(p, 2));
    } else if (c < 0x10000) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3F));
        p[2] = (char)(0x80 | (c & 0x3F));
        buf_add(b, str_of(p, 3));
    } else {
        p[0] = (char)(0xF0 | c >> 18);
        p[1] = (char)(0x80 | (c >> 12 & 0x3F));
        p[2] = (char)(0x80 | (c >> 6 & 0x3F));
        p[3] = (char)(0x80 | (c & 0x3F));
        buf_add(b, str_of(p, 4));
    }
}

/* Most text is this: past it without a closer look. */
static str past_printable_ascii(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= ' ' && s.p[n] < 0x7F)
        n++;
    return n == 0 ? s : (str){s.p + n, s.n - n};
}

bool utf8_ok(str s)
{
    while ((s = past_printable_ascii(s)).n > 0) {
        uint32_t c;
        size_t size;

        if (s.p[0] == '\0' || !read_one(s, &c, &size))
            return false;
        s = str_from(s, size);
    }
    return true;
}

static bool is_kept(uint32_t c)
{
    bool none = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF); /* noncharacters */

    return c >= ' ' ? c != 0x7F && !(c >= 0x80 && c < 0xA0) && !none
                    : c == '\t' || c == '\n' || c == '\r';
}

static bool is_clean(str s)
{
    while ((s = past_printable_ascii(s)).n > 0) {
        uint32_t c;
        size_t size;

        if (!read_one(s, &c, &size) || !is_kept(c))
            return false;
        s = str_from(s, size);
    }
    return true;
}

str utf8_clean(arena *a, str s)
{
    if (is_clean(s))
        return s;

    buf b = buf_new(a, s.n * 3);

    while (s.n > 0) {
        uint32_t c = utf8_next(&s);

        if (is_kept(c))
            utf8_put(&b, c);
    }
    return buf_str(&b);
}

str utf8_from_latin1(arena *a, str s)
{
    static const uint16_t upper[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    buf b = buf_new(a, s.n * 3);

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        utf8_put(&b, c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c);
    }
    return buf_str(&b);
}

size_t utf8_length(str s)
{
    size_t n = 0;

    while (s.n > 0) {
        utf8_next(&s);
        n++;
    }
    return n;
}

str utf8_to(str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max > 0 && ((unsigned char)s.p[max] & 0xC0) == 0x80)
        max--;
    return str_to(s, max);
}

str utf8_spell(uint32_t c)
{
    static const char ascii[] = "0123456789abcdefghijklmnopqrstuvwxyz";

    if (c >= '0' && c <= '9')
        return str_of(ascii + (c - '0'), 1);
    if (c >= 'a' && c <= 'z')
        return str_of(ascii + 10 + (c - 'a'), 1);
    if (c >= 'A' && c <= 'Z')
        return str_of(ascii + 10 + (c - 'A'), 1);
    if (c >= 0xC0 && c - 0xC0 < LENGTH(latin))
        return str_c(latin[c - 0xC0]);
    if (c >= 0x1E00 && c - 0x1E00 < LENGTH(latin_additional))
        return str_c(latin_additional[c - 0x1E00]);
    return (str){0};
}

bool utf8_is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}
