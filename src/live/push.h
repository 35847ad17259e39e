/*
 * push.h - breaking news, and what is new in sections, on readers' devices, by the push services of
 * their browsers (RFC 8030).
 *
 * What is told replaces what was told before of the same: when breaking news says something else,
 * when it is taken back, when a story that was told is corrected or goes.  A story is told once,
 * when it is new.  Words are made when they are sent, through the gate (OUTLET_PUSH).  The paper
 * keeps of a device what its browser gave, an address at the push service and two keys, and what
 * was chosen there.
 */
#ifndef LIVE_PUSH_H
#define LIVE_PUSH_H

#include "http/webpush.h"
#include "live/live.h"
#include "text/say.h"

enum {
    PUSH_DEVICES_MAX = 20000,
    PUSH_ENDPOINT_MAX = 1000,
    PUSH_KEY_MAX = 100,
    PUSH_SECTIONS_MAX = 100,
    PUSH_BACK_H = 24, /* news older than that is neither told nor replaced */
};

struct push_device {
    str endpoint, p256dh, auth;
    bool breaking; /* it is told breaking news */
    int64_t sections[PUSH_SECTIONS_MAX];
    size_t section_n;
};

/* The paper's key, made by push_key_make().  E_MISSING: not yet.  In `a`. */
err push_key(arena *a, store_conn *db, struct webpush_key *out);

/* --- inside a store_write() job --- */

err push_key_make(arena *a, store_conn *w, int64_t now, struct webpush_key *out);

/* A device, or what one has chosen instead of what it had.  E_INVALID: what no browser gives;
 * nothing chosen; a section that is not in the menu.  E_LIMIT: there are PUSH_DEVICES_MAX. */
err push_add(arena *a, store_conn *w, const struct push_device *d, int64_t now, note *why);
err push_remove(store_conn *w, str endpoint);

/* An event waits for the devices that have chosen it; again: nothing more. */
err push_queue(arena *a, store_conn *w, const struct event *e, int64_t now);

/* --- for whoever sends --- */

/* Is it something that devices are told?  Looked at before a job is made of it. */
bool push_is_wanted(arena *a, store_conn *db, const struct event *e, int64_t now);

struct push_word {
    str json;  /* {"tag", "instead", "title", "body", "path", "silent"}: theme/js/offline.js */
    str topic; /* what it replaces, also while a device is away */
    int64_t until;
    bool is_urgent;
};

struct push_teller {
    str name;                    /* the paper's */
    const struct tongue *tongue; /* what it says for itself */
};

/* For a device that has chosen breaking news, or has not.  E_GONE: there is nothing to say any
 * more. */
err push_word(struct reading *r, const struct event *e, const struct push_teller *paper,
              bool breaking, struct push_word *out);

#endif
