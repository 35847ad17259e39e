/*
 * shape.h - what each kind of block may hold; for the files of text/ that build and check trees.
 */
#ifndef TEXT_SHAPE_H
#define TEXT_SHAPE_H

#include "text/body.h"

enum block_field {
    HAS_SPANS = 1,
    HAS_TITLE = 2,
    HAS_CREDIT = 4,
    HAS_ALT = 8,
    HAS_ADDRESS = 16,
    HAS_MEDIA = 32,
    HAS_STORY = 64,
    HAS_SIZE = 128, /* width, height */
};

/* The top of a body, as a parent. */
enum { TOP = BLOCK_KINDS };

bool block_has(enum block_kind kind, unsigned fields);

/* May `child` stand right inside `parent` (or TOP)? */
bool block_takes(unsigned parent, enum block_kind child);

/* The only kind that `kind` may stand in (ITEM: LIST...), or TOP when it stands at the top. */
unsigned block_home(enum block_kind kind);

/* The kind with this name; false when there is none. */
bool block_kind_named(str name, enum block_kind *out);

/* The marks as they are called in JSON. */
enum { MARK_NAMES = 5 };
extern const struct mark_name {
    unsigned mark;
    str name;
} mark_names[MARK_NAMES];

/* 1 to 16 of [a-z0-9]? */
bool block_id_ok(str id);

/* A language tag of BCP 47, by its letters? */
bool language_ok(str tag);

/* Nothing but space, visible or not? */
bool text_blank(str s);

/* A list of blocks that grows. */
struct block_list {
    struct block *p;
    size_t n, room;
};
struct block *block_list_add(arena *a, struct block_list *l, struct block b);

struct span_list {
    struct span *p;
    size_t n, room;
};
void span_list_add(arena *a, struct span_list *l, struct span s);

/* Spans in normal form; where two breaks follow each other, `*split` becomes how many spans of `in`
 * were read (the rest is for another paragraph), if asked. */
struct span_list spans_normal(arena *a, const struct span *in, size_t n, str language,
                              size_t *split);

/* Make spans of a table's cells fit: no overlap, no empty row or column, nothing over the edge. */
void table_fit(arena *a, struct block *table);

#endif
