/*
 * form.h - fields sent as application/x-www-form-urlencoded (WHATWG URL, section 5), in a body or
 * in a query, and percent-encoding (RFC 3986 section 2).  Pure.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { FORM_FIELDS_MAX = 256 };

struct form_field {
    str name, value;
};

struct form {
    struct form_field *fields; /* in the order they came */
    size_t n;
};

/* Read `text`; fields live in `a`.  E_INVALID when something is not UTF-8 or a '%' has no two hex
 * digits, E_LIMIT for more than FORM_FIELDS_MAX. */
err form_read(arena *a, str text, struct form *out, note *why);

/* The first field of this name; empty when there is none. */
str form_get(const struct form *f, str name);

/* Is there one, even an empty one? */
bool form_has(const struct form *f, str name);

/* Take the next field off the front of *rest, still encoded; false at the end. */
bool form_cut(str *rest, str *name, str *value);

/* '+' and %XX decoded; false when that gives no UTF-8 or a '%' stands alone. */
bool form_decode(arena *a, str s, str *out);

/* Everything but RFC 3986's unreserved characters as %XX: for one segment or one query value. */
str percent_encode(arena *a, str s);

/* The same, but '/' stays: for a whole path. */
str percent_encode_path(arena *a, str path);

#endif
