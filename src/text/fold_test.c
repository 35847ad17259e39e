#include "base/test.h"
#include "text/fold.h"

static str folded(struct test *t, const char *text)
{
    buf out = buf_new(t->arena, 4096);

    fold_write(t->arena, str_c(text), &out);
    return buf_str(&out);
}

TEST(fold_writes_words_in_one_spelling)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {" -- !", ""},
        {"The Herring, 2026!", "the herring 2026 "},
        {"don't re-open", "don t re open "},
        {"Café CAFÉ cafe\u0301", "cafe cafe cafe "},
        {"Straße Łódź Ærø Þór", "strasse lodz aero thor "},
        {"İstanbul ısı", "istanbul isi "},
        {"ΟΔΟΣ όδος", "οδοσ οδοσ "},
        {"Ёлка ЁЛКА", "елка елка "},
        {"ﬁsh ＡＢＣ", "fish abc "},
        {"שָׁלוֹם", "שלום "},
        {"الكِتاب والكتاب كتـاب", "كتاب كتاب كتاب "},
        {"إسلام أحمد", "اسلام احمد "},
        {"مدرسة مدرسه", "مدرسه مدرسه "},
        {"東京都", "東京 京都 都 "},
        {"魚", "魚 "},
        {"ｶﾞﾗｽ", "ガラ ラス ス "},
        {"iPhone東京 2020", "iphone 東京 京 2020 "},
        {"東 京", "東 京 "},
        {"हिन्दी", "हिन्दी "},
        {"a\xff\xfe"
         "b",
         "a b "},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(folded(t, cases[i].text), str_c(cases[i].folded));
}

TEST(fold_says_where_a_word_stands)
{
    str text = S("  Café 東京!");
    struct fold_piece piece = {0};
    size_t at = 0;

    CHECK(fold_next(t->arena, text, &at, &piece));
    CHECK_STR(str_of(text.p + piece.from, piece.to - piece.from), S("Café"));
    CHECK(fold_next(t->arena, text, &at, &piece));
    CHECK_STR(str_of(text.p + piece.from, piece.to - piece.from), S("東"));
    CHECK(piece.unspaced && !piece.joined);
    CHECK(fold_next(t->arena, text, &at, &piece));
    CHECK(piece.unspaced && piece.joined);
    CHECK(!fold_next(t->arena, text, &at, &piece));
}

TEST(fold_of_what_it_wrote_is_the_same)
{
    str once = folded(t, "Ærøskøbing, ΟΔΟΣ; Ёлка – شَمس");

    CHECK_STR(folded(t, str_z(t->arena, once)), once);
}
