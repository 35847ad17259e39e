/*
 * nitf.h - what the parts of the NITF reader share; nobody else includes it.
 *
 * parse_nitf.c reads the head, nitf_body.c the text.  Both also read NITF inside NewsML-G2.
 */
#ifndef WIRE_NITF_H
#define WIRE_NITF_H

#include "wire/item/item.h"
#include "wire/item/markup.h"
#include "wire/xml/xml.h"

struct nitf {
    arena *a;
    struct wire_item *item;
    struct markup *out;
    bool byline_taken; /* the people are from a byline of the text */
};

/* body.head: headlines, byline, dateline, abstract, notes, where the item has none yet. */
void nitf_read_body_head(struct nitf *n, const struct xml_node *head);

/* body.content and body.end into the item's body. */
err nitf_read_body(struct nitf *n, const struct xml_node *body, note *why);

void nitf_take_byline(struct nitf *n, const struct xml_node *byline);
void nitf_take_dateline(struct nitf *n, const struct xml_node *dateline);

#endif
