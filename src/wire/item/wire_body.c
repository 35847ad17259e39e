#include "wire/item/wire_body.h"

#include "base/utf8.h"
#include "text/from_html.h"
#include "wire/item/build.h"
#include "wire/item/markup.h"

struct walk {
    arena *a;
    struct markup *out;
    struct wire_item *item;
    struct wire_words known;
};

static bool has_class(const struct xml_node *n, const char *name)
{
    str all = xml_attr(n, "class"), word;

    while (str_cut(&all, ' ', &word))
        if (str_eq_nocase(word, str_c(name)))
            return true;
    return false;
}

/* What the item says in fields of its own; true: it has no place in the text. */
static bool is_field(struct walk *w, const struct xml_node *n)
{
    struct wire_item *item = w->item;

    if (xml_is(n, "header") || xml_is(n, "head") || xml_is(n, "title"))
        return true;
    if (has_class(n, "byline") || has_class(n, "author")) {
        if (item->person_count == 0)
            wire_add_byline(w->a, item, xml_words(w->a, n));
        return true;
    }
    if (has_class(n, "dateline")) {
        if (item->dateline.n == 0)
            item->dateline = wire_dateline(w->a, xml_words(w->a, n));
        return item->dateline.n > 0;
    }
    if (has_class(n, "teaser") || has_class(n, "lead") || has_class(n, "abstract"))
        return item->standfirst.n > 0 && str_eq(xml_words(w->a, n), item->standfirst);
    return false;
}

/* "<dnl-youtubeembed src=...>": an agency's own element for somebody else's player. */
static bool is_embed(const struct xml_node *n)
{
    return str_find_char(n->name, '-') > 0 && str_starts(xml_attr(n, "src"), S("https://"));
}

static void walk(struct walk *w, const struct xml_node *n)
{
    if (n->name.n == 0) {
        markup_words(w->out, n->text);
        return;
    }
    if (is_field(w, n))
        return;
    if (is_embed(n)) {
        markup_open(w->out, "iframe", "src", xml_attr(n, "src"), NULL);
        markup_close(w->out, "iframe");
        return;
    }
    markup_open_node(w->out, n);
    for (const struct xml_node *c = n->first; c != NULL; c = c->next)
        walk(w, c);
    markup_close_node(w->out, n);
}

static bool is_set_in(str line)
{
    return str_starts(line, S("\t")) || str_starts(line, S("  ")) || str_starts(line, S("\u3000"));
}

/* Several paragraphs as typewriters set them, by empty lines or lines set in (but not merely the
 * indentation of somebody's XML). */
static bool is_laid_out(str text)
{
    size_t empty = 0, set_in = 0, flush = 0;
    str line;

    text = str_trim(text);
    str_cut(&text, '\n', &line);
    while (str_cut(&text, '\n', &line)) {
        bool blank = str_trim(line).n == 0;
        empty += blank;
        set_in += !blank && is_set_in(line);
        flush += !blank && !is_set_in(line);
    }
    return empty + set_in + flush >= 3 && (empty > 0 || (set_in > 0 && flush > 0));
}

/* The one paragraph that stands for a whole text, or NULL. */
static const struct xml_node *only_paragraph(const struct xml_node *of)
{
    const struct xml_node *found = NULL;

    for (const struct xml_node *c = of->first; c != NULL; c = c->next) {
        if (c->name.n == 0 && str_trim(c->text).n == 0)
            continue;
        if (found != NULL || !(xml_is(c, "p") || xml_is(c, "pre")))
            return NULL;
        found = c;
    }
    bool words_only = found != NULL && found->first != NULL && found->first->name.n == 0 &&
                      found->first->next == NULL;
    return words_only ? found : NULL;
}

err wire_body_of_xhtml(arena *a, const struct xml_node *of, struct wire_words known,
                       struct wire_item *item, note *why)
{
    struct walk w = {.a = a, .out = markup_new(a, item->address), .item = item, .known = known};

    const struct xml_node *paragraph = only_paragraph(of);
    if (paragraph != NULL && is_laid_out(paragraph->first->text))
        return wire_body_of_text(a, paragraph->first->text, item, why);
    for (const struct xml_node *c = of->first; c != NULL; c = c->next)
        walk(&w, c);
    TRY(markup_done(w.out, &item->body, why));
    wire_trim_body(a, item, known);
    return OK;
}

err wire_body_of_html(arena *a, str html, struct wire_item *item, note *why)
{
    struct html_options how = {.base = item->address, .keep_relative = true};

    str inside = str_trim(html);
    if (str_starts(inside, S("<p>")) && str_ends(inside, S("</p>"))) {
        inside = str_from(str_to(inside, inside.n - 4), 3);
        if (str_find_char(inside, '<') < 0 && str_find_char(inside, '&') < 0 && is_laid_out(inside))
            return wire_body_of_text(a, inside, item, why);
    }
    TRY(body_from_html(a, html, &how, &item->body, why));
    wire_trim_body(a, item, (struct wire_words){0});
    return OK;
}

err wire_body_of_text(arena *a, str text, struct wire_item *item, note *why)
{
    struct markup *out = markup_new(a, S(""));
    bool open = false;
    str line;

    while (str_cut(&text, '\n', &line)) {
        bool blank = str_trim(line).n == 0;
        if (open && (blank || is_set_in(line))) {
            markup_close(out, "p");
            open = false;
        }
        if (blank)
            continue;
        if (!open)
            markup_open(out, "p", NULL);
        else
            markup_words(out, S(" "));
        open = true;
        markup_words(out, str_trim(line));
    }
    TRY(markup_done(out, &item->body, why));
    wire_trim_body(a, item, (struct wire_words){0});
    return OK;
}

str wire_words_of_html(arena *a, str html)
{
    struct html_options how = {.no_pictures = true};
    struct body words = {0};

    if (str_find_char(html, '<') < 0 && str_find_char(html, '&') < 0)
        return wire_field(a, html);
    if (body_from_html(a, html, &how, &words, NULL) != OK)
        return S("");
    return body_opening(a, &words, WIRE_FIELD_MAX);
}

static str block_words(arena *a, const struct block *b)
{
    buf all = buf_new(a, SIZE_MAX / 2);

    for (size_t i = 0; i < b->span_count; i++)
        buf_add(&all, b->spans[i].text);
    return str_squeeze(a, buf_str(&all));
}

static void drop_first(struct body *b)
{
    b->blocks++;
    b->count--;
}

/* A byline at the head of the text is the printed one: it stands for who the item names unless the
 * two agree. */
static void take_byline(arena *a, struct wire_item *item, str words)
{
    if (item->person_count > 0 && str_find_nocase(words, item->people[0].name) >= 0)
        return;
    item->person_count = 0;
    wire_add_byline(a, item, words);
}

static bool repeats(const struct wire_item *item, struct wire_words known, str words)
{
    return str_eq(words, item->headline) || (words.n > 0 && str_eq(words, known.subtitle)) ||
           str_eq(words, item->kicker);
}

static void trim_dateline(arena *a, struct wire_item *item, str dateline)
{
    struct block *first = item->body.count > 0 ? &item->body.blocks[0] : NULL;

    dateline = str_squeeze(a, dateline);
    if (dateline.n < 3 || first == NULL || first->kind != BLOCK_PARAGRAPH || first->span_count == 0)
        return;
    struct span *span = &first->spans[0];
    if (!str_starts(span->text, dateline) || span->text.n == dateline.n)
        return;
    span->text = str_from(span->text, dateline.n);
    while (span->text.n > 0 && span->text.p[0] == ' ')
        span->text = str_from(span->text, 1);
}

static void trim_standfirst(arena *a, struct wire_item *item)
{
    str said = item->standfirst;

    if (str_eq_nocase(said, item->headline))
        item->standfirst = said = S("");
    if (item->body.count == 0 || item->body.blocks[0].kind != BLOCK_PARAGRAPH || said.n == 0)
        return;
    str opening = block_words(a, &item->body.blocks[0]);
    if (str_ends(said, S("…")) || str_ends(said, S("...")))
        said = str_to(said, said.n - 3);
    said = str_trim(said);
    if (said.n >= 40 ? str_starts(opening, said) : str_eq(opening, item->standfirst))
        item->standfirst = S("");
}

void wire_trim_body(arena *a, struct wire_item *item, struct wire_words known)
{
    for (int i = 0; i < 6 && item->body.count > 0; i++) {
        const struct block *first = &item->body.blocks[0];
        bool words_only = first->kind == BLOCK_PARAGRAPH || first->kind == BLOCK_HEADING;
        str words = words_only ? block_words(a, first) : S("");

        if (words.n == 0)
            break;
        if (first->kind == BLOCK_PARAGRAPH && wire_is_byline(words))
            take_byline(a, item, words);
        else if (!repeats(item, known, words))
            break;
        drop_first(&item->body);
    }
    trim_dateline(a, item, known.dateline);
    trim_standfirst(a, item);
}
