/*
 * cookie.h - cookies, as RFC 6265 section 4 lets a server write them and a browser send them.
 * Pure.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

struct cookie {
    str name;      /* a token; with "__Host-" it must be secure, path "/" and no domain */
    str value;     /* cookie-octets only: no space, comma, semicolon, quote, backslash, control */
    str path;      /* empty: "/" */
    int max_age_s; /* 0: until the browser closes; negative: forget it now */
    bool secure, script; /* `script`: page scripts may read it (else HttpOnly) */
    bool strict;         /* SameSite=Strict (else Lax) */
};

/* Find `name` in the value of a Cookie header; the first of several.  Points into `header`. */
bool cookie_find(str header, str name, str *value);

/* The value of a Set-Cookie header; empty when name or value cannot be sent. */
str cookie_write(arena *a, const struct cookie *c);

#endif
