#include "wire/newsml/g2.h"
#include "wire/wire.h"

enum { RESUMES_MAX = 50 };

static const char *const item_names[] = {"newsItem",      "packageItem",  "conceptItem",
                                         "knowledgeItem", "planningItem", "catalogItem"};

static bool is_item(const struct xml_node *n)
{
    for (size_t i = 0; i < LENGTH(item_names); i++)
        if (xml_is(n, item_names[i]))
            return true;
    return false;
}

static str raw_bytes(const struct xml_tree *tree, const struct xml_node *n)
{
    const struct xml_node *after = n;

    while (after != NULL && after->next == NULL)
        after = after->parent;
    size_t end = after == NULL ? tree->text.n : after->next->at;
    return str_to(str_from(tree->text, n->at), end - n->at);
}

static err read_fields(struct g2_item *g, note *why)
{
    struct wire_item *out = g->out;

    out->guid = str_trim(xml_attr(g->node, "guid"));
    out->version = str_trim(xml_attr(g->node, "version"));
    if (out->version.n == 0)
        out->version = S("1"); /* says the standard */
    TRY(g2_read_meta(g, why));
    g2_read_content_meta(g);
    if (out->kind == WIRE_OTHER && !xml_is(g->node, "newsItem"))
        return OK; /* concepts and plans are recorded, not printed */
    TRY(g2_read_content(g, why));
    g2_read_groups(g);
    if (out->kind == WIRE_PACKAGE && out->link_count == 0)
        return fail(why, E_INVALID, "the package names no items");
    return OK;
}

static void read_item(arena *a, const struct xml_tree *tree, const struct xml_node *n,
                      const struct xml_node *header, struct wire_batch *batch)
{
    struct wire_item *out = wire_add_item(a, batch);
    struct g2_item g = {.a = a, .batch = batch, .node = n, .out = out};
    note why = {0};

    if (out == NULL)
        return;
    out->line = n->line;
    out->language = xml_inherited(n, "lang");
    g.schemes = table_new(a);
    g.asserted = table_new(a);
    g2_read_names(&g, header);
    if (read_fields(&g, &why) != OK) {
        wire_drop_item(batch);
        wire_add_trouble(a, batch, n->line, out->guid, "%s", why.text);
        return;
    }
    if (wire_is_empty(out)) {
        wire_drop_item(batch);
        wire_add_trouble(a, batch, n->line, out->guid,
                         "the item has neither a headline nor text nor a picture");
        return;
    }
    wire_finish(a, out, raw_bytes(tree, n));
}

static void read_message(arena *a, const struct xml_tree *tree, const struct xml_node *message,
                         struct wire_batch *batch)
{
    const struct xml_node *header = xml_child(message, "header");
    size_t found = 0;

    XML_EACH(set, message, "itemSet")
    for (const struct xml_node *n = set->first; n != NULL; n = n->next)
        if (is_item(n) && n->complete) {
            read_item(a, tree, n, header, batch);
            found++;
        }
    if (found == 0 && message->complete)
        wire_add_trouble(a, batch, message->line, S(""), "the news message holds no item");
}

static void read_root(arena *a, const struct xml_tree *tree, struct wire_batch *batch)
{
    const struct xml_node *root = tree->root;

    if (xml_is(root, "newsMessage"))
        read_message(a, tree, root, batch);
    else if (is_item(root) && root->complete)
        read_item(a, tree, root, NULL, batch);
    else if (root != NULL && root->complete)
        wire_add_trouble(a, batch, root->line, S(""),
                         "<%.*s> is only a part of a NewsML-G2 document; have the whole item sent",
                         STR(root->name));
}

/* The item in which reading broke, or NULL: it broke between items. */
static const struct xml_node *broken_item(const struct xml_tree *tree)
{
    const struct xml_node *n = tree->root;

    for (; n != NULL && !n->complete; n = n->last)
        if (is_item(n))
            return n;
    return NULL;
}

/*
 * A document that starts like the broken one and goes on with the next item after the break; empty
 * when there is none.  Lines keep their numbers.
 */
static str rest_of(arena *a, const struct xml_tree *tree, int line)
{
    const struct xml_node *broken = broken_item(tree);

    if (broken == NULL || !xml_is(tree->root, "newsMessage"))
        return S("");
    str from_item = str_from(tree->text, broken->at);
    size_t name_end = 1;
    while (name_end < from_item.n && strchr(" \t\r\n>/", from_item.p[name_end]) == NULL)
        name_end++;
    str start = str_to(from_item, name_end); /* "<newsItem", with its prefix */
    size_t at = tree->at > broken->at ? tree->at : broken->at + 1;
    ptrdiff_t next = str_find(str_from(tree->text, at), start);
    if (next < 0)
        return S("");
    at += (size_t)next;

    str head = str_from(tree->text, tree->root->at);
    ptrdiff_t head_end = str_find_char(head, '>');
    const struct xml_node *set = broken->parent;
    str set_tag = str_from(tree->text, set->at);
    ptrdiff_t set_end = str_find_char(set_tag, '>');
    if (head_end < 0 || set_end < 0)
        return S("");

    buf out = buf_new(a, tree->text.n * 2 + 1024);
    head = str_to(head, (size_t)head_end + 1);
    set_tag = str_to(set_tag, (size_t)set_end + 1);
    for (size_t i = 0; i < head.n; i++) /* on one line, so that lines can be counted */
        buf_char(&out, head.p[i] == '\n' || head.p[i] == '\r' ? ' ' : head.p[i]);
    for (size_t i = 0; i < set_tag.n; i++)
        buf_char(&out, set_tag.p[i] == '\n' || set_tag.p[i] == '\r' ? ' ' : set_tag.p[i]);
    for (size_t i = tree->at; i < at; i++)
        line += tree->text.p[i] == '\n';
    for (int i = 1; i < line; i++)
        buf_char(&out, '\n');
    buf_add(&out, str_from(tree->text, at));
    return buf_str(&out);
}

err wire_parse_newsml_g2(arena *a, str bytes, struct wire_batch *out, note *why)
{
    out->dialect = WIRE_NEWSML_G2;
    for (int i = 0; i < RESUMES_MAX && bytes.n > 0; i++) {
        struct xml_tree tree;
        note broke = {0};
        err e = xml_read(a, bytes, XML_STRICT, &tree, &broke);

        read_root(a, &tree, out);
        if (e == OK)
            return OK;
        const struct xml_node *item = broken_item(&tree);
        wire_add_trouble(a, out, tree.line, xml_attr(item, "guid"), "%s", broke.text);
        bytes = e == E_LIMIT ? S("") : rest_of(a, &tree, tree.line);
    }
    (void)why;
    return OK;
}
