#include "text/json_pull.h"
#include "text/shape.h"

#include "base/utf8.h"

#include <stddef.h>

enum { JSON_MAX = 24 << 20, PLACE_MAX = 200 };

/* Where we are, for the note: "blocks[3].children[0]". */
struct place {
    const struct place *outer;
    const char *name;
    size_t index;
};

struct reading {
    arena *a;
    note *why;
    struct json_pull json;
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

static err bad(struct reading *r, const struct place *at, str what)
{
    buf where = buf_new(r->a, PLACE_MAX);

    name_place(&where, at);
    return fail(r->why, E_INVALID, "%.*s: %.*s", STR(buf_str(&where)), STR(what));
}

/* The next value was refused: by its syntax, or because it is of another kind. */
static err refused(struct reading *r, const struct place *at, str field)
{
    note syntax = {0};

    err_ignore(json_failed(&r->json, &syntax));
    return bad(r, at, str_fmt(r->a, "%.*s: %s", STR(field), syntax.text));
}

/* --- fields --- */

enum field_type { TEXT, INT, WIDE, TRUTH };

struct field {
    str name;
    enum field_type type;
    size_t offset;
};

#define FIELD(of, type, name)                                                                      \
    {                                                                                              \
        S_INIT(#name), type, offsetof(struct of, name)                                             \
    }

static const struct field block_fields[] = {
    FIELD(block, TEXT, id),      FIELD(block, INT, level),    FIELD(block, TRUTH, ordered),
    FIELD(block, INT, start),    FIELD(block, TRUTH, header), FIELD(block, INT, across),
    FIELD(block, INT, down),     FIELD(block, WIDE, media),   FIELD(block, WIDE, story),
    FIELD(block, INT, width),    FIELD(block, INT, height),   FIELD(block, TEXT, address),
    FIELD(block, TEXT, title),   FIELD(block, TEXT, credit),  FIELD(block, TEXT, alt),
    FIELD(block, TEXT, language)};

static const struct field span_fields[] = {FIELD(span, TEXT, text), FIELD(span, TEXT, link),
                                           FIELD(span, TEXT, language)};

static const struct field *field_named(const struct field *fields, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(fields[i].name, name))
            return &fields[i];
    return NULL;
}

static err read_number(struct reading *r, const struct place *at, str name, int64_t max,
                       int64_t *out)
{
    int64_t n;

    if (!json_integer(&r->json, &n))
        return refused(r, at, name);
    if (n < 0 || n > max)
        return bad(r, at, str_fmt(r->a, "%.*s is not a number that it can be", STR(name)));
    *out = n;
    return OK;
}

static err read_field(struct reading *r, const struct place *at, const struct field *f, void *of)
{
    void *to = (char *)of + f->offset;
    int64_t n = 0;

    if (json_null(&r->json))
        return OK;
    switch (f->type) {
    case TEXT:
        return json_string(&r->json, to) ? OK : refused(r, at, f->name);
    case TRUTH:
        return json_truth(&r->json, to) ? OK : refused(r, at, f->name);
    case WIDE:
        return read_number(r, at, f->name, INT64_MAX, to);
    case INT:
        TRY(read_number(r, at, f->name, INT32_MAX, &n));
        *(int *)to = (int)n;
    }
    return OK;
}

/* --- spans --- */

static err read_marks(struct reading *r, const struct place *at, unsigned *out)
{
    str name;

    if (json_null(&r->json))
        return OK;
    for (json_list(&r->json); json_item(&r->json);) {
        unsigned mark = 0;

        if (!json_string(&r->json, &name))
            break;
        for (size_t i = 0; i < MARK_NAMES; i++)
            if (str_eq(mark_names[i].name, name))
                mark = mark_names[i].mark;
        if (mark == 0)
            return bad(r, at, S("a mark that is none of strong, emphasis, code, sub, sup"));
        *out |= mark;
    }
    return r->json.wrong == NULL ? OK : refused(r, at, S("marks"));
}

static err read_span(struct reading *r, const struct place *at, struct span *out)
{
    bool is_break = false;
    str key;

    if (++r->spans > BODY_SPANS_MAX)
        return fail(r->why, E_LIMIT, "the text has more than %d runs", BODY_SPANS_MAX);
    for (json_object(&r->json); json_key(&r->json, &key);) {
        const struct field *f = field_named(span_fields, LENGTH(span_fields), key);

        if (f != NULL)
            TRY(read_field(r, at, f, out));
        else if (str_eq(key, S("marks")))
            TRY(read_marks(r, at, &out->marks));
        else if (str_eq(key, S("break")) && !json_null(&r->json))
            json_truth(&r->json, &is_break);
        else
            json_skip(&r->json);
    }
    if (is_break)
        *out = (struct span){.marks = MARK_BREAK};
    return r->json.wrong == NULL ? OK : refused(r, at, S("a run"));
}

static err read_spans(struct reading *r, const struct place *at, struct block *b)
{
    struct span_list list = {0};

    if (json_null(&r->json))
        return OK;
    for (json_list(&r->json); json_item(&r->json);) {
        struct place here = {at, "spans", list.n};
        struct span s = {0};

        TRY(read_span(r, &here, &s));
        span_list_add(r->a, &list, s);
    }
    b->spans = list.p;
    b->span_count = list.n;
    return r->json.wrong == NULL ? OK : refused(r, at, S("spans"));
}

/* --- blocks --- */

static err read_blocks(struct reading *r, const char *name, const struct place *outer, int depth,
                       struct block_list *out);

static err read_kind(struct reading *r, const struct place *at, struct block *b)
{
    str kind;

    if (!json_string(&r->json, &kind))
        return refused(r, at, S("kind"));
    if (!block_kind_named(kind, &b->kind))
        return bad(r, at, S("kind is not one that a body has"));
    return OK;
}

static err read_member(struct reading *r, const struct place *at, int depth, str key,
                       struct block *b)
{
    const struct field *f = field_named(block_fields, LENGTH(block_fields), key);
    struct block_list children = {0};

    if (f != NULL)
        return read_field(r, at, f, b);
    if (str_eq(key, S("spans")))
        return read_spans(r, at, b);
    if (str_eq(key, S("children")) && !json_null(&r->json)) {
        TRY(read_blocks(r, "children", at, depth + 1, &children));
        b->children = children.p;
        b->child_count = children.n;
        return OK;
    }
    json_skip(&r->json);
    return OK;
}

static err read_block(struct reading *r, const struct place *at, int depth, struct block *b)
{
    bool has_kind = false;
    str key;

    if (++r->blocks > BODY_BLOCKS_MAX)
        return fail(r->why, E_LIMIT, "the text has more than %d blocks", BODY_BLOCKS_MAX);
    for (json_object(&r->json); json_key(&r->json, &key);) {
        if (str_eq(key, S("kind"))) {
            TRY(read_kind(r, at, b));
            has_kind = true;
        } else {
            TRY(read_member(r, at, depth, key, b));
        }
    }
    if (r->json.wrong != NULL)
        return refused(r, at, S("a block"));
    if (b->kind == BLOCK_CELL) { /* what the writer leaves out */
        b->across = b->across == 0 ? 1 : b->across;
        b->down = b->down == 0 ? 1 : b->down;
    }
    if (b->ordered && b->start == 0)
        b->start = 1;
    return has_kind ? OK : bad(r, at, S("kind is missing"));
}

static err read_blocks(struct reading *r, const char *name, const struct place *outer, int depth,
                       struct block_list *out)
{
    if (depth > BODY_DEPTH_MAX)
        return fail(r->why, E_LIMIT, "the text is more than %d blocks deep", BODY_DEPTH_MAX);
    for (json_list(&r->json); json_item(&r->json);) {
        struct place here = {outer, name, out->n};
        struct block *b = block_list_add(r->a, out, (struct block){0});

        TRY(read_block(r, &here, depth, b));
    }
    return r->json.wrong == NULL ? OK : refused(r, outer, str_c(name));
}

static err read_root(struct reading *r, struct body *out)
{
    struct block_list blocks = {0};
    int64_t version = 0;
    bool has_blocks = false;
    str key;

    for (json_object(&r->json); json_key(&r->json, &key);) {
        if (str_eq(key, S("v"))) {
            json_integer(&r->json, &version);
        } else if (str_eq(key, S("blocks")) && !has_blocks) {
            TRY(read_blocks(r, "blocks", NULL, 1, &blocks));
            has_blocks = true;
        } else {
            json_skip(&r->json);
        }
    }
    json_ended(&r->json);
    TRY(json_failed(&r->json, r->why));
    if (version != 1 || !has_blocks)
        return fail(r->why, E_INVALID, "not a body of version 1");
    *out = (struct body){blocks.p, blocks.n};
    return OK;
}

err body_from_store(arena *a, str json, struct body *out, note *why)
{
    struct reading r = {.a = a, .why = why, .json = json_pull(a, json)};

    if (json.n > JSON_MAX)
        return fail(why, E_LIMIT, "the body is too long: at most %d bytes", JSON_MAX);
    return read_root(&r, out);
}

err body_from_json(arena *a, str json, struct body *out, note *why)
{
    struct body b;

    if (json.n <= JSON_MAX && !utf8_ok(json))
        return fail(why, E_INVALID, "a body that is not in UTF-8");
    TRY(body_from_store(a, json, &b, why));
    TRY(body_normalise(a, &b, why));
    body_number(a, &b);
    *out = b;
    return OK;
}
