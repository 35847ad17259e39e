#include "text/html_element.h"

/*
 * A look over the tags before a parser sees them.  Parsers take time by the square of how deep
 * elements lie and of how many attributes one has; people who write never come near the limits.
 */

struct open_tags {
    uint32_t names[HTML_DEPTH_MAX]; /* short sums of the names */
    size_t depth;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static uint32_t sum(str name)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (unsigned char)(name.p[i] | 32)) * 16777619u;
    return h;
}

/* Elements that never hold anything, or that end by themselves. */
static bool ends_itself(str name)
{
    static const char *const names[] = {
        "area",  "base",  "basefont", "bgsound", "br",    "col",    "dd",   "dt",    "embed",
        "frame", "hr",    "img",      "li",      "input", "keygen", "link", "meta",  "option",
        "p",     "param", "source",   "tbody",   "td",    "tfoot",  "th",   "thead", "tr",
        "track", "wbr",   "image",    "body",    "html",  "head",   "rp",   "rt"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq_nocase(name, str_c(names[i])))
            return true;
    return false;
}

static void end_tag(struct open_tags *open, str name)
{
    uint32_t h = sum(name);

    for (size_t i = open->depth; i-- > 0;)
        if (open->names[i] == h) {
            open->depth = i;
            return;
        }
}

/* Skip to the '>' of a tag, quotes and all; counts its attributes. */
static size_t skip_tag(str html, size_t at, size_t *attrs)
{
    while (at < html.n && html.p[at] != '>') {
        char c = html.p[at++];

        if ((is_gap(c) || c == '/') && at < html.n && !is_gap(html.p[at]) && html.p[at] != '=')
            ++*attrs;
        if (c != '=')
            continue;
        while (at < html.n && is_gap(html.p[at]))
            at++;
        if (at < html.n && (html.p[at] == '"' || html.p[at] == '\'')) {
            const char *end = memchr(html.p + at + 1, html.p[at], html.n - at - 1);

            at = end == NULL ? html.n : (size_t)(end - html.p) + 1;
            if (at < html.n && !is_gap(html.p[at]) && html.p[at] != '>' && html.p[at] != '/')
                ++*attrs;
        }
    }
    return at;
}

static bool is_open(const struct open_tags *open, str name)
{
    uint32_t h = sum(name);

    for (size_t i = open->depth; i-- > 0;)
        if (open->names[i] == h)
            return true;
    return false;
}

/* Past a comment or the content of a script or style, in which tags are none. */
static size_t skip_raw(str html, size_t at, const char *until)
{
    ptrdiff_t end = str_find_nocase(str_from(html, at), str_c(until));

    return end < 0 ? html.n : at + (size_t)end;
}

static const char *raw_until(const struct open_tags *open, str name)
{
    if (is_open(open, S("svg")) || is_open(open, S("math")))
        return NULL;
    if (str_eq_nocase(name, S("script")))
        return "</script";
    return str_eq_nocase(name, S("style")) ? "</style" : NULL;
}

err html_guard(str html, note *why)
{
    struct open_tags open = {.depth = 0};

    for (size_t at = 0; at < html.n;) {
        const char *less = memchr(html.p + at, '<', html.n - at);

        if (less == NULL)
            break;
        at = (size_t)(less - html.p) + 1;

        bool end = at < html.n && html.p[at] == '/';
        size_t from = at + end, attrs = 0;

        at = from;
        if (str_starts(str_from(html, at), S("!--"))) {
            at = skip_raw(html, at + 1, "-->");
            continue;
        }
        if (at >= html.n || !is_letter(html.p[at]))
            continue;
        while (at < html.n && !is_gap(html.p[at]) && html.p[at] != '/' && html.p[at] != '>')
            at++;

        str name = str_of(html.p + from, at - from);

        at = skip_tag(html, at, &attrs);
        if (attrs > 4 * HTML_ATTRS_MAX)
            return fail(why, E_LIMIT, "the HTML has an element with more than %d attributes",
                        HTML_ATTRS_MAX);

        const char *until = end ? NULL : raw_until(&open, name);

        if (until != NULL)
            at = skip_raw(html, at, until);
        else if (end)
            end_tag(&open, name);
        else if (!ends_itself(name) && open.depth == HTML_DEPTH_MAX)
            return fail(why, E_LIMIT, "the HTML is more than %d elements deep", HTML_DEPTH_MAX);
        else if (!ends_itself(name))
            open.names[open.depth++] = sum(name);
    }
    return OK;
}
