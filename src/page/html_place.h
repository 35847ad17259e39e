/*
 * html_place.h - where in HTML a template stands, so that a value is written only where its
 * escaping is enough.
 *
 * Follows the template's own text through the tokenizer of HTML 13.2.5, as far as a careful
 * template uses it; what a browser might read differently is refused.  docs/theme.md tells
 * designers the rules.  Pure.
 */
#ifndef PAGE_HTML_PLACE_H
#define PAGE_HTML_PLACE_H

#include "page/view.h"

struct html_place {
    int state;
    char tag[16], attr[24], value[24]; /* lower case, cut */
    unsigned char tag_n, attr_n, value_n;
    unsigned char match; /* of an end tag or comment end */
    bool is_end_tag;
    bool has_type;       /* a type attribute was seen in this tag */
    bool is_data_script; /* and it was application/ld+json or application/json */
    bool is_equiv;       /* <meta http-equiv ...> */
    bool has_value;      /* a view's value stands in this tag */
    size_t words_at;     /* in the text that has_words tells of: the first of those letters */
    bool has_words; /* letters stood where readers see or hear them; set here, unset by who asks */
    bool needs_gap; /* a section has just ended inside a tag: white space, '/' or '>' follows */
};

/* Go on over literal text; NULL, or what is wrong with it. */
const char *html_place_text(struct html_place *p, str text);

/* May a value of this kind stand here?  NULL, and the place behind it in *p; or why not, ending so
 * that its name can follow. */
const char *html_place_value(struct html_place *p, enum view_kind kind);

/* The same for the address of the theme's own file. */
const char *html_place_asset(struct html_place *p);

/* Between tags, where whole elements may stand? */
bool html_place_is_open(const struct html_place *p);

/* A section may be drawn once, not at all or many times: do both places mean the same?  Then `p`
 * becomes the place behind it. */
bool html_place_join(struct html_place *p, const struct html_place *before);

#endif
