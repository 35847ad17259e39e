#include "http/webpush.h"

#include "base/buf.h"
#include "text/json_write.h"
#include "text/url.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

enum {
    HASH = crypto_auth_hmacsha256_BYTES,
    CEK = 16,
    NONCE = 12,
    TAG = 16,
    RECORD = 4096,
    HEAD = WEBPUSH_SALT + 4 + 1 + WEBPUSH_PUBLIC,
    SIGNATURE_HALF = 32,
    LETTERS = 4 * RECORD
};

/* --- base64url --- */

static str letters_of(arena *a, const unsigned char *bytes, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, room);

    sodium_bin2base64(out, room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_c(out);
}

/* Exactly `n` bytes; some write padding. */
static bool bytes_of(str letters, unsigned char *out, size_t n)
{
    size_t got = 0;

    while (letters.n > 0 && letters.p[letters.n - 1] == '=')
        letters.n--;
    return sodium_base642bin(out, n, letters.p, letters.n, NULL, &got, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           got == n;
}

/* --- keys --- */

struct webpush_key webpush_key_new(arena *a)
{
    EVP_PKEY *k = EVP_EC_gen("P-256");
    unsigned char open[WEBPUSH_PUBLIC], secret[WEBPUSH_PRIVATE];
    BIGNUM *number = NULL;
    size_t n = 0;

    must(k != NULL &&
         EVP_PKEY_get_octet_string_param(k, OSSL_PKEY_PARAM_PUB_KEY, open, sizeof open, &n) == 1);
    must(n == sizeof open && EVP_PKEY_get_bn_param(k, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1);
    must(BN_bn2binpad(number, secret, sizeof secret) == sizeof secret);
    BN_clear_free(number);
    EVP_PKEY_free(k);
    return (struct webpush_key){letters_of(a, secret, sizeof secret),
                                letters_of(a, open, sizeof open)};
}

/* From its halves; `secret` NULL: the public one alone.  NULL: no point of the curve. */
static EVP_PKEY *key_from(const unsigned char *open, const unsigned char *secret)
{
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    BIGNUM *number = secret != NULL ? BN_bin2bn(secret, WEBPUSH_PRIVATE, NULL) : NULL;
    OSSL_PARAM *params;
    EVP_PKEY *k = NULL;

    must(b != NULL && c != NULL);
    OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, open, WEBPUSH_PUBLIC);
    if (number != NULL)
        OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PRIV_KEY, number);
    params = OSSL_PARAM_BLD_to_param(b);
    if (EVP_PKEY_fromdata_init(c) != 1 ||
        EVP_PKEY_fromdata(c, &k, secret != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) !=
            1)
        k = NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(b);
    BN_clear_free(number);
    EVP_PKEY_CTX_free(c);
    return k;
}

struct pair {
    unsigned char open[WEBPUSH_PUBLIC];
    EVP_PKEY *key; /* NULL: it is none */
};

static struct pair pair_of(const struct webpush_key *of)
{
    struct pair p = {0};
    unsigned char secret[WEBPUSH_PRIVATE];

    if (bytes_of(of->open, p.open, sizeof p.open) && bytes_of(of->secret, secret, sizeof secret))
        p.key = key_from(p.open, secret);
    return p;
}

bool webpush_ok(str p256dh, str auth)
{
    unsigned char open[WEBPUSH_PUBLIC], secret[WEBPUSH_AUTH];
    EVP_PKEY *k = NULL;
    bool ok;

    if (bytes_of(p256dh, open, sizeof open) && bytes_of(auth, secret, sizeof secret))
        k = key_from(open, NULL);
    ok = k != NULL;
    EVP_PKEY_free(k);
    return ok;
}

static bool agree(EVP_PKEY *ours, EVP_PKEY *theirs, unsigned char out[WEBPUSH_PRIVATE])
{
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(ours, NULL);
    size_t n = WEBPUSH_PRIVATE;
    bool ok = EVP_PKEY_derive_init(c) == 1 && EVP_PKEY_derive_set_peer(c, theirs) == 1 &&
              EVP_PKEY_derive(c, out, &n) == 1 && n == WEBPUSH_PRIVATE;

    EVP_PKEY_CTX_free(c);
    return ok;
}

/* --- RFC 8291, section 3.4 --- */

static void hmac(const unsigned char *key, size_t key_n, str data, unsigned char out[HASH])
{
    crypto_auth_hmacsha256_state s;

    crypto_auth_hmacsha256_init(&s, key, key_n);
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)data.p, data.n);
    crypto_auth_hmacsha256_final(&s, out);
}

static str as_str(const unsigned char *bytes, size_t n)
{
    return str_of((const char *)bytes, n);
}

struct sealing {
    unsigned char theirs[WEBPUSH_PUBLIC], auth[WEBPUSH_AUTH], salt[WEBPUSH_SALT];
    unsigned char key[HASH], nonce[HASH]; /* as much of them as AES takes */
};

static void derive(arena *a, struct sealing *s, const unsigned char *ours,
                   const unsigned char shared[WEBPUSH_PRIVATE])
{
    unsigned char prk[HASH], ikm[HASH];
    buf info = buf_new(a, RECORD);

    hmac(s->auth, sizeof s->auth, as_str(shared, WEBPUSH_PRIVATE), prk);
    buf_add(&info, S("WebPush: info\0"));
    buf_add(&info, as_str(s->theirs, WEBPUSH_PUBLIC));
    buf_add(&info, as_str(ours, WEBPUSH_PUBLIC));
    buf_char(&info, 1);
    hmac(prk, HASH, buf_str(&info), ikm);
    hmac(s->salt, sizeof s->salt, as_str(ikm, HASH), prk);
    hmac(prk, HASH, S("Content-Encoding: aes128gcm\0\1"), s->key);
    hmac(prk, HASH, S("Content-Encoding: nonce\0\1"), s->nonce);
}

/* One record, the last: 2 stands behind the words. */
static str encrypt(arena *a, const struct sealing *s, const unsigned char *ours, str words)
{
    str plain = str_join(a, words, S("\2"));
    unsigned char *out = arena_alloc(a, HEAD + plain.n + TAG), *at = out;
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    int n = 0, end = 0;

    memcpy(at, s->salt, WEBPUSH_SALT);
    memcpy(at + WEBPUSH_SALT, (unsigned char[]){0, 0, RECORD >> 8, 0, WEBPUSH_PUBLIC}, 5);
    memcpy(at + WEBPUSH_SALT + 5, ours, WEBPUSH_PUBLIC);
    at += HEAD;
    must(c != NULL && EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, s->key, s->nonce) == 1 &&
         EVP_EncryptUpdate(c, at, &n, (const unsigned char *)plain.p, (int)plain.n) == 1 &&
         EVP_EncryptFinal_ex(c, at + n, &end) == 1 &&
         EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, at + plain.n) == 1);
    EVP_CIPHER_CTX_free(c);
    return as_str(out, HEAD + plain.n + TAG);
}

err webpush_seal_with(arena *a, const struct webpush_key *key, str salt, str p256dh, str auth,
                      str words, str *out, note *why)
{
    struct sealing s;
    struct pair ours = pair_of(key);
    unsigned char shared[WEBPUSH_PRIVATE];
    EVP_PKEY *theirs = NULL;
    bool ok = ours.key != NULL && bytes_of(p256dh, s.theirs, sizeof s.theirs) &&
              bytes_of(auth, s.auth, sizeof s.auth) && bytes_of(salt, s.salt, sizeof s.salt) &&
              words.n <= WEBPUSH_WORDS_MAX;

    if (ok)
        theirs = key_from(s.theirs, NULL);
    ok = theirs != NULL && agree(ours.key, theirs, shared);
    if (ok) {
        derive(a, &s, ours.open, shared);
        *out = encrypt(a, &s, ours.open, words);
    }
    EVP_PKEY_free(theirs);
    EVP_PKEY_free(ours.key);
    sodium_memzero(&s, sizeof s);
    return ok ? OK : fail(why, E_INVALID, "nothing can be sealed for these keys");
}

err webpush_seal(arena *a, str p256dh, str auth, str words, str *out, note *why)
{
    struct webpush_key key = webpush_key_new(a); /* for this message alone */
    unsigned char salt[WEBPUSH_SALT];

    randombytes_buf(salt, sizeof salt);
    return webpush_seal_with(a, &key, letters_of(a, salt, sizeof salt), p256dh, auth, words, out,
                             why);
}

/* --- RFC 8292 --- */

/* ES256 (RFC 7518, section 3.4): the two numbers, one behind the other. */
static bool sign(arena *a, EVP_PKEY *key, str text, str *out)
{
    unsigned char der[256], both[2 * SIGNATURE_HALF];
    const unsigned char *at = der;
    size_t n = sizeof der;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    ECDSA_SIG *sig = NULL;
    bool ok = EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestSign(c, der, &n, (const unsigned char *)text.p, text.n) == 1;

    EVP_MD_CTX_free(c);
    if (ok)
        sig = d2i_ECDSA_SIG(NULL, &at, (long)n);
    ok = sig != NULL &&
         BN_bn2binpad(ECDSA_SIG_get0_r(sig), both, SIGNATURE_HALF) == SIGNATURE_HALF &&
         BN_bn2binpad(ECDSA_SIG_get0_s(sig), both + SIGNATURE_HALF, SIGNATURE_HALF) ==
             SIGNATURE_HALF;
    ECDSA_SIG_free(sig);
    if (ok)
        *out = letters_of(a, both, sizeof both);
    return ok;
}

str webpush_origin(arena *a, str endpoint)
{
    struct url u;

    if (!url_split(endpoint, &u))
        return S("");
    return u.port == 0 ? str_fmt(a, "%.*s://%.*s", STR(u.scheme), STR(u.host))
                       : str_fmt(a, "%.*s://%.*s:%d", STR(u.scheme), STR(u.host), u.port);
}

err webpush_vapid(arena *a, const struct webpush_key *key, str endpoint, str contact,
                  int64_t until_s, str *out, note *why)
{
    static const str head = S_INIT("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");
    struct pair ours = pair_of(key);
    buf claims = buf_new(a, LETTERS);
    struct json_writer w = json_writer(&claims);
    str text, signature;
    bool ok;

    put_object(&w, NULL);
    put_str(&w, "aud", webpush_origin(a, endpoint));
    put_num(&w, "exp", until_s);
    put_str_if(&w, "sub", contact);
    put_end(&w);
    text = str_fmt(a, "%.*s.%.*s", STR(letters_of(a, (const unsigned char *)head.p, head.n)),
                   STR(letters_of(a, (const unsigned char *)claims.p, claims.n)));
    ok = ours.key != NULL && sign(a, ours.key, text, &signature);
    EVP_PKEY_free(ours.key);
    if (!ok)
        return fail(why, E_INVALID, "the paper's key for push is none");
    *out = str_fmt(a, "vapid t=%.*s.%.*s, k=%.*s", STR(text), STR(signature), STR(key->open));
    return OK;
}
