/*
 * fronts.h - what staff do to fronts: changes gather in a draft without a line in the log, which
 * readers see nothing of; launching or dropping it is one line, slot by slot before and after.
 *
 * For work inside a store_write() job.  Errors as news/front_draft.h has them.
 */
#ifndef STAFF_FRONTS_H
#define STAFF_FRONTS_H

#include "news/front_draft.h"
#include "staff/staff.h"

/* section 0: the paper's own; name: as the log calls it. */
err staff_front_change(struct staff_work *k, int64_t section, const struct front_change *c,
                       note *why);
err staff_front_launch(struct staff_work *k, int64_t section, str name, str seen, note *why);
err staff_front_drop(struct staff_work *k, int64_t section, str name, str seen, note *why);

/* Give a section a front of its own, or make it a list again. */
err staff_front_make(struct staff_work *k, int64_t section, str name, bool makes, note *why);

#endif
