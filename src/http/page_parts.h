/*
 * page_parts.h - the inside of a page, for page.c, which builds it, and the connections, which
 * send it.  Nothing in it changes after page_build() but the number of holds.
 */
#ifndef HTTP_PAGE_PARTS_H
#define HTTP_PAGE_PARTS_H

#include "http/compress.h"
#include "http/page.h"

#include <stdatomic.h>

/* The page in one coding, as it goes over the wire.  Heads end after a whole line; what is still
 * to come: cache_line, Date, the house's headers, Connection, an empty line. */
struct page_form {
    str head;      /* "HTTP/1.1 200 OK" ... */
    str unchanged; /* "HTTP/1.1 304 Not Modified" ... */
    str body;
    str tag; /* with quotes, or empty */
};

enum { OWN_POLICY = 1, OWN_REFERRER = 2, OWNS = 4 };

struct page {
    atomic_int holds;
    int status;
    unsigned own;   /* what it brings itself of what the house says on every page */
    bool is_open;   /* its length is not told */
    bool varies;    /* with what a client accepts, although it may hold one coding alone */
    unsigned there; /* codings there are, 1 << coding */
    enum page_keep keep;
    int max_age_s, shared_age_s, if_down_s;
    int64_t modified_at, expires_at; /* 0; TIME_NEVER */
    int64_t subject;
    int kind;
    str cache_line; /* "Cache-Control: ...\r\n" */
    str lines;      /* headers that all forms share */
    str core;       /* of the tags */
    int fd;         /* of a file, or -1 */
    int64_t size;   /* of the plain body or the file */
    size_t bytes;
    struct page_form forms[CODINGS];
};

/* "200 OK", for a status line; "418 Status" for what has no name here. */
str page_status_words(int status);

enum { CACHE_LINE_ROOM = 192 };

/* How long others may keep a page, in seconds. */
struct page_ages {
    int64_t own, shared; /* a browser; a cache in front */
    int64_t stale, down; /* and it then, while it asks again; while we do not answer */
};
struct page_ages page_ages(const struct page *p, int64_t left_us);

/* Write "Cache-Control: ...\r\n"; gives its length. */
int page_cache_line(char *out, size_t room, enum page_keep keep, struct page_ages ages);

#endif
