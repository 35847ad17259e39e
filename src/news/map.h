/*
 * map.h - the paper's stories as search engines are told of them: by the month, without their
 * words.
 *
 * Every story is asked for at the gate.  A month is one of UTC; what is read of it depends on its
 * days, so that a story's change touches its own month alone.
 */
#ifndef NEWS_MAP_H
#define NEWS_MAP_H

#include "news/reading.h"

struct map_month {
    int year, month; /* month 1..12 */
};

/* The month that a moment is in, and the one after it. */
struct map_month map_month_of(int64_t at);
struct map_month map_month_next(struct map_month m);
bool map_month_before(struct map_month x, struct map_month y);

struct map_line {
    str path, headline, language;  /* headline, language: map_news() only */
    int64_t public_at, changed_at; /* µs UTC */
};
struct map_lines {
    struct map_line *v;
    size_t n;
};

/* An address of something else than a story, and since when it is as it is. */
struct map_place {
    str path;
    int64_t at; /* µs UTC; 0: not said */
};
struct map_places {
    struct map_place *v;
    size_t n;
};

/* `many` of a month's stories after the first `skip`, oldest first. */
err map_month_lines(struct reading *r, struct map_month m, size_t skip, size_t many,
                    struct map_lines *out);

struct map_facts {
    int64_t stories, changed_at; /* changed_at: the last of them; 0: none */
};
err map_month_facts(struct reading *r, struct map_month m, struct map_facts *out);

/* The month of the first public story; E_MISSING: there is none. */
err map_first(struct reading *r, struct map_month *out);

/* The newest, published since a moment; holds until the oldest of them is older than that. */
err map_news(struct reading *r, int64_t age_us, size_t many, struct map_lines *out);

#endif
