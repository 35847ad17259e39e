#include "base/count.h"

#include "base/must.h"

#include <stdalign.h>
#include <stdatomic.h>

enum { PLACES = 64, LINE = 64 };

/* Of one thread; where there are more threads than places, of several. */
#define COUNT_MEMBER(name, cells) atomic_llong name[cells];
struct place {
    alignas(LINE) struct {
        COUNTS(COUNT_MEMBER)
    } all;
};

#define COUNT_PART(name, cells) {offsetof(struct place, all.name), (cells)},
static const struct {
    size_t at, n;
} parts[COUNT_NAMES] = {COUNTS(COUNT_PART)};

static struct place places[PLACES];
static atomic_uint threads;
static _Thread_local struct place *mine;

static const int64_t bounds[COUNT_BOUNDS] = COUNT_BOUNDS_US;

static atomic_llong *cells_of(struct place *p, enum count which)
{
    return (atomic_llong *)(void *)((char *)p + parts[which].at);
}

void count_one(enum count which, size_t cell)
{
    count_more(which, cell, 1);
}

void count_more(enum count which, size_t cell, int64_t n)
{
    must(cell < parts[which].n);
    if (mine == NULL)
        mine = &places[atomic_fetch_add(&threads, 1) % PLACES];
    atomic_fetch_add_explicit(&cells_of(mine, which)[cell], n, memory_order_relaxed);
}

size_t count_span(int64_t us)
{
    size_t i = 0;

    while (i < COUNT_BOUNDS && us > bounds[i])
        i++;
    return i;
}

size_t count_cells(enum count which)
{
    return parts[which].n;
}

void count_read(enum count which, int64_t *cells)
{
    for (size_t i = 0; i < parts[which].n; i++) {
        cells[i] = 0;
        for (int p = 0; p < PLACES; p++)
            cells[i] += atomic_load_explicit(&cells_of(&places[p], which)[i], memory_order_relaxed);
    }
}

int64_t count_quantile(const int64_t spans[COUNT_SPANS], double part)
{
    int64_t all = 0;

    for (size_t i = 0; i < COUNT_SPANS; i++)
        all += spans[i];

    double wanted = part * (double)all, passed = 0;

    for (size_t i = 0; i < COUNT_BOUNDS; i++) {
        int64_t from = i == 0 ? 0 : bounds[i - 1];

        if (spans[i] > 0 && passed + (double)spans[i] >= wanted)
            return from +
                   (int64_t)((wanted - passed) / (double)spans[i] * (double)(bounds[i] - from));
        passed += (double)spans[i];
    }
    return all > 0 ? bounds[COUNT_BOUNDS - 1] : 0;
}
