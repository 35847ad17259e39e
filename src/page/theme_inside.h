/*
 * theme_inside.h - what a loaded theme is made of; for theme_*.c alone.
 *
 * A template is compiled to a flat list of ops that hold offsets into views.  Drawing keeps a
 * stack of frames: the view that the page is drawn from, and above it one for each list or
 * sub-view that was entered.
 */
#ifndef PAGE_THEME_INSIDE_H
#define PAGE_THEME_INSIDE_H

#include "page/theme.h"

#include <stdatomic.h>

enum {
    FRAMES_MAX = 24,
    HOPS_MAX = 8,           /* dots in a name */
    CALLS_MAX = 64,         /* templates that draw themselves */
    TEMPLATE_DEPTH_MAX = 64 /* of sections, blocks and templates one inside the other */
};

enum op_kind {
    OP_TEXT,
    OP_WRITE,  /* the field, by its kind */
    OP_IF,     /* go on when the field says something, else jump */
    OP_UNLESS, /* the other way round */
    OP_EACH,   /* enter a list or a sub-view, or jump past its OP_NEXT */
    OP_NEXT,   /* the next of the list, jumping back; or leave */
    OP_CALL,   /* draw program `jump` with the innermost frame */
};

struct op {
    enum op_kind kind;
    enum view_kind field;
    unsigned char up;   /* frames above the innermost */
    unsigned char hops; /* sub-views on the way from there to the field */
    uint32_t offset;    /* of the field */
    uint32_t size;      /* of a list's element */
    uint32_t jump;
    union {
        str text;
        const uint32_t *path; /* the offsets of those sub-views */
    };
};

struct program {
    struct op *ops;
    size_t n, room;
};

/* A program that is called: `file` drawn from `view`. */
struct called {
    str file;
    const struct view_type *view;
    size_t program;
};

struct theme {
    atomic_int holds;
    arena *a;
    struct theme_file *files;
    size_t file_count, file_bytes;
    struct program *programs; /* those of the uses first, then the called ones */
    size_t program_count;
    struct called calls[CALLS_MAX];
    size_t call_count;
};

/* theme_files.c: read the files in.  The folder's win. */
err theme_files_read(theme *t, const struct theme_source *from, note *why);
const struct theme_file *theme_any_file(const theme *t, str path); /* templates too */

/* theme_compile.c: compile a use into program number `program`.  `plain`: with no regard to HTML.
 */
err theme_compile(theme *t, size_t program, const struct template_use *use, bool plain, note *why);

/* theme_write.c: append a field by its kind; is there anything in it? */
void theme_write(buf *out, enum view_kind kind, const void *field);
bool theme_says_something(enum view_kind kind, const void *field);

#endif
