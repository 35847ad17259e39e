/*
 * dates.h - dates as feeds, agencies and mail write them, and as readers and machines want them.
 *
 * Inside, a moment is microseconds UTC since 1970 (base/time.h); the Gregorian calendar holds for
 * all years 1 to 9999.  Pure: the zone comes from zone.h, "now" is handed in.
 */
#ifndef TEXT_DATES_H
#define TEXT_DATES_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "text/say.h"
#include "text/zone.h"

/* A moment as a calendar and a clock on a wall show it. */
struct civil {
    int year, month, day;     /* month 1..12, day 1..31 */
    int hour, minute, second; /* 0..23, 0..59, 0..59 */
    int micro;                /* 0..999999 */
    int weekday;              /* 0: Sunday; not looked at by civil_at */
};

/* How a moment looks on the wall in a zone (NULL: UTC). */
struct civil civil_of(int64_t at, const struct zone *where);

/* The moment that a wall in the zone shows (NULL: UTC).  What the clock skips in spring is read as
 * the hour after, what it shows twice in autumn as the first.  false for no such day or time. */
bool civil_at(const struct civil *wall, const struct zone *where, int64_t *at);

/*
 * Read a date in any of the forms met in copy: RFC 3339 and ISO 8601 (extended and basic, `T` or
 * space, fractions, `Z`, `+01:00`, `+0100`, `+01`, ordinal and week dates, date, month or year
 * only), RFC 822/1123/850 and asctime with named zones, with or without weekday and seconds.
 * What names no zone is in `where` (NULL: UTC); a date alone is the start of that day.  A leap
 * second is read as the next second; 24:00 as the next day.  false, *at untouched, for all else.
 */
bool date_parse(str s, const struct zone *where, int64_t *at);

/* "2026-11-23T21:30:00Z"; with the fraction where there is one. */
str date_iso(arena *a, int64_t at);

/* "2026-11-23T22:30:00+01:00": ISO 8601 with the offset of the zone. */
str date_iso_in(arena *a, int64_t at, const struct zone *where);

/* "2026-11-23" in the zone. */
str date_day(arena *a, int64_t at, const struct zone *where);

/* "Mon, 23 Nov 2026 21:30:00 GMT": HTTP (RFC 9110 section 5.6.7). */
str date_http(arena *a, int64_t at);

/* "Mon, 23 Nov 2026 22:30:00 +0100": mail and RSS (RFC 5322, RFC 822 with four digits). */
str date_mail(arena *a, int64_t at, const struct zone *where);

/* For readers, in their tongue (NULL: English): "23 November 2026, 22:30", "23 November 2026",
 * "22:30" (or "10:30 pm"), "Monday 23 November 2026", "November 2026", "23 November". */
str date_human(arena *a, int64_t at, const struct zone *where, const struct tongue *in);
str date_human_day(arena *a, int64_t at, const struct zone *where, const struct tongue *in);
str date_human_time(arena *a, int64_t at, const struct zone *where, const struct tongue *in);
str date_human_long_day(arena *a, int64_t at, const struct zone *where, const struct tongue *in);
str date_human_month(arena *a, int64_t at, const struct zone *where, const struct tongue *in);
str date_human_day_of_year(arena *a, int64_t at, const struct zone *where, const struct tongue *in);

/* The same for scripts: the forms of minutes (from "just now" on) and of hours, as say_forms(). */
str date_minutes_ago(arena *a, const struct tongue *in);
str date_hours_ago(arena *a, const struct tongue *in);

/* "just now", "5 minutes ago", "2 hours ago", "yesterday", "3 days ago"; from a week on, and for
 * the future, the date. */
str date_relative(arena *a, int64_t at, int64_t now, const struct zone *where,
                  const struct tongue *in);

/* For calendars: "November" (1 to 12), "Monday" and "Mon" (0: Sunday), and the day that a week
 * begins with (0: Sunday). */
str date_month_name(int month, const struct tongue *in);
str date_weekday_name(int weekday, const struct tongue *in);
str date_weekday_short(int weekday, const struct tongue *in);
int date_week_start(const struct tongue *in);

/* The first moment of the day (in the zone) that `at` is in, and of the day `days` after it. */
int64_t date_day_start(int64_t at, const struct zone *where, int days);

#endif
