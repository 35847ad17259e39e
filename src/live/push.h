/*
 * push.h - breaking news on readers' devices, by the push services of their browsers (RFC 8030).
 *
 * What is told replaces what was told before of the same breaking news: when it says something
 * else, when it is taken back, when the story that it leads to is corrected or goes.  Its words are
 * made when it is sent, through the gate (OUTLET_PUSH).  The paper keeps of a device what its
 * browser gave: an address at the push service, and two keys.
 */
#ifndef LIVE_PUSH_H
#define LIVE_PUSH_H

#include "http/webpush.h"
#include "live/live.h"

enum {
    PUSH_DEVICES_MAX = 20000,
    PUSH_ENDPOINT_MAX = 1000,
    PUSH_KEY_MAX = 100,
    PUSH_BACK_H = 24, /* news older than that is not replaced */
};

struct push_device {
    str endpoint, p256dh, auth;
};

/* The paper's key, made by push_key_make().  E_MISSING: not yet.  In `a`. */
err push_key(arena *a, store_conn *db, struct webpush_key *out);

/* --- inside a store_write() job --- */

err push_key_make(arena *a, store_conn *w, int64_t now, struct webpush_key *out);

/* E_INVALID: what no browser gives; E_LIMIT: there are PUSH_DEVICES_MAX. */
err push_add(arena *a, store_conn *w, const struct push_device *d, int64_t now, note *why);
err push_remove(store_conn *w, str endpoint);

/* An event waits for all devices; again: nothing more. */
err push_queue(store_conn *w, const struct event *e, int64_t now);

/* --- for whoever sends --- */

/* Is it something that devices are told?  Looked at before a job is made of it. */
bool push_is_wanted(arena *a, store_conn *db, const struct event *e, int64_t now);

struct push_word {
    str json;  /* {"tag", "title", "body", "path", "silent"}: what theme/js/offline.js shows */
    str topic; /* what it replaces, also while a device is away */
    int64_t until;
    bool is_urgent;
};

/* `name`: the paper's; `tongue`: what it says for itself.  E_GONE: there is nothing to say any
 * more. */
struct tongue;
err push_word(struct reading *r, const struct event *e, str name, const struct tongue *tongue,
              struct push_word *out);

#endif
