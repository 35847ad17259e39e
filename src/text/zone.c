#include "text/zone.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

enum { ABBREVIATION_MAX = 16 };

/* One kind of time in a zone: summer, winter... */
struct zone_kind {
    int32_t offset; /* seconds east of UTC */
    str word;
};

/* A rule of the footer: the n-th weekday of a month (or a day of the year), at a time of day. */
struct zone_rule {
    enum { RULE_MONTH, RULE_JULIAN, RULE_DAY } manner;
    int month, week, weekday, day;
    int32_t time; /* seconds after midnight, local */
};

struct zone {
    int64_t *changes; /* seconds UTC, rising */
    uint8_t *kind_at; /* the kind from each change on */
    size_t change_count;
    struct zone_kind *kinds;
    size_t kind_count;
    /* after the last change; kinds outside the file's */
    bool has_footer, has_summer;
    struct zone_kind winter, summer;
    struct zone_rule to_summer, to_winter;
};

/* --- bytes ------------------------------------------------------------------------------------ */

static int64_t big_endian(const char *p, size_t n)
{
    uint64_t v = (unsigned char)p[0] >= 0x80 ? UINT64_MAX : 0;

    for (size_t i = 0; i < n; i++)
        v = v << 8 | (unsigned char)p[i];
    return (int64_t)v;
}

/* --- the footer (RFC 8536 section 3.3, POSIX TZ) ---------------------------------------------- */

static bool take_char(str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool take_number(str *s, int max, int *out)
{
    int n = 0;
    size_t digits = 0;

    while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9' && digits < 4) {
        n = n * 10 + (s->p[0] - '0');
        *s = str_from(*s, 1);
        digits++;
    }
    *out = n;
    return digits > 0 && n <= max;
}

static bool take_word(str *s, str *out)
{
    size_t n = 0;

    if (take_char(s, '<')) {
        ptrdiff_t end = str_find_char(*s, '>');

        if (end < 1 || end > ABBREVIATION_MAX)
            return false;
        *out = str_to(*s, (size_t)end);
        *s = str_from(*s, (size_t)end + 1);
        return true;
    }
    while (n < s->n && ((s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z'))
        n++;
    *out = str_to(*s, n);
    *s = str_from(*s, n);
    return n >= 3 && n <= ABBREVIATION_MAX;
}

/* "[+-]hh[:mm[:ss]]" as seconds. */
static bool take_time(str *s, int32_t *out)
{
    int h, m = 0, sec = 0;
    bool minus = take_char(s, '-');

    if (!minus)
        take_char(s, '+');
    if (!take_number(s, 167, &h))
        return false;
    if (take_char(s, ':') && !take_number(s, 59, &m))
        return false;
    if (take_char(s, ':') && !take_number(s, 59, &sec))
        return false;
    *out = (h * 60 + m) * 60 + sec;
    if (minus)
        *out = -*out;
    return true;
}

static bool take_rule(str *s, struct zone_rule *r)
{
    *r = (struct zone_rule){.time = 7200};
    if (!take_char(s, ','))
        return false;
    if (take_char(s, 'M')) {
        r->manner = RULE_MONTH;
        if (!take_number(s, 12, &r->month) || !take_char(s, '.') || !take_number(s, 5, &r->week) ||
            !take_char(s, '.') || !take_number(s, 6, &r->weekday) || r->month < 1 || r->week < 1)
            return false;
    } else {
        r->manner = take_char(s, 'J') ? RULE_JULIAN : RULE_DAY;
        if (!take_number(s, 365, &r->day))
            return false;
    }
    return !take_char(s, '/') || take_time(s, &r->time);
}

static bool read_footer(struct zone *z, str s)
{
    int32_t west, summer_west;

    if (!take_word(&s, &z->winter.word) || !take_time(&s, &west))
        return false;
    z->winter.offset = -west;
    z->has_footer = true;
    if (s.n == 0)
        return true;
    if (!take_word(&s, &z->summer.word))
        return false;
    z->summer.offset = z->winter.offset + 3600;
    if (s.n > 0 && s.p[0] != ',') {
        if (!take_time(&s, &summer_west))
            return false;
        z->summer.offset = -summer_west;
    }
    z->has_summer = true;
    return take_rule(&s, &z->to_summer) && take_rule(&s, &z->to_winter) && s.n == 0;
}

/* --- the file --------------------------------------------------------------------------------- */

struct counts {
    size_t utc, std, leaps, changes, kinds, letters;
};

static err read_counts(str *rest, struct counts *c, char *version, note *why)
{
    const char *p = rest->p;

    if (rest->n < 44 || memcmp(p, "TZif", 4) != 0)
        return fail(why, E_INVALID, "not a TZif file");
    *version = p[4];
    c->utc = (uint32_t)big_endian(p + 20, 4);
    c->std = (uint32_t)big_endian(p + 24, 4);
    c->leaps = (uint32_t)big_endian(p + 28, 4);
    c->changes = (uint32_t)big_endian(p + 32, 4);
    c->kinds = (uint32_t)big_endian(p + 36, 4);
    c->letters = (uint32_t)big_endian(p + 40, 4);
    *rest = str_from(*rest, 44);
    if (c->kinds == 0 || c->kinds > 256 || c->letters == 0 || c->letters > 2048 ||
        c->changes > 20000 || c->leaps > 2000 || c->utc > 256 || c->std > 256)
        return fail(why, E_INVALID, "a TZif file with counts that cannot be");
    return OK;
}

static size_t size_of(const struct counts *c, size_t time_size)
{
    return c->changes * (time_size + 1) + c->kinds * 6 + c->letters + c->leaps * (time_size + 4) +
           c->std + c->utc;
}

static err read_data(arena *a, struct zone *z, str data, const struct counts *c, size_t time_size,
                     note *why)
{
    const char *p = data.p, *letters;

    z->change_count = c->changes;
    z->changes = arena_many(a, int64_t, c->changes);
    z->kind_at = (uint8_t *)arena_bytes(a, c->changes);
    for (size_t i = 0; i < c->changes; i++) {
        z->changes[i] = big_endian(p + i * time_size, time_size);
        if (i > 0 && z->changes[i] <= z->changes[i - 1])
            return fail(why, E_INVALID, "a TZif file whose changes are out of order");
    }
    p += c->changes * time_size;
    for (size_t i = 0; i < c->changes; i++) {
        z->kind_at[i] = (uint8_t)p[i];
        if (z->kind_at[i] >= c->kinds)
            return fail(why, E_INVALID, "a TZif file with a change to no kind");
    }
    p += c->changes;
    letters = p + c->kinds * 6;
    z->kind_count = c->kinds;
    z->kinds = arena_many(a, struct zone_kind, c->kinds);
    for (size_t i = 0; i < c->kinds; i++, p += 6) {
        size_t from = (unsigned char)p[5];

        z->kinds[i].offset = (int32_t)big_endian(p, 4);
        if (z->kinds[i].offset < -26 * 3600 || z->kinds[i].offset > 26 * 3600 || from >= c->letters)
            return fail(why, E_INVALID, "a TZif file with a kind that cannot be");
        z->kinds[i].word =
            str_dup(a, str_of(letters + from, strnlen(letters + from, c->letters - from)));
    }
    return OK;
}

err zone_read(arena *a, str bytes, struct zone **out, note *why)
{
    struct zone *z = arena_one(a, struct zone);
    struct counts c;
    char version;
    size_t time_size = 4;
    str rest = bytes;

    if (bytes.n > ZONE_FILE_MAX)
        return fail(why, E_LIMIT, "a TZif file of more than %d bytes", ZONE_FILE_MAX);
    TRY(read_counts(&rest, &c, &version, why));
    if (version >= '2') {
        /* the 64-bit data come after the 32-bit data */
        if (size_of(&c, 4) > rest.n)
            return fail(why, E_INVALID, "a TZif file that ends too soon");
        rest = str_from(rest, size_of(&c, 4));
        time_size = 8;
        TRY(read_counts(&rest, &c, &version, why));
    }
    if (size_of(&c, time_size) > rest.n)
        return fail(why, E_INVALID, "a TZif file that ends too soon");
    TRY(read_data(a, z, rest, &c, time_size, why));
    rest = str_from(rest, size_of(&c, time_size));
    if (time_size == 8 && rest.n > 2) {
        ptrdiff_t end = str_find_char(str_from(rest, 1), '\n');

        if (rest.p[0] != '\n' || end < 0)
            return fail(why, E_INVALID, "a TZif file without an end to its last line");
        if (end > 0 && !read_footer(z, str_dup(a, str_of(rest.p + 1, (size_t)end))))
            return fail(why, E_INVALID, "a TZif file whose last line is no rule");
    }
    *out = z;
    return OK;
}

static bool name_ok(str name)
{
    if (name.n == 0 || name.n > 64 || name.p[0] == '/' || str_find(name, S("..")) >= 0)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];

        if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') &&
            strchr("/_+-", c) == NULL)
            return false;
    }
    return memchr(name.p, '\0', name.n) == NULL;
}

err zone_load(arena *a, str name, struct zone **out, note *why)
{
    const char *folder = getenv("TZDIR");

    if (!name_ok(name))
        return fail(why, E_INVALID, "\"%.*s\" is not the name of a time zone", STR(name));

    str path = str_fmt(a, "%s/%.*s", folder != NULL ? folder : "/usr/share/zoneinfo", STR(name));
    FILE *f = fopen(path.p, "rbe");

    if (f == NULL)
        return fail(why, E_MISSING, "there is no time zone %.*s (is tzdata installed?)", STR(name));

    char *bytes = arena_bytes(a, ZONE_FILE_MAX);
    size_t n = fread(bytes, 1, ZONE_FILE_MAX, f);
    bool broken = ferror(f) != 0;

    fclose(f);
    if (broken)
        return fail(why, E_IO, "%.*s could not be read", STR(path));
    return zone_read(a, str_of(bytes, n), out, why);
}

/* --- asking ----------------------------------------------------------------------------------- */

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

static bool is_leap(int64_t y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

/* Days from 1970 to the first of January of a year. */
static int64_t year_start(int64_t y)
{
    int64_t p = y - 1;

    return p * 365 + floor_div(p, 4) - floor_div(p, 100) + floor_div(p, 400) - 719162;
}

static int64_t year_of(int64_t days)
{
    int64_t y = 1970 + floor_div(days * 400, 146097);

    while (days < year_start(y))
        y--;
    while (days >= year_start(y + 1))
        y++;
    return y;
}

/* When a rule strikes in a year: seconds since 1970 by the wall before it. */
static int64_t strikes(const struct zone_rule *r, int64_t year)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    int64_t day = year_start(year);
    bool leap = is_leap(year);

    if (r->manner == RULE_DAY) {
        day += r->day;
    } else if (r->manner == RULE_JULIAN) {
        day += r->day - 1 + (leap && r->day >= 60);
    } else {
        int length = before[r->month] - before[r->month - 1] + (leap && r->month == 2);
        int64_t first = day + before[r->month - 1] + (leap && r->month > 2);
        int64_t weekday = ((first + 4) % 7 + 7) % 7;
        int64_t in_month = (r->weekday - weekday + 7) % 7 + 7 * (r->week - 1);

        while (in_month >= length)
            in_month -= 7;
        day = first + in_month;
    }
    return day * 86400 + r->time;
}

static const struct zone_kind *by_footer(const struct zone *z, int64_t second)
{
    if (!z->has_summer)
        return &z->winter;

    int64_t year = year_of(floor_div(second + z->winter.offset, 86400));
    int64_t from = strikes(&z->to_summer, year) - z->winter.offset;
    int64_t until = strikes(&z->to_winter, year) - z->summer.offset;
    bool summer =
        from < until ? second >= from && second < until : !(second >= until && second < from);

    return summer ? &z->summer : &z->winter;
}

static const struct zone_kind *kind_at(const struct zone *z, int64_t at)
{
    int64_t second = floor_div(at, 1000000);
    size_t low = 0, high = z->change_count;

    if (second > INT64_C(253402300800)) /* the year 10000 */
        second = INT64_C(253402300800);
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (z->changes[middle] <= second)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == z->change_count && z->has_footer)
        return by_footer(z, second);
    return low == 0 ? &z->kinds[0] : &z->kinds[z->kind_at[low - 1]];
}

int zone_offset(const struct zone *z, int64_t at)
{
    return z == NULL ? 0 : kind_at(z, at)->offset;
}

str zone_word(const struct zone *z, int64_t at)
{
    return z == NULL ? S("UTC") : kind_at(z, at)->word;
}
