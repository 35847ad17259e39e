#include "media/icon.h"

#include "base/test.h"
#include "media/picture.h"

static void check_icon(struct test *t, arena *a, struct icon icon, str *png)
{
    struct picture_facts facts;

    CHECK_OK(icon_draw(a, &icon, png, &t->why));
    CHECK_OK(picture_look(a, *png, &facts, &t->why));
    CHECK_STR(str_c(facts.type), S("image/png"));
    CHECK_INT(facts.width, icon.size);
    CHECK_INT(facts.height, icon.size);
}

TEST(icon_draw_takes_any_letter)
{
    static const char *const letters[] = {"F", "W", "i", "<", "&", "東", "ش", "•", "é"};
    str png, whole, blue;
    arena *a = arena_new(64 << 20);

    for (size_t i = 0; i < LENGTH(letters); i++) {
        check_icon(t, a, (struct icon){str_c(letters[i]), S("#8a1c1c"), 192, false}, &png);
        CHECK(png.n < 20 << 10);
    }
    check_icon(t, a, (struct icon){S("F"), S("#8a1c1c"), 16, false}, &png);
    check_icon(t, a, (struct icon){S("F"), S("#8a1c1c"), 512, false}, &png);
    check_icon(t, a, (struct icon){S("F"), S("#8a1c1c"), 512, true}, &whole);
    check_icon(t, a, (struct icon){S("F"), S("#1d4f76"), 512, true}, &blue);
    CHECK(!str_eq(png, whole));
    CHECK(!str_eq(whole, blue));
    arena_free(&a);
}
