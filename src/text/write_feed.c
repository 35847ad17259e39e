#include "text/write_feed.h"

#include "text/shape.h"
#include "text/url.h"

struct writing {
    buf *out;
    const struct feed_writer *how;
};

static void add(struct writing *w, const char *markup)
{
    buf_add(w->out, str_c(markup));
}

static void text(struct writing *w, str s)
{
    html_escape(w->out, s);
}

static void attr(struct writing *w, const char *name, str value)
{
    buf_fmt(w->out, " %s=\"", name);
    text(w, value);
    buf_char(w->out, '"');
}

static void attr_int(struct writing *w, const char *name, int n)
{
    buf_fmt(w->out, " %s=\"%d\"", name, n);
}

static str absolute(struct writing *w, str address)
{
    return url_join(w->out->a, w->how->base, address);
}

static void begin(struct writing *w, const char *name, const struct block *b)
{
    buf_char(w->out, '<');
    add(w, name);
    if (b->language.n > 0)
        attr(w, "lang", b->language);
}

static void end(struct writing *w, const char *name)
{
    buf_fmt(w->out, "</%s>", name);
}

/* --- words ------------------------------------------------------------------------------------ */

static const struct {
    unsigned mark;
    const char *name;
} tags[] = {
    {MARK_STRONG, "strong"}, {MARK_EMPHASIS, "em"}, {MARK_CODE, "code"},
    {MARK_SUB, "sub"},       {MARK_SUP, "sup"},
};

static void span(struct writing *w, const struct span *s)
{
    str link = s->link.n > 0 ? absolute(w, s->link) : (str){0};

    if (s->marks == MARK_BREAK) {
        add(w, "<br/>");
        return;
    }
    if (link.n > 0) {
        add(w, "<a");
        attr(w, "href", link);
        add(w, ">");
    }
    if (s->language.n > 0) {
        add(w, "<span");
        attr(w, "lang", s->language);
        add(w, ">");
    }
    for (size_t i = 0; i < LENGTH(tags); i++)
        if ((s->marks & tags[i].mark) != 0)
            buf_fmt(w->out, "<%s>", tags[i].name);
    text(w, s->text);
    for (size_t i = LENGTH(tags); i-- > 0;)
        if ((s->marks & tags[i].mark) != 0)
            end(w, tags[i].name);
    if (s->language.n > 0)
        add(w, "</span>");
    if (link.n > 0)
        add(w, "</a>");
}

static void spans(struct writing *w, const struct block *b)
{
    for (size_t i = 0; i < b->span_count; i++)
        span(w, &b->spans[i]);
}

static void blocks(struct writing *w, const struct block *b, size_t n);

static void element(struct writing *w, const char *name, const struct block *b)
{
    begin(w, name, b);
    add(w, ">");
    spans(w, b);
    blocks(w, b->children, b->child_count);
    end(w, name);
}

static void strong_line(struct writing *w, str s)
{
    if (s.n > 0) {
        add(w, "<p><strong>");
        text(w, s);
        add(w, "</strong></p>");
    }
}

/* --- pictures, films, sounds -------------------------------------------------------------------
 */

static void caption(struct writing *w, const struct block *b, const struct page_media *m)
{
    str credit = b->credit.n > 0 ? b->credit : m->credit;

    if (b->title.n == 0 && b->span_count == 0 && m->caption.n == 0 && credit.n == 0)
        return;
    add(w, "<figcaption>");
    if (b->title.n > 0) {
        add(w, "<strong>");
        text(w, b->title);
        add(w, "</strong> ");
    }
    if (b->span_count > 0)
        spans(w, b);
    else
        text(w, m->caption);
    if (credit.n > 0) {
        add(w, " <small>");
        text(w, credit);
        add(w, "</small>");
    }
    add(w, "</figcaption>");
}

static void picture(struct writing *w, const struct block *b, const struct page_media *m)
{
    add(w, "<img");
    attr(w, "src", absolute(w, m->src));
    attr(w, "alt", b->alt.n > 0 ? b->alt : m->alt);
    if (m->width > 0 && m->height > 0) {
        attr_int(w, "width", m->width);
        attr_int(w, "height", m->height);
    }
    add(w, "/>");
}

static void film(struct writing *w, const struct block *b, const struct page_media *m)
{
    const char *name = b->kind == BLOCK_VIDEO ? "video" : "audio";

    buf_fmt(w->out, "<%s controls=\"controls\" preload=\"none\"", name);
    if (b->kind == BLOCK_VIDEO && m->src.n > 0)
        attr(w, "poster", absolute(w, m->src));
    add(w, ">");
    for (size_t i = 0; i < m->source_count; i++) {
        add(w, "<source");
        attr(w, "src", absolute(w, m->sources[i].srcset));
        attr(w, "type", m->sources[i].type);
        add(w, "/>");
    }
    end(w, name);
}

static void media(struct writing *w, const struct block *b)
{
    struct page_media m = {0};

    if (b->media == 0 || w->how->media == NULL || !w->how->media(w->how->of, b->media, &m))
        return;
    begin(w, "figure", b);
    add(w, ">");
    if (b->kind == BLOCK_PICTURE)
        picture(w, b, &m);
    else
        film(w, b, &m);
    caption(w, b, &m);
    add(w, "</figure>");
}

/* --- the others ------------------------------------------------------------------------------- */

static void list(struct writing *w, const struct block *b)
{
    begin(w, b->ordered ? "ol" : "ul", b);
    if (b->ordered && b->start > 1)
        attr_int(w, "start", b->start);
    add(w, ">");
    blocks(w, b->children, b->child_count);
    end(w, b->ordered ? "ol" : "ul");
}

static void quote(struct writing *w, const struct block *b)
{
    begin(w, "blockquote", b);
    add(w, b->span_count > 0 ? "><p>" : ">");
    spans(w, b);
    if (b->span_count > 0)
        add(w, "</p>");
    blocks(w, b->children, b->child_count);
    if (b->credit.n > 0) {
        add(w, "<footer>");
        text(w, b->credit);
        add(w, "</footer>");
    }
    add(w, "</blockquote>");
}

static void table(struct writing *w, const struct block *b)
{
    begin(w, "table", b);
    add(w, ">");
    if (b->span_count > 0) {
        add(w, "<caption>");
        spans(w, b);
        add(w, "</caption>");
    }
    add(w, "<tbody>");
    for (size_t r = 0; r < b->child_count; r++) {
        const struct block *row = &b->children[r];

        begin(w, "tr", row);
        add(w, ">");
        for (size_t i = 0; i < row->child_count; i++) {
            const struct block *c = &row->children[i];

            begin(w, c->header ? "th" : "td", c);
            if (c->across > 1)
                attr_int(w, "colspan", c->across);
            if (c->down > 1)
                attr_int(w, "rowspan", c->down);
            add(w, ">");
            spans(w, c);
            end(w, c->header ? "th" : "td");
        }
        add(w, "</tr>");
    }
    add(w, "</tbody></table>");
}

static void entry(struct writing *w, const struct block *b)
{
    begin(w, "li", b);
    add(w, ">");
    strong_line(w, b->title);
    if (b->span_count > 0) {
        add(w, "<p>");
        spans(w, b);
        add(w, "</p>");
    }
    blocks(w, b->children, b->child_count);
    add(w, "</li>");
}

static void timeline(struct writing *w, const struct block *b)
{
    strong_line(w, b->title);
    begin(w, "ul", b);
    add(w, ">");
    blocks(w, b->children, b->child_count);
    add(w, "</ul>");
}

static void link_to(struct writing *w, str address, str words)
{
    add(w, "<a");
    attr(w, "href", address);
    add(w, ">");
    text(w, words);
    add(w, "</a>");
}

static void embed(struct writing *w, const struct block *b)
{
    begin(w, "blockquote", b);
    add(w, ">");
    if (b->span_count > 0) {
        add(w, "<p>");
        spans(w, b);
        add(w, "</p>");
    }
    add(w, "<p>");
    link_to(w, b->address, b->title.n > 0 ? b->title : url_site(b->address));
    if (b->credit.n > 0 && b->title.n > 0) {
        add(w, " ");
        text(w, b->credit);
    }
    add(w, "</p></blockquote>");
}

static void related(struct writing *w, const struct block *b)
{
    struct page_story s = {b->address, b->address};

    if (b->story != 0 && (w->how->story == NULL || !w->how->story(w->how->of, b->story, &s)))
        return;
    begin(w, "p", b);
    add(w, ">");
    link_to(w, absolute(w, s.address), b->title.n > 0 ? b->title : s.headline);
    add(w, "</p>");
}

static void footnote(struct writing *w, const struct block *b)
{
    begin(w, "p", b);
    add(w, ">");
    if (b->title.n > 0) {
        add(w, "<sup>");
        text(w, b->title);
        add(w, "</sup> ");
    }
    spans(w, b);
    add(w, "</p>");
}

static void block(struct writing *w, const struct block *b)
{
    char heading[3] = {'h', (char)('0' + b->level), '\0'};

    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        element(w, "p", b);
        break;
    case BLOCK_HEADING:
        element(w, heading, b);
        break;
    case BLOCK_LIST:
        list(w, b);
        break;
    case BLOCK_ITEM:
        element(w, "li", b);
        break;
    case BLOCK_QUOTE:
    case BLOCK_PULL_QUOTE:
        quote(w, b);
        break;
    case BLOCK_PICTURE:
    case BLOCK_VIDEO:
    case BLOCK_AUDIO:
        media(w, b);
        break;
    case BLOCK_GALLERY:
    case BLOCK_FACT_BOX:
        strong_line(w, b->title);
        blocks(w, b->children, b->child_count);
        break;
    case BLOCK_TABLE:
        table(w, b);
        break;
    case BLOCK_TIMELINE:
        timeline(w, b);
        break;
    case BLOCK_ENTRY:
        entry(w, b);
        break;
    case BLOCK_EMBED:
        embed(w, b);
        break;
    case BLOCK_RELATED:
        related(w, b);
        break;
    case BLOCK_FOOTNOTE:
        footnote(w, b);
        break;
    case BLOCK_DIVIDER:
        add(w, "<hr/>");
        break;
    case BLOCK_ROW:
    case BLOCK_CELL:
    case BLOCK_KINDS:
        break; /* a table writes them */
    }
}

static void blocks(struct writing *w, const struct block *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        block(w, &b[i]);
}

void body_write_feed(buf *out, const struct body *b, const struct feed_writer *how)
{
    struct writing w = {out, how};

    blocks(&w, b->blocks, b->count);
}
