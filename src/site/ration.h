/*
 * ration.h - how much of the desk threads' work goes to one address, or one account of the staff.
 *
 * What is counted is work, not requests: a page from memory costs nothing, so a school of a
 * thousand behind one address reads a story for the price of drawing it once.  Each has a minute's
 * allowance in hand, which comes back as time goes by.  In memory, of a fixed size: of those that
 * share a place in it whoever owes least is forgotten first.  Any thread.
 */
#ifndef SITE_RATION_H
#define SITE_RATION_H

#include "base/str.h"

#include <stdint.h>

enum { RATION_A_MINUTE = 6000 }; /* units; one: a page is drawn */

struct rations;

struct rations *rations_new(void);
void rations_free(struct rations **r);

/* So many units a minute from now on; 0: as many as they like. */
void rations_allow(struct rations *r, int64_t a_minute);
bool rations_are_free(struct rations *r); /* as many as they like */

/* Take `cost` units in this name; 0: it has them (with a cost of 0: it has some left).  Else
 * nothing is taken, and it has them in so many seconds.  `now`: ticks. */
int ration_take(struct rations *r, str name, int cost, int64_t now);

#endif
