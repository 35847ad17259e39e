/*
 * html_walk.h - the state of a walk from HTML into a body; shared by the html_walk files only.
 */
#ifndef TEXT_HTML_WALK_H
#define TEXT_HTML_WALK_H

#include "text/html_element.h"
#include "text/shape.h"

struct walk {
    arena *a;
    struct body_builder *w;
    const struct html_options *how;
    /* what words get */
    unsigned marks;
    str link;
    str language;       /* in force for words */
    str block_language; /* in force for blocks */
    int quotes;         /* of q, open */
    bool literal;       /* line ends are breaks, spaces stay */
    /* where we are */
    unsigned inside; /* kind of the innermost block that is not a paragraph, or TOP */
    int depth;       /* open blocks */
    bool flow;       /* words open a paragraph; else they go straight into the open block */
    bool paragraph;  /* a paragraph is open */
};

void walk_children(struct walk *k, struct html_node *e);
void walk_element(struct walk *k, struct html_node *e);

/* End the open paragraph, or the line where there are only lines. */
void walk_boundary(struct walk *k);

/* May a block (with one more inside) be opened here? */
bool walk_may_open(const struct walk *k);

/* Open a block for an element, with its language and (own) id.  What is open inside is closed by
 * walk_close with the state that walk_open gave. */
struct walk_state {
    unsigned inside;
    bool flow;
};
struct block *walk_open(struct walk *k, const struct html_node *e, enum block_kind kind, bool flow,
                        struct walk_state *before);
void walk_close(struct walk *k, struct walk_state before);

/* A whole block whose words are those of `e` (NULL: none). */
struct block *walk_block(struct walk *k, const struct html_node *e, enum block_kind kind,
                         struct html_node *words);

/* Add words as they stand. */
void walk_text(struct walk *k, str s);

/* The elements that are more than their words; false: it is not one after all. */
bool walk_figure(struct walk *k, struct html_node *e);
bool walk_picture(struct walk *k, struct html_node *e);
bool walk_film(struct walk *k, struct html_node *e, enum block_kind kind);
bool walk_frame(struct walk *k, struct html_node *e);
bool walk_card(struct walk *k, struct html_node *e); /* somebody else's post, quoted */
bool walk_gallery(struct walk *k, struct html_node *e);
bool walk_table(struct walk *k, struct html_node *e);
bool walk_timeline(struct walk *k, struct html_node *e);
bool walk_fact_box(struct walk *k, struct html_node *e);
bool walk_quote(struct walk *k, struct html_node *e);
bool walk_pull_quote(struct walk *k, struct html_node *e);
bool walk_list(struct walk *k, struct html_node *e);

/* Is it the class of one of these? */
bool is_fact_box(const struct html_node *e);
bool is_pull_quote(const struct html_node *e);
bool is_card(const struct html_node *e);
bool is_gallery(const struct html_node *e);

#endif
