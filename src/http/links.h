/*
 * links.h - does an address elsewhere answer?  For what the copy of a story links to.
 *
 * A few threads of its own ask; whoever wants to know never waits: the first answer is "not known
 * yet".  Only http and https are asked, at the ports of the web or above 1023, and no machine of a
 * private, local or reserved network: each connection is judged by the address that it really goes
 * to, at each hop of a redirect.  HEAD first, then the first bytes of a GET.  No cookie, no name,
 * no proxy.  What was learnt is remembered for some minutes, in memory of a fixed size.
 */
#ifndef HTTP_LINKS_H
#define HTTP_LINKS_H

#include "base/str.h"

enum {
    LINKS_AT_ONCE = 4,
    LINKS_HOPS_MAX = 5,
    LINKS_TIMEOUT_MS = 6000, /* of one hop */
    LINKS_KEPT_S = 600,      /* what answered; what did not: */
    LINKS_RETRY_S = 60,
    LINKS_MAX = 512, /* addresses that are known or wait */
    LINKS_URL_MAX = 2048,
};

enum link_answer {
    LINK_ASKED,    /* it is not known yet: ask again soon */
    LINK_ANSWERS,  /* it is there, or asks who one is (401, 403, 429...) */
    LINK_MISSING,  /* nothing is there: 404, 410, 451 */
    LINK_BROKEN,   /* the server says that something is wrong with itself: 5xx */
    LINK_SILENT,   /* no answer: no such host, no connection, too slow, no valid certificate */
    LINK_ROUND,    /* redirects that do not end, or lead nowhere */
    LINK_INSIDE,   /* it leads into a network that no reader is in */
    LINK_NOT_ASKED /* there is no room, or it cannot be asked */
};

struct links;

/* `inside`: private networks may be asked as well, for tests. */
struct links *links_start(bool inside);
void links_stop(struct links **l);

/* What is known of an absolute http or https address; asked for when nothing is.  Any thread. */
enum link_answer links_ask(struct links *l, str url);

#endif
