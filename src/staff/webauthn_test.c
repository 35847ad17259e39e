/* What a device would say, made here with OpenSSL and libsodium, and each way in which it can be
 * wrong. */
#include "staff/webauthn.h"

#include "base/buf.h"
#include "base/test.h"
#include "staff/challenge.h"

#include <openssl/evp.h>
#include <sodium.h>

static const struct webauthn_site site = {S_INIT("paper.example"), S_INIT("https://paper.example")};

enum { THERE = 1, KNOWN = 4, HAS_KEY = 0x40 };

static str head_of(struct test *t, str host, int flags, uint32_t count)
{
    char *out = arena_bytes(t->arena, 37);

    crypto_hash_sha256((unsigned char *)out, (const unsigned char *)host.p, host.n);
    out[32] = (char)flags;
    for (int i = 0; i < 4; i++)
        out[33 + i] = (char)(count >> (24 - 8 * i));
    return str_of(out, 37);
}

static str client_of(struct test *t, const char *type, const char *origin, const char *more)
{
    return str_fmt(t->arena, "{\"type\":\"%s\",\"challenge\":\"abc\",\"origin\":\"%s\"%s}", type,
                   origin, more);
}

static err client(struct test *t, str said)
{
    str challenge;

    return webauthn_client(t->arena, &site, "webauthn.get", said, &challenge, &t->why);
}

TEST(client_data_are_of_our_page_or_none)
{
    static const char ours[] = "https://paper.example";
    str challenge;

    CHECK_OK(client(t, client_of(t, "webauthn.get", ours, "")));
    CHECK_OK(webauthn_client(t->arena, &site, "webauthn.create",
                             client_of(t, "webauthn.create", ours, ",\"crossOrigin\":false"),
                             &challenge, &t->why));
    CHECK_STR(challenge, S("abc"));
    CHECK_ERR(client(t, client_of(t, "webauthn.create", ours, "")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", "http://paper.example", "")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", "https://paper.example:444", "")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", "https://evil.example", "")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours, ",\"crossOrigin\":true")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours, ",\"crossOrigin\":\"no\"")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours, ",\"topOrigin\":\"x\"")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours, ",\"origin\":\"x\"")), E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours, "}")), E_DENIED);
    CHECK_ERR(client(t, S("[]")), E_DENIED);
    CHECK_ERR(client(t, S("")), E_DENIED);
    CHECK_ERR(client(t, S("{\"type\":\"webauthn.get\",\"origin\":\"https://paper.example\"}")),
              E_DENIED);
    CHECK_ERR(client(t, client_of(t, "webauthn.get", ours,
                                  str_z(t->arena, str_fmt(t->arena, ",\"x\":\"%04100d\"", 0)))),
              E_DENIED);
}

/* Attested data of an Ed25519 key: AAGUID, name, COSE key {1: 1, 3: -8, -1: 6, -2: x}. */
static str made_with(struct test *t, str host, int flags, const unsigned char *key, size_t id_n)
{
    static const unsigned char cose[] = {0xa4, 0x01, 0x01, 0x03, 0x27,
                                         0x20, 0x06, 0x21, 0x58, 0x20};
    buf out = buf_new(t->arena, 4096);

    buf_add(&out, head_of(t, host, flags, 7));
    for (int i = 0; i < 16; i++)
        buf_char(&out, 0);
    buf_char(&out, (char)(id_n >> 8));
    buf_char(&out, (char)id_n);
    for (size_t i = 0; i < id_n; i++)
        buf_char(&out, (char)i);
    buf_add(&out, str_of((const char *)cose, sizeof cose));
    buf_add(&out, str_of((const char *)key, 32));
    return buf_str(&out);
}

/* Ed25519 by libsodium. */
struct device {
    unsigned char pk[crypto_sign_PUBLICKEYBYTES], sk[crypto_sign_SECRETKEYBYTES];
    struct webauthn_key key;
};

static struct device device_of(struct test *t)
{
    struct device d;

    CHECK(sodium_init() >= 0);
    crypto_sign_keypair(d.pk, d.sk);
    CHECK_OK(webauthn_made(t->arena, &site,
                           made_with(t, site.host, THERE | KNOWN | HAS_KEY, d.pk, 16), &d.key,
                           &t->why));
    return d;
}

static struct webauthn_answer answer_of(struct test *t, const struct device *d, str data)
{
    struct webauthn_answer a = {.client = client_of(t, "webauthn.get", "https://paper.example", ""),
                                .data = data};
    unsigned char message[512], *signature = arena_alloc(t->arena, crypto_sign_BYTES);

    memcpy(message, data.p, data.n);
    crypto_hash_sha256(message + data.n, (const unsigned char *)a.client.p, a.client.n);
    crypto_sign_detached(signature, NULL, message, data.n + 32, d->sk);
    a.signature = str_of((const char *)signature, crypto_sign_BYTES);
    return a;
}

TEST(a_passkey_that_was_made_signs_and_counts)
{
    struct device d = device_of(t);
    struct webauthn_answer a = answer_of(t, &d, head_of(t, site.host, THERE | KNOWN, 8));
    int64_t count = 0;

    CHECK(d.key.algorithm == WEBAUTHN_EDDSA && d.key.id.n == 16 && d.key.count == 7);
    CHECK_OK(webauthn_verify(&site, &d.key, &a, true, &count, &t->why));
    CHECK_INT(count, 8);
    a = answer_of(t, &d, head_of(t, site.host, THERE, 9));
    CHECK_OK(webauthn_verify(&site, &d.key, &a, false, &count, &t->why));
    CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED); /* not known */
}

TEST(a_passkey_of_another_host_or_of_nobody_is_not_taken)
{
    struct device d = device_of(t), other = device_of(t);
    struct webauthn_key key;
    struct webauthn_answer a;
    int64_t count = 0;

    a = answer_of(t, &d, head_of(t, S("evil.example"), THERE | KNOWN, 8));
    CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);
    a = answer_of(t, &d, head_of(t, site.host, KNOWN, 8)); /* nobody was there */
    CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);
    a = answer_of(t, &other, head_of(t, site.host, THERE | KNOWN, 8));
    CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);

    a = answer_of(t, &d,
                  str_join(t->arena, head_of(t, site.host, THERE | KNOWN | 0x80, 8), S("\xa0")));
    CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);

    CHECK_ERR(webauthn_made(t->arena, &site,
                            made_with(t, S("evil.example"), THERE | KNOWN | HAS_KEY, d.pk, 16),
                            &key, &t->why),
              E_DENIED);
    CHECK_ERR(webauthn_made(t->arena, &site, made_with(t, site.host, KNOWN | HAS_KEY, d.pk, 16),
                            &key, &t->why),
              E_DENIED);
    CHECK_ERR(
        webauthn_made(t->arena, &site, head_of(t, site.host, THERE | KNOWN, 1), &key, &t->why),
        E_DENIED);
    CHECK_ERR(webauthn_made(t->arena, &site,
                            made_with(t, site.host, THERE | KNOWN | HAS_KEY, d.pk, 0), &key,
                            &t->why),
              E_DENIED);
}

TEST(no_length_that_is_claimed_makes_room_for_itself)
{
    struct device d = device_of(t);
    str good = made_with(t, site.host, THERE | KNOWN | HAS_KEY, d.pk, 16);
    static const char *const more[] = {"\x9a\xff\xff\xff\xff",
                                       "\xba\x7f\xff\xff\xff",
                                       "\x81\x81\x81\x81\x81\x81",
                                       "\x9f\xff",
                                       "\x5f\xff",
                                       "\xa1"};
    struct webauthn_key key;

    CHECK_OK(webauthn_made(t->arena, &site, good, &key, &t->why));
    for (size_t n = 37; n < good.n; n++)
        CHECK_ERR(webauthn_made(t->arena, &site, str_to(good, n), &key, &t->why), E_DENIED);
    CHECK_ERR(webauthn_made(t->arena, &site, str_join(t->arena, good, S("x")), &key, &t->why),
              E_DENIED);
    /* what more it says, which nobody asked for, may stand there if it is sound */
    good = made_with(t, site.host, THERE | KNOWN | HAS_KEY | 0x80, d.pk, 16);
    CHECK_OK(webauthn_made(t->arena, &site,
                           str_join(t->arena, good,
                                    S("\xa1\x6b"
                                      "credProtect\x02")),
                           &key, &t->why));
    for (size_t i = 0; i < LENGTH(more); i++)
        CHECK_ERR(
            webauthn_made(t->arena, &site, str_join(t->arena, good, str_c(more[i])), &key, &t->why),
            E_DENIED);
}

TEST(no_byte_of_what_was_signed_can_be_another)
{
    struct device d = device_of(t);
    struct webauthn_answer a = answer_of(t, &d, head_of(t, site.host, THERE | KNOWN, 8));
    str *parts[] = {&a.client, &a.data, &a.signature};
    int64_t count;

    for (size_t i = 0; i < LENGTH(parts); i++) {
        str whole = *parts[i];

        for (size_t j = 0; j < whole.n; j++) {
            str bent = str_dup(t->arena, whole);

            ((char *)(uintptr_t)bent.p)[j] ^= 1;
            *parts[i] = bent;
            CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);
            *parts[i] = str_to(whole, j); /* or missing */
            CHECK_ERR(webauthn_verify(&site, &d.key, &a, true, &count, &t->why), E_DENIED);
        }
        *parts[i] = whole;
    }
    CHECK_OK(webauthn_verify(&site, &d.key, &a, true, &count, &t->why));
}

/* --- challenges --- */

TEST(a_challenge_holds_for_its_form_its_use_and_five_minutes)
{
    struct challenges *c = challenges_new(), *restarted = challenges_new();
    int64_t now = INT64_C(1800000000) * SECOND_US;
    str form = S("a form"), one = challenge_make(t->arena, c, CHALLENGE_PROVE, form, now);

    CHECK(one.n == CHALLENGE_LETTERS);
    CHECK(challenge_holds(c, CHALLENGE_PROVE, form, one, now));
    CHECK(challenge_holds(c, CHALLENGE_PROVE, form, one, now + 299 * SECOND_US));
    CHECK(!challenge_holds(c, CHALLENGE_PROVE, form, one, now + 300 * SECOND_US));
    CHECK(!challenge_holds(c, CHALLENGE_PROVE, form, one, now - 1));
    CHECK(!challenge_holds(c, CHALLENGE_ADD, form, one, now));
    CHECK(!challenge_holds(c, CHALLENGE_PROVE, S("another"), one, now));
    CHECK(!challenge_holds(restarted, CHALLENGE_PROVE, form, one, now));
    CHECK(!challenge_holds(c, CHALLENGE_PROVE, form, str_to(one, one.n - 1), now));
    for (size_t i = 0; i < one.n; i++) {
        str bent = str_dup(t->arena, one);

        ((char *)(uintptr_t)bent.p)[i] = bent.p[i] == 'A' ? 'B' : 'A';
        CHECK(!challenge_holds(c, CHALLENGE_PROVE, form, bent, now));
    }
    CHECK_OK(challenge_use(c, one, now, &t->why));
    CHECK_ERR(challenge_use(c, one, now + 299 * SECOND_US, &t->why), E_DENIED);
    challenges_free(&c);
    challenges_free(&restarted);
}

TEST(only_so_many_challenges_are_used_in_their_time)
{
    struct challenges *c = challenges_new();
    int64_t now = INT64_C(1800000000) * SECOND_US;

    for (int i = 0; i < CHALLENGES_USED; i++)
        CHECK_OK(challenge_use(c, challenge_make(t->arena, c, CHALLENGE_PROVE, S("x"), now), now,
                               &t->why));
    CHECK_ERR(
        challenge_use(c, challenge_make(t->arena, c, CHALLENGE_PROVE, S("x"), now), now, &t->why),
        E_BUSY);
    now += CHALLENGE_LIFE_S * SECOND_US;
    CHECK_OK(
        challenge_use(c, challenge_make(t->arena, c, CHALLENGE_PROVE, S("x"), now), now, &t->why));
    challenges_free(&c);
}
