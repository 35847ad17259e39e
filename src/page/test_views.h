/* Views of a little paper, for the tests of the theme engine. */
#ifndef PAGE_TEST_VIEWS_H
#define PAGE_TEST_VIEWS_H

#include "page/view.h"

#define VIEW_THREAD(FIELD, ONE, LIST) FIELD(str, name) FIELD(url, href)
VIEW_DECLARE(thread, VIEW_THREAD)

#define VIEW_TALE(FIELD, ONE, LIST)                                                                \
    FIELD(str, headline)                                                                           \
    FIELD(str, byline)                                                                             \
    FIELD(passing, made)                                                                           \
    FIELD(html, body)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(json, facts)                                                                             \
    FIELD(num, comments)                                                                           \
    FIELD(flag, breaking)                                                                          \
    ONE(thread, section)                                                                           \
    LIST(thread, topics)                                                                           \
    LIST(str, words)                                                                               \
    LIST(tale, related)
VIEW_DECLARE(tale, VIEW_TALE)

/* An answer to a comment has answers. */
#define VIEW_REMARK(FIELD, ONE, LIST) FIELD(str, text) LIST(remark, answers)
VIEW_DECLARE(remark, VIEW_REMARK)

#endif
