/*
 * outbox.h - what the paper sends: written down, sent afterwards (site/postman.h), tried again
 * until it goes or is given up.
 *
 * Mail is written down with the act that it tells of.  What machines elsewhere are told
 * (live/webhook.h, live/push.h) is an event of the log: its words are made when it goes, through
 * the gate as it is then.
 *
 * No mail is written while the paper has no mail server, no address to send from, or no address of
 * its own (what a mail leads to is never taken from a request).  A mail goes at least once, under
 * one Message-ID; what cannot be sent for OUTBOX_LIFE_H, or is refused for good, is given up, stays
 * for `broadsheet check` to tell of, and loses its words.
 */
#ifndef NEWS_OUTBOX_H
#define NEWS_OUTBOX_H

#include "store/store.h"

enum { OUTBOX_LIFE_H = 48, OUTBOX_STUCK_M = 15, OUTBOX_KEPT_D = 7 };

/* Stored: never change one. */
enum outbox_kind { OUTBOX_MAIL = 0, OUTBOX_WEBHOOK = 1, OUTBOX_PUSH = 2 };

/* How mail goes, by the settings. */
struct outbox_way {
    str server, user, password_file, from, from_name, address;
};

/* False: the paper sends no mail.  In `a`. */
bool outbox_way(arena *a, store_conn *db, struct outbox_way *out);

struct outbox_mail {
    str to_name, to, subject, text, language;
};

/* Inside a job: what was made before and waits will not go. */
err outbox_give_up(store_conn *w, int64_t before, int64_t now, str problem);

/* Inside a job; with its event, which wakes whoever sends. */
err outbox_add(arena *a, store_conn *w, int64_t at, const struct outbox_mail *m, note *why);

#endif
