/*
 * markup.h - a body being written as HTML events, whatever the agency's markup was.
 *
 * A thin hand over text/from_html.h: the dialects' walkers speak HTML, and the one converter of the
 * house decides what of it may stand in a story.
 */
#ifndef WIRE_MARKUP_H
#define WIRE_MARKUP_H

#include "wire/item/item.h"
#include "wire/xml/xml.h"

struct markup;

/* Relative addresses are joined to `base`, or kept where that is empty. */
struct markup *markup_new(arena *a, str base);

/* An element opens, with up to a few attributes: markup_open(m, "a", "href", address, NULL).  Empty
 * values are left out. */
void markup_open(struct markup *m, const char *tag, ...);
void markup_words(struct markup *m, str words);
void markup_close(struct markup *m, const char *tag);

/* An XHTML element with its attributes, as it stands. */
void markup_open_node(struct markup *m, const struct xml_node *n);
void markup_close_node(struct markup *m, const struct xml_node *n);

/* The body, in normal form.  E_LIMIT: too large. */
err markup_done(struct markup *m, struct body *out, note *why);

#endif
