#include "wire/page/page.h"

#include "base/utf8.h"
#include "text/url.h"
#include "wire/item/byline.h"
#include "wire/item/wire_body.h"
#include "wire/page/furniture.h"

/*
 * Running text is weighed block by block: its letters and commas count, words in links do not.  The
 * article is the smallest element that holds most of that weight; inside it, what is furniture by
 * its name or by being mostly links is left out.
 */

static const char *const inlines =
    "|a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|nobr|"
    "picture|q|s|samp|small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|wbr|";

static const char *const never =
    "|script|style|noscript|template|svg|button|input|select|textarea|option|nav|menu|dialog|"
    "object|embed|applet|canvas|link|meta|";

static bool among(str name, const char *list)
{
    char word[40];

    if (name.n == 0 || name.n + 3 > sizeof word)
        return false;
    word[0] = '|';
    memcpy(word + 1, name.p, name.n);
    memcpy(word + name.n + 1, "|", 2);
    return strstr(list, word) != NULL;
}

static bool is_block(const struct page_node *n)
{
    return n->name.n > 0 && !among(n->name, inlines);
}

static bool is_hidden(const struct page_node *n)
{
    str style = page_attr(n, "style");

    for (size_t i = 0; i < n->attr_count; i++)
        if (str_eq(n->attrs[i].name, S("hidden")))
            return true;
    if (str_eq_nocase(page_attr(n, "aria-hidden"), S("true")) && !page_is(n, "img"))
        return !page_called(n, "|fallback|math|mwe|");
    return str_find_nocase(style, S("display:none")) >= 0 ||
           str_find_nocase(style, S("display: none")) >= 0 ||
           str_find_nocase(style, S("visibility:hidden")) >= 0 ||
           str_find_nocase(style, S("visibility: hidden")) >= 0;
}

static bool is_named_furniture(const struct page_node *n)
{
    static const char *const where[] = {"class", "id", "role"};

    for (size_t i = 0; i < LENGTH(where); i++) {
        str rest = str_to(page_attr(n, where[i]), 1000), word;
        while (str_cut(&rest, ' ', &word)) {
            str piece;
            while (str_cut(&word, '-', &piece)) {
                str half;
                while (str_cut(&piece, '_', &half))
                    if (furniture_word(half))
                        return true;
            }
        }
    }
    return false;
}

struct weight {
    size_t letters, linked, commas;
};

static void weigh_text(const struct page_node *n, bool in_link, struct weight *w)
{
    for (size_t i = 0; i < n->text.n; i++) {
        char c = n->text.p[i];
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';

        w->letters += !space;
        w->linked += !space && in_link;
        w->commas += c == ',' || ((unsigned char)c == 0xE3 && i + 2 < n->text.n &&
                                  (unsigned char)n->text.p[i + 1] == 0x80 &&
                                  (unsigned char)n->text.p[i + 2] <= 0x82);
    }
}

static double worth(const struct page_node *n, struct weight own)
{
    double density = own.letters == 0 ? 1 : (double)own.linked / (double)own.letters;
    double length = (double)own.letters / 100;

    if (own.letters < 25 || density > 0.6 || among(n->name, "|h1|h2|h3|h4|h5|h6|figcaption|"))
        return 0;
    double mass = (1 + (double)own.commas + (length > 4 ? 4 : length)) * (1 - density);
    return among(n->name, "|li|dd|dt|td|th|") ? mass / 2 : mass;
}

/* Weigh `n` and what is inside; words belong to the nearest block around them. */
static void weigh(struct page_node *n, bool in_link, struct weight *around)
{
    struct weight own = {0}, *mine = is_block(n) ? &own : around;

    for (struct page_node *c = n->first; c != NULL; c = c->next) {
        if (c->name.n == 0) {
            struct weight text = {0};

            weigh_text(c, in_link, &text);
            mine->letters += text.letters;
            mine->linked += text.linked;
            mine->commas += text.commas;
            c->letters = text.letters;
            c->linked = text.linked;
        } else if (!c->out) {
            weigh(c, in_link || page_is(c, "a"), mine);
        }
        n->letters += c->letters;
        n->linked += c->linked;
        n->mass += c->mass;
    }
    if (is_block(n))
        n->mass += worth(n, own);
}

static void clear(struct page_node *root)
{
    for (struct page_node *n = root; n != NULL; n = page_next(n, root)) {
        n->letters = n->linked = 0;
        n->mass = 0;
    }
}

static bool holds(struct page_node *of, const char *names)
{
    for (struct page_node *n = of; n != NULL; n = page_next(n, of))
        if (among(n->name, names))
            return true;
    return false;
}

/* Leave out what is never an article; what is only named like furniture stays where it holds most
 * of the page's text. */
static void mark_furniture(struct page_node *root, double total)
{
    for (struct page_node *n = root; n != NULL;) {
        bool top = among(n->name, "|html|body|article|main|figure|img|figcaption|picture|");

        if (among(n->name, never) || (n->name.n > 0 && is_hidden(n)))
            n->out = true;
        else if (page_is(n, "footer") || (page_is(n, "header") && !holds(n, "|figure|img|")))
            n->out = n->mass < 0.4 * total;
        else if (n->name.n > 0 && !top && is_named_furniture(n))
            n->out = page_called(n, "|comments|disqus|kommentare|respond|") ? !holds(n, "|h1|")
                                                                            : n->mass < 0.4 * total;
        n = n->out ? page_past(n, root) : page_next(n, root);
    }
}

static struct page_node *heaviest(struct page_node *root, const char *name, const char *called)
{
    struct page_node *best = NULL;

    for (struct page_node *n = root; n != NULL;
         n = n->out ? page_past(n, root) : page_next(n, root))
        if (!n->out && n->name.n > 0 &&
            (name != NULL ? page_is(n, name)
                          : str_find_nocase(page_attr(n, "itemprop"), str_c(called)) >= 0) &&
            (best == NULL || n->mass > best->mass))
            best = n;
    return best;
}

/* From `from` down as long as one child holds most of the weight. */
static struct page_node *narrow(struct page_node *from)
{
    struct page_node *n = from;
    double enough = 0.72 * from->mass;

    for (;;) {
        struct page_node *best = NULL;

        for (struct page_node *c = n->first; c != NULL; c = c->next)
            if (!c->out && is_block(c) && c->mass >= enough)
                best = c;
        if (best == NULL || among(best->name, "|p|pre|li|blockquote|ul|ol|"))
            break;
        n = best;
    }
    while (among(n->name, "|tr|tbody|")) /* a table of its own, not a page laid out by one */
        n = n->parent;
    return n;
}

static struct page_node *find_article(struct page_node *body)
{
    struct page_node *said = heaviest(body, NULL, "articleBody");
    struct page_node *article = heaviest(body, "article", NULL);
    struct page_node *main_part = heaviest(body, "main", NULL);

    if (said != NULL && said->mass >= 0.25 * body->mass && said->mass > 3)
        return said;
    if (article != NULL && article->mass >= 0.5 * body->mass)
        return narrow(article);
    if (main_part != NULL && main_part->mass >= 0.5 * body->mass)
        return narrow(main_part);
    return narrow(body);
}

/* --- out of the article, into a body ---------------------------------------------------------- */

struct writing {
    arena *a;
    struct html_converter *to;
    struct wire_item *item;
    const struct page_node *top;
    bool only_pictures; /* inside a header: its words are fields of the item */
};

static double density_of(const struct page_node *n)
{
    return n->letters == 0 ? 0 : (double)n->linked / (double)n->letters;
}

static bool is_picture_alone(struct page_node *n)
{
    return n->letters < 200 && holds(n, "|img|picture|video|figure|iframe|audio|");
}

/* What repeats the fields of the item: headline, who, when. */
static bool is_field(struct writing *w, struct page_node *n)
{
    if (page_is(n, "h1")) {
        str words = page_words(w->a, n);
        return w->item->headline.n > 0 && (str_find_nocase(w->item->headline, words) >= 0 ||
                                           str_find_nocase(words, w->item->headline) >= 0);
    }
    if (n->letters > 200 || page_is(n, "a") || page_is(n, "span"))
        return false;
    return page_called(n, "|byline|author|authors|dateline|timestamp|pubdate|published|dateposted|"
                          "kicker|readtime|");
}

static bool is_furniture(struct writing *w, struct page_node *n)
{
    if (n->out)
        return true;
    if (n->name.n == 0 || !is_block(n) || is_picture_alone(n))
        return false;
    if (is_field(w, n))
        return true;
    if (among(n->name, "|div|section|ul|ol|dl|table|form|aside|header|footer|")) {
        double density = density_of(n);

        if (density > 0.5 && n->letters < 600 && n->mass < 4)
            return true;
        if (density > 0.8 && n->letters < 3000 && n->mass < 10)
            return true;
        if (page_is(n, "aside") && (density > 0.3 || n->letters < 60))
            return true;
    }
    if (n->letters > 0 && n->letters < 240 && !holds(n, "|img|figure|"))
        return furniture_line(page_words(w->a, n));
    return false;
}

static str lazy_source(const struct page_node *n)
{
    static const char *const names[] = {"data-src",  "data-original", "data-lazy-src",
                                        "data-lazy", "data-image",    "data-url"};
    str src = page_attr(n, "src");

    if (src.n > 0 && !str_starts(src, S("data:")))
        return src;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (page_attr(n, names[i]).n > 0)
            return page_attr(n, names[i]);
    str set = str_trim(page_attr(n, "srcset").n > 0 ? page_attr(n, "srcset")
                                                    : page_attr(n, "data-srcset"));
    size_t end = 0;
    while (end < set.n && set.p[end] != ' ' && set.p[end] != ',')
        end++;
    return str_to(set, end);
}

/* Links are joined to where the page was published; pictures stay as they are, for a saved page
 * has them beside it. */
static void open_element(struct writing *w, const struct page_node *n)
{
    struct html_attr *attrs = arena_many(w->a, struct html_attr, n->attr_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < n->attr_count; i++) {
        struct html_attr one = n->attrs[i];

        if (page_is(n, "a") && str_eq(one.name, S("href")) && w->item->address.n > 0)
            one.value = url_join(w->a, w->item->address, one.value);
        if (page_is(n, "img") && (str_eq(one.name, S("src")) || str_eq(one.name, S("srcset"))))
            continue;
        attrs[count++] = one;
    }
    if (page_is(n, "img"))
        attrs[count++] = (struct html_attr){S("src"), lazy_source(n)};
    html_begin(w->to, n->name, attrs, count);
}

static void write_node(struct writing *w, struct page_node *n)
{
    if (n->name.n == 0) {
        if (!w->only_pictures)
            html_text(w->to, n->text);
        return;
    }
    if (n != w->top && is_furniture(w, n))
        return;
    bool header = page_is(n, "header") && n->letters < 900 && n != w->top,
         before = w->only_pictures;
    bool kept = !w->only_pictures || page_is(n, "img");

    if (page_is(n, "figure"))
        w->only_pictures = false;
    kept |= page_is(n, "figure");
    if (header)
        w->only_pictures = true;
    if (kept)
        open_element(w, n);
    for (struct page_node *c = n->first; c != NULL; c = c->next)
        write_node(w, c);
    if (kept)
        html_end(w->to, n->name);
    w->only_pictures = before;
}

/* A heading below which everything was left out stands for nothing. */
static void drop_bare_headings(struct body *b)
{
    size_t kept = 0;

    for (size_t i = 0; i < b->count; i++) {
        bool bare = b->blocks[i].kind == BLOCK_HEADING &&
                    (i + 1 == b->count || (b->blocks[i + 1].kind == BLOCK_HEADING &&
                                           b->blocks[i + 1].level <= b->blocks[i].level));
        if (!bare)
            b->blocks[kept++] = b->blocks[i];
    }
    b->count = kept;
    while (b->count > 0 && (b->blocks[b->count - 1].kind == BLOCK_HEADING ||
                            b->blocks[b->count - 1].kind == BLOCK_DIVIDER))
        b->count--;
}

static str words_of(arena *a, const struct block *b)
{
    buf all = buf_new(a, WIRE_FIELD_MAX);

    for (size_t i = 0; i < b->span_count; i++)
        buf_add(&all, b->spans[i].text);
    return buf_str(&all);
}

static str file_name(str address)
{
    ptrdiff_t query = str_find_char(address, '?');

    if (query >= 0)
        address = str_to(address, (size_t)query);
    return str_from(address, (size_t)(str_find_last(address, '/') + 1));
}

/* The picture at the head of the text is the one that leads the story: it becomes the item's. */
static void take_lead_picture(struct writing *w)
{
    struct wire_item *item = w->item;
    struct block *first = item->body.count > 0 ? &item->body.blocks[0] : NULL;
    struct wire_media *m = item->media_count > 0 ? &item->media[0] : NULL;

    if (first == NULL || first->kind != BLOCK_PICTURE || first->address.n == 0)
        return;
    if (m == NULL || !str_eq(file_name(m->renditions[0].address), file_name(first->address))) {
        struct wire_media own = {.kind = WIRE_PHOTO};

        if (m == NULL)
            m = wire_add_media(w->a, item, WIRE_PHOTO);
        *m = own;
        wire_add_rendition(w->a, m,
                           (struct wire_rendition){.address = first->address,
                                                   .use = S("original"),
                                                   .width = first->width,
                                                   .height = first->height});
    }
    str caption = words_of(w->a, first), credit = first->credit;
    if (credit.n == 0)
        wire_take_credit(&caption, &credit);
    m->caption = m->caption.n > 0 ? m->caption : caption;
    m->credit = m->credit.n > 0 ? m->credit : credit;
    m->alt = first->alt.n > 0 ? first->alt : m->alt;
    item->body.blocks++;
    item->body.count--;
}

err page_read_body(arena *a, struct page_node *root, struct wire_item *out, note *why)
{
    struct html_options how = {.keep_relative = true};
    struct weight around = {0};
    struct page_node *body = root;

    for (struct page_node *n = root; n != NULL; n = page_next(n, root))
        if (page_is(n, "body"))
            body = n;
    weigh(body, false, &around);
    mark_furniture(body, body->mass);
    clear(body);
    weigh(body, false, &around);

    struct page_node *article = find_article(body);
    if (article->mass < 2 || article->letters < 100)
        return fail(why, E_MISSING, "no article was found on this page: hardly any running text");
    if (density_of(article) > 0.6)
        return fail(why, E_MISSING,
                    "no article was found on this page: it is mostly links, a list of articles");
    struct writing w = {.a = a, .to = html_converter_new(a, &how), .item = out, .top = article};
    write_node(&w, article);
    TRY(html_done(w.to, &out->body, why));
    drop_bare_headings(&out->body);
    wire_trim_body(a, out, (struct wire_words){0});
    take_lead_picture(&w);
    wire_trim_body(a, out, (struct wire_words){0});
    if (out->body.count == 0)
        return fail(why, E_MISSING, "no article was found on this page");
    return OK;
}
