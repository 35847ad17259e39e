#include "staff/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <pthread.h>
#include <sodium.h>

/* Of authenticator data: hash of the host, flags, count. */
enum { HASH = 32, FLAGS_AT = HASH, COUNT_AT = HASH + 1, HEAD = HASH + 5 };
enum { FLAG_THERE = 0x01, FLAG_KNOWN = 0x04, FLAG_KEY = 0x40, FLAG_MORE = 0x80 };
/* Of a key that was made: model of the device, length of the name, name, key, more. */
enum { NAME_LENGTH_AT = HEAD + 16, NAME_AT = NAME_LENGTH_AT + 2 };
enum { CBOR_BYTES = 2, CBOR_TEXT, CBOR_ARRAY, CBOR_MAP, CBOR_TAG, CBOR_DEPTH_MAX = 4 };

static void start_fido(void)
{
    fido_init(0);
}

static void prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    must(pthread_once(&once, start_fido) == 0);
}

/* --- client data --- */

static str text_of(arena *a, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    return json_is_string(value)
               ? str_dup(a, str_of(json_string_value(value), json_string_length(value)))
               : S("");
}

static err look_at(arena *a, const struct webauthn_site *site, const char *type, const json_t *said,
                   str *challenge, note *why)
{
    const json_t *crosses = json_object_get(said, "crossOrigin");
    str origin = text_of(a, said, "origin");

    if (!str_eq(text_of(a, said, "type"), str_c(type)))
        return fail(why, E_DENIED, "the client data are not of type %s", type);
    if (!str_eq(origin, site->origin))
        return fail(why, E_DENIED, "the client data are of another page: %.*s",
                    STR(str_to(origin, 100)));
    if ((crosses != NULL && !json_is_false(crosses)) || json_object_get(said, "topOrigin") != NULL)
        return fail(why, E_DENIED, "the page stood in another one");
    *challenge = text_of(a, said, "challenge");
    return challenge->n > 0 ? OK : fail(why, E_DENIED, "the client data have no challenge");
}

err webauthn_client(arena *a, const struct webauthn_site *site, const char *type, str client,
                    str *challenge, note *why)
{
    json_t *said = client.n <= WEBAUTHN_CLIENT_MAX
                       ? json_loadb(client.p, client.n, JSON_REJECT_DUPLICATES, NULL)
                       : NULL;
    err e = json_is_object(said) ? look_at(a, site, type, said, challenge, why)
                                 : fail(why, E_DENIED, "the client data are no JSON object");

    json_decref(said);
    return e;
}

/* --- authenticator data --- */

static err look_at_head(const struct webauthn_site *site, str data, unsigned flags, note *why)
{
    unsigned char hash[HASH];

    if (data.n < HEAD || data.n > WEBAUTHN_DATA_MAX)
        return fail(why, E_DENIED, "those are no authenticator data");
    crypto_hash_sha256(hash, (const unsigned char *)site->host.p, site->host.n);
    if (memcmp(hash, data.p, HASH) != 0)
        return fail(why, E_DENIED, "the passkey is of another host");
    if (((unsigned char)data.p[FLAGS_AT] & flags) != flags)
        return fail(why, E_DENIED, "nobody was there, or the device does not know who");
    return OK;
}

static int64_t count_of(str data)
{
    int64_t count = 0;

    for (int i = 0; i < 4; i++)
        count = count << 8 | (unsigned char)data.p[COUNT_AT + i];
    return count;
}

/* --- CBOR, before a library sees it that makes room for whatever length is claimed --- */

/* What stands behind the first byte of an item; false when it is cut off or of no definite length.
 */
static bool cbor_number(str *rest, unsigned *kind, uint64_t *n)
{
    unsigned first, wide;

    if (rest->n == 0)
        return false;
    first = (unsigned char)rest->p[0];
    *kind = first >> 5;
    *n = first & 31;
    *rest = str_from(*rest, 1);
    if (*n < 24)
        return true;
    wide = *n <= 27 ? 1u << (*n - 24) : 0;
    if (wide == 0 || rest->n < wide)
        return false;
    *n = 0;
    for (unsigned i = 0; i < wide; i++)
        *n = *n << 8 | (unsigned char)rest->p[i];
    *rest = str_from(*rest, wide);
    return true;
}

/* Take one item off the front: no length in it is more than what is there, as CTAP2 wants it. */
static bool cbor_take(str *rest, int depth)
{
    unsigned kind;
    uint64_t n;

    if (depth > CBOR_DEPTH_MAX || !cbor_number(rest, &kind, &n) || kind == CBOR_TAG)
        return false;
    if (kind < CBOR_BYTES || kind > CBOR_TAG)
        return true; /* a number, a simple value */
    if (n > rest->n)
        return false;
    if (kind == CBOR_BYTES || kind == CBOR_TEXT) {
        *rest = str_from(*rest, (size_t)n);
        return true;
    }
    for (uint64_t i = 0; i < (kind == CBOR_MAP ? 2 * n : n); i++)
        if (!cbor_take(rest, depth + 1))
            return false;
    return true;
}

static bool is_sound(str data)
{
    size_t name;
    str rest;

    if (data.n < NAME_AT)
        return false;
    name = (size_t)(unsigned char)data.p[NAME_LENGTH_AT] << 8 |
           (unsigned char)data.p[NAME_LENGTH_AT + 1];
    rest = str_from(data, NAME_AT + name);
    return cbor_take(&rest, 1) &&
           (!((unsigned char)data.p[FLAGS_AT] & FLAG_MORE) || cbor_take(&rest, 1)) && rest.n == 0;
}

static bool take_key(arena *a, const fido_cred_t *made, int algorithm, struct webauthn_key *out)
{
    const char *id = (const char *)fido_cred_id_ptr(made),
               *key = (const char *)fido_cred_pubkey_ptr(made);
    size_t id_n = fido_cred_id_len(made), key_n = fido_cred_pubkey_len(made);

    if (id == NULL || key == NULL || id_n == 0 || id_n > WEBAUTHN_ID_MAX || key_n == 0)
        return false;
    *out = (struct webauthn_key){
        .id = str_dup(a, str_of(id, id_n)),
        .algorithm = algorithm,
        .public_key = str_dup(a, str_of(key, key_n)),
    };
    return true;
}

static bool read_key(arena *a, str data, int algorithm, struct webauthn_key *out)
{
    fido_cred_t *made = fido_cred_new();
    bool good;

    must(made != NULL);
    good = fido_cred_set_type(made, algorithm) == FIDO_OK &&
           fido_cred_set_authdata_raw(made, (const unsigned char *)data.p, data.n) == FIDO_OK &&
           take_key(a, made, algorithm, out);
    fido_cred_free(&made);
    return good;
}

err webauthn_made(arena *a, const struct webauthn_site *site, str data, struct webauthn_key *out,
                  note *why)
{
    static const int algorithms[] = {WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256};

    prepare();
    TRY(look_at_head(site, data, FLAG_THERE | FLAG_KEY, why));
    if (!is_sound(data))
        return fail(why, E_DENIED, "what the device says of its key cannot be read");
    for (size_t i = 0; i < LENGTH(algorithms); i++)
        if (read_key(a, data, algorithms[i], out)) {
            out->count = count_of(data);
            return OK;
        }
    return fail(why, E_DENIED, "that is no key of a kind that we know");
}

/* --- a signature --- */

/* Of the three kinds of key only one is made. */
struct any_key {
    es256_pk_t *es256;
    eddsa_pk_t *eddsa;
    rs256_pk_t *rs256;
};

static const void *open_key(const struct webauthn_key *key, struct any_key *any)
{
    const char *p = key->public_key.p;
    size_t n = key->public_key.n;

    switch (key->algorithm) {
    case WEBAUTHN_ES256:
        any->es256 = es256_pk_new();
        return any->es256 != NULL && es256_pk_from_ptr(any->es256, p, n) == FIDO_OK ? any->es256
                                                                                    : NULL;
    case WEBAUTHN_EDDSA:
        any->eddsa = eddsa_pk_new();
        return any->eddsa != NULL && eddsa_pk_from_ptr(any->eddsa, p, n) == FIDO_OK ? any->eddsa
                                                                                    : NULL;
    case WEBAUTHN_RS256:
        any->rs256 = rs256_pk_new();
        return any->rs256 != NULL && rs256_pk_from_ptr(any->rs256, p, n) == FIDO_OK ? any->rs256
                                                                                    : NULL;
    default:
        return NULL;
    }
}

static void close_key(struct any_key *any)
{
    es256_pk_free(&any->es256);
    eddsa_pk_free(&any->eddsa);
    rs256_pk_free(&any->rs256);
}

static bool fits(const char *host, const struct webauthn_key *key, const void *public_key,
                 const struct webauthn_answer *answer, bool known)
{
    fido_assert_t *said = fido_assert_new();
    bool good;

    must(said != NULL);
    good = fido_assert_set_rp(said, host) == FIDO_OK &&
           fido_assert_set_clientdata(said, (const unsigned char *)answer->client.p,
                                      answer->client.n) == FIDO_OK &&
           fido_assert_set_count(said, 1) == FIDO_OK &&
           fido_assert_set_authdata_raw(said, 0, (const unsigned char *)answer->data.p,
                                        answer->data.n) == FIDO_OK &&
           fido_assert_set_sig(said, 0, (const unsigned char *)answer->signature.p,
                               answer->signature.n) == FIDO_OK &&
           fido_assert_set_up(said, FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_uv(said, known ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
           fido_assert_verify(said, 0, key->algorithm, public_key) == FIDO_OK;
    fido_assert_free(&said);
    return good;
}

err webauthn_verify(const struct webauthn_site *site, const struct webauthn_key *key,
                    const struct webauthn_answer *answer, bool known, int64_t *count, note *why)
{
    struct any_key any = {0};
    char host[256];
    bool good;

    prepare();
    TRY(look_at_head(site, answer->data, FLAG_THERE | (known ? FLAG_KNOWN : 0), why));
    if (answer->data.n != HEAD) /* more would be CBOR of a stranger's */
        return fail(why, E_DENIED, "the device says more than it was asked");
    if (answer->signature.n == 0 || answer->signature.n > WEBAUTHN_SIGNATURE_MAX ||
        answer->client.n > WEBAUTHN_CLIENT_MAX || site->host.n >= sizeof host)
        return fail(why, E_DENIED, "that is no signature");
    memcpy(host, site->host.p, site->host.n);
    host[site->host.n] = '\0';

    const void *public_key = open_key(key, &any);

    good = public_key != NULL && fits(host, key, public_key, answer, known);
    close_key(&any);
    if (!good)
        return fail(why, E_DENIED, "the signature is not of this passkey");
    *count = count_of(answer->data);
    return OK;
}
