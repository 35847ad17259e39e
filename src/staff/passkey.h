/*
 * passkey.h - somebody's passkeys: the public halves, bound to the host that they were made at.
 *
 * Whoever has one needs no password: the device has asked who it is (webauthn.h).  The verbs are
 * for work inside a store_write() job.
 */
#ifndef STAFF_PASSKEY_H
#define STAFF_PASSKEY_H

#include "staff/staff.h"
#include "staff/webauthn.h"

enum { PASSKEYS_MAX = 20 /* of one person */, PASSKEY_NAME_MAX = 80, PASSKEY_HANDLE = 32 };

struct passkey {
    int64_t id, staff;
    str host, name;
    struct webauthn_key key;
    str handle;               /* of the person, as devices keep it */
    int64_t made_at, used_at; /* used_at 0: never */
};

/* What devices know somebody by: says nothing of who it is.  In `a`. */
str passkey_handle(arena *a, int64_t staff, int64_t made_at);

/* Somebody's, the oldest first; the one that a device calls so (E_MISSING).  In `a`. */
err passkeys_of(arena *a, store_conn *db, int64_t staff, struct passkey **out, size_t *n);
err passkey_at(arena *a, store_conn *db, str credential, struct passkey *out);

/* E_CONFLICT: it is somebody's already.  E_LIMIT: they have enough. */
err passkey_add(struct staff_work *k, int64_t staff, str host, const struct webauthn_key *key,
                str name, note *why);

/* Recovery codes go with the last second factor.  E_MISSING: there is none such. */
err passkey_drop(struct staff_work *k, int64_t staff, int64_t passkey, note *why);

/* It has signed, and counts so many by now.  E_DENIED: it is gone, or counted more before, as a
 * copy of it would. */
err passkey_used(struct staff_work *k, const struct passkey *p, int64_t count, note *why);

#endif
