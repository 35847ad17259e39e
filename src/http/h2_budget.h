/*
 * h2_budget.h - what one HTTP/2 connection may cost us besides its requests: frames that ask for
 * work and carry nothing.  Pure: it reads the heads of frames as they come, before anybody acts on
 * them, and counts each against a bucket that fills again with time.
 *
 *   resets      RST_STREAM by the client: requests that were begun and thrown away (rapid reset)
 *   provoked    RST_STREAM by us, for what the client did wrong (MadeYouReset)
 *   pings, settings, priorities, empties (DATA with nothing in it), strange (unknown kinds)
 *   updates     WINDOW_UPDATE; what is sent earns some
 *   continuations   of one head: eight
 *   headers     bytes of one head, unpacked (HPACK bombs)
 */
#ifndef HTTP_H2_BUDGET_H
#define HTTP_H2_BUDGET_H

#include "base/str.h"

#include <stdint.h>

enum h2_cost {
    H2_RESETS,
    H2_PROVOKED,
    H2_PINGS,
    H2_SETTINGS,
    H2_PRIORITIES,
    H2_EMPTIES,
    H2_STRANGE,
    H2_UPDATES,
    H2_BUCKETS,
    H2_CONTINUATIONS = H2_BUCKETS,
    H2_HEADERS,
    H2_STALLS,
    H2_COSTS, /* also: nothing is over */
};

enum { H2_CONTINUATIONS_MAX = 8, H2_PREFACE = 24, H2_FRAME_HEAD = 9 };

struct h2_budget {
    int64_t left[H2_BUCKETS]; /* thousandths */
    int64_t at;               /* when they were filled last: microseconds */
    size_t preface, payload;  /* bytes still to pass over */
    size_t head_n;
    uint8_t head[H2_FRAME_HEAD];
    int continuations;
};

void h2_budget_start(struct h2_budget *b, int64_t now);

/* What is over after these bytes, which go on where the last ones ended; H2_COSTS: nothing. */
enum h2_cost h2_budget_read(struct h2_budget *b, str bytes, int64_t now);

/* One of these; false when that is over. */
bool h2_budget_spend(struct h2_budget *b, enum h2_cost what, int64_t now);

/* So many bytes of bodies went out, and may be acknowledged. */
void h2_budget_earn(struct h2_budget *b, size_t bytes);

/* "resets", ... */
const char *h2_cost_word(enum h2_cost what);

#endif
