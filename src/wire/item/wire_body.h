/*
 * wire_body.h - the text of an item, from the markups that agencies send, into its body tree.
 *
 * What merely repeats the item's own fields at the head of the text (headline, byline, dateline,
 * standfirst) is left out of the body; a byline found only there becomes the item's.
 */
#ifndef WIRE_WIRE_BODY_H
#define WIRE_WIRE_BODY_H

#include "wire/item/item.h"
#include "wire/xml/xml.h"

/* Words that the head of the text may repeat, besides the item's own fields. */
struct wire_words {
    str dateline; /* as the copy has it, agency and dash included */
    str subtitle;
};

/* XHTML, the children of `of`: body, div, or an inlineXML with another markup inside, of which the
 * words are kept.  E_LIMIT: too large. */
err wire_body_of_xhtml(arena *a, const struct xml_node *of, struct wire_words known,
                       struct wire_item *item, note *why);

/* An <nitf> element: head of the body into empty fields of the item, content into the body, media
 * into the item's media. */
err wire_body_of_nitf(arena *a, const struct xml_node *nitf, struct wire_item *item, note *why);

/* HTML as text (escaped in a feed, or CDATA). */
err wire_body_of_html(arena *a, str html, struct wire_item *item, note *why);

/* Plain text: paragraphs end at empty lines, or where the next line is set in. */
err wire_body_of_text(arena *a, str text, struct wire_item *item, note *why);

/* Take off the head of the body what the item says already: a paragraph that only names the writer
 * (who becomes the item's), the headline again, the dateline.  A standfirst that is only the
 * opening of the text is dropped in favour of the text. */
void wire_trim_body(arena *a, struct wire_item *item, struct wire_words known);

/* Words of HTML or plain text without any markup: for titles and notes of feeds. */
str wire_words_of_html(arena *a, str html);

#endif
