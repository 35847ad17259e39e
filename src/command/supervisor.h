/*
 * supervisor.h - whoever started us: the sockets it hands over, and how it is told how we are.
 *
 * systemd's conventions (sd_listen_fds(3), sd_notify(3)), read and spoken without its library.  One
 * program hands its sockets to the next in the same way (handover.h).  On the main thread.
 */
#ifndef COMMAND_SUPERVISOR_H
#define COMMAND_SUPERVISOR_H

#include "base/err.h"

enum { SUPERVISOR_FIRST = 3 /* the descriptor that what is handed over begins with */ };

/* -1: none. */
struct supervisor_handed {
    int clear, tls; /* listening sockets; the second is named "tls" */
    int before;     /* named "before": the line to the program that we follow */
};

/* What the environment says was handed over; taken out of it, so that no child reads it too.
 * Before there are threads.  E_INVALID: what came is of no use. */
err supervisor_take(struct supervisor_handed *out, note *why);

/* Tell it "READY=1" and the like, lines with a newline between; nothing when nobody asked for it.
 */
[[gnu::format(printf, 1, 2)]] void supervisor_tell(const char *format, ...);

#endif
