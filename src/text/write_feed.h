/*
 * write_feed.h - a body as the HTML of a feed entry, a mail or an export: absolute addresses, no
 * classes, ids or scripts, only elements that every feed reader draws.  Well-formed as XML, too.
 * Pure.
 */
#ifndef TEXT_WRITE_FEED_H
#define TEXT_WRITE_FEED_H

#include "text/write_page.h"

struct feed_writer {
    str base; /* "https://paper.example": what our own paths are joined to */
    void *of;
    bool (*media)(void *of, int64_t media, struct page_media *out); /* src: a path or an address */
    bool (*story)(void *of, int64_t story, struct page_story *out);
};

void body_write_feed(buf *out, const struct body *b, const struct feed_writer *how);

#endif
