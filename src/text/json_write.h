/*
 * json_write.h - JSON (RFC 8259), written front to back: feeds, the public API, structured data.
 *
 * Each call writes one member of the object that is open, or (NULL key) one item of the list.
 * Bytes that are not UTF-8 become U+FFFD.  Over the ceiling of the buf, its `over` is set.  Pure.
 */
#ifndef TEXT_JSON_WRITE_H
#define TEXT_JSON_WRITE_H

#include "base/buf.h"

enum { JSON_WRITE_DEPTH_MAX = 24 };

struct json_writer {
    buf *out;
    char ends[JSON_WRITE_DEPTH_MAX]; /* of what is open: } or ] */
    int depth;
    bool follows; /* a comma is due */
};

static inline struct json_writer json_writer(buf *out)
{
    return (struct json_writer){.out = out};
}

/* {...} or [...] up to put_end(). */
void put_object(struct json_writer *w, const char *key);
void put_list(struct json_writer *w, const char *key);
void put_end(struct json_writer *w);

void put_str(struct json_writer *w, const char *key, str value);
void put_num(struct json_writer *w, const char *key, int64_t value);
void put_truth(struct json_writer *w, const char *key, bool value);

/* A value that is JSON already: "null", a body. */
void put_raw(struct json_writer *w, const char *key, str json);

/* Left out where the text is empty. */
void put_str_if(struct json_writer *w, const char *key, str value);

#endif
