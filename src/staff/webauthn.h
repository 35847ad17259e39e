/*
 * webauthn.h - what a browser says of a passkey (WebAuthn level 2), read strictly and verified:
 * libfido2 reads keys and signatures, jansson what the browser calls client data.
 *
 * All of it is a stranger's bytes.  A key is bound to the host that it was made at; what it signs
 * says that host, the page's origin, the challenge, and whether somebody was there and known to
 * the device.  Who made the device is not asked (attestation "none").  Pure.
 */
#ifndef STAFF_WEBAUTHN_H
#define STAFF_WEBAUTHN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    WEBAUTHN_ID_MAX = 1023,
    WEBAUTHN_CLIENT_MAX = 4096,
    WEBAUTHN_DATA_MAX = 4096,
    WEBAUTHN_SIGNATURE_MAX = 1024,
};

/* COSE numbers. */
enum { WEBAUTHN_ES256 = -7, WEBAUTHN_EDDSA = -8, WEBAUTHN_RS256 = -257 };

/* Where the page is: the host, "paper.example", and "https://paper.example:8443". */
struct webauthn_site {
    str host, origin;
};

struct webauthn_key {
    str id;         /* that the device gave it */
    int algorithm;  /* COSE */
    str public_key; /* as libfido2 has it */
    int64_t count;  /* how often it has signed; always 0 with devices that do not count */
};

/* The challenge that client data answer; it points into `a`.  E_DENIED: they are no client data,
 * not of `type` ("webauthn.get", "webauthn.create"), or of a page that is not ours. */
err webauthn_client(arena *a, const struct webauthn_site *site, const char *type, str client,
                    str *challenge, note *why);

/* The key that a device has just made.  In `a`.  E_DENIED: it is none that we can use, of another
 * host, or nobody was there. */
err webauthn_made(arena *a, const struct webauthn_site *site, str data, struct webauthn_key *out,
                  note *why);

/* What a device has signed. */
struct webauthn_answer {
    str client, data, signature;
};

/* Is it this key's, for this site; was somebody there, and (`known`) known to the device by a PIN,
 * a finger, a face?  *count: how often it has signed by now.  E_DENIED: no.  That the challenge is
 * ours is for the caller to know. */
err webauthn_verify(const struct webauthn_site *site, const struct webauthn_key *key,
                    const struct webauthn_answer *answer, bool known, int64_t *count, note *why);

#endif
