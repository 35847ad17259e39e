/*
 * ninjs.h - what the parts of the ninjs reader share; nobody else includes it.
 *
 * ninjs_json.c loads JSON within limits and finds properties under any of their spellings,
 * ninjs_check.c holds an item against the standard, ninjs_media.c reads what hangs on an item,
 * parse_ninjs.c finds the items of a file and reads them.
 */
#ifndef WIRE_NINJS_H
#define WIRE_NINJS_H

#include "wire/item/build.h"

#include <jansson.h>

enum {
    NINJS_BYTES_MAX = 32 << 20, /* of a file */
    NINJS_DEPTH_MAX = 64,
    NINJS_VALUES_MAX = 1000000,
};

struct ninjs_file {
    json_t *root; /* lives as long as the arena */
    const int *lines;
    size_t objects; /* lines[i]: where the i-th object of the document starts */
};

/* E_LIMIT: too large, too deep; E_INVALID: not JSON; the note names line and column. */
err ninjs_load(arena *a, str bytes, struct ninjs_file *out, note *why);

/* How many objects there are in `of`, itself counted. */
size_t ninjs_objects(json_t *of);

/* The first of the properties (names between spaces) that is there and not null, else NULL.  Case,
 * '_' and '$' do not matter: "versioncreated" also finds versionCreated and version_created. */
json_t *ninjs_get(json_t *of, const char *names);
bool ninjs_is(const char *key, str name);

/* The words of a string or number, of strings in a list (with spaces between), of the name or value
 * of an object; empty for anything else. */
str ninjs_words(arena *a, json_t *v);

/* Both together, any HTML taken out, as a field. */
str ninjs_field(arena *a, json_t *of, const char *names);

/* Is every standard property of the right type?  E_INVALID: the note names its path. */
err ninjs_check(arena *a, json_t *item, note *why);

/* Is there such a property in any version of the standard? */
bool ninjs_knows(const char *key);

/* The kind behind `type`; false: no type of ours. */
bool ninjs_kind(str type, enum wire_kind *kind);

/* The words of descriptions: before a story, below a picture, in place of one. */
str ninjs_summary(arena *a, json_t *item);
str ninjs_caption(arena *a, json_t *item);
str ninjs_alt(arena *a, json_t *item);
str ninjs_headline(arena *a, json_t *item);

/* Renditions of the item itself, and its associations: media and links. */
void ninjs_read_media(arena *a, json_t *item, struct wire_item *out);

/* Which item it is: the same for all its versions; empty: it does not say. */
str ninjs_identity(arena *a, json_t *of);

#endif
