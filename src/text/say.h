/*
 * say.h - what the paper's furniture says, in the paper's language.
 *
 * A book is a message file (GNU gettext's PO), read once, then shared and never written.  The
 * English words are the keys: where a book is missing or has no words, English is said.  A tongue
 * is a book and how its language counts and tells the time; NULL is English.  Pure.
 */
#ifndef TEXT_SAY_H
#define TEXT_SAY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum {
    BOOK_FILE_MAX = 1 << 20,
    BOOK_MESSAGES_MAX = 10000,
    BOOK_FORMS_MAX = 6 /* of a plural; Arabic has all six */
};

struct book;

/* Read a message file; `file` names it in what goes wrong.  E_INVALID: "file:line: ..." in `why`:
 * it is no PO file in UTF-8, its Plural-Forms cannot be right, or a translation has a {name} that
 * the English has not, or leaves one out.  An entry that is fuzzy or empty counts as missing.
 * What the book lacks it asks of `behind` (NULL: English).  `file` and `bytes` must live as long
 * as `a`, where the rest lives. */
err book_read(arena *a, str file, str bytes, const struct book *behind, struct book **out,
              note *why);

/* A message: its English words, and what the language says for them. */
struct message {
    const struct book *book; /* that has it */
    str context, one, many;  /* many: the English plural; empty when there is none */
    str said[BOOK_FORMS_MAX];
    int line;
};

/* The message, or NULL where neither this book (NULL: none) nor one behind it has words for it. */
const struct message *book_message(const struct book *b, str context, str one);

/* How many forms its plural has, and which stands for n things: an index of said[]. */
size_t message_forms(const struct message *m);
size_t message_form(const struct message *m, int64_t n);

/* How many messages the book itself has, also without words; the i-th. */
size_t book_count(const struct book *b);
const struct message *book_at(const struct book *b, size_t i);

/* A book, and how to say numbers and hours.  Small; copied by value; lives as long as the book. */
struct tongue {
    const struct book *book; /* NULL: English */
    const char (*digits)[5]; /* ten, each a character; NULL: 0 to 9 */
    bool is_h12, is_h24;     /* none: as the book says */
};

/* From a BCP 47 tag, whose Unicode extension may say more: "ar-u-nu-arab" (Arabic digits: arab,
 * arabext, deva, beng, latn), "en-u-hc-h12" (two halves of the day). */
struct tongue tongue_of(const struct book *b, str tag);

/* The tag without that extension, as HTML wants it: "ar". */
str tongue_tag(arena *a, str tag);

/* The tag for browsers, which else choose digits of their own: "ar-u-nu-latn". */
str tongue_locale(arena *a, const struct tongue *t, str tag);

/* --- what is said --- */

/* The words for these English ones.  They live as long as the book.  `context` tells two uses of
 * the same English words apart.  script/messages finds the literals of all these. */
str say(const struct tongue *t, const char *english);
str say_in(const struct tongue *t, const char *context, const char *english);

/* A value for {name}.  Not escaped: whoever writes the result does that. */
struct said {
    const char *name;
    str value;
};

/* With each {name} replaced.  In `a`. */
str say_with(arena *a, const struct tongue *t, const char *english, const struct said *values,
             size_t n);

/* The form for `count` things, with {n} replaced by the number. */
str say_count(arena *a, const struct tongue *t, int64_t count, const char *one, const char *many);

/* The forms for 1 to `most` things with {n} left in, each behind the number from which on it holds:
 * "1 {n} hour ago|2 {n} hours ago".  For scripts, which so need no rules of their own.  In `a`. */
str say_forms(arena *a, const struct tongue *t, int64_t most, const char *one, const char *many);

/* Replace each {name} in words that were said already. */
str say_fill(arena *a, str words, const struct said *values, size_t n);

/* Marks words in a table that are said later: {404, SAY("There is nothing here")}. */
#define SAY(english) english
#define SAY_IN(context, english) english

/* --- numbers --- */

/* 12345 as "12,345", "12.345", "12 345": by the language. */
void say_number_to(buf *out, const struct tongue *t, int64_t n);
str say_number(arena *a, const struct tongue *t, int64_t n);

/* 45 with one decimal as "4.5"; `decimals` from 0 to 9. */
str say_decimal(arena *a, const struct tongue *t, int64_t n, int decimals);

/* The digits of `s` in those of the language, with nothing between: years, clocks. */
str say_digits(arena *a, const struct tongue *t, str s);

/* --- {names} --- */

/* Cut what stands before the next {name} off the front of *rest, and the name (empty at the end);
 * false when nothing is left. */
bool message_cut(str *rest, str *before, str *name);

#endif
