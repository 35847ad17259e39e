/*
 * fold.h - text as search compares it: words in one spelling, whatever the script.
 *
 * Case, accents and vowel points are gone, compatibility forms are plain (Unicode Standard Annex
 * 15, forms KD and C; case folding of the Unicode Standard, section 3.13), Arabic letters that
 * stand for one another are one and its article is off.  Chinese, Japanese, Korean, Thai and their
 * like put no space between words: each of their letters is a piece, and the index holds pairs of
 * neighbours. Pure.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    FOLD_WORD_MAX = 96 /* bytes of a word as it stands; the rest of a longer one is passed over */
};

/* A word; or a letter of a script that puts no space between words. */
struct fold_piece {
    str word;        /* folded; letters and digits only */
    size_t from, to; /* where it stands in the text, in bytes */
    bool unspaced;
    bool joined; /* an unspaced one right behind another */
};

/* Take the next piece of `text` from byte *at on; false at the end.  The word lives in `a`.  *out
 * is zeroed at the start and then left as it is between calls. */
bool fold_next(arena *a, str text, size_t *at, struct fold_piece *out);

/* Append the text as an index holds it: words with a space behind each, pairs of unspaced letters,
 * and the last letter of a run alone. */
void fold_write(arena *a, str text, buf *out);

#endif
