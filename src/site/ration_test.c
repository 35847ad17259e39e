#include "site/ration.h"

#include "base/hash.h"
#include "base/test.h"

/* How many of this cost are given out at one moment. */
static int given(struct rations *r, str name, int cost, int64_t now)
{
    int n = 0;

    while (n < 100000 && ration_take(r, name, cost, now) == 0)
        n++;
    return n;
}

TEST(an_address_has_a_minutes_allowance_and_it_comes_back)
{
    struct rations *r = rations_new();
    int64_t now = HOUR_US;

    CHECK_INT(given(r, S("a"), 1, now), RATION_A_MINUTE);
    CHECK_INT(ration_take(r, S("a"), 0, now), 0); /* it owes just what it may */
    CHECK_INT(ration_take(r, S("a"), 1, now), 1);
    CHECK_INT(ration_take(r, S("b"), 1, now), 0); /* others are not concerned */
    CHECK_INT(given(r, S("a"), 1, now + SECOND_US), RATION_A_MINUTE / 60);
    CHECK_INT(given(r, S("a"), 5, now + 11 * SECOND_US), RATION_A_MINUTE / 6 / 5);
    CHECK_INT(given(r, S("a"), 1, now + HOUR_US), RATION_A_MINUTE);
    rations_free(&r);
}

TEST(it_is_said_when_to_come_again)
{
    struct rations *r = rations_new();

    rations_allow(r, 60);
    CHECK_INT(given(r, S("a"), 1, SECOND_US), 60);
    CHECK_INT(ration_take(r, S("a"), 5, SECOND_US), 5);
    CHECK_INT(ration_take(r, S("a"), 5, 3 * SECOND_US), 3);
    CHECK_INT(ration_take(r, S("a"), 5, 6 * SECOND_US), 0);
    CHECK(!rations_are_free(r));
    rations_allow(r, 0);
    CHECK(rations_are_free(r));
    CHECK_INT(ration_take(r, S("a"), 100, 6 * SECOND_US), 0); /* no limit */
    rations_free(&r);
}

TEST(whoever_owes_much_is_not_forgotten_for_many_who_owe_little)
{
    struct rations *r = rations_new();

    given(r, S("flood"), 1, SECOND_US);
    for (int i = 0; i < 200000; i++)
        ration_take(r, str_fmt(t->arena, "%d", i), 1, SECOND_US);
    CHECK(ration_take(r, S("flood"), 1, SECOND_US) > 0);
    rations_free(&r);
}
