/* Any bytes as a TZif file. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/zone.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    hash_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    arena *a = arena_new((size_t)1 << 30);
    str bytes = str_of((const char *)data, n);
    struct zone *z;

    if (zone_read(a, bytes, &z, NULL) == OK)
        for (int64_t at = -4000000000; at < 8000000000; at += 100000000) {
            (void)zone_offset(z, at * 1000000);
            (void)zone_word(z, at * 1000000);
        }
    arena_free(&a);
    return 0;
}
