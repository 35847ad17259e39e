/*
 * from_html.h - HTML from anywhere (a paste, a feed, a wire, an import, a comment) into a body.
 *
 * The tree of HTML5 is walked and what is known is taken; there is no other way in.  Scripts,
 * styles, forms' controls, plugins, drawings and attributes have no place in a body, so none
 * survives; readable words do.  docs/text.md says what becomes of each element.  Pure.
 *
 * The XML dialects use the same converter as a stream: html_begin, html_text, html_end with HTML's
 * names in lower case, without namespace.
 */
#ifndef TEXT_FROM_HTML_H
#define TEXT_FROM_HTML_H

#include "text/body.h"

enum {
    HTML_BYTES_MAX = 8 << 20, /* of a document */
    HTML_DEPTH_MAX = 1000,    /* open elements; more is E_LIMIT in HTML, flattened in a stream */
    HTML_ATTRS_MAX = 300,     /* of one element */
    HTML_COLUMNS_MAX = 50,    /* of a table */
};

struct html_options {
    str base; /* where it was published: relative addresses are joined to it; may be empty */
    bool no_pictures; /* pictures, video, sound and embeds are left out; captions stay as words */
    bool own;         /* written by body_write_page: take ids, data-media and data-story.  Never set
                         for what a stranger sends */
    bool keep_relative; /* without a base: keep a relative picture address as it is (wire files) */
};

/* A whole document or a fragment.  E_LIMIT: too long, too deep, too much of it. `out` is in normal
 * form, numbered, and lives in `a`. */
err body_from_html(arena *a, str html, const struct html_options *how, struct body *out, note *why);

struct html_attr {
    str name, value;
};

struct html_converter;

/* Names, values and texts are not copied: they must live until html_done. */
struct html_converter *html_converter_new(arena *a, const struct html_options *how);
void html_begin(struct html_converter *c, str element, const struct html_attr *attrs, size_t n);
void html_text(struct html_converter *c, str words);
/* Ends the innermost open element of that name; nothing when there is none. */
void html_end(struct html_converter *c, str element);
err html_done(struct html_converter *c, struct body *out, note *why);

#endif
