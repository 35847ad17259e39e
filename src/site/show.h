/*
 * show.h - from a reading and a view to a reply that is kept.
 */
#ifndef SITE_SHOW_H
#define SITE_SHOW_H

#include "http/reply.h"
#include "news/reading.h"
#include "site/site.h"

/* Begin what a handler of a page begins with: anybody, the page, now. */
err show_begin(struct request *rq, struct reading *r);

/* Draw `view`, reply with it, and keep it with what the reading has loaded, as long as the gate
 * says.  Ends the reading. */
err show_page(struct request *rq, struct reading *r, int status, enum template template,
              const void *view);

/* The same for something that is not drawn (CSS). */
err show_bytes(struct request *rq, struct reading *r, str type, str bytes, enum page_keep keep);

/* The part that every page has: names, menu, today.  `path`: what is marked as current. */
struct view_page;
struct page_head {
    str title, description, path, canonical, language;
};
err show_head(struct request *rq, struct reading *r, const struct paper *paper,
              const struct page_head *head, const struct view_page **out);

#endif
