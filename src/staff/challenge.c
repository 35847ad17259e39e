#include "staff/challenge.h"

#include "base/must.h"
#include "base/time.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum { NONCE = 16, TIME = 8, MARK = 32, BYTES = NONCE + TIME + MARK, KEY = 32 };

struct used {
    unsigned char mark[MARK];
    int64_t until; /* 0: free */
};

struct challenges {
    unsigned char key[KEY];
    pthread_mutex_t lock;
    struct used used[CHALLENGES_USED];
};

struct challenges *challenges_new(void)
{
    struct challenges *c = calloc(1, sizeof *c);

    must(c != NULL);
    randombytes_buf(c->key, sizeof c->key);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void challenges_free(struct challenges **c)
{
    if (*c != NULL)
        pthread_mutex_destroy(&(*c)->lock);
    free(*c);
    *c = NULL;
}

static void mark_of(const struct challenges *c, enum challenge_for what, str form_secret,
                    const unsigned char *head, unsigned char *out)
{
    crypto_generichash_state state;
    unsigned char use = (unsigned char)what;

    crypto_generichash_init(&state, c->key, sizeof c->key, MARK);
    crypto_generichash_update(&state, head, NONCE + TIME);
    crypto_generichash_update(&state, &use, 1);
    crypto_generichash_update(&state, (const unsigned char *)form_secret.p, form_secret.n);
    crypto_generichash_final(&state, out, MARK);
}

str challenge_make(arena *a, const struct challenges *c, enum challenge_for what, str form_secret,
                   int64_t now)
{
    unsigned char bytes[BYTES];
    char *letters = arena_bytes(a, CHALLENGE_LETTERS + 1);

    randombytes_buf(bytes, NONCE);
    for (int i = 0; i < TIME; i++)
        bytes[NONCE + i] = (unsigned char)((uint64_t)now >> (8 * (TIME - 1 - i)));
    mark_of(c, what, form_secret, bytes, bytes + NONCE + TIME);
    sodium_bin2base64(letters, CHALLENGE_LETTERS + 1, bytes, BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(letters, CHALLENGE_LETTERS);
}

static bool read_letters(str letters, unsigned char *bytes)
{
    size_t n;

    return letters.n == CHALLENGE_LETTERS &&
           sodium_base642bin(bytes, BYTES, letters.p, letters.n, NULL, &n, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           n == BYTES;
}

static int64_t time_of(const unsigned char *bytes)
{
    uint64_t at = 0;

    for (int i = 0; i < TIME; i++)
        at = at << 8 | bytes[NONCE + i];
    return (int64_t)at;
}

bool challenge_holds(const struct challenges *c, enum challenge_for what, str form_secret,
                     str letters, int64_t now)
{
    unsigned char bytes[BYTES], mark[MARK];
    int64_t at;

    if (!read_letters(letters, bytes))
        return false;
    mark_of(c, what, form_secret, bytes, mark);
    if (sodium_memcmp(mark, bytes + NONCE + TIME, MARK) != 0)
        return false;
    at = time_of(bytes);
    return at <= now && now - at < CHALLENGE_LIFE_S * SECOND_US;
}

err challenge_use(struct challenges *c, str letters, int64_t now, note *why)
{
    unsigned char bytes[BYTES];
    struct used *place = NULL;
    bool was_used = false;

    if (!read_letters(letters, bytes))
        return fail(why, E_DENIED, "that is no challenge");
    pthread_mutex_lock(&c->lock);
    for (int i = 0; i < CHALLENGES_USED; i++) {
        struct used *u = &c->used[i];

        if (u->until <= now)
            place = u;
        else
            was_used |= memcmp(u->mark, bytes + NONCE + TIME, MARK) == 0;
    }
    if (!was_used && place != NULL) {
        memcpy(place->mark, bytes + NONCE + TIME, MARK);
        place->until = time_of(bytes) + CHALLENGE_LIFE_S * SECOND_US;
    }
    pthread_mutex_unlock(&c->lock);
    if (was_used)
        return fail(why, E_DENIED, "the challenge was answered before");
    return place != NULL ? OK : fail(why, E_BUSY, "too many passkeys at once");
}
