#include "base/table.h"

#include "base/hash.h"
#include "base/must.h"

/* The slot that holds `key`, or the free one where it belongs. */
static uint32_t *slot_of(const table *t, str key)
{
    size_t mask = t->slot_count - 1;

    for (size_t i = hash_of(key) & mask;; i = (i + 1) & mask)
        if (t->slots[i] == 0 || str_eq(t->entries[t->slots[i] - 1].key, key))
            return &t->slots[i];
}

static void grow(table *t)
{
    size_t room = t->room == 0 ? 8 : t->room * 2;
    struct table_entry *entries = arena_many(t->a, struct table_entry, room);

    if (t->n > 0)
        memcpy(entries, t->entries, t->n * sizeof *entries);
    t->entries = entries;
    t->room = room;
    t->slot_count = room * 2;
    t->slots = arena_many(t->a, uint32_t, t->slot_count);
    for (size_t i = 0; i < t->n; i++)
        *slot_of(t, entries[i].key) = (uint32_t)i + 1;
}

void *table_get(const table *t, str key)
{
    if (t->n == 0)
        return NULL;

    uint32_t at = *slot_of(t, key);

    return at == 0 ? NULL : t->entries[at - 1].value;
}

void table_put(table *t, str key, void *value)
{
    must(value != NULL);
    if (t->n == t->room)
        grow(t);

    uint32_t *slot = slot_of(t, key);

    if (*slot == 0) {
        t->entries[t->n] = (struct table_entry){key, NULL};
        *slot = (uint32_t)++t->n;
    }
    t->entries[*slot - 1].value = value;
}
