/* Any bytes as a Cookie header, and as name and value of a cookie to be set. */
#include "base/must.h"
#include "http/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str all = str_of((const char *)data, size), value;
    arena *a = arena_new(1 << 20);

    for (size_t cut = 0; cut <= size && cut < 4; cut++) {
        str name = str_to(all, cut), rest = str_from(all, cut);

        if (cookie_find(rest, name, &value))
            must(value.n == 0 || (value.p >= rest.p && value.p + value.n <= rest.p + rest.n));

        str line = cookie_write(a, &(struct cookie){.name = name, .value = rest});

        must(str_find_char(line, '\n') < 0 && str_find_char(line, '\r') < 0);
        must(line.n == 0 ||
             (cookie_find(line, name, &value) && str_eq(value, rest))); /* as a browser reads it */
    }
    arena_free(&a);
    return 0;
}
