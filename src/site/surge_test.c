#include "site/surge.h"

#include "base/test.h"

/* Look once a second; gives after how many seconds it changed, or -1. */
static int changes_after(struct surge *s, bool refused, int64_t *now, int seconds)
{
    for (int i = 0; i < seconds; i++, *now += SECOND_US)
        if (surge_look(s, refused, 30, *now))
            return i;
    return -1;
}

TEST(the_paper_is_lite_when_readers_are_refused_for_long_and_goes_back_later)
{
    struct surge s = {0};
    int64_t now = HOUR_US;

    CHECK_INT(changes_after(&s, false, &now, 100), -1);
    CHECK_INT(changes_after(&s, true, &now, 100), 30);
    CHECK(s.is_lite);
    CHECK_INT(changes_after(&s, true, &now, 100), -1);
    CHECK_INT(changes_after(&s, false, &now, 50), -1);
    CHECK_INT(changes_after(&s, true, &now, 1), -1); /* not calm yet: from the beginning */
    CHECK_INT(changes_after(&s, false, &now, 100), 59);
    CHECK(!s.is_lite);
    CHECK_INT(changes_after(&s, true, &now, 100), 30);
}

TEST(short_troubles_do_not_add_up)
{
    struct surge s = {0};
    int64_t now = HOUR_US;

    for (int i = 0; i < 20; i++) {
        CHECK_INT(changes_after(&s, true, &now, 25), -1);
        CHECK_INT(changes_after(&s, false, &now, SURGE_GAP_S + 1), -1);
    }
    CHECK_INT(changes_after(&s, true, &now, 25), -1);
    CHECK_INT(changes_after(&s, false, &now, SURGE_GAP_S - 1), -1); /* a breath is no calm */
    CHECK(changes_after(&s, true, &now, 25) >= 0);
}

TEST(a_paper_that_does_not_want_to_is_never_lite_by_itself)
{
    struct surge s = {0};

    for (int i = 1; i < 1000; i++)
        CHECK(!surge_look(&s, true, 0, i * SECOND_US));
    CHECK(surge_look(&s, true, 30, 1000 * SECOND_US));
    CHECK(surge_look(&s, true, 0, 1001 * SECOND_US)); /* and the switch works at once */
    CHECK(!s.is_lite);
}
