#include "loop/timers.h"

#include <stdlib.h>

static void seat(struct timers *all, struct timer *t, size_t place)
{
    all->heap[place] = t;
    t->place = place;
}

static void rise(struct timers *all, struct timer *t, size_t place)
{
    while (place > 1 && all->heap[place / 2]->at > t->at) {
        seat(all, all->heap[place / 2], place);
        place /= 2;
    }
    seat(all, t, place);
}

static void sink(struct timers *all, struct timer *t, size_t place)
{
    for (size_t below; (below = place * 2) <= all->n; place = below) {
        if (below < all->n && all->heap[below + 1]->at < all->heap[below]->at)
            below++;
        if (all->heap[below]->at >= t->at)
            break;
        seat(all, all->heap[below], place);
    }
    seat(all, t, place);
}

void timers_add(struct timers *all, struct timer *t)
{
    if (all->n + 1 >= all->room) {
        all->room = all->room == 0 ? 64 : all->room * 2;
        all->heap = realloc(all->heap, all->room * sizeof *all->heap);
        must(all->heap != NULL);
    }
    all->n++;
    rise(all, t, all->n);
}

void timers_remove(struct timers *all, struct timer *t)
{
    size_t hole = t->place;
    struct timer *last = all->heap[all->n--];

    t->place = 0;
    if (last == t)
        return;
    if (hole > 1 && all->heap[hole / 2]->at > last->at)
        rise(all, last, hole);
    else
        sink(all, last, hole);
}

int64_t timers_next(const struct timers *all)
{
    return all->n == 0 ? TIME_NEVER : all->heap[1]->at;
}

void timers_run(struct timers *all, int64_t now)
{
    while (all->n > 0 && all->heap[1]->at <= now) {
        struct timer *t = all->heap[1];

        timers_remove(all, t);
        t->run(t);
    }
}
