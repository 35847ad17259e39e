#include "text/xml_write.h"

#include "base/must.h"
#include "base/utf8.h"

struct xml_writer xml_writer(buf *out)
{
    buf_lit(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    return (struct xml_writer){.out = out};
}

static void end_tag(struct xml_writer *w)
{
    if (w->in_tag)
        buf_char(w->out, '>');
    w->in_tag = false;
}

/* The production Char of XML 1.0. */
static bool is_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

static str entity(uint32_t c)
{
    switch (c) {
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '&':
        return S("&amp;");
    case '"':
        return S("&quot;");
    case '\r':
        return S("&#13;");
    default:
        return is_char(c) ? S("") : S("\xEF\xBF\xBD");
    }
}

static void escaped(buf *out, str text)
{
    str from = text;

    while (text.n > 0) {
        str at = text;
        uint32_t c = utf8_next(&text);
        size_t n = at.n - text.n;
        str instead = entity(c);

        if (c == 0xFFFD && !(n == 3 && memcmp(at.p, "\xEF\xBF\xBD", 3) == 0))
            instead = S("\xEF\xBF\xBD"); /* bytes that are not UTF-8 */
        if (instead.n == 0)
            continue;
        buf_add(out, str_of(from.p, (size_t)(at.p - from.p)));
        buf_add(out, instead);
        from = text;
    }
    buf_add(out, from);
}

void xml_put_begin(struct xml_writer *w, const char *name)
{
    must(w->depth < XML_DEPTH_MAX);
    end_tag(w);
    buf_char(w->out, '<');
    buf_add(w->out, str_c(name));
    w->open[w->depth++] = name;
    w->in_tag = true;
}

/* White space in a value would be read as spaces. */
void xml_put_attr(struct xml_writer *w, const char *name, str value)
{
    must(w->in_tag);
    buf_fmt(w->out, " %s=\"", name);
    for (str rest = value; rest.n > 0;) {
        size_t n = 0;

        while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != '\t')
            n++;
        escaped(w->out, str_to(rest, n));
        if (n < rest.n)
            buf_add(w->out, rest.p[n] == '\n' ? S("&#10;") : S("&#9;"));
        rest = str_from(rest, n + 1);
    }
    buf_char(w->out, '"');
}

void xml_put_attr_int(struct xml_writer *w, const char *name, int64_t n)
{
    must(w->in_tag);
    buf_fmt(w->out, " %s=\"%lld\"", name, (long long)n);
}

void xml_put_text(struct xml_writer *w, str text)
{
    end_tag(w);
    escaped(w->out, text);
}

void xml_put_end(struct xml_writer *w)
{
    must(w->depth > 0);

    const char *name = w->open[--w->depth];

    if (w->in_tag)
        buf_lit(w->out, "/>");
    else
        buf_fmt(w->out, "</%s>", name);
    w->in_tag = false;
    if (w->depth <= 3) /* a line an entry, for people who look */
        buf_char(w->out, '\n');
}

void xml_put_element(struct xml_writer *w, const char *name, str text)
{
    xml_put_begin(w, name);
    xml_put_text(w, text);
    xml_put_end(w);
}

void xml_put_element_if(struct xml_writer *w, const char *name, str text)
{
    if (text.n > 0)
        xml_put_element(w, name, text);
}
