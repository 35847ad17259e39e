/*
 * route.h - the table of addresses: one line says everything about a route.
 *
 * A path is made of segments: "/topic/{slug}".  A segment is a literal; or {name}, any one
 * segment; or {name#}, digits only; or a mix with at most two names: "{width#}.{ext}",
 * "{slug}.lite"; or, as the last one, {name*}: the rest, slashes and all.  Where several fit, for
 * each segment from the left: literal, then the mix with most literal bytes and most {name#}, then
 * {name#}, then {name}, then {name*}.  A path that fits none but would without its last slash is
 * moved there.
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

/* Who may ask; server_options.before holds them to it.  A line that does not say is our mistake. */
enum route_who { WHO_UNSAID, WHO_ANYONE, WHO_READER, WHO_STAFF, WHO_MACHINE };

/* Who may keep the answer. */
enum route_cache {
    CACHE_NONE,    /* nobody: no-store */
    CACHE_SHARED,  /* the page cache, and others for a short time */
    CACHE_FOREVER, /* everybody: the address names the bytes */
};

/* What kind of thing it gives: replies are counted by it, and when more is asked than can be
 * answered, some kinds are kept up for longer than others (load.h). */
#define ROUTE_KINDS_ALL(X)                                                                         \
    X(other)                                                                                       \
    X(story)                                                                                       \
    X(front) /* and the sections */                                                                \
    X(list)  /* topics, the archive, feeds */                                                      \
    X(api)   /* what machines ask */                                                               \
    X(search)                                                                                      \
    X(media)                                                                                       \
    X(live)                                                                                        \
    X(desk)                                                                                        \
    X(poll) /* what an open page of the desk asks again and again, or as somebody types */
#define ROUTE_KIND_ENUM(word) KIND_##word,
enum route_kind { ROUTE_KINDS_ALL(ROUTE_KIND_ENUM) ROUTE_KINDS };

/* "story" */
const char *route_kind_word(enum route_kind kind);

struct route {
    unsigned methods; /* GET | POST; HEAD and OPTIONS come by themselves */
    const char *path;
    err (*answer)(struct request *rq);
    enum route_who who;
    enum route_cache cache;
    enum route_kind kind;
    size_t body_max;   /* bytes; 0: no body */
    const char *query; /* fields that the answer depends on, "before limit"; NULL: none */
    const char *doc;   /* for people: what it gives */
    const char *needs; /* of WHO_STAFF, the privilege that it takes, or any of several, "a|b"; NULL:
                          to be signed in */
    bool proved;       /* and their password not long ago */
    bool is_secret;    /* the path opens something: the log has the route's own instead */
};

struct route_table;

/* Make the table from `n` lines, which outlive it; lives in `a`.  E_INVALID for a path that is
 * none, E_CONFLICT for two lines that fit the same requests, with both named in `why`. */
err route_table_make(arena *a, const struct route *routes, size_t n, struct route_table **out,
                     note *why);

struct route_match {
    const struct route *route; /* NULL: none with this method */
    struct header params[REQUEST_PARAMS_MAX];
    size_t param_n;
    unsigned methods; /* all that this path answers to; 0: there is no such path */
    bool slash;       /* no such path, but there is without the slash at its end */
};

/* Which line answers `path` (decoded).  The params point into `path`. */
void route_find(const struct route_table *table, enum method m, str path, struct route_match *out);

/* The value of an Allow header for these methods: "GET, HEAD, OPTIONS".  Lives in `a`. */
str route_allow(arena *a, unsigned methods);

#endif
