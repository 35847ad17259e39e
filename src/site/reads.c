#include "site/reads.h"

#include "base/must.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { PLACES = READS_MOST, LOOKS = 16 };

struct page_of_counts {
    _Atomic int64_t story[PLACES];
    _Atomic int64_t n[PLACES];
};

/* Counted into one page while the other is read.  A count that comes late, between the two, may be
 * lost; nothing else can happen to it. */
struct reads {
    struct page_of_counts pages[2];
    atomic_int current;
};

struct reads *reads_new(void)
{
    struct reads *r = calloc(1, sizeof *r);

    must(r != NULL);
    return r;
}

void reads_free(struct reads **r)
{
    free(*r);
    *r = NULL;
}

void reads_count(struct reads *r, int64_t story)
{
    struct page_of_counts *p = &r->pages[atomic_load(&r->current)];
    size_t at = (size_t)((uint64_t)story * 0x9e3779b97f4a7c15u >> 40) % PLACES;

    if (story == 0)
        return;
    for (int i = 0; i < LOOKS; i++, at = (at + 1) % PLACES) {
        int64_t there = atomic_load(&p->story[at]);

        if (there == 0 && atomic_compare_exchange_strong(&p->story[at], &there, story))
            there = story;
        if (there == story) {
            atomic_fetch_add(&p->n[at], 1);
            return;
        }
    }
}

void reads_take(struct reads *r, arena *a, struct story_readings **out, size_t *n)
{
    int was = atomic_load(&r->current);
    struct page_of_counts *p = &r->pages[was];
    struct story_readings *v = arena_many(a, struct story_readings, PLACES);
    size_t count = 0;

    atomic_store(&r->current, 1 - was);
    for (size_t i = 0; i < PLACES; i++) {
        int64_t story = atomic_exchange(&p->story[i], 0), readings = atomic_exchange(&p->n[i], 0);

        if (story != 0 && readings > 0)
            v[count++] = (struct story_readings){story, readings};
    }
    *out = v;
    *n = count;
}
