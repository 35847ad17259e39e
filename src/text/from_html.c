#include "text/from_html.h"

#include "text/html_element.h"

#include <gumbo.h>

enum { TREE_DEPTH_MAX = 250 }; /* what is deeper becomes part of what holds it */

struct open_element {
    str name;
    struct html_node *node; /* where words go: its own or an outer one; NULL: dropped */
};

struct html_converter {
    arena *a;    /* of the result */
    arena *tree; /* of the light tree */
    struct html_options how;
    struct html_node root;
    struct open_element stack[HTML_DEPTH_MAX];
    size_t depth;
};

static struct html_converter *converter_new(arena *a, arena *tree, const struct html_options *how)
{
    struct html_converter *c = arena_one(tree, struct html_converter);

    c->a = a;
    c->tree = tree;
    if (how != NULL)
        c->how = *how;
    c->root = (struct html_node){.name = S("body"), .rule = html_rule(S("body"))};
    return c;
}

struct html_converter *html_converter_new(arena *a, const struct html_options *how)
{
    return converter_new(a, a, how);
}

static struct html_node *innermost(struct html_converter *c)
{
    return c->depth == 0 ? &c->root : c->stack[c->depth - 1].node;
}

static struct html_node *attach(struct html_converter *c, struct html_node *parent)
{
    struct html_node *n = arena_one(c->tree, struct html_node);

    n->parent = parent;
    if (parent->last == NULL)
        parent->first = n;
    else
        parent->last->next = n;
    parent->last = n;
    return n;
}

void html_begin(struct html_converter *c, str element, const struct html_attr *attrs, size_t n)
{
    struct html_node *parent = innermost(c);
    const struct html_rule *rule = html_rule(element);

    if (c->depth == HTML_DEPTH_MAX)
        return;
    if (parent == NULL || rule->role == ROLE_DROP) {
        c->stack[c->depth++] = (struct open_element){element, NULL};
        return;
    }
    if (c->depth < TREE_DEPTH_MAX) {
        struct html_node *e = attach(c, parent);

        e->name = element;
        e->rule = rule;
        e->attrs = attrs;
        e->attr_count = n < HTML_ATTRS_MAX ? n : HTML_ATTRS_MAX;
        parent = e;
    } else if (rule->role != ROLE_WORDS && rule->role != ROLE_MARK && rule->role != ROLE_LINK) {
        attach(c, parent)->text = S(" ");
    }
    c->stack[c->depth++] = (struct open_element){element, parent};
}

void html_text(struct html_converter *c, str words)
{
    struct html_node *parent = innermost(c);

    if (parent != NULL && words.n > 0)
        attach(c, parent)->text = words;
}

void html_end(struct html_converter *c, str element)
{
    for (size_t i = c->depth; i-- > 0;)
        if (str_eq(c->stack[i].name, element)) {
            c->depth = i;
            return;
        }
}

err html_done(struct html_converter *c, struct body *out, note *why)
{
    return html_walk(c->a, &c->root, &c->how, out, why);
}

/* --- HTML5 through gumbo ---------------------------------------------------------------------- */

static void *give(void *tree, size_t size)
{
    return arena_alloc(tree, size == 0 ? 1 : size);
}

static void take_back(void *tree, void *p)
{
    (void)tree;
    (void)p; /* with the whole tree, at once */
}

static str element_name(struct html_converter *c, const GumboElement *e)
{
    GumboStringPiece piece = e->original_tag;

    if (e->tag != GUMBO_TAG_UNKNOWN)
        return str_c(gumbo_normalized_tagname(e->tag));
    gumbo_tag_from_original_text(&piece);
    return str_lower(c->tree, str_of(piece.data, piece.length));
}

static void begin(struct html_converter *c, const GumboElement *e, str name)
{
    size_t n = e->attributes.length;
    struct html_attr *attrs = arena_many(c->tree, struct html_attr, n);

    for (size_t i = 0; i < n; i++) {
        const GumboAttribute *from = e->attributes.data[i];

        attrs[i] = (struct html_attr){str_c(from->name), str_c(from->value)};
    }
    html_begin(c, name, attrs, n);
}

/* Walked without recursion: the tree may be as deep as its sender likes. */
static void feed(struct html_converter *c, const GumboNode *root)
{
    const GumboNode *n = root;

    for (;;) {
        bool element = n->type == GUMBO_NODE_ELEMENT;

        if (element)
            begin(c, &n->v.element, element_name(c, &n->v.element));
        else if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE ||
                 n->type == GUMBO_NODE_CDATA)
            html_text(c, str_c(n->v.text.text));
        if (element && n->v.element.children.length > 0) {
            n = n->v.element.children.data[0];
            continue;
        }
        if (element)
            html_end(c, c->depth == 0 ? (str){0} : c->stack[c->depth - 1].name);
        while (n != root) {
            const GumboElement *parent = &n->parent->v.element;
            size_t next = n->index_within_parent + 1;

            if (next < parent->children.length) {
                n = parent->children.data[next];
                break;
            }
            n = n->parent;
            html_end(c, c->depth == 0 ? (str){0} : c->stack[c->depth - 1].name);
        }
        if (n == root)
            return;
    }
}

static void drop_tree(void *tree)
{
    arena *a = tree;

    arena_free(&a);
}

/* Parse in an arena of its own: what a parser needs for hostile text must not be the job's end.
 * NULL when it needs too much. */
static struct html_converter *parse(arena *a, arena *tree, str html, const struct html_options *how)
{
    struct html_converter *volatile c = NULL;

    if (arena_guard(tree)) {
        arena_unguard(tree);
        return NULL;
    }

    GumboOptions options = kGumboDefaultOptions;

    options.allocator = give;
    options.deallocator = take_back;
    options.userdata = tree;
    options.max_errors = 0;
    c = converter_new(a, tree, how);
    feed(c, gumbo_parse_with_options(&options, html.p, html.n)->root);
    arena_unguard(tree);
    return c;
}

err body_from_html(arena *a, str html, const struct html_options *how, struct body *out, note *why)
{
    if (html.n > HTML_BYTES_MAX)
        return fail(why, E_LIMIT, "the HTML is too long: at most %d bytes", HTML_BYTES_MAX);
    TRY(html_guard(html, why));
    if (html.n == 0)
        html = S(" ");

    size_t room = ((size_t)16 << 20) + 100 * html.n;
    arena *tree = arena_new(room < (size_t)400 << 20 ? room : (size_t)400 << 20);

    arena_defer(a, drop_tree, tree);

    struct html_converter *c = parse(a, tree, html, how);
    err e = c == NULL ? fail(why, E_LIMIT, "the HTML is too tangled to be read")
                      : html_done(c, out, why);

    arena_reset(tree);
    return e;
}
