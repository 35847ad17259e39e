/*
 * plural.h - which form of a word a number takes: the rule of a message file.
 *
 * GNU gettext's Plural-Forms: "nplurals=2; plural=(n != 1);", an expression of C over n with
 * ?: || && == != < <= > >= + - * / % ! and parentheses.  Pure.
 */
#ifndef TEXT_PLURAL_H
#define TEXT_PLURAL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct plural;

/* Read a rule with `most` forms at the most.  E_INVALID: it is none, divides by zero or leads
 * outside of its forms for some n.  In `a`. */
err plural_read(arena *a, str rule, size_t most, struct plural **out, note *why);

/* How many forms, and the one for n things (the sign does not count): 0 to forms - 1. */
size_t plural_forms(const struct plural *p);
size_t plural_form(const struct plural *p, int64_t n);

#endif
