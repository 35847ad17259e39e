#include "news/stage.h"

#include "base/test.h"

TEST(stages_are_those_of_the_setting_and_the_usual_ones_without)
{
    struct stages s;

    stages_read(S(""), &s);
    CHECK_INT(s.n, 4);
    CHECK_STR(s.v[0], S("idea"));
    CHECK_STR(stage_to_edit(&s), S("copy-edit"));
    CHECK_STR(stage_to_publish(&s), S("ready"));
    stages_read(S("Pitch,  To the lawyers , Print"), &s);
    CHECK_INT(s.n, 3);
    CHECK_STR(s.v[1], S("To the lawyers"));
    CHECK_INT(stage_at(&s, S("Print")), 2);
    CHECK_INT(stage_at(&s, S("draft")), 0);
    CHECK(!stage_is(&s, S("draft")));
}

TEST(stages_that_cannot_be_are_none)
{
    static const char *const bad[] = {"",        "one",   "a, a",   "a, A",
                                      "a, wire", "a,, b", "a, b, ", "1,2,3,4,5,6,7,8,9"};

    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_assert(!stages_ok(str_c(bad[i])), "%s", bad[i]);
    CHECK(stages_ok(S("a, b")));
}

TEST(stages_of_one_desk_are_shown_among_those_of_another)
{
    struct stages paper, own;

    stages_read(S(""), &paper);
    stages_read(S("pitch, report, photos, lawyers, ready"), &own);
    CHECK_INT(stage_among(&paper, &own, S("pitch")), 0);
    CHECK_INT(stage_among(&paper, &own, S("report")), 1);
    CHECK_INT(stage_among(&paper, &own, S("photos")), 1);
    CHECK_INT(stage_among(&paper, &own, S("lawyers")), 2);
    CHECK_INT(stage_among(&paper, &own, S("ready")), 3);
    CHECK_INT(stage_among(&paper, &own, S("draft")), 1); /* of another day, but known here */
    CHECK_INT(stage_among(&paper, &own, S("nonsense")), 0);
    stages_read(S("a, b"), &paper);
    CHECK_INT(stage_among(&paper, &own, S("photos")), 0);
    CHECK_INT(stage_among(&paper, &own, S("lawyers")), 0);
    CHECK_INT(stage_among(&paper, &own, S("ready")), 1);
}
