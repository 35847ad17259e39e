/*
 * calendar.h - days, months and years of the archive, as pages name and link them.  In the paper's
 * own zone; everything lives in the reading's arena.
 */
#ifndef SITE_PUBLIC_CALENDAR_H
#define SITE_PUBLIC_CALENDAR_H

#include "site/public/parts.h"
#include "text/dates.h"

/* The first moment of a day; month 13 is the January after.  E_MISSING for no such day. */
err calendar_moment(const struct parts *p, int year, int month, int day, int64_t *at);

/* "/2026", "/2026/11", "/2026/11/23", for the edition at hand. */
str calendar_year_address(const struct parts *p, int64_t at);
str calendar_month_address(const struct parts *p, int64_t at);
str calendar_day_address(const struct parts *p, int64_t at);

/* A year in the language's digits. */
str calendar_year_name(const struct parts *p, int year);

/* The way here: the archive, the year (0: that is all), the month (0: that is all). */
const struct view_menu *calendar_way(const struct parts *p, int year, int month, size_t *n);

/* The month with its days, of which `day` (0: none) is the current one; the months before and after
 * it that have stories.  *stories: how many there are. */
err calendar_of(const struct parts *p, int year, int month, int day,
                const struct view_calendar **out, int64_t *stories);

#endif
