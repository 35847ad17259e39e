/*
 * story_path.h - a story's address: /{section}/{yyyy}/{mm}/{dd}/{slug}, given at publication and
 * kept for ever from the moment that readers could have it.
 */
#ifndef NEWS_STORY_PATH_H
#define NEWS_STORY_PATH_H

#include "news/desk.h"

/* Give the story an address for publication at `at`, by the paper's own calendar.  Two stories with
 * the same words on one day are told apart by a number. */
err story_path_give(struct desk *d, const struct standing *s, int64_t at, note *why);

#endif
