/*
 * running.h - what staff do to running stories: the verbs of news/running.h, each with its line in
 * the log.
 *
 * Writing and changing drafts takes what writing in the story takes; whatever readers see of it
 * takes the privilege `publish`.  For work inside a store_write() job.
 */
#ifndef STAFF_RUNNING_H
#define STAFF_RUNNING_H

#include "news/running.h"
#include "staff/staff.h"

enum running_verb {
    RUNNING_WRITE,  /* a new entry; goes out when `goes_out`, at `at` (0: now) */
    RUNNING_CHANGE, /* the same */
    RUNNING_PUBLISH,
    RUNNING_WITHDRAW,
    RUNNING_PROMOTE, /* to the story `made`; 0: a new one, which is then there */
    RUNNING_MOVE     /* the coverage, to `to`, at `at` */
};

struct running_act {
    enum running_verb verb;
    int64_t story;
    int64_t number; /* of the entry; of a new one it is there afterwards */
    struct entry_draft text;
    bool goes_out;
    int64_t at;
    int64_t made;
    enum coverage_state to;
    str seen; /* changed: what the entry's version was when it was looked at; empty: whatever */
};

/* E_MISSING: no such story that they may write in; E_DENIED: they may not publish; E_CONFLICT,
 * E_INVALID, E_LIMIT, E_GONE as the verb says, E_CONFLICT also when it is not as it was seen. */
err staff_running(struct staff_work *k, struct running_act *act, note *why);

#endif
