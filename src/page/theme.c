#include "page/theme_inside.h"

#include "base/hash.h"
#include "base/must.h"

enum { THEME_CEILING = 128 << 20 };

static err load(const struct theme_source *from, const struct template_use *uses, size_t n,
                bool plain, theme **out, note *why)
{
    arena *a = arena_new(THEME_CEILING);
    theme *t = arena_one(a, theme);
    err e = OK;

    t->a = a;
    t->holds = 1;
    if (arena_guard(a)) {
        e = fail(why, E_LIMIT, "the theme's templates need more than %d bytes when compiled",
                 THEME_CEILING);
    } else {
        t->files = arena_many(a, struct theme_file, THEME_FILES_MAX);
        t->programs = arena_many(a, struct program, n + CALLS_MAX);
        t->program_count = n;
        t->messages = arena_many(a, struct theme_message, MESSAGES_MAX);
        t->messages_by_key = table_new(a);
        t->bare = arena_many(a, str, BARE_MAX);
        e = theme_files_read(t, from, why);
        if (e == OK)
            e = theme_books_read(t, why);
        for (size_t i = 0; e == OK && i < n; i++)
            e = theme_compile(t, i, &uses[i], plain, why);
    }
    arena_unguard(a);
    if (e != OK) {
        arena_free(&a);
        return e;
    }
    *out = t;
    return OK;
}

err theme_load(const struct theme_source *from, const struct template_use *uses, size_t n,
               theme **out, note *why)
{
    return load(from, uses, n, false, out, why);
}

err theme_load_text(const struct theme_source *from, const struct template_use *use, theme **out,
                    note *why)
{
    return load(from, use, 1, true, out, why);
}

theme *theme_hold(theme *t)
{
    atomic_fetch_add(&t->holds, 1);
    return t;
}

void theme_drop(theme **t)
{
    if (*t != NULL && atomic_fetch_sub(&(*t)->holds, 1) == 1) {
        arena *a = (*t)->a;

        arena_free(&a);
    }
    *t = NULL;
}

/* --- drawing --- */

struct frame {
    const char *view;
    size_t left; /* of the list that it stands in, with itself */
};

/* Where the field lies; NULL when a sub-view on the way is not there. */
static const char *field_at(const struct frame *innermost, const struct op *op)
{
    const char *view = innermost[-(ptrdiff_t)op->up].view;

    for (size_t i = 0; i < op->hops && view != NULL; i++)
        view = *(const char *const *)(view + op->path[i]);
    return view == NULL ? NULL : view + op->offset;
}

static bool says(const struct frame *innermost, const struct op *op)
{
    const char *at = field_at(innermost, op);

    return at != NULL && theme_says_something(op->field, at);
}

/* Enter the first of a list, or a sub-view; false when there is none. */
static bool enter(struct frame *next, const struct op *op)
{
    const char *at = field_at(next - 1, op);

    if (at == NULL)
        return false;
    if (op->field == VIEW_one)
        *next = (struct frame){*(const char *const *)at, 1};
    else
        *next =
            (struct frame){((const struct view_list *)at)->v, ((const struct view_list *)at)->n};
    return next->view != NULL && next->left > 0;
}

/* A page on its way. */
struct drawing {
    const theme *t;
    struct tongue tongue;
    size_t book; /* 0: English */
    buf *out;
    struct passing *passing; /* or NULL */
};

/* Where the language's words for it begin. */
static size_t choose(const struct drawing *d, const struct frame *innermost, const struct op *op)
{
    const struct choice *c = &op->choices[d->book];
    const char *at = op->field == VIEW_num ? field_at(innermost, op) : NULL;
    int64_t n = at == NULL ? 0 : *(const int64_t *)at;

    return c->forms[c->message != NULL ? message_form(c->message, n) : n != 1];
}

static void write(const struct drawing *d, const struct op *op, const void *at)
{
    size_t from = d->out->n;

    theme_write(d->out, op->field, at);
    if (op->field == VIEW_passing && d->passing != NULL && d->passing->n < PASSING_MAX) {
        d->passing->v[d->passing->n].from = from;
        d->passing->v[d->passing->n++].n = d->out->n - from;
    }
}

static void draw(const struct drawing *d, size_t program, const void *view, int calls)
{
    const struct program *p = &d->t->programs[program];
    buf *out = d->out;
    struct frame frames[FRAMES_MAX] = {{view, 1}}, *top = frames;

    for (size_t i = 0; i < p->n; i++) {
        const struct op *op = &p->ops[i];

        switch (op->kind) {
        case OP_TEXT:
            buf_add(out, op->text);
            break;
        case OP_WRITE: {
            const char *at = field_at(top, op);

            if (at != NULL)
                write(d, op, at);
            break;
        }
        case OP_IF:
            if (!says(top, op))
                i = op->jump - 1;
            break;
        case OP_UNLESS:
            if (says(top, op))
                i = op->jump - 1;
            break;
        case OP_EACH:
            if (enter(top + 1, op))
                top++;
            else
                i = op->jump - 1;
            break;
        case OP_NEXT:
            if (--top->left > 0) {
                top->view += op->size;
                i = op->jump;
            } else {
                top--;
            }
            break;
        case OP_SAY:
            buf_add(out, op->words[d->book]);
            break;
        case OP_CHOOSE:
            i = choose(d, top, op) - 1;
            break;
        case OP_GO:
            i = op->jump - 1;
            break;
        case OP_NUMBER: {
            const char *at = field_at(top, op);

            if (at != NULL)
                say_number_to(out, &d->tongue, *(const int64_t *)at);
            break;
        }
        case OP_CALL:
        default:
            if (calls < THEME_DEPTH_MAX && !out->over)
                draw(d, op->jump, top->view, calls + 1);
            break;
        }
    }
}

void theme_draw(const theme *t, size_t use, const void *view, str language, buf *out,
                struct passing *passing)
{
    struct drawing d = {t, theme_tongue(t, language), theme_book_of(t, language), out, passing};

    if (passing != NULL)
        passing->n = 0;
    draw(&d, use, view, 0);
}

str theme_mark(arena *a, str page, const struct passing *passing)
{
    buf lasting = buf_new(a, page.n + PASSING_MAX);
    size_t at = 0;

    if (passing->n == 0)
        return checksum(a, page);
    buf_room(&lasting, page.n);
    for (size_t i = 0; i < passing->n; i++) {
        buf_add(&lasting, str_of(page.p + at, passing->v[i].from - at));
        buf_lit(&lasting, "\0");
        at = passing->v[i].from + passing->v[i].n;
    }
    buf_add(&lasting, str_from(page, at));
    return checksum(a, buf_str(&lasting));
}
