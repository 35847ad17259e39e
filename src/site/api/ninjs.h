/*
 * ninjs.h - stories as ninjs 3.0 (IPTC): one with its text and picture, and a list of several as a
 * composite whose associations say what a list shows of each.
 */
#ifndef SITE_API_NINJS_H
#define SITE_API_NINJS_H

#include "site/api/door.h"
#include "text/json_write.h"

err ninjs_write_story(buf *out, struct door *d, const struct story *s);

/* `self`: the list's own address, which is its name. */
void ninjs_write_list(buf *out, struct door *d, str self, str title, const struct cards *cards);

/* The member "bodies": a text as XHTML and as plain text, with its length. */
err ninjs_put_bodies(struct json_writer *w, struct door *d, const struct body *tree);

#endif
