#include "text/json_pull.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { STRING_MAX = 64 << 20 };

struct json_pull json_pull(arena *a, str text)
{
    return (struct json_pull){.a = a, .start = text.p, .at = text.p, .end = text.p + text.n};
}

static bool wrong(struct json_pull *j, const char *what)
{
    if (j->wrong == NULL)
        j->wrong = what;
    return false;
}

static void skip_space(struct json_pull *j)
{
    while (j->at < j->end && (*j->at == ' ' || *j->at == '\n' || *j->at == '\r' || *j->at == '\t'))
        j->at++;
}

char json_peek(struct json_pull *j)
{
    skip_space(j);
    if (j->wrong != NULL || j->at == j->end)
        return '\0';
    return *j->at == '-' || (*j->at >= '0' && *j->at <= '9') ? '0' : *j->at;
}

static bool take(struct json_pull *j, char c)
{
    if (json_peek(j) != c)
        return false;
    j->at++;
    return true;
}

static bool enter(struct json_pull *j, char c, const char *otherwise)
{
    if (!take(j, c))
        return wrong(j, otherwise);
    if (++j->depth > JSON_DEPTH_MAX)
        return wrong(j, "too many values inside each other");
    return true;
}

/* After a value or at the start: does another follow, or does it end with `close`? */
static bool another(struct json_pull *j, char open, char close)
{
    const char *before = j->at;

    if (take(j, close)) {
        j->depth--;
        return false;
    }
    if (before > j->start && before[-1] == open)
        return j->wrong == NULL;
    return take(j, ',') || wrong(j, "a comma or the end of the list is missing");
}

bool json_object(struct json_pull *j)
{
    return enter(j, '{', "an object is missing");
}

bool json_key(struct json_pull *j, str *key)
{
    if (!another(j, '{', '}') || !json_string(j, key))
        return false;
    return take(j, ':') || wrong(j, "a colon is missing");
}

bool json_list(struct json_pull *j)
{
    return enter(j, '[', "a list is missing");
}

bool json_item(struct json_pull *j)
{
    return another(j, '[', ']');
}

/* --- strings --- */

static bool hex4(struct json_pull *j, uint32_t *out)
{
    uint32_t c = 0;

    if (j->end - j->at < 4)
        return wrong(j, "an escape is cut off");
    for (int i = 0; i < 4; i++) {
        char d = *j->at++;
        int n = d >= '0' && d <= '9'   ? d - '0'
                : d >= 'a' && d <= 'f' ? d - 'a' + 10
                : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                       : -1;

        if (n < 0)
            return wrong(j, "an escape has a digit that is none");
        c = c << 4 | (uint32_t)n;
    }
    *out = c;
    return true;
}

static bool escaped_unicode(struct json_pull *j, buf *out)
{
    uint32_t c, low;

    if (!hex4(j, &c))
        return false;
    if (c >= 0xD800 && c < 0xDC00) {
        if (j->end - j->at < 2 || j->at[0] != '\\' || j->at[1] != 'u')
            return wrong(j, "half a surrogate pair");
        j->at += 2;
        if (!hex4(j, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return wrong(j, "half a surrogate pair");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c == 0 || (c >= 0xDC00 && c < 0xE000)) {
        return wrong(j, "an escape that is no character");
    }
    utf8_put(out, c);
    return true;
}

static bool escaped(struct json_pull *j, buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (j->at == j->end)
        return wrong(j, "an escape is cut off");
    if (*j->at == 'u') {
        j->at++;
        return escaped_unicode(j, out);
    }
    found = memchr(from, *j->at, sizeof from - 1);
    if (found == NULL)
        return wrong(j, "an escape that there is not");
    buf_char(out, to[found - from]);
    j->at++;
    return true;
}

/* Up to the next quote, backslash or control character. */
static str plain(struct json_pull *j)
{
    const char *from = j->at;

    while (j->at < j->end && *j->at != '"' && *j->at != '\\' && (unsigned char)*j->at >= ' ')
        j->at++;
    return str_of(from, (size_t)(j->at - from));
}

static bool string_with_escapes(struct json_pull *j, str first, str *out)
{
    buf whole = buf_new(j->a, STRING_MAX);

    buf_add(&whole, first);
    while (j->at < j->end && *j->at == '\\') {
        j->at++;
        if (!escaped(j, &whole))
            return false;
        buf_add(&whole, plain(j));
    }
    *out = buf_str(&whole);
    return !whole.over || wrong(j, "a string is too long");
}

bool json_string(struct json_pull *j, str *out)
{
    str s;

    if (!take(j, '"'))
        return wrong(j, "a string is missing");
    s = plain(j);
    if (j->at < j->end && *j->at == '\\' && !string_with_escapes(j, s, &s))
        return false;
    if (j->at == j->end)
        return wrong(j, "a string does not end");
    if (*j->at != '"')
        return wrong(j, "a control character in a string");
    j->at++;
    *out = s;
    return true;
}

/* --- the rest --- */

static size_t digits(struct json_pull *j)
{
    const char *from = j->at;

    while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
        j->at++;
    return (size_t)(j->at - from);
}

/* The digits before a fraction: none in front of a zero. */
static bool whole_digits(struct json_pull *j, str *out)
{
    const char *from = j->at;
    size_t count = digits(j);

    *out = str_of(from, count);
    return (count > 0 && (count == 1 || *from != '0')) || wrong(j, "a number that is none");
}

bool json_integer(struct json_pull *j, int64_t *out)
{
    int64_t n = 0;
    bool negative, fits = true;
    str text;

    if (json_peek(j) != '0')
        return wrong(j, "a number is missing");
    negative = *j->at == '-';
    j->at += negative;
    if (!whole_digits(j, &text))
        return false;
    if (j->at < j->end && (*j->at == '.' || *j->at == 'e' || *j->at == 'E'))
        return wrong(j, "a whole number is missing");
    for (size_t i = 0; i < text.n; i++)
        fits = fits && !__builtin_mul_overflow(n, 10, &n) &&
               !__builtin_add_overflow(n, text.p[i] - '0', &n);
    *out = negative ? -n : n;
    return fits || wrong(j, "a number is too large");
}

static void skip_number(struct json_pull *j)
{
    str whole;

    j->at += *j->at == '-';
    whole_digits(j, &whole);
    if (j->at < j->end && *j->at == '.') {
        j->at++;
        if (digits(j) == 0)
            wrong(j, "a number that is none");
    }
    if (j->at < j->end && (*j->at == 'e' || *j->at == 'E')) {
        j->at++;
        j->at += j->at < j->end && (*j->at == '+' || *j->at == '-');
        if (digits(j) == 0)
            wrong(j, "a number that is none");
    }
}

static bool word(struct json_pull *j, str w)
{
    skip_space(j);
    if (j->wrong != NULL || (size_t)(j->end - j->at) < w.n || memcmp(j->at, w.p, w.n) != 0)
        return false;
    j->at += w.n;
    return true;
}

bool json_truth(struct json_pull *j, bool *out)
{
    bool yes = word(j, S("true"));

    if (!yes && !word(j, S("false")))
        return wrong(j, "true or false is missing");
    *out = yes;
    return true;
}

bool json_null(struct json_pull *j)
{
    return word(j, S("null"));
}

void json_skip(struct json_pull *j)
{
    str s;
    bool truth;

    switch (json_peek(j)) {
    case '{':
        for (json_object(j); json_key(j, &s);)
            json_skip(j);
        return;
    case '[':
        for (json_list(j); json_item(j);)
            json_skip(j);
        return;
    case '"':
        json_string(j, &s);
        return;
    case '0':
        skip_number(j);
        return;
    case 'n':
        if (!json_null(j))
            wrong(j, "a word that is none");
        return;
    default:
        json_truth(j, &truth);
    }
}

bool json_ended(struct json_pull *j)
{
    skip_space(j);
    return j->wrong == NULL && (j->at == j->end || wrong(j, "something follows the end"));
}

err json_failed(const struct json_pull *j, note *why)
{
    int line = 1, column = 1;

    if (j->wrong == NULL)
        return OK;
    for (const char *p = j->start; p < j->at; p++) {
        column = *p == '\n' ? 1 : column + 1;
        line += *p == '\n';
    }
    return fail(why, E_INVALID, "line %d, column %d: %s", line, column, j->wrong);
}
