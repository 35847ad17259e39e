/*
 * html_element.h - what becomes of each element of HTML, and the light tree that the converter
 * walks.  For the from_html files only.
 */
#ifndef TEXT_HTML_ELEMENT_H
#define TEXT_HTML_ELEMENT_H

#include "text/from_html.h"

enum html_role {
    ROLE_WORDS,   /* inline, or not known: its words count */
    ROLE_SECTION, /* begins and ends a paragraph: div, section, article... */
    ROLE_DROP,    /* with all that is inside */
    ROLE_BREAK,
    ROLE_PARAGRAPH,
    ROLE_HEADING,
    ROLE_LIST,
    ROLE_ITEM,
    ROLE_TERM, /* dt */
    ROLE_QUOTE,
    ROLE_PICTURE,
    ROLE_FIGURE,
    ROLE_VIDEO,
    ROLE_AUDIO,
    ROLE_BOX, /* aside, details */
    ROLE_TABLE,
    ROLE_LITERAL, /* pre */
    ROLE_DIVIDER,
    ROLE_LINK,
    ROLE_MARK, /* strong, em, code, sub, sup */
    ROLE_SAID, /* q */
    ROLE_FRAME /* iframe */
};

struct html_rule {
    const char *name;
    enum html_role role;
    unsigned marks; /* of ROLE_MARK */
};

/* Never NULL: what is not known is ROLE_WORDS. */
const struct html_rule *html_rule(str element);

/* An element, or text (name empty). */
struct html_node {
    str name, text;
    const struct html_rule *rule;
    const struct html_attr *attrs;
    size_t attr_count;
    struct html_node *parent, *first, *last, *next;
    bool taken; /* its words stand elsewhere: a title, a credit */
};

str html_attr(const struct html_node *e, const char *name);
bool html_is(const struct html_node *e, const char *name);

/* Does its class hold one of these words, written "|one|two|"?  Case does not count. */
bool html_class(const struct html_node *e, const char *words);

/* The first element inside with this name, at any depth, or NULL; and how many there are. */
struct html_node *html_inside(struct html_node *e, const char *name);
size_t html_count(const struct html_node *e, const char *name);

/* All words inside but of dropped elements, squeezed, in `a`. */
str html_words(arena *a, const struct html_node *e);

/* Walk a tree into a body. */
err html_walk(arena *a, struct html_node *root, const struct html_options *how, struct body *out,
              note *why);

/* Refuse what would take a parser long: too deep, too many attributes.  E_LIMIT. */
err html_guard(str html, note *why);

#endif
