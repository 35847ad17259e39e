#include "text/colour.h"

#include "base/test.h"

static const struct colour black, white = {255, 255, 255};

TEST(colour_reads_and_writes_what_people_write)
{
    struct colour c;

    CHECK(colour_read(S("#A63a26"), &c));
    CHECK_STR(colour_write(t->arena, c), S("#a63a26"));
    CHECK(!colour_read(S("a63a26"), &c) && !colour_read(S("#a63a2"), &c) &&
          !colour_read(S("#a63a2g"), &c) && !colour_read(S(""), &c));
}

TEST(colour_contrast_is_that_of_the_guidelines)
{
    struct colour grey = {0x77, 0x77, 0x77};

    CHECK(colour_contrast(black, white) == 21.0);
    CHECK(colour_contrast(white, white) == 1.0);
    CHECK(colour_contrast(grey, white) > 4.47 && colour_contrast(grey, white) < 4.49);
}

TEST(colour_of_any_kind_can_be_lightened_until_it_is_read_on_black)
{
    for (int i = 0; i < 2000; i++) {
        str b = test_bytes(t, 3);
        struct colour c = {b.n > 0 ? (uint8_t)b.p[0] : 0, b.n > 1 ? (uint8_t)b.p[1] : 0, 0};

        CHECK(colour_contrast(colour_lightened(c, black, 5.5), black) >= 5.5);
    }
    CHECK_STR(colour_write(t->arena, colour_lightened(white, black, 5.5)), S("#ffffff"));
}

TEST(colour_of_any_kind_is_a_ground_for_black_or_for_white)
{
    for (int red = 0; red < 256; red += 5)
        for (int green = 0; green < 256; green += 3)
            for (int blue = 0; blue < 256; blue += 15) {
                struct colour c = {(uint8_t)red, (uint8_t)green, (uint8_t)blue};

                CHECK(colour_contrast(colour_ink_on(c), c) >= 4.5);
            }
    CHECK_STR(colour_write(t->arena, colour_ink_on(white)), S("#000000"));
    CHECK_STR(colour_write(t->arena, colour_ink_on(black)), S("#ffffff"));
}
