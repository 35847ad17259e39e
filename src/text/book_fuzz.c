/* Any bytes as a message file: refused with a reason, or a book that can be asked anything. */
#include "text/book_inside.h"
#include "text/say.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_CEILING = 64 << 20 };

static void ask(arena *a, const struct book *b)
{
    static const int64_t counts[] = {0, 1, 2, 5, 11, 101, -1, INT64_MAX, INT64_MIN};
    struct tongue t = tongue_of(b, S("ar-u-nu-arab-hc-h12"));

    for (size_t i = 0; i < book_count(b); i++) {
        const struct message *m = book_at(b, i);

        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            if (message_form(m, counts[j]) >= message_forms(m))
                abort();
        if (m->said[0].n > 0 && book_message(b, m->context, m->one) != m)
            abort();
        (void)say_fill(a, m->said[0], NULL, 0);
    }
    for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
        (void)say_decimal(a, &t, counts[j], (int)j);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena *a = arena_new(FUZZ_CEILING);
    struct book *b;
    note why;

    if (book_read(a, S("fuzz.po"), str_of((const char *)data, size), NULL, &b, &why) == OK)
        ask(a, b);
    arena_free(&a);
    return 0;
}
