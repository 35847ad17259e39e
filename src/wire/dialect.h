/*
 * dialect.h - what a file is, by its bytes.
 */
#ifndef WIRE_DIALECT_H
#define WIRE_DIALECT_H

#include "wire/item/item.h"

struct wire_sniffed {
    enum wire_dialect dialect; /* WIRE_UNKNOWN: not one of ours */
    const char *type;          /* media type of a picture, name of a film, or NULL */
    str what;                  /* what it is instead, for people: "a PDF document"; or empty */
};

/* `a` for what it has to say about a root element that nobody knows. */
struct wire_sniffed wire_look(arena *a, str bytes, str file_name);

#endif
