/*
 * origin.h - who made a story: the word that stands with it in the store.
 *
 * Empty is one too: nobody has said.  What each means to readers is told by the site.
 */
#ifndef NEWS_ORIGIN_H
#define NEWS_ORIGIN_H

#include "base/str.h"

/* X(name, word, what it says to the newsroom) */
#define ORIGINS(X)                                                                                 \
    X(STAFF, "staff", "written by the paper's own people")                                         \
    X(AGENCY, "agency", "sent by a news agency")                                                   \
    X(CONTRIBUTOR, "contributor", "written by somebody who is not on the staff")                   \
    X(RELEASE, "release", "sent by those whom it is about, to be printed")                         \
    X(PUBLIC_BODY, "public body",                                                                  \
      "given out by a public body: a council, a court, the weather "                               \
      "service")                                                                                   \
    X(MACHINE, "machine-assisted", "written with the help of a machine and checked by a person")

#define ORIGIN_ENUM(name, word, about) ORIGIN_##name,
enum origin { ORIGINS(ORIGIN_ENUM) ORIGIN_COUNT, ORIGIN_UNSAID = ORIGIN_COUNT };

str origin_word(enum origin o); /* empty for ORIGIN_UNSAID */

/* ORIGIN_UNSAID for any other word. */
enum origin origin_of(str word);

#endif
