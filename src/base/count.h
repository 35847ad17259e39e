/*
 * count.h - how often what happens, in numbers that only grow.
 *
 * Each thread counts in cache lines of its own, so counting costs nanoseconds and disturbs nobody;
 * reading adds all threads up.  Any thread; of the whole process, from its start.
 */
#ifndef BASE_COUNT_H
#define BASE_COUNT_H

#include <stddef.h>
#include <stdint.h>

/* Bounds of how long something took, in microseconds, each a cell of its own; the last cell is for
 * what took longer. */
#define COUNT_BOUNDS_US                                                                            \
    {                                                                                              \
        100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000,     \
            2500000, 5000000, 10000000                                                             \
    }
enum { COUNT_BOUNDS = 16, COUNT_SPANS = COUNT_BOUNDS + 1 };
enum { COUNT_KINDS = 10, COUNT_STATUSES = 6, COUNT_EVENTS = 96, COUNT_RANKS = 5 };

/* Name, cells: what is counted, and what the cell says. */
#define COUNTS(X)                                                                                  \
    X(reply, COUNT_KINDS *COUNT_STATUSES) /* replies: kind of route, class of status (1xx is 1) */ \
    X(warm, COUNT_KINDS)                  /* of these, pages that a loop had in memory */          \
    X(warm_us, COUNT_SPANS)               /* how long those took */                                \
    X(drawn_us, COUNT_SPANS)              /* how long those took that went to a desk thread */     \
    X(spent_us, 2)                        /* both in sum: warm, drawn */                           \
    X(event, COUNT_EVENTS)                /* events that the followers have seen, by kind */       \
    X(shed, COUNT_RANKS)                  /* requests refused under load, by rank (http/load.h) */ \
    X(spared, 1)                          /* of these, answered with a page from memory instead */ \
    X(left, 1)                            /* not begun, as whoever asked had gone */               \
    X(over, 1)                            /* refused to who asked for more than an allowance */

#define COUNT_ENUM(name, cells) COUNT_##name,
enum count { COUNTS(COUNT_ENUM) COUNT_NAMES };

/* One more in this cell; so many more. */
void count_one(enum count which, size_t cell);
void count_more(enum count which, size_t cell, int64_t n);

/* The cell for something that took so long. */
size_t count_span(int64_t us);

/* The cells of one name; `cells` has room for all of them. */
void count_read(enum count which, int64_t *cells);
size_t count_cells(enum count which);

/* So long took at most `part` (0.99) of what these spans counted: estimated inside the span;
 * 0 when there was nothing.  Microseconds. */
int64_t count_quantile(const int64_t spans[COUNT_SPANS], double part);

#endif
