/*
 * condition.h - "only if it changed", "only these bytes" (RFC 9110 sections 13 and 14), and the
 * dates that go with them.  Pure.
 */
#ifndef HTTP_CONDITION_H
#define HTTP_CONDITION_H

#include "http/request.h"

enum { HTTP_DATE_SIZE = 30 }; /* "Mon, 23 Nov 2026 21:30:00 GMT" and a NUL */

void http_date_write(char out[HTTP_DATE_SIZE], int64_t at);

/* The same form back; false for any other. */
bool http_date_read(str s, int64_t *at);

/* Does the asker have it already?  `tag` with its quotes, compared weakly; `modified_at` 0 when it
 * is not told. */
bool condition_unchanged(const struct request *rq, str tag, int64_t modified_at);

enum range { RANGE_NONE, RANGE_SOME, RANGE_NEVER };

/* Which bytes of `size` does the asker want?  RANGE_NONE (all of them) also for several ranges,
 * for what is no range of bytes, and when If-Range names another version. */
enum range condition_range(const struct request *rq, int64_t size, str tag, int64_t modified_at,
                           int64_t *first, int64_t *last);

#endif
