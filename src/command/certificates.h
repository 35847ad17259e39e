/*
 * certificates.h - the certificates of `serve`: from its words, and read again when their files
 * change, when somebody asks (SIGHUP), and once a day, which changes the keys of session tickets.
 * On the main thread.
 */
#ifndef COMMAND_CERTIFICATES_H
#define COMMAND_CERTIFICATES_H

#include "loop/tls.h"

struct certificates {
    const char *certs[TLS_PAIRS_MAX], *keys[TLS_PAIRS_MAX]; /* the n-th of each go together */
    size_t cert_n, key_n;
    struct tls *tls; /* NULL: none were given */
    bool changing;   /* files changed a moment ago, and may do so again */
    int64_t read_at; /* wall time */
    int64_t ends_at; /* wall time: the first of them; 0: there are none */
};

enum { CERTIFICATES_LOOK_S = 1 };

/* E_INVALID also for words that do not go together. */
err certificates_open(struct certificates *c, int64_t now, note *why);
void certificates_close(struct certificates *c);

/* Every CERTIFICATES_LOOK_S; `asked`: read them whatever there is. */
void certificates_look(struct certificates *c, int64_t now, bool asked);

#endif
