#include "text/html_walk.h"

#include "text/url.h"

/* --- opening and closing ---------------------------------------------------------------------- */

static void end_paragraph(struct walk *k)
{
    if (k->paragraph) {
        body_close(k->w);
        k->paragraph = false;
    }
}

void walk_boundary(struct walk *k)
{
    if (k->flow)
        end_paragraph(k);
    else
        body_break(k->w);
}

bool walk_may_open(const struct walk *k)
{
    /* what we wrote ourselves was never too deep; else one is kept for a list around loose items */
    return k->how->own ? k->depth < BODY_DEPTH_MAX : k->depth + 3 <= BODY_DEPTH_MAX;
}

/* The id that we gave when we wrote it. */
static str own_id(const struct walk *k, const struct html_node *e)
{
    str id = e == NULL || !k->how->own ? (str){0} : html_attr(e, "id");

    return str_starts(id, S("b-")) ? str_from(id, 2) : (str){0};
}

struct block *walk_open(struct walk *k, const struct html_node *e, enum block_kind kind, bool flow,
                        struct walk_state *before)
{
    if (k->flow)
        end_paragraph(k);
    *before = (struct walk_state){k->inside, k->flow};

    struct block *b = body_open(k->w, kind);

    b->id = own_id(k, e);
    b->language = k->block_language;
    k->inside = kind;
    k->flow = flow;
    k->depth++;
    return b;
}

void walk_close(struct walk *k, struct walk_state before)
{
    if (k->flow)
        end_paragraph(k);
    body_close(k->w);
    k->inside = before.inside;
    k->flow = before.flow;
    k->depth--;
}

struct block *walk_block(struct walk *k, const struct html_node *e, enum block_kind kind,
                         struct html_node *words)
{
    struct walk_state before;
    struct block *b = walk_open(k, e, kind, false, &before);

    if (words != NULL)
        walk_children(k, words);
    walk_close(k, before);
    return b;
}

static void open_paragraph(struct walk *k, const struct html_node *e)
{
    struct block *b = body_open(k->w, BLOCK_PARAGRAPH);

    b->id = own_id(k, e);
    b->language = k->block_language;
    k->paragraph = true;
}

/* --- words ------------------------------------------------------------------------------------ */

static void add_words(struct walk *k, str s)
{
    body_text(k->w, s, k->marks, k->link, k->language);
}

/* Lines as they stand: their ends are breaks, what spaces follow a space do not give way. */
static void add_literal(struct walk *k, str s)
{
    str piece;

    for (bool first = true; str_cut(&s, '\n', &piece); first = false) {
        if (!first)
            body_break(k->w);

        buf line = buf_new(k->a, piece.n * 8 + 1);

        for (size_t i = 0; i < piece.n; i++) {
            bool soft = i > 0 && piece.p[i] == ' ' && piece.p[i - 1] != ' ';

            if (piece.p[i] == '\t')
                buf_lit(&line, "\u00A0\u00A0\u00A0\u00A0");
            else if (piece.p[i] == ' ' && !soft)
                buf_lit(&line, "\u00A0");
            else
                buf_char(&line, piece.p[i]);
        }
        add_words(k, buf_str(&line));
    }
}

void walk_text(struct walk *k, str s)
{
    if (k->flow && !k->paragraph) {
        if (str_trim(s).n == 0)
            return;
        open_paragraph(k, NULL);
    }
    if (k->literal)
        add_literal(k, s);
    else
        add_words(k, s);
}

static void walk_said(struct walk *k, struct html_node *e)
{
    bool inner = k->quotes++ % 2 == 1;

    walk_text(k, inner ? S("‘") : S("“"));
    walk_children(k, e);
    walk_text(k, inner ? S("’") : S("”"));
    k->quotes--;
}

static void walk_link(struct walk *k, struct html_node *e)
{
    str outer = k->link;
    str link = url_join(k->a, k->how->base, html_attr(e, "href"));

    if (link.n > 0)
        k->link = link;
    walk_children(k, e);
    k->link = outer;
}

static void walk_marked(struct walk *k, struct html_node *e, unsigned marks)
{
    unsigned outer = k->marks;

    k->marks |= marks;
    walk_children(k, e);
    k->marks = outer;
}

/* --- blocks of words -------------------------------------------------------------------------- */

static void walk_section(struct walk *k, struct html_node *e)
{
    walk_boundary(k);
    walk_children(k, e);
    walk_boundary(k);
}

/* A note below the text; its mark is a <b class="footnote-mark">, or in others' copy a <sup> at its
 * beginning. */
static bool walk_footnote(struct walk *k, struct html_node *e)
{
    struct walk_state before;
    struct html_node *mark = html_inside(e, "b");

    if (!html_class(e, "|footnote|") || (!k->how->own && k->inside != TOP))
        return false;

    struct block *b = walk_open(k, e, BLOCK_FOOTNOTE, false, &before);

    if (mark != NULL && !html_class(mark, "|footnote-mark|"))
        mark = NULL;
    if (mark == NULL && !k->how->own && e->first != NULL && html_is(e->first, "sup"))
        mark = e->first;
    if (mark != NULL) {
        b->title = html_words(k->a, mark);
        mark->taken = true;
    }
    walk_children(k, e);
    walk_close(k, before);
    return true;
}

/* What only our own pages have. */
static bool walk_own_paragraph(struct walk *k, struct html_node *e)
{
    struct html_node *mark;

    if (!html_class(e, "|related|"))
        return false;

    struct block *b = walk_block(k, e, BLOCK_RELATED, NULL);
    struct html_node *link = html_inside(e, "a");

    mark = link != NULL ? link : e;
    str_int(html_attr(e, "data-story"), &b->story);
    if (link != NULL && b->story == 0)
        b->address = html_attr(link, "href");
    for (size_t i = 0; i < mark->attr_count; i++)
        if (str_eq(mark->attrs[i].name, S("data-filled")))
            return true;
    b->title = html_words(k->a, mark);
    return true;
}

static void walk_paragraph(struct walk *k, struct html_node *e)
{
    if (k->flow && walk_footnote(k, e))
        return;
    if (k->how->own && k->flow && walk_own_paragraph(k, e))
        return;
    walk_boundary(k);
    if (k->flow)
        open_paragraph(k, e);
    walk_children(k, e);
    walk_boundary(k);
}

static void walk_literal(struct walk *k, struct html_node *e)
{
    bool outer = k->literal;

    k->literal = true;
    walk_boundary(k);
    walk_marked(k, e, MARK_CODE);
    walk_boundary(k);
    k->literal = outer;
}

static void walk_heading(struct walk *k, struct html_node *e)
{
    if (!k->flow) {
        walk_section(k, e);
        return;
    }

    int level = e->name.p[1] - '0';
    struct walk_state before;

    walk_open(k, e, BLOCK_HEADING, false, &before)->level = level < 2 ? 2 : level > 4 ? 4 : level;
    walk_children(k, e);
    walk_close(k, before);
}

static void walk_item(struct walk *k, struct html_node *e)
{
    struct walk_state before;

    if (k->inside != BLOCK_LIST && (!k->flow || !walk_may_open(k))) {
        walk_section(k, e);
        return;
    }
    walk_open(k, e, BLOCK_ITEM, false, &before);
    walk_children(k, e);
    walk_close(k, before);
}

/* Terms and what they mean: an item each, the term strong. */
static void walk_terms(struct walk *k, struct html_node *e, bool *open, struct walk_state *before)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        bool term = c->name.n > 0 && c->rule->role == ROLE_TERM;

        if (html_is(c, "div")) {
            walk_terms(k, c, open, before);
            continue;
        }
        if (c->name.n == 0 && !*open && str_trim(c->text).n == 0)
            continue;
        if (*open && term) {
            walk_close(k, *before);
            *open = false;
        }
        if (!*open)
            walk_open(k, c, BLOCK_ITEM, false, before);
        *open = true;
        if (term)
            walk_marked(k, c, MARK_STRONG);
        else if (c->name.n > 0)
            walk_section(k, c);
        else
            walk_text(k, c->text);
    }
}

bool walk_list(struct walk *k, struct html_node *e)
{
    struct walk_state before, item;
    bool place = k->flow || k->inside == BLOCK_ITEM || k->inside == BLOCK_LIST;
    bool open = false;

    if (!place || !walk_may_open(k))
        return false;

    struct block *b = walk_open(k, e, BLOCK_LIST, true, &before);
    int64_t start = 1;

    b->ordered = html_is(e, "ol");
    if (str_int(html_attr(e, "start"), &start) && start > 0 && start <= 1000000)
        b->start = (int)start;
    if (html_is(e, "dl")) {
        walk_terms(k, e, &open, &item);
        if (open)
            walk_close(k, item);
    } else {
        walk_children(k, e);
    }
    walk_close(k, before);
    return true;
}

static void walk_divider(struct walk *k, struct html_node *e)
{
    if (k->flow)
        walk_block(k, e, BLOCK_DIVIDER, NULL);
    else
        body_break(k->w);
}

/* --- everything ------------------------------------------------------------------------------- */

/* A plain container may be more by its class. */
static bool walk_by_class(struct walk *k, struct html_node *e)
{
    if (e->attr_count == 0)
        return false;
    if (is_fact_box(e))
        return walk_fact_box(k, e);
    if (is_pull_quote(e))
        return walk_pull_quote(k, e);
    if (is_card(e))
        return walk_card(k, e);
    if (is_gallery(e))
        return walk_gallery(k, e);
    return html_class(e, "|timeline|") && walk_timeline(k, e);
}

static bool walk_as_role(struct walk *k, struct html_node *e)
{
    switch (e->rule->role) {
    case ROLE_SECTION:
        return walk_by_class(k, e);
    case ROLE_LIST:
        return walk_list(k, e);
    case ROLE_QUOTE:
        return is_card(e)         ? walk_card(k, e)
               : is_pull_quote(e) ? walk_pull_quote(k, e)
                                  : walk_quote(k, e);
    case ROLE_BOX:
        return is_pull_quote(e) ? walk_pull_quote(k, e) : walk_fact_box(k, e);
    case ROLE_FIGURE:
        return walk_figure(k, e);
    case ROLE_TABLE:
        return walk_table(k, e);
    default:
        return false;
    }
}

static void walk_role(struct walk *k, struct html_node *e)
{
    switch (e->rule->role) {
    case ROLE_DROP:
        return;
    case ROLE_WORDS:
        walk_children(k, e);
        return;
    case ROLE_BREAK:
        body_break(k->w);
        return;
    case ROLE_PARAGRAPH:
        walk_paragraph(k, e);
        return;
    case ROLE_HEADING:
        walk_heading(k, e);
        return;
    case ROLE_ITEM:
    case ROLE_TERM:
        walk_item(k, e);
        return;
    case ROLE_LITERAL:
        walk_literal(k, e);
        return;
    case ROLE_DIVIDER:
        walk_divider(k, e);
        return;
    case ROLE_LINK:
        walk_link(k, e);
        return;
    case ROLE_MARK:
        walk_marked(k, e, e->rule->marks);
        return;
    case ROLE_SAID:
        walk_said(k, e);
        return;
    case ROLE_PICTURE:
        walk_picture(k, e);
        return;
    case ROLE_VIDEO:
        walk_film(k, e, BLOCK_VIDEO);
        return;
    case ROLE_AUDIO:
        walk_film(k, e, BLOCK_AUDIO);
        return;
    case ROLE_FRAME:
        walk_frame(k, e);
        return;
    default:
        if (!walk_as_role(k, e))
            walk_section(k, e);
    }
}

void walk_element(struct walk *k, struct html_node *e)
{
    str language = html_attr(e, "lang"), words = k->language, blocks = k->block_language;
    bool document = html_is(e, "html") || html_is(e, "body");

    if (language.n == 0)
        language = html_attr(e, "xml:lang");
    if (!document && language_ok(language)) {
        enum html_role role = e->rule->role;

        k->language = language;
        if (role != ROLE_WORDS && role != ROLE_MARK && role != ROLE_LINK && role != ROLE_SAID)
            k->block_language = language;
    }
    walk_role(k, e);
    k->language = words;
    k->block_language = blocks;
}

void walk_children(struct walk *k, struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (c->name.n == 0)
            walk_text(k, c->text);
        else if (!c->taken)
            walk_element(k, c);
    }
}

err html_walk(arena *a, struct html_node *root, const struct html_options *how, struct body *out,
              note *why)
{
    struct walk k = {.a = a, .w = body_builder_new(a), .how = how, .inside = TOP, .flow = true};

    walk_children(&k, root);
    return body_done(k.w, out, why);
}
