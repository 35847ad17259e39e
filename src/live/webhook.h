/*
 * webhook.h - machines elsewhere that are told what happens, each what it wants to know.
 *
 * They are told what open pages hear (live.h), signed as Standard Webhooks 1.0.0 has it, so that
 * the receiver knows whose word it is: https://www.standardwebhooks.com.  What waits stands in the
 * outbox (news/outbox.h) as the number of an event; its words are made when it goes.
 */
#ifndef LIVE_WEBHOOK_H
#define LIVE_WEBHOOK_H

#include "live/live.h"
#include "news/audit.h"

enum {
    WEBHOOKS_MAX = 20,
    WEBHOOK_URL_MAX = 1000,
    WEBHOOK_KINDS_MAX = 32,
    WEBHOOK_WAITING_MAX = 9000, /* for one of them; what comes then is not told */
    WEBHOOK_KEY_MIN = 24,       /* bytes of a secret, as the specification has it */
    WEBHOOK_KEY_MAX = 64,
};

/* Every word that one may ask for, "published" ...; how many. */
size_t webhook_words(str out[WEBHOOK_KINDS_MAX]);

/* Does a list of them (a space between; empty: all) hold this one? */
bool webhook_wants(str kinds, str word);

struct webhook_to {
    str url, secret, kinds;
};

/* E_MISSING: there is none.  In `a`. */
err webhook_to(arena *a, store_conn *db, int64_t id, struct webhook_to *out);

/* --- inside a store_write() job --- */

/* A new one, told what happens from now on.  An empty secret is made.  E_INVALID: the address is
 * neither https nor on this machine, an unknown word, a secret that is none; E_LIMIT. */
err webhook_add(arena *a, store_conn *w, const struct webhook_to *of, int64_t now, int64_t *id,
                note *why);

/* Other words.  E_MISSING: there is none. */
err webhook_change(arena *a, store_conn *w, int64_t id, str kinds, note *why);

/* With what waits for it.  E_MISSING: there is none. */
err webhook_remove(arena *a, store_conn *w, int64_t id, note *why);

/* Tell it again what it wants of events `from` to `to`, as far as there is room; *many: so many
 * wait now.  E_MISSING: there is none. */
err webhook_replay(arena *a, store_conn *w, int64_t id, int64_t from, int64_t to, int64_t now,
                   size_t *many, note *why);

/* One of these, as the audit log names it (news/audit.h: AUDIT_webhook_...). */
struct webhook_act {
    enum audit_act act;
    int64_t id; /* of one that is there; or of the one that was added */
    struct webhook_to of;
    int64_t from, to; /* replay */
    size_t many;      /* replayed */
};
/* *done: its line for the log. */
err webhook_do(arena *a, store_conn *w, struct webhook_act *act, int64_t now, struct deed *done,
               note *why);

/* An event waits for all that want it; again: nothing more. */
err webhook_queue(arena *a, store_conn *w, const struct event *e, int64_t now, note *why);

/* --- for whoever sends --- */

/* Does any want it?  Looked at before a job is made of it. */
bool webhook_is_wanted(arena *a, store_conn *db, const struct event *e);

/* What is said of an event, as the gate has it now:
 *
 *   {"type": "published", "timestamp": "2026-11-29T15:04:05Z", "paper": "https://...",
 *    "ninjs": "https://.../api/v1/stories/12", "data": {...}}
 *
 * `data` is the word of live.h; `ninjs` stands where it is about a story that readers have.
 * E_GONE: there is nothing to say any more. */
err webhook_body(struct reading *r, int64_t event, str *out);

/* "v1,BASE64": HMAC-SHA256 of "id.seconds.body" under the secret's key.  In `a`. */
str webhook_sign(arena *a, str secret, str id, int64_t at_s, str body);

#endif
