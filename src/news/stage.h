/*
 * stage.h - where the work on a story stands before it is out: the stages of its desk, in order.
 *
 * A desk is a section that has stages of its own (sections.h); all others have the paper's, which
 * stand in the setting `stages`; each is a word that is also what people see, but for those of
 * ours, which are said in the paper's language.  What came over the wire and nobody has taken up
 * has the stage "wire", which is none of them.  Pure.
 */
#ifndef NEWS_STAGE_H
#define NEWS_STAGE_H

#include "text/say.h"

enum { STAGES_MIN = 2, STAGES_MAX = 8, STAGE_BYTES_MAX = 40 };

struct stages {
    str v[STAGES_MAX];
    size_t n;
};

/* "idea, draft, copy-edit, ready", one in place of what cannot be read.  Texts of the setting. */
void stages_read(str setting, struct stages *out);

/* Two to eight, each other words, none "wire". */
bool stages_ok(str setting);

/* At which place it stands; a word that is none of them at the first. */
size_t stage_at(const struct stages *all, str word);
bool stage_is(const struct stages *all, str word);

/* At which of other stages a word of `own` is shown: at the same word; else the last and the last
 * but one at theirs, all before at their place among the first. */
size_t stage_among(const struct stages *others, const struct stages *own, str word);

/* What waits to be looked over, and what waits to go out: the last but one, the last. */
str stage_to_edit(const struct stages *all);
str stage_to_publish(const struct stages *all);

/* As people see it. */
str stage_name(const struct tongue *t, str word);

#endif
