/*
 * secret.h - tokens that prove something: made at random, kept as fingerprints, compared in
 * constant time.  Pure but for the randomness.
 */
#ifndef STAFF_SECRET_H
#define STAFF_SECRET_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

enum { SECRET_BYTES = 32, SECRET_HASH = 32, SECRET_LETTERS = 43 };

/* 32 random bytes in base64url: the session, the link, the device. */
str secret_make(arena *a);

/* What the store keeps of one: BLAKE2b-256, of which there is no way back to a secret that cannot
 * be guessed.  In `a`. */
str secret_hash(arena *a, str secret);

/* What a form carries so that it can be told from a stranger's: goes by the secret in the cookie
 * and does not betray it.  In `a`. */
str secret_form_token(arena *a, str secret);

/* The same bytes?  Takes as long whether they are or not. */
bool secret_same(str x, str y);

enum { CODE_LETTERS = 16, CODE_SHOWN = 19 };

/* A recovery code, "k7qm-2fxd-…": 80 random bits in letters that are not taken for each other. */
str code_make(arena *a);

/* The code in what somebody typed, with no spaces and hyphens, lower case; empty: it is none. */
str code_read(arena *a, str typed);

#endif
