/*
 * reply.h - how a handler answers.  On desk threads only.
 *
 * Each call makes rq->reply; a later call takes the place of an earlier one.  All of them give OK
 * unless said otherwise, so that a handler can end in `return reply_...`.  Whether the asker has
 * the page already (304), wants only its head, or a range of it, is settled after the handler.
 * What the route says of caching (route.h) becomes the Cache-Control of all but reply_page().
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "http/cookie.h"
#include "http/page.h"
#include "http/request.h"

err reply_html(struct request *rq, int status, str body);
err reply_text(struct request *rq, int status, str body);
err reply_json(struct request *rq, int status, str body);
err reply_bytes(struct request *rq, int status, str type, str body);

/* The begin of a reply that stays open: for stream.c. */
err reply_open(struct request *rq, str type, str first);

/* A page from somewhere else, as it is; the caller keeps its own hold.  Headers added with
 * reply_header() are not on it. */
err reply_page(struct request *rq, struct page *p);

/* Elsewhere, for ever (301, or 308 where the method must stay), or after a form (303).  E_INVALID
 * for a location that is not a path of ours or an http(s) address. */
err reply_moved(struct request *rq, str location);
err reply_see_other(struct request *rq, str location);

/* 304 with this tag (without quotes): the handler found out cheaply that nothing changed. */
err reply_unchanged(struct request *rq, str etag);

/* 204. */
err reply_nothing(struct request *rq);

/* A file, sent by the kernel: ranges are answered.  `etag` without quotes, may be empty.
 * E_MISSING when there is no such plain file. */
err reply_file(struct request *rq, const char *path, str type, str etag);

/* The paper's own error page (server_options.error_page), or a line of plain text. */
err reply_error(struct request *rq, int status);

/* Add to the reply that is made next. */
void reply_header(struct request *rq, str name, str value);
void reply_cookie(struct request *rq, const struct cookie *c);

/* More about the page that reply_html() and the like make next: `etag` as in page_spec, and
 * whether to compress it (not where a secret and a stranger's words stand in one page). */
void reply_tag(struct request *rq, str etag, int64_t modified_at);
void reply_compressed(struct request *rq);

/* Who may keep it, in place of what the route says (see page_spec). */
void reply_keep(struct request *rq, enum page_keep keep, int max_age_s, int64_t expires_at);

/* A Content-Security-Policy in place of the house's. */
void reply_policy(struct request *rq, str policy);

/* Forget what was added so far. */
void reply_fresh(struct request *rq);

/* The status that an error kind stands for: E_MISSING 404, E_GONE 410, E_DENIED 403, ... */
int reply_status_of(err e);

#endif
