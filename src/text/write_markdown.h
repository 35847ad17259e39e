/*
 * write_markdown.h - a body as Markdown, for people to edit: what text/markdown.h reads back as the
 * same words, marks, links, headings, lists, quotes and tables.  Pure.
 */
#ifndef TEXT_WRITE_MARKDOWN_H
#define TEXT_WRITE_MARKDOWN_H

#include "text/body.h"

/* The Markdown, in `a`.  false, *out untouched: the body holds what Markdown cannot say (pictures,
 * films, boxes...), so that editing it as Markdown would lose that. */
bool body_to_markdown(arena *a, const struct body *b, str *out);

#endif
