/*
 * xml_write.h - a document in XML 1.0, written front to back: feeds, sitemaps, oEmbed.
 *
 * Every text and value is escaped here, and what XML cannot hold (control characters, bytes that
 * are not UTF-8) becomes U+FFFD, so that a reader never finds a document that is not well-formed.
 * Names are ours and must outlive the writing.  Over the ceiling of the buf, its `over` is set.
 * Pure.
 */
#ifndef TEXT_XML_WRITE_H
#define TEXT_XML_WRITE_H

#include "base/buf.h"

enum { XML_DEPTH_MAX = 16 };

struct xml_writer {
    buf *out;
    const char *open[XML_DEPTH_MAX]; /* elements that are not ended */
    int depth;
    bool in_tag; /* attributes may still come */
};

/* Begin a document, with its declaration. */
struct xml_writer xml_writer(buf *out);

/* <name ...> and its end; attributes come right after the begin. */
void xml_put_begin(struct xml_writer *w, const char *name);
void xml_put_attr(struct xml_writer *w, const char *name, str value);
void xml_put_attr_int(struct xml_writer *w, const char *name, int64_t n);
void xml_put_text(struct xml_writer *w, str text);
void xml_put_end(struct xml_writer *w);

/* <name>text</name>; the second is left out where the text is empty. */
void xml_put_element(struct xml_writer *w, const char *name, str text);
void xml_put_element_if(struct xml_writer *w, const char *name, str text);

#endif
