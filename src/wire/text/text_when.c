#include "wire/text/text_copy.h"

#include "base/must.h"
#include "base/time.h"

enum { WORDS_MAX = 60 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int month_of(str word)
{
    static const struct {
        const char *name;
        int month;
    } months[] = {
        {"january", 1},   {"february", 2},  {"march", 3},     {"april", 4},     {"may", 5},
        {"june", 6},      {"july", 7},      {"august", 8},    {"september", 9}, {"october", 10},
        {"november", 11}, {"december", 12}, {"jan", 1},       {"feb", 2},       {"mar", 3},
        {"apr", 4},       {"jun", 6},       {"jul", 7},       {"aug", 8},       {"sep", 9},
        {"sept", 9},      {"oct", 10},      {"nov", 11},      {"dec", 12},      {"januar", 1},
        {"februar", 2},   {"märz", 3},      {"mai", 5},       {"juni", 6},      {"juli", 7},
        {"oktober", 10},  {"dezember", 12}, {"janvier", 1},   {"février", 2},   {"mars", 3},
        {"avril", 4},     {"juin", 6},      {"juillet", 7},   {"août", 8},      {"septembre", 9},
        {"octobre", 10},  {"novembre", 11}, {"décembre", 12},
    };
    for (size_t i = 0; i < LENGTH(months); i++)
        if (str_eq_nocase(word, str_c(months[i].name)))
            return months[i].month;
    return 0;
}

/* "24", "24th", "1." -> 24, 1; 0: no number of one or two digits. */
static int small_number(str word)
{
    int n = 0;
    size_t i = 0;

    for (; i < word.n && i < 2 && is_digit(word.p[i]); i++)
        n = n * 10 + (word.p[i] - '0');
    str tail = str_from(word, i);
    bool ends = tail.n == 0 || str_eq(tail, S("st")) || str_eq(tail, S("nd")) ||
                str_eq(tail, S("rd")) || str_eq(tail, S("th")) || str_eq(tail, S("er"));
    return ends ? n : 0;
}

static int year_of(str word)
{
    int64_t n = 0;

    return word.n == 4 && str_int(word, &n) && n >= 1990 && n <= 2200 ? (int)n : 0;
}

/* "00.01", "9:30", "9am", "9.30pm", "0930", "noon" -> minutes of the day; -1: no clock. */
static int clock_of(str word, bool after_at)
{
    int hour = 0, minute = 0;
    size_t i = 0;

    if (str_eq_nocase(word, S("noon")) || str_eq_nocase(word, S("midday")))
        return 12 * 60;
    if (str_eq_nocase(word, S("midnight")))
        return 24 * 60; /* which of the two is not said: the later */
    if (word.n == 7 && (str_ends(word, S("hrs")) || str_ends(word, S("HRS"))))
        return clock_of(str_to(word, 4), true);
    after_at |= word.n == 4 && word.p[0] == '0';
    if (after_at && word.n == 4 && is_digit(word.p[0]) && is_digit(word.p[1]) &&
        is_digit(word.p[2]) && is_digit(word.p[3])) {
        hour = (word.p[0] - '0') * 10 + word.p[1] - '0';
        minute = (word.p[2] - '0') * 10 + word.p[3] - '0';
        return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
    }
    for (; i < word.n && i < 2 && is_digit(word.p[i]); i++)
        hour = hour * 10 + (word.p[i] - '0');
    if (i == 0)
        return -1;
    bool split = i + 2 < word.n && strchr(":.h", word.p[i]) != NULL && is_digit(word.p[i + 1]) &&
                 is_digit(word.p[i + 2]);
    if (split) {
        minute = (word.p[i + 1] - '0') * 10 + word.p[i + 2] - '0';
        i += 3;
        if (i + 2 < word.n && word.p[i] == ':')
            i += 3;
    }
    str tail = str_from(word, i);
    bool am = str_eq_nocase(tail, S("am")) || str_eq_nocase(tail, S("a.m"));
    bool pm = str_eq_nocase(tail, S("pm")) || str_eq_nocase(tail, S("p.m"));
    if (!split && !am && !pm)
        return -1;
    if ((am || pm) && hour == 12)
        hour = 0;
    if (tail.n > 0 && !am && !pm && !str_eq_nocase(tail, S("hrs")) &&
        !str_eq_nocase(tail, S("h")) && !str_eq(tail, S("Z")))
        return -1;
    hour += pm ? 12 : 0;
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

/* Minutes east of UTC. */
static bool zone_of(str word, int *minutes)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"GMT", 0},    {"UTC", 0},    {"UT", 0},     {"BST", 60},   {"CET", 60},
                 {"MEZ", 60},   {"CEST", 120}, {"MESZ", 120}, {"EET", 120},  {"EEST", 180},
                 {"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300}, {"MST", -420},
                 {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"JST", 540},  {"AEST", 600},
                 {"AEDT", 660}};

    for (size_t i = 0; i < LENGTH(zones); i++)
        if (str_eq(word, str_c(zones[i].name))) {
            *minutes = zones[i].minutes;
            return true;
        }
    return false;
}

struct found {
    int year, month, day, clock, zone;
    int weekday; /* 1: Sunday, 0: none named */
    int today;   /* 1: today, 2: tomorrow */
    bool zoned;
};

static int weekday_of(str word)
{
    static const char *const names[][7] = {
        {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"},
        {"sun", "mon", "tue", "wed", "thu", "fri", "sat"},
        {"sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"},
        {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
    };
    for (size_t i = 0; i < LENGTH(names); i++)
        for (int day = 0; day < 7; day++)
            if (str_eq_nocase(word, str_c(names[i][day])))
                return day + 1;
    return 0;
}

/* "24.11.2026", and "24/11/2026" or "11/24/2026": where both orders make a date, the later one. */
static bool date_in_numbers(str word, struct found *f)
{
    int64_t part[3];
    char gap = str_find_char(word, '/') > 0 ? '/' : '.';
    str piece;
    size_t n = 0;

    while (n < 3 && str_cut(&word, gap, &piece))
        if (piece.n > 4 || !str_int(piece, &part[n++]))
            return false;
    if (n < 3 || word.n > 0 || part[0] < 1 || part[1] < 1 || part[2] < 1990 || part[2] > 2200 ||
        part[0] > 31 || part[1] > 31 || (part[0] > 12 && part[1] > 12))
        return false;
    bool month_first = gap == '/' && (part[1] > 12 || (part[0] <= 12 && part[0] > part[1]));
    f->day = (int)part[month_first];
    f->month = (int)part[!month_first];
    f->year = (int)part[2];
    return f->month <= 12;
}

static void read_words(const str *words, size_t n, struct found *f)
{
    for (size_t i = 0; i < n; i++) {
        int day = small_number(words[i]), next_day = i + 1 < n ? small_number(words[i + 1]) : 0;

        if (f->weekday == 0)
            f->weekday = weekday_of(words[i]);
        if (str_eq_nocase(words[i], S("today")) || str_eq_nocase(words[i], S("tonight")))
            f->today = 1;
        if (str_eq_nocase(words[i], S("tomorrow")))
            f->today = 2;
        if (f->month == 0 && date_in_numbers(words[i], f))
            continue;

        if (f->month == 0 && i + 1 < n && day > 0 && month_of(words[i + 1]) > 0) {
            f->day = day;
            f->month = month_of(words[i + 1]);
            f->year = i + 2 < n ? year_of(words[i + 2]) : 0;
            i += 1 + (f->year > 0);
        } else if (f->month == 0 && month_of(words[i]) > 0 && next_day > 0) {
            f->month = month_of(words[i]);
            f->day = next_day;
            f->year = i + 2 < n ? year_of(words[i + 2]) : 0;
            i += 1 + (f->year > 0);
        } else if (f->clock < 0) {
            bool at = i > 0 && (str_eq_nocase(words[i - 1], S("at")) ||
                                str_eq_nocase(words[i - 1], S("until")) ||
                                str_eq_nocase(words[i - 1], S("till")));
            bool hrs = i + 1 < n && (str_starts_nocase(words[i + 1], S("hrs")) ||
                                     str_starts_nocase(words[i + 1], S("hours")) ||
                                     str_eq_nocase(words[i + 1], S("GMT")));
            f->clock = clock_of(words[i], at || hrs);
            if (f->clock < 0 && day > 0 && i + 1 < n &&
                (str_starts_nocase(words[i + 1], S("pm")) ||
                 str_starts_nocase(words[i + 1], S("p.m")) ||
                 str_starts_nocase(words[i + 1], S("am")) ||
                 str_starts_nocase(words[i + 1], S("a.m")) ||
                 str_eq_nocase(words[i + 1], S("uhr")))) {
                bool pm = words[i + 1].p[0] == 'p' || words[i + 1].p[0] == 'P';
                bool uhr = words[i + 1].p[0] == 'u' || words[i + 1].p[0] == 'U';
                f->clock = uhr ? (day < 24 ? day * 60 : -1) : (day % 12 + (pm ? 12 : 0)) * 60;
            }
        }
        if (!f->zoned)
            f->zoned = zone_of(words[i], &f->zone);
    }
}

static int64_t epoch_day(int y, int m, int d)
{
    y -= m <= 2;
    int64_t era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool finish(struct found *f, int64_t now, struct text_when *out)
{
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t today = now / (86400 * SECOND_US);

    bool today_said = f->month == 0 && f->today > 0 && f->clock >= 0 && now > 0;
    if (today_said) {
        out->at = ((today + f->today - 1) * 1440 + f->clock - f->zone) * 60 * SECOND_US;
        *out = (struct text_when){.at = out->at, .has_clock = true, .has_zone = f->zoned};
        return true;
    }
    if (f->month == 0 || f->day < 1 || f->day > longest[f->month - 1])
        return false;
    if (f->year == 0) {
        if (now <= 0)
            return false;
        f->year = 1970 + (int)(today / 366);
        while (epoch_day(f->year, f->month, f->day) < today)
            f->year++;
    }
    int64_t minutes =
        epoch_day(f->year, f->month, f->day) * 1440 + (f->clock < 0 ? 0 : f->clock) - f->zone;
    int64_t weekday = (epoch_day(f->year, f->month, f->day) + 4) % 7;

    out->at = minutes * 60 * SECOND_US;
    out->has_clock = f->clock >= 0;
    out->has_zone = f->zoned;
    out->wrong_day = f->weekday > 0 && weekday != f->weekday - 1;
    return true;
}

bool text_when(str line, int64_t now, struct text_when *out)
{
    str words[WORDS_MAX];
    size_t n = 0;
    struct found f = {.clock = -1};

    line = str_to(line, 400);
    for (size_t i = 0; i < line.n && n < WORDS_MAX;) {
        size_t from = i;

        while (i < line.n && strchr(" ,;()[]\t\n|", line.p[i]) == NULL)
            i++;
        str word = str_of(line.p + from, i - from);
        while (word.n > 0 && strchr(".:!*", word.p[word.n - 1]) != NULL)
            word = str_to(word, word.n - 1);
        int64_t at;
        bool zoned;
        if (word.n >= 10 && is_digit(word.p[0]) && word.p[4] == '-' &&
            wire_time(word, &at, &zoned)) {
            *out = (struct text_when){.at = at, .has_clock = word.n > 10, .has_zone = zoned};
            if (word.n > 10)
                return true;
            int64_t day = at / (86400 * SECOND_US);
            struct found rest = {.clock = -1};
            str more = str_from(line, i), piece;
            str tail[4];
            size_t m = 0;
            while (m < 4 && str_cut(&more, ' ', &piece))
                if (piece.n > 0)
                    tail[m++] = piece;
            read_words(tail, m, &rest);
            if (rest.clock >= 0)
                *out =
                    (struct text_when){.at = (day * 1440 + rest.clock - rest.zone) * 60 * SECOND_US,
                                       .has_clock = true,
                                       .has_zone = rest.zoned};
            return true;
        }
        if (word.n > 0)
            words[n++] = word;
        i++;
    }
    read_words(words, n, &f);
    return finish(&f, now, out);
}
