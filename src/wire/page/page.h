/*
 * page.h - what the parts of the reader of web pages share; nobody else includes it.
 *
 * page_tree.c makes a light tree of the page, page_meta.c reads what it says about itself,
 * page_body.c finds the article in it, parse_html.c puts the item together.
 */
#ifndef WIRE_PAGE_H
#define WIRE_PAGE_H

#include "text/from_html.h"
#include "wire/item/build.h"

struct page_node {
    str name, text; /* an empty name: this is text */
    const struct html_attr *attrs;
    size_t attr_count;
    struct page_node *parent, *first, *last, *next;
    /* of all that is inside */
    size_t letters, linked; /* bytes of words; of these in links */
    double mass;            /* how much running text */
    bool out;               /* furniture */
};

/* The tree lives as long as the arena.  E_LIMIT: too large, too deep. */
err page_read(arena *a, str bytes, struct page_node **root, note *why);

str page_attr(const struct page_node *n, const char *name);
bool page_is(const struct page_node *n, const char *name);

/* The next node in reading order that is inside `within`, NULL: none; page_past leaves out what is
 * inside `n`. */
struct page_node *page_next(struct page_node *n, const struct page_node *within);
struct page_node *page_past(struct page_node *n, const struct page_node *within);

/* The words inside, squeezed; without scripts and styles. */
str page_words(arena *a, struct page_node *n);

/* Does the class, id or role hold one of these words ("|one|two|"), "article-share" being two? */
bool page_called(const struct page_node *n, const char *words);

/* Everything but the body: into empty fields of the item. */
void page_read_meta(arena *a, struct page_node *root, struct wire_item *out);

/* The article into the item's body.  E_MISSING: there is none; the note says why. */
err page_read_body(arena *a, struct page_node *root, struct wire_item *out, note *why);

#endif
