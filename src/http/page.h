/*
 * page.h - a reply that is ready to be sent: built once, counted, shared between threads and
 * never written after.
 *
 * It holds the body plain, with gzip and with brotli, and for each the head as it goes over the
 * wire, so that a warm page is one sendmsg() without a copy.  Compressing happens in
 * page_build(), never when the page is sent.
 */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "http/request.h"

/* Who may keep a page. */
enum page_keep {
    KEEP_NOT,     /* nobody: "private, no-store" */
    KEEP_SHARED,  /* everybody, for max_age_s; 0: must ask again each time */
    KEEP_FOREVER, /* everybody, for a year: the address changes when the bytes do */
    KEEP_PRIVATE, /* the asker's browser only, which must ask again each time */
};

struct page_spec {
    int status;          /* 0: 200 */
    str type;            /* "text/html; charset=utf-8"; empty when there is no body */
    str body;            /* copied */
    str etag;            /* without quotes; empty: a checksum of the body (200 only) */
    int64_t modified_at; /* 0: not told */
    int64_t expires_at;  /* not to be sent from then on; 0 or TIME_NEVER: none */
    enum page_keep keep;
    int max_age_s;    /* with KEEP_SHARED; shortened as expires_at comes near */
    int shared_age_s; /* with KEEP_SHARED: a cache in front may keep it for so long, not asking */
    int if_down_s;    /* and for so long more while we do not answer */
    int kind;         /* enum route_kind, by which its replies are counted */
    int64_t subject;  /* what it is about, for who made it; 0: nothing in particular */
    bool compress;    /* make gzip and brotli bodies, if type and size are worth it */
    bool for_one;     /* only one client gets it: of these only the body that suits it is made */
    str accepts;      /* that client's Accept-Encoding */
    str policy;       /* a Content-Security-Policy of its own; empty: the house's */
    bool is_open;     /* the body is only the begin (stream.h): its length is not told */
    const struct header *headers; /* more of them */
    size_t header_n;
};

struct page;

/* A new page with one hold, which is the caller's.  Takes some milliseconds with `compress`. */
struct page *page_build(const struct page_spec *spec);

/* The same page with bodies compressed as well as can be: tens of milliseconds or more, for a
 * background thread.  Its tags do not change. */
struct page *page_better(const struct page *p);

/* One hold more; and one less (*p becomes NULL; the last one frees).  Any thread.  NULL is fine. */
struct page *page_hold(const struct page *p);
void page_drop(struct page **p);

int page_status(const struct page *p);
str page_body(const struct page *p); /* plain */
str page_etag(const struct page *p); /* of the plain body, with its quotes; may be empty */
int64_t page_expires_at(const struct page *p);
int64_t page_subject(const struct page *p);
size_t page_bytes(const struct page *p); /* of memory, all told */

/* A header of the page (lower case name); empty when it has none.  For tests. */
str page_header(const struct page *p, str name);

/* A page whose body is a file, sent by the kernel; ranges are answered.  Takes `fd` over. */
struct page *page_of_file(const struct page_spec *spec, int fd, int64_t size);

#endif
