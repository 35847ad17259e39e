#include "wire/page/page.h"

#include "base/utf8.h"
#include "text/html_element.h"
#include "wire/xml/xml.h"

#include <gumbo.h>

enum { TREE_BYTES_MAX = 512 << 20, LOOK = 4096 };

static void drop_tree(void *tree)
{
    arena *a = tree;

    arena_free(&a);
}

static void *give(void *tree, size_t size)
{
    return arena_alloc(tree, size == 0 ? 1 : size);
}

static void take_back(void *tree, void *p)
{
    (void)tree;
    (void)p;
}

/* The encoding that a meta element names, or empty. */
static str named_charset(str head)
{
    ptrdiff_t at = str_find_nocase(head, S("charset="));
    size_t n = 0;

    if (at < 0)
        return S("");
    head = str_from(head, (size_t)at + 8);
    while (head.n > 0 && strchr("\"' ", head.p[0]) != NULL)
        head = str_from(head, 1);
    while (n < head.n && n < 40 &&
           ((head.p[n] >= 'a' && head.p[n] <= 'z') || (head.p[n] >= 'A' && head.p[n] <= 'Z') ||
            (head.p[n] >= '0' && head.p[n] <= '9') || head.p[n] == '-' || head.p[n] == '_'))
        n++;
    return str_to(head, n);
}

static str as_utf8(arena *a, str bytes)
{
    str name = named_charset(str_to(bytes, LOOK)), text;

    if (str_starts(bytes, S("\xFE\xFF")) || str_starts(bytes, S("\xFF\xFE")))
        return xml_utf8(a, bytes, &text, NULL) == OK ? text : utf8_clean(a, bytes);
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    if (utf8_ok(bytes))
        return bytes;
    if (name.n > 0 && !str_eq_nocase(name, S("utf-8")) && !str_starts_nocase(name, S("utf-16"))) {
        str said = str_fmt(a, "<?xml version=\"1.0\" encoding=\"%.*s\"?>", STR(name));
        if (xml_utf8(a, str_join(a, said, bytes), &text, NULL) == OK)
            return utf8_clean(a, text);
    }
    return name.n > 0 && str_eq_nocase(name, S("utf-8")) ? utf8_clean(a, bytes)
                                                         : utf8_from_latin1(a, bytes);
}

static str element_name(arena *tree, const GumboElement *e)
{
    GumboStringPiece piece = e->original_tag;

    if (e->tag != GUMBO_TAG_UNKNOWN)
        return str_c(gumbo_normalized_tagname(e->tag));
    gumbo_tag_from_original_text(&piece);
    return str_lower(tree, str_of(piece.data, piece.length));
}

static struct page_node *make_node(arena *tree, const GumboNode *from)
{
    struct page_node *n = arena_one(tree, struct page_node);

    if (from->type != GUMBO_NODE_ELEMENT) {
        if (from->type == GUMBO_NODE_TEXT || from->type == GUMBO_NODE_WHITESPACE ||
            from->type == GUMBO_NODE_CDATA)
            n->text = str_c(from->v.text.text);
        return n;
    }
    const GumboVector *given = &from->v.element.attributes;
    struct html_attr *attrs = arena_many(tree, struct html_attr, given->length);

    for (size_t i = 0; i < given->length; i++) {
        const GumboAttribute *attr = given->data[i];
        attrs[i] = (struct html_attr){str_c(attr->name), str_c(attr->value)};
    }
    n->name = element_name(tree, &from->v.element);
    n->attrs = attrs;
    n->attr_count = given->length;
    return n;
}

/* Walked without recursion: the tree may be as deep as its sender likes. */
static struct page_node *make_tree(arena *tree, const GumboNode *root)
{
    struct page_node *top = make_node(tree, root), *into = top;
    const GumboNode *n = root;

    for (;;) {
        if (n->type == GUMBO_NODE_ELEMENT && n->v.element.children.length > 0) {
            n = n->v.element.children.data[0];
        } else {
            while (n != root &&
                   n->index_within_parent + 1 >= n->parent->v.element.children.length) {
                n = n->parent;
                into = into->parent;
            }
            if (n == root)
                return top;
            n = n->parent->v.element.children.data[n->index_within_parent + 1];
            into = into->parent;
        }
        struct page_node *made = make_node(tree, n);
        made->parent = into;
        if (into->last == NULL)
            into->first = made;
        else
            into->last->next = made;
        into->last = made;
        into = made;
    }
}

err page_read(arena *a, str bytes, struct page_node **root, note *why)
{
    arena *tree = arena_new(TREE_BYTES_MAX);
    str html = as_utf8(a, bytes);

    arena_defer(a, drop_tree, tree);
    if (html.n > HTML_BYTES_MAX)
        return fail(why, E_LIMIT, "the page has %zu bytes, more than the %d that are read", html.n,
                    HTML_BYTES_MAX);
    TRY(html_guard(html, why));
    if (arena_guard(tree)) {
        arena_unguard(tree);
        return fail(why, E_LIMIT, "the page needs too much memory to be read");
    }
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = give;
    options.deallocator = take_back;
    options.userdata = tree;
    options.max_errors = 0;
    const GumboOutput *out = gumbo_parse_with_options(&options, html.n > 0 ? html.p : "", html.n);
    *root = make_tree(tree, out->root);
    arena_unguard(tree);
    return OK;
}

str page_attr(const struct page_node *n, const char *name)
{
    for (size_t i = 0; i < n->attr_count; i++)
        if (str_eq_nocase(n->attrs[i].name, str_c(name)))
            return n->attrs[i].value;
    return S("");
}

bool page_is(const struct page_node *n, const char *name)
{
    return str_eq(n->name, str_c(name));
}

struct page_node *page_past(struct page_node *n, const struct page_node *within)
{
    while (n != within && n->next == NULL)
        n = n->parent;
    return n == within ? NULL : n->next;
}

struct page_node *page_next(struct page_node *n, const struct page_node *within)
{
    return n->first != NULL ? n->first : page_past(n, within);
}

static bool has_no_words(const struct page_node *n)
{
    return page_is(n, "script") || page_is(n, "style") || page_is(n, "noscript") ||
           page_is(n, "template") || page_is(n, "svg") || page_is(n, "select") ||
           page_is(n, "textarea");
}

str page_words(arena *a, struct page_node *n)
{
    static const char *const inlines =
        "|a|span|b|i|em|strong|font|small|sub|sup|u|code|q|cite|abbr|time|mark|wbr|bdi|bdo|";
    buf all = buf_new(a, 1 << 20);

    for (struct page_node *c = n; c != NULL;) {
        if (c->name.n == 0)
            buf_add(&all, c->text);
        else if (str_find(str_c(inlines), str_fmt(a, "|%.*s|", STR(c->name))) < 0)
            buf_char(&all, ' ');
        c = has_no_words(c) ? page_past(c, n) : page_next(c, n);
    }
    return str_squeeze(a, buf_str(&all));
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Take the next word of "article-shareBar": article, share, Bar. */
static bool cut_word(str *rest, str *word)
{
    size_t from = 0, to;

    while (from < rest->n && !is_word(rest->p[from]))
        from++;
    for (to = from; to < rest->n && is_word(rest->p[to]); to++)
        if (to > from && is_capital(rest->p[to]) && !is_capital(rest->p[to - 1]))
            break;
    *word = str_of(rest->p + from, to - from);
    *rest = str_from(*rest, to);
    return word->n > 0;
}

bool page_called(const struct page_node *n, const char *words)
{
    static const char *const where[] = {"class", "id", "role", "itemprop"};

    for (size_t i = 0; i < LENGTH(where); i++) {
        str rest = str_to(page_attr(n, where[i]), 1000), word;

        while (cut_word(&rest, &word)) {
            const char *at = words;

            while (*at != 0) {
                size_t length = strcspn(++at, "|");
                if (length > 0 && str_eq_nocase(word, str_of(at, length)))
                    return true;
                at += length;
                if (at[0] == '|' && at[1] == 0)
                    break;
            }
        }
    }
    return false;
}
