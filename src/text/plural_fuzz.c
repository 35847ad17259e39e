/* Any bytes as a rule: refused, or it gives a form for every number. */
#include "text/plural.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_CEILING = 16 << 20, FORMS = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t counts[] = {0, 1, 2, 4, 5, 21, 2001, 1000000, -3, INT64_MAX, INT64_MIN};
    arena *a = arena_new(FUZZ_CEILING);
    struct plural *p;
    note why;

    if (plural_read(a, str_of((const char *)data, size), FORMS, &p, &why) == OK)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            if (plural_form(p, counts[i]) >= plural_forms(p))
                abort();
    arena_free(&a);
    return 0;
}
