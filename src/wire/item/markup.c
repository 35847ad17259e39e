#include "wire/item/markup.h"

#include "text/from_html.h"

#include <stdarg.h>

enum { PAIRS_MAX = 8 };

struct markup {
    arena *a;
    struct html_converter *html;
};

struct markup *markup_new(arena *a, str base)
{
    struct markup *m = arena_one(a, struct markup);
    struct html_options *how = arena_one(a, struct html_options);

    *how = (struct html_options){.base = base, .keep_relative = true};
    m->a = a;
    m->html = html_converter_new(a, how);
    return m;
}

void markup_open(struct markup *m, const char *tag, ...)
{
    struct html_attr pairs[PAIRS_MAX];
    size_t n = 0;
    const char *name;
    va_list rest;

    va_start(rest, tag);
    while ((name = va_arg(rest, const char *)) != NULL && n < PAIRS_MAX) {
        str value = va_arg(rest, str);
        if (value.n > 0)
            pairs[n++] = (struct html_attr){.name = str_c(name), .value = value};
    }
    va_end(rest);
    struct html_attr *kept = arena_many(m->a, struct html_attr, n);
    memcpy(kept, pairs, n * sizeof *pairs);
    html_begin(m->html, str_c(tag), kept, n);
}

void markup_words(struct markup *m, str words)
{
    if (words.n > 0)
        html_text(m->html, words);
}

void markup_close(struct markup *m, const char *tag)
{
    html_end(m->html, str_c(tag));
}

void markup_open_node(struct markup *m, const struct xml_node *n)
{
    struct html_attr *attrs = arena_many(m->a, struct html_attr, n->attr_count);
    size_t count = 0;

    for (size_t i = 0; i < n->attr_count; i++) {
        const struct xml_attr *a = &n->attrs[i];
        bool language = str_eq(a->space, S(XML_NAMESPACE)) && str_eq(a->name, S("lang"));

        if (a->space.n == 0 || language)
            attrs[count++] = (struct html_attr){str_lower(m->a, a->name), a->value};
    }
    html_begin(m->html, str_lower(m->a, n->name), attrs, count);
}

void markup_close_node(struct markup *m, const struct xml_node *n)
{
    html_end(m->html, str_lower(m->a, n->name));
}

err markup_done(struct markup *m, struct body *out, note *why)
{
    return html_done(m->html, out, why);
}
