/*
 * h2_head.h - the head of a request as HTTP/2 tells it, field by field (RFC 9113 section 8), into
 * the form that HTTP/1.1 is read into, so that all that follows is the same.  Pure.
 *
 * As strict as h1_parse.h: pseudo fields first, each once; lower-case tokens; nothing that belongs
 * to a connection; the authority and a Host field must agree.
 */
#ifndef HTTP_H2_HEAD_H
#define HTTP_H2_HEAD_H

#include "http/h1_parse.h"

struct h2_head {
    struct h1_head
        head; /* its places are in `bytes`; the body is `chunked` when no length is told */
    size_t n;
    size_t listed; /* bytes of all fields as HTTP/2 counts them, also of those that found no room */
    bool has_method, has_scheme, has_path, has_authority, has_field, has_host_field;
    char bytes[H1_HEAD_MAX];
};

void h2_head_start(struct h2_head *h);

/* One field more.  False: refused, with head.status 400 for what no client of good will sends, or
 * 414, 417, 431, 501; the first refusal stays. */
bool h2_head_add(struct h2_head *h, str name, str value);

/* All fields are there; `whole`: and no body follows.  False as above. */
bool h2_head_end(struct h2_head *h, bool whole);

#endif
