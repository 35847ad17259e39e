#include "base/time.h"
#include "wire/build.h"

/* What a spelling of a time says. */
struct moment {
    int year, month, day, hour, minute, second, micro;
    int offset_minutes;
    bool zoned;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool digits(str *s, size_t count, int *n)
{
    int value = 0;

    if (s->n < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(s->p[i]))
            return false;
        value = value * 10 + (s->p[i] - '0');
    }
    *n = value;
    *s = str_from(*s, count);
    return true;
}

static bool one_of(str *s, const char *set)
{
    if (s->n == 0 || strchr(set, s->p[0]) == NULL)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* "1 or 2 digits". */
static bool small_number(str *s, int *n)
{
    return s->n >= 2 && is_digit(s->p[1]) ? digits(s, 2, n) : digits(s, 1, n);
}

static bool named_zone(str word, int *offset_minutes)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"Z", 0},    {"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
                 {"BST", 1},  {"CET", 1},  {"CEST", 2}, {"EET", 2},  {"EEST", 3}, {"JST", 9}};

    for (size_t i = 0; i < LENGTH(zones); i++)
        if (str_eq_nocase(word, str_c(zones[i].name))) {
            *offset_minutes = zones[i].hours * 60;
            return true;
        }
    return false;
}

/* What is left must be a zone, or nothing. */
static bool take_zone(str s, struct moment *m)
{
    int hours, minutes = 0;

    s = str_trim(s);
    if (s.n == 0)
        return true;
    if (s.n > 3 && str_starts_nocase(s, S("GMT")) && (s.p[3] == '+' || s.p[3] == '-'))
        s = str_from(s, 3);
    if (named_zone(s, &m->offset_minutes)) {
        m->zoned = true;
        return true;
    }
    bool west = s.p[0] == '-';
    if (!one_of(&s, "+-") || !digits(&s, 2, &hours))
        return false;
    one_of(&s, ":");
    if (s.n > 0 && !digits(&s, 2, &minutes))
        return false;
    if (s.n > 0 || hours > 15 || minutes > 59)
        return false;
    m->offset_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
    m->zoned = true;
    return true;
}

static void take_fraction(str *s, struct moment *m)
{
    int scale = 100000;

    if (s->n < 2 || (s->p[0] != '.' && s->p[0] != ',') || !is_digit(s->p[1]))
        return;
    *s = str_from(*s, 1);
    for (; s->n > 0 && is_digit(s->p[0]); *s = str_from(*s, 1)) {
        m->micro += (s->p[0] - '0') * scale;
        scale /= 10;
    }
}

/* "16:25:32.5-05:00", "162532-0500", "16:25Z". */
static bool take_clock(str s, struct moment *m)
{
    if (!digits(&s, 2, &m->hour))
        return false;
    one_of(&s, ":");
    if (!digits(&s, 2, &m->minute))
        return false;
    if (one_of(&s, ":") || (s.n > 0 && is_digit(s.p[0]))) {
        if (!digits(&s, 2, &m->second))
            return false;
        take_fraction(&s, m);
    }
    return take_zone(s, m);
}

static bool read_iso(str s, struct moment *m)
{
    m->month = m->day = 1;
    if (!digits(&s, 4, &m->year))
        return false;
    if (s.n == 0)
        return true;
    bool dashes = one_of(&s, "-/");
    if (!digits(&s, 2, &m->month))
        return false;
    if (s.n == 0)
        return dashes;
    if (dashes && !one_of(&s, "-/"))
        return false;
    if (!digits(&s, 2, &m->day))
        return false;
    if (s.n == 0)
        return true;
    if (one_of(&s, "Tt ") || is_digit(s.p[0]))
        return take_clock(str_trim(s), m);
    return take_zone(s, m);
}

static bool month_named(str word, int *month)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    for (int i = 0; i < 12 && word.n >= 3; i++)
        if (str_eq_nocase(str_to(word, 3), str_of(names + 3 * i, 3))) {
            *month = i + 1;
            return true;
        }
    return false;
}

static str word_of(str *s)
{
    str word;

    *s = str_trim(*s);
    while (s->n > 0 && s->p[0] == ',')
        *s = str_trim(str_from(*s, 1));
    size_t n = 0;
    while (n < s->n && s->p[n] != ' ' && s->p[n] != ',' && s->p[n] != '\t')
        n++;
    word = str_to(*s, n);
    *s = str_from(*s, n);
    return word;
}

static bool year_of(str word, int *year)
{
    int64_t n;

    if ((word.n != 2 && word.n != 4) || !str_int(word, &n) || n < 0)
        return false;
    *year = (int)(word.n == 4 ? n : n < 70 ? 2000 + n : 1900 + n);
    return true;
}

/* "Tue, 10 Jun 2003 04:00:00 GMT", "10 Jun 03 04:00 +0200", "Jun 10, 2003", "Tue Jun 10 04:00:00
 * 2003". */
static bool read_words(str s, struct moment *m)
{
    str word = word_of(&s);

    if (word.n > 0 && !is_digit(word.p[0]) && !month_named(word, &m->month))
        word = word_of(&s); /* a day of the week */
    if (month_named(word, &m->month)) {
        str day = word_of(&s);
        if (!small_number(&day, &m->day))
            return false;
    } else {
        if (!small_number(&word, &m->day) || word.n > 0)
            return false;
        if (!month_named(word_of(&s), &m->month))
            return false;
    }
    word = word_of(&s);
    bool clock_first = str_find_char(word, ':') > 0;
    if (clock_first) {
        if (!take_clock(word.n == 4 || word.p[1] == ':' ? S("") : word, m))
            return false;
        word = word_of(&s);
        if (!year_of(word, &m->year)) {
            if (!take_zone(word, m))
                return false;
            word = word_of(&s);
        }
    }
    if (m->year == 0 && !year_of(word, &m->year))
        return false;
    s = str_trim(s);
    if (clock_first || s.n == 0)
        return s.n == 0;

    str clock = word_of(&s);
    char padded[16] = "0";
    if (clock.n > 1 && clock.n < 14 && clock.p[1] == ':') {
        memcpy(padded + 1, clock.p, clock.n);
        clock = str_of(padded, clock.n + 1);
    }
    return take_clock(clock, m) && (s.n == 0 || take_zone(s, m));
}

static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool wire_time(str s, int64_t *at, bool *zoned)
{
    struct moment m = {0};

    s = str_trim(s);
    if (s.n == 0 || s.n > 64)
        return false;
    bool iso = s.n >= 4 && is_digit(s.p[0]) && is_digit(s.p[1]) && is_digit(s.p[2]);
    if (!(iso ? read_iso(s, &m) : read_words(s, &m)))
        return false;
    if (m.year < 1900 || m.year > 9999 || m.month < 1 || m.month > 12 || m.day < 1 ||
        m.day > days_in(m.year, m.month) || m.hour > 24 || m.minute > 59 || m.second > 60)
        return false;

    int64_t seconds = days_from_civil(m.year, m.month, m.day) * 86400 + m.hour * 3600 +
                      (m.minute - m.offset_minutes) * 60 + m.second;
    *at = seconds * SECOND_US + m.micro;
    if (zoned != NULL)
        *zoned = m.zoned;
    return true;
}
