/*
 * surge.h - when the paper becomes lite by itself, and when it goes back.
 *
 *   as it is set --(readers are refused for after_s)--> lite
 *   lite --(nobody is refused for twice as long)--> as it is set
 *
 * Pure; looked at once a second (pulse.c).
 */
#ifndef SITE_SURGE_H
#define SITE_SURGE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SURGE_AFTER_S = 30, /* where the paper's setting lite_after says nothing */
    SURGE_GAP_S = 3,    /* a longer time with nobody refused begins anew */
};

struct surge {
    bool is_lite;
    int64_t since, last; /* ticks: the first refusal of this time, the last one; 0: none yet */
};

/* `refused`: somebody was, since the last look.  True when is_lite has changed.  after_s 0: the
 * paper never is lite by itself. */
bool surge_look(struct surge *s, bool refused, int64_t after_s, int64_t now);

#endif
