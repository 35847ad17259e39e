#include "media/crop.h"

#include "base/test.h"

TEST(crop_cut_gives_the_part_that_an_editor_framed)
{
    static const struct {
        struct crop crop;
        enum shape shape;
        int width, height;
        struct cut cut;
    } cases[] = {
        /* the frame has the shape */
        {{0, 0, 500, 500}, SHAPE_WIDE, 1200, 800, {0, 0, 600, 400}},
        {{500, 500, 500, 500}, SHAPE_WIDE, 1200, 800, {600, 400, 600, 400}},
        {{0, 0, 1000, 1000}, SHAPE_SQUARE, 700, 700, {0, 0, 700, 700}},
        /* too wide, too high: around its middle */
        {{0, 0, 1000, 1000}, SHAPE_SQUARE, 1200, 800, {200, 0, 800, 800}},
        {{0, 0, 1000, 1000}, SHAPE_WIDE, 800, 1200, {0, 333, 800, 533}},
        {{100, 200, 300, 800}, SHAPE_SQUARE, 1000, 1000, {100, 450, 300, 300}},
        /* tenths of a per cent do not fall on pixels */
        {{333, 1, 667, 999}, SHAPE_WIDE, 101, 99, {34, 27, 67, 45}},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct cut cut = crop_cut(&cases[i].crop, cases[i].shape, cases[i].width, cases[i].height);

        CHECK_INT(cut.left, cases[i].cut.left);
        CHECK_INT(cut.top, cases[i].cut.top);
        CHECK_INT(cut.width, cases[i].cut.width);
        CHECK_INT(cut.height, cases[i].cut.height);
    }
}

TEST(crop_by_focus_goes_as_far_as_the_picture_does)
{
    struct cut cut = crop_by_focus(50, 50, SHAPE_SQUARE, 1200, 800);

    CHECK_INT(cut.left, 200);
    CHECK_INT(cut.width, 800);
    CHECK_INT(crop_by_focus(0, 50, SHAPE_SQUARE, 1200, 800).left, 0);
    CHECK_INT(crop_by_focus(100, 50, SHAPE_SQUARE, 1200, 800).left, 400);
    CHECK_INT(crop_by_focus(50, 100, SHAPE_WIDE, 600, 800).top, 400);
    CHECK_INT(crop_by_focus(50, -3, SHAPE_WIDE, 600, 800).top, 0);
}

TEST(crop_cut_stays_within_the_picture_and_keeps_the_shape)
{
    for (int i = 0; i < 20000; i++) {
        int width = 1 + (int)test_number(t, 3000), height = 1 + (int)test_number(t, 3000);
        struct crop crop = {.left = (int)test_number(t, 999), .top = (int)test_number(t, 999)};
        enum shape shape = (enum shape)test_number(t, SHAPES);
        struct cut cut;
        int sides[2];

        crop.width = 1 + (int)test_number(t, (uint64_t)(CROP_WHOLE - crop.left));
        crop.height = 1 + (int)test_number(t, (uint64_t)(CROP_WHOLE - crop.top));
        cut = crop_cut(&crop, shape, width, height);
        CHECK(cut.left >= 0 && cut.top >= 0 && cut.width > 0 && cut.height > 0);
        CHECK(cut.left + cut.width <= width && cut.top + cut.height <= height);
        shape_sides(shape, sides);
        if (crop_check(&crop, shape, width, height) == CROP_GOOD) {
            int off = cut.width * sides[1] - cut.height * sides[0];

            CHECK(cut.width >= CROP_WIDTH_MIN);
            CHECK(off >= -sides[0] && off <= sides[0]);
        }
    }
}

TEST(crop_around_a_cut_is_a_frame_of_it)
{
    struct cut cut = crop_by_focus(20, 50, SHAPE_SQUARE, 1600, 900), again;
    struct crop crop = crop_around(&cut, 1600, 900);

    CHECK_INT(crop_check(&crop, SHAPE_SQUARE, 1600, 900), CROP_GOOD);
    again = crop_cut(&crop, SHAPE_SQUARE, 1600, 900);
    CHECK(again.left >= cut.left - 2 && again.left <= cut.left + 2);
    CHECK(again.width >= cut.width - 2 && again.width <= cut.width);
}

TEST(crop_check_says_what_is_wrong)
{
    static const struct {
        struct crop crop;
        enum crop_fault fault;
    } cases[] = {
        {{0, 0, 1000, 1000}, CROP_GOOD},          {{-1, 0, 500, 500}, CROP_OUTSIDE},
        {{0, 1001, 500, 500}, CROP_OUTSIDE},      {{600, 0, 401, 500}, CROP_OUTSIDE},
        {{0, 600, 500, 401}, CROP_OUTSIDE},       {{0, 0, 0, 500}, CROP_TOO_SMALL},
        {{0, 0, 500, -20}, CROP_TOO_SMALL},       {{0, 0, 19, 500}, CROP_TOO_SMALL},
        {{0, 0, 319, 1000}, CROP_TOO_FEW_PIXELS}, {{0, 0, 320, 1000}, CROP_GOOD},
        {{0, 0, 1000, 100}, CROP_TOO_FEW_PIXELS},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_INT(crop_check(&cases[i].crop, SHAPE_WIDE, 1000, 1000), cases[i].fault);
}

TEST(crop_words_are_read_in_one_spelling_only)
{
    struct crop crop = {100, 0, 500, 333}, read = {0};
    enum shape shape;
    static const char *const wrong[] = {
        "",        "1-2-3",      "1-2-3-4-", "1-2-3-4-5", "01-2-3-4", "-1-2-3-4", "1-2-0-4",
        "1-2-3-0", "1-2-1001-4", "1-2-3-x",  "1--3-4",    "+1-2-3-4", " 1-2-3-4",
    };

    CHECK_STR(crop_words(t->arena, &crop), S("100-0-500-333"));
    CHECK(crop_read(S("100-0-500-333"), &read) && crop_same(&crop, &read));
    CHECK_STR(crop_words(t->arena, &(struct crop){0}), S(""));
    for (size_t i = 0; i < LENGTH(wrong); i++)
        CHECK(!crop_read(str_c(wrong[i]), &read));
    CHECK_STR(crop_name(t->arena, SHAPE_SQUARE, &crop), S("square-100-0-500-333"));
    CHECK(crop_name_read(S("wide-100-0-500-333"), &shape, &read) && shape == SHAPE_WIDE);
    CHECK(!crop_name_read(S("tall-100-0-500-333"), &shape, &read));
    CHECK(!crop_name_read(S("wide"), &shape, &read));
    CHECK(!crop_name_read(S("../wide-1-2-3-4"), &shape, &read));
}
