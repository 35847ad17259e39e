/*
 * tls.h - TLS 1.2 and 1.3 on accepted sockets: certificates from files, one chosen by the name
 * that is asked for (SNI), the first where none fits.
 *
 * `struct tls` is main's and outlives the loops.  It may be read again at any time; connections
 * that are there keep what they began with.  A `struct tls_end` belongs to the thread of its
 * connection.
 */
#ifndef LOOP_TLS_H
#define LOOP_TLS_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>
#include <sys/types.h>

enum { TLS_PAIRS_MAX = 64, TLS_RECORD = 16 * 1024 };

/* A certificate with the chain that leads to it, and its private key: PEM files. */
struct tls_pair {
    const char *cert, *key;
};

struct tls;

/* Read the files (their names must outlive it).  E_INVALID for what cannot be used, E_IO for what
 * cannot be read: `why` says which file, and what to do. */
err tls_open(const struct tls_pair *pairs, size_t n, struct tls **out, note *why);
void tls_close(struct tls **t); /* NULL is fine */

/* The same files once more, for connections that come from now on; an error leaves what is there.
 * Session tickets that were given out before open nothing any more. */
err tls_read_again(struct tls *t, note *why);

/* Are there other files under the names than those that were looked at last?  One thread. */
bool tls_changed(struct tls *t);

size_t tls_count(const struct tls *t);

/* When the first of the certificates ends (microseconds UTC), and which file that is. */
int64_t tls_ends_at(struct tls *t, const char **file);

struct tls_end;

/* Begin on a non-blocking socket, which stays the caller's. */
struct tls_end *tls_accept(struct tls *t, int fd);
void tls_free(struct tls_end **e); /* NULL is fine */

enum tls_step { TLS_DONE, TLS_WAIT, TLS_FAILED, TLS_CLEAR /* somebody speaks HTTP without TLS */ };
enum tls_step tls_shake(struct tls_end *e);

/* Was HTTP/2 agreed on (ALPN)?  Once the handshake is done. */
bool tls_is_h2(const struct tls_end *e);

/* Bytes read; 0 when there are none just now, -1 when no more will come. */
ssize_t tls_read(struct tls_end *e, char *to, size_t room);

/* Bytes written, at most TLS_RECORD; 0 when none are taken just now: then the next call must be
 * given the same bytes, or more that begin with them; -1 when the other side is gone. */
ssize_t tls_write(struct tls_end *e, const char *p, size_t n);

/* Nothing more will be said. */
void tls_goodbye(struct tls_end *e);

#endif
