#include "base/hash.h"

#include "base/must.h"

#include <sodium.h>

static unsigned char key[crypto_shorthash_KEYBYTES];

void hash_start(void)
{
    must(sodium_init() >= 0);
    crypto_shorthash_keygen(key);
}

uint64_t hash_of(str s)
{
    uint64_t h;

    crypto_shorthash((unsigned char *)&h, (const unsigned char *)s.p, s.n, key);
    return h;
}

str fingerprint(arena *a, str bytes)
{
    unsigned char raw[FINGERPRINT_HEX / 2];
    char *hex = arena_bytes(a, FINGERPRINT_HEX + 1);

    crypto_generichash(raw, sizeof raw, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    sodium_bin2hex(hex, FINGERPRINT_HEX + 1, raw, sizeof raw);
    return str_of(hex, FINGERPRINT_HEX);
}

str random_token(arena *a, size_t n)
{
    unsigned char raw[64];
    size_t room = sodium_base64_ENCODED_LEN(sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_bytes(a, room);

    must(n <= sizeof raw);
    randombytes_buf(raw, n);
    sodium_bin2base64(text, room, raw, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_c(text);
}
