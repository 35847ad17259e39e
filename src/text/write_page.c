#include "text/write_page.h"

#include "base/utf8.h"
#include "text/shape.h"
#include "text/url.h"

enum { NOTES_MAX = 100 };

struct writing {
    buf *out;
    const struct page_writer *how;
    size_t pictures;                      /* drawn so far */
    size_t galleries;                     /* met so far */
    const struct block *notes[NOTES_MAX]; /* that have a mark */
    bool is_told[NOTES_MAX];              /* the text has referred to it */
    size_t note_count;
    bool in_note;
};

/* --- escaping --------------------------------------------------------------------------------- */

static str entity(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return (str){0};
    }
}

void html_escape(buf *out, str text)
{
    size_t from = 0;

    for (size_t i = 0; i < text.n; i++) {
        str e = entity(text.p[i]);

        if (e.n == 0)
            continue;
        buf_add(out, str_of(text.p + from, i - from));
        buf_add(out, e);
        from = i + 1;
    }
    buf_add(out, str_from(text, from));
}

static void attr(struct writing *w, const char *name, str value)
{
    buf_char(w->out, ' ');
    buf_add(w->out, str_c(name));
    buf_lit(w->out, "=\"");
    html_escape(w->out, value);
    buf_char(w->out, '"');
}

static void attr_int(struct writing *w, const char *name, int64_t n)
{
    buf_char(w->out, ' ');
    buf_add(w->out, str_c(name));
    buf_lit(w->out, "=\"");
    buf_int(w->out, n);
    buf_char(w->out, '"');
}

static void add(struct writing *w, const char *markup)
{
    buf_add(w->out, str_c(markup));
}

static void end(struct writing *w, const char *name)
{
    buf_lit(w->out, "</");
    buf_add(w->out, str_c(name));
    buf_char(w->out, '>');
}

/* "<name class id lang": the caller closes the tag. */
static void begin(struct writing *w, const char *name, const char *class, const struct block *b)
{
    buf_char(w->out, '<');
    add(w, name);
    if (class != NULL)
        attr(w, "class", str_c(class));
    if (!w->how->no_ids && b->id.n > 0) {
        buf_lit(w->out, " id=\"b-");
        buf_add(w->out, b->id);
        buf_char(w->out, '"');
    }
    if (b->language.n > 0)
        attr(w, "lang", b->language);
}

/* --- words ------------------------------------------------------------------------------------ */

static const struct {
    unsigned mark;
    const char *open, *close;
} tags[] = {
    {MARK_STRONG, "<strong>", "</strong>"}, {MARK_EMPHASIS, "<em>", "</em>"},
    {MARK_CODE, "<code>", "</code>"},       {MARK_SUB, "<sub>", "</sub>"},
    {MARK_SUP, "<sup>", "</sup>"},
};

/* --- footnotes: a mark in the text leads down to its note, the note's mark back up --- */

static void find_notes(struct writing *w, const struct body *b)
{
    if (w->how->no_ids)
        return;
    for (size_t i = 0; i < b->count && w->note_count < NOTES_MAX; i++)
        if (b->blocks[i].kind == BLOCK_FOOTNOTE && b->blocks[i].title.n > 0)
            w->notes[w->note_count++] = &b->blocks[i];
}

/* The note that these words refer to, or NOTES_MAX. */
static size_t note_of(const struct writing *w, const struct span *s)
{
    if (w->in_note || (s->marks & MARK_SUP) == 0 || s->link.n > 0)
        return NOTES_MAX;
    for (size_t i = 0; i < w->note_count; i++)
        if (str_eq(w->notes[i]->title, str_trim(s->text)))
            return i;
    return NOTES_MAX;
}

static void span_words(struct writing *w, const struct span *s)
{
    size_t n = note_of(w, s);

    if (n == NOTES_MAX) {
        html_escape(w->out, s->text);
        return;
    }
    buf_fmt(w->out, "<a role=\"doc-noteref\" href=\"#b-%.*s\"", STR(w->notes[n]->id));
    if (!w->is_told[n])
        buf_fmt(w->out, " id=\"r-%.*s\"", STR(w->notes[n]->id));
    w->is_told[n] = true;
    add(w, ">");
    html_escape(w->out, s->text);
    add(w, "</a>");
}

static void span(struct writing *w, const struct span *s)
{
    if (s->marks == MARK_BREAK) {
        add(w, "<br>");
        return;
    }
    if (s->language.n > 0) {
        add(w, "<span");
        attr(w, "lang", s->language);
        add(w, ">");
    }
    for (size_t i = 0; i < LENGTH(tags); i++)
        if ((s->marks & tags[i].mark) != 0)
            add(w, tags[i].open);
    span_words(w, s);
    for (size_t i = LENGTH(tags); i-- > 0;)
        if ((s->marks & tags[i].mark) != 0)
            add(w, tags[i].close);
    if (s->language.n > 0)
        add(w, "</span>");
}

/* A page of ours: "/about#us", not "/media/3/w640.jpg" nor "//elsewhere". */
static bool is_page(str path)
{
    str last = str_from(path, (size_t)(str_find_last(path, '/') + 1));

    return str_starts(path, S("/")) && !str_starts(path, S("//")) && str_find_char(last, '.') < 0;
}

/* Whoever reads an edition stays in it. */
static void link_attr(struct writing *w, str link)
{
    str path = link;
    ptrdiff_t query = str_find_char(path, '?'), fragment;

    if (query >= 0)
        path = str_to(path, (size_t)query);
    fragment = str_find_char(path, '#');
    if (fragment >= 0)
        path = str_to(path, (size_t)fragment);
    if (w->how->ending.n == 0 || !is_page(path)) {
        attr(w, "href", link);
        return;
    }
    add(w, " href=\"");
    html_escape(w->out, path);
    html_escape(w->out, w->how->ending);
    html_escape(w->out, str_from(link, path.n));
    add(w, "\"");
}

/* Neighbours with the same link share it. */
static void spans(struct writing *w, const struct block *b)
{
    str link = {0};

    for (size_t i = 0; i < b->span_count; i++) {
        const struct span *s = &b->spans[i];

        if (!str_eq(s->link, link)) {
            if (link.n > 0)
                add(w, "</a>");
            link = s->link;
            if (link.n > 0) {
                add(w, "<a");
                link_attr(w, link);
                add(w, ">");
            }
        }
        span(w, s);
    }
    if (link.n > 0)
        add(w, "</a>");
}

static void blocks(struct writing *w, const struct block *b, size_t n);

static void children(struct writing *w, const struct block *b)
{
    blocks(w, b->children, b->child_count);
}

/* --- pictures, films, sounds -------------------------------------------------------------------
 */

static bool find_media(struct writing *w, int64_t id, struct page_media *m)
{
    *m = (struct page_media){0};
    return id != 0 && w->how->media != NULL && w->how->media(w->how->of, id, m);
}

static bool is_drawn(struct writing *w, const struct block *b)
{
    struct page_media m;

    return w->how->unresolved || find_media(w, b->media, &m);
}

/* A part of a caption; what the library filled in says so. */
static void part(struct writing *w, const char *class, const struct block *b, str filled)
{
    bool own = class[1] == 'a' ? b->span_count > 0 : b->credit.n > 0; /* "caption", "credit" */

    if (!own && filled.n == 0)
        return;
    add(w, "<span");
    attr(w, "class", str_c(class));
    add(w, own ? ">" : " data-filled>");
    if (!own)
        html_escape(w->out, filled);
    else if (class[1] == 'a')
        spans(w, b);
    else
        html_escape(w->out, b->credit);
    add(w, "</span>");
}

static void caption(struct writing *w, const struct block *b, const struct page_media *m)
{
    bool title = b->title.n > 0, words = b->span_count > 0 || m->caption.n > 0;
    bool credit = b->credit.n > 0 || m->credit.n > 0;

    if (!title && !words && !credit)
        return;
    add(w, "<figcaption>");
    if (title) {
        add(w, "<b class=\"media-title\">");
        html_escape(w->out, b->title);
        add(w, words || credit ? "</b> " : "</b>");
    }
    part(w, "caption", b, m->caption);
    if (words && credit)
        add(w, " ");
    part(w, "credit", b, m->credit);
    add(w, "</figcaption>");
}

static void picture_sources(struct writing *w, const struct page_media *m, str sizes)
{
    for (size_t i = 0; i < m->source_count; i++) {
        add(w, "<source");
        attr(w, "type", m->sources[i].type);
        attr(w, "srcset", m->sources[i].srcset);
        attr(w, "sizes", sizes.n > 0 ? sizes : S("100vw"));
        add(w, ">");
    }
}

static void picture_image(struct writing *w, const struct block *b, const struct page_media *m)
{
    bool eager = w->how->eager_first && w->pictures == 0;

    w->pictures++;
    add(w, "<picture>");
    picture_sources(w, m, m->sizes);
    add(w, "<img");
    attr(w, "src", m->src);
    attr(w, "alt", b->alt.n > 0 ? b->alt : m->alt);
    if (b->alt.n == 0)
        add(w, " data-filled");
    if (m->width > 0 && m->height > 0) {
        attr_int(w, "width", m->width);
        attr_int(w, "height", m->height);
    }
    if (m->colour.n > 0)
        attr(w, "data-colour", m->colour);
    add(w, eager ? " fetchpriority=\"high\" decoding=\"async\">"
                 : " loading=\"lazy\" decoding=\"async\">");
    add(w, "</picture>");
}

/* The figure's own attributes, also for what cannot be drawn. */
static void begin_figure(struct writing *w, const char *class, const struct block *b, bool found)
{
    begin(w, "figure", class, b);
    if (b->media != 0)
        attr_int(w, "data-media", b->media);
    if (!found) {
        if (b->address.n > 0)
            attr(w, "data-address", b->address);
        if (b->alt.n > 0)
            attr(w, "data-alt", b->alt);
        if (b->width > 0) {
            attr_int(w, "data-width", b->width);
            attr_int(w, "data-height", b->height);
        }
    }
    add(w, ">");
}

static str called(str words, str english)
{
    return words.n > 0 ? words : english;
}

/* What stands in the page's language where the story is in another. */
static void in_words_language(struct writing *w)
{
    if (w->how->words.language.n == 0)
        return;
    attr(w, "lang", w->how->words.language);
    attr(w, "dir", w->how->words.direction);
}

/* In place of a picture or film: a link with the words that say what it shows. */
static void link_to(struct writing *w, const struct block *b, const struct page_media *m, str src,
                    str otherwise)
{
    str words = b->title.n > 0 ? b->title : b->alt.n > 0 ? b->alt : m->alt;

    add(w, "<a");
    attr(w, "href", src);
    add(w, ">");
    html_escape(w->out, words.n > 0 ? words : otherwise);
    add(w, "</a>");
}

static void picture(struct writing *w, const struct block *b)
{
    struct page_media m;
    bool found = find_media(w, b->media, &m);

    if (!found && !w->how->unresolved)
        return;
    begin_figure(w, "picture", b, found);
    if (found && w->how->links_only)
        link_to(w, b, &m, m.src, called(w->how->words.picture, S("Picture")));
    else if (found)
        picture_image(w, b, &m);
    caption(w, b, &m);
    add(w, "</figure>");
}

/* What is said in a film, for those who cannot or would not hear it. */
static void transcript(struct writing *w, const struct page_media *m)
{
    if (m->transcript_count == 0)
        return;
    add(w, "<details class=\"transcript\"><summary");
    in_words_language(w);
    add(w, ">");
    html_escape(w->out, called(w->how->words.transcript, S("Transcript")));
    add(w, "</summary><div");
    if (m->transcript_language.n > 0)
        attr(w, "lang", m->transcript_language);
    if (m->transcript_direction.n > 0)
        attr(w, "dir", m->transcript_direction);
    add(w, ">");
    for (size_t i = 0; i < m->transcript_count; i++) {
        add(w, "<p>");
        html_escape(w->out, m->transcript[i]);
        add(w, "</p>");
    }
    add(w, "</div></details>");
}

static void film_sources(struct writing *w, const struct page_media *m)
{
    for (size_t i = 0; i < m->source_count; i++) {
        add(w, "<source");
        attr(w, "src", m->sources[i].srcset);
        attr(w, "type", m->sources[i].type);
        add(w, ">");
    }
    for (size_t i = 0; i < m->track_count; i++) {
        add(w, "<track kind=\"captions\"");
        attr(w, "src", m->tracks[i].src);
        attr(w, "srclang", m->tracks[i].language);
        attr(w, "label", m->tracks[i].label);
        add(w, ">");
    }
}

/* Nothing plays, or is even loaded, before somebody asks for it. */
static void player(struct writing *w, const struct block *b, const struct page_media *m)
{
    const char *name = b->kind == BLOCK_VIDEO ? "video" : "audio";
    str called = b->title.n > 0 ? b->title : b->alt.n > 0 ? b->alt : m->alt;

    buf_fmt(w->out, "<%s controls preload=\"none\"", name);
    if (called.n > 0)
        attr(w, "aria-label", called);
    if (b->kind == BLOCK_VIDEO && m->src.n > 0)
        attr(w, "poster", m->src);
    if (b->kind == BLOCK_VIDEO && m->width > 0 && m->height > 0) {
        attr_int(w, "width", m->width);
        attr_int(w, "height", m->height);
    }
    add(w, ">");
    film_sources(w, m);
    end(w, name);
    if (m->length.n > 0) {
        add(w, "<p class=\"length\"");
        in_words_language(w);
        add(w, ">");
        html_escape(w->out, m->length);
        add(w, "</p>");
    }
}

static void film(struct writing *w, const struct block *b)
{
    const char *name = b->kind == BLOCK_VIDEO ? "video" : "audio";
    struct page_media m;
    bool found = find_media(w, b->media, &m);

    if (!found && !w->how->unresolved)
        return;
    begin_figure(w, name, b, found);
    if (found && w->how->links_only) {
        link_to(w, b, &m, m.source_count > 0 ? m.sources[0].srcset : m.src,
                b->kind == BLOCK_VIDEO ? called(w->how->words.film, S("Film"))
                                       : called(w->how->words.sound, S("Sound")));
        if (m.clock.n > 0) {
            add(w, " (");
            html_escape(w->out, m.clock);
            add(w, ")");
        }
    } else if (found) {
        player(w, b, &m);
    }
    if (found)
        transcript(w, &m);
    caption(w, b, &m);
    add(w, "</figure>");
}

static size_t drawn_pictures(struct writing *w, const struct block *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->child_count; i++)
        n += is_drawn(w, &b->children[i]);
    return n;
}

static void gallery_link(struct writing *w, const struct page_gallery *to, size_t picture)
{
    add(w, "<a href=\"");
    html_escape(w->out, to->address);
    if (picture > 0)
        buf_fmt(w->out, "/%zu", picture);
    html_escape(w->out, to->ending);
    add(w, "\">");
}

/* One of the strip: what it shows is said by its own page, and by the picture's words. */
static void strip_picture(struct writing *w, const struct block *b, const struct page_media *m,
                          const struct page_gallery *to, size_t picture)
{
    add(w, "<li>");
    gallery_link(w, to, picture);
    add(w, "<picture>");
    picture_sources(w, m, S("7rem"));
    add(w, "<img");
    attr(w, "src", m->src);
    attr(w, "alt", b->alt.n > 0 ? b->alt : m->alt);
    add(w, " width=\"112\" height=\"84\" loading=\"lazy\" decoding=\"async\"></picture></a></li>");
}

/* The first picture large, with its words; the next few small; all of them at their own address. */
static void gallery_parts(struct writing *w, const struct block *b, const struct page_gallery *to)
{
    enum { STRIP = 5 };
    struct page_media m;
    size_t shown = 0;

    for (size_t i = 0; i < b->child_count && shown <= STRIP; i++) {
        if (!find_media(w, b->children[i].media, &m))
            continue;
        if (shown++ == 0) {
            begin_figure(w, "picture", &b->children[i], true);
            gallery_link(w, to, i + 1);
            picture_image(w, &b->children[i], &m);
            add(w, "</a>");
            caption(w, &b->children[i], &m);
            add(w, "</figure><ul class=\"gallery-strip\">");
        } else {
            strip_picture(w, &b->children[i], &m, to, i + 1);
        }
    }
    add(w, "</ul>");
}

static void gallery(struct writing *w, const struct block *b)
{
    struct page_gallery to;
    size_t number = ++w->galleries, pictures = drawn_pictures(w, b);
    bool apart = pictures > 1 && w->how->gallery != NULL &&
                 w->how->gallery(w->how->of, number, pictures, &to);

    if (pictures == 0)
        return;
    begin(w, "div", apart ? "gallery apart" : "gallery", b);
    if (b->title.n > 0) {
        add(w, " role=\"group\"");
        attr(w, "aria-label", b->title);
        add(w, "><p class=\"gallery-title\">");
        html_escape(w->out, b->title);
        add(w, "</p>");
    } else {
        add(w, ">");
    }
    if (!apart) {
        children(w, b);
    } else {
        if (!w->how->links_only)
            gallery_parts(w, b, &to);
        add(w, "<p class=\"gallery-all\"");
        in_words_language(w);
        add(w, ">");
        gallery_link(w, &to, 0);
        html_escape(w->out, to.all);
        add(w, "</a></p>");
    }
    add(w, "</div>");
}

/* --- blocks of words -------------------------------------------------------------------------- */

static void simple(struct writing *w, const char *name, const struct block *b)
{
    begin(w, name, NULL, b);
    add(w, ">");
    spans(w, b);
    end(w, name);
}

static void heading(struct writing *w, const struct block *b)
{
    int level = b->level + w->how->level_down;
    char name[3] = {'h', (char)('0' + (level > 6 ? 6 : level)), '\0'};

    simple(w, name, b);
}

static void list(struct writing *w, const struct block *b)
{
    begin(w, b->ordered ? "ol" : "ul", NULL, b);
    if (b->ordered && b->start > 1)
        attr_int(w, "start", b->start);
    add(w, ">");
    children(w, b);
    add(w, b->ordered ? "</ol>" : "</ul>");
}

static void item(struct writing *w, const struct block *b)
{
    begin(w, "li", NULL, b);
    add(w, ">");
    spans(w, b);
    children(w, b);
    add(w, "</li>");
}

static void said_by(struct writing *w, const struct block *b)
{
    if (b->credit.n > 0) {
        add(w, "<figcaption>");
        html_escape(w->out, b->credit);
        add(w, "</figcaption>");
    }
}

static void quote(struct writing *w, const struct block *b)
{
    bool pull = b->kind == BLOCK_PULL_QUOTE;

    begin(w, "figure", pull ? "pull-quote" : "quote", b);
    add(w, pull ? "><blockquote><p>" : "><blockquote>");
    spans(w, b);
    children(w, b);
    add(w, pull ? "</p></blockquote>" : "</blockquote>");
    said_by(w, b);
    add(w, "</figure>");
}

static void fact_box(struct writing *w, const struct block *b)
{
    bool named = b->title.n > 0 && !w->how->no_ids;

    begin(w, "aside", "fact-box", b);
    if (named)
        buf_fmt(w->out, " aria-labelledby=\"b-%.*s-title\"", STR(b->id));
    else if (b->title.n > 0)
        attr(w, "aria-label", b->title);
    add(w, ">");
    if (b->title.n > 0) {
        add(w, "<p class=\"fact-box-title\"");
        if (named)
            buf_fmt(w->out, " id=\"b-%.*s-title\"", STR(b->id));
        add(w, ">");
        html_escape(w->out, b->title);
        add(w, "</p>");
    }
    children(w, b);
    add(w, "</aside>");
}

static bool is_told(const struct writing *w, const struct block *b)
{
    for (size_t i = 0; i < w->note_count; i++)
        if (w->notes[i] == b)
            return w->is_told[i];
    return false;
}

static void footnote_mark(struct writing *w, const struct block *b)
{
    bool leads = is_told(w, b);

    add(w, "<b class=\"footnote-mark\">");
    if (leads) {
        buf_fmt(w->out, "<a role=\"doc-backlink\" href=\"#r-%.*s\" aria-label=\"", STR(b->id));
        html_escape(w->out, b->title);
        add(w, ": ");
        html_escape(w->out, called(w->how->words.back, S("back to the text")));
        add(w, "\">");
    }
    html_escape(w->out, b->title);
    add(w, leads ? "</a></b> " : "</b> ");
}

static void footnote(struct writing *w, const struct block *b)
{
    begin(w, "p", "footnote", b);
    add(w, ">");
    if (b->title.n > 0)
        footnote_mark(w, b);
    w->in_note = true;
    spans(w, b);
    w->in_note = false;
    add(w, "</p>");
}

static void timeline(struct writing *w, const struct block *b)
{
    begin(w, "div", "timeline", b);
    add(w, ">");
    if (b->title.n > 0) {
        add(w, "<p class=\"timeline-title\">");
        html_escape(w->out, b->title);
        add(w, "</p>");
    }
    add(w, "<ol>");
    children(w, b);
    add(w, "</ol></div>");
}

static void entry(struct writing *w, const struct block *b)
{
    begin(w, "li", NULL, b);
    add(w, ">");
    if (b->title.n > 0) {
        add(w, "<p class=\"timeline-when\">");
        html_escape(w->out, b->title);
        add(w, "</p>");
    }
    if (b->span_count > 0) {
        add(w, "<p class=\"timeline-what\">");
        spans(w, b);
        add(w, "</p>");
    }
    children(w, b);
    add(w, "</li>");
}

/* --- tables ----------------------------------------------------------------------------------- */

/* How many rows at the top are headers through and through, with no cell that reaches below them.
 */
static size_t head_rows(const struct block *t)
{
    size_t head = 0;

    for (size_t r = 0; r < t->child_count; r++, head++)
        for (size_t i = 0; i < t->children[r].child_count; i++)
            if (!t->children[r].children[i].header)
                goto found;
found:
    if (head == t->child_count)
        return 0; /* a table of headers alone has no head */
    for (size_t r = 0; r < head; r++)
        for (size_t i = 0; i < t->children[r].child_count; i++)
            if (r + (size_t)t->children[r].children[i].down > head) {
                head = r;
                break;
            }
    return head;
}

static bool belongs_to_figures(uint32_t c)
{
    static const uint32_t others[] = {'.',    ',', ':',    '%',    '+',    '-',    '(',
                                      ')',    '$', 0x00a3, 0x00a5, 0x20ac, 0x2212, 0x2013,
                                      0x2014, ' ', 0x00a0, 0x2009, 0x202f};

    for (size_t i = 0; i < LENGTH(others); i++)
        if (c == others[i])
            return true;
    return false;
}

/* Is there nothing but figures in a cell, or nothing? */
static bool is_figures(const struct block *cell, bool *has_digits)
{
    for (size_t i = 0; i < cell->span_count; i++) {
        str rest = cell->spans[i].text;

        for (uint32_t c; (c = utf8_next(&rest)) != 0;)
            if (c >= '0' && c <= '9')
                *has_digits = true;
            else if (!belongs_to_figures(c))
                return false;
    }
    return !cell->header;
}

/* The columns, a bit each, that have nothing but figures below their heads: these stand at the end,
 * tens under tens.  Never the first, which names the row; none where cells span others.
 */
static uint64_t figure_columns(const struct block *t, size_t head)
{
    uint64_t figures = 0, words = 1;

    for (size_t r = 0; r < t->child_count; r++)
        for (size_t i = 0; i < t->children[r].child_count; i++) {
            const struct block *c = &t->children[r].children[i];
            bool has_digits = false;

            if (c->across > 1 || c->down > 1)
                return 0;
            if (r < head || i >= 64)
                continue;
            if (!is_figures(c, &has_digits))
                words |= 1ull << i;
            else if (has_digits)
                figures |= 1ull << i;
        }
    return figures & ~words;
}

static void row(struct writing *w, const struct block *b, bool head, uint64_t figures)
{
    begin(w, "tr", NULL, b);
    add(w, ">");
    for (size_t i = 0; i < b->child_count; i++) {
        const struct block *c = &b->children[i];

        begin(w, c->header ? "th" : "td", i < 64 && (figures >> i & 1) ? "number" : NULL, c);
        if (c->header)
            add(w, head ? " scope=\"col\"" : " scope=\"row\"");
        if (c->across > 1)
            attr_int(w, "colspan", c->across);
        if (c->down > 1)
            attr_int(w, "rowspan", c->down);
        add(w, ">");
        spans(w, c);
        add(w, c->header ? "</th>" : "</td>");
    }
    add(w, "</tr>");
}

static void rows(struct writing *w, const struct block *b, size_t head)
{
    uint64_t figures = figure_columns(b, head);

    if (head > 0) {
        add(w, "<thead>");
        for (size_t i = 0; i < head; i++)
            row(w, &b->children[i], true, figures);
        add(w, "</thead>");
    }
    add(w, "<tbody>");
    for (size_t i = head; i < b->child_count; i++)
        row(w, &b->children[i], false, figures);
    add(w, "</tbody>");
}

static void table(struct writing *w, const struct block *b)
{
    bool named = b->span_count > 0 && !w->how->no_ids;

    begin(w, "div", "table-scroll", b);
    add(w, " tabindex=\"0\"");
    if (named) {
        buf_fmt(w->out, " role=\"region\" aria-labelledby=\"b-%.*s-caption\"", STR(b->id));
    } else {
        add(w, " role=\"group\"");
        attr(w, "aria-label", called(w->how->words.table, S("Table")));
    }
    add(w, "><table>");
    if (b->span_count > 0) {
        add(w, "<caption");
        if (named)
            buf_fmt(w->out, " id=\"b-%.*s-caption\"", STR(b->id));
        add(w, ">");
        spans(w, b);
        add(w, "</caption>");
    }
    rows(w, b, head_rows(b));
    add(w, "</table></div>");
}

/* --- what leads elsewhere --------------------------------------------------------------------- */

static void embed(struct writing *w, const struct block *b)
{
    begin(w, "figure", "embed", b);
    add(w, ">");
    if (b->span_count > 0) {
        add(w, "<blockquote><p>");
        spans(w, b);
        add(w, "</p></blockquote>");
    }
    add(w, "<figcaption><a");
    attr(w, "href", b->address);
    add(w,
        b->title.n > 0 ? " rel=\"external noopener\">" : " rel=\"external noopener\" data-filled>");
    html_escape(w->out, b->title.n > 0 ? b->title : url_site(b->address));
    add(w, "</a>");
    if (b->credit.n > 0) {
        add(w, " <span class=\"credit\">");
        html_escape(w->out, b->credit);
        add(w, "</span>");
    }
    add(w, "</figcaption></figure>");
}

static void related(struct writing *w, const struct block *b)
{
    struct page_story s = {.address = b->address, .headline = b->address};
    bool found =
        b->story == 0 || (w->how->story != NULL && w->how->story(w->how->of, b->story, &s));

    if (!found && !w->how->unresolved)
        return;
    begin(w, "p", "related", b);
    if (b->story != 0)
        attr_int(w, "data-story", b->story);
    if (!found && b->title.n == 0)
        add(w, " data-filled");
    add(w, ">");
    if (found) {
        add(w, "<a");
        attr(w, "href", s.address);
        add(w, b->title.n > 0 ? ">" : " data-filled>");
    }
    html_escape(w->out, b->title.n > 0 ? b->title : s.headline);
    add(w, found ? "</a></p>" : "</p>");
}

/* --- everything ------------------------------------------------------------------------------- */

static void block(struct writing *w, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        simple(w, "p", b);
        break;
    case BLOCK_HEADING:
        heading(w, b);
        break;
    case BLOCK_LIST:
        list(w, b);
        break;
    case BLOCK_ITEM:
        item(w, b);
        break;
    case BLOCK_QUOTE:
    case BLOCK_PULL_QUOTE:
        quote(w, b);
        break;
    case BLOCK_PICTURE:
        picture(w, b);
        break;
    case BLOCK_GALLERY:
        gallery(w, b);
        break;
    case BLOCK_VIDEO:
    case BLOCK_AUDIO:
        film(w, b);
        break;
    case BLOCK_FACT_BOX:
        fact_box(w, b);
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
        begin(w, "hr", NULL, b);
        add(w, ">");
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

void body_write_page(buf *out, const struct body *b, const struct page_writer *how)
{
    struct writing w = {.out = out, .how = how};

    find_notes(&w, b);
    blocks(&w, b->blocks, b->count);
}

void body_write_page_opening(buf *out, const struct body *b, const struct page_writer *how,
                             size_t words)
{
    struct writing w = {.out = out, .how = how};
    size_t said = 0;

    for (size_t i = 0; i < b->count; i++) {
        struct body one = {&b->blocks[i], 1};

        said += body_words(&one);
        if (said > words && i > 0)
            return;
        if (said <= words || b->blocks[i].kind == BLOCK_PARAGRAPH)
            block(&w, &b->blocks[i]);
    }
}
