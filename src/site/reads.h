/*
 * reads.h - how often each story is read: counted by all threads, taken out once a minute.
 *
 * Counting takes some nanoseconds, no lock and no memory; with more than READS_MOST stories in a
 * minute some are not counted.  Nothing but numbers of stories is kept: not who, not from where.
 */
#ifndef SITE_READS_H
#define SITE_READS_H

#include "base/arena.h"
#include "news/heat.h"

enum { READS_MOST = 4096 };

struct reads;

struct reads *reads_new(void);
void reads_free(struct reads **r);

/* The story was read once.  Any thread.  0 counts for nothing. */
void reads_count(struct reads *r, int64_t story);

/* What was counted since the last time; lives in `a`.  One thread. */
void reads_take(struct reads *r, arena *a, struct story_readings **out, size_t *n);

#endif
