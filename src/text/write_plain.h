/*
 * write_plain.h - a body as plain text: for mail, search and machines that want no marks.  Pure.
 */
#ifndef TEXT_WRITE_PLAIN_H
#define TEXT_WRITE_PLAIN_H

#include "text/body.h"

struct plain_writer {
    bool links;  /* addresses in angle brackets after the words they stand on */
    bool search; /* words only: no bullets, rules, marks; each block a line */
    int width;   /* wrap lines at this many characters; 0: never */
};

/* Append the text: blocks apart by an empty line, lists with "- " or "1. ", tables as lines with
 * tabs, quotes with "> ". */
void body_write_plain(buf *out, const struct body *b, const struct plain_writer *how);

/* The words of some spans alone, in `a`; breaks are spaces. */
str spans_plain(arena *a, const struct span *spans, size_t n);

#endif
