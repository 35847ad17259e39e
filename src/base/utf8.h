/*
 * utf8.h - Unicode text in UTF-8 (RFC 3629): reading, checking, spelling in ASCII.  Pure.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Take the next code point off the front of *rest; 0 at the end (and for a NUL).  Bytes that are
 * not UTF-8 (overlong, surrogates, cut off) give UTF8_REPLACEMENT, one for each bad byte. */
uint32_t utf8_next(str *rest);

/* Append a code point (UTF8_REPLACEMENT for what is none). */
void utf8_put(buf *b, uint32_t c);

/* Is all of it UTF-8 with no NUL? */
bool utf8_ok(str s);

/* The same text as valid UTF-8: bad bytes become U+FFFD; NUL, noncharacters and control characters
 * other than tab and line ends are dropped.  `s` itself when it was clean. */
str utf8_clean(arena *a, str s);

/* Windows-1252 (which contains ISO-8859-1) as UTF-8: for copy that says so, or says nothing. */
str utf8_from_latin1(arena *a, str s);

/* How many code points. */
size_t utf8_length(str s);

/* The longest start of `s` that is at most `max` bytes and cuts no character. */
str utf8_to(str s, size_t max);

/* A letter or digit in lower-case ASCII: 'é' -> "e", 'ß' -> "ss", 'A' -> "a"; empty for anything
 * that has no such spelling.  Static storage. */
str utf8_spell(uint32_t c);

/* White space in any script (Unicode White_Space). */
bool utf8_is_space(uint32_t c);

#endif
