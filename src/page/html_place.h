/*
 * html_place.h - where in HTML a template stands, so that a value is written only where its
 * escaping is enough.  Follows the template's own text; HTML 13.2.5 as far as a careful template
 * uses it.
 */
#ifndef PAGE_HTML_PLACE_H
#define PAGE_HTML_PLACE_H

#include "page/view.h"

struct html_place {
    int state;
    char tag[16], attr[24]; /* lower case, cut */
    unsigned char tag_n, attr_n;
    bool is_data_script; /* <script type="application/ld+json"> and its like */
    int match;           /* of an end tag or comment end */
};

/* Go on over literal text; what is wrong with it, or NULL.  Static text that ends in ": ". */
const char *html_place_text(struct html_place *p, str text);

/* May a value of this kind stand here?  NULL, or why not; ends so that the name can follow. */
const char *html_place_value(const struct html_place *p, enum view_kind kind);

bool html_place_same(const struct html_place *x, const struct html_place *y);

#endif
