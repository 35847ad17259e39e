#include "text/say.h"

#include "base/test.h"
#include "text/plural.h"

#define HEADER(plurals)                                                                            \
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; "                                        \
    "charset=UTF-8\\n\"\n\"Plural-Forms: " plurals "\\n\"\n\n"
#define POLISH                                                                                     \
    HEADER("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) "         \
           "? 1 : 2);")

static struct book *read_book(struct test *t, const char *bytes)
{
    struct book *b = NULL;

    CHECK_OK(book_read(t->arena, S("pl.po"), str_c(bytes), NULL, &b, &t->why));
    return b;
}

static const char polish[] = POLISH "#: front.html:3\n"
                                    "msgid \"Latest\"\n"
                                    "msgstr \"Najnowsze\"\n"
                                    "\n"
                                    "msgctxt \"menu\"\n"
                                    "msgid \"Latest\"\n"
                                    "msgstr \"\"\n"
                                    "\"Ostatnio \"\n"
                                    "\"dodane\"\n"
                                    "\n"
                                    "#, fuzzy\n"
                                    "msgid \"Search\"\n"
                                    "msgstr \"Zgadywanie\"\n"
                                    "\n"
                                    "msgid \"Archive\"\n"
                                    "msgstr \"\"\n"
                                    "\n"
                                    "msgid \"Page {n} of {all}\"\n"
                                    "msgstr \"Z {all} stron: \\\"{n}\\\"\"\n"
                                    "\n"
                                    "msgid \"{n} story\"\n"
                                    "msgid_plural \"{n} stories\"\n"
                                    "msgstr[0] \"jeden artykuł\"\n"
                                    "msgstr[1] \"{n} artykuły\"\n"
                                    "msgstr[2] \"{n} artykułów\"\n"
                                    "\n"
                                    "msgctxt \"number\"\n"
                                    "msgid \"1,234; 12,345.6\"\n"
                                    "msgstr \"1234; 12\u00a0345,6\"\n"
                                    "\n"
                                    "#~ msgid \"Old\"\n"
                                    "#~ msgstr \"Stare\"\n";

TEST(say_gives_the_words_of_the_book_or_the_english_ones)
{
    struct tongue pl = tongue_of(read_book(t, polish), S("pl"));

    CHECK_STR(say(&pl, "Latest"), S("Najnowsze"));
    CHECK_STR(say_in(&pl, "menu", "Latest"), S("Ostatnio dodane"));
    CHECK_STR(say_in(&pl, "elsewhere", "Latest"), S("Latest"));
    CHECK_STR(say(&pl, "Search"), S("Search"));
    CHECK_STR(say(&pl, "Archive"), S("Archive"));
    CHECK_STR(say(&pl, "Old"), S("Old"));
    CHECK_STR(say(NULL, "Latest"), S("Latest"));
}

TEST(say_asks_the_book_behind)
{
    struct book *pl = read_book(t, polish), *b = NULL;
    static const char variant[] =
        HEADER("nplurals=1; plural=0;") "msgid \"Latest\"\nmsgstr \"Nowe\"\n";

    CHECK_OK(book_read(t->arena, S("pl-X.po"), str_c(variant), pl, &b, &t->why));

    struct tongue x = tongue_of(b, S("pl-X"));

    CHECK_STR(say(&x, "Latest"), S("Nowe"));
    CHECK_STR(say_in(&x, "menu", "Latest"), S("Ostatnio dodane"));
    CHECK_STR(say_count(t->arena, &x, 3, "{n} story", "{n} stories"), S("3 artykuły"));
    CHECK_STR(say_number(t->arena, &x, 12345), S("12\u00a0345"));
}

TEST(say_puts_values_where_the_translation_wants_them)
{
    struct tongue pl = tongue_of(read_book(t, polish), S("pl"));
    struct said values[] = {{"n", S("{all}")}, {"all", S("9")}};

    CHECK_STR(say_with(t->arena, &pl, "Page {n} of {all}", values, 2), S("Z 9 stron: \"{all}\""));
    CHECK_STR(say_with(t->arena, NULL, "Page {n} of {all}", values, 2), S("Page {all} of 9"));
    CHECK_STR(say_fill(t->arena, S("{ {} {N} {a b} }{"), values, 2), S("{ {} {N} {a b} }{"));
}

TEST(say_count_chooses_the_form_for_the_number)
{
    struct tongue pl = tongue_of(read_book(t, polish), S("pl"));
    static const struct {
        int64_t n;
        const char *polish, *english;
    } cases[] = {{0, "0 artykułów", "0 stories"},
                 {1, "jeden artykuł", "1 story"},
                 {2, "2 artykuły", "2 stories"},
                 {12, "12 artykułów", "12 stories"},
                 {22, "22 artykuły", "22 stories"},
                 {1022, "1022 artykuły", "1,022 stories"},
                 {12345, "12\u00a0345 artykułów", "12,345 stories"}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        CHECK_STR(say_count(t->arena, &pl, cases[i].n, "{n} story", "{n} stories"),
                  str_c(cases[i].polish));
        CHECK_STR(say_count(t->arena, NULL, cases[i].n, "{n} story", "{n} stories"),
                  str_c(cases[i].english));
    }
}

TEST(say_forms_names_each_form_once_where_it_begins)
{
    CHECK_STR(say_forms(t->arena, NULL, 59, "{n} story", "{n} stories"),
              S("1 {n} story|2 {n} stories"));
    CHECK_STR(say_forms(t->arena, NULL, 1, "{n} story", "{n} stories"), S("1 {n} story"));
}

TEST(numbers_are_written_as_the_language_writes_them)
{
    struct tongue pl = tongue_of(read_book(t, polish), S("pl"));
    struct tongue arab = tongue_of(NULL, S("ar-EG-u-nu-arab"));

    CHECK_STR(say_number(t->arena, NULL, 1234567), S("1,234,567"));
    CHECK_STR(say_number(t->arena, NULL, -1234), S("\u22121,234"));
    CHECK_STR(say_number(t->arena, NULL, INT64_MIN), S("\u22129,223,372,036,854,775,808"));
    CHECK_STR(say_number(t->arena, NULL, 7), S("7"));
    CHECK_STR(say_number(t->arena, &pl, 1234), S("1234"));
    CHECK_STR(say_number(t->arena, &pl, 1234567), S("1\u00a0234\u00a0567"));
    CHECK_STR(say_decimal(t->arena, &pl, 45, 1), S("4,5"));
    CHECK_STR(say_decimal(t->arena, NULL, 5, 2), S("0.05"));
    CHECK_STR(say_decimal(t->arena, NULL, -5, 0), S("\u22125"));
    CHECK_STR(say_decimal(t->arena, NULL, INT64_MAX, 9), S("9,223,372,036.854775807"));
    CHECK_STR(say_number(t->arena, &arab, 12345), S("١٢٬٣٤٥"));
    CHECK_STR(say_decimal(t->arena, &arab, 45, 1), S("٤٫٥"));
    CHECK_STR(say_digits(t->arena, &arab, S("10:45")), S("١٠:٤٥"));
    CHECK_STR(say_digits(t->arena, NULL, S("10:45")), S("10:45"));
}

TEST(tongues_read_the_extension_of_their_tag)
{
    CHECK(tongue_of(NULL, S("ar")).digits == NULL);
    CHECK(tongue_of(NULL, S("ar-u-nu-latn")).digits == NULL);
    CHECK(tongue_of(NULL, S("ar-U-ca-gregory-NU-arab")).digits != NULL);
    CHECK(tongue_of(NULL, S("en-u-hc-h12")).is_h12);
    CHECK(tongue_of(NULL, S("en-US-u-hc-h23")).is_h24);
    CHECK(!tongue_of(NULL, S("nu-hc")).is_h24);
    CHECK_STR(tongue_tag(t->arena, S("ar-EG-u-nu-arab")), S("ar-EG"));
    CHECK_STR(tongue_tag(t->arena, S("ar-u-nu-arab-x-desk")), S("ar-x-desk"));
    CHECK_STR(tongue_tag(t->arena, S("pt-BR")), S("pt-BR"));

    struct tongue arab = tongue_of(NULL, S("ar-u-nu-arab"));

    CHECK_STR(tongue_locale(t->arena, &arab, S("ar")), S("ar-u-nu-arab"));
    CHECK_STR(tongue_locale(t->arena, NULL, S("ar-EG")), S("ar-EG-u-nu-latn"));
}

TEST(a_message_file_that_is_wrong_is_refused_with_its_line)
{
    static const struct {
        const char *bytes, *why;
    } cases[] = {
        {"", "pl.po:1: this is no message file"},
        {"msgid \"A\"\nmsgstr \"B\"\n", "pl.po:1: the header must stand first"},
        {"msgid \"\"\nmsgstr \"Language: pl\\n\"\n", "Content-Type"},
        {POLISH "msgid \"A\"\nmsgid \"B\"\n", "pl.po:7: this line stands twice"},
        {POLISH "msgid \"A\"\n", "pl.po:6: msgid and msgstr"},
        {POLISH "msgid \"A\"\nmsgstr \"B\"\n\nmsgid \"A\"\nmsgstr \"B\"\n",
         "pl.po:9: this stands in the file already: A"},
        {POLISH "msgid \"A\"\nmsgstr \"a \\q\"\n", "pl.po:7: only \\n"},
        {POLISH "msgid \"A\"\nmsgstr \"a\" b\"\n", "pl.po:7: a quote inside"},
        {POLISH "msgid \"A\"\nmsgstr \"a\n", "pl.po:7: words in quotes"},
        {POLISH "msgid \"A\"\nmsgstr \"{x}\"\n", "pl.po:6: the translation has a value"},
        {POLISH "msgid \"A {x}\"\nmsgstr \"a\"\n", "pl.po:6: the translation leaves out"},
        {POLISH "msgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"a\"\n", "do not agree"},
        {POLISH "msgid \"A\"\nmsgid_plural \"As\"\nmsgstr[1] \"a\"\n", "pl.po:8: msgstr[0] and"},
        {POLISH "msgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"a\"\nmsgstr[1] \"\"\n"
                "msgstr[2] \"a\"\n",
         "some forms of the plural"},
        {POLISH "msgctxt \"number\"\nmsgid \"1,234; 12,345.6\"\nmsgstr \"1.234\"\n",
         "pl.po:6: numbers as in"},
        {POLISH "\"stray\"\n", "pl.po:6: these words belong to nothing"},
        {POLISH "translate \"stray\"\n", "pl.po:6: this cannot stand here: translate"},
        {HEADER("nplurals=2; plural=n;"), "gives no form from 0 to 1 for 2"},
        {"msgid \"\xff\"\n", "UTF-8"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct book *b = NULL;
        err e = book_read(t->arena, S("pl.po"), str_c(cases[i].bytes), NULL, &b, &t->why);

        cr_assert(e == E_INVALID, "case %zu was taken", i);
        cr_assert(strstr(t->why.text, cases[i].why) != NULL, "\"%s\" has no \"%s\"", t->why.text,
                  cases[i].why);
    }
}

TEST(plural_rules_of_the_world_are_read)
{
    static const struct {
        const char *rule;
        const char *forms; /* of 0, 1, 2, 3, 5, 11, 21, 100, 102, 111 */
    } cases[] = {
        {"nplurals=1; plural=0;", "0000000000"},
        {"nplurals=2; plural=n != 1;", "1011111111"},
        {"nplurals=2; plural=n>1", "0011111111"},
        {"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
         "n%100>=20) ? 1 : 2);",
         "2011220212"},
        {"nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
         "n%100>=11 ? 4 : 5;",
         "0123344554"},
        {" nplurals = 2 ; plural = !(n==1) ; ", "1011111111"},
        {"nplurals=2; plural=1-(2*3-5)*(n/1==1)+0;", "1011111111"},
    };
    static const int counts[] = {0, 1, 2, 3, 5, 11, 21, 100, 102, 111};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct plural *p = NULL;

        CHECK_OK(plural_read(t->arena, str_c(cases[i].rule), 6, &p, &t->why));
        for (size_t j = 0; j < LENGTH(counts); j++)
            CHECK_INT(plural_form(p, counts[j]), cases[i].forms[j] - '0');
    }
}

TEST(plural_rules_that_lead_nowhere_are_refused)
{
    static const char *const cases[] = {"",
                                        "nplurals=2",
                                        "nplurals=0; plural=0;",
                                        "nplurals=7; plural=0;",
                                        "nplurals=2; plural=2;",
                                        "nplurals=2; plural=n;",
                                        "nplurals=2; plural=n%0;",
                                        "nplurals=2; plural=1/n;",
                                        "nplurals=2; plural=(n==1;",
                                        "nplurals=2; plural=n==1 ? 0;",
                                        "nplurals=2; plural=n==1 n;",
                                        "nplurals=2; plural=system;",
                                        "nplurals=2; plural=;",
                                        "plural=0; nplurals=1;"};
    str deep = S("nplurals=1; plural=");

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct plural *p = NULL;

        cr_assert(plural_read(t->arena, str_c(cases[i]), 6, &p, &t->why) == E_INVALID, "took %s",
                  cases[i]);
    }
    for (int i = 0; i < 200; i++)
        deep = str_join(t->arena, deep, S("("));

    struct plural *p = NULL;

    CHECK_ERR(plural_read(t->arena, deep, 6, &p, &t->why), E_INVALID);
}
