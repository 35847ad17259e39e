/*
 * describe.h - what a page says of itself to machines, in its head: structured data, what a link to
 * it looks like elsewhere, where its feeds are.
 */
#ifndef SITE_API_DESCRIBE_H
#define SITE_API_DESCRIBE_H

#include "news/story.h"
#include "site/public/views.h"
#include "site/show.h"

/* Fill the page's `share`, `data` and `alternates` from its head.  A page without a canonical
 * address says nothing. */
err describe_page(struct request *rq, struct reading *r, const struct paper *paper,
                  const struct page_head *head, struct view_page *page);

#endif
