/*
 * h1_parse.h - HTTP/1.1 off the wire, strictly: the head of a request and the chunks of a body
 * (RFC 9112; 9110 section 5).  Pure; never allocates.
 *
 * Where the standard lets a server be lenient this one is not: lines end in CRLF, a length is
 * digits, chunked is the only transfer coding and stands alone, and nothing may be said twice.
 * What is refused here must be answered with `status` and the connection closed, since nobody
 * knows where the next request would begin.
 */
#ifndef HTTP_H1_PARSE_H
#define HTTP_H1_PARSE_H

#include "base/str.h"
#include "http/request.h"

enum {
    H1_HEAD_MAX = 16 * 1024, /* bytes of request line and headers */
    H1_TARGET_MAX = 8 * 1024,
    H1_FIELDS_MAX = 100,
    H1_CHUNK_EXTRA_MAX = 4 * 1024, /* bytes of chunk extensions and trailers of one body */
};

enum h1_result { H1_MORE, H1_DONE, H1_REFUSED };

/* Where a field stands in the bytes that were read. */
struct h1_field {
    uint16_t name, name_n, value, value_n;
};

struct h1_head {
    int status; /* when refused: 400, 413, 414, 417, 431, 501, 505 */
    enum method method;
    int minor; /* HTTP/1.minor: 0 or 1 */
    uint16_t target, target_n;
    uint16_t host, host_n; /* value of Host; empty when there is none (HTTP/1.0) */
    uint16_t field_n;
    bool has_host, has_length, chunked, close, keep_alive, expect_continue;
    uint64_t length; /* of the body, with has_length */
    uint16_t size;   /* bytes of the head, once it is whole */

    uint16_t at, scanned; /* the first unread line; bytes searched for its end */
    bool started;         /* the request line was read */
    bool blank;           /* an empty line before it was skipped */
    struct h1_field fields[H1_FIELDS_MAX];
};

/* What the standard lets them be made of; names in either case.  An empty name or host is none. */
bool h1_is_name(str s);
bool h1_is_value(str s);
bool h1_is_target(str s);
bool h1_is_host(str s);

/* 0 for a method that is not ours. */
enum method h1_method_of(str word);

/* A Content-Length: 0, or the status that it is refused with. */
int h1_length_of(str value, uint64_t *out);

/* Begin with a new request. */
void h1_head_start(struct h1_head *h);

/* Read the head that begins at `bytes`, of which `n` have come so far (the same ones as last time
 * and some more).  Names are put into lower case in place. */
enum h1_result h1_head_read(struct h1_head *h, char *bytes, size_t n);

/* May the connection take another request after this one? */
bool h1_keeps(const struct h1_head *h);

/* The target's authority ("": origin form), raw path and raw query; "*" is its own path.  False
 * for a target that is none of the forms that we take. */
struct h1_target {
    str authority, path, query;
};
bool h1_target_read(str target, struct h1_target *out);

/* A body in chunks, as far as it was read; zeroed at its begin. */
struct h1_chunks {
    int status; /* when refused */
    int state;
    int digits;
    uint64_t left; /* of this chunk */
    size_t extra;
};

/* Read on: *used bytes were taken, and of these *data is body (it may be empty).  H1_MORE also
 * when some of `n` are left: call again with the rest. */
enum h1_result h1_chunks_read(struct h1_chunks *c, const char *bytes, size_t n, size_t *used,
                              str *data);

#endif
