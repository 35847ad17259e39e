/*
 * feed.h - what the parts of the feed reader share; nobody else includes it.
 *
 * parse_feed.c finds the entries and reads RSS's and Atom's own elements; feed_media.c the media.
 */
#ifndef WIRE_FEED_H
#define WIRE_FEED_H

#include "wire/item/build.h"
#include "wire/xml/xml.h"

/* Whose element is it?  By namespace, with what feeds make of namespaces forgiven. */
enum feed_space {
    FEED_RSS,
    FEED_ATOM,
    FEED_DC,
    FEED_CONTENT,
    FEED_MEDIA,
    FEED_WORDPRESS,
    FEED_OTHER
};

enum feed_space feed_space_of(const struct xml_node *n);

/* The first child of that name in that space, NULL: none; and the next. */
const struct xml_node *feed_child(const struct xml_node *of, enum feed_space in, const char *name);
const struct xml_node *feed_again(const struct xml_node *n, enum feed_space in, const char *name);

#define FEED_EACH(child, of, in, named)                                                            \
    for (const struct xml_node *child = feed_child((of), (in), (named)); (child) != NULL;          \
         child = feed_again((child), (in), (named)))

struct feed_entry {
    arena *a;
    const struct xml_node *feed, *node; /* channel or feed; item or entry */
    struct wire_item *out;
    str base; /* relative addresses are meant from here */
};

/* enclosure, Atom's enclosure links, media:* into the item's media. */
void feed_read_media(struct feed_entry *e);

#endif
