/*
 * parse.c - how many items a second the wire's readers read: parse FILE SECONDS.
 */
#include "base/hash.h"
#include "base/time.h"
#include "wire/wire.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    const clock_source clock = {0};
    const struct wire_here here = {0};
    FILE *f = argc == 3 ? fopen(argv[1], "rb") : NULL;
    arena *a = arena_new(256 << 20);
    size_t items = 0;

    if (f == NULL) {
        fprintf(stderr, "usage: parse FILE SECONDS\n");
        return 2;
    }
    hash_start();

    str copy = str_of(bytes, fread(bytes, 1, sizeof bytes, f));
    int64_t start = clock_ticks(&clock), end = start + atoi(argv[2]) * SECOND_US;

    while (clock_ticks(&clock) < end)
        for (int i = 0; i < 100; i++) {
            struct wire_batch batch = {0};

            if (wire_read(a, copy, S("item.xml"), &here, &batch, NULL) == OK)
                items += batch.item_count;
            arena_reset(a);
        }
    printf("%.0f\n", (double)items / ((double)(clock_ticks(&clock) - start) / 1e6));
    arena_free(&a);
    return items > 0 ? 0 : 1;
}
