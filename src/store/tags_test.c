#include "base/test.h"
#include "store/tags.h"

TEST(tag_sets_keep_each_tag_once_in_order)
{
    struct tag_set set = tag_set_new(t->arena);

    tag_set_add(&set, tag_of(TAG_section, 9));
    tag_set_add(&set, tag_of(TAG_story, 12));
    tag_set_add(&set, tag_of(TAG_section, 9));
    tag_set_add(&set, tag_of(TAG_story, 3));
    CHECK_STR(tag_set_write(t->arena, &set), S("story:3 story:12 section:9"));
    CHECK(tag_set_has(&set, tag_of(TAG_story, 12)));
    CHECK(!tag_set_has(&set, tag_of(TAG_section, 12)));
    CHECK_INT(tag_id(tag_of(TAG_story, 12)), 12);
    CHECK_INT(tag_kind(tag_of(TAG_story, 12)), TAG_story);
}

TEST(tag_sets_with_too_many_tags_mean_everything)
{
    struct tag_set set = tag_set_new(t->arena), one = tag_set_new(t->arena);

    for (int i = 0; i < TAG_SET_MAX; i++)
        tag_set_add(&set, tag_of(TAG_story, TAG_SET_MAX - i));
    CHECK(!set.everything);
    tag_set_add(&set, tag_of(TAG_story, 1)); /* it has this one */
    CHECK(!set.everything);
    tag_set_add(&set, tag_of(TAG_day, 1));
    CHECK(set.everything);
    CHECK(tag_set_has(&set, tag_of(TAG_subject, 77)));
    tag_set_add(&one, tag_of(TAG_subject, 77));
    CHECK(tag_sets_meet(&set, &one));
    CHECK_STR(tag_set_write(t->arena, &set), S("*"));
}

TEST(tag_sets_read_what_they_wrote)
{
    for (int round = 0; round < 200; round++)
        SCRATCH (t->arena) {
            struct tag_set set = tag_set_new(t->arena);

            for (uint64_t i = test_number(t, 40); i > 0; i--)
                tag_set_add(&set, tag_of((enum tag_kind)(1 + test_number(t, TAG_KIND_COUNT - 1)),
                                         (int64_t)test_number(t, 1u << 20)));

            struct tag_set got = tag_set_read(t->arena, tag_set_write(t->arena, &set));

            CHECK(!got.everything);
            CHECK_INT(got.n, set.n);
            CHECK(set.n == 0 || memcmp(got.v, set.v, set.n * sizeof *set.v) == 0);
        }
}

TEST(tag_sets_of_a_newer_program_mean_everything)
{
    CHECK(tag_set_read(t->arena, S("*")).everything);
    CHECK(tag_set_read(t->arena, S("story:1 hologram:7")).everything);
    CHECK(tag_set_read(t->arena, S("story")).everything);
    CHECK(!tag_set_read(t->arena, S("")).everything);
}

TEST(tag_sets_meet_when_they_share_a_tag)
{
    struct tag_set x = tag_set_read(t->arena, S("story:1 section:2"));
    struct tag_set y = tag_set_read(t->arena, S("story:2 section:1"));
    struct tag_set z = tag_set_read(t->arena, S("section:2"));
    struct tag_set none = tag_set_new(t->arena), all = tag_set_read(t->arena, S("*"));

    CHECK(!tag_sets_meet(&x, &y));
    CHECK(tag_sets_meet(&x, &z));
    CHECK(!tag_sets_meet(&x, &none));
    CHECK(!tag_sets_meet(&all, &none));
    CHECK(tag_sets_meet(&all, &all));
}
