/*
 * build.h - the hands that every dialect's parser shares: lists that grow, fields that are cut,
 * bylines taken apart, times with and without a zone.
 *
 * For parsers only.  Everything lives in the arena that the batch lives in.
 */
#ifndef WIRE_BUILD_H
#define WIRE_BUILD_H

#include "wire/item/item.h"

/* One more item; NULL when the file has too many (said once, as a trouble). */
struct wire_item *wire_add_item(arena *a, struct wire_batch *batch);

/* Take the item that was added last off again: it turned out to be none. */
void wire_drop_item(struct wire_batch *batch);

/* Something could not be read.  `line` 0: the file as a whole. */
[[gnu::format(printf, 5, 6)]] void wire_add_trouble(arena *a, struct wire_batch *batch, int line,
                                                    str guid, const char *reason, ...);

/* A field as it is kept: white space squeezed, cut at WIRE_FIELD_MAX with an ellipsis. */
str wire_field(arena *a, str s);

/* The same, but line ends stay, for notes of several lines. */
str wire_note(arena *a, str s);

/* Each leaves out what is there already, and what is beyond the limit. */
void wire_add_subject(arena *a, struct wire_item *item, str scheme, str code, str name);
void wire_add_keyword(arena *a, struct wire_item *item, str name);
void wire_add_person(arena *a, struct wire_item *item, str name, str role);
void wire_add_link(arena *a, struct wire_item *item, str guid, str relation);

/* "3.5" of "5" as stars by halves; what is no number, or beyond its scale, changes nothing. */
void wire_rate(struct wire_item *item, str value, str most);

/* NULL beyond the limit; holds until the next one is added. */
struct wire_media *wire_add_media(arena *a, struct wire_item *item, enum wire_kind kind);
void wire_add_rendition(arena *a, struct wire_media *of, struct wire_rendition r);

/* "By Ann Lee and Bo Ek, Staff Writers" -> Ann Lee and Bo Ek, both staff writers.  Knows "by" in
 * the languages that agencies send. */
void wire_add_byline(arena *a, struct wire_item *item, str byline);

/* Is it a line of text that only names who wrote it ("By Toby Davis")? */
bool wire_is_byline(str line);

/* "SYDNEY, March 22 AAP -" -> "SYDNEY"; empty where no place is named. */
str wire_dateline(arena *a, str s);

/* "By the clock of the copy": ISO 8601 in its long and compact spellings, RFC 822, and what feeds
 * make of them.  False: no time at all.  `zoned` (may be NULL): did it say its zone?  Without one
 * UTC is taken. */
bool wire_time(str s, int64_t *at, bool *zoned);

/* "medtop:20000587" -> "20000587" (all of it where there is no colon). */
str wire_local(str qcode);

/* The kind behind a media type or a word: "image/jpeg", "picture", "Photo"; WIRE_OTHER: none. */
enum wire_kind wire_kind_of(str word);

/* A vocabulary's short name from its address: "http://cv.iptc.org/newscodes/mediatopic/" ->
 * "medtop"; empty for one that is not the IPTC's. */
str wire_scheme_of(str uri);

/* What every item must have before it is kept: a guid (from the fingerprint of `bytes` when the
 * copy gave none), a person for each line of credit... */
void wire_finish(arena *a, struct wire_item *item, str bytes);

/* Nothing to print: neither headline nor text nor a picture, and not a kill either. */
bool wire_is_empty(const struct wire_item *item);

#endif
