#include "base/test.h"
#include "text/stem.h"

static str stem(struct test *t, enum stem_tongue tongue, const char *word)
{
    return stem_of(t->arena, tongue, str_c(word));
}

/* Words of a line belong together; words of two lines do not. */
static void check_families(struct test *t, enum stem_tongue tongue, const char *const *lines,
                           size_t n)
{
    str last[64];

    for (size_t i = 0; i < n; i++) {
        str rest = str_c(lines[i]), word, first = {0};

        while (str_cut(&rest, ' ', &word)) {
            str s = stem_of(t->arena, tongue, word);

            if (first.n == 0)
                first = s;
            CHECK(s.n >= 2);
            if (!str_eq(s, first))
                CHECK_STR(word, first);
        }
        last[i] = first;
        for (size_t k = 0; k < i; k++)
            if (str_eq(last[k], first))
                CHECK_STR(str_c(lines[k]), str_c(lines[i]));
    }
}

TEST(english_forms_of_a_word_have_one_stem)
{
    static const char *const lines[] = {
        "boat boats boating",
        "vote votes voted voting",
        "voter voters",
        "ferry ferries",
        "city cities",
        "box boxes",
        "bus buses",
        "house houses housed housing",
        "church churches",
        "plan plans planned planning",
        "plane planes",
        "hope hopes hoped hoping",
        "hop hops hopped hopping",
        "control controls controlled controlling",
        "raise raises raised raising",
        "try tries tried trying",
        "tie ties tied",
        "car cars",
        "care cares cared caring",
        "agree agrees agreed",
        "fall falls falling",
        "man men",
        "woman women",
        "fireman firemen",
        "child children",
        "gas gases",
        "hero heroes",
        "create creates created creating",
        "news",
        "new",
        "united",
        "unit units",
        "this",
        "thing",
        "import imports imported importing",
        "important",
        "organ organs",
        "organisation organisations",
        "police",
        "policy policies",
        "university universities",
        "universe",
        "evening evenings",
        "even",
        "play plays played playing",
        "glass glasses",
        "herring herrings",
        "her",
        "here",
        "hering",
        "species",
        "court courts",
        "harbour harbours",
        "storm storms",
        "king kings",
        "need needs",
    };

    check_families(t, STEM_ENGLISH, lines, LENGTH(lines));
}

TEST(german_forms_of_a_word_have_one_stem)
{
    static const char *const lines[] = {
        "boot boote booten boots bootes",
        "haus hauser hausern hauses",
        "wahl wahlen",
        "regierung regierungen",
        "hafen hafens",
        "kind kinder kindern kindes",
        "schule schulen",
        "minister ministers ministern",
        "auto autos",
        "stadt stadte stadten",
        "frau frauen",
        "zeitung zeitungen",
        "schiff schiffe schiffen schiffs",
        "kreis kreise",
        "gross grosse grosser grossen",
        "sturm sturme sturmen",
        "moos",
    };

    check_families(t, STEM_GERMAN, lines, LENGTH(lines));
}

TEST(what_has_no_forms_has_no_stem)
{
    CHECK_INT(stem_tongue_of(S("en-GB")), STEM_ENGLISH);
    CHECK_INT(stem_tongue_of(S("DE")), STEM_GERMAN);
    CHECK_INT(stem_tongue_of(S("den")), STEM_NONE);
    CHECK_INT(stem_tongue_of(S("ar")), STEM_NONE);
    CHECK_INT(stem_tongue_of(S("")), STEM_NONE);
    CHECK_STR(stem(t, STEM_ENGLISH, "is"), S(""));
    CHECK_STR(stem(t, STEM_ENGLISH, "2020s"), S(""));
    CHECK_STR(stem(t, STEM_ENGLISH, "кораблей"), S(""));
    CHECK_STR(stem(t, STEM_NONE, "boats"), S(""));
    for (const char *w = "yyyyyyyyyyyyyyyyyyyyy"; *w != '\0'; w++)
        CHECK(stem(t, STEM_ENGLISH, w).n <= strlen(w));
}
