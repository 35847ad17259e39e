/*
 * running.h - running stories as the public pages show them: the coverage below a story, and the
 * compact forms (a line, a box, a rail).
 */
#ifndef SITE_PUBLIC_RUNNING_H
#define SITE_PUBLIC_RUNNING_H

#include "http/request.h"
#include "news/running.h"
#include "site/public/parts.h"
#include "site/show.h"

/* A body beside a story's own, on its page or apart: no ids.  (story_page.c) */
struct html story_body_beside(const struct parts *p, const struct story *s, const struct body *b);
bool story_has_parts(const struct body *b);

/* The coverage of a story, by ?order= and ?page=, into the view; with what machines are told, in
 * `told` (of NULL entries: the story is none that runs).  E_MISSING: there is no such page. */
err running_fill(struct request *rq, const struct parts *p, const struct story *s,
                 struct view_story *view, const struct told_coverage **told);

/* When it last had something new: its newest entry, or the newest version. */
int64_t running_changed(const struct parts *p, const struct story *s);

/* A story in brief with its newest entries. */
err running_brief(const struct parts *p, const struct card *c, int64_t entries,
                  struct view_running *out);

/* The running story that one was made of an entry of, or NULL. */
err running_behind(const struct parts *p, int64_t story, const struct view_running **out);

#endif
