/* Any bytes as a form; any text encoded comes back. */
#include "base/must.h"
#include "base/utf8.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str all = str_of((const char *)data, size), again;
    arena *a = arena_new(64 << 20);
    struct form f;

    if (form_read(a, all, &f, NULL) == OK)
        for (size_t i = 0; i < f.n; i++)
            must(utf8_ok(f.fields[i].name) && utf8_ok(f.fields[i].value));
    if (utf8_ok(all))
        must(form_decode(a, percent_encode(a, all), &again) && str_eq(again, all));
    arena_free(&a);
    return 0;
}
