/*
 * arena.h - memory with a lifetime: everything a job makes is freed at once, when the job ends.
 *
 * An arena belongs to one thread at a time.  Over its ceiling the job ends: arena_over() is
 * called, which leaves through the guard that the job's runner has set (the runner answers 503);
 * with no guard set it is our own mistake and the process aborts.  In ASan builds every
 * allocation is its own malloc, so that a stray byte is caught where it happens.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct arena arena;

/* A new arena that may hold `ceiling` bytes.  Aborts when the machine has no memory left. */
arena *arena_new(size_t ceiling);

/* Free everything and the arena itself; *a becomes NULL.  NULL is fine. */
void arena_free(arena **a);

/* Run the deferred calls and free everything; the arena can be used again. */
void arena_reset(arena *a);

/* `size` zeroed bytes, aligned for any type.  Never NULL. */
[[gnu::malloc, gnu::returns_nonnull]] void *arena_alloc(arena *a, size_t size);

/* The same, without the zeroes: for bytes that are written at once. */
[[gnu::malloc, gnu::returns_nonnull]] char *arena_bytes(arena *a, size_t size);

/* Room for one `type`, or for `n` of them, zeroed. */
#define arena_one(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, type, n) ((type *)arena_alloc((a), arena_times(sizeof(type), (n))))

/* size * n, or SIZE_MAX (which no arena can give) where that overflows. */
static inline size_t arena_times(size_t size, size_t n)
{
    size_t all;

    return __builtin_mul_overflow(size, n, &all) ? SIZE_MAX : all;
}

/* Call `undo(of)` when the arena is reset, freed or released past this point: for what a library
 * owns (a parser, a tree).  Latest first. */
void arena_defer(arena *a, void (*undo)(void *of), void *of);

/* Bytes given out since the last reset. */
size_t arena_used(const arena *a);

/* The place to come back to, and coming back: everything made since is freed. */
typedef struct arena_mark {
    void *block;
    size_t used, given;
    void *defers;
} arena_mark;

arena_mark arena_here(const arena *a);
void arena_release(arena *a, arena_mark to);

/* SCRATCH(a) { ... }: what is made inside is freed at the closing brace.  Do not leave the block
 * with break, goto or return. */
#define SCRATCH(a)                                                                                 \
    for (                                                                                          \
        struct {                                                                                   \
            arena_mark at;                                                                         \
            bool done;                                                                             \
        } scratch_ = {arena_here(a), false};                                                       \
        !scratch_.done; arena_release((a), scratch_.at), scratch_.done = true)

/*
 * Where to go when the ceiling is reached: `if (arena_guard(a)) { over } else { work }`.
 * Holds until arena_unguard(), called once on either way before the guarding function returns; one
 * guard may stand inside another.
 */
#define arena_guard(a) setjmp(*arena_guard_set(a))
jmp_buf *arena_guard_set(arena *a);
void arena_unguard(arena *a);

#endif
