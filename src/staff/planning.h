/*
 * planning.h - what staff plan: stages, assignment, wished days, and notes to each other.
 *
 * Readers see nothing of it, ever.  The verbs are for work inside a store_write() job; each writes
 * an event and a line of the log.
 */
#ifndef STAFF_PLANNING_H
#define STAFF_PLANNING_H

#include "news/working.h"
#include "staff/staff.h"

enum { NOTE_MAX = 16000 /* bytes */, NOTES_SHOWN = 100, MENTIONS_MAX = 20 };

/* What is to change; what is not said stays. */
struct plan_change {
    int64_t story;
    str stage; /* empty: stays */
    bool sets_person, sets_wish;
    int64_t person;  /* 0: nobody */
    int64_t wish_at; /* 0: no day */
};

/* E_MISSING: no such story that they may write in.  E_INVALID: no such stage, or person who could
 * write it.  E_DENIED: giving it to others takes the privilege `edit`.  E_GONE: it was killed. */
err staff_plan(struct staff_work *k, const struct plan_change *c, note *why);

/* An idea in a line: a story with a headline, at the first stage. */
struct idea {
    str headline;
    int64_t section, person; /* person 0: nobody */
};
err staff_plan_idea(struct staff_work *k, const struct idea *i, int64_t *story, note *why);

/* A note.  Whoever it names ("@Ada Quill", "@Ada" where no other is called so) finds it on their
 * first page until it is settled.  E_INVALID: no words, or too many. */
err staff_note(struct staff_work *k, int64_t story, str words, int64_t *id, note *why);

/* Settle a note, or open it again. */
err staff_note_resolve(struct staff_work *k, int64_t story, int64_t id, bool resolved, note *why);

/* The people that words name.  Pure. */
size_t staff_named_in(str words, const struct staffer *all, size_t n, int64_t out[MENTIONS_MAX]);

#endif
