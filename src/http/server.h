/*
 * server.h - HTTP/1.1 to the outside, in the clear and over TLS, handlers to the inside.
 *
 * Loop threads own the sockets and answer by themselves what `lookup` finds; everything else goes
 * to a desk thread: `before`, the route's handler, `after`.  docs/http.md has the limits.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/err.h"
#include "base/time.h"
#include "http/page.h"
#include "http/request.h"
#include "http/route.h"
#include "http/slow.h"

/* Zero: the default, which stands behind each. */
struct server_limits {
    int connections;          /* 30000, all loops together */
    int streams;              /* five sixths of them: replies that stay open; then 503 */
    int jobs;                 /* 256 waiting for a desk thread; 503 before that for some (load.h) */
    int64_t patience_us;      /* 100 ms: how long those wait that are refused first (load.h) */
    size_t job_memory;        /* 64 MiB for one request on a desk thread; then 503 */
    size_t bodies;            /* 512 MiB of request bodies at one time; then 503 */
    int64_t head_ms;          /* 10 s for the whole head of a request */
    int64_t body_ms;          /* 10 min for the whole body */
    int64_t body_bytes_per_s; /* 500 at the least, after five seconds */
    int64_t idle_ms;          /* 75 s between two requests */
    int64_t send_ms;          /* 30 s in which the other side takes nothing */
    int64_t send_bytes_per_s; /* 500 at the least, after thirty seconds */
    int64_t stop_ms;          /* 20 s for open requests when the server stops */
    int64_t retire_ms;        /* 2 min for them when another one goes on */
};

struct server_options {
    const char *address;        /* "127.0.0.1:8080", "[::]:80"; port 0: any free one */
    int listener, tls_listener; /* listening sockets to use instead, if above 0; then ours */
    struct tls *tls;            /* NULL: none.  With it what comes in the clear is sent to https */
    const char *tls_address;    /* where TLS is spoken */
    bool takes_over;            /* from another program: be patient from the first moment */
    const char *clear_path;     /* what begins so is answered in the clear all the same; or NULL */
    int loops;                  /* 0: as many as there are processors */
    int desks;                  /* 0: 4 */
    const clock_source *clock;  /* NULL: the machine's */
    const struct route *routes;
    size_t route_n;
    struct server_limits limits;
    bool log_requests;
    bool proxied; /* a proxy on this machine stands before us: believe its X-Forwarded-For and
                     X-Forwarded-Proto when the connection comes from a loopback address */
    bool secure;  /* tell browsers to come by https only, for a year; over TLS they always are */

    void *of;                                 /* given to all of these; each may be NULL */
    void *(*desk_open)(void *of, int number); /* rq->desk of one desk thread, made on it */
    void (*desk_close)(void *of, void *desk);
    /* On the loop, so at once and with no blocking: the page for a GET or HEAD, with a hold for
     * the caller, or NULL.  Pages past their expires_at are not sent. */
    struct page *(*lookup)(void *of, const struct request *rq);
    /* On the loop, for a GET or HEAD of a route that no desk thread can be spared for: the page to
     * send in its stead, with a hold, or NULL, which is 503. */
    struct page *(*instead)(void *of, const struct request *rq);
    /* Any thread, at once: what whoever is refused with 503 gets, to come again in so many seconds,
     * with a hold; NULL: a line of plain words. */
    struct page *(*busy)(void *of, const struct request *rq, int later_s);
    /* On a desk thread, before the handler: who asks, and may they?  An error is answered in the
     * handler's stead, unless rq->reply is set, which then is the answer. */
    err (*before)(void *of, struct request *rq);
    /* After the handler: rq->reply is what will be sent. */
    void (*after)(void *of, struct request *rq);
    /* Draw an error with the paper's face and reply with it; an error leaves a plain line. */
    err (*error_page)(void *of, struct request *rq, int status);
};

struct server;

/* Open the listener and start all threads.  E_CONFLICT: the address is taken. */
err server_start(const struct server_options *o, struct server **out, note *why);

/* The port that it listens on. */
int server_port(const struct server *s);

/* The port of TLS; 0: none. */
int server_tls_port(const struct server *s);

/* Take no more connections, finish open requests (up to stop_ms), end the threads; *s becomes
 * NULL. */
void server_stop(struct server **s);

/* The next program is about to start beside it: refuse nobody as soon for a while (load.h). */
void server_be_patient(struct server *s);

/* Begin to end while another process goes on listening at the same sockets, so that nobody may
 * notice: a connection that waits between two requests may ask once more (up to stop_ms) and is
 * then told to close; open requests have retire_ms.  The descriptor that it gives, which stays the
 * server's, can be read from when nothing is open any more.  server_stop() is still called, then or
 * before, when there is no more time for all that. */
int server_retire(struct server *s);

/* The listening sockets, to hand them over; without TLS the second is -1. */
struct server_sockets {
    int clear, tls;
};
struct server_sockets server_sockets(const struct server *s);

/* Have the loops look at the clock now: for tests that move a fixed one. */
void server_wake(struct server *s);

struct server_counts {
    int64_t connections, requests, looked_up, refused;
    int64_t streams; /* replies that stay open: live readers */
    int64_t waiting; /* jobs for a desk thread */
    int64_t wait_us; /* of the one that has waited longest */
};
struct server_counts server_counts(const struct server *s);

/* Its limits, each as it is in force. */
const struct server_limits *server_limits_of(const struct server *s);

/* The pages of the last ten minutes that took longest to draw, the slowest first. */
size_t server_slow(struct server *s, struct slow out[SLOW_MAX]);

#endif
