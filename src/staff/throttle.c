#include "staff/throttle.h"

#include "base/hash.h"
#include "base/must.h"
#include "base/time.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>

enum { SETS = 1024, WAYS = 8, FORGET_S = 3600 };

struct tries {
    uint64_t name; /* 0: free */
    int64_t last;
    int count;
};

struct throttle {
    pthread_mutex_t lock;
    struct tries sets[SETS][WAYS];
};

struct throttle *throttle_new(void)
{
    struct throttle *t = calloc(1, sizeof *t);

    must(t != NULL);
    pthread_mutex_init(&t->lock, NULL);
    return t;
}

void throttle_free(struct throttle **t)
{
    if (*t != NULL)
        pthread_mutex_destroy(&(*t)->lock);
    free(*t);
    *t = NULL;
}

/* The place of a name: its own, or the one that was tried longest ago. */
static struct tries *place_of(struct throttle *t, uint64_t name)
{
    struct tries *set = t->sets[name % SETS], *oldest = set;

    for (int i = 0; i < WAYS; i++) {
        if (set[i].name == name)
            return &set[i];
        if (set[i].last < oldest->last)
            oldest = &set[i];
    }
    *oldest = (struct tries){.name = name};
    return oldest;
}

static int64_t wait_after(int count, int free_tries)
{
    int over = count - free_tries;

    if (over < 0)
        return 0;
    return over >= 8 ? THROTTLE_MOST_S : (int64_t)THROTTLE_FIRST_S << over;
}

int throttle_try(struct throttle *t, str name, int free_tries, int64_t now)
{
    uint64_t key = hash_of(name) | 1;
    int64_t left;

    pthread_mutex_lock(&t->lock);

    struct tries *one = place_of(t, key);

    if (now - one->last > FORGET_S * SECOND_US)
        one->count = 0;
    left = one->last + wait_after(one->count, free_tries) * SECOND_US - now;
    if (one->count < free_tries || left <= 0) {
        one->count++;
        one->last = now;
        left = 0;
    }
    pthread_mutex_unlock(&t->lock);
    return (int)((left + SECOND_US - 1) / SECOND_US);
}

void throttle_forgive(struct throttle *t, str name)
{
    uint64_t key = hash_of(name) | 1;

    pthread_mutex_lock(&t->lock);
    place_of(t, key)->count = 0;
    pthread_mutex_unlock(&t->lock);
}

str throttle_address(arena *a, str address)
{
    struct in6_addr v6;
    char shown[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET6, str_z(a, address), &v6) != 1)
        return str_join(a, S("address:"), address);
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        inet_ntop(AF_INET, &v6.s6_addr[12], shown, sizeof shown);
        return str_fmt(a, "address:%s", shown);
    }
    memset(&v6.s6_addr[8], 0, 8);
    inet_ntop(AF_INET6, &v6, shown, sizeof shown);
    return str_fmt(a, "address:%s", shown);
}
