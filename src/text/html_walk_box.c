/* Blocks that hold others: quotes, fact boxes, tables, timelines. */
#include "text/html_walk.h"

bool is_fact_box(const struct html_node *e)
{
    return html_class(e, "|fact-box|factbox|fact_box|infobox|info-box|"
                         "fakta|faktaboks|faktenbox|");
}

bool is_pull_quote(const struct html_node *e)
{
    return html_class(e, "|pull-quote|pullquote|pull_quote|wp-block-pullquote|");
}

/* --- quotes ----------------------------------------------------------------------------------- */

/* Who said it: a footer, caption or cite that is the last thing in a quote. */
static struct html_node *find_credit(struct html_node *e)
{
    struct html_node *last = NULL;

    for (struct html_node *c = e->first; c != NULL; c = c->next)
        if (c->name.n > 0 || str_trim(c->text).n > 0)
            last = c;
    if (last == NULL || last->name.n == 0)
        return NULL;
    if (html_is(last, "footer") || html_is(last, "figcaption") || html_is(last, "cite") ||
        html_class(last, "|credit|attribution|author|quote-credit|source|"))
        return last;
    if (html_is(last, "p") || html_is(last, "div"))
        return find_credit(last);
    return html_is(last, "blockquote") ? find_credit(last) : NULL;
}

/* "— Somebody" without the dash. */
static str credit_words(arena *a, struct html_node *credit)
{
    static const str dashes[] = {S_INIT("—"), S_INIT("–"), S_INIT("―"), S_INIT("-")};
    str s;

    if (credit == NULL)
        return (str){0};
    credit->taken = true;
    s = html_words(a, credit);
    for (size_t i = 0; i < LENGTH(dashes); i++)
        if (str_starts(s, dashes[i]))
            return str_trim(str_from(s, dashes[i].n));
    return s;
}

bool walk_quote(struct walk *k, struct html_node *e)
{
    struct walk_state before;

    if (!k->flow || k->inside == BLOCK_QUOTE || !walk_may_open(k))
        return false;

    struct block *b = walk_open(k, e, BLOCK_QUOTE, true, &before);
    struct html_node *credit = find_credit(e);

    if (k->how->own && credit != NULL && !html_is(credit, "figcaption"))
        credit = NULL;
    if (k->how->own && credit != NULL) {
        credit->taken = true;
        b->credit = html_words(k->a, credit);
    } else {
        b->credit = credit_words(k->a, credit);
    }
    walk_children(k, e);
    walk_close(k, before);
    return true;
}

bool walk_pull_quote(struct walk *k, struct html_node *e)
{
    struct walk_state before;

    if (!k->flow)
        return false;

    struct block *b = walk_open(k, e, BLOCK_PULL_QUOTE, false, &before);
    struct html_node *credit = find_credit(e);

    if (k->how->own && credit != NULL && html_is(credit, "figcaption")) {
        credit->taken = true;
        b->credit = html_words(k->a, credit);
    } else if (!k->how->own) {
        b->credit = credit_words(k->a, credit);
    }
    walk_children(k, e);
    walk_close(k, before);
    return true;
}

/* --- fact boxes ------------------------------------------------------------------------------- */

static bool is_title(const struct html_node *e)
{
    return e->rule->role == ROLE_HEADING || html_is(e, "summary") || html_is(e, "legend") ||
           html_class(e, "|fact-box-title|title|");
}

/* The title, if it is the first thing said. */
static struct html_node *find_title(struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (c->name.n == 0 && str_trim(c->text).n == 0)
            continue;
        if (c->name.n == 0)
            return NULL;
        if (is_title(c))
            return c;
        return c->rule->role == ROLE_SECTION ? find_title(c) : NULL;
    }
    return NULL;
}

bool walk_fact_box(struct walk *k, struct html_node *e)
{
    struct walk_state before;

    if (!k->flow || k->inside != TOP || !walk_may_open(k))
        return false;

    struct html_node *title = find_title(e);
    struct block *b = walk_open(k, e, BLOCK_FACT_BOX, true, &before);

    if (k->how->own && title != NULL && !html_class(title, "|fact-box-title|"))
        title = NULL;
    if (title != NULL) {
        b->title = html_words(k->a, title);
        title->taken = true;
    }
    walk_children(k, e);
    walk_close(k, before);
    return true;
}

/* --- timelines -------------------------------------------------------------------------------- */

/* In others' copy the moment is what an entry begins with, if that stands out. */
static void walk_foreign_entry(struct walk *k, struct html_node *e)
{
    struct walk_state before;
    struct block *b = walk_open(k, e, BLOCK_ENTRY, false, &before);
    struct html_node *first = e->first;

    while (first != NULL && first->name.n == 0 && str_trim(first->text).n == 0)
        first = first->next;
    if (first != NULL && (html_class(first, "|timeline-when|") || html_is(first, "time") ||
                          html_is(first, "strong") || html_is(first, "b"))) {
        b->title = html_words(k->a, first);
        first->taken = true;
    }
    walk_children(k, e);
    walk_close(k, before);
}

static void walk_entry(struct walk *k, struct html_node *e)
{
    struct walk_state before;
    struct block *b = walk_open(k, e, BLOCK_ENTRY, false, &before);

    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (html_class(c, "|timeline-when|"))
            b->title = html_words(k->a, c);
        else if (html_class(c, "|timeline-what|"))
            walk_children(k, c);
        else if (c->name.n > 0) {
            k->flow = true;
            walk_element(k, c);
            k->flow = false;
        }
    }
    walk_close(k, before);
}

bool walk_timeline(struct walk *k, struct html_node *e)
{
    struct html_node *list = html_inside(e, "ol"), *title = e->first;
    struct walk_state before;

    if (!k->flow || list == NULL)
        return false;

    struct block *b = walk_open(k, e, BLOCK_TIMELINE, true, &before);

    while (!k->how->own && title != NULL && title->name.n == 0 && str_trim(title->text).n == 0)
        title = title->next;
    if (title != NULL && html_class(title, "|timeline-title|"))
        b->title = html_words(k->a, title);
    for (struct html_node *c = list->first; c != NULL; c = c->next)
        if (html_is(c, "li")) {
            str words = k->language, blocks = k->block_language, own = html_attr(c, "lang");

            if (language_ok(own))
                k->language = k->block_language = own;
            if (k->how->own)
                walk_entry(k, c);
            else
                walk_foreign_entry(k, c);
            k->language = words;
            k->block_language = blocks;
        }
    walk_close(k, before);
    return true;
}

/* --- tables ----------------------------------------------------------------------------------- */

struct rows {
    struct html_node **p;
    size_t n, room;
    size_t cells;
    size_t widest; /* most cells in a row */
    bool headers;
};

static bool is_cell(const struct html_node *e)
{
    return html_is(e, "td") || html_is(e, "th");
}

static void add_row(arena *a, struct rows *r, struct html_node *tr)
{
    size_t cells = 0;

    if (r->n == r->room) {
        struct html_node **p = arena_many(a, struct html_node *, r->room == 0 ? 16 : r->room * 2);

        if (r->n > 0)
            memcpy(p, r->p, r->n * sizeof *p);
        r->room = r->room == 0 ? 16 : r->room * 2;
        r->p = p;
    }
    r->p[r->n++] = tr;
    for (struct html_node *c = tr->first; c != NULL; c = c->next) {
        cells += is_cell(c);
        r->headers = r->headers || html_is(c, "th");
    }
    r->cells += cells;
    r->widest = cells > r->widest ? cells : r->widest;
}

static void find_rows(arena *a, struct rows *r, struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (html_is(c, "tr"))
            add_row(a, r, c);
        else if (html_is(c, "thead") || html_is(c, "tbody") || html_is(c, "tfoot"))
            find_rows(a, r, c);
    }
}

static int span_of(const struct html_node *e, const char *attr, int zero)
{
    int64_t n = 1;

    if (!str_int(html_attr(e, attr), &n) || n < 0)
        return 1;
    return n == 0 ? zero : n > 1000 ? 1000 : (int)n;
}

static void walk_row(struct walk *k, struct html_node *tr)
{
    struct walk_state row, cell;

    walk_open(k, tr, BLOCK_ROW, false, &row);
    for (struct html_node *c = tr->first; c != NULL; c = c->next) {
        if (!is_cell(c))
            continue;

        str words = k->language, blocks = k->block_language, own = html_attr(c, "lang");

        if (language_ok(own))
            k->language = k->block_language = own;

        struct block *b = walk_open(k, c, BLOCK_CELL, false, &cell);

        b->header = html_is(c, "th") || (!k->how->own && html_is(tr->parent, "thead"));
        b->across = span_of(c, "colspan", 1);
        b->down = span_of(c, "rowspan", 1000);
        walk_children(k, c);
        walk_close(k, cell);
        k->language = words;
        k->block_language = blocks;
    }
    walk_close(k, row);
}

/* Does any cell hold a block that a cell of ours cannot? */
static bool holds_layout(const struct rows *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (html_count(r->p[i], "table") > 0)
            return true;
    return false;
}

static bool is_layout(const struct rows *r, const struct html_node *e)
{
    return r->cells <= 1 || (r->widest == 1 && !r->headers) || holds_layout(r) ||
           str_eq(html_attr(e, "role"), S("presentation"));
}

/* A table that only arranges things: what is in its cells, one after the other. */
static void walk_layout(struct walk *k, const struct rows *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (struct html_node *c = r->p[i]->first; c != NULL; c = c->next)
            if (c->name.n > 0) {
                walk_boundary(k);
                walk_children(k, c);
                walk_boundary(k);
            }
}

static struct html_node *find_caption(struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next)
        if (html_is(c, "caption"))
            return c;
    return NULL;
}

bool walk_table(struct walk *k, struct html_node *e)
{
    struct rows r = {0};
    struct html_node *caption = find_caption(e);
    struct html_node *holder = e->parent;
    struct walk_state before;

    find_rows(k->a, &r, e);
    if (!k->flow || (!k->how->own && is_layout(&r, e))) {
        walk_boundary(k);
        if (caption != NULL)
            walk_children(k, caption);
        walk_boundary(k);
        walk_layout(k, &r);
        return true;
    }
    if (!k->how->own || holder == NULL || !html_class(holder, "|table-scroll|"))
        holder = e;
    walk_open(k, holder, BLOCK_TABLE, false, &before);
    if (caption != NULL)
        walk_children(k, caption);
    k->inside = BLOCK_TABLE;
    for (size_t i = 0; i < r.n; i++) {
        str words = k->language, blocks = k->block_language, own = html_attr(r.p[i], "lang");

        if (language_ok(own))
            k->language = k->block_language = own;
        walk_row(k, r.p[i]);
        k->language = words;
        k->block_language = blocks;
    }
    walk_close(k, before);
    return true;
}
