#include "text/json_write.h"

#include "base/must.h"
#include "base/utf8.h"

static void unit(buf *out, uint32_t c)
{
    switch (c) {
    case '"':
        buf_lit(out, "\\\"");
        break;
    case '\\':
        buf_lit(out, "\\\\");
        break;
    case '\n':
        buf_lit(out, "\\n");
        break;
    default:
        buf_fmt(out, "\\u%04x", (unsigned)c);
        break;
    }
}

/* How many bytes stand for themselves in any string: ASCII but quotes and controls. */
static size_t plain_ahead(str text)
{
    size_t n = 0;

    while (n < text.n && text.p[n] >= ' ' && text.p[n] < 0x7F && text.p[n] != '"' &&
           text.p[n] != '\\')
        n++;
    return n;
}

static void quoted(buf *out, str text)
{
    str from = text;

    buf_char(out, '"');
    while ((text = str_from(text, plain_ahead(text))).n > 0) {
        str at = text;
        uint32_t c = utf8_next(&text);
        bool is_wrong =
            c == 0xFFFD && !(at.n - text.n == 3 && memcmp(at.p, "\xEF\xBF\xBD", 3) == 0);

        if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F && !is_wrong)
            continue;
        buf_add(out, str_of(from.p, (size_t)(at.p - from.p)));
        unit(out, c);
        from = text;
    }
    buf_add(out, from);
    buf_char(out, '"');
}

static void begin_value(struct json_writer *w, const char *key)
{
    must((key != NULL) == (w->depth > 0 && w->ends[w->depth - 1] == '}'));
    if (w->follows)
        buf_char(w->out, ',');
    if (key != NULL) {
        buf_char(w->out, '"');
        buf_add(w->out, str_c(key));
        buf_lit(w->out, "\":");
    }
    w->follows = true;
}

static void open_value(struct json_writer *w, const char *key, char begins, char ends)
{
    must(w->depth < JSON_WRITE_DEPTH_MAX);
    begin_value(w, key);
    buf_char(w->out, begins);
    w->ends[w->depth++] = ends;
    w->follows = false;
}

void put_object(struct json_writer *w, const char *key)
{
    open_value(w, key, '{', '}');
}

void put_list(struct json_writer *w, const char *key)
{
    open_value(w, key, '[', ']');
}

void put_end(struct json_writer *w)
{
    must(w->depth > 0);
    buf_char(w->out, w->ends[--w->depth]);
    w->follows = true;
}

void put_str(struct json_writer *w, const char *key, str value)
{
    begin_value(w, key);
    quoted(w->out, value);
}

void put_num(struct json_writer *w, const char *key, int64_t value)
{
    begin_value(w, key);
    buf_int(w->out, value);
}

void put_truth(struct json_writer *w, const char *key, bool value)
{
    begin_value(w, key);
    buf_add(w->out, value ? S("true") : S("false"));
}

void put_raw(struct json_writer *w, const char *key, str json)
{
    begin_value(w, key);
    buf_add(w->out, json);
}

void put_str_if(struct json_writer *w, const char *key, str value)
{
    if (value.n > 0)
        put_str(w, key, value);
}
