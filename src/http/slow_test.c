#include "base/test.h"
#include "base/time.h"

#include "http/slow.h"

TEST(the_slowest_of_late_are_kept_each_once)
{
    struct slow_list l = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct slow got[SLOW_MAX];

    for (int i = 0; i < 30; i++)
        slow_note(&l, str_fmt(t->arena, "/%d", i), i * 100, SECOND_US);
    slow_note(&l, S("/29"), 50, SECOND_US); /* quicker this time */
    slow_note(&l, S("/28"), 9999, SECOND_US);
    CHECK_INT(slow_read(&l, SECOND_US, got), SLOW_MAX);
    CHECK_STR(str_of(got[0].path, got[0].path_n), S("/28"));
    CHECK_INT(got[0].us, 9999);
    CHECK_INT(got[1].us, 2900);
    CHECK_INT(got[9].us, 2000);

    int64_t later = SECOND_US * (SLOW_KEPT_S + 2);

    CHECK_INT(slow_read(&l, later, got), 0);
    slow_note(&l, S("/new"), 1, later);
    CHECK_INT(slow_read(&l, later, got), 1);
}
