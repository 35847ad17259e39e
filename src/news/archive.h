/*
 * archive.h - on which days the paper has stories.
 *
 * Numbers and moments only, no word of a story.  A number depends on the days of its span, so that
 * a story's change touches its own day, month and year; what is asked costs the same number of
 * statements for any archive.
 */
#ifndef NEWS_ARCHIVE_H
#define NEWS_ARCHIVE_H

#include "news/reading.h"

enum { ARCHIVE_SPANS_MAX = 10000, ARCHIVE_SPAN_DAYS_MAX = 400 };

/* How many stories there are from bounds[i] to bounds[i + 1], for each of `n` spans: counts[i].
 * `bounds` has n + 1 moments, ascending; together at most ARCHIVE_SPAN_DAYS_MAX days. */
err archive_counts(struct reading *r, const int64_t *bounds, size_t n, int64_t *counts);

/* The same for any time, but counts[i] is 1 where there are any.  Depends on all news. */
err archive_filled(struct reading *r, const int64_t *bounds, size_t n, int64_t *counts);

/* When the last story before a span and the first one after it were published; 0: there is none. */
err archive_around(struct reading *r, int64_t since, int64_t before, int64_t *earlier,
                   int64_t *later);

/* When the first story was published; E_MISSING: there is none. */
err archive_first(struct reading *r, int64_t *at);

#endif
