/*
 * pulse.h - the thread that looks at the paper once a second: it remembers what was counted, so
 * that "in the last minute" can be said.  In the process in charge it answers `broadsheet top` as
 * well, through top.sock in the data folder (0600), to whom it writes one picture of the paper and
 * hangs up.
 */
#ifndef SITE_PULSE_H
#define SITE_PULSE_H

#include "base/count.h"
#include "base/must.h"
#include "http/load.h"
#include "site/site.h"

_Static_assert((int)ROUTE_KINDS <= COUNT_KINDS && (int)EVENT_KIND_COUNT <= COUNT_EVENTS &&
                   (int)LOAD_RANKS == COUNT_RANKS,
               "there is room");

/* What was counted (base/count.h), all threads together. */
struct tally {
    int64_t at; /* ticks; or, of a difference, how long it lasted */
    int64_t reply[COUNT_KINDS][COUNT_STATUSES];
    int64_t warm[COUNT_KINDS];
    int64_t warm_us[COUNT_SPANS], drawn_us[COUNT_SPANS];
    int64_t spent_us[2]; /* warm, drawn */
    int64_t shed[COUNT_RANKS], spared, left, over;
};

/* Since the start. */
void tally_now(struct tally *out);

struct pulse;

err pulse_start(struct site *s, struct pulse **out, note *why);
void pulse_stop(struct pulse **p);

/* Own top.sock, and leave it to another process; the second is fine without the first, and with
 * NULL. */
err pulse_listen(struct pulse *p, note *why);
void pulse_hang_up(struct pulse *p);

/* What came in the last minute, or since the start if that is shorter ago. */
void pulse_minute(struct pulse *p, struct tally *out);

/* For how long the paper has served. */
int64_t pulse_up_s(const struct pulse *p);

/* Connect to the top.sock of a running server; gives what it said, in `a`.  E_MISSING: nobody
 * serves this folder. */
err pulse_ask(arena *a, const char *folder, str *picture, note *why);

#endif
