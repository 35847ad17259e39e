/*
 * mustache.h - the syntax: a template's text into a tree of tags.  Used by theme_compile.c alone.
 *
 * Mustache specification 1.4: variables, sections, inverted sections, comments, partials, set
 * delimiters, and of the optional modules inheritance.  Pure.
 */
#ifndef PAGE_MUSTACHE_H
#define PAGE_MUSTACHE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum node_kind {
    NODE_TEXT,
    NODE_VARIABLE,
    NODE_RAW, /* {{{x}}} or {{&x}} */
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
    NODE_PARENT,
    NODE_BLOCK,
};

struct node {
    enum node_kind kind;
    str text;      /* of text; else the name */
    str indent;    /* of a partial, parent or block that stands alone on its line */
    bool is_asked; /* of a block: some parent had a place for it (set when compiled) */
    bool is_first; /* stands alone on its line; a parent, first on it */
    str file;
    int line, column;          /* from 1 */
    struct node *first, *next; /* children; the next beside it */
};

/* Parse a file, each line of which was indented by `before_lines` bytes.  E_INVALID with
 * "file:line:column: ..." in `why`. */
err mustache_parse(arena *a, str file, str source, size_t before_lines, struct node **out,
                   note *why);

#endif
