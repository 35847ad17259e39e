#include "staff/secret.h"

#include "base/buf.h"
#include "base/hash.h"

#include <sodium.h>

static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789#"; /* '#' stands for none */
enum { LETTERS = 31 };

str secret_make(arena *a)
{
    return random_token(a, SECRET_BYTES);
}

str secret_hash(arena *a, str secret)
{
    unsigned char *out = arena_alloc(a, SECRET_HASH);

    crypto_generichash(out, SECRET_HASH, (const unsigned char *)secret.p, secret.n, NULL, 0);
    return str_of((const char *)out, SECRET_HASH);
}

str secret_form_token(arena *a, str secret)
{
    static const unsigned char about[] = "broadsheet desk form";
    unsigned char key[SECRET_HASH], token[16];
    char *hex = arena_bytes(a, 2 * sizeof token + 1);

    crypto_generichash(key, sizeof key, (const unsigned char *)secret.p, secret.n, NULL, 0);
    crypto_generichash(token, sizeof token, about, sizeof about, key, sizeof key);
    sodium_bin2hex(hex, 2 * sizeof token + 1, token, sizeof token);
    return str_of(hex, 2 * sizeof token);
}

bool secret_same(str x, str y)
{
    return x.n == y.n && sodium_memcmp(x.p, y.p, x.n) == 0;
}

str code_make(arena *a)
{
    char *out = arena_bytes(a, CODE_SHOWN);
    size_t n = 0;

    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i > 0 && i % 4 == 0)
            out[n++] = '-';
        out[n++] = letters[randombytes_uniform(LETTERS)];
    }
    return str_of(out, n);
}

str code_read(arena *a, str typed)
{
    buf out = buf_new(a, CODE_LETTERS);

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];

        if (c == ' ' || c == '-')
            continue;
        if (c >= 'A' && c <= 'Z')
            c |= 32;
        if (c == '\0' || c == '#' || strchr(letters, c) == NULL)
            return S("");
        buf_char(&out, c);
    }
    return out.over || out.n != CODE_LETTERS ? S("") : buf_str(&out);
}
