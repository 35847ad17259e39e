#include "text/shape.h"

const struct mark_name mark_names[MARK_NAMES] = {
    {MARK_STRONG, S_INIT("strong")}, {MARK_EMPHASIS, S_INIT("emphasis")},
    {MARK_CODE, S_INIT("code")},     {MARK_SUB, S_INIT("sub")},
    {MARK_SUP, S_INIT("sup")},
};

/* `<` is escaped too, so that the form may stand inside a page. */
static void add_string(buf *out, str s)
{
    size_t from = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7F)
            continue;
        buf_add(out, str_of(s.p + from, i - from));
        from = i + 1;
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else {
            buf_fmt(out, "\\u%04x", c);
        }
    }
    buf_add(out, str_from(s, from));
    buf_char(out, '"');
}

static void add_text(buf *out, const char *name, str s)
{
    if (s.n > 0) {
        buf_fmt(out, ",\"%s\":", name);
        add_string(out, s);
    }
}

static void add_number(buf *out, const char *name, int64_t n, int64_t usual)
{
    if (n != usual)
        buf_fmt(out, ",\"%s\":%lld", name, (long long)n);
}

static void add_span(buf *out, const struct span *s)
{
    if (s->marks == MARK_BREAK) {
        buf_lit(out, "{\"break\":true}");
        return;
    }
    buf_lit(out, "{\"text\":");
    add_string(out, s->text);
    if (s->marks != 0) {
        bool first = true;

        buf_lit(out, ",\"marks\":[");
        for (size_t i = 0; i < MARK_NAMES; i++) {
            if ((s->marks & mark_names[i].mark) == 0)
                continue;
            if (!first)
                buf_char(out, ',');
            add_string(out, mark_names[i].name);
            first = false;
        }
        buf_char(out, ']');
    }
    add_text(out, "link", s->link);
    add_text(out, "language", s->language);
    buf_char(out, '}');
}

static void add_blocks(buf *out, const struct block *blocks, size_t n);

static void add_block(buf *out, const struct block *b)
{
    buf_lit(out, "{\"kind\":");
    add_string(out, block_kind_name(b->kind));
    add_text(out, "id", b->id);
    add_number(out, "level", b->level, 0);
    if (b->ordered)
        buf_lit(out, ",\"ordered\":true");
    add_number(out, "start", b->start, b->ordered ? 1 : 0);
    if (b->header)
        buf_lit(out, ",\"header\":true");
    add_number(out, "across", b->across, b->kind == BLOCK_CELL);
    add_number(out, "down", b->down, b->kind == BLOCK_CELL);
    add_number(out, "media", b->media, 0);
    add_number(out, "story", b->story, 0);
    add_number(out, "width", b->width, 0);
    add_number(out, "height", b->height, 0);
    add_text(out, "address", b->address);
    add_text(out, "title", b->title);
    add_text(out, "credit", b->credit);
    add_text(out, "alt", b->alt);
    add_text(out, "language", b->language);
    if (b->span_count > 0) {
        buf_lit(out, ",\"spans\":[");
        for (size_t i = 0; i < b->span_count; i++) {
            if (i > 0)
                buf_char(out, ',');
            add_span(out, &b->spans[i]);
        }
        buf_char(out, ']');
    }
    if (b->child_count > 0) {
        buf_lit(out, ",\"children\":[");
        add_blocks(out, b->children, b->child_count);
        buf_char(out, ']');
    }
    buf_char(out, '}');
}

static void add_blocks(buf *out, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(out, ',');
        add_block(out, &blocks[i]);
    }
}

str body_to_json(arena *a, const struct body *b)
{
    buf out = buf_new(a, (size_t)256 << 20);

    buf_lit(&out, "{\"v\":1,\"blocks\":[");
    add_blocks(&out, b->blocks, b->count);
    buf_lit(&out, "]}");
    must(!out.over);
    return buf_str(&out);
}
