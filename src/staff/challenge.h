/*
 * challenge.h - what a passkey signs so that its answer is of now, of this page, and good once.
 *
 * A challenge carries its time and a mark (keyed BLAKE2b) of what it is for and whose form it
 * stands in, so that none is kept while it waits: strangers may ask for as many as they like. Kept,
 * in memory and of a fixed size, are those that were answered rightly, for the minutes that they
 * would still hold.  The key is made at start: a restart voids all.  Any thread.
 */
#ifndef STAFF_CHALLENGE_H
#define STAFF_CHALLENGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { CHALLENGE_LETTERS = 75, CHALLENGE_LIFE_S = 5 * 60, CHALLENGES_USED = 2048 };

enum challenge_for { CHALLENGE_SIGN_IN, CHALLENGE_SECOND, CHALLENGE_PROVE, CHALLENGE_ADD };

struct challenges;

struct challenges *challenges_new(void);
void challenges_free(struct challenges **c);

/* A new one in base64url, for a form that is told by this secret.  In `a`. */
str challenge_make(arena *a, const struct challenges *c, enum challenge_for what, str form_secret,
                   int64_t now);

/* Was it made here for this, for this form, not longer ago than it holds? */
bool challenge_holds(const struct challenges *c, enum challenge_for what, str form_secret,
                     str letters, int64_t now);

/* Use up one that holds and was answered rightly.  E_DENIED: it was used before.  E_BUSY: too many
 * were, within its time. */
err challenge_use(struct challenges *c, str letters, int64_t now, note *why);

#endif
