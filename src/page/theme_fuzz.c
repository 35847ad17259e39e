/*
 * Any bytes as a template with a partial, a parent and the words of a language (a form feed parts
 * them).  Loading says why
 * not or gives a theme; and read as HTML, what it draws has no element, attribute, comment, script
 * or dangerous link that came out of a value.
 */
#include "page/test_views.h"
#include "page/theme.h"

#include <gumbo.h>
#include <stdlib.h>

VIEW_DEFINE(thread, VIEW_THREAD)
VIEW_DEFINE(tale, VIEW_TALE)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_CEILING = 64 << 20, DRAWN_MAX = 1 << 18, DEPTH_MAX = 400 };

/* The mark is in values only: a template that has it is passed over. */
#define MARK "zqmark"
#define HOSTILE MARK "<" MARK " " MARK "=" MARK ">\" " MARK "=' " MARK "=" MARK " -->]]>&#34;"

static bool has_mark(const char *z)
{
    return z != NULL && str_find_nocase(str_c(z), S(MARK)) >= 0;
}

static void must_not(bool bad)
{
    if (bad)
        abort();
}

static bool is_address(const char *name)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "data"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void check_element(const GumboElement *e)
{
    str tag = str_of(e->original_tag.data, e->original_tag.length);
    ptrdiff_t end = str_find_char(tag, ' ');

    must_not(e->tag == GUMBO_TAG_UNKNOWN && end > 0 &&
             str_find_nocase(str_to(tag, (size_t)end), S("<" MARK)) >= 0);
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *at = e->attributes.data[i];

        must_not(has_mark(at->name));
        must_not(has_mark(at->value) &&
                 (strncmp(at->name, "on", 2) == 0 || strcmp(at->name, "style") == 0 ||
                  strcmp(at->name, "srcdoc") == 0));
        must_not(is_address(at->name) && str_find(str_c(at->value), S("script:" MARK)) >= 0);
    }
}

static void check_node(const GumboNode *n, bool is_script, int depth)
{
    const GumboVector *children = &n->v.element.children;

    if (depth > DEPTH_MAX)
        return;
    switch (n->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        must_not(is_script && has_mark(n->v.text.text));
        return;
    case GUMBO_NODE_COMMENT:
        must_not(has_mark(n->v.text.text));
        return;
    case GUMBO_NODE_DOCUMENT:
        children = &n->v.document.children;
        break;
    default:
        check_element(&n->v.element);
        is_script = n->v.element.tag == GUMBO_TAG_SCRIPT || n->v.element.tag == GUMBO_TAG_STYLE;
        break;
    }
    for (unsigned i = 0; i < children->length; i++)
        check_node(children->data[i], is_script, depth + 1);
}

static void draw(arena *a, const theme *t)
{
    struct view_thread threads[] = {{S(HOSTILE), {S("javascript:" HOSTILE)}},
                                    {S(HOSTILE), {S("/" HOSTILE)}}};
    struct view_str words[] = {{S(HOSTILE)}};
    struct view_tale v = {.headline = S(HOSTILE),
                          .byline = S(HOSTILE),
                          .body = {S("<p>ready</p>")},
                          .href = {S("javascript:" HOSTILE)},
                          .facts = {S("{\"a\":\"</script><b>\"}")},
                          .comments = 1,
                          .breaking = true,
                          .section = &threads[1]};
    buf out = buf_new(a, DRAWN_MAX);

    v.topics.v = threads;
    v.topics.n = 2;
    v.words.v = words;
    v.words.n = 1;
    struct view_tale related = v;

    v.related.v = &related;
    v.related.n = 1;
    theme_draw(t, 0, &v, S("pl"), &out, NULL);
    if (out.over || out.n == 0)
        return;

    GumboOptions options = kGumboDefaultOptions;

    options.max_errors = 0;

    GumboOutput *html = gumbo_parse_with_options(&options, out.p, out.n);

    check_node(html->document, false, 0);
    gumbo_destroy_output(&options, html);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena *a = arena_new(FUZZ_CEILING);
    str all = str_of((const char *)data, size), pieces[4] = {0};
    theme *t;
    note why;

    if (str_find_nocase(all, S(MARK)) < 0) {
        for (size_t i = 0; i < 4; i++)
            if (!str_cut(&all, '\f', &pieces[i]))
                break;

        struct embedded files[] = {{S("a"), pieces[0]},
                                   {S("b"), pieces[1]},
                                   {S("c"), pieces[2]},
                                   {S("icons.svg"), S("<symbol id=\"x\">")},
                                   {S("lang/pl.po"), pieces[3]}};
        size_t n = pieces[3].n > 0 ? 5 : 4;
        struct template_use use = {S("a"), view_tale_type()};

        if (theme_load(&(struct theme_source){files, n, NULL}, &use, 1, &t, &why) == OK) {
            draw(a, t);
            theme_drop(&t);
        }
    }
    arena_free(&a);
    return 0;
}
