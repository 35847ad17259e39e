/*
 * request.h - what somebody asks for, whatever the version of HTTP it came by.
 *
 * A request moves whole from the loop that read it to the desk thread that answers it; its texts
 * live as long as it does.  Everything in it is a stranger's word, but these hold: the path is
 * decoded UTF-8 with no control characters, no empty, "." or ".." segment; header names are lower
 * case tokens; header values have no control characters but tab.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum method {
    GET = 1 << 0,
    HEAD = 1 << 1,
    POST = 1 << 2,
    PUT = 1 << 3,
    PATCH = 1 << 4,
    DELETE = 1 << 5,
    OPTIONS = 1 << 6,
};

/* "GET", ... */
str method_word(enum method m);

struct header {
    str name, value;
};

enum { REQUEST_PARAMS_MAX = 8 };

struct request {
    enum method method;
    bool secure;     /* came over TLS, or through a trusted proxy that says so */
    str host;        /* as asked, lower case, with the port if one was given */
    str path;        /* decoded: "/ville/café" */
    str raw_path;    /* as sent: "/ville/caf%C3%A9" */
    str raw_query;   /* as sent, without the '?' */
    str body;        /* whole, chunks joined */
    str remote;      /* the asker's address: "192.0.2.7" */
    uint64_t id;     /* for the log */
    int64_t came_at; /* wall time, microseconds UTC */

    const struct route *route;
    struct header params[REQUEST_PARAMS_MAX]; /* of the route's path, by name */
    size_t param_n;
    const struct header *headers;
    size_t header_n;

    /* On a desk thread only. */
    arena *arena;            /* emptied after the reply */
    void *desk;              /* the thread's context: the store connection */
    void *of;                /* server_options.of */
    void *visitor;           /* who asks, once server_options.before has found out */
    note note;               /* the cause when the handler fails, for the log */
    struct page *reply;      /* reply.h sets it; the request owns one hold */
    struct booking *booking; /* stays open after that (stream.h) */

    struct reply_draft *draft; /* headers of the reply to come (reply.c) */
    const struct server_options *options;
};

/* The path as the log may have it: as sent, or, where it opens something, as the route writes it.
 */
str request_path_told(const struct request *rq);

/* A header's value, trimmed; empty when there is none.  Of several, the first.  `name` in lower
 * case. */
str request_header(const struct request *rq, str name);

/* A cookie's value; false when it was not sent. */
bool request_cookie(const struct request *rq, str name, str *value);

/* A field of the query, decoded into rq->arena (so on a desk thread only); false when it is not
 * there or is not UTF-8.  Of several, the first. */
bool request_query(struct request *rq, str name, str *value);

/* What stood for {name} in the route's path, decoded; never empty.  Aborts when the route has no
 * such name: our own mistake. */
str request_param(const struct request *rq, str name);

/* Whether it has: for what answers several routes. */
bool request_has_param(const struct request *rq, str name);

/* The fields of a body sent as application/x-www-form-urlencoded; E_INVALID for anything else. */
struct form;
err request_form(struct request *rq, struct form *out);

/* The parts of a body sent as multipart/form-data; E_INVALID for anything else, E_LIMIT. */
struct multipart;
err request_parts(struct request *rq, struct multipart *out);

/* Is the body said to be of this media type ("application/json")?  Its parameters do not matter. */
bool request_is(const struct request *rq, str type);

#endif
