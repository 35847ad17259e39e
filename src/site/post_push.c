/*
 * post_push.c - telling readers' devices what they have chosen, by the push services of their
 * browsers (RFC 8030; live/push.h).
 */
#include "live/push.h"

#include "site/postman.h"
#include "text/say.h"

enum { GONE = 410, MISSING = 404, ANSWER_MAX = 4 << 10, TOKEN_H = 12, SHORTEST_S = 60 };

static err remove_device(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)why;
    return push_remove(w, *(const str *)of);
}

/* What a device is told of it; E_GONE: nothing any more. */
static err word_of(struct post_round *r, int64_t event, bool breaking, struct push_word *out)
{
    theme *t = site_theme(r->site);
    struct tongue tongue = theme_tongue(t, paper_setting(r->a, r->db, S("language"), S("en")));
    struct push_teller paper = {paper_setting(r->a, r->db, S("name"), S("Broadsheet")), &tongue};
    struct reading reading;
    struct event e;
    err got = reading_begin(&reading, r->a, r->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_PUSH,
                            clock_now(r->site->clock));

    if (got == OK) {
        got = event_at(r->a, r->db, event, &e);
        if (got == OK)
            got = push_word(&reading, &e, &paper, breaking, out);
        else if (got == E_MISSING)
            got = E_GONE;
        reading_end(&reading);
    }
    theme_drop(&t);
    return got;
}

/* Whom a push service may ask what this is about: RFC 8292, section 2.1. */
static str contact(struct post_round *r)
{
    str mail = paper_setting(r->a, r->db, S("email"), S(""));

    return mail.n > 0 ? str_join(r->a, S("mailto:"), mail)
                      : paper_setting(r->a, r->db, S("address"), S(""));
}

static err judge(struct post_round *r, str endpoint, const struct client_answer *answer, note *why)
{
    int status = answer->status;

    if (client_is_fine(answer))
        return OK;
    if (status == GONE || status == MISSING) {
        TRY(store_write(r->site->store, remove_device, &endpoint, r->a, why));
        return fail(why, E_GONE, "the device is no more");
    }
    return fail(why, status >= 500 || status == 429 ? E_IO : E_INVALID, "it answered %d", status);
}

static err post(struct post_round *r, const struct sql_push_device_at *to,
                const struct push_word *word, int *status, note *why)
{
    int64_t now = clock_now(r->site->clock);
    int64_t ttl = (word->until - now) / SECOND_US;
    struct webpush_key key;
    struct client_answer answer;
    str body, vapid;

    TRY(push_key(r->a, r->db, &key));
    TRY(webpush_seal(r->a, to->p256dh, to->auth, word->json, &body, why));
    TRY(webpush_vapid(r->a, &key, to->endpoint, contact(r), now / SECOND_US + TOKEN_H * 3600,
                      &vapid, why));

    struct header headers[] = {
        {S("Authorization"), vapid},
        {S("Content-Encoding"), S("aes128gcm")},
        {S("TTL"), str_fmt(r->a, "%lld", (long long)(ttl < SHORTEST_S ? SHORTEST_S : ttl))},
        {S("Urgency"), word->is_urgent ? S("high") : S("normal")},
        {S("Topic"), word->topic},
    };
    struct client_ask ask = {.method = "POST",
                             .url = to->endpoint,
                             .type = S("application/octet-stream"),
                             .body = body,
                             .headers = headers,
                             .header_n = LENGTH(headers),
                             .answer_max = ANSWER_MAX};

    TRY(post_ask(r, &ask, &answer, why));
    *status = answer.status;
    return judge(r, to->endpoint, &answer, why);
}

static err send(struct post_round *r, const struct sql_outbox_due *row, int *status, note *why)
{
    struct sql_push_device_at to;
    struct push_word word;
    err e = sql_push_device_at(r->a, r->db, row->target, &to);

    if (e == E_MISSING)
        return E_GONE;
    TRY(e);
    TRY(word_of(r, row->event, to.breaking, &word));
    return post(r, &to, &word, status, why);
}

/* The follower that has written it down wakes it. */
static bool wakes(const struct event *e, bool *hurries)
{
    (void)e;
    *hurries = false;
    return true;
}

const struct post_kind post_push = {
    .kind = OUTBOX_PUSH,
    .name = "push",
    .sent = LOG_push_sent,
    .failed = LOG_push_failed,
    .stuck = LOG_push_failed,
    .given_up = LOG_push_given_up,
    .delay_max_s = 15 * 60,
    .rest_max_s = 15 * 60,
    .send = send,
    .wakes = wakes,
};
