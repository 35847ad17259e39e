/*
 * writing.h - what staff write: the verbs of news/working.h, each act with its line in the log.
 * Autosaves are no acts.
 *
 * For work inside a store_write() job.
 */
#ifndef STAFF_WRITING_H
#define STAFF_WRITING_H

#include "news/working.h"
#include "staff/staff.h"

/* May somebody with these privileges write in a story that `made_by` made and that is with
 * `assigned_to` (0: nobody here)?  Whoever may not is told that there is none. */
bool staff_may_write(privileges may, int64_t staff, int64_t made_by, int64_t assigned_to);
err staff_check_write(arena *a, store_conn *db, privileges may, int64_t staff, int64_t story);

/* Who does it, as the working copy knows them. */
struct writer staff_writer(const struct staff_work *k, str editor);

err staff_story_make(struct staff_work *k, const struct copy *c, int64_t *story, note *why);

/* `s->by` is filled in here, but for the editor. */
err staff_story_save(struct staff_work *k, struct working_save *s, struct working_saved *out,
                     note *why);
err staff_story_restore(struct staff_work *k, int64_t story, int64_t revision, note *why);
/* The same with what a version of it said. */
err staff_version_restore(struct staff_work *k, int64_t story, int64_t number, note *why);

/* What waits of the wire, or came since as a version, goes into the copy. */
err staff_story_take(struct staff_work *k, int64_t story, struct working_took *out, note *why);
/* Or it stays out of it. */
err staff_story_leave(struct staff_work *k, int64_t story, note *why);

#endif
