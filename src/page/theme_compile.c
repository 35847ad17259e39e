#include "page/theme_compiler.h"

#include "base/must.h"

err compile_wrong(const struct compiler *c, const struct node *n, const char *what, str name)
{
    return fail(c->why, E_INVALID, "%.*s:%d:%d: %s%.*s", STR(n->file), n->line, n->column, what,
                STR(name));
}

/* --- ops --- */

struct program *compile_program(const struct compiler *c)
{
    return &c->t->programs[c->program];
}

struct op *compile_op(const struct compiler *c, size_t i)
{
    return &compile_program(c)->ops[i];
}

struct op *compile_emit(struct compiler *c, enum op_kind kind)
{
    struct program *p = compile_program(c);

    if (p->n == p->room) {
        size_t room = p->room == 0 ? 64 : p->room * 2;
        struct op *ops = arena_many(c->t->a, struct op, room);

        if (p->n > 0)
            memcpy(ops, p->ops, p->n * sizeof *ops);
        p->ops = ops;
        p->room = room;
    }
    p->ops[p->n] = (struct op){.kind = kind};
    return &p->ops[p->n++];
}

struct op *compile_emit_field(struct compiler *c, enum op_kind kind, const struct found *f)
{
    struct op *op = compile_emit(c, kind);

    op->field = f->field->kind;
    op->up = (unsigned char)(c->frame_count - 1 - f->frame);
    op->offset = (uint32_t)f->field->offset;
    op->hops = (unsigned char)f->hops;
    if (f->hops > 0) {
        uint32_t *path = arena_many(c->t->a, uint32_t, f->hops);

        memcpy(path, f->path, f->hops * sizeof *path);
        op->path = path;
    }
    if (f->field->of != NULL)
        op->size = (uint32_t)f->field->of()->size;
    return op;
}

static err emit_text(struct compiler *c, const struct node *n, str text)
{
    const char *problem;

    c->place.has_words = false;
    problem = c->plain ? NULL : html_place_text(&c->place, text);
    if (problem != NULL)
        return compile_wrong(c, n, problem, S(""));
    if (c->place.has_words)
        theme_bare_add(c->t, n, text, c->place.words_at);
    if (text.n > 0)
        compile_emit(c, OP_TEXT)->text = text;
    return OK;
}

/* --- names --- */

enum { NAME_MAX_BYTES = 64 };

/* Letters to change, add or leave out to make one of the other. */
static size_t distance(str x, str y)
{
    size_t row[NAME_MAX_BYTES];

    if (x.n >= LENGTH(row) || y.n >= LENGTH(row))
        return SIZE_MAX;
    for (size_t j = 0; j <= y.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= x.n; i++) {
        size_t before = row[0];

        row[0] = i;
        for (size_t j = 1; j <= y.n; j++) {
            size_t keep = row[j];
            size_t swap = before + (x.p[i - 1] != y.p[j - 1]);

            row[j] = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = swap < row[j] ? swap : row[j];
            before = keep;
        }
    }
    return row[y.n];
}

static const struct view_field *field_of(const struct view_type *t, str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(str_c(t->fields[i].name), name))
            return &t->fields[i];
    return NULL;
}

/* No such field in any of the `n` views, the last of which is the one that was meant. */
static err no_field(const struct compiler *c, const struct node *node, str name,
                    const struct view_type *const *views, int n)
{
    const char *nearest = NULL;
    size_t best = name.n / 3 + 2;

    for (int i = n - 1; i >= 0; i--)
        for (size_t j = 0; j < views[i]->n; j++) {
            const char *other = views[i]->fields[j].name;
            size_t d = distance(name, str_c(other));

            if (d < best) {
                best = d;
                nearest = other;
            }
        }
    return fail(c->why, E_INVALID, "%.*s:%d:%d: no field `%.*s` in view %s%s%s%s", STR(node->file),
                node->line, node->column, STR(name), views[n - 1]->name,
                nearest != NULL ? "; did you mean `" : "", nearest != NULL ? nearest : "",
                nearest != NULL ? "`?" : "");
}

/* The first part of a name: from the innermost view outwards. */
static err look_up_first(const struct compiler *c, const struct node *n, str name,
                         struct found *out)
{
    bool is_dot = str_eq(name, S("."));

    *out = (struct found){0};
    if (is_dot && c->dot.field != NULL) {
        *out = c->dot;
        return OK;
    }
    for (int i = c->frame_count - 1; i >= 0 && out->field == NULL; i--) {
        out->field = field_of(c->frames[i], name);
        out->frame = i;
        if (is_dot)
            break;
    }
    if (out->field == NULL && is_dot)
        return compile_wrong(
            c, n, "{{.}} stands for one of a list of words; here it would be a view", S(""));
    if (out->field == NULL)
        return no_field(c, n, name, c->frames, c->frame_count);
    return OK;
}

/* "page.name": through sub-views, each of which may be absent when the page is drawn. */
err compile_look_up(const struct compiler *c, const struct node *n, struct found *out)
{
    bool is_dot = str_eq(n->text, S("."));
    str rest = n->text, name = n->text;
    struct found f;

    if (!is_dot)
        str_cut(&rest, '.', &name);
    TRY(look_up_first(c, n, name, &f));
    while (!is_dot && str_cut(&rest, '.', &name)) {
        const struct view_type *inner;

        if (f.field->kind != VIEW_one)
            return compile_wrong(
                c, n,
                "only a sub-view has fields of its own (enter a list with {{#...}}): ", n->text);
        if (f.hops == HOPS_MAX)
            return compile_wrong(c, n, "too many dots in ", n->text);
        inner = f.field->of();
        f.path[f.hops++] = (uint32_t)f.field->offset;
        f.field = field_of(inner, name);
        if (f.field == NULL)
            return no_field(c, n, name, &inner, 1);
    }
    *out = f;
    return OK;
}

/* --- variables --- */

static err compile_asset(struct compiler *c, const struct node *n, str path)
{
    const struct theme_file *f = theme_file(c->t, path);
    const char *problem = c->plain ? NULL : html_place_asset(&c->place);

    if (problem != NULL)
        return compile_wrong(c, n, problem, path);
    if (f == NULL)
        return compile_wrong(c, n, "the theme has no file ", path);
    compile_emit(c, OP_TEXT)->text = theme_address(c->t->a, f);
    return OK;
}

static bool is_icon_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
            s.p[i] != '-' && s.p[i] != '_')
            return false;
    return s.n > 0;
}

static err compile_icon(struct compiler *c, const struct node *n, str name)
{
    const struct theme_file *f = theme_file(c->t, S("icons.svg"));
    str id = str_fmt(c->t->a, " id=\"%.*s\"", STR(name));

    if (!c->plain && !html_place_is_open(&c->place))
        return compile_wrong(c, n, "an icon stands between tags only: ", name);
    if (f == NULL)
        return compile_wrong(c, n, "the theme has no icons.svg, so no icon ", name);
    if (!is_icon_name(name) || str_find(f->bytes, id) < 0)
        return compile_wrong(c, n, "icons.svg has no symbol ", name);
    return emit_text(c, n,
                     str_fmt(c->t->a,
                             "<svg class=\"icon\" aria-hidden=\"true\" width=\"16\" height=\"16\">"
                             "<use href=\"%.*s#%.*s\"/></svg>",
                             STR(theme_address(c->t->a, f)), STR(name)));
}

err compile_variable(struct compiler *c, const struct node *n)
{
    const char *problem;
    struct found f;

    if (str_starts(n->text, S("asset:")))
        return compile_asset(c, n, str_trim(str_from(n->text, 6)));
    if (str_starts(n->text, S("icon:")))
        return compile_icon(c, n, str_trim(str_from(n->text, 5)));
    TRY(compile_look_up(c, n, &f));
    if (n->kind == NODE_RAW && f.field->kind != VIEW_html)
        return compile_wrong(
            c, n,
            "there is no unescaped form: only html, which is markup already, may stand in "
            "three braces; use two for ",
            n->text);
    if (f.field->kind >= VIEW_flag)
        return compile_wrong(c, n,
                             "this can be asked or entered ({{#...}}), not written: ", n->text);
    problem = c->plain ? NULL : html_place_value(&c->place, f.field->kind);
    if (problem != NULL)
        return compile_wrong(c, n, problem, n->text);
    compile_emit_field(c, OP_WRITE, &f);
    return OK;
}

/* --- sections --- */

static err compile_each(struct compiler *c, const struct node *n, const struct found *f,
                        const struct blocks *blocks)
{
    size_t start = compile_program(c)->n;

    if (c->frame_count == FRAMES_MAX)
        return compile_wrong(c, n, "too many views one inside the other at ", n->text);
    compile_emit_field(c, OP_EACH, f);
    c->frames[c->frame_count++] = f->field->of();
    c->dot = (struct found){0};
    TRY(compile_nodes(c, n->first, blocks));
    c->frame_count--;

    struct op *next = compile_emit(c, OP_NEXT);

    next->jump = (uint32_t)start;
    next->size = compile_op(c, start)->size;
    compile_op(c, start)->jump = (uint32_t)compile_program(c)->n;
    return OK;
}

static err compile_if(struct compiler *c, const struct node *n, const struct found *f,
                      const struct blocks *blocks)
{
    bool is_inverted = n->kind == NODE_INVERTED;
    size_t start = compile_program(c)->n;

    compile_emit_field(c, is_inverted ? OP_UNLESS : OP_IF, f);
    if (!is_inverted && f->field->kind < VIEW_flag)
        c->dot = *f;
    TRY(compile_nodes(c, n->first, blocks));
    compile_op(c, start)->jump = (uint32_t)compile_program(c)->n;
    return OK;
}

static err compile_section(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    struct html_place before = c->place;
    struct found dot = c->dot, f;

    TRY(compile_look_up(c, n, &f));
    if (n->kind == NODE_SECTION && f.field->of != NULL)
        TRY(compile_each(c, n, &f, blocks));
    else
        TRY(compile_if(c, n, &f, blocks));
    c->dot = dot;
    if (!c->plain && !html_place_join(&c->place, &before))
        return compile_wrong(
            c, n, "a section must end where it began, inside the same tag or outside: ", n->text);
    return OK;
}

/* --- other templates --- */

/* The source of a file with each line indented, as a partial that stands alone is. */
static str indented(arena *a, str source, str indent)
{
    buf b = buf_new(a, (size_t)THEME_FILE_MAX * 4);

    if (indent.n == 0)
        return source;
    while (source.n > 0) {
        ptrdiff_t end = str_find_char(source, '\n');
        size_t line = end < 0 ? source.n : (size_t)end + 1;

        buf_add(&b, indent);
        buf_add(&b, str_to(source, line));
        source = str_from(source, line);
    }
    return buf_str(&b);
}

static err compile_file(struct compiler *c, const struct node *n, str path,
                        const struct blocks *blocks)
{
    struct chain chain = {c->chain, path, c->frames[c->frame_count - 1], c->frame_count};
    const struct theme_file *f = theme_any_file(c->t, path);
    struct node *first;
    size_t depth = 0;

    for (const struct chain *up = c->chain; up != NULL; up = up->outer)
        depth++;
    if (f == NULL)
        return compile_wrong(c, n, "the theme has no template ", path);
    if (depth == THEME_DEPTH_MAX)
        return compile_wrong(
            c, n, "templates stand too deep one inside the other (or in themselves): ", path);
    TRY(mustache_parse(c->t->a, path, indented(c->t->a, f->bytes, n->indent), n->indent.n, &first,
                       c->why));
    c->chain = &chain;
    TRY(compile_nodes(c, first, blocks));
    c->chain = chain.outer;
    return OK;
}

/* The template that is being compiled under this name from this view, or NULL. */
static const struct chain *itself(const struct compiler *c, str path)
{
    const struct chain *up = c->chain;

    while (up != NULL && (!str_eq(up->file, path) || up->view != c->frames[c->frame_count - 1]))
        up = up->outer;
    return up;
}

static err compile_called(struct compiler *c, const struct node *n, size_t program)
{
    struct compiler *inner = arena_one(c->t->a, struct compiler);
    struct node top = *n;

    *inner = (struct compiler){.t = c->t,
                               .program = program,
                               .frames = {c->frames[c->frame_count - 1]},
                               .frame_count = 1,
                               .depth = c->depth,
                               .plain = c->plain,
                               .says = c->says,
                               .why = c->why};
    top.indent = (str){0};
    TRY(compile_file(inner, &top, n->text, NULL));
    if (!c->plain && !html_place_is_open(&inner->place))
        return compile_wrong(c, n, "a template that draws itself must end between tags: ", n->text);
    return OK;
}

/* A partial inside itself (a comment's answers): a program of its own, that sees only the view
 * where it stands.  It ends where the data does. */
static err compile_call(struct compiler *c, const struct node *n, const struct chain *outer)
{
    const struct view_type *view = outer->view;
    size_t i = 0;

    if (c->frame_count == outer->frame_count)
        return compile_wrong(c, n, "this would never end; enter a list or a sub-view before ",
                             n->text);
    if (!c->plain && !html_place_is_open(&c->place))
        return compile_wrong(c, n, "a template can draw itself between tags only: ", n->text);
    while (i < c->t->call_count &&
           (!str_eq(c->t->calls[i].file, n->text) || c->t->calls[i].view != view))
        i++;
    if (i == CALLS_MAX)
        return compile_wrong(c, n, "too many templates draw themselves: ", n->text);
    if (i == c->t->call_count) {
        c->t->calls[c->t->call_count++] = (struct called){n->text, view, c->t->program_count++};
        TRY(compile_called(c, n, c->t->calls[i].program));
    }
    compile_emit(c, OP_CALL)->jump = (uint32_t)c->t->calls[i].program;
    return OK;
}

static struct node *block_in(const struct blocks *b, str name)
{
    for (struct node *child = b->first; child != NULL; child = child->next)
        if (child->kind == NODE_BLOCK && str_eq(child->text, name)) {
            child->is_asked = true;
            return child;
        }
    return NULL;
}

/* What the outermost child says of a block; what the parent itself says when none does. */
static err compile_block(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    const struct node *given = n;
    const struct blocks *around = blocks;

    for (const struct blocks *b = blocks; b != NULL; b = b->outer) {
        const struct node *child = block_in(b, n->text);

        if (child != NULL) {
            given = child;
            around = b->outer;
        }
    }
    return compile_nodes(c, given->first, around);
}

static err compile_parent(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    struct blocks given = {blocks, n->first};

    TRY(compile_file(c, n, n->text, &given));
    for (const struct node *b = n->first; b != NULL; b = b->next)
        if (b->kind == NODE_BLOCK && !b->is_asked)
            return fail(c->why, E_INVALID, "%.*s:%d:%d: %.*s has no block `%.*s`", STR(b->file),
                        b->line, b->column, STR(n->text), STR(b->text));
    return OK;
}

static err compile_partial(struct compiler *c, const struct node *n)
{
    const struct chain *outer = itself(c, n->text);

    return outer != NULL ? compile_call(c, n, outer) : compile_file(c, n, n->text, NULL);
}

static err compile_node(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    switch (n->kind) {
    case NODE_TEXT:
        return emit_text(c, n, n->text);
    case NODE_VARIABLE:
    case NODE_RAW:
        return compile_variable(c, n);
    case NODE_SECTION:
        if (compile_is_say(n->text))
            return compile_say(c, n, blocks);
        return compile_section(c, n, blocks);
    case NODE_INVERTED:
        return compile_section(c, n, blocks);
    case NODE_PARTIAL:
        return compile_partial(c, n);
    case NODE_PARENT:
        return compile_parent(c, n, blocks);
    case NODE_BLOCK:
    default:
        return compile_block(c, n, blocks);
    }
}

err compile_nodes(struct compiler *c, const struct node *first, const struct blocks *blocks)
{
    if (first != NULL && c->depth == TEMPLATE_DEPTH_MAX)
        return compile_wrong(c, first, "too much stands one inside the other here", S(""));
    c->depth++;
    for (const struct node *n = first; n != NULL; n = n->next)
        TRY(compile_node(c, n, blocks));
    c->depth--;
    return OK;
}

err theme_compile(theme *t, size_t program, const struct template_use *use, bool plain, note *why)
{
    struct compiler *c = arena_one(t->a, struct compiler);
    struct node top = {.file = use->file, .text = use->file, .line = 1, .column = 1};

    *c = (struct compiler){.t = t,
                           .program = program,
                           .frames = {use->view},
                           .frame_count = 1,
                           .plain = plain,
                           .why = why};
    return compile_file(c, &top, use->file, NULL);
}
