/*
 * hash.h - short numbers and long fingerprints of bytes.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"
#include "base/str.h"

/* A 64-bit number for hash tables, keyed with a secret made at start (SipHash-2-4 of libsodium),
 * so that a stranger cannot choose names that collide. */
uint64_t hash_of(str s);

enum { FINGERPRINT_HEX = 32 }; /* characters: 128 bits */

/* BLAKE2b-128 in hex: the same bytes always give the same name.  Lives in `a`. */
str fingerprint(arena *a, str bytes);

/* The same for bytes that come in pieces: begin, add, add..., end. */
struct fingerprinting {
    _Alignas(64) unsigned char state[384];
};
void fingerprint_begin(struct fingerprinting *f);
void fingerprint_add(struct fingerprinting *f, str bytes);
str fingerprint_end(arena *a, struct fingerprinting *f);

/* Could a fingerprint look like this? */
bool fingerprint_ok(str s);

enum { CHECKSUM_HEX = 32 };

/* The same bytes always give the same, on every machine, in less than half the time: SipHash-2-4
 * with 128 bits under a key that everybody knows.  For validators; not for names, since whoever
 * wants can make two texts that have the same.  Lives in `a`. */
str checksum(arena *a, str bytes);

/* Make the key; called once, before threads start. */
void hash_start(void);

/* `n` random bytes spelled in base64url without padding: unguessable from 16 bytes on. */
str random_token(arena *a, size_t n);

#endif
