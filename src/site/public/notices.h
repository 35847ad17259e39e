/*
 * notices.h - what the pages of notices and their feeds have in common.
 */
#ifndef SITE_PUBLIC_NOTICES_H
#define SITE_PUBLIC_NOTICES_H

#include "news/notice.h"
#include "site/public/parts.h"

/* "23 November 2026 to 14 December 2026", "From 23 November 2026": in the paper's language. */
str notices_run(const struct parts *p, const struct notice *n);

#endif
