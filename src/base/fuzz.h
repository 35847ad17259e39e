/*
 * fuzz.h - the frame of a fuzz driver (libFuzzer) whose every input gets an arena of its own:
 *
 *   FUZZ(a, bytes, (size_t)1 << 30)   what stands in `bytes`, and no more than that of memory
 *   {
 *       must(...);
 *   }
 */
#ifndef BASE_FUZZ_H
#define BASE_FUZZ_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/str.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define FUZZ(a, bytes, ceiling)                                                                    \
    static void fuzz_one(arena *a, str bytes);                                                     \
                                                                                                   \
    int LLVMFuzzerInitialize(int *argc, char ***argv)                                              \
    {                                                                                              \
        (void)argc;                                                                                \
        (void)argv;                                                                                \
        hash_start();                                                                              \
        return 0;                                                                                  \
    }                                                                                              \
                                                                                                   \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)                                      \
    {                                                                                              \
        arena *of = arena_new(ceiling);                                                            \
                                                                                                   \
        fuzz_one(of, str_of((const char *)data, n));                                               \
        arena_free(&of);                                                                           \
        return 0;                                                                                  \
    }                                                                                              \
                                                                                                   \
    static void fuzz_one(arena *a, str bytes)

#endif
