/*
 * feed.h - the newest stories of the paper, a section, a topic, an author or a place, for feed
 * readers.
 *
 * One gathering, three writers: RSS 2.0 (with content, dc, media and atom elements), Atom (RFC
 * 4287) and JSON Feed 1.1.  All three say the same of each story: its name (which never changes),
 * its address, words, times, authors, topics, its main picture with size and credit, and its film
 * or sound; where only one file may be enclosed (RSS), that is the film.
 */
#ifndef SITE_API_FEED_H
#define SITE_API_FEED_H

#include "site/api/door.h"

enum { FEED_ENTRIES = 30 };

struct feed_entry {
    struct story story;
    str name, url, language;
    str content; /* HTML, well-formed as XML; empty in a feed of teasers */
    bool has_picture;
    struct door_picture picture;
    bool has_film; /* or a sound */
    struct door_film film;
};

struct feed {
    struct door *door;
    str title, description;
    str page, self; /* whole addresses: what it is a feed of, and its own */
    str path;       /* of the page, "/" or "/topic/rail" */
    str language, hub;
    bool is_whole;   /* whole stories, not teasers */
    int64_t updated; /* when the newest of its stories changed */
    struct feed_entry *entries;
    size_t n;
};

/* Whole stories or teasers: what the settings say of the feed of this page. */
bool feed_is_whole(const struct paper *paper, str path);

/* Reply with a feed whose title, description, path and entries are there, in the dialect that the
 * request asks for.  E_MISSING: there is no such dialect. */
err feed_reply(struct feed *f);

/* Begin what both dialects of XML say of a file (Media RSS, media:content); the caller goes on and
 * ends it. */
struct xml_writer;
void feed_media_begin(struct xml_writer *w, str url, int64_t bytes, str type, str medium);

void feed_write_rss(buf *out, const struct feed *f);
void feed_write_atom(buf *out, const struct feed *f);
void feed_write_json(buf *out, const struct feed *f);

#endif
