/*
 * tracking.h - what others hang on to our addresses to know where readers come from.
 *
 * On the day when everybody comes from one place, each link from there has a query of its own
 * ("?fbclid=IwAR...").  It says nothing about the page.  Pure; on the loop, so at once.
 */
#ifndef SITE_TRACKING_H
#define SITE_TRACKING_H

#include "base/str.h"

/* Is there nothing in the query (as sent, without '?') but fields of the list in tracking.c, which
 * no page of ours depends on?  Then the page is the one of the path alone.  A field that is spelled
 * in any other way (percent-encoded, in other letters) is not on the list. */
bool tracking_is_all(str raw_query);

#endif
