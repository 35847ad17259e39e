#include "text/dates.h"

#include "base/buf.h"
#include "base/must.h"

#include <stdio.h>

static const char months[12][10] = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};
static const char weekdays[7][10] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};

/* --- the calendar ----------------------------------------------------------------------------- */

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

static bool is_leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970 of a day in the Gregorian calendar; the year is counted from March, so that the
 * leap day is its last. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void day_of(int64_t days, struct civil *c)
{
    int64_t z = days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t of_era = z - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t month = (5 * of_year + 2) / 153;

    c->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    c->month = (int)(month < 10 ? month + 3 : month - 9);
    c->year = (int)(years + era * 400 + (c->month <= 2));
    c->weekday = (int)(((days + 4) % 7 + 7) % 7);
}

struct civil civil_of(int64_t at, const struct zone *where)
{
    struct civil c = {0};

    /* the years 1 to 9999 and no others */
    if (at < INT64_C(-62135596800) * SECOND_US)
        at = INT64_C(-62135596800) * SECOND_US;
    if (at > INT64_C(253402214400) * SECOND_US)
        at = INT64_C(253402214400) * SECOND_US;

    int64_t wall = at + zone_offset(where, at) * SECOND_US;
    int64_t days = floor_div(wall, DAY_US);
    int64_t rest = wall - days * DAY_US;

    day_of(days, &c);
    c.hour = (int)(rest / HOUR_US);
    c.minute = (int)(rest % HOUR_US / MINUTE_US);
    c.second = (int)(rest % MINUTE_US / SECOND_US);
    c.micro = (int)(rest % SECOND_US);
    return c;
}

static bool wall_of(const struct civil *c, int64_t *wall)
{
    if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12 || c->day < 1 ||
        c->day > month_length(c->year, c->month) || c->hour < 0 || c->hour > 23 || c->minute < 0 ||
        c->minute > 59 || c->second < 0 || c->second > 59 || c->micro < 0 || c->micro > 999999)
        return false;
    *wall = days_of(c->year, c->month, c->day) * DAY_US + c->hour * HOUR_US +
            c->minute * MINUTE_US + c->second * SECOND_US + c->micro;
    return true;
}

/* The moment of a wall time: try the offsets of a day before and a day after. */
static int64_t moment_of(int64_t wall, const struct zone *where)
{
    int64_t before = zone_offset(where, wall - DAY_US) * SECOND_US;
    int64_t after = zone_offset(where, wall + DAY_US) * SECOND_US;

    if (zone_offset(where, wall - before) * SECOND_US == before)
        return wall - before; /* the first of two, in autumn */
    if (zone_offset(where, wall - after) * SECOND_US == after)
        return wall - after;
    return wall - before; /* skipped in spring: by the old clock, which is the hour after */
}

bool civil_at(const struct civil *c, const struct zone *where, int64_t *at)
{
    int64_t wall;

    if (!wall_of(c, &wall))
        return false;
    *at = moment_of(wall, where);
    return true;
}

int64_t date_day_start(int64_t at, const struct zone *where, int days)
{
    struct civil c = civil_of(at, where);

    return moment_of((days_of(c.year, c.month, c.day) + days) * DAY_US, where);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What has been read of a date. */
struct reading {
    str rest;
    struct civil c;
    bool has_zone;
    int64_t offset; /* seconds east */
    int64_t extra;  /* µs to add: 24:00, a leap second */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_ahead(const struct reading *r)
{
    size_t n = 0;

    while (n < r->rest.n && is_digit(r->rest.p[n]))
        n++;
    return n;
}

static bool take(struct reading *r, char c)
{
    if (r->rest.n == 0 || r->rest.p[0] != c)
        return false;
    r->rest = str_from(r->rest, 1);
    return true;
}

static void skip_spaces(struct reading *r)
{
    while (take(r, ' ') || take(r, '\t') || take(r, '\n') || take(r, '\r'))
        ;
}

static bool take_digits(struct reading *r, size_t n, int *out)
{
    int value = 0;

    if (digits_ahead(r) < n)
        return false;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (r->rest.p[i] - '0');
    r->rest = str_from(r->rest, n);
    *out = value;
    return true;
}

static str take_word(struct reading *r)
{
    size_t n = 0;

    while (n < r->rest.n && ((r->rest.p[n] | 32) >= 'a' && (r->rest.p[n] | 32) <= 'z'))
        n++;

    str word = str_to(r->rest, n);

    r->rest = str_from(r->rest, n);
    return word;
}

/* ".5", ",123456789": what is smaller than a microsecond is left out. */
static bool take_fraction(struct reading *r)
{
    size_t n;
    int micro = 0;

    if (!take(r, '.') && !take(r, ','))
        return true;
    n = digits_ahead(r);
    for (size_t i = 0; i < 6; i++)
        micro = micro * 10 + (i < n ? r->rest.p[i] - '0' : 0);
    r->rest = str_from(r->rest, n);
    r->c.micro = micro;
    return n > 0;
}

static bool settle_time(struct reading *r)
{
    struct civil *c = &r->c;

    if (c->hour == 24 && c->minute == 0 && c->second == 0 && c->micro == 0) {
        c->hour = 0;
        r->extra += DAY_US;
    }
    if (c->second == 60) {
        c->second = 59;
        c->micro = 0;
        r->extra += SECOND_US;
    }
    return c->hour < 24 && c->minute < 60 && c->second < 60;
}

/* Zones that mail and feeds name (RFC 5322 section 4.3 and a few that agencies write). */
static bool named_zone(str name, int64_t *offset)
{
    static const struct {
        str name;
        int minutes;
    } zones[] = {
        {S_INIT("Z"), 0},       {S_INIT("UT"), 0},     {S_INIT("UTC"), 0},
        {S_INIT("GMT"), 0},     {S_INIT("WET"), 0},    {S_INIT("WEST"), 60},
        {S_INIT("BST"), 60},    {S_INIT("CET"), 60},   {S_INIT("MEZ"), 60},
        {S_INIT("CEST"), 120},  {S_INIT("MESZ"), 120}, {S_INIT("EET"), 120},
        {S_INIT("EEST"), 180},  {S_INIT("MSK"), 180},  {S_INIT("SGT"), 480},
        {S_INIT("HKT"), 480},   {S_INIT("JST"), 540},  {S_INIT("KST"), 540},
        {S_INIT("AEST"), 600},  {S_INIT("AEDT"), 660}, {S_INIT("NZST"), 720},
        {S_INIT("NZDT"), 780},  {S_INIT("NST"), -210}, {S_INIT("NDT"), -150},
        {S_INIT("AST"), -240},  {S_INIT("ADT"), -180}, {S_INIT("EST"), -300},
        {S_INIT("EDT"), -240},  {S_INIT("ET"), -300},  {S_INIT("CST"), -360},
        {S_INIT("CDT"), -300},  {S_INIT("CT"), -360},  {S_INIT("MST"), -420},
        {S_INIT("MDT"), -360},  {S_INIT("MT"), -420},  {S_INIT("PST"), -480},
        {S_INIT("PDT"), -420},  {S_INIT("PT"), -480},  {S_INIT("AKST"), -540},
        {S_INIT("AKDT"), -480}, {S_INIT("HST"), -600},
    };

    for (size_t i = 0; i < LENGTH(zones); i++)
        if (str_eq_nocase(name, zones[i].name)) {
            *offset = zones[i].minutes * 60;
            return true;
        }
    *offset = 0;
    return name.n == 1; /* military letters mean nothing (RFC 5322 section 4.3) */
}

/* "+hh", "+hhmm", "+hh:mm", "-h:mm"; and U+2212 for '-'. */
static bool take_offset(struct reading *r)
{
    bool minus = take(r, '-');
    int hours, minutes = 0;

    if (!minus && str_starts(r->rest, S("\u2212"))) {
        r->rest = str_from(r->rest, 3);
        minus = true;
    }
    if (!minus && !take(r, '+'))
        return false;

    size_t n = digits_ahead(r);

    if (n != 1 && n != 2 && n != 3 && n != 4)
        return false;
    if (!take_digits(r, n > 2 ? n - 2 : n, &hours))
        return false;
    if (n > 2 ? !take_digits(r, 2, &minutes) : take(r, ':') && !take_digits(r, 2, &minutes))
        return false;
    r->has_zone = true;
    r->offset = (hours * 60 + minutes) * 60;
    if (minus)
        r->offset = -r->offset;
    return hours < 24 && minutes < 60;
}

/* An offset or a name, or nothing; "GMT+0100" is both. */
static bool take_zone(struct reading *r)
{
    skip_spaces(r);
    if (r->rest.n == 0)
        return true;

    str name = take_word(r);

    if (name.n > 0) {
        r->has_zone = true;
        if (!named_zone(name, &r->offset))
            return false;
        return r->rest.n == 0 || (r->rest.p[0] != '+' && r->rest.p[0] != '-') || take_offset(r);
    }
    return take_offset(r);
}

/* "hh:mm[:ss[.f]]", also with '.' between, one digit for the hour, and "am" or "pm". */
static bool take_clock(struct reading *r)
{
    size_t n = digits_ahead(r);

    if (n < 1 || n > 2 || !take_digits(r, n, &r->c.hour))
        return false;
    if (!take(r, ':') && !take(r, '.'))
        return false;
    if (!take_digits(r, 2, &r->c.minute))
        return false;
    if ((take(r, ':') ||
         (r->rest.n > 2 && is_digit(r->rest.p[1]) && is_digit(r->rest.p[2]) && take(r, '.'))) &&
        (!take_digits(r, 2, &r->c.second) || !take_fraction(r)))
        return false;

    struct reading before = *r;

    skip_spaces(r);

    str half = take_word(r);
    bool pm = str_eq_nocase(half, S("pm")), am = str_eq_nocase(half, S("am"));

    if (!pm && !am)
        *r = before;
    if ((pm || am) && (r->c.hour < 1 || r->c.hour > 12))
        return false;
    if ((am && r->c.hour == 12) || (pm && r->c.hour < 12))
        r->c.hour += am ? -12 : 12;
    return settle_time(r);
}

/* "hh", "hhmm", "hhmmss[.f]" or "hh:mm[:ss[.f]]" after the T of ISO 8601. */
static bool take_iso_clock(struct reading *r)
{
    size_t n = digits_ahead(r);

    if (n <= 2 && r->rest.n > n && r->rest.p[n] == ':')
        return take_clock(r);
    if (!take_digits(r, 2, &r->c.hour))
        return false;
    if ((n >= 4 && !take_digits(r, 2, &r->c.minute)) ||
        (n == 6 && (!take_digits(r, 2, &r->c.second) || !take_fraction(r))))
        return false;
    return (n == 2 || n == 4 || n == 6) && settle_time(r);
}

/* A date counted in weeks: the first is the one with 4 January. */
static bool set_week_date(struct reading *r, int week, int weekday)
{
    int64_t fourth = days_of(r->c.year, 1, 4);
    int64_t monday = fourth - ((fourth + 3) % 7 + 7) % 7;

    if (week < 1 || week > 53 || weekday < 1 || weekday > 7 || r->c.year < 1)
        return false;
    day_of(monday + 7 * (week - 1) + weekday - 1, &r->c);
    return true;
}

static bool set_day_of_year(struct reading *r, int day)
{
    if (r->c.year < 1 || day < 1 || day > 365 + is_leap(r->c.year))
        return false;
    day_of(days_of(r->c.year, 1, 1) + day - 1, &r->c);
    return true;
}

/* yyyy, yyyy-mm, yyyy-mm-dd, yyyy-m-d, yyyy-ddd, yyyy-Www-d, yyyymmdd, yyyyddd, yyyyWwwd; also with
 * '/' between. */
static bool take_iso_date(struct reading *r)
{
    size_t n = digits_ahead(r);
    int week, weekday = 1, day;

    if (n != 4 && n != 7 && n != 8 && n != 14 && n != 12)
        return false;
    if (!take_digits(r, 4, &r->c.year))
        return false;
    r->c.month = r->c.day = 1;
    if (n == 7)
        return take_digits(r, 3, &day) && set_day_of_year(r, day);
    if (n > 7)
        return take_digits(r, 2, &r->c.month) && take_digits(r, 2, &r->c.day);

    char dash = r->rest.n > 0 && r->rest.p[0] == '/' ? '/' : '-';

    if (take(r, 'W'))
        return take_digits(r, 2, &week) && (!digits_ahead(r) || take_digits(r, 1, &weekday)) &&
               set_week_date(r, week, weekday);
    if (!take(r, dash))
        return true;
    if (take(r, 'W'))
        return take_digits(r, 2, &week) && (!take(r, '-') || take_digits(r, 1, &weekday)) &&
               set_week_date(r, week, weekday);
    n = digits_ahead(r);
    if (n == 3)
        return take_digits(r, 3, &day) && set_day_of_year(r, day);
    if (n < 1 || n > 2 || !take_digits(r, n, &r->c.month))
        return false;
    if (!take(r, dash))
        return true;
    n = digits_ahead(r);
    return n >= 1 && n <= 2 && take_digits(r, n, &r->c.day);
}

static bool read_iso(struct reading *r)
{
    size_t n = digits_ahead(r);

    if (!take_iso_date(r))
        return false;
    if (n == 14 || n == 12) { /* yyyymmddhhmmss in one go */
        if (!take_iso_clock(r))
            return false;
        return take_zone(r) && r->rest.n == 0;
    }
    if (r->rest.n == 0)
        return true;
    if (take(r, 'T') || take(r, 't') || take(r, '_')) {
        skip_spaces(r);
        return take_iso_clock(r) && take_zone(r) && r->rest.n == 0;
    }
    if (r->rest.p[0] == ' ') {
        skip_spaces(r);
        if (digits_ahead(r) > 0 && !take_iso_clock(r))
            return false;
    }
    return take_zone(r) && r->rest.n == 0;
}

static int month_named(str word)
{
    for (int i = 0; i < 12; i++)
        if (word.n >= 3 && str_starts_nocase(str_c(months[i]), word))
            return i + 1;
    return str_eq_nocase(word, S("Sept")) ? 9 : 0;
}

static bool is_weekday(str word)
{
    for (int i = 0; i < 7; i++)
        if (word.n >= 2 && str_starts_nocase(str_c(weekdays[i]), word))
            return true;
    return str_eq_nocase(word, S("Tues")) || str_eq_nocase(word, S("Thur"));
}

static void skip_gaps(struct reading *r)
{
    while (take(r, ' ') || take(r, ',') || take(r, '-') || take(r, '.') || take(r, '\t') ||
           take(r, '\n') || take(r, '\r') || take(r, '/'))
        ;
}

/* "23", "23rd" */
static bool take_day(struct reading *r)
{
    size_t n = digits_ahead(r);

    if (n < 1 || n > 2 || !take_digits(r, n, &r->c.day))
        return false;

    str word = str_to(r->rest, 2);

    if (str_eq_nocase(word, S("st")) || str_eq_nocase(word, S("nd")) ||
        str_eq_nocase(word, S("rd")) || str_eq_nocase(word, S("th")))
        r->rest = str_from(r->rest, 2);
    return true;
}

/* Four digits, or two: RFC 5322 section 4.3. */
static bool take_year(struct reading *r)
{
    size_t n = digits_ahead(r);

    if ((n != 4 && n != 2) || !take_digits(r, n, &r->c.year))
        return false;
    if (n == 2)
        r->c.year += r->c.year < 50 ? 2000 : 1900;
    return true;
}

/* RFC 822 and 850 ("23 Nov 2026 22:30:00 +0100"), asctime ("Nov 23 22:30:00 2026"), and what people
 * write ("November 23, 2026 10:30 PM", "23 November 2026, 22:30"). */
static bool read_mail(struct reading *r)
{
    bool year = false;
    str word = take_word(r);

    if (word.n > 0 && is_weekday(word)) {
        skip_gaps(r);
        word = take_word(r);
    }
    if (word.n > 0) {
        r->c.month = month_named(word);
        skip_gaps(r);
        if (r->c.month == 0 || !take_day(r))
            return false;
    } else {
        if (!take_day(r))
            return false;
        skip_gaps(r);
        r->c.month = month_named(take_word(r));
        if (r->c.month == 0)
            return false;
    }
    skip_gaps(r);
    if (digits_ahead(r) == 4 || (digits_ahead(r) == 2 && (r->rest.n < 3 || r->rest.p[2] != ':'))) {
        year = take_year(r);
        skip_gaps(r);
        if (take(r, 'a') && !take(r, 't')) /* "at 22:30" */
            return false;
        skip_gaps(r);
    }
    if (digits_ahead(r) > 0 && !take_clock(r))
        return false;
    skip_spaces(r);
    if (!year && digits_ahead(r) == 4) {
        year = take_year(r);
    } else if (!year) { /* asctime with a zone before the year */
        if (!take_zone(r))
            return false;
        skip_spaces(r);
        year = take_year(r);
    }
    return year && (r->has_zone || take_zone(r));
}

/* A comment at the end, as in "+0100 (CET)". */
static str without_comment(str s)
{
    ptrdiff_t open = str_find_last(s, '(');

    if (str_ends(s, S(")")) && open > 0)
        s = str_trim(str_to(s, (size_t)open));
    return s;
}

bool date_parse(str s, const struct zone *where, int64_t *at)
{
    struct reading r = {.rest = without_comment(str_trim(s))}, again = r;
    int64_t wall;

    if (s.n > 100)
        return false;
    if (!read_iso(&r)) {
        r = again;
        if (!read_mail(&r))
            return false;
        skip_spaces(&r);
        if (r.rest.n > 0)
            return false;
    }
    if (!wall_of(&r.c, &wall))
        return false;
    *at = (r.has_zone ? wall - r.offset * SECOND_US : moment_of(wall, where)) + r.extra;
    return true;
}

/* --- writing ---------------------------------------------------------------------------------- */

enum { DATE_ROOM = 40 };

/* A number in so many digits. */
static void put(buf *out, int n, int digits)
{
    char p[8];

    for (int i = digits; i-- > 0; n /= 10)
        p[i] = (char)('0' + n % 10);
    buf_add(out, str_of(p, (size_t)digits));
}

static buf put_day(arena *a, const struct civil *c)
{
    buf out = buf_new(a, DATE_ROOM);

    buf_room(&out, DATE_ROOM);
    put(&out, c->year, 4);
    buf_char(&out, '-');
    put(&out, c->month, 2);
    buf_char(&out, '-');
    put(&out, c->day, 2);
    return out;
}

static void put_clock(buf *out, const struct civil *c)
{
    put(out, c->hour, 2);
    buf_char(out, ':');
    put(out, c->minute, 2);
    buf_char(out, ':');
    put(out, c->second, 2);
    if (c->micro == 0)
        return;
    buf_char(out, '.');
    if (c->micro % 1000 == 0)
        put(out, c->micro / 1000, 3);
    else
        put(out, c->micro, 6);
}

str date_iso(arena *a, int64_t at)
{
    struct civil c = civil_of(at, NULL);
    buf out = put_day(a, &c);

    buf_char(&out, 'T');
    put_clock(&out, &c);
    buf_char(&out, 'Z');
    return buf_str(&out);
}

str date_iso_in(arena *a, int64_t at, const struct zone *where)
{
    struct civil c = civil_of(at, where);
    int minutes = zone_offset(where, at) / 60, size = minutes < 0 ? -minutes : minutes;
    buf out = put_day(a, &c);

    buf_char(&out, 'T');
    put_clock(&out, &c);
    buf_char(&out, minutes < 0 ? '-' : '+');
    put(&out, size / 60, 2);
    buf_char(&out, ':');
    put(&out, size % 60, 2);
    return buf_str(&out);
}

str date_day(arena *a, int64_t at, const struct zone *where)
{
    struct civil c = civil_of(at, where);
    buf out = put_day(a, &c);

    return buf_str(&out);
}

str date_http(arena *a, int64_t at)
{
    struct civil c = civil_of(at, NULL);

    return str_fmt(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", weekdays[c.weekday], c.day,
                   months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

str date_mail(arena *a, int64_t at, const struct zone *where)
{
    struct civil c = civil_of(at, where);
    int minutes = zone_offset(where, at) / 60, size = minutes < 0 ? -minutes : minutes;

    return str_fmt(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d %c%02d%02d", weekdays[c.weekday], c.day,
                   months[c.month - 1], c.year, c.hour, c.minute, c.second, minutes < 0 ? '-' : '+',
                   size / 60, size % 60);
}

/* --- for readers ------------------------------------------------------------------------------ */

static const char *const months_in_dates[] = {
    SAY_IN("month in a date", "January"),   SAY_IN("month in a date", "February"),
    SAY_IN("month in a date", "March"),     SAY_IN("month in a date", "April"),
    SAY_IN("month in a date", "May"),       SAY_IN("month in a date", "June"),
    SAY_IN("month in a date", "July"),      SAY_IN("month in a date", "August"),
    SAY_IN("month in a date", "September"), SAY_IN("month in a date", "October"),
    SAY_IN("month in a date", "November"),  SAY_IN("month in a date", "December")};
static const char *const months_alone[] = {
    SAY_IN("month", "January"), SAY_IN("month", "February"), SAY_IN("month", "March"),
    SAY_IN("month", "April"),   SAY_IN("month", "May"),      SAY_IN("month", "June"),
    SAY_IN("month", "July"),    SAY_IN("month", "August"),   SAY_IN("month", "September"),
    SAY_IN("month", "October"), SAY_IN("month", "November"), SAY_IN("month", "December")};
static const char *const weekday_names[] = {
    SAY_IN("weekday", "Sunday"),    SAY_IN("weekday", "Monday"),   SAY_IN("weekday", "Tuesday"),
    SAY_IN("weekday", "Wednesday"), SAY_IN("weekday", "Thursday"), SAY_IN("weekday", "Friday"),
    SAY_IN("weekday", "Saturday")};
static const char *const weekday_shorts[] = {
    SAY_IN("short weekday", "Sun"), SAY_IN("short weekday", "Mon"), SAY_IN("short weekday", "Tue"),
    SAY_IN("short weekday", "Wed"), SAY_IN("short weekday", "Thu"), SAY_IN("short weekday", "Fri"),
    SAY_IN("short weekday", "Sat")};

str date_month_name(int month, const struct tongue *in)
{
    must(month >= 1 && month <= 12);
    return say_in(in, "month", months_alone[month - 1]);
}

str date_weekday_name(int weekday, const struct tongue *in)
{
    must(weekday >= 0 && weekday <= 6);
    return say_in(in, "weekday", weekday_names[weekday]);
}

str date_weekday_short(int weekday, const struct tongue *in)
{
    must(weekday >= 0 && weekday <= 6);
    return say_in(in, "short weekday", weekday_shorts[weekday]);
}

int date_week_start(const struct tongue *in)
{
    /* translators: the day that a week begins with; 0: Sunday, 1: Monday, 6: Saturday */
    str day = say_in(in, "first day of the week", "1");

    return day.n == 1 && day.p[0] >= '0' && day.p[0] <= '6' ? day.p[0] - '0' : 1;
}

static str number(arena *a, const struct tongue *in, int n)
{
    buf out = buf_new(a, DATE_ROOM);

    buf_int(&out, n);
    return say_digits(a, in, buf_str(&out));
}

static str two_digits(arena *a, const struct tongue *in, int n)
{
    buf out = buf_new(a, DATE_ROOM);

    put(&out, n, 2);
    return say_digits(a, in, buf_str(&out));
}

/* The parts of a date, each as the language writes it. */
enum { DAY, MONTH, MONTH_ALONE, YEAR, DATE_PARTS };

static str fill_date(arena *a, int64_t at, const struct zone *where, const struct tongue *in,
                     str pattern)
{
    struct civil c = civil_of(at, where);
    const struct said parts[DATE_PARTS] = {
        [DAY] = {"day", number(a, in, c.day)},
        [MONTH] = {"month", say_in(in, "month in a date", months_in_dates[c.month - 1])},
        [MONTH_ALONE] = {"month_alone", date_month_name(c.month, in)},
        [YEAR] = {"year", number(a, in, c.year)},
    };

    return say_fill(a, pattern, parts, DATE_PARTS);
}

str date_human_day(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    return fill_date(a, at, where, in, say_in(in, "date", "{day} {month} {year}"));
}

str date_human_month(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    return fill_date(a, at, where, in, say_in(in, "date", "{month_alone} {year}"));
}

str date_human_day_of_year(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    return fill_date(a, at, where, in, say_in(in, "date", "{day} {month}"));
}

static bool has_halves(const struct tongue *in)
{
    /* translators: 12 where a day has two halves (10:30 pm), 24 where it has none (22:30) */
    str hours = say_in(in, "hours of the clock", "24");

    return in != NULL && (in->is_h12 || (!in->is_h24 && str_eq(hours, S("12"))));
}

str date_human_time(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    struct civil c = civil_of(at, where);
    struct said parts[] = {
        {"hour", two_digits(a, in, c.hour)},
        {"minute", two_digits(a, in, c.minute)},
        {"half", c.hour < 12 ? say_in(in, "clock", "am") : say_in(in, "clock", "pm")},
    };

    if (!has_halves(in))
        return say_fill(a, say_in(in, "clock", "{hour}:{minute}"), parts, LENGTH(parts));
    parts[0].value = number(a, in, (c.hour + 11) % 12 + 1);
    return say_fill(a, say_in(in, "clock", "{hour}:{minute} {half}"), parts, LENGTH(parts));
}

str date_human(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    const struct said parts[] = {{"date", date_human_day(a, at, where, in)},
                                 {"time", date_human_time(a, at, where, in)}};

    return say_fill(a, say_in(in, "date", "{date}, {time}"), parts, LENGTH(parts));
}

str date_human_long_day(arena *a, int64_t at, const struct zone *where, const struct tongue *in)
{
    const struct said parts[] = {
        {"weekday", date_weekday_name(civil_of(at, where).weekday, in)},
        {"date", date_human_day(a, at, where, in)},
    };

    return say_fill(a, say_in(in, "date", "{weekday} {date}"), parts, LENGTH(parts));
}

str date_relative(arena *a, int64_t at, int64_t now, const struct zone *where,
                  const struct tongue *in)
{
    int64_t age = now - at;

    if (age < 0)
        return date_human(a, at, where, in);
    if (age < MINUTE_US)
        return say(in, "just now");
    if (age < HOUR_US)
        return say_count(a, in, age / MINUTE_US, "{n} minute ago", "{n} minutes ago");
    if (at >= date_day_start(now, where, 0) || age < 6 * HOUR_US)
        return say_count(a, in, age / HOUR_US, "{n} hour ago", "{n} hours ago");
    if (at >= date_day_start(now, where, -1))
        return say(in, "yesterday");
    for (int days = 2; days < 7; days++)
        if (at >= date_day_start(now, where, -days))
            return say_count(a, in, days, "{n} day ago", "{n} days ago");
    return date_human_day(a, at, where, in);
}

str date_minutes_ago(arena *a, const struct tongue *in)
{
    return str_fmt(a, "0 %.*s|%.*s", STR(say(in, "just now")),
                   STR(say_forms(a, in, 59, "{n} minute ago", "{n} minutes ago")));
}

str date_hours_ago(arena *a, const struct tongue *in)
{
    return say_forms(a, in, 24, "{n} hour ago", "{n} hours ago");
}
