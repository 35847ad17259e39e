/* Any bytes as client data, as authenticator data and as a signature: nothing of them is taken for
 * a passkey's word, and what is read as a key can be looked at. */
#include "base/fuzz.h"
#include "staff/challenge.h"
#include "staff/webauthn.h"

#include <sodium.h>

/* The hash of the host is no secret: with it the rest of the bytes is reached. */
static str with_host(arena *a, str host, str bytes)
{
    char *all = arena_bytes(a, 32 + bytes.n);

    crypto_hash_sha256((unsigned char *)all, (const unsigned char *)host.p, host.n);
    if (bytes.n > 0)
        memcpy(all + 32, bytes.p, bytes.n);
    return str_of(all, 32 + bytes.n);
}

FUZZ(a, bytes, (size_t)1 << 28)
{
    static const struct webauthn_site site = {S_INIT("paper.example"),
                                              S_INIT("https://paper.example")};
    struct challenges *all = challenges_new();
    struct webauthn_key key;
    str challenge;
    int64_t count;
    note why;

    if (webauthn_client(a, &site, "webauthn.get", bytes, &challenge, &why) == OK)
        must(!challenge_holds(all, CHALLENGE_SIGN_IN, S("x"), challenge, INT64_C(1) << 50));
    must(!challenge_holds(all, CHALLENGE_SIGN_IN, S("x"), bytes, INT64_C(1) << 50));
    challenges_free(&all);
    if (webauthn_made(a, &site, with_host(a, site.host, bytes), &key, &why) == OK) {
        struct webauthn_answer answer = {bytes, with_host(a, site.host, bytes), bytes};

        must(key.id.n > 0 && key.id.n <= WEBAUTHN_ID_MAX && key.public_key.n > 0);
        must(webauthn_verify(&site, &key, &answer, false, &count, &why) == E_DENIED);
    }
}
