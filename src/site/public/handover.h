/*
 * handover.h - what stands around a story's words: where it can be passed on, and who made it.
 */
#ifndef SITE_PUBLIC_HANDOVER_H
#define SITE_PUBLIC_HANDOVER_H

#include "site/public/parts.h"

/* Links that pass a story on: plain addresses with the story's own in them. */
const struct view_handover *handover_of(const struct parts *p, const struct story *s);

/* Who made it: the label, a sentence on what that means, and whether it comes from those whom it is
 * about or from a machine, which is said before the words begin. */
void handover_origin(const struct parts *p, const struct story *s, struct view_story *view);

#endif
