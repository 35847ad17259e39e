/*
 * url.h - addresses from outside, read as a browser would (WHATWG URL, the parts a paper needs).
 *
 * What comes out is in normal form: scheme and host in lower case, no tabs, controls or
 * backslashes, unsafe bytes as %XX, default port and dot segments gone.  An address with a user
 * name, a host that cannot be one, or any scheme but http, https, mailto and tel is refused:
 * `java&#10;script:` and its cousins have no way through.  Pure.
 */
#ifndef TEXT_URL_H
#define TEXT_URL_H

#include "base/arena.h"
#include "base/str.h"

enum { URL_MAX = 4096 }; /* bytes; a longer one is refused */

/* The pieces of an address in normal form; they point into it. */
struct url {
    str scheme;   /* "https" */
    str host;     /* lower case; "[::1]" keeps its brackets; empty for mailto and tel */
    int port;     /* 0: the scheme's own */
    str path;     /* from '/' on; of mailto and tel what follows the colon */
    str query;    /* without the '?' */
    str fragment; /* without the '#' */
};

/* An address that may stand in a link, in normal form: http, https, mailto, tel, or a path of our
 * own that starts with one '/'.  "//host/x" is read as https.  Empty for anything else. */
str url_link(arena *a, str given);

/* Could url_link() have given this? */
bool url_ok_link(str s);

/* `given` as it is meant on the page at `base` (absolute; empty: url_link).  Empty when it cannot
 * stand in a link, and for a mere "#fragment". */
str url_join(arena *a, str base, str given);

/* An absolute http or https address in normal form; empty for anything else. */
str url_web(arena *a, str given);

/* Take an absolute address in normal form apart; false when it is none. */
bool url_split(str s, struct url *out);

/* The host of an absolute http or https address, without the port; empty when there is none. */
str url_host(str s);

/* The same without a leading "www.", "m." or "mobile.": to show to a reader. */
str url_site(str s);

#endif
