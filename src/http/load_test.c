#include "http/load.h"

#include "base/test.h"
#include "base/time.h"

enum { PATIENCE_US = 100 * 1000, ROOM = 64 };

/* A queue in which the first has waited for so long. */
static struct load_queue queue(int64_t now, int64_t wait_us, int64_t waiting)
{
    return (struct load_queue){now, wait_us, waiting, ROOM, PATIENCE_US};
}

/* How many ranks are refused, which must be the first ones. */
static int refused(struct load *l, struct load_queue q)
{
    int n = 0;

    while (n < LOAD_RANKS && !load_admits(l, (enum load_rank)n, &q))
        n++;
    for (int i = n; i < LOAD_RANKS; i++)
        cr_assert(load_admits(l, (enum load_rank)i, &q), "%s is refused out of its order",
                  load_rank_word((enum load_rank)i));
    return n;
}

TEST(what_is_refused_first_is_said_in_one_table)
{
    CHECK_INT(load_rank_of(KIND_search, GET), LOAD_extra);
    CHECK_INT(load_rank_of(KIND_api, GET), LOAD_extra);
    CHECK_INT(load_rank_of(KIND_poll, GET), LOAD_extra);
    CHECK_INT(load_rank_of(KIND_list, GET), LOAD_list);
    CHECK_INT(load_rank_of(KIND_live, GET), LOAD_list);
    CHECK_INT(load_rank_of(KIND_front, HEAD), LOAD_front);
    CHECK_INT(load_rank_of(KIND_story, GET), LOAD_story);
    CHECK_INT(load_rank_of(KIND_desk, GET), LOAD_story);
    for (int kind = 0; kind < ROUTE_KINDS; kind++)
        CHECK_INT(load_rank_of((enum route_kind)kind, POST), LOAD_change);
}

TEST(each_rank_may_fill_the_queue_up_to_its_share)
{
    static const struct {
        int64_t waiting;
        int refused;
    } cases[] = {{0, 0},  {7, 0},  {8, 1},  {15, 1}, {16, 2}, {31, 2},
                 {32, 3}, {63, 3}, {64, 4}, {72, 4}, {73, 5}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct load l = {0};

        CHECK_INT(refused(&l, queue(1, 0, cases[i].waiting)), cases[i].refused);
    }
}

TEST(who_has_just_taken_over_has_more_room_and_more_patience_for_a_while)
{
    enum { ALL = LOAD_PATIENT_ROOM * ROOM, LONG_US = LOAD_PATIENT_WAIT * PATIENCE_US };
    struct load l = {.patient_until = 3 * SECOND_US};
    int64_t at = SECOND_US;

    CHECK_INT(refused(&l, queue(1, 0, ALL - 1)), 0);
    CHECK_INT(refused(&l, queue(1, 0, ALL)), LOAD_change);
    CHECK_INT(refused(&l, queue(1, 0, load_places(ALL))), LOAD_RANKS);
    refused(&l, queue(at, LONG_US, 1));
    at += LOAD_STANDS_US;
    CHECK_INT(refused(&l, queue(at, LONG_US, 1)), 0);
    refused(&l, queue(++at, 2 * LONG_US, 1));
    at += LOAD_STANDS_US;
    CHECK_INT(refused(&l, queue(at, 2 * LONG_US, 1)), 1);
    CHECK_INT(refused(&l, queue(l.patient_until, 0, ROOM / 8)), 1);
}

TEST(a_short_queue_has_room_for_the_last_ranks_alone)
{
    static const int64_t rooms[] = {8, 4, 2, 1};

    for (int i = 0; i < (int)LENGTH(rooms); i++) {
        struct load l = {0};

        CHECK_INT(refused(&l, (struct load_queue){.now = 1, .room = rooms[i], .patience_us = 1}),
                  i);
    }
}

TEST(a_burst_refuses_nobody_and_a_queue_that_stands_refuses_in_order)
{
    struct load l = {0};
    int64_t at = SECOND_US;

    CHECK_INT(refused(&l, queue(at, PATIENCE_US + 1, 1)), 0);
    CHECK_INT(refused(&l, queue(at + LOAD_STANDS_US - 1, PATIENCE_US + 1, 1)), 0);
    CHECK_INT(refused(&l, queue(at + LOAD_STANDS_US - 1, PATIENCE_US, 1)), 0); /* and it is over */
    at += LOAD_STANDS_US;
    CHECK_INT(refused(&l, queue(at, 65 * PATIENCE_US, 1)), 0);
    at += LOAD_STANDS_US;
    CHECK_INT(refused(&l, queue(at, 2 * PATIENCE_US, 1)), 1);
    CHECK_INT(l.level, 1);
}

TEST(the_longer_the_first_waits_the_more_ranks_are_refused_but_never_what_somebody_sends)
{
    static const struct {
        int patience, refused;
    } cases[] = {{1, 0}, {2, 1}, {4, 1}, {5, 2}, {16, 2}, {17, 3}, {64, 3}, {65, 4}, {100000, 4}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct load l = {0};
        int64_t wait = (int64_t)cases[i].patience * PATIENCE_US;

        refused(&l, queue(SECOND_US, wait, 1));
        CHECK_INT(refused(&l, queue(2 * SECOND_US, wait, 1)), cases[i].refused);
    }
}

TEST(who_was_refused_a_little_while_ago_is_refused_again_at_once)
{
    struct load l = {0};
    int64_t at = SECOND_US;

    refused(&l, queue(at, 2 * PATIENCE_US, 1));
    at += LOAD_STANDS_US;
    CHECK_INT(refused(&l, queue(at, 2 * PATIENCE_US, 1)), 1);
    CHECK_INT(refused(&l, queue(++at, 0, 0)), 0);
    CHECK_INT(refused(&l, queue(++at, 2 * PATIENCE_US, 1)), 1);
    CHECK_INT(refused(&l, queue(++at, 0, 0)), 0);
    at += LOAD_REMEMBERS_US;
    CHECK_INT(refused(&l, queue(at, 2 * PATIENCE_US, 1)), 0);
}

TEST(whatever_the_queue_does_the_order_holds)
{
    struct load l = {.patient_until = 2000 * SECOND_US};
    int64_t at = SECOND_US;

    for (int i = 0; i < 20000; i++) {
        at += (int64_t)test_number(t, 700 * 1000);
        refused(&l, queue(at, (int64_t)test_number(t, 80 * PATIENCE_US),
                          (int64_t)test_number(t, load_places(ROOM))));
    }
}

TEST(not_all_come_back_at_one_moment_and_who_matters_most_comes_first)
{
    for (int rank = 0; rank < LOAD_RANKS; rank++)
        for (uint64_t chance = 0; chance < 8; chance++) {
            int s = load_later_s((enum load_rank)rank, chance);

            CHECK(s >= LOAD_LATER_LEAST_S && s <= LOAD_LATER_MOST_S);
            CHECK(rank == 0 || s <= load_later_s((enum load_rank)(rank - 1), chance));
            CHECK(chance % LOAD_LATER_SPREAD_S == 0 || s > load_later_s((enum load_rank)rank, 0));
        }
}
