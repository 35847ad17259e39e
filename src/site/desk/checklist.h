/*
 * checklist.h - what to look at before a story is published: each item says how it is, why it
 * matters, and where.
 *
 * What is not ready (CHECK_STOP) goes out when somebody says "all the same"; what no story goes out
 * with (CHECK_NEVER) the verbs themselves refuse.
 */
#ifndef SITE_DESK_CHECKLIST_H
#define SITE_DESK_CHECKLIST_H

#include "site/desk/writing.h"

enum check_state { CHECK_FINE, CHECK_WARN, CHECK_STOP, CHECK_NEVER };

struct check {
    enum check_state state;
    const char *key;
    const char *title, *about; /* in English, to be said */
    str where;                 /* "field:NAME", "block:ID"; empty: at no place in the copy */
    str what;                  /* which one of several */
};

struct checks {
    struct copy next; /* what goes out next: what they are about */
    struct check *v;
    size_t n;
    size_t elsewhere, asked; /* links that lead elsewhere; of these, not known yet */
};

/* Of what goes out next of a story, what is fine included; in the request's arena.  `asks`: whether
 * links that lead elsewhere answer, too. */
err checklist_of(const struct desk_page *p, const struct working *w, bool asks, struct checks *out);

/* The same, and of them what is not fine onto the story's page; ?links=ask asks the links. */
err checklist_fill(const struct desk_page *p, const struct working *w, struct view_desk_story *view,
                   struct checks *out);

/* What is wrong with a link of the copy, in English, to be said; NULL: nothing that is known.
 * *is_asked: whether it answers is being found out. */
const char *checklist_link(const struct desk_page *p, str link, bool asks, bool *is_elsewhere,
                           bool *is_asked);

#endif
