#include "site/ration.h"

#include "base/hash.h"
#include "base/must.h"
#include "base/time.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SETS = 1024, WAYS = 8 };

/* Of a name: when it will owe nothing any more. */
struct owed {
    uint64_t name; /* 0: free */
    int64_t until; /* ticks */
};

struct rations {
    atomic_llong a_minute;
    pthread_mutex_t lock;
    struct owed sets[SETS][WAYS];
};

struct rations *rations_new(void)
{
    struct rations *r = calloc(1, sizeof *r);

    must(r != NULL);
    pthread_mutex_init(&r->lock, NULL);
    rations_allow(r, RATION_A_MINUTE);
    return r;
}

void rations_free(struct rations **r)
{
    if (*r != NULL)
        pthread_mutex_destroy(&(*r)->lock);
    free(*r);
    *r = NULL;
}

void rations_allow(struct rations *r, int64_t a_minute)
{
    atomic_store_explicit(&r->a_minute, a_minute, memory_order_relaxed);
}

bool rations_are_free(struct rations *r)
{
    return atomic_load_explicit(&r->a_minute, memory_order_relaxed) == 0;
}

/* The place of a name: its own, or of whoever owes least. */
static struct owed *place_of(struct rations *r, uint64_t name)
{
    struct owed *set = r->sets[name % SETS], *least = set;

    for (int i = 0; i < WAYS; i++) {
        if (set[i].name == name)
            return &set[i];
        if (set[i].until < least->until)
            least = &set[i];
    }
    *least = (struct owed){.name = name};
    return least;
}

int ration_take(struct rations *r, str name, int cost, int64_t now)
{
    int64_t a_minute = atomic_load_explicit(&r->a_minute, memory_order_relaxed), over = 0;

    if (a_minute == 0)
        return 0;
    pthread_mutex_lock(&r->lock);

    struct owed *one = place_of(r, hash_of(name) | 1);
    int64_t until = (one->until > now ? one->until : now) + MINUTE_US * cost / a_minute;

    if (until - now > MINUTE_US)
        over = until - now - MINUTE_US;
    else
        one->until = until;
    pthread_mutex_unlock(&r->lock);
    return (int)((over + SECOND_US - 1) / SECOND_US);
}
