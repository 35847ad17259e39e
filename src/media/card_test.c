#include "media/card.h"

#include "base/test.h"
#include "media/picture.h"

static void check_card(struct test *t, struct card_words words)
{
    struct picture_facts facts;
    str png;

    words.accent = S("#1d4f76");
    CHECK_OK(card_draw(t->arena, &words, &png, &t->why));
    CHECK_OK(picture_look(t->arena, png, &facts, &t->why));
    CHECK_STR(str_c(facts.type), S("image/png"));
    CHECK_INT(facts.width, CARD_WIDTH);
    CHECK_INT(facts.height, CARD_HEIGHT);
    CHECK(png.n < 200 << 10);
}

TEST(card_draw_takes_any_words)
{
    str same, other;
    struct card_words words = {.headline = S("One & two <b>three</b> \"four\""),
                               .foot = S("The Fathom")};

    check_card(t, words);
    check_card(t, (struct card_words){.foot = S("The Fathom")});
    check_card(t, (struct card_words){.headline = S("東京で新しい新聞"), .foot = S("新聞")});
    check_card(t, (struct card_words){.headline = S("الصحيفة الجديدة"), .kicker = S("أخبار")});
    for (int i = 0; i < 10; i++)
        check_card(t, (struct card_words){.kicker = test_bytes(t, 90),
                                          .headline = test_bytes(t, 900),
                                          .foot = test_bytes(t, 90)});

    words.headline = S("One");
    CHECK_OK(card_draw(t->arena, &words, &same, &t->why));
    words.headline = S("Two");
    CHECK_OK(card_draw(t->arena, &words, &other, &t->why));
    CHECK(!str_eq(same, other));
}
