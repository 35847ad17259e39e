/*
 * stem.h - what the forms of a word have in common: "boat" for boat, boats and boat's.
 *
 * Light on purpose: endings of number, case and time come off, nothing that makes another word of
 * it (docs/decisions/0008).  What comes out is no word, only the same for forms that belong
 * together.  Words are as text/fold.h folds them.  Pure.
 */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/arena.h"
#include "base/str.h"

enum stem_tongue { STEM_NONE, STEM_ENGLISH, STEM_GERMAN, STEM_TONGUES };

/* The tongue of a language tag ("en-GB"); STEM_NONE for those whose words stay as they are. */
enum stem_tongue stem_tongue_of(str tag);

/* Of a folded word, in `a`; empty when it has no forms to speak of: two letters, digits, a script
 * of its own. */
str stem_of(arena *a, enum stem_tongue tongue, str word);

#endif
