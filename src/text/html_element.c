#include "text/html_element.h"

#include "base/utf8.h"

/* Sorted by name. */
static const struct html_rule rules[] = {
    {"a", ROLE_LINK, 0},
    {"address", ROLE_SECTION, 0},
    {"applet", ROLE_DROP, 0},
    {"area", ROLE_DROP, 0},
    {"article", ROLE_SECTION, 0},
    {"aside", ROLE_BOX, 0},
    {"audio", ROLE_AUDIO, 0},
    {"b", ROLE_MARK, MARK_STRONG},
    {"base", ROLE_DROP, 0},
    {"blockquote", ROLE_QUOTE, 0},
    {"body", ROLE_SECTION, 0},
    {"br", ROLE_BREAK, 0},
    {"button", ROLE_DROP, 0},
    {"canvas", ROLE_DROP, 0},
    {"caption", ROLE_SECTION, 0},
    {"center", ROLE_SECTION, 0},
    {"cite", ROLE_MARK, MARK_EMPHASIS},
    {"code", ROLE_MARK, MARK_CODE},
    {"datalist", ROLE_DROP, 0},
    {"dd", ROLE_ITEM, 0},
    {"details", ROLE_BOX, 0},
    {"dfn", ROLE_MARK, MARK_EMPHASIS},
    {"dialog", ROLE_DROP, 0},
    {"dir", ROLE_LIST, 0},
    {"div", ROLE_SECTION, 0},
    {"dl", ROLE_LIST, 0},
    {"dt", ROLE_TERM, 0},
    {"em", ROLE_MARK, MARK_EMPHASIS},
    {"embed", ROLE_DROP, 0},
    {"fieldset", ROLE_SECTION, 0},
    {"figcaption", ROLE_SECTION, 0},
    {"figure", ROLE_FIGURE, 0},
    {"footer", ROLE_SECTION, 0},
    {"form", ROLE_SECTION, 0},
    {"frame", ROLE_DROP, 0},
    {"frameset", ROLE_DROP, 0},
    {"h1", ROLE_HEADING, 0},
    {"h2", ROLE_HEADING, 0},
    {"h3", ROLE_HEADING, 0},
    {"h4", ROLE_HEADING, 0},
    {"h5", ROLE_HEADING, 0},
    {"h6", ROLE_HEADING, 0},
    {"head", ROLE_DROP, 0},
    {"header", ROLE_SECTION, 0},
    {"hgroup", ROLE_SECTION, 0},
    {"hr", ROLE_DIVIDER, 0},
    {"html", ROLE_SECTION, 0},
    {"i", ROLE_MARK, MARK_EMPHASIS},
    {"iframe", ROLE_FRAME, 0},
    {"image", ROLE_PICTURE, 0},
    {"img", ROLE_PICTURE, 0},
    {"input", ROLE_DROP, 0},
    {"kbd", ROLE_MARK, MARK_CODE},
    {"keygen", ROLE_DROP, 0},
    {"legend", ROLE_SECTION, 0},
    {"li", ROLE_ITEM, 0},
    {"link", ROLE_DROP, 0},
    {"listing", ROLE_LITERAL, 0},
    {"main", ROLE_SECTION, 0},
    {"map", ROLE_DROP, 0},
    {"math", ROLE_DROP, 0},
    {"menu", ROLE_LIST, 0},
    {"meta", ROLE_DROP, 0},
    {"meter", ROLE_DROP, 0},
    {"nav", ROLE_SECTION, 0},
    {"noembed", ROLE_DROP, 0},
    {"noframes", ROLE_DROP, 0},
    {"noscript", ROLE_DROP, 0},
    {"object", ROLE_DROP, 0},
    {"ol", ROLE_LIST, 0},
    {"optgroup", ROLE_DROP, 0},
    {"option", ROLE_DROP, 0},
    {"output", ROLE_DROP, 0},
    {"p", ROLE_PARAGRAPH, 0},
    {"param", ROLE_DROP, 0},
    {"plaintext", ROLE_LITERAL, 0},
    {"pre", ROLE_LITERAL, 0},
    {"progress", ROLE_DROP, 0},
    {"q", ROLE_SAID, 0},
    {"samp", ROLE_MARK, MARK_CODE},
    {"script", ROLE_DROP, 0},
    {"search", ROLE_SECTION, 0},
    {"section", ROLE_SECTION, 0},
    {"select", ROLE_DROP, 0},
    {"source", ROLE_DROP, 0},
    {"strong", ROLE_MARK, MARK_STRONG},
    {"style", ROLE_DROP, 0},
    {"sub", ROLE_MARK, MARK_SUB},
    {"summary", ROLE_SECTION, 0},
    {"sup", ROLE_MARK, MARK_SUP},
    {"svg", ROLE_DROP, 0},
    {"table", ROLE_TABLE, 0},
    {"tbody", ROLE_SECTION, 0},
    {"td", ROLE_SECTION, 0},
    {"template", ROLE_DROP, 0},
    {"textarea", ROLE_DROP, 0},
    {"tfoot", ROLE_SECTION, 0},
    {"th", ROLE_SECTION, 0},
    {"thead", ROLE_SECTION, 0},
    {"title", ROLE_DROP, 0},
    {"tr", ROLE_SECTION, 0},
    {"track", ROLE_DROP, 0},
    {"tt", ROLE_MARK, MARK_CODE},
    {"ul", ROLE_LIST, 0},
    {"var", ROLE_MARK, MARK_EMPHASIS},
    {"video", ROLE_VIDEO, 0},
    {"xmp", ROLE_LITERAL, 0},
};

const struct html_rule *html_rule(str element)
{
    static const struct html_rule unknown = {"", ROLE_WORDS, 0};
    size_t low = 0, high = LENGTH(rules);

    while (low < high) {
        size_t middle = (low + high) / 2;
        int by = str_order(element, str_c(rules[middle].name));

        if (by == 0)
            return &rules[middle];
        if (by < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return &unknown;
}

str html_attr(const struct html_node *e, const char *name)
{
    for (size_t i = 0; i < e->attr_count; i++)
        if (str_eq(e->attrs[i].name, str_c(name)))
            return e->attrs[i].value;
    return (str){0};
}

bool html_is(const struct html_node *e, const char *name)
{
    return str_eq(e->name, str_c(name));
}

bool html_class(const struct html_node *e, const char *words)
{
    str rest = html_attr(e, "class"), all = str_c(words);
    size_t from = 0;

    if (rest.n == 0)
        return false;
    for (size_t i = 0; i <= rest.n; i++) {
        if (i < rest.n && rest.p[i] > ' ')
            continue;

        str word = str_of(rest.p + from, i - from);

        from = i + 1;
        for (size_t at = 1; word.n > 0 && at < all.n; at++) {
            str wanted = str_from(all, at);

            wanted = str_to(wanted, (size_t)str_find_char(wanted, '|'));
            if (str_eq_nocase(word, wanted))
                return true;
            at += wanted.n;
        }
    }
    return false;
}

struct html_node *html_inside(struct html_node *e, const char *name)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (html_is(c, name))
            return c;

        struct html_node *found = html_inside(c, name);

        if (found != NULL)
            return found;
    }
    return NULL;
}

size_t html_count(const struct html_node *e, const char *name)
{
    size_t n = 0;

    for (const struct html_node *c = e->first; c != NULL; c = c->next)
        n += html_is(c, name) + html_count(c, name);
    return n;
}

static void add_words(buf *out, const struct html_node *e)
{
    for (const struct html_node *c = e->first; c != NULL; c = c->next) {
        if (c->name.n == 0)
            buf_add(out, c->text);
        else if (c->rule->role == ROLE_BREAK || c->rule->role == ROLE_SECTION ||
                 c->rule->role == ROLE_PARAGRAPH)
            buf_char(out, ' ');
        if (c->name.n > 0 && c->rule->role != ROLE_DROP)
            add_words(out, c);
    }
}

str html_words(arena *a, const struct html_node *e)
{
    buf out = buf_new(a, BODY_TEXT_MAX);

    add_words(&out, e);
    return str_squeeze(a, utf8_clean(a, buf_str(&out)));
}
