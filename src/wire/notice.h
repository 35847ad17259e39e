/*
 * notice.h - copy that is a notice, not a story: it goes to news/notice.h.
 *
 * Copy is one by its genre: "notice", "public notice", "legal notice", with the type behind it
 * ("notice: planning") or as a subject of a scheme of the sender's own, or a keyword.  "Usable
 * from" (embargo) and "until" (expiry) are the run.
 */
#ifndef WIRE_NOTICE_H
#define WIRE_NOTICE_H

#include "wire/take.h"

bool wire_is_notice(const struct wire_item *item);

/* A new one, a newer version, or withheld: in a store_write() job. */
err wire_take_notice(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                     struct wire_taken *out, note *why);

/* The notice that came under this guid is killed; `killed`: there was one. */
err wire_kill_notice(struct desk *d, const struct wire_item *item, bool *killed, note *why);

#endif
