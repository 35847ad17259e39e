/*
 * client.h - asking other machines, over libcurl: one request, one answer, everything bounded.
 *
 * Blocks, so never on a loop.  Only https addresses are asked, or http on this very machine, and
 * where others than the operator name them, none inside a private network (outside.h).  A redirect
 * is an answer like any other: nobody is sent on to an address that was not named.  Certificates
 * are checked.
 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

#include <stdatomic.h>

enum { CLIENT_TIMEOUT_MS = 10000, CLIENT_CONNECT_MS = 3000, CLIENT_ANSWER_MAX = 64 << 10 };

/* May this address be asked: https, or http at 127.0.0.1, [::1] or localhost? */
bool client_may_ask(str url);

/* Make libcurl ready, once; for mail.c too. */
void client_prepare(void);

/* Keeps connections for the next request; used by one thread at a time. */
struct client;

/* Which connections it may make. */
enum client_reach {
    CLIENT_ANYWHERE, /* the operator has named what is asked */
    CLIENT_OUTSIDE,  /* somebody else has */
};

/* `stop` (NULL: never) ends a request soon after it has become true. */
struct client *client_new(enum client_reach reach, const atomic_bool *stop);
void client_free(struct client **c);

struct client_ask {
    const char *method; /* "POST", "PURGE" ... */
    str url;
    str type, body; /* of what is sent; empty: nothing */
    const struct header *headers;
    size_t header_n;
    int timeout_ms;    /* for the whole of it; 0: CLIENT_TIMEOUT_MS */
    size_t answer_max; /* 0: CLIENT_ANSWER_MAX */
};

struct client_answer {
    int status;
    str body;
};

/* "200", "201" ... */
static inline bool client_is_fine(const struct client_answer *answer)
{
    return answer->status >= 200 && answer->status < 300;
}

/* Ask; the answer, whatever its status, lives in `a`.  E_DENIED: the address may not be asked.
 * E_LIMIT: more came than answer_max.  E_BUSY: stopped.  E_IO: no answer; it may be tried again. */
err client_send(arena *a, struct client *c, const struct client_ask *ask, struct client_answer *out,
                note *why);

/* --- many at once, by one thread --- */

/* Keeps connections as well; what is still open when it is freed is broken off. */
struct client_many;

struct client_many *client_many_new(enum client_reach reach);
void client_many_free(struct client_many **m);

/* Ask, and wait for nothing.  `a` and what `ask` names stay until it has ended, `of` comes back
 * then.  E_DENIED: the address may not be asked. */
err client_begin(arena *a, struct client_many *m, const struct client_ask *ask, void *of,
                 note *why);

struct client_end {
    void *of;
    err result; /* as of client_send() */
    struct client_answer answer;
    note why;
};

/* One that has ended, after up to `wait_ms`.  False: none has. */
bool client_ended(struct client_many *m, int wait_ms, struct client_end *out);

#endif
