/*
 * webpush.h - what a push service carries to a device without being able to read it, and who sends
 * it: RFC 8291 (encryption for Web Push) in the one record of RFC 8188 (aes128gcm), and RFC 8292
 * (VAPID: a token signed with ES256).
 *
 * Keys are as browsers write them: base64url without padding; a public one is an uncompressed point
 * of P-256.  Pure, but for the randomness that each message takes.
 */
#ifndef HTTP_WEBPUSH_H
#define HTTP_WEBPUSH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    WEBPUSH_PUBLIC = 65, /* bytes */
    WEBPUSH_PRIVATE = 32,
    WEBPUSH_SALT = 16,
    WEBPUSH_AUTH = 16,
    WEBPUSH_WORDS_MAX = 3800 /* of one message: every service takes 4096 with what stands around */
};

struct webpush_key {
    str secret, open; /* the private half, the public one */
};

/* A new pair.  In `a`. */
struct webpush_key webpush_key_new(arena *a);

/* Could a browser have given these two? */
bool webpush_ok(str p256dh, str auth);

/* `words` for the device alone that has these keys.  E_INVALID: they are none, or too many words.
 */
err webpush_seal(arena *a, str p256dh, str auth, str words, str *out, note *why);

/* The same with a key and a salt that are given: for tests. */
err webpush_seal_with(arena *a, const struct webpush_key *key, str salt, str p256dh, str auth,
                      str words, str *out, note *why);

/* Of whose push service an address is: "https://push.example:8443"; empty: of none. */
str webpush_origin(arena *a, str endpoint);

/* The value of Authorization for a message to `endpoint`, good until then; `contact`: a mailto: or
 * https: address of whoever sends.  E_INVALID: the key is none. */
err webpush_vapid(arena *a, const struct webpush_key *key, str endpoint, str contact,
                  int64_t until_s, str *out, note *why);

#endif
