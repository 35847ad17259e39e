/*
 * json_pull.h - a strict reader of JSON (RFC 8259) that builds no tree: the caller asks for what it
 * expects, in the order in which it stands.
 *
 * For what is read on the way of every page; elsewhere jansson is more convenient.  Strings without
 * escapes point into the input.  After the first mistake everything is refused; json_failed() says
 * where and what.  Pure.
 */
#ifndef TEXT_JSON_PULL_H
#define TEXT_JSON_PULL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { JSON_DEPTH_MAX = 64 };

struct json_pull {
    arena *a;
    const char *start, *at, *end;
    const char *wrong; /* NULL: all is well */
    int depth;
};

struct json_pull json_pull(arena *a, str text);

/* The kind of the value that comes: one of { [ " t f n 0 (a number), or '\0' at the end. */
char json_peek(struct json_pull *j);

/* { "key": value, ... }: enter, then json_key() until false, each time taking the value.
 *   for (json_object(j); json_key(j, &key);) ... */
bool json_object(struct json_pull *j);
bool json_key(struct json_pull *j, str *key);

/* [ value, ... ]: enter, then json_item() until false, each time taking the value. */
bool json_list(struct json_pull *j);
bool json_item(struct json_pull *j);

/* A value of this kind; false (and failed) when another comes. */
bool json_string(struct json_pull *j, str *out);
bool json_integer(struct json_pull *j, int64_t *out); /* no fraction, no exponent */
bool json_truth(struct json_pull *j, bool *out);
bool json_null(struct json_pull *j);

/* Any value, not looked at. */
void json_skip(struct json_pull *j);

/* Nothing but white space is left. */
bool json_ended(struct json_pull *j);

/* E_INVALID with "line L, column C: what" when there was a mistake, else OK. */
err json_failed(const struct json_pull *j, note *why);

#endif
