/*
 * topics.h - the IPTC's vocabulary of news: Media Topics, and the older eight-digit subject codes.
 *
 * The table is made by tools/topics.c from the IPTC's files (CC BY 4.0, see NOTICE) and is part of
 * the binary.  Static storage, any thread.
 */
#ifndef WIRE_TOPICS_H
#define WIRE_TOPICS_H

#include "base/str.h"

struct topic_fact {
    str code;   /* "20000418" */
    str name;   /* "climate change": IPTC's American English */
    str parent; /* code, empty for the seventeen top topics */
};

/* A Media Topic by its code (retired ones too), or NULL. */
const struct topic_fact *topic_of(str code);

/* All of them, `n` in a row, in the order of their codes. */
const struct topic_fact *topics_all(size_t *n);

/* The Media Topic that an eight-digit subject code means ("15054000" is soccer); where the code
 * itself has none, that of the nearest broader code which has.  NULL: no such code. */
const struct topic_fact *topic_of_subject_code(str code);

/* By name, whatever the case of ASCII letters; NULL: no topic is called that. */
const struct topic_fact *topic_named(str name);

/* The top topic above (or itself): for choosing a section.  Never NULL. */
const struct topic_fact *topic_top(const struct topic_fact *of);

/* Of a subject, whatever vocabulary it is from: schemes "medtop" and "subj" (or an agency's own
 * "...subj") by code, then by name; a plain keyword by name; NULL when the IPTC does not know it.
 */
const struct topic_fact *topic_for(str scheme, str code, str name);

#endif
