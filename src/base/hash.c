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

static str hex_of(arena *a, const unsigned char *raw, size_t n)
{
    char *hex = arena_bytes(a, 2 * n + 1);

    sodium_bin2hex(hex, 2 * n + 1, raw, n);
    return str_of(hex, 2 * n);
}

str fingerprint(arena *a, str bytes)
{
    unsigned char raw[FINGERPRINT_HEX / 2];

    crypto_generichash(raw, sizeof raw, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    return hex_of(a, raw, sizeof raw);
}

static crypto_generichash_state *state_of(struct fingerprinting *f)
{
    _Static_assert(sizeof(crypto_generichash_state) <= sizeof f->state, "libsodium has grown");
    return (crypto_generichash_state *)(void *)f->state;
}

void fingerprint_begin(struct fingerprinting *f)
{
    crypto_generichash_init(state_of(f), NULL, 0, FINGERPRINT_HEX / 2);
}

void fingerprint_add(struct fingerprinting *f, str bytes)
{
    crypto_generichash_update(state_of(f), (const unsigned char *)bytes.p, bytes.n);
}

str fingerprint_end(arena *a, struct fingerprinting *f)
{
    unsigned char raw[FINGERPRINT_HEX / 2];

    crypto_generichash_final(state_of(f), raw, sizeof raw);
    return hex_of(a, raw, sizeof raw);
}

bool fingerprint_ok(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (hex_value(s.p[i]) < 0 || (s.p[i] >= 'A' && s.p[i] <= 'F'))
            return false;
    return s.n == FINGERPRINT_HEX;
}

str checksum(arena *a, str bytes)
{
    static const unsigned char known[crypto_shorthash_siphashx24_KEYBYTES] = "checksum";
    unsigned char raw[CHECKSUM_HEX / 2];

    crypto_shorthash_siphashx24(raw, (const unsigned char *)bytes.p, bytes.n, known);
    return hex_of(a, raw, sizeof raw);
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
