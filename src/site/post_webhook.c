/*
 * post_webhook.c - telling machines elsewhere what happened (live/webhook.h).
 *
 * The words are made now, through the gate: what readers may not have any more is not told.
 */
#include "live/webhook.h"

#include "site/postman.h"

enum { SETTLE_MS = 2000, ANSWER_MAX = 4 << 10, GONE = 410 };

static err fill(struct post_round *r, const struct sql_outbox_due *row, str *body, note *why)
{
    struct reading reading;
    int64_t now = clock_now(r->site->clock);
    err e;

    TRY(reading_begin(&reading, r->a, r->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_EXPORT, now));
    e = webhook_body(&reading, row->event, body);
    reading_end(&reading);
    return e == E_GONE ? fail(why, e, "readers may not have it any more") : e;
}

static err judge(const struct client_answer *answer, note *why)
{
    if (client_is_fine(answer))
        return OK;
    return fail(why, answer->status == GONE ? E_INVALID : E_IO, "it answered %d", answer->status);
}

static err post(struct post_round *r, const struct sql_outbox_due *row, const struct webhook_to *to,
                str body, int *status, note *why)
{
    int64_t at_s = clock_now(r->site->clock) / SECOND_US;
    struct header headers[] = {
        {S("webhook-id"), row->message_id},
        {S("webhook-timestamp"), str_fmt(r->a, "%lld", (long long)at_s)},
        {S("webhook-signature"), webhook_sign(r->a, to->secret, row->message_id, at_s, body)},
    };
    struct client_ask ask = {.method = "POST",
                             .url = to->url,
                             .type = S("application/json"),
                             .body = body,
                             .headers = headers,
                             .header_n = LENGTH(headers),
                             .answer_max = ANSWER_MAX};
    struct client_answer answer;

    TRY(post_ask(r, &ask, &answer, why));
    *status = answer.status;
    return judge(&answer, why);
}

static err send(struct post_round *r, const struct sql_outbox_due *row, int *status, note *why)
{
    struct webhook_to to;
    str body;
    err e = webhook_to(r->a, r->db, row->target, &to);

    if (e == E_MISSING)
        return fail(why, E_GONE, "there is no such webhook any more");
    TRY(e);
    TRY(store_settle(r->site->store, row->event, SETTLE_MS,
                     why)); /* whoever is told asks at once */
    TRY(fill(r, row, &body, why));
    return post(r, row, &to, body, status, why);
}

static bool wakes(const struct event *e, bool *hurries)
{
    *hurries = false;
    return e->kind == EVENT_webhook_changed || live_tells(e->kind);
}

const struct post_kind post_webhook = {
    .kind = OUTBOX_WEBHOOK,
    .name = "webhook",
    .sent = LOG_webhook_sent,
    .failed = LOG_webhook_failed,
    .stuck = LOG_webhook_stuck,
    .given_up = LOG_webhook_given_up,
    .delay_max_s = 60 * 60,
    .rest_max_s = 60 * 60,
    .is_shared = true,
    .is_kept = true,
    .send = send,
    .wakes = wakes,
};
