/*
 * g2.h - what the parts of the NewsML-G2 reader share; nobody else includes it.
 *
 * parse_newsml_g2.c finds the items of a document, g2_item.c reads what every item has,
 * g2_content.c the content of a news item, g2_names.c resolves codes.
 */
#ifndef WIRE_G2_H
#define WIRE_G2_H

#include "base/table.h"
#include "wire/item/build.h"
#include "wire/xml/xml.h"

/* One item being read. */
struct g2_item {
    arena *a;
    struct wire_batch *batch;
    const struct xml_node *node; /* newsItem, packageItem... */
    struct wire_item *out;
    table schemes;  /* alias -> str *: the address of its vocabulary, from the item's catalogs */
    table asserted; /* qcode -> xml_node *: what the item asserts about a concept */
    str raw_dateline;
    str subtitle;
};

/* The catalogs of the message and of the item, and its assertions. */
void g2_read_names(struct g2_item *g, const struct xml_node *message_header);

/* A concept's vocabulary ("medtop", or the alias as the copy has it) and code in it, from qcode or
 * uri; both empty where it has neither. */
void g2_concept(const struct g2_item *g, const struct xml_node *n, str *scheme, str *code);

/* Its name: <name> (in the item's own language if it comes in several), what is asserted about it,
 * or the literal. */
str g2_name(const struct g2_item *g, const struct xml_node *n);

/* The last part of a role or relation ("drol:summary", "http://.../drol/summary" -> "summary"). */
str g2_role(const struct xml_node *n, const char *attribute);

/* rightsInfo, itemMeta.  E_INVALID: when it may be used cannot be told; the note says why. */
err g2_read_meta(struct g2_item *g, note *why);

/* contentMeta and the subjects. */
void g2_read_content_meta(struct g2_item *g);

/* contentSet: text into the body, renditions into media. */
err g2_read_content(struct g2_item *g, note *why);

/* groupSet: links in the order of the groups. */
void g2_read_groups(struct g2_item *g);

#endif
