/*
 * compare.h - two versions of a story side by side, by words: for the history that readers see and
 * for what the newsroom has written.
 */
#ifndef SITE_PUBLIC_COMPARE_H
#define SITE_PUBLIC_COMPARE_H

#include "site/public/parts.h"
#include "text/diff.h"

struct comparing {
    const struct parts *p;
    struct view_passage *passages; /* n of them, what is the same included */
    size_t n, changed;
    struct diff_body body;
};

/* First the fields, at most so many, then the bodies. */
void compare_begin(struct comparing *c, const struct parts *p, size_t fields,
                   const struct body *before, const struct body *after);
/* `name` in English, to be said. */
void compare_field(struct comparing *c, const char *name, str before, str after);
void compare_bodies(struct comparing *c);

#endif
