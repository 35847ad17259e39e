/*
 * agent.h - which browser on which system: the little of a User-Agent that tells somebody's own
 * devices apart.  Pure.
 */
#ifndef STAFF_AGENT_H
#define STAFF_AGENT_H

#include "base/str.h"
#include "text/say.h"

struct agent {
    str browser, system; /* "Firefox", "Android"; empty: not known */
};

struct agent agent_read(str said);

/* "Firefox on Linux", as it is said. */
str agent_name(arena *a, const struct tongue *t, str said);

#endif
