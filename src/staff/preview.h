/*
 * preview.h - links that show one story as it will be to somebody without an account.
 *
 * A link is a random token whose fingerprint is kept.  It opens its story and nothing else, until
 * its time is over, it is revoked, or the story is withdrawn or killed.
 */
#ifndef STAFF_PREVIEW_H
#define STAFF_PREVIEW_H

#include "staff/staff.h"

enum {
    PREVIEW_LINKS_MAX = 20, /* that open one story at one time */
    PREVIEW_HOURS_MAX = 7 * 24
};

/* Make one.  E_MISSING: no such story that they may write in; E_GONE: it was taken down; E_INVALID:
 * no such time; E_LIMIT: there are too many. */
struct preview_link {
    int64_t story;
    int hours;
    str secret;       /* made; in k->a */
    int64_t until_at; /* made */
};
err staff_preview_make(struct staff_work *k, struct preview_link *l, note *why);

/* It opens nothing any more; E_MISSING: it did not. */
err staff_preview_end(struct staff_work *k, int64_t story, int64_t link, note *why);

/* What a secret opens.  E_MISSING: nothing, and it never did; E_GONE: nothing any more. */
err staff_preview_look(arena *a, store_conn *db, str secret, int64_t now, int64_t *story,
                       int64_t *link);

#endif
