/*
 * totp.h - the six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds, as all apps do).
 * Pure.
 */
#ifndef STAFF_TOTP_H
#define STAFF_TOTP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

enum { TOTP_SECRET = 20, TOTP_STEP_S = 30, TOTP_DRIFT = 1 /* steps that a telephone may be off */ };

/* The code of a step (seconds since 1970 / 30). */
int totp_code(str secret, int64_t step);

/* The step around `at` (µs UTC) whose code was typed ("123 456" is fine) and that is newer than
 * `used`; -1: none.  Whoever calls keeps the step, so that a code that was seen is worth nothing.
 */
int64_t totp_check(str secret, str typed, int64_t at, int64_t used);

/* A new secret; and in base32, as it is typed into an app, four letters at a time. */
str totp_secret_make(arena *a);
str totp_secret_shown(arena *a, str secret);

/* "otpauth://totp/..." for the picture that is scanned. */
str totp_address(arena *a, str secret, str paper, str email);

#endif
