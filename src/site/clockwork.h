/*
 * clockwork.h - what time alone brings about: scheduled stories go live, expired ones go, held
 * updates are taken; once a minute, how much each story was read is written down; once an hour,
 * uploads that nobody goes on with are swept.
 *
 * One thread.  It sleeps until the next moment that the store knows of (or a minute), and wakes
 * when something is scheduled.  The gate does not wait for it: a story is public at its second
 * whether or not this thread has run; this writes the event that others follow.
 */
#ifndef SITE_CLOCKWORK_H
#define SITE_CLOCKWORK_H

#include "site/site.h"

struct clockwork;

err clockwork_start(struct site *s, struct clockwork **out, note *why);
void clockwork_wake(struct clockwork *c);
void clockwork_stop(struct clockwork **c);

#endif
