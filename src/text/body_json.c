#include "text/shape.h"

#include <jansson.h>

enum { JSON_MAX = 24 << 20, PLACE_MAX = 200 };

static const struct {
    unsigned mark;
    str name;
} marks[] = {
    {MARK_STRONG, S_INIT("strong")}, {MARK_EMPHASIS, S_INIT("emphasis")},
    {MARK_CODE, S_INIT("code")},     {MARK_SUB, S_INIT("sub")},
    {MARK_SUP, S_INIT("sup")},
};

/* --- writing ---------------------------------------------------------------------------------- */

/* `<` is escaped too, so that the form may stand inside a page. */
static void add_string(buf *out, str s)
{
    size_t from = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7F)
            continue;
        buf_add(out, str_of(s.p + from, i - from));
        from = i + 1;
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else {
            buf_fmt(out, "\\u%04x", c);
        }
    }
    buf_add(out, str_from(s, from));
    buf_char(out, '"');
}

static void add_text(buf *out, const char *name, str s)
{
    if (s.n > 0) {
        buf_fmt(out, ",\"%s\":", name);
        add_string(out, s);
    }
}

static void add_number(buf *out, const char *name, int64_t n, int64_t usual)
{
    if (n != usual)
        buf_fmt(out, ",\"%s\":%lld", name, (long long)n);
}

static void add_span(buf *out, const struct span *s)
{
    if (s->marks == MARK_BREAK) {
        buf_lit(out, "{\"break\":true}");
        return;
    }
    buf_lit(out, "{\"text\":");
    add_string(out, s->text);
    if (s->marks != 0) {
        bool first = true;

        buf_lit(out, ",\"marks\":[");
        for (size_t i = 0; i < LENGTH(marks); i++) {
            if ((s->marks & marks[i].mark) == 0)
                continue;
            if (!first)
                buf_char(out, ',');
            add_string(out, marks[i].name);
            first = false;
        }
        buf_char(out, ']');
    }
    add_text(out, "link", s->link);
    add_text(out, "language", s->language);
    buf_char(out, '}');
}

static void add_blocks(buf *out, const struct block *blocks, size_t n);

static void add_block(buf *out, const struct block *b)
{
    buf_lit(out, "{\"kind\":");
    add_string(out, block_kind_name(b->kind));
    add_text(out, "id", b->id);
    add_number(out, "level", b->level, 0);
    if (b->ordered)
        buf_lit(out, ",\"ordered\":true");
    add_number(out, "start", b->start, b->ordered ? 1 : 0);
    if (b->header)
        buf_lit(out, ",\"header\":true");
    add_number(out, "across", b->across, b->kind == BLOCK_CELL);
    add_number(out, "down", b->down, b->kind == BLOCK_CELL);
    add_number(out, "media", b->media, 0);
    add_number(out, "story", b->story, 0);
    add_number(out, "width", b->width, 0);
    add_number(out, "height", b->height, 0);
    add_text(out, "address", b->address);
    add_text(out, "title", b->title);
    add_text(out, "credit", b->credit);
    add_text(out, "alt", b->alt);
    add_text(out, "language", b->language);
    if (b->span_count > 0) {
        buf_lit(out, ",\"spans\":[");
        for (size_t i = 0; i < b->span_count; i++) {
            if (i > 0)
                buf_char(out, ',');
            add_span(out, &b->spans[i]);
        }
        buf_char(out, ']');
    }
    if (b->child_count > 0) {
        buf_lit(out, ",\"children\":[");
        add_blocks(out, b->children, b->child_count);
        buf_char(out, ']');
    }
    buf_char(out, '}');
}

static void add_blocks(buf *out, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(out, ',');
        add_block(out, &blocks[i]);
    }
}

str body_to_json(arena *a, const struct body *b)
{
    buf out = buf_new(a, (size_t)256 << 20);

    buf_lit(&out, "{\"v\":1,\"blocks\":[");
    add_blocks(&out, b->blocks, b->count);
    buf_lit(&out, "]}");
    must(!out.over);
    return buf_str(&out);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Where we are, for the note: "blocks[3].children[0]". */
struct place {
    const struct place *outer;
    const char *name;
    size_t index;
};

struct reading {
    arena *a;
    note *why;
    size_t blocks, spans;
};

static void name_place(buf *out, const struct place *at)
{
    if (at == NULL)
        return;
    name_place(out, at->outer);
    if (out->n > 0)
        buf_char(out, '.');
    buf_fmt(out, "%s[%zu]", at->name, at->index);
}

static err bad(struct reading *r, const struct place *at, const char *what)
{
    buf where = buf_new(r->a, PLACE_MAX);

    name_place(&where, at);
    return fail(r->why, E_INVALID, "%.*s: %s", STR(buf_str(&where)), what);
}

static err read_text(struct reading *r, const json_t *o, const char *name, const struct place *at,
                     str *out)
{
    const json_t *v = json_object_get(o, name);

    if (v == NULL || json_is_null(v))
        return OK;
    if (!json_is_string(v))
        return bad(r, at, str_fmt(r->a, "%s is not a string", name).p);
    *out = str_of(json_string_value(v), json_string_length(v));
    return OK;
}

static err read_number(struct reading *r, const json_t *o, const char *name, const struct place *at,
                       int64_t max, int64_t *out)
{
    const json_t *v = json_object_get(o, name);

    if (v == NULL || json_is_null(v))
        return OK;
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > max)
        return bad(r, at, str_fmt(r->a, "%s is not a number that it can be", name).p);
    *out = json_integer_value(v);
    return OK;
}

static err read_int(struct reading *r, const json_t *o, const char *name, const struct place *at,
                    int *out)
{
    int64_t n = 0;

    TRY(read_number(r, o, name, at, INT32_MAX, &n));
    *out = (int)n;
    return OK;
}

static err read_truth(struct reading *r, const json_t *o, const char *name, const struct place *at,
                      bool *out)
{
    const json_t *v = json_object_get(o, name);

    if (v != NULL && !json_is_null(v) && !json_is_boolean(v))
        return bad(r, at, str_fmt(r->a, "%s is neither true nor false", name).p);
    *out = json_is_true(v);
    return OK;
}

static err read_marks(struct reading *r, const json_t *o, const struct place *at, unsigned *out)
{
    const json_t *list = json_object_get(o, "marks"), *m;
    size_t i;

    if (list != NULL && !json_is_null(list) && !json_is_array(list))
        return bad(r, at, "marks is not a list");
    json_array_foreach(list, i, m)
    {
        str name = str_of(json_string_value(m), json_string_length(m));
        unsigned mark = 0;

        for (size_t j = 0; j < LENGTH(marks); j++)
            if (json_is_string(m) && str_eq(marks[j].name, name))
                mark = marks[j].mark;
        if (mark == 0)
            return bad(r, at, "a mark that is none of strong, emphasis, code, sub, sup");
        *out |= mark;
    }
    return OK;
}

static err read_span(struct reading *r, const json_t *o, const struct place *at, struct span *out)
{
    bool is_break = false;

    if (!json_is_object(o))
        return bad(r, at, "not an object");
    if (++r->spans > BODY_SPANS_MAX)
        return fail(r->why, E_LIMIT, "the text has more than %d runs", BODY_SPANS_MAX);
    TRY(read_truth(r, o, "break", at, &is_break));
    if (is_break) {
        out->marks = MARK_BREAK;
        return OK;
    }
    TRY(read_text(r, o, "text", at, &out->text));
    TRY(read_text(r, o, "link", at, &out->link));
    TRY(read_text(r, o, "language", at, &out->language));
    return read_marks(r, o, at, &out->marks);
}

static err read_spans(struct reading *r, const json_t *o, const struct place *at, struct block *b)
{
    const json_t *list = json_object_get(o, "spans"), *s;
    size_t i;

    if (list == NULL || json_is_null(list))
        return OK;
    if (!json_is_array(list))
        return bad(r, at, "spans is not a list");
    b->spans = arena_many(r->a, struct span, json_array_size(list));
    b->span_count = json_array_size(list);
    json_array_foreach(list, i, s)
    {
        struct place here = {at, "spans", i};

        TRY(read_span(r, s, &here, &b->spans[i]));
    }
    return OK;
}

static err read_fields(struct reading *r, const json_t *o, const struct place *at, struct block *b)
{
    TRY(read_text(r, o, "id", at, &b->id));
    TRY(read_text(r, o, "title", at, &b->title));
    TRY(read_text(r, o, "credit", at, &b->credit));
    TRY(read_text(r, o, "alt", at, &b->alt));
    TRY(read_text(r, o, "address", at, &b->address));
    TRY(read_text(r, o, "language", at, &b->language));
    TRY(read_number(r, o, "media", at, INT64_MAX, &b->media));
    TRY(read_number(r, o, "story", at, INT64_MAX, &b->story));
    TRY(read_int(r, o, "width", at, &b->width));
    TRY(read_int(r, o, "height", at, &b->height));
    TRY(read_int(r, o, "level", at, &b->level));
    TRY(read_int(r, o, "start", at, &b->start));
    TRY(read_int(r, o, "across", at, &b->across));
    TRY(read_int(r, o, "down", at, &b->down));
    TRY(read_truth(r, o, "ordered", at, &b->ordered));
    return read_truth(r, o, "header", at, &b->header);
}

static err read_blocks(struct reading *r, const json_t *list, const char *name,
                       const struct place *outer, int depth, struct block **out, size_t *n);

static err read_block(struct reading *r, const json_t *o, const struct place *at, int depth,
                      struct block *b)
{
    str kind = {0};

    if (!json_is_object(o))
        return bad(r, at, "not an object");
    if (++r->blocks > BODY_BLOCKS_MAX)
        return fail(r->why, E_LIMIT, "the text has more than %d blocks", BODY_BLOCKS_MAX);
    TRY(read_text(r, o, "kind", at, &kind));
    if (!block_kind_named(kind, &b->kind))
        return bad(r, at, "kind is not one that a body has");
    TRY(read_fields(r, o, at, b));
    TRY(read_spans(r, o, at, b));

    const json_t *children = json_object_get(o, "children");

    if (children == NULL || json_is_null(children))
        return OK;
    return read_blocks(r, children, "children", at, depth + 1, &b->children, &b->child_count);
}

static err read_blocks(struct reading *r, const json_t *list, const char *name,
                       const struct place *outer, int depth, struct block **out, size_t *n)
{
    struct block *blocks;
    const json_t *o;
    size_t i;

    if (!json_is_array(list))
        return bad(r, outer, str_fmt(r->a, "%s is not a list", name).p);
    if (depth > BODY_DEPTH_MAX)
        return fail(r->why, E_LIMIT, "the text is more than %d blocks deep", BODY_DEPTH_MAX);
    if (json_array_size(list) > BODY_BLOCKS_MAX)
        return fail(r->why, E_LIMIT, "the text has more than %d blocks", BODY_BLOCKS_MAX);
    blocks = arena_many(r->a, struct block, json_array_size(list));
    json_array_foreach(list, i, o)
    {
        struct place here = {outer, name, i};

        TRY(read_block(r, o, &here, depth, &blocks[i]));
    }
    *out = blocks;
    *n = json_array_size(list);
    return OK;
}

static void drop_json(void *root)
{
    json_decref(root);
}

static err read_root(struct reading *r, const json_t *root, struct body *out)
{
    struct body b = {0};

    if (!json_is_object(root) || json_integer_value(json_object_get(root, "v")) != 1)
        return fail(r->why, E_INVALID, "not a body of version 1");
    TRY(read_blocks(r, json_object_get(root, "blocks"), "blocks", NULL, 1, &b.blocks, &b.count));
    TRY(body_normalise(r->a, &b, r->why));
    body_number(r->a, &b);
    *out = b;
    return OK;
}

err body_from_json(arena *a, str json, struct body *out, note *why)
{
    struct reading r = {.a = a, .why = why};
    json_error_t wrong;

    if (json.n > JSON_MAX)
        return fail(why, E_LIMIT, "the body is too long: at most %d bytes", JSON_MAX);

    json_t *root = json_loadb(json.n == 0 ? "" : json.p, json.n, JSON_REJECT_DUPLICATES, &wrong);

    if (root == NULL)
        return fail(why, E_INVALID, "line %d, column %d: %s", wrong.line, wrong.column, wrong.text);
    arena_defer(a, drop_json, root);
    return read_root(&r, root, out);
}
