/*
 * information.h - pages that a paper writes about itself: about, contact, privacy...
 *
 * They stand at "/{slug}", where no section does.  All of them hang on the tag `site`: the foot of
 * every page names them.
 */
#ifndef NEWS_INFORMATION_H
#define NEWS_INFORMATION_H

#include "news/reading.h"
#include "text/body.h"

struct information {
    str slug, title;
    struct body body;
    int64_t changed_at; /* µs UTC */
};

/* Read Markdown that begins with its title ("# About us").  E_INVALID: it has none, or nothing
 * else, or cannot be read. */
err information_read(arena *a, str markdown, struct information *out, note *why);

/* The page with this slug; E_MISSING. */
err information_at(struct reading *r, str slug, struct information *out);

/* Keep a page, or keep it anew, inside a store_write() job.  E_INVALID: no slug; E_CONFLICT: a
 * section stands there. */
err information_put(arena *a, store_conn *w, const struct information *page, note *why);

/* E_MISSING: there is none. */
err information_drop(arena *a, store_conn *w, str slug, note *why);

#endif
