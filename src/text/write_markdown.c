#include "text/write_markdown.h"

#include "text/markdown.h"

struct writing {
    arena *a;
    buf out;
};

/* --- words --- */

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

/* What begins a block at the start of a line, or means something anywhere. */
static void add_escaped(buf *out, str s, bool at_start)
{
    bool digits = at_start;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool numbers = digits && i > 0 && (c == '.' || c == ')');

        if (strchr("\\`*_[]<>|~#", c) != NULL || (c == '&' && i + 1 < s.n && s.p[i + 1] != ' ') ||
            (at_start && i == 0 && strchr("-+=", c) != NULL) || numbers)
            buf_char(out, '\\');
        buf_char(out, c);
        digits = digits && c >= '0' && c <= '9';
    }
}

/* `…`, with as many ticks as it takes; of spaces at both ends one is taken off by who reads. */
static void add_code(buf *out, str s)
{
    size_t longest = 0, run = 0;
    char first = s.p[0], last = s.p[s.n - 1];
    bool padded = first == '`' || last == '`' || (is_space(first) && is_space(last));

    for (size_t i = 0; i < s.n; i++) {
        run = s.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_char(out, '`');
    if (padded)
        buf_char(out, ' ');
    buf_add(out, s);
    if (padded)
        buf_char(out, ' ');
    for (size_t i = 0; i <= longest; i++)
        buf_char(out, '`');
}

/* Marks stand around words, never around the spaces at their ends; code has its spaces inside. */
static void add_span(buf *out, const struct span *s, bool at_start)
{
    const char *around = (s->marks & MARK_STRONG) && (s->marks & MARK_EMPHASIS) ? "***"
                         : s->marks & MARK_STRONG                               ? "**"
                         : s->marks & MARK_EMPHASIS                             ? "*"
                                                                                : "";
    bool code = (s->marks & MARK_CODE) != 0;
    str words = s->text;
    size_t from = 0, to = words.n;

    while (from < to && is_space(words.p[from]))
        from++;
    while (to > from && is_space(words.p[to - 1]))
        to--;
    if (from == to) {
        buf_add(out, words);
        return;
    }
    if (code) {
        from = 0;
        to = words.n;
    }
    buf_add(out, str_to(words, from));
    buf_add(out, str_c(around));
    if (code)
        add_code(out, words);
    else
        add_escaped(out, str_of(words.p + from, to - from), at_start && around[0] == 0);
    buf_add(out, str_c(around));
    buf_add(out, str_from(words, to));
}

static void add_spans(buf *out, const struct span *spans, size_t n, const char *line_end,
                      str margin)
{
    for (size_t i = 0; i < n; i++) {
        const struct span *s = &spans[i];
        bool begins = s->link.n > 0 && (i == 0 || !str_eq(spans[i - 1].link, s->link));
        bool ends = s->link.n > 0 && (i + 1 == n || !str_eq(spans[i + 1].link, s->link));

        if (s->marks & MARK_BREAK) {
            buf_add(out, str_c(line_end));
            if (line_end[0] == '\\')
                buf_add(out, margin);
            continue;
        }
        if (begins)
            buf_char(out, '[');
        add_span(out, s, i == 0 && !begins);
        if (ends)
            buf_fmt(out, "](<%.*s>)", STR(s->link));
    }
}

/* --- blocks --- */

static bool add_block(struct writing *w, const struct block *b, str margin);

static bool add_blocks(struct writing *w, const struct block *v, size_t n, str margin)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_fmt(&w->out, "%.*s\n", STR(margin));
        if (!add_block(w, &v[i], margin))
            return false;
    }
    return true;
}

static bool add_list(struct writing *w, const struct block *b, str margin)
{
    int number = b->start > 0 ? b->start : 1;

    for (size_t i = 0; i < b->child_count; i++) {
        const struct block *item = &b->children[i];
        str bullet = b->ordered ? str_fmt(w->a, "%d. ", number++) : S("- ");
        str inner = str_fmt(w->a, "%.*s%*s", STR(margin), (int)bullet.n, "");

        buf_fmt(&w->out, "%.*s%.*s", STR(margin), STR(bullet));
        add_spans(&w->out, item->spans, item->span_count, "\\\n", inner);
        buf_char(&w->out, '\n');
        for (size_t j = 0; j < item->child_count; j++)
            if (!add_block(w, &item->children[j], inner))
                return false;
    }
    return true;
}

static bool add_table(struct writing *w, const struct block *b, str margin)
{
    if (b->span_count > 0)
        return false; /* it has a caption */
    for (size_t i = 0; i < b->child_count; i++) {
        const struct block *row = &b->children[i];

        buf_add(&w->out, margin);
        for (size_t j = 0; j < row->child_count; j++) {
            if (row->children[j].across > 1 || row->children[j].down > 1 ||
                row->children[j].header != (i == 0))
                return false;
            buf_lit(&w->out, "| ");
            add_spans(&w->out, row->children[j].spans, row->children[j].span_count, " ", S(""));
            buf_char(&w->out, ' ');
        }
        buf_lit(&w->out, "|\n");
        if (i > 0)
            continue;
        buf_add(&w->out, margin);
        for (size_t j = 0; j < row->child_count; j++)
            buf_lit(&w->out, "| --- ");
        buf_lit(&w->out, "|\n");
    }
    return true;
}

static bool add_block(struct writing *w, const struct block *b, str margin)
{
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        buf_add(&w->out, margin);
        add_spans(&w->out, b->spans, b->span_count, "\\\n", margin);
        buf_char(&w->out, '\n');
        return true;
    case BLOCK_HEADING:
        buf_fmt(&w->out, "%.*s%.*s ", STR(margin), b->level, "####");
        add_spans(&w->out, b->spans, b->span_count, " ", margin);
        buf_char(&w->out, '\n');
        return true;
    case BLOCK_LIST:
        return add_list(w, b, margin);
    case BLOCK_QUOTE:
        return b->credit.n == 0 &&
               add_blocks(w, b->children, b->child_count, str_fmt(w->a, "%.*s> ", STR(margin)));
    case BLOCK_TABLE:
        return add_table(w, b, margin);
    case BLOCK_DIVIDER:
        buf_fmt(&w->out, "%.*s---\n", STR(margin));
        return true;
    default:
        return false;
    }
}

bool body_to_markdown(arena *a, const struct body *b, str *out)
{
    struct writing w = {a, buf_new(a, MARKDOWN_BYTES_MAX)};

    if (!add_blocks(&w, b->blocks, b->count, S("")) || w.out.over)
        return false;
    *out = buf_str(&w.out);
    return true;
}
