/*
 * text_notice.h - a notice as plain text: labels, an empty line, the title, and Markdown.
 *
 *     Notice: planning
 *     Issued by: Port Senna Town Council
 *     Reference: PS/2026/0411
 *     Runs from: 23 November 2026
 *     Runs until: 14 December 2026
 *
 * The first label makes it one.  With a reference, a later one of the same issuer and reference is
 * its next version.
 */
#ifndef WIRE_TEXT_NOTICE_H
#define WIRE_TEXT_NOTICE_H

#include "wire/wire.h"

bool text_is_notice(str text);

/* Fill in an item.  E_INVALID: no issuer, or a day that cannot be read. */
err text_notice(arena *a, str text, const struct wire_here *here, struct wire_item *item,
                note *why);

#endif
