#include "text/shape.h"

#include "base/utf8.h"
#include "text/url.h"

struct normal {
    arena *a;
    size_t blocks, spans, text;
    int level; /* of the latest heading */
    bool over;
};

/* Where the blocks being read will stand. */
struct place {
    unsigned parent; /* a kind, or TOP */
    str language;
    int depth;
    struct block_list *out;
    struct block_list *lifted; /* blocks as they came in, to be set after the parent */
};

static void put(struct normal *k, const struct block *in, const struct place *at);

/* --- what a block says --------------------------------------------------------------------- */

/* A line of text in `a`, squeezed. */
static str line(struct normal *k, str s)
{
    if (s.n == 0)
        return (str){0};
    s = str_squeeze(k->a, utf8_clean(k->a, s));
    k->text += s.n;
    return text_blank(s) ? (str){0} : s;
}

static int between(int low, int n, int high)
{
    return n < low ? low : n > high ? high : n;
}

/* Where a picture, video or sound is: on the web, or beside the file that it came in. */
static str media_address(arena *a, str s)
{
    str web = url_web(a, s);

    if (web.n > 0 || s.n == 0)
        return web;
    s = str_squeeze(a, utf8_clean(a, s));

    ptrdiff_t colon = str_find_char(s, ':'), slash = str_find_char(s, '/');
    bool scheme = colon >= 0 && (slash < 0 || colon < slash);

    return scheme || str_starts(s, S("//")) || s.n > URL_MAX ? (str){0} : s;
}

static str address(arena *a, enum block_kind kind, str s)
{
    if (kind == BLOCK_RELATED)
        return url_link(a, s);
    if (kind == BLOCK_EMBED) {
        str web = url_web(a, s);

        return str_starts(web, S("https:")) ? web : (str){0};
    }
    return media_address(a, s);
}

static int heading_level(struct normal *k, int wanted)
{
    int lowest = between(2, k->level + 1, 4);

    k->level = between(2, wanted, lowest);
    return k->level;
}

/* The fields that this kind has, in normal form; spans and children are not looked at. */
static struct block fields(struct normal *k, const struct block *in, str language)
{
    struct block b = {.kind = in->kind};

    if (block_id_ok(in->id))
        b.id = str_dup(k->a, in->id);
    if (language_ok(in->language) && !str_eq_nocase(in->language, language))
        b.language = str_dup(k->a, in->language);
    if (block_has(in->kind, HAS_TITLE))
        b.title = line(k, in->title);
    if (block_has(in->kind, HAS_CREDIT))
        b.credit = line(k, in->credit);
    if (block_has(in->kind, HAS_ALT))
        b.alt = line(k, in->alt);
    if (block_has(in->kind, HAS_MEDIA) && in->media > 0)
        b.media = in->media;
    if (block_has(in->kind, HAS_STORY) && in->story > 0)
        b.story = in->story;
    if (block_has(in->kind, HAS_ADDRESS) && b.media == 0 && b.story == 0)
        b.address = address(k->a, in->kind, in->address);
    if (block_has(in->kind, HAS_SIZE) && b.media == 0 && in->width > 0 && in->height > 0) {
        b.width = between(0, in->width, 100000);
        b.height = between(0, in->height, 100000);
    }
    if (in->kind == BLOCK_LIST && in->ordered) {
        b.ordered = true;
        b.start = between(1, in->start, 1000000);
    }
    if (in->kind == BLOCK_CELL) {
        b.across = between(1, in->across, 50);
        b.down = between(1, in->down, 1000);
        b.header = in->header;
    }
    return b;
}

static void set_spans(struct normal *k, struct block *b, struct span_list s)
{
    bool blank = true;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i].marks != MARK_BREAK && !text_blank(s.p[i].text))
            blank = false;
    b->spans = blank ? NULL : s.p;
    b->span_count = blank ? 0 : s.n;
    k->spans += b->span_count;
    for (size_t i = 0; i < b->span_count; i++)
        k->text += s.p[i].text.n;
}

/* --- turning a block that does not fit into ones that do ------------------------------------ */

static struct block paragraph_of(struct span *spans, size_t n)
{
    return (struct block){.kind = BLOCK_PARAGRAPH, .spans = spans, .span_count = n};
}

static struct block paragraph_with(arena *a, str text, unsigned marks)
{
    struct span *s = arena_one(a, struct span);

    *s = (struct span){.text = text, .marks = marks};
    return paragraph_of(s, 1);
}

/* Stands for itself: it may leave the block that it was found in. */
static bool stands_alone(enum block_kind kind)
{
    switch (kind) {
    case BLOCK_PICTURE:
    case BLOCK_GALLERY:
    case BLOCK_VIDEO:
    case BLOCK_AUDIO:
    case BLOCK_TABLE:
    case BLOCK_TIMELINE:
    case BLOCK_EMBED:
    case BLOCK_RELATED:
    case BLOCK_DIVIDER:
    case BLOCK_FOOTNOTE:
        return true;
    default:
        return false;
    }
}

static void put_words(struct normal *k, str text, unsigned marks, const struct place *at)
{
    if (text.n > 0) {
        struct block p = paragraph_with(k->a, text, marks);

        put(k, &p, at);
    }
}

/* Its words and its children, without the block itself. */
static void unwrap(struct normal *k, const struct block *in, const struct place *at)
{
    put_words(k, in->title, MARK_STRONG, at);
    if (in->span_count > 0) {
        struct block p = paragraph_of(in->spans, in->span_count);

        put(k, &p, at);
    }
    for (size_t i = 0; i < in->child_count; i++)
        put(k, &in->children[i], at);
    put_words(k, in->credit, 0, at);
}

static void add_line(arena *a, struct span_list *l)
{
    if (l->n > 0)
        span_list_add(a, l, (struct span){.marks = MARK_BREAK});
}

static void add_words(arena *a, struct span_list *l, str text)
{
    if (text.n > 0) {
        add_line(a, l);
        span_list_add(a, l, (struct span){.text = text});
    }
}

/* All words inside, each block on a line of its own. */
static void flatten(arena *a, const struct block *in, struct span_list *l)
{
    add_words(a, l, in->title);
    if (in->span_count > 0)
        add_line(a, l);
    for (size_t i = 0; i < in->span_count; i++)
        span_list_add(a, l, in->spans[i]);
    for (size_t i = 0; i < in->child_count; i++)
        flatten(a, &in->children[i], l);
    add_words(a, l, in->credit);
}

static void put_inside(struct normal *k, enum block_kind wrapper, const struct block *in,
                       const struct place *at)
{
    struct block b = {.kind = wrapper, .children = (struct block *)in, .child_count = 1};

    put(k, &b, at);
}

/* A block that its place does not take. */
static void put_misfit(struct normal *k, const struct block *in, const struct place *at)
{
    enum block_kind kind = in->kind;
    bool words = !stands_alone(kind);

    if (at->parent == BLOCK_TABLE && (words || kind == BLOCK_CELL))
        put_inside(k, BLOCK_ROW, in, at);
    else if (at->parent == BLOCK_ROW && words && kind != BLOCK_ROW)
        put_inside(k, BLOCK_CELL, in, at);
    else if (at->parent == BLOCK_LIST && words)
        put_inside(k, BLOCK_ITEM, in, at);
    else if (at->parent == BLOCK_TIMELINE && words)
        put_inside(k, BLOCK_ENTRY, in, at);
    else if (block_home(kind) != TOP && at->parent != block_home(kind) && at->parent == TOP)
        put_inside(k, (enum block_kind)block_home(kind), in, at);
    else if (kind == BLOCK_ITEM && block_takes(at->parent, BLOCK_LIST))
        put_inside(k, BLOCK_LIST, in, at);
    else if (words && kind == BLOCK_HEADING && block_takes(at->parent, BLOCK_PARAGRAPH)) {
        struct block p = paragraph_of(in->spans, in->span_count);

        p.id = in->id;
        put(k, &p, at);
    } else if (words && kind != BLOCK_PARAGRAPH && block_takes(at->parent, BLOCK_PARAGRAPH)) {
        unwrap(k, in, at);
    } else {
        block_list_add(k->a, at->lifted, *in);
    }
}

/* --- children ------------------------------------------------------------------------------- */

/* Loose items, rows, cells and entries that follow each other belong together. */
static size_t run_of_orphans(const struct block *in, size_t n, unsigned parent)
{
    enum block_kind kind = in[0].kind;
    size_t run = 0;

    if (block_home(kind) == TOP || block_home(kind) == parent)
        return 0;
    while (run < n && in[run].kind == kind)
        run++;
    return run;
}

static void put_children(struct normal *k, struct block *in, size_t n, const struct place *at)
{
    for (size_t i = 0; i < n; i++) {
        size_t run = run_of_orphans(in + i, n - i, at->parent);

        if (run > 1) {
            struct block b = {.kind = (enum block_kind)block_home(in[i].kind),
                              .children = in + i,
                              .child_count = run};

            put(k, &b, at);
            i += run - 1;
        } else {
            put(k, &in[i], at);
        }
    }
}

/* A list right inside a list belongs to the item before it. */
static void tuck_lists(arena *a, struct block *list)
{
    struct block_list items = {0};

    for (size_t i = 0; i < list->child_count; i++) {
        struct block *c = &list->children[i];

        if (c->kind != BLOCK_LIST || items.n == 0 || items.p[items.n - 1].kind != BLOCK_ITEM) {
            block_list_add(a, &items, *c);
            continue;
        }

        struct block *item = &items.p[items.n - 1];
        struct block_list inner = {0};

        for (size_t j = 0; j < item->child_count; j++)
            block_list_add(a, &inner, item->children[j]);
        block_list_add(a, &inner, *c);
        item->children = inner.p;
        item->child_count = inner.n;
    }
    list->children = items.p;
    list->child_count = items.n;
}

/* Words of children that a block of words cannot have become its own; the rest stays a child. */
static void absorb(arena *a, struct block *b)
{
    struct span_list spans = {0};
    struct block_list rest = {0};

    for (size_t i = 0; i < b->span_count; i++)
        span_list_add(a, &spans, b->spans[i]);
    for (size_t i = 0; i < b->child_count; i++) {
        const struct block *c = &b->children[i];

        if (block_takes(b->kind, c->kind) || stands_alone(c->kind) ||
            (b->kind == BLOCK_ITEM && c->kind == BLOCK_ITEM) ||
            (b->kind == BLOCK_ENTRY && c->kind != BLOCK_ENTRY && c->kind != BLOCK_LIST))
            block_list_add(a, &rest, *c);
        else
            flatten(a, c, &spans);
    }
    b->spans = spans.p;
    b->span_count = spans.n;
    b->children = rest.p;
    b->child_count = rest.n;
}

/* Words on a block that has none become its first paragraph. */
static void words_to_paragraph(arena *a, struct block *b)
{
    struct block_list l = {0};

    block_list_add(a, &l, paragraph_of(b->spans, b->span_count));
    for (size_t i = 0; i < b->child_count; i++)
        block_list_add(a, &l, b->children[i]);
    b->children = l.p;
    b->child_count = l.n;
    b->spans = NULL;
    b->span_count = 0;
}

/* --- a block -------------------------------------------------------------------------------- */

static bool is_empty(const struct block *b)
{
    switch (b->kind) {
    case BLOCK_DIVIDER:
    case BLOCK_CELL:
        return false;
    case BLOCK_PICTURE:
    case BLOCK_VIDEO:
    case BLOCK_AUDIO:
    case BLOCK_EMBED:
        return b->media == 0 && b->address.n == 0;
    case BLOCK_RELATED:
        return b->story == 0 && b->address.n == 0;
    case BLOCK_ITEM:
        return b->span_count == 0 && b->child_count == 0;
    case BLOCK_ENTRY:
        return b->span_count == 0 && b->child_count == 0 && b->title.n == 0;
    default:
        return block_has(b->kind, HAS_SPANS) && b->kind != BLOCK_TABLE ? b->span_count == 0
                                                                       : b->child_count == 0;
    }
}

static void add(struct normal *k, const struct place *at, struct block b)
{
    if (++k->blocks > BODY_BLOCKS_MAX || k->spans > BODY_SPANS_MAX || k->text > BODY_TEXT_MAX ||
        at->depth > BODY_DEPTH_MAX)
        k->over = true;
    if (!k->over)
        block_list_add(k->a, at->out, b);
}

static void put_paragraphs(struct normal *k, const struct block *in, const struct place *at)
{
    struct block b = fields(k, in, at->language);
    str language = b.language.n > 0 ? b.language : at->language;

    for (size_t from = 0; from < in->span_count && !k->over;) {
        size_t read;

        set_spans(k, &b,
                  spans_normal(k->a, in->spans + from, in->span_count - from, language, &read));
        if (!is_empty(&b)) {
            add(k, at, b);
            b.id = (str){0};
        }
        from += read;
    }
    for (size_t i = 0; i < in->child_count; i++)
        block_list_add(k->a, at->lifted, in->children[i]);
}

static void put_fitting(struct normal *k, const struct block *in, const struct place *at)
{
    struct block from = *in;
    bool has_words = block_has(in->kind, HAS_SPANS);
    int level = k->level;

    if (!has_words && in->span_count > 0)
        words_to_paragraph(k->a, &from);
    if (has_words && in->kind != BLOCK_HEADING && in->kind != BLOCK_TABLE && in->child_count > 0)
        absorb(k->a, &from);
    if (in->kind == BLOCK_LIST)
        tuck_lists(k->a, &from);

    struct block b = fields(k, &from, at->language);
    struct block_list children = {0};
    struct place inside = {.parent = in->kind,
                           .language = b.language.n > 0 ? b.language : at->language,
                           .depth = at->depth + 1,
                           .out = &children,
                           .lifted = at->lifted};

    if (has_words)
        set_spans(k, &b, spans_normal(k->a, from.spans, from.span_count, inside.language, NULL));
    put_children(k, from.children, from.child_count, &inside);
    b.children = children.p;
    b.child_count = children.n;
    if (b.kind == BLOCK_CELL && b.span_count == 0)
        b.header = false;
    if (b.kind == BLOCK_TABLE)
        table_fit(k->a, &b);
    if (!is_empty(&b)) {
        if (b.kind == BLOCK_HEADING)
            b.level = heading_level(k, in->level);
        add(k, at, b);
        return;
    }
    k->level = level;
    put_words(k, b.title, 0, at);
    if (b.span_count > 0) {
        struct block p = paragraph_of(b.spans, b.span_count);

        put(k, &p, at);
    }
    put_words(k, b.credit, 0, at);
}

static void put(struct normal *k, const struct block *in, const struct place *at)
{
    if (k->over)
        return;
    if (at->depth > 4 * BODY_DEPTH_MAX) {
        k->over = true;
        return;
    }

    if (!block_takes(at->parent, in->kind)) {
        put_misfit(k, in, at);
        return;
    }

    /* what is lifted out of this block goes after it, if it may stand there */
    struct block_list lifted = {0};
    struct place here = *at;

    here.lifted = &lifted;
    if (in->kind == BLOCK_PARAGRAPH)
        put_paragraphs(k, in, &here);
    else
        put_fitting(k, in, &here);
    for (size_t i = 0; i < lifted.n; i++)
        put(k, &lifted.p[i], at);
}

err body_normalise(arena *a, struct body *b, note *why)
{
    struct normal k = {.a = a, .level = 1};
    struct block_list out = {0}, lifted = {0};
    struct place top = {.parent = TOP, .depth = 1, .out = &out, .lifted = &lifted};

    put_children(&k, b->blocks, b->count, &top);
    if (k.over)
        return fail(why, E_LIMIT,
                    "the text is too long or too deep: at most %d blocks, %d deep, %d runs, %d "
                    "bytes of text",
                    BODY_BLOCKS_MAX, BODY_DEPTH_MAX, BODY_SPANS_MAX, BODY_TEXT_MAX);
    *b = (struct body){out.p, out.n};
    return OK;
}
