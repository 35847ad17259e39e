/*
 * counts.c - what readers do that changes pages all the time: counts DATA RATE SECONDS.
 *
 * Writes RATE times a second, beside the paper that is served from DATA and by the store's own
 * call, readings that change the order of the most read; each is an event, as a comment is.  Prints
 * how many were acknowledged a second.
 */
#include "base/hash.h"
#include "news/heat.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ENOUGH = 40 /* readings that bring the second before the first */ };

static const clock_source machine;

static err count(arena *a, store_conn *w, void *of, note *why)
{
    return heat_count(a, w, of, 1, clock_now(&machine), why);
}

static void wait_until(int64_t ticks)
{
    struct timespec at = {.tv_sec = ticks / SECOND_US, .tv_nsec = ticks % SECOND_US * 1000};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
        continue;
}

int main(int argc, char **argv)
{
    arena *a = arena_new(16 << 20);
    store *s;
    note why = {0};

    if (argc != 4 || atoi(argv[2]) < 1) {
        fprintf(stderr, "usage: counts DATA RATE SECONDS\n");
        return 2;
    }
    hash_start();
    if (store_open(argv[1], &(struct store_options){.must_exist = true}, &s, &why) != OK) {
        fprintf(stderr, "counts: %s\n", why.text);
        return 1;
    }

    int64_t rate = atoi(argv[2]), many = rate * atoi(argv[3]), start = clock_ticks(&machine);

    for (int64_t i = 0; i < many; i++) {
        struct story_readings j = {1 + i % 2, i == 0 ? ENOUGH / 2 : ENOUGH};

        wait_until(start + i * SECOND_US / rate);
        if (store_write(s, count, &j, a, &why) != OK) {
            fprintf(stderr, "counts: %s\n", why.text);
            return 1;
        }
        arena_reset(a);
    }
    printf("%.0f\n", (double)many / ((double)(clock_ticks(&machine) - start) / SECOND_US));
    store_close(&s);
    arena_free(&a);
    return 0;
}
