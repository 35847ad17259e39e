/*
 * copy_fields.h - the fields of a copy in the order in which they are written, for the files that
 * read, write and merge it.
 */
#ifndef NEWS_COPY_FIELDS_H
#define NEWS_COPY_FIELDS_H

#include "news/copy.h"

enum copy_kind {
    COPY_TEXT,  /* a line, squeezed */
    COPY_TYPE,  /* one of COPY_TYPES */
    COPY_SLUG,  /* spelled as one */
    COPY_PROSE, /* lines */
    COPY_WORD,  /* a line that is one thing: merged whole */
    COPY_ID,    /* int64_t, 0 and up */
    COPY_INT,   /* int, 0 to `most` */
    COPY_STARS, /* int, or null: -1 */
    COPY_TIME,  /* int64_t */
    COPY_NAMES,
    COPY_TOPICS,
    COPY_HERO,
    COPY_RELATED,
};

struct copy_field {
    const char *name;
    enum copy_kind kind;
    size_t offset; /* in struct copy */
    size_t most;   /* bytes, or things */
};

enum { COPY_FIELD_COUNT = 27 };
extern const struct copy_field copy_fields[COPY_FIELD_COUNT];

/* A field as JSON. */
struct json_writer;
void copy_put_field(struct json_writer *w, const char *key, const struct copy_field *f,
                    const struct copy *c);

#endif
