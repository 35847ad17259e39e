#include "text/shape.h"

enum { BUILD_DEPTH_MAX = 4 * BODY_DEPTH_MAX };

struct node {
    struct block block;
    struct span_list spans;
    struct node *first, *last, *next;
    size_t child_count;
};

/* An open block.  A paragraph or heading that something was opened in has no node until more words
 * come. */
struct open {
    struct node *node, *parent;
    enum block_kind kind;
    bool implied; /* opened by words, not by the caller */
};

struct body_builder {
    arena *a;
    struct node *top;
    struct open stack[BUILD_DEPTH_MAX];
    size_t depth, beyond; /* beyond: open blocks that found no room */
    size_t blocks, spans, text;
    bool over;
    struct node spare; /* what is built once it is too much */
};

struct body_builder *body_builder_new(arena *a)
{
    struct body_builder *w = arena_one(a, struct body_builder);

    w->a = a;
    w->top = arena_one(a, struct node);
    return w;
}

static struct node *add_node(struct body_builder *w, struct node *parent, enum block_kind kind)
{
    if (++w->blocks > BODY_BLOCKS_MAX) {
        w->over = true;
        w->spare.block = (struct block){.kind = kind};
        w->spare.spans.n = 0;
        return &w->spare;
    }

    struct node *n = arena_one(w->a, struct node);

    n->block.kind = kind;
    if (parent->last == NULL)
        parent->first = n;
    else
        parent->last->next = n;
    parent->last = n;
    parent->child_count++;
    return n;
}

static struct open *innermost(struct body_builder *w)
{
    return w->depth == 0 ? NULL : &w->stack[w->depth - 1];
}

static void end_implied(struct body_builder *w)
{
    if (w->depth > 0 && innermost(w)->implied)
        w->depth--;
}

/* Where a new block goes: a paragraph or heading makes way for it. */
static struct node *parent_for_block(struct body_builder *w)
{
    struct open *o = innermost(w);

    if (o == NULL)
        return w->top;
    if (o->kind == BLOCK_PARAGRAPH || o->kind == BLOCK_HEADING) {
        o->node = NULL;
        return o->parent;
    }
    return o->node;
}

static struct block *push(struct body_builder *w, enum block_kind kind, bool implied)
{
    struct node *parent = parent_for_block(w);
    struct node *n = add_node(w, parent, kind);

    w->stack[w->depth++] = (struct open){n, parent, kind, implied};
    return &n->block;
}

struct block *body_open(struct body_builder *w, enum block_kind kind)
{
    end_implied(w);
    if (w->depth + 1 >= BUILD_DEPTH_MAX) { /* one is kept for an implied paragraph */
        w->over = true;
        w->beyond++;
        return &w->spare.block;
    }
    return push(w, kind, false);
}

void body_close(struct body_builder *w)
{
    if (w->beyond > 0) {
        w->beyond--;
        return;
    }
    end_implied(w);
    if (w->depth > 0)
        w->depth--;
}

/* The node that words go to now. */
static struct node *words_node(struct body_builder *w)
{
    struct open *o = innermost(w);

    if (o == NULL || !block_has(o->kind, HAS_SPANS))
        push(w, BLOCK_PARAGRAPH, true);
    o = innermost(w);
    if (o->node == NULL)
        o->node = add_node(w, o->parent, o->kind);
    return o->node;
}

static bool words_open(struct body_builder *w)
{
    struct open *o = innermost(w);

    return o != NULL && o->node != NULL && block_has(o->kind, HAS_SPANS);
}

static void add_span(struct body_builder *w, struct span s)
{
    w->text += s.text.n;
    if (++w->spans > BODY_SPANS_MAX || w->text > BODY_TEXT_MAX) {
        w->over = true;
        return;
    }
    s.text = str_dup(w->a, s.text);
    s.link = str_dup(w->a, s.link);
    s.language = str_dup(w->a, s.language);
    span_list_add(w->a, &words_node(w)->spans, s);
}

void body_text(struct body_builder *w, str text, unsigned marks, str link, str language)
{
    if (str_trim(text).n == 0 && !words_open(w))
        return;
    add_span(w, (struct span){text, marks & ~(unsigned)MARK_BREAK, link, language});
}

void body_break(struct body_builder *w)
{
    if (words_open(w))
        add_span(w, (struct span){.marks = MARK_BREAK});
}

static void finish(arena *a, struct node *n)
{
    size_t i = 0;

    n->block.spans = n->spans.p;
    n->block.span_count = n->spans.n;
    n->block.children = arena_many(a, struct block, n->child_count);
    n->block.child_count = n->child_count;
    for (struct node *c = n->first; c != NULL; c = c->next) {
        finish(a, c);
        n->block.children[i++] = c->block;
    }
}

err body_done(struct body_builder *w, struct body *out, note *why)
{
    if (w->over)
        return fail(why, E_LIMIT,
                    "the text is too long or too deep: at most %d blocks, %d runs, %d bytes",
                    BODY_BLOCKS_MAX, BODY_SPANS_MAX, BODY_TEXT_MAX);

    finish(w->a, w->top);

    struct body b = {w->top->block.children, w->top->block.child_count};

    TRY(body_normalise(w->a, &b, why));
    body_number(w->a, &b);
    *out = b;
    return OK;
}
