/*
 * mail.h - handing a message to a mail server, over libcurl's SMTP.
 *
 * Blocks, so never on a loop.  smtps:// is TLS from the first byte; smtp:// asks for TLS
 * (STARTTLS) and goes on only with it, but to this very machine, where nobody listens in.
 * Certificates are checked.
 */
#ifndef HTTP_MAIL_H
#define HTTP_MAIL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdatomic.h>

enum { MAIL_CONNECT_MS = 5000, MAIL_TIMEOUT_MS = 60000 };

/* "smtp://host", "smtps://host", with a port or without; and nothing else. */
bool mail_server_ok(str server);

struct mail_way {
    str server, user;
    str password_file; /* read each time; empty: none */
};

/* What one handing over needs: from whom, to whom, the message as mail_write() gave it. */
struct mail_letter {
    str from, to, message;
};

/* OK: the server has taken it.  E_INVALID: it does not want this one, and will not later.
 * E_DENIED: it does not take our password, or the file of it will not do.  E_BUSY: stopped.  E_IO:
 * it may be tried again; it may also have been taken, without our hearing of it. */
err mail_send(arena *a, const struct mail_way *way, const struct mail_letter *letter,
              const atomic_bool *stop, note *why);

#endif
