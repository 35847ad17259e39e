#include "base/test.h"
#include "base/time.h"
#include "find/query.h"

static str expression(struct test *t, const char *typed, bool typing)
{
    struct find_query q;

    find_query_read(t->arena, str_c(typed), typing, &q);
    return find_expression(t->arena, &q, &(struct find_filter){.before = TIME_NEVER});
}

TEST(a_question_becomes_the_words_of_the_index)
{
#define TEXT(words) "(" words ")"
#define FORM(word, tongue) " OR ((\"" word "\") AND marks : \"\xee\x80\x80l" tongue " \")"
#define WORD(word) "(\"" word "\")"
#define ALL "marks : \"\xee\x80\x80 \""
    static const struct {
        const char *typed;
        bool typing;
        const char *expression;
    } cases[] = {
        {"storm", false, TEXT(WORD("storm"))},
        {"Storm  Krill", false, TEXT(WORD("storm") " AND " WORD("krill"))},
        {"boats", false, TEXT("(\"boats\"" FORM("boat", "1") FORM("boat", "2") " OR \"boats\")")},
        {"\"boats\"", false, TEXT("(\"boats\")")},
        {"\"harbour master\"", false, TEXT("(\"harbour master\")")},
        {"\"harbour master", false, TEXT("(\"harbour master\")")},
        {"don't", false, TEXT("(\"don t\")")},
        {"sto", true, TEXT("(\"sto\" *)")},
        {"sto ", true, TEXT("(\"sto\" *)")},
        {"東京", false, TEXT("(\"東京\")")},
        {"東京都", false, TEXT("(\"東京 京都\")")},
        {"魚", false, TEXT("(\"魚\" *)")},
        {"storm -gull", false, "(" TEXT(WORD("storm")) ") NOT " TEXT(WORD("gull"))},
        {"-a -\"b c\"", false, "(" ALL ") NOT " TEXT("(\"a\") OR (\"b c\")")},
        {"OR AND NOT NEAR", false,
         TEXT("(\"or\") AND " WORD("and") " AND " WORD("not") " AND " WORD("near"))},
        {"", false, ALL},
        {" - \" ", false, ALL},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(expression(t, cases[i].typed, cases[i].typing), str_c(cases[i].expression));
}

TEST(a_question_is_narrowed_down_by_marks)
{
    struct find_query q;

    find_query_read(t->arena, S("storm"), false, &q);
    CHECK_STR(
        find_expression(t->arena, &q,
                        &(struct find_filter){.section = 3, .author = 7, .before = 1}),
        S(TEXT(WORD("storm")) " AND marks : \"\xee\x80\x80s3 \" AND marks : \"\xee\x80\x80p7 \""));
}

TEST(a_question_has_its_limits)
{
    struct find_query q;
    char long_one[4000];

    memset(long_one, 'x', sizeof long_one);
    for (size_t i = 0; i < sizeof long_one; i += 3)
        long_one[i] = ' ';
    find_query_read(t->arena, str_of(long_one, sizeof long_one), false, &q);
    CHECK(q.n == QUERY_TERMS_MAX);
    CHECK(q.typed.n <= QUERY_BYTES_MAX);
}
