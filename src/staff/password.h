/*
 * password.h - what a password must be, and keeping it so that nobody can read it.
 *
 * Argon2id takes some fifty milliseconds and 64 MiB: on desk threads only, and at most
 * HASHING_AT_ONCE of them at a time with HASHING_WAITING behind; who comes then is told to try
 * again (E_BUSY), so that sign-ins cannot keep readers waiting.
 */
#ifndef STAFF_PASSWORD_H
#define STAFF_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    PASSWORD_MIN = 12, /* characters */
    PASSWORD_BYTES_MAX = 512,
    HASHING_AT_ONCE = 2,
    HASHING_WAITING = 1
};

enum password_fault {
    PASSWORD_FINE,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_KNOWN,  /* in the lists of those that are tried first, or made from one by a rule */
    PASSWORD_OF_ONE, /* made of the name, the e-mail or the paper's name */
};

/* Look a new one over.  `name`, `email`, `paper`: what it may not be made of. */
enum password_fault password_look(arena *a, str password, str name, str email, str paper);

/* What is wrong, as a sentence to be said; NULL for PASSWORD_FINE. */
const char *password_fault_words(enum password_fault f);

/* To be kept.  In `a`.  E_BUSY: too many at once. */
err password_hash(arena *a, str password, str *kept, note *why);

/* Is it the one that was kept?  E_DENIED: no.  With an empty `kept` (no such account, or no
 * password yet) it takes as long and says no.  E_BUSY: too many at once. */
err password_check(arena *a, str password, str kept, note *why);

#endif
