/*
 * table.h - from names to things: a hash table in an arena.  Keys are not copied.
 *
 * One thread at a time.  Entries stay in the order in which they came.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/arena.h"
#include "base/str.h"

struct table_entry {
    str key;
    void *value;
};

typedef struct table {
    arena *a;
    struct table_entry *entries; /* n of them, in order of arrival */
    size_t n, room;
    uint32_t *slots; /* entry number + 1, 0: free */
    size_t slot_count;
} table;

static inline table table_new(arena *a)
{
    return (table){.a = a};
}

/* What stands under `key`, or NULL. */
void *table_get(const table *t, str key);

/* Put `value` (not NULL) under `key`, in place of what stood there. */
void table_put(table *t, str key, void *value);

#endif
