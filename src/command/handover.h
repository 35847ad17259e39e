/*
 * handover.h - one program takes over from another, with no request lost in between.
 *
 * The one that serves starts the next with its own words and its listening sockets.  The next one
 * serves beside it, is given the charge of the folder, and only then does the old one retire; if
 * the next one ends before that, whenever it is, the old one goes on
 * (docs/decisions/0012-two-processes-on-one-folder.md).  On the main thread.
 *
 *   old    BY_ITSELF -> WAITS_UNTIL_IT_SERVES -> WAITS_UNTIL_IT_WORKS -> DONE
 *          (starts it)    hears READY, stops its own work,  hears WORKS
 *                         says YOURS
 *   next   BESIDE -> BY_ITSELF
 *          (serves, says READY)   hears YOURS, starts its work, says WORKS
 *   The old one's end, seen as the end of the line, is as good as YOURS.
 */
#ifndef COMMAND_HANDOVER_H
#define COMMAND_HANDOVER_H

#include "base/err.h"
#include "http/server.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

enum { HANDOVER_PATIENCE_S = 120 /* for each step of the next program */ };

enum handover_stage { BESIDE, BY_ITSELF, WAITS_UNTIL_IT_SERVES, WAITS_UNTIL_IT_WORKS, DONE };

/* Take the charge and begin with what is due; end with it and leave the charge. */
struct handover_work {
    err (*start)(void *of, note *why);
    void (*stop)(void *of);
    void *of;
};

struct handover {
    enum handover_stage stage;
    struct handover_work work;
    int line;      /* to the other one; -1: there is none */
    pid_t next;    /* 0: there is none */
    int64_t until; /* monotonic microseconds: the patience with it */
};

/* `before`: the line to the one that we follow, or -1, and then the work begins at once. */
err handover_begin(struct handover *h, struct handover_work work, int before, note *why);

/* We serve: say so to the one before us, or to whoever started us. */
void handover_serves(struct handover *h);

/* SIGUSR2: start the next program.  What cannot be begun, or fails, stands in the log. */
void handover_start(struct handover *h, struct server_sockets sockets);

/* What to wait for beside signals (-1: nothing), for how many milliseconds at the most (-1). */
int handover_watched(const struct handover *h);
int handover_patience_ms(const struct handover *h);

/* It can be read from, or the time is over.  An error ends the program: the work that was handed
 * over to us could not be begun. */
err handover_look(struct handover *h, note *why);

/* We are to end whatever stage it is: so does the one that we have just started. */
void handover_end(struct handover *h);

#endif
