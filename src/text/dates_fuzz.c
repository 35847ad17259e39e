/* Any bytes as a date: what was read is written and read as the same. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/dates.h"

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
    int64_t at, again;

    if (date_parse(bytes, NULL, &at) && at > INT64_C(-62135596800) * SECOND_US &&
        at < INT64_C(253402214400) * SECOND_US) {
        must(date_parse(date_iso(a, at), NULL, &again));
        must(at == again);
    }
    arena_free(&a);
    return 0;
}
