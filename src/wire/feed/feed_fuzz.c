#include "base/must.h"
#include "wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    arena *a = arena_new(256 << 20);
    struct wire_batch batch = {0};
    note why = {0};

    if (arena_guard(a) == 0) {
        err e = wire_parse_feed(a, str_of((const char *)bytes, n), &batch, &why);
        must(e == OK || e == E_LIMIT);
        for (size_t i = 0; i < batch.item_count; i++)
            must(batch.items[i].guid.n > 0 && batch.items[i].line > 0);
    }
    arena_unguard(a);
    arena_free(&a);
    return 0;
}
