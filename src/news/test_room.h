/*
 * test_room.h - a new paper for a test of the newsroom, at a moment that the test knows.
 */
#ifndef NEWS_TEST_ROOM_H
#define NEWS_TEST_ROOM_H

#include "base/test.h"
#include "store/store.h"

#define T0 INT64_C(1700000000000000) /* 14 November 2023, 22:13:20 UTC */

struct room {
    struct test *t;
    store *s;
    store_conn *c;
};

static inline struct room room_open(struct test *t)
{
    struct room r = {.t = t};

    clock_set(&t->clock, T0);
    CHECK_OK(
        store_open(test_folder(t), &(struct store_options){.clock = &t->clock}, &r.s, &t->why));
    CHECK_OK(store_conn_open(r.s, &r.c, &t->why));
    return r;
}

static inline void room_close(struct room *r)
{
    store_conn_close(&r->c);
    store_close(&r->s);
}

#endif
