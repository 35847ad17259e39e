/*
 * index.h - keeps the full-text index: a thread of its own that follows the event log.
 *
 * What it writes is what the gate lets through on the way out to search, so the words of a story
 * that is not public are not in the index.  Many stories share a commit; the place in the log moves
 * in the same transaction, so a crash loses nothing.  A paper that has no index yet, or one in
 * another spelling, is walked through first.  Notices are compared with what the index has of them
 * whenever no story is left; a run that begins is seen within a minute.
 */
#ifndef FIND_INDEX_H
#define FIND_INDEX_H

#include "store/store.h"

/* One more when text/fold.h or stem.h spell otherwise, or more is looked through. */
enum { FIND_SPELLING = 3 };

struct find_index;

/* Start the thread. */
err find_index_start(store *s, struct find_index **out, note *why);

/* Something may have changed.  Any thread; NULL is fine. */
void find_index_wake(struct find_index *f);

/* Finish the batch in hand and end the thread.  NULL is fine. */
void find_index_stop(struct find_index **f);

/* Without the thread, from the command line: bring the index up to date, all anew when `rebuild`.
 * *stories: how many were looked at. */
err find_index_run(store *s, bool rebuild, int64_t *stories, note *why);

#endif
