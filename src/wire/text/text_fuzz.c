#include "base/must.h"
#include "wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    arena *a = arena_new(256 << 20);
    struct wire_batch batch = {0};
    note why = {0};

    if (arena_guard(a) == 0) {
        err e = wire_parse_text(a, str_of((const char *)bytes, n),
                                &(struct wire_here){1795464000000000, NULL}, &batch, &why);
        must(e == OK || e == E_LIMIT);
        must(e != OK || batch.item_count + batch.trouble_count > 0);
    }
    arena_unguard(a);
    arena_free(&a);
    return 0;
}
