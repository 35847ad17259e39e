/*
 * outside.h - where a request may go whose address a stranger named.
 *
 * Judged is the address that a connection really goes to, so that neither a name that leads inside
 * nor a redirect gets round it.
 */
#ifndef HTTP_OUTSIDE_H
#define HTTP_OUTSIDE_H

#include <stdbool.h>
#include <sys/socket.h>

/* Is this an address that anybody may reach: of no private, local or reserved network? */
bool outside_is(const struct sockaddr *to);

/* May one connect there: outside (or anywhere, where the operator says `inside`), to a port of the
 * web or above 1023? */
bool outside_may_go(const struct sockaddr *to, bool inside);

#endif
