/* Any bytes as a stored body: what was read is written and read as the same. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/body.h"

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
    struct body b, again;

    if (body_from_json(a, bytes, &b, NULL) == OK) {
        must(body_from_json(a, body_to_json(a, &b), &again, NULL) == OK);
        must(body_same(&b, &again));
    }
    arena_free(&a);
    return 0;
}
