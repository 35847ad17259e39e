#include "http/condition.h"

#include "base/time.h"

#include <time.h>

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char days[] = "SunMonTueWedThuFriSat";

static void put_digits(char *to, int n, int places)
{
    for (int i = places - 1; i >= 0; i--, n /= 10)
        to[i] = (char)('0' + n % 10);
}

void http_date_write(char out[HTTP_DATE_SIZE], int64_t at)
{
    time_t seconds = at / SECOND_US;
    struct tm utc;

    gmtime_r(&seconds, &utc);
    memcpy(out, "___, 00 ___ 0000 00:00:00 GMT", HTTP_DATE_SIZE);
    memcpy(out, days + utc.tm_wday * 3, 3);
    put_digits(out + 5, utc.tm_mday, 2);
    memcpy(out + 8, months + utc.tm_mon * 3, 3);
    put_digits(out + 12, utc.tm_year + 1900, 4);
    put_digits(out + 17, utc.tm_hour, 2);
    put_digits(out + 20, utc.tm_min, 2);
    put_digits(out + 23, utc.tm_sec, 2);
}

static bool read_digits(const char *p, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        *out = *out * 10 + (p[i] - '0');
    }
    return true;
}

bool http_date_read(str s, int64_t *at)
{
    struct tm utc = {0};
    char again[HTTP_DATE_SIZE];

    if (s.n != HTTP_DATE_SIZE - 1)
        return false;

    ptrdiff_t month = str_find(str_c(months), str_of(s.p + 8, 3));

    if (month < 0 || month % 3 != 0 || !read_digits(s.p + 5, 2, &utc.tm_mday) ||
        !read_digits(s.p + 12, 4, &utc.tm_year) || !read_digits(s.p + 17, 2, &utc.tm_hour) ||
        !read_digits(s.p + 20, 2, &utc.tm_min) || !read_digits(s.p + 23, 2, &utc.tm_sec))
        return false;
    utc.tm_mon = (int)month / 3;
    utc.tm_year -= 1900;

    int64_t when = (int64_t)timegm(&utc) * SECOND_US;

    http_date_write(again, when);
    if (memcmp(again, s.p, s.n) != 0)
        return false;
    *at = when;
    return true;
}

static str opaque(str tag)
{
    return str_starts(tag, S("W/")) ? str_from(tag, 2) : tag;
}

static bool list_has(str list, str tag)
{
    tag = opaque(tag);
    for (str one; str_cut(&list, ',', &one);)
        if (str_eq(opaque(str_trim(one)), tag))
            return true;
    return false;
}

bool condition_unchanged(const struct request *rq, str tag, int64_t modified_at)
{
    str match = request_header(rq, S("if-none-match"));
    int64_t since;

    if (match.n > 0)
        return str_eq(match, S("*")) || (tag.n > 0 && list_has(match, tag));
    return modified_at != 0 && http_date_read(request_header(rq, S("if-modified-since")), &since) &&
           modified_at / SECOND_US * SECOND_US <= since;
}

/* If-Range: is it still the version that the asker has a part of?  Strongly compared. */
static bool same_version(str if_range, str tag, int64_t modified_at)
{
    int64_t at;

    if (if_range.n == 0)
        return true;
    if (if_range.p[0] == '"')
        return str_eq(if_range, tag);
    return modified_at != 0 && http_date_read(if_range, &at) &&
           modified_at / SECOND_US * SECOND_US == at;
}

static bool read_position(str s, int64_t *n)
{
    return s.n > 0 && s.p[0] != '-' && str_int(s, n);
}

enum range condition_range(const struct request *rq, int64_t size, str tag, int64_t modified_at,
                           int64_t *first, int64_t *last)
{
    str range = request_header(rq, S("range"));

    if (!str_starts_nocase(range, S("bytes=")) || str_find_char(range, ',') >= 0 ||
        !same_version(request_header(rq, S("if-range")), tag, modified_at))
        return RANGE_NONE;
    range = str_trim(str_from(range, 6));

    ptrdiff_t dash = str_find_char(range, '-');
    int64_t from, to = size - 1;

    if (dash < 0)
        return RANGE_NONE;

    str before = str_to(range, (size_t)dash), after = str_from(range, (size_t)dash + 1);

    if (before.n == 0) { /* the last so many */
        if (!read_position(after, &to))
            return RANGE_NONE;
        if (to == 0 || size == 0)
            return RANGE_NEVER;
        *first = to >= size ? 0 : size - to;
        *last = size - 1;
        return RANGE_SOME;
    }
    if (!read_position(before, &from) || (after.n > 0 && !read_position(after, &to)))
        return RANGE_NONE;
    if (after.n > 0 && to < from)
        return RANGE_NONE;
    if (from >= size)
        return RANGE_NEVER;
    *first = from;
    *last = to >= size ? size - 1 : to;
    return RANGE_SOME;
}
