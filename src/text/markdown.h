/*
 * markdown.h - Markdown (CommonMark with tables, strikethrough and bare links) into a body.
 *
 * For letters, imports and comments.  HTML inside is taken as words (or left out where the dialect
 * says so), never as HTML.  Pure.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "text/body.h"

enum { MARKDOWN_BYTES_MAX = 1 << 20 };

enum markdown_dialect {
    MARKDOWN_FULL,
    MARKDOWN_COMMENT, /* paragraphs, lists, quotes, links, strong, emphasis, code: headings and
                         tables become paragraphs, pictures their words */
};

err body_from_markdown(arena *a, str text, enum markdown_dialect dialect, struct body *out,
                       note *why);

#endif
