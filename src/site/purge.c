/*
 * purge.c - telling caches in front which keys to drop.
 *
 * A PURGE with the header Surrogate-Key, as packaging/varnish takes it: the keys are tags, the
 * very ones that pages carried there; "*" is everything.
 */
#include "site/errand.h"

enum { KEYS_MAX = 2000 /* bytes in one request */ };

static err send(struct errand_round *r, str keys, note *why)
{
    struct header named = {S("Surrogate-Key"), keys};
    struct client_answer answer;

    TRY(client_send(
        r->a, r->client,
        &(struct client_ask){.method = "PURGE", .url = r->to, .headers = &named, .header_n = 1},
        &answer, why));
    if (!client_is_fine(&answer))
        return fail(why, E_IO, "%.*s answered %d to a purge", STR(r->to), answer.status);
    return OK;
}

/* As many of the keys as one request takes, off the front of *rest. */
static str some_keys(str *rest)
{
    str all = *rest;
    size_t n = 0;

    if (all.n <= KEYS_MAX) {
        *rest = (str){0};
        return all;
    }
    for (size_t i = 0; i < KEYS_MAX; i++)
        if (all.p[i] == ' ')
            n = i;
    *rest = str_from(all, n + 1);
    return str_to(all, n);
}

static err purge(struct errand_round *r, const struct event *events, size_t n, bool *told,
                 note *why)
{
    struct tag_set all = tag_set_new(r->a);
    str rest;

    for (size_t i = 0; i < n; i++)
        tag_set_add_all(&all, &events[i].tags);
    rest = tag_set_write(r->a, &all);
    while (rest.n > 0) {
        *told = true;
        TRY(send(r, some_keys(&rest), why));
    }
    return OK;
}

const struct errand_kind errand_purge = {
    .name = "purge",
    .setting = "purge_url",
    .delay_max_ms = 30 * 1000,
    .tell = purge,
};
