/*
 * theme_compiler.h - a template on its way to ops; for theme_compile.c and theme_say.c alone.
 */
#ifndef PAGE_THEME_COMPILER_H
#define PAGE_THEME_COMPILER_H

#include "page/html_place.h"
#include "page/mustache.h"
#include "page/theme_inside.h"

/* Blocks that a child gives to its parent; further out, those that its own child gives. */
struct blocks {
    const struct blocks *outer;
    struct node *first;
};

/* The templates that are being compiled, innermost first. */
struct chain {
    const struct chain *outer;
    str file;
    const struct view_type *view;
    int frame_count;
};

/* Where a name leads. */
struct found {
    const struct view_field *field; /* NULL: nowhere */
    int frame;
    size_t hops;
    uint32_t path[HOPS_MAX];
};

struct compiler {
    theme *t;
    size_t program;
    const struct view_type *frames[FRAMES_MAX];
    int frame_count;
    int depth; /* of everything, one inside the other */
    const struct chain *chain;
    struct found dot; /* what {{.}} means, inside a section over a single value */
    bool plain;
    int says; /* {{#say}} one inside the other */
    struct html_place place;
    note *why;
};

/* E_INVALID with "file:line:column: what name". */
err compile_wrong(const struct compiler *c, const struct node *n, const char *what, str name);

struct program *compile_program(const struct compiler *c);
struct op *compile_op(const struct compiler *c, size_t i);

/* Add an op; valid until the next one is added. */
struct op *compile_emit(struct compiler *c, enum op_kind kind);
struct op *compile_emit_field(struct compiler *c, enum op_kind kind, const struct found *f);

/* Where a name leads from here. */
err compile_look_up(const struct compiler *c, const struct node *n, struct found *out);

err compile_variable(struct compiler *c, const struct node *n);

/* A node and all that follow it. */
err compile_nodes(struct compiler *c, const struct node *first, const struct blocks *blocks);

/* theme_say.c: {{#say}}...{{/say}}. */
bool compile_is_say(str name);
err compile_say(struct compiler *c, const struct node *n, const struct blocks *blocks);

#endif
