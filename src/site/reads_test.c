#include "site/reads.h"

#include "base/test.h"

#include <pthread.h>

enum { THREADS = 4, TIMES = 20000 };

static void *read_some(void *of)
{
    for (int64_t i = 0; i < TIMES; i++)
        reads_count(of, 1 + i % 10);
    return NULL;
}

TEST(reads_of_all_threads_are_counted_once)
{
    struct reads *r = reads_new();
    pthread_t threads[THREADS];
    struct story_readings *v;
    size_t n;

    for (int i = 0; i < THREADS; i++)
        must(pthread_create(&threads[i], NULL, read_some, r) == 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    reads_take(r, t->arena, &v, &n);
    CHECK_INT(n, 10);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(v[i].n, THREADS * TIMES / 10);
    reads_take(r, t->arena, &v, &n);
    CHECK_INT(n, 0);
    reads_free(&r);
}

TEST(reads_of_more_stories_than_there_is_room_for_do_no_harm)
{
    struct reads *r = reads_new();
    struct story_readings *v;
    size_t n;

    reads_count(r, 0);
    for (int64_t i = 1; i < 50000; i++)
        reads_count(r, i * 1000003);
    reads_take(r, t->arena, &v, &n);
    CHECK(n > READS_MOST / 2 && n <= READS_MOST);
    reads_count(r, 7);
    reads_take(r, t->arena, &v, &n);
    CHECK_INT(n, 1);
    CHECK_INT(v[0].story, 7);
    reads_free(&r);
}
