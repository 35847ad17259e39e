#include "base/arena.h"

#include "base/must.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ITS_OWN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ITS_OWN 1
#endif
#endif
#ifndef EACH_ITS_OWN
#define EACH_ITS_OWN 0
#endif

enum {
    ALIGN = alignof(max_align_t),
    FIRST_BLOCK = 16 * 1024,
    LARGEST_BLOCK = 1024 * 1024,
    GUARDS_MAX = 4
};

struct block {
    struct block *before;
    size_t size;
    alignas(ALIGN) char bytes[];
};

struct defer {
    struct defer *before;
    void (*undo)(void *);
    void *of;
};

struct arena {
    struct block *block; /* the newest */
    size_t used;         /* bytes of it that are given out */
    size_t given;        /* bytes given out in all */
    size_t ceiling;
    struct block *spare; /* kept for the next job, so that it costs no malloc */
    struct defer *defers;
    int guards; /* how many are set, one inside the other */
    jmp_buf guard[GUARDS_MAX];
};

arena *arena_new(size_t ceiling)
{
    arena *a = calloc(1, sizeof *a);

    must(a != NULL);
    a->ceiling = ceiling;
    return a;
}

void arena_reset(arena *a)
{
    arena_release(a, (arena_mark){0});
}

void arena_free(arena **a)
{
    if (*a == NULL)
        return;
    arena_reset(*a);
    free((*a)->spare);
    free(*a);
    *a = NULL;
}

size_t arena_used(const arena *a)
{
    return a->given;
}

arena_mark arena_here(const arena *a)
{
    return (arena_mark){a->block, a->used, a->given, a->defers};
}

static void undo_down_to(arena *a, struct defer *last)
{
    while (a->defers != last) {
        struct defer *d = a->defers;

        a->defers = d->before;
        d->undo(d->of);
        free(d);
    }
}

/* The largest block of ordinary size is kept. */
static void give_back(arena *a, struct block *b)
{
    size_t spare = a->spare == NULL ? 0 : a->spare->size;

    if (EACH_ITS_OWN || b->size > LARGEST_BLOCK || b->size <= spare) {
        free(b);
    } else {
        free(a->spare);
        a->spare = b;
    }
}

void arena_release(arena *a, arena_mark to)
{
    undo_down_to(a, to.defers);
    while (a->block != to.block) {
        struct block *b = a->block;

        a->block = b->before;
        give_back(a, b);
    }
    a->used = to.used;
    a->given = to.given;
}

[[gnu::noreturn]] static void over(arena *a)
{
    must(a->guards > 0);
    longjmp(a->guard[a->guards - 1], 1);
}

static void add_block(arena *a, size_t at_least)
{
    size_t size = a->block == NULL ? FIRST_BLOCK : a->block->size * 2;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (EACH_ITS_OWN || size < at_least)
        size = at_least;

    struct block *b = a->spare;

    if (b != NULL && b->size >= at_least) {
        a->spare = NULL;
    } else {
        b = malloc(sizeof *b + size);
        if (b == NULL)
            over(a);
        b->size = size;
    }
    b->before = a->block;
    a->block = b;
    a->used = 0;
}

char *arena_bytes(arena *a, size_t size)
{
    if (size > a->ceiling || a->given > a->ceiling - size)
        over(a);

    size_t room = (size + ALIGN - 1) / ALIGN * ALIGN;

    if (room == 0)
        room = ALIGN;
    if (EACH_ITS_OWN || a->block == NULL || a->block->size - a->used < room)
        add_block(a, EACH_ITS_OWN ? size : room);

    char *p = a->block->bytes + a->used;

    a->used += EACH_ITS_OWN ? size : room;
    a->given += size;
    return p;
}

void *arena_alloc(arena *a, size_t size)
{
    return memset(arena_bytes(a, size), 0, size);
}

void arena_defer(arena *a, void (*undo)(void *of), void *of)
{
    struct defer *d = malloc(sizeof *d);

    must(d != NULL);
    *d = (struct defer){a->defers, undo, of};
    a->defers = d;
}

jmp_buf *arena_guard_set(arena *a)
{
    must(a->guards < GUARDS_MAX);
    return &a->guard[a->guards++];
}

void arena_unguard(arena *a)
{
    must(a->guards > 0);
    a->guards--;
}
