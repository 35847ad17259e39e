#include "text/write_plain.h"

#include "base/utf8.h"

struct writing {
    buf *out;
    const struct plain_writer *how;
    str margin;  /* before each line */
    str bullet;  /* in place of the margin's end, once */
    size_t from; /* where the body starts in `out` */
};

/* --- lines ------------------------------------------------------------------------------------ */

static void margin(struct writing *w)
{
    if (w->bullet.n > 0) {
        buf_add(w->out, str_to(w->margin, w->margin.n - w->bullet.n));
        buf_add(w->out, w->bullet);
        w->bullet = (str){0};
    } else {
        buf_add(w->out, w->margin);
    }
}

/* One line, broken between words where it is too long. */
static void line(struct writing *w, str s)
{
    size_t room = 0, column = 0;
    bool first = true;
    str word;

    margin(w);
    if (w->how->width > 0)
        room = (size_t)w->how->width > w->margin.n + 20 ? (size_t)w->how->width - w->margin.n : 20;
    if (room == 0) {
        buf_add(w->out, s);
        buf_char(w->out, '\n');
        return;
    }
    while (str_cut(&s, ' ', &word)) {
        size_t n = utf8_length(word);

        if (!first && column + 1 + n > room) {
            buf_char(w->out, '\n');
            margin(w);
            column = 0;
        } else if (!first) {
            buf_char(w->out, ' ');
            column++;
        }
        buf_add(w->out, word);
        column += n;
        first = false;
    }
    buf_char(w->out, '\n');
}

/* An empty line between blocks, not before the first. */
static void gap(struct writing *w)
{
    if (w->how->search || w->out->n == w->from || w->bullet.n > 0)
        return;

    str m = w->margin;

    while (m.n > 0 && m.p[m.n - 1] == ' ')
        m.n--;
    buf_add(w->out, m);
    buf_char(w->out, '\n');
}

static str words(struct writing *w, const struct span *spans, size_t n, char line_end)
{
    buf b = buf_new(w->out->a, w->out->max);

    for (size_t i = 0; i < n; i++) {
        const struct span *s = &spans[i];
        bool last = i + 1 == n || !str_eq(spans[i + 1].link, s->link);

        if (s->marks == MARK_BREAK) {
            buf_char(&b, line_end);
            continue;
        }
        buf_add(&b, s->text);
        if (w->how->links && s->link.n > 0 && last && !str_eq(s->link, s->text)) {
            buf_lit(&b, " <");
            buf_add(&b, s->link);
            buf_char(&b, '>');
        }
    }
    return buf_str(&b);
}

str spans_plain(arena *a, const struct span *spans, size_t n)
{
    size_t room = n;

    for (size_t i = 0; i < n; i++)
        room += spans[i].text.n;

    buf b = buf_new(a, room);

    for (size_t i = 0; i < n; i++)
        buf_add(&b, spans[i].marks == MARK_BREAK ? S(" ") : spans[i].text);
    return buf_str(&b);
}

static void lines(struct writing *w, const struct block *b)
{
    str s, piece;

    if (b->span_count == 0)
        return;
    s = words(w, b->spans, b->span_count, w->how->search ? ' ' : '\n');
    while (str_cut(&s, '\n', &piece))
        line(w, piece);
}

static void text_line(struct writing *w, str s)
{
    if (s.n > 0)
        line(w, s);
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void blocks(struct writing *w, const struct block *b, size_t n);
static void block(struct writing *w, const struct block *b);

static void with_margin(struct writing *w, str more, str bullet, const struct block *b)
{
    str outer = w->margin;

    if (!w->how->search) {
        w->margin = str_join(w->out->a, outer, more);
        w->bullet = bullet;
    }
    lines(w, b);
    if (b->span_count == 0 && bullet.n > 0 && b->child_count == 0)
        line(w, (str){0});
    blocks(w, b->children, b->child_count);
    w->margin = outer;
    w->bullet = (str){0};
}

static void list(struct writing *w, const struct block *b)
{
    for (size_t i = 0; i < b->child_count; i++) {
        str bullet = b->ordered ? str_fmt(w->out->a, "%d. ", b->start + (int)i) : S("- ");
        str blank = str_to(S("                "), bullet.n);

        with_margin(w, blank, bullet, &b->children[i]);
    }
}

static void table(struct writing *w, const struct block *b)
{
    lines(w, b);
    for (size_t r = 0; r < b->child_count; r++) {
        const struct block *row = &b->children[r];
        buf out = buf_new(w->out->a, w->out->max);

        for (size_t i = 0; i < row->child_count; i++) {
            const struct block *c = &row->children[i];

            if (i > 0)
                buf_char(&out, '\t');
            buf_add(&out, words(w, c->spans, c->span_count, ' '));
            for (int x = 1; x < c->across && !w->how->search; x++)
                buf_char(&out, '\t');
        }
        margin(w);
        buf_add(w->out, buf_str(&out));
        buf_char(w->out, '\n');
    }
}

static void credit(struct writing *w, str who)
{
    if (who.n > 0)
        line(w, w->how->search ? who : str_fmt(w->out->a, "— %.*s", STR(who)));
}

/* A picture, film or sound: what stands under it. */
static void captioned(struct writing *w, const struct block *b)
{
    text_line(w, b->title);
    if (b->span_count > 0)
        lines(w, b);
    else if (b->alt.n > 0)
        text_line(w, b->alt);
    text_line(w, b->credit);
}

static bool says_something(const struct block *b)
{
    return b->span_count > 0 || b->title.n > 0 || b->alt.n > 0 || b->credit.n > 0 ||
           b->child_count > 0 || b->kind == BLOCK_DIVIDER || b->kind == BLOCK_EMBED;
}

static void place(struct writing *w, const struct block *b)
{
    text_line(w, b->title);
    lines(w, b);
    if (!w->how->search)
        text_line(w, b->address);
}

static void footnote(struct writing *w, const struct block *b)
{
    str s = words(w, b->spans, b->span_count, ' ');

    line(w, b->title.n == 0 ? s : str_fmt(w->out->a, "%.*s %.*s", STR(b->title), STR(s)));
}

static void titled(struct writing *w, const struct block *b)
{
    text_line(w, b->title);
    lines(w, b);
    blocks(w, b->children, b->child_count);
}

static void block(struct writing *w, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_LIST:
        list(w, b);
        break;
    case BLOCK_QUOTE:
    case BLOCK_PULL_QUOTE:
        with_margin(w, S("> "), (str){0}, b);
        credit(w, b->credit);
        break;
    case BLOCK_PICTURE:
    case BLOCK_VIDEO:
    case BLOCK_AUDIO:
        captioned(w, b);
        break;
    case BLOCK_TABLE:
        table(w, b);
        break;
    case BLOCK_EMBED:
        place(w, b);
        break;
    case BLOCK_RELATED:
        text_line(w, b->title);
        break;
    case BLOCK_FOOTNOTE:
        footnote(w, b);
        break;
    case BLOCK_DIVIDER:
        if (!w->how->search)
            line(w, S("* * *"));
        break;
    default:
        titled(w, b);
    }
}

/* Blocks that stand close together: no empty line between them. */
static bool is_close(const struct block *before, const struct block *b)
{
    return before == NULL || b->kind == BLOCK_ITEM || b->kind == BLOCK_LIST ||
           (b->kind == BLOCK_FOOTNOTE && before->kind == BLOCK_FOOTNOTE) ||
           (b->kind == BLOCK_ENTRY && before->kind == BLOCK_ENTRY);
}

static void blocks(struct writing *w, const struct block *b, size_t n)
{
    const struct block *before = NULL;

    for (size_t i = 0; i < n; i++) {
        bool top_list = b[i].kind == BLOCK_LIST && w->margin.n == 0;

        if (!says_something(&b[i]))
            continue;
        if (before != NULL && (top_list || !is_close(before, &b[i])))
            gap(w);
        block(w, &b[i]);
        before = &b[i];
    }
}

void body_write_plain(buf *out, const struct body *b, const struct plain_writer *how)
{
    static const struct plain_writer usual;
    struct writing w = {.out = out, .how = how != NULL ? how : &usual, .from = out->n};

    blocks(&w, b->blocks, b->count);
}
