/*
 * theme_inside.h - what a loaded theme is made of; for theme_*.c alone.
 *
 * A template is compiled to a flat list of ops that hold offsets into views.  Drawing keeps a
 * stack of frames: the view that the page is drawn from, and above it one for each list or
 * sub-view that was entered.
 */
#ifndef PAGE_THEME_INSIDE_H
#define PAGE_THEME_INSIDE_H

#include "base/table.h"
#include "page/theme.h"
#include "text/say.h"

#include <stdatomic.h>

enum {
    FRAMES_MAX = 24,
    HOPS_MAX = 8,            /* dots in a name */
    CALLS_MAX = 64,          /* templates that draw themselves */
    TEMPLATE_DEPTH_MAX = 64, /* of sections, blocks and templates one inside the other */
    BOOKS_MAX = 40,          /* languages */
    MESSAGES_MAX = 4000,
    BARE_MAX = 200 /* words outside of {{#say}} that are remembered */
};

enum op_kind {
    OP_TEXT,
    OP_WRITE,  /* the field, by its kind */
    OP_IF,     /* go on when the field says something, else jump */
    OP_UNLESS, /* the other way round */
    OP_EACH,   /* enter a list or a sub-view, or jump past its OP_NEXT */
    OP_NEXT,   /* the next of the list, jumping back; or leave */
    OP_CALL,   /* draw program `jump` with the innermost frame */
    OP_NUMBER, /* the field, a number, as the language writes it */
    OP_SAY,    /* words with nothing in them, by language */
    OP_CHOOSE, /* go on where the language's words begin, by the number in the field if any */
    OP_GO,     /* go on at `jump` */
};

/* What a language says at an OP_CHOOSE; one for English, then one for each book. */
struct choice {
    const struct message *message; /* NULL: English */
    uint32_t forms[BOOK_FORMS_MAX];
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
    union {
        const str *words; /* of OP_SAY, escaped; English, then one for each book */
        const struct choice *choices;
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

/* The words of a language. */
struct theme_book {
    str tag; /* "pt-BR" */
    struct book *book;
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
    struct theme_book books[BOOKS_MAX];
    size_t book_count;
    struct book *list; /* lang/broadsheet.pot: what the program's own C says, and more; or NULL */
    struct theme_message *messages;
    size_t message_count;
    table messages_by_key;
    str *bare;
    size_t bare_count;
};

/* theme_files.c: read the files in.  The folder's win. */
err theme_files_read(theme *t, const struct theme_source *from, note *why);
const struct theme_file *theme_any_file(const theme *t, str path); /* templates too */

/* theme_compile.c: compile a use into program number `program`.  `plain`: with no regard to HTML.
 */
err theme_compile(theme *t, size_t program, const struct template_use *use, bool plain, note *why);

/* theme_words.c: the books in lang/; what is said where. */
err theme_books_read(theme *t, note *why);
err theme_message_add(theme *t, const struct theme_message *m, str file, int line, note *why);
struct node;
void theme_bare_add(theme *t, const struct node *n, str text, size_t at);
size_t theme_book_of(const theme *t, str language); /* 0: English; else 1 + its place in books */

/* theme_write.c: append a field by its kind; is there anything in it? */
void theme_write_escaped(buf *out, str s);
void theme_write(buf *out, enum view_kind kind, const void *field);
bool theme_says_something(enum view_kind kind, const void *field);

#endif
