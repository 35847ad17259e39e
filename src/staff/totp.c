#include "staff/totp.h"

#include "base/buf.h"
#include "http/form.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

enum { MILLION = 1000000, ADDRESS_MAX = 2048 };

/* RFC 4226 section 5.3. */
int totp_code(str secret, int64_t step)
{
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)(step >> (8 * (7 - i)));
    if (HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, mac, &n) == NULL)
        return -1;

    unsigned at = mac[n - 1] & 15;
    uint32_t word = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
                    (uint32_t)mac[at + 2] << 8 | mac[at + 3];

    return (int)(word % MILLION);
}

static int read_digits(str typed)
{
    int n = 0, digits = 0;

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];

        if (c == ' ' || c == '-')
            continue;
        if (c < '0' || c > '9' || ++digits > 6)
            return -1;
        n = n * 10 + (c - '0');
    }
    return digits == 6 ? n : -1;
}

int64_t totp_check(str secret, str typed, int64_t at, int64_t used)
{
    int64_t now = at / 1000000 / TOTP_STEP_S;
    int code = read_digits(typed);

    if (code < 0 || secret.n == 0)
        return -1;
    for (int64_t step = now - TOTP_DRIFT; step <= now + TOTP_DRIFT; step++)
        if (step > used && totp_code(secret, step) == code)
            return step;
    return -1;
}

str totp_secret_make(arena *a)
{
    char *p = arena_bytes(a, TOTP_SECRET);

    randombytes_buf(p, TOTP_SECRET);
    return str_of(p, TOTP_SECRET);
}

/* RFC 4648 section 6, without padding. */
static str base32(arena *a, str bytes, bool in_fours)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    buf out = buf_new(a, 4 * bytes.n + 8);
    uint32_t held = 0;
    int bits = 0, n = 0;

    for (size_t i = 0; i < bytes.n || bits > 0;) {
        if (bits < 5 && i < bytes.n) {
            held = held << 8 | (unsigned char)bytes.p[i++];
            bits += 8;
        } else if (bits < 5) {
            held <<= 5 - bits;
            bits = 5;
        }
        bits -= 5;
        if (in_fours && n > 0 && n % 4 == 0)
            buf_char(&out, ' ');
        buf_char(&out, letters[held >> bits & 31]);
        n++;
    }
    return buf_str(&out);
}

str totp_secret_shown(arena *a, str secret)
{
    return base32(a, secret, true);
}

str totp_address(arena *a, str secret, str paper, str email)
{
    str name = percent_encode(a, paper);
    buf out = buf_new(a, ADDRESS_MAX);

    buf_fmt(&out, "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s", STR(name),
            STR(percent_encode(a, email)), STR(base32(a, secret, false)), STR(name));
    return buf_str(&out);
}
