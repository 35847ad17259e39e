#include "page/theme.h"

#include "base/hash.h"
#include "base/must.h"
#include "page/html_place.h"
#include "page/mustache.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { THEME_CEILING = 64 << 20, FRAMES_MAX = 24 };

/* A template is a flat list of these. */
enum op_kind {
    OP_TEXT,
    OP_WRITE,  /* the field, by its kind */
    OP_IF,     /* go on when the field says something, else jump */
    OP_UNLESS, /* the other way round */
    OP_EACH,   /* enter a list or a sub-view, or jump past its OP_NEXT */
    OP_NEXT,   /* the next of the list, jumping back; or leave */
};

struct op {
    enum op_kind kind;
    enum view_kind field;
    unsigned char up; /* frames above the innermost */
    size_t offset;
    size_t size; /* of a list's element */
    size_t jump;
    str text;
};

struct program {
    struct op *ops;
    size_t n, room;
};

struct theme {
    atomic_int holds;
    arena *a;
    struct theme_file *files;
    size_t file_count;
    struct program *programs;
    size_t program_count;
};

/* --- files --- */

static const char *type_of(str path)
{
    static const struct {
        str end;
        const char *type;
    } types[] = {
        {S_INIT(".css"), "text/css; charset=utf-8"},
        {S_INIT(".js"), "text/javascript; charset=utf-8"},
        {S_INIT(".svg"), "image/svg+xml"},
        {S_INIT(".png"), "image/png"},
        {S_INIT(".ico"), "image/x-icon"},
        {S_INIT(".woff2"), "font/woff2"},
        {S_INIT(".txt"), "text/plain; charset=utf-8"},
        {S_INIT(".html"), "text/html; charset=utf-8"},
    };

    for (size_t i = 0; i < LENGTH(types); i++)
        if (str_ends(path, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

static struct theme_file *file_named(const theme *t, str path)
{
    for (size_t i = 0; i < t->file_count; i++)
        if (str_eq(t->files[i].path, path))
            return &t->files[i];
    return NULL;
}

static err put_file(theme *t, str path, str bytes, note *why)
{
    struct theme_file *f = file_named(t, path);

    if (f == NULL) {
        if (t->file_count == THEME_FILES_MAX)
            return fail(why, E_LIMIT, "a theme has at most %d files", THEME_FILES_MAX);
        f = &t->files[t->file_count++];
    }
    *f = (struct theme_file){path, bytes, fingerprint(t->a, bytes), type_of(path)};
    return OK;
}

static err read_theme_file(theme *t, const char *path, str *out, note *why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    err e = OK;

    if (fd < 0 || fstat(fd, &st) != 0)
        e = fail(why, E_IO, "cannot open %s: %s", path, strerror(errno));
    else if (st.st_size > THEME_FILE_MAX)
        e = fail(why, E_LIMIT, "%s has more than %d bytes", path, THEME_FILE_MAX);
    if (e == OK) {
        char *bytes = arena_bytes(t->a, (size_t)st.st_size + 1);
        ssize_t n = read(fd, bytes, (size_t)st.st_size);

        if (n < 0)
            e = fail(why, E_IO, "cannot read %s: %s", path, strerror(errno));
        else
            *out = str_of(bytes, (size_t)n);
    }
    if (fd >= 0)
        close(fd);
    return e;
}

static err read_folder(theme *t, const char *folder, note *why)
{
    char *paths[] = {(char *)(uintptr_t)folder, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    size_t skip = strlen(folder);
    err e = OK;

    if (tree == NULL || access(folder, R_OK) != 0)
        e = fail(why, E_IO, "cannot look into the theme folder %s: %s", folder, strerror(errno));
    while (skip > 0 && folder[skip - 1] == '/')
        skip--;
    for (FTSENT *f; e == OK && (f = fts_read(tree)) != NULL;) {
        str bytes;

        if (f->fts_level > 0 && f->fts_name[0] == '.')
            fts_set(tree, f, FTS_SKIP);
        if (f->fts_info != FTS_F || f->fts_name[0] == '.')
            continue;
        e = read_theme_file(t, f->fts_path, &bytes, why);
        if (e == OK)
            e = put_file(t, str_dup(t->a, str_c(f->fts_path + skip + 1)), bytes, why);
    }
    if (tree != NULL)
        fts_close(tree);
    return e;
}

const struct theme_file *theme_file(const theme *t, str path)
{
    return str_ends(path, S(".html")) ? NULL : file_named(t, path);
}

str theme_address(arena *a, const struct theme_file *f)
{
    return str_fmt(a, "/theme/%.*s/%.*s", STR(f->fingerprint), STR(f->path));
}

/* --- compiling --- */

struct blocks {
    const struct blocks *outer;
    const struct node *first; /* blocks that a child gives to this parent */
};

struct compiler {
    theme *t;
    struct program *out;
    const struct view_type *frames[FRAMES_MAX];
    int depth; /* frames */
    int files; /* partials and parents one inside the other */
    bool plain;
    struct html_place place;
    note *why;
};

static err wrong(const struct compiler *c, const struct node *n, const char *what, str name)
{
    return fail(c->why, E_INVALID, "%.*s:%d:%d: %s%.*s", STR(n->file), n->line, n->column, what,
                STR(name));
}

static struct op *emit(struct compiler *c, enum op_kind kind)
{
    struct program *p = c->out;

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

static err emit_text(struct compiler *c, const struct node *n, str text)
{
    const char *problem = c->plain ? NULL : html_place_text(&c->place, text);

    if (problem != NULL)
        return wrong(c, n, problem, S(""));
    if (text.n > 0)
        emit(c, OP_TEXT)->text = text;
    return OK;
}

static size_t distance(str x, str y)
{
    size_t row[64];

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

            row[j] = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
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

static err no_field(const struct compiler *c, const struct node *n, str name)
{
    const char *nearest = NULL;
    size_t best = name.n / 3 + 1;

    for (int i = 0; i < c->depth; i++)
        for (size_t j = 0; j < c->frames[i]->n; j++) {
            const char *other = c->frames[i]->fields[j].name;
            size_t d = distance(name, str_c(other));

            if (d <= best) {
                best = d;
                nearest = other;
            }
        }
    return fail(c->why, E_INVALID, "%.*s:%d:%d: no field `%.*s` in view %s%s%s%s", STR(n->file),
                n->line, n->column, STR(name), c->frames[c->depth - 1]->name,
                nearest != NULL ? "; did you mean `" : "", nearest != NULL ? nearest : "",
                nearest != NULL ? "`?" : "");
}

/* Where a dotted name leads: `sub-views` of one are entered by EACH ops, counted in *entered. */
struct found {
    const struct view_field *field;
    int up;
    int entered;
};

static err enter_one(struct compiler *c, const struct node *n, const struct view_field *f, int up);

static err look_up(struct compiler *c, const struct node *n, struct found *out)
{
    str rest = n->text, name = n->text;
    struct found f = {0};

    if (!str_eq(n->text, S(".")))
        str_cut(&rest, '.', &name);
    else
        rest = (str){0};
    for (int i = c->depth - 1; i >= 0 && f.field == NULL; i--) {
        f.field = field_of(c->frames[i], name);
        f.up = c->depth - 1 - i;
    }
    if (f.field == NULL)
        return no_field(c, n, name);
    while (str_cut(&rest, '.', &name)) {
        if (f.field->kind != VIEW_one)
            return wrong(c, n, "only a sub-view has fields of its own: ", n->text);
        TRY(enter_one(c, n, f.field, f.up));
        f.entered++;
        f.up = 0;
        f.field = field_of(c->frames[c->depth - 1], name);
        if (f.field == NULL)
            return no_field(c, n, name);
    }
    *out = f;
    return OK;
}

static err enter_one(struct compiler *c, const struct node *n, const struct view_field *f, int up)
{
    struct op *op = emit(c, OP_EACH);

    if (c->depth == FRAMES_MAX)
        return wrong(c, n, "too many views one inside the other", S(""));
    op->field = f->kind;
    op->up = (unsigned char)up;
    op->offset = f->offset;
    op->size = f->of()->size;
    c->frames[c->depth++] = f->of();
    return OK;
}

/* Close the EACH at `start`. */
static void leave_each(struct compiler *c, size_t start)
{
    struct op *next = emit(c, OP_NEXT);

    next->jump = start;
    c->out->ops[start].jump = c->out->n;
    c->depth--;
}

/* The EACH ops that look_up left open, innermost first. */
static void leave_entered(struct compiler *c, size_t start, int entered)
{
    for (int i = entered - 1; i >= 0; i--)
        leave_each(c, start + (size_t)i);
}

static err compile(struct compiler *c, const struct node *first, const struct blocks *blocks);

static err emit_asset(struct compiler *c, const struct node *n, str path)
{
    const struct theme_file *f = theme_file(c->t, path);

    if (f == NULL)
        return wrong(c, n, "the theme has no file ", path);
    return emit_text(c, n, theme_address(c->t->a, f));
}

static err emit_icon(struct compiler *c, const struct node *n, str name)
{
    const struct theme_file *f = theme_file(c->t, S("icons.svg"));

    if (f == NULL || str_find(f->bytes, str_fmt(c->t->a, "id=\"%.*s\"", STR(name))) < 0)
        return wrong(c, n, "icons.svg has no symbol ", name);
    return emit_text(c, n,
                     str_fmt(c->t->a,
                             "<svg class=\"icon\" aria-hidden=\"true\" width=\"16\" height=\"16\">"
                             "<use href=\"%.*s#%.*s\"/></svg>",
                             STR(theme_address(c->t->a, f)), STR(name)));
}

static err compile_variable(struct compiler *c, const struct node *n)
{
    size_t start = c->out->n;
    struct found f;

    if (str_starts(n->text, S("asset:")))
        return emit_asset(c, n, str_from(n->text, 6));
    if (str_starts(n->text, S("icon:")))
        return emit_icon(c, n, str_from(n->text, 5));
    TRY(look_up(c, n, &f));
    if (n->kind == NODE_RAW && f.field->kind != VIEW_html)
        return wrong(c, n, "nothing is written unescaped here: use two braces for ", n->text);
    if (f.field->kind >= VIEW_flag)
        return wrong(c, n, "this can be asked or entered ({{#...}}), not written: ", n->text);

    const char *problem = c->plain ? NULL : html_place_value(&c->place, f.field->kind);

    if (problem != NULL)
        return wrong(c, n, problem, n->text);

    struct op *op = emit(c, OP_WRITE);

    op->field = f.field->kind;
    op->up = (unsigned char)f.up;
    op->offset = f.field->offset;
    leave_entered(c, start, f.entered);
    return OK;
}

static err check_place(const struct compiler *c, const struct node *n,
                       const struct html_place *before)
{
    if (c->plain || html_place_same(before, &c->place))
        return OK;
    return wrong(c, n, "a section must end where it began, inside the same tag: ", n->text);
}

static err compile_section(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    size_t start = c->out->n;
    struct html_place before = c->place;
    struct found f;
    size_t at;
    bool enters;

    TRY(look_up(c, n, &f));
    enters = n->kind == NODE_SECTION && (f.field->kind == VIEW_one || f.field->kind == VIEW_list);
    at = c->out->n;
    if (enters) {
        TRY(enter_one(c, n, f.field, f.up));
        TRY(compile(c, n->first, blocks));
        leave_each(c, at);
    } else {
        struct op *op = emit(c, n->kind == NODE_SECTION ? OP_IF : OP_UNLESS);

        op->field = f.field->kind;
        op->up = (unsigned char)f.up;
        op->offset = f.field->offset;
        TRY(compile(c, n->first, blocks));
        c->out->ops[at].jump = c->out->n;
    }
    leave_entered(c, start, f.entered);
    TRY(check_place(c, n, &before));
    c->place = before;
    return OK;
}

/* The source of a file with each line indented, as a partial that stands alone is. */
static str indented(arena *a, str source, str indent)
{
    buf b = buf_new(a, THEME_FILE_MAX * 4);
    bool at_start = true;

    if (indent.n == 0)
        return source;
    for (size_t i = 0; i < source.n; i++) {
        if (at_start)
            buf_add(&b, indent);
        buf_char(&b, source.p[i]);
        at_start = source.p[i] == '\n';
    }
    return buf_str(&b);
}

static err compile_file(struct compiler *c, const struct node *n, str path, str indent,
                        const struct blocks *blocks)
{
    const struct theme_file *f = file_named(c->t, path);
    struct node *first;

    if (f == NULL)
        return wrong(c, n, "the theme has no template ", path);
    if (c->files == THEME_DEPTH_MAX)
        return wrong(c, n,
                     "templates stand too deep one inside the other (or in themselves): ", path);
    TRY(mustache_parse(c->t->a, path, indented(c->t->a, f->bytes, indent), &first, c->why));
    c->files++;
    TRY(compile(c, first, blocks));
    c->files--;
    return OK;
}

/* What the outermost child says of a block; what the parent itself says when none does. */
static const struct node *block_given(const struct blocks *blocks, str name)
{
    const struct node *given = NULL;

    for (; blocks != NULL; blocks = blocks->outer)
        for (const struct node *b = blocks->first; b != NULL; b = b->next)
            if (b->kind == NODE_BLOCK && str_eq(b->text, name)) {
                given = b;
                break;
            }
    return given;
}

static err compile_block(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    const struct node *given = block_given(blocks, n->text);

    return compile(c, given != NULL ? given->first : n->first, blocks);
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
    case NODE_INVERTED:
        return compile_section(c, n, blocks);
    case NODE_PARTIAL:
        return compile_file(c, n, n->text, n->indent, NULL);
    case NODE_PARENT:
        return compile_file(c, n, n->text, n->indent, &(struct blocks){blocks, n->first});
    case NODE_BLOCK:
    default:
        return compile_block(c, n, blocks);
    }
}

static err compile(struct compiler *c, const struct node *first, const struct blocks *blocks)
{
    for (const struct node *n = first; n != NULL; n = n->next)
        TRY(compile_node(c, n, blocks));
    return OK;
}

static err compile_use(theme *t, const struct template_use *use, bool plain, note *why)
{
    struct compiler *c = arena_one(t->a, struct compiler);
    struct node top = {.file = use->file, .line = 1, .column = 1};

    c->t = t;
    c->out = &t->programs[t->program_count++];
    c->frames[0] = use->view;
    c->depth = 1;
    c->plain = plain;
    c->why = why;
    return compile_file(c, &top, use->file, (str){0}, NULL);
}

static err load(const struct theme_source *from, const struct template_use *uses, size_t n,
                bool plain, theme **out, note *why)
{
    arena *a = arena_new(THEME_CEILING);
    theme *t = arena_one(a, theme);
    err e = OK;

    t->a = a;
    t->holds = 1;
    t->files = arena_many(a, struct theme_file, THEME_FILES_MAX);
    t->programs = arena_many(a, struct program, n);
    if (arena_guard(a)) {
        e = fail(why, E_LIMIT, "the theme needs more than %d bytes", THEME_CEILING);
    } else {
        for (size_t i = 0; e == OK && i < from->n; i++)
            e = put_file(t, from->files[i].path, from->files[i].bytes, why);
        if (e == OK && from->folder != NULL)
            e = read_folder(t, from->folder, why);
        for (size_t i = 0; e == OK && i < n; i++)
            e = compile_use(t, &uses[i], plain, why);
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

static bool url_may_stand(str s)
{
    static const str schemes[] = {S_INIT("https://"), S_INIT("http://"), S_INIT("mailto:"),
                                  S_INIT("tel:")};

    if (s.n > 0 && (s.p[0] == '#' || s.p[0] == '?'))
        return true;
    if (s.n > 0 && s.p[0] == '/')
        return s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\');
    for (size_t i = 0; i < LENGTH(schemes); i++)
        if (str_starts(s, schemes[i]))
            return true;
    return false;
}

static void write_escaped(buf *out, str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        str by = {0};

        switch (s.p[i]) {
        case '&':
            by = S("&amp;");
            break;
        case '<':
            by = S("&lt;");
            break;
        case '>':
            by = S("&gt;");
            break;
        case '"':
            by = S("&quot;");
            break;
        case '\'':
            by = S("&#39;");
            break;
        default:
            continue;
        }
        buf_add(out, str_of(s.p + from, i - from));
        buf_add(out, by);
        from = i + 1;
    }
    buf_add(out, str_from(s, from));
}

/* JSON inside <script>: what could end the script is spelled as an escape. */
static void write_json(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];

        if (b == '<' || b == '>' || b == '&')
            buf_fmt(out, "\\u%04x", b);
        else if (b == 0xE2 && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80 &&
                 ((unsigned char)s.p[i + 2] & 0xFE) == 0xA8) {
            buf_fmt(out, "\\u20%02x", (unsigned char)s.p[i + 2] - 0x80);
            i += 2;
        } else
            buf_char(out, (char)b);
    }
}

static void write_field(buf *out, enum view_kind kind, const char *at)
{
    switch (kind) {
    case VIEW_str:
        write_escaped(out, *(const str *)at);
        break;
    case VIEW_html:
        buf_add(out, ((const struct html *)at)->markup);
        break;
    case VIEW_url:
        if (url_may_stand(((const struct url *)at)->address))
            write_escaped(out, ((const struct url *)at)->address);
        break;
    case VIEW_json:
        write_json(out, ((const struct json *)at)->text);
        break;
    case VIEW_num:
        buf_int(out, *(const int64_t *)at);
        break;
    case VIEW_flag:
    case VIEW_one:
    case VIEW_list:
    default:
        break;
    }
}

static bool says_something(enum view_kind kind, const char *at)
{
    switch (kind) {
    case VIEW_str:
        return ((const str *)at)->n > 0;
    case VIEW_html:
        return ((const struct html *)at)->markup.n > 0;
    case VIEW_url:
        return ((const struct url *)at)->address.n > 0;
    case VIEW_json:
        return ((const struct json *)at)->text.n > 0;
    case VIEW_num:
        return *(const int64_t *)at != 0;
    case VIEW_flag:
        return *(const bool *)at;
    case VIEW_one:
        return *(const void *const *)at != NULL;
    case VIEW_list:
        return ((const struct view_list *)at)->n > 0;
    default:
        return false;
    }
}

struct frame {
    const char *view;
    size_t left; /* of the list that it stands in, with itself */
};

static const char *field_at(const struct frame *frames, int depth, const struct op *op)
{
    return frames[depth - 1 - op->up].view + op->offset;
}

/* Enter the first of a list, or a sub-view; false when there is none. */
static bool enter(struct frame *frames, int depth, const struct op *op)
{
    const char *at = field_at(frames, depth, op);

    if (op->field == VIEW_one)
        frames[depth] = (struct frame){*(const char *const *)at, 1};
    else
        frames[depth] =
            (struct frame){((const struct view_list *)at)->v, ((const struct view_list *)at)->n};
    return frames[depth].view != NULL && frames[depth].left > 0;
}

void theme_draw(const theme *t, size_t use, const void *view, buf *out)
{
    const struct program *p = &t->programs[use];
    struct frame frames[FRAMES_MAX] = {{view, 1}};
    int depth = 1;

    for (size_t i = 0; i < p->n; i++) {
        const struct op *op = &p->ops[i];

        switch (op->kind) {
        case OP_TEXT:
            buf_add(out, op->text);
            break;
        case OP_WRITE:
            write_field(out, op->field, field_at(frames, depth, op));
            break;
        case OP_IF:
            if (!says_something(op->field, field_at(frames, depth, op)))
                i = op->jump - 1;
            break;
        case OP_UNLESS:
            if (says_something(op->field, field_at(frames, depth, op)))
                i = op->jump - 1;
            break;
        case OP_EACH:
            if (enter(frames, depth, op))
                depth++;
            else
                i = op->jump - 1;
            break;
        case OP_NEXT:
        default:
            if (--frames[depth - 1].left > 0) {
                frames[depth - 1].view += p->ops[op->jump].size;
                i = op->jump;
            } else {
                depth--;
            }
            break;
        }
    }
}
