#include "base/buf.h"
#include "base/utf8.h"
#include "wire/xml/xml.h"

#include <gumbo.h>

/* The tags of a document as somebody wrote them are parsed loosely and written again as they should
 * have been; what is between them is kept. */

enum { OPEN_MAX = XML_DEPTH_MAX + 20, PREFIXES_MAX = 64, NAME_MAX_BYTES = 120 };

struct mender {
    arena *a;
    buf out;
    str rest;
    str open[OPEN_MAX]; /* names, as written out */
    size_t open_count;
    str prefixes[PREFIXES_MAX]; /* declared by the open elements */
    size_t prefix_of[PREFIXES_MAX], prefix_count;
    bool rooted; /* the root element was opened */
};

static const struct {
    const char *prefix, *space;
} usual[] = {
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"content", "http://purl.org/rss/1.0/modules/content/"},
    {"media", "http://search.yahoo.com/mrss/"},
    {"atom", "http://www.w3.org/2005/Atom"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"},
    {"slash", "http://purl.org/rss/1.0/modules/slash/"},
    {"wfw", "http://wellformedweb.org/CommentAPI/"},
    {"sy", "http://purl.org/rss/1.0/modules/syndication/"},
    {"xhtml", XHTML_NAMESPACE},
};

str xml_html_character(arena *a, str name)
{
    char source[48], found[16];
    size_t n = 0;

    if (name.n == 0 || name.n > 40)
        return S("");
    for (size_t i = 0; i < name.n; i++)
        if (utf8_spell((unsigned char)name.p[i]).n == 0 || (unsigned char)name.p[i] >= 0x80)
            return S("");
    source[0] = '&';
    memcpy(source + 1, name.p, name.n);
    source[name.n + 1] = ';';

    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    GumboOutput *page = gumbo_parse_with_options(&options, source, name.n + 2);
    const GumboVector *children = &page->root->v.element.children;
    if (children->length == 1) {
        const GumboNode *text = children->data[0];
        const char *z = text->type == GUMBO_NODE_TEXT || text->type == GUMBO_NODE_WHITESPACE
                            ? text->v.text.text
                            : "";
        n = strlen(z);
        if (n > 12 || z[0] == '&') /* a name that HTML has not stays as it is */
            n = str_eq(name, S("amp")) ? 1 : 0;
        memcpy(found, z, n);
    }
    gumbo_destroy_output(&options, page);
    return str_dup(a, str_of(found, n));
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

static bool is_name(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct mender *m)
{
    while (m->rest.n > 0 && is_blank(m->rest.p[0]))
        m->rest = str_from(m->rest, 1);
}

/* A name off the front, made one that XML takes: ASCII, at most one colon, with something on both
 * its sides. */
static str take_name(struct mender *m)
{
    char name[NAME_MAX_BYTES];
    size_t n = 0, used = 0;
    ptrdiff_t colon = -1;

    for (; used < m->rest.n && is_name(m->rest.p[used]); used++) {
        char c = m->rest.p[used];

        if ((c & 0x80) != 0)
            c = '_';
        if (c == ':') {
            if (colon >= 0 || used + 1 >= m->rest.n || !is_name_start(m->rest.p[used + 1]))
                c = '_';
            else
                colon = (ptrdiff_t)n;
        }
        if (n < sizeof name)
            name[n++] = c;
    }
    m->rest = str_from(m->rest, used);
    while (n > 0 && name[n - 1] == ':')
        n--;
    if (n > 0 && name[0] == ':')
        name[0] = '_';
    return str_dup(m->a, str_of(name, n));
}

static bool xml_allows(uint32_t c)
{
    return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

static void put_character(struct mender *m, uint32_t c)
{
    static const char c1[] = "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"
                             "\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f";

    if (c >= 0x80 && c < 0xA0) /* meant as windows-1252, as everybody's browser reads it */
        buf_add(&m->out, utf8_from_latin1(m->a, str_of(c1 + (c - 0x80), 1)));
    else if (!xml_allows(c))
        utf8_put(&m->out, UTF8_REPLACEMENT);
    else if (c == '<' || c == '&' || c == '"' || c == '>')
        buf_fmt(&m->out, "&#%u;", c);
    else
        utf8_put(&m->out, c);
}

/* "#233", "#xE9": the character, or 0. */
static uint32_t number_of(str s)
{
    bool hex = s.n > 1 && (s.p[1] == 'x' || s.p[1] == 'X');
    uint32_t c = 0;

    s = str_from(s, hex ? 2 : 1);
    if (s.n == 0 || s.n > 7)
        return 0;
    for (size_t i = 0; i < s.n; i++) {
        uint32_t digit = s.p[i] >= '0' && s.p[i] <= '9'   ? (uint32_t)(s.p[i] - '0')
                         : s.p[i] >= 'a' && s.p[i] <= 'f' ? (uint32_t)(s.p[i] - 'a' + 10)
                         : s.p[i] >= 'A' && s.p[i] <= 'F' ? (uint32_t)(s.p[i] - 'A' + 10)
                                                          : 99;
        if (digit >= (hex ? 16u : 10u))
            return 0;
        c = c * (hex ? 16 : 10) + digit;
    }
    return c;
}

/* What stands at an '&'. */
static void take_reference(struct mender *m)
{
    static const str own[] = {S_INIT("amp"), S_INIT("lt"), S_INIT("gt"), S_INIT("quot"),
                              S_INIT("apos")};
    ptrdiff_t end = str_find_char(str_to(m->rest, 42), ';');
    str name = end < 1 ? S("") : str_from(str_to(m->rest, (size_t)end), 1);

    for (size_t i = 0; i < LENGTH(own); i++)
        if (str_eq(name, own[i])) {
            buf_add(&m->out, str_to(m->rest, (size_t)end + 1));
            m->rest = str_from(m->rest, (size_t)end + 1);
            return;
        }
    uint32_t number = name.n > 1 && name.p[0] == '#' ? number_of(name) : 0;
    str character = number > 0 ? S("") : xml_html_character(m->a, name);
    if (number == 0 && character.n == 0) {
        buf_lit(&m->out, "&amp;");
        m->rest = str_from(m->rest, 1);
        return;
    }
    if (number > 0)
        put_character(m, number);
    for (uint32_t c; (c = utf8_next(&character)) != 0;)
        put_character(m, c);
    m->rest = str_from(m->rest, (size_t)end + 1);
}

/* Words up to one of `stops` (or the end), with references mended. */
static void take_words(struct mender *m, const char *stops)
{
    while (m->rest.n > 0 && strchr(stops, m->rest.p[0]) == NULL) {
        char c = m->rest.p[0];

        if (c == '&') {
            take_reference(m);
            continue;
        }
        if (c == '<')
            buf_lit(&m->out, "&lt;");
        else if (c == '>')
            buf_lit(&m->out, "&gt;");
        else if (c == '"')
            buf_lit(&m->out, "&quot;");
        else
            buf_char(&m->out, c);
        m->rest = str_from(m->rest, 1);
    }
}

/* The name of an element: "xmlns:..." is kept for declarations. */
static str take_element_name(struct mender *m)
{
    str name = take_name(m);

    return str_starts(name, S("xmlns:")) ? str_replace(m->a, name, S(":"), S("_")) : name;
}

static str prefix_in(str name)
{
    ptrdiff_t colon = str_find_char(name, ':');

    return colon < 0 ? S("") : str_to(name, (size_t)colon);
}

static bool is_declared(const struct mender *m, str prefix)
{
    for (size_t i = 0; i < m->prefix_count; i++)
        if (str_eq(m->prefixes[i], prefix))
            return true;
    return prefix.n == 0 || str_eq(prefix, S("xml"));
}

static void remember(struct mender *m, str prefix)
{
    if (m->prefix_count < PREFIXES_MAX) {
        m->prefixes[m->prefix_count] = prefix;
        m->prefix_of[m->prefix_count++] = m->open_count;
    }
}

static void declare(struct mender *m, str prefix)
{
    str space = str_fmt(m->a, "unknown:%.*s", STR(prefix));

    if (is_declared(m, prefix))
        return;
    for (size_t i = 0; i < LENGTH(usual); i++)
        if (str_eq_nocase(prefix, str_c(usual[i].prefix)))
            space = str_c(usual[i].space);
    buf_fmt(&m->out, " xmlns:%.*s=\"%.*s\"", STR(prefix), STR(space));
    remember(m, prefix);
}

/* The value after '='. */
static void take_value(struct mender *m)
{
    skip_blanks(m);
    char quote = m->rest.n > 0 ? m->rest.p[0] : 0;

    if (quote == '"' || quote == '\'') {
        m->rest = str_from(m->rest, 1);
        take_words(m, quote == '"' ? "\"" : "'");
        m->rest = str_from(m->rest, 1);
    } else {
        take_words(m, " \t\r\n>");
    }
}

enum { ATTRIBUTES_MAX = 40 };

static bool seen(const str *names, size_t count, str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static void take_attribute(struct mender *m, str *names, size_t *count)
{
    str name = take_name(m);
    size_t start = m->out.n;

    buf_fmt(&m->out, " %.*s=\"", STR(name));
    size_t value_at = m->out.n;
    skip_blanks(m);
    if (m->rest.n > 0 && m->rest.p[0] == '=') {
        m->rest = str_from(m->rest, 1);
        take_value(m);
    }
    str value = str_from(buf_str(&m->out), value_at);
    bool declares = str_starts(name, S("xmlns:"));
    str prefix = declares ? str_from(name, 6) : S("");
    bool refuse =
        *count == ATTRIBUTES_MAX || seen(names, *count, name) || !is_name_start(name.p[0]) ||
        (declares &&
         (value.n == 0 || str_starts(prefix, S("xml")) || m->prefix_count == PREFIXES_MAX)) ||
        (!declares && prefix_in(name).n > 0 && !is_declared(m, prefix_in(name))) ||
        (str_starts(name, S("xmlns")) &&
         (str_find(value, S("www.w3.org/XML/1998/namespace")) >= 0 ||
          str_find(value, S("www.w3.org/2000/xmlns")) >= 0));
    if (refuse) {
        buf_cut(&m->out, start);
        return;
    }
    buf_char(&m->out, '"');
    names[(*count)++] = name;
    if (declares)
        remember(m, prefix);
}

static void close_one(struct mender *m)
{
    str name = m->open[--m->open_count];

    buf_fmt(&m->out, "</%.*s>", STR(name));
    while (m->prefix_count > 0 && m->prefix_of[m->prefix_count - 1] > m->open_count)
        m->prefix_count--;
}

static void take_start(struct mender *m)
{
    str names[ATTRIBUTES_MAX];
    size_t count = 0;

    m->rest = str_from(m->rest, 1);
    str name = take_element_name(m);
    bool skip = m->open_count == OPEN_MAX || (m->open_count == 0 && m->rooted);
    size_t start = m->out.n;
    if (!skip)
        m->open[m->open_count++] = name;
    buf_fmt(&m->out, "<%.*s", STR(name));

    bool empty = false;
    for (skip_blanks(m); m->rest.n > 0 && m->rest.p[0] != '>'; skip_blanks(m)) {
        empty = m->rest.p[0] == '/';
        if (is_name_start(m->rest.p[0]) || m->rest.p[0] == ':')
            take_attribute(m, names, &count);
        else if (m->rest.p[0] == '<') /* the '>' was forgotten */
            break;
        else
            m->rest = str_from(m->rest, 1);
    }
    if (m->rest.n > 0 && m->rest.p[0] == '>')
        m->rest = str_from(m->rest, 1);
    if (skip) {
        buf_cut(&m->out, start);
        return;
    }
    declare(m, prefix_in(name));
    buf_char(&m->out, '>');
    m->rooted = true;
    if (empty)
        close_one(m);
}

static void take_end(struct mender *m)
{
    m->rest = str_from(m->rest, 2);
    str name = take_element_name(m);
    ptrdiff_t end = str_find_char(m->rest, '>');
    m->rest = str_from(m->rest, end < 0 ? m->rest.n : (size_t)end + 1);

    size_t at = m->open_count;
    while (at > 0 && !str_eq(m->open[at - 1], name))
        at--;
    while (at > 0 && m->open_count >= at)
        close_one(m);
}

static void skip_past(struct mender *m, str end)
{
    ptrdiff_t at = str_find(m->rest, end);

    m->rest = str_from(m->rest, at < 0 ? m->rest.n : (size_t)at + end.n);
}

static void take_cdata(struct mender *m)
{
    m->rest = str_from(m->rest, 9);
    ptrdiff_t end = str_find(m->rest, S("]]>"));
    str words = str_to(m->rest, end < 0 ? m->rest.n : (size_t)end);

    if (m->open_count > 0) {
        buf_lit(&m->out, "<![CDATA[");
        buf_add(&m->out, words);
        buf_lit(&m->out, "]]>");
    }
    m->rest = str_from(m->rest, words.n + 3);
}

static void skip_doctype(struct mender *m)
{
    int inside = 0;

    for (; m->rest.n > 0; m->rest = str_from(m->rest, 1)) {
        char c = m->rest.p[0];

        inside += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c == '>' && inside <= 0)
            break;
    }
    m->rest = str_from(m->rest, 1);
}

static void take_next(struct mender *m)
{
    char after = m->rest.n > 1 ? m->rest.p[1] : 0;

    if (m->rest.p[0] != '<' && m->open_count == 0)
        m->rest = str_from(m->rest, 1);
    else if (m->rest.p[0] != '<')
        take_words(m, "<");
    else if (str_starts(m->rest, S("<!--")))
        skip_past(m, S("-->"));
    else if (str_starts(m->rest, S("<![CDATA[")))
        take_cdata(m);
    else if (after == '!')
        skip_doctype(m);
    else if (after == '?')
        skip_past(m, S(">"));
    else if (after == '/')
        take_end(m);
    else if (is_name_start(after))
        take_start(m);
    else {
        if (m->open_count > 0)
            buf_lit(&m->out, "&lt;");
        m->rest = str_from(m->rest, 1);
    }
}

str xml_mend(arena *a, str text)
{
    text = utf8_clean(a, text);
    text = str_replace(a, text, S("\xEF\xBF\xBE"), S("\xEF\xBF\xBD"));
    text = str_replace(a, text, S("\xEF\xBF\xBF"), S("\xEF\xBF\xBD"));

    struct mender *m = arena_one(a, struct mender);
    m->a = a;
    m->rest = text;
    m->out = buf_new(a, text.n * 6 + 4096);
    while (m->rest.n > 0 && !m->out.over)
        take_next(m);
    while (m->open_count > 0)
        close_one(m);
    return buf_str(&m->out);
}
