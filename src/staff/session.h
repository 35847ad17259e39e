/*
 * session.h - being signed in: a random token in a cookie, its fingerprint in the database.
 *
 * A session ends when nobody has used it for SESSION_IDLE_H, after SESSION_LIFE_H in any case, and
 * when it is revoked.  One whose second factor is still owed opens nothing.  The verbs are for work
 * inside a store_write() job.
 */
#ifndef STAFF_SESSION_H
#define STAFF_SESSION_H

#include "staff/staff.h"

enum {
    SESSION_IDLE_H = 12,
    SESSION_LIFE_H = 7 * 24,
    SESSION_OWED_M = 10,  /* for the second factor */
    SESSION_PROOF_M = 10, /* dangerous acts want the password not longer ago */
    SESSION_TOUCH_S = 60, /* its use is written down so often */
    SESSION_DEVICE_D = 90 /* a device is known so long after the last signing in */
};

struct session {
    int64_t id, staff, made_at, seen_at, until_at, proved_at;
    bool is_whole, has_totp, has_passkey;
    str secret; /* as it is in the cookie */
    str email, name, role, address;
    privileges may;
};

/* The session with this secret; E_MISSING: none, its time is over, or its person is not active. */
err session_find(arena *a, store_conn *db, str secret, int64_t now, struct session *out);

/* Was the password given lately enough? */
bool session_is_proved(const struct session *s, int64_t now);

/* How somebody comes in. */
struct arrival {
    str device;      /* the secret of their device; empty: it was never here, and gets one */
    bool is_awaited; /* by a link: a device that is not known is none to tell of */
    str secret;      /* made: of the session */
    bool is_whole;   /* made: the second factor is not owed */
};

/* Somebody whose password was right; whole unless a second factor is owed.  Who is whole is signed
 * in from then on, from a device that is known, and the log says so; a mail does when it was not
 * known before.  E_DENIED: state or password are others by now. */
err session_begin(struct staff_work *k, const struct staffer *of, struct arrival *in, note *why);

/* Somebody whose passkey was right, which is both factors.  E_DENIED: they are not active. */
err session_begin_whole(struct staff_work *k, int64_t staff, struct arrival *in, note *why);

/* The second factor was right: a new secret, in place of the old one.  E_DENIED: it is over. */
err session_complete(struct staff_work *k, const struct session *s, struct arrival *in, note *why);

/* The password, or a passkey, was given again. */
err session_prove(struct staff_work *k, const struct session *s, note *why);

/* It is in use, from this address. */
err session_touch(struct staff_work *k, const struct session *s);

/* Sign out; end one of somebody's; end all but one (0: all). */
err session_end(struct staff_work *k, const struct session *s, note *why);
err session_end_one(struct staff_work *k, int64_t staff, int64_t session, note *why);
err session_end_all(struct staff_work *k, int64_t staff, int64_t but, note *why);

struct session_line {
    int64_t id, made_at, seen_at;
    str address, agent;
};
err sessions_of(arena *a, store_conn *db, int64_t staff, int64_t now, struct session_line **out,
                size_t *n);

/* Has somebody signed in from this device before?  It has a secret of its own, in a cookie of its
 * own. */
bool session_device_is_of(arena *a, store_conn *db, str secret, int64_t staff);

#endif
