#include "base/test.h"
#include "page/test_views.h"
#include "page/theme.h"

enum { DRAWN_MAX = 1 << 16 };

#define HEADER                                                                                     \
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"                    \
    "\"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "           \
    "n%100>=20) ? 1 : 2);\\n\"\n\n"
#define MESSAGE(english, polish) "msgid \"" english "\"\nmsgstr \"" polish "\"\n\n"

static err load(struct test *t, const char *text, const char *polish, theme **out)
{
    struct embedded files[] = {
        {S("story.html"), str_c(text)},
        {S("when.html"), S("<time>{{byline}}</time>")},
        {S("lang/pl.po"), str_join(t->arena, S(HEADER), str_c(polish))},
        {S("lang/en-US.po"),
         S("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
           "msgid \"Colour\"\nmsgstr \"Color\"\n")},
    };
    struct template_use use = {S("story.html"), view_tale_type()};

    return theme_load(&(struct theme_source){files, LENGTH(files), NULL}, &use, 1, out, &t->why);
}

static str drawn(struct test *t, const char *text, const char *polish, const char *language,
                 const struct view_tale *view)
{
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK_OK(load(t, text, polish, &th));
    theme_draw(th, 0, view, str_c(language), &out, NULL);
    theme_drop(&th);
    return buf_str(&out);
}

static void refused(struct test *t, const char *text, const char *with)
{
    theme *th;
    err e = load(t, text, "", &th);

    cr_assert(e == E_INVALID, "%s: %s", text, err_word(e));
    cr_assert(strstr(t->why.text, with) != NULL, "%s: \"%s\" has no \"%s\"", text, t->why.text,
              with);
}

TEST(say_writes_the_words_of_the_language)
{
    static const char text[] = "<p title=\"{{#say}}Search{{/say}}\">{{#say}}\n  Most \n read "
                               "{{/say}}</p>{{#say @menu}}Search{{/say}}";
    static const char polish[] = MESSAGE("Search", "Szukaj & \\\"znajdź\\\"")
        MESSAGE("Most read", "Najczęściej <czytane>") "msgctxt \"menu\"\n" MESSAGE("Search",
                                                                                   "Szukaj w menu");
    struct view_tale v = {0};

    CHECK_STR(drawn(t, text, polish, "en", &v), S("<p title=\"Search\">Most read</p>Search"));
    CHECK_STR(drawn(t, text, polish, "pl-PL", &v),
              S("<p title=\"Szukaj &amp; &quot;znajdź&quot;\">Najczęściej &lt;czytane&gt;</p>"
                "Szukaj w menu"));
    CHECK_STR(drawn(t, text, "", "pl", &v), S("<p title=\"Search\">Most read</p>Search"));
    CHECK_STR(drawn(t, text, polish, "", &v), S("<p title=\"Search\">Most read</p>Search"));
    CHECK_STR(drawn(t, "{{#say}}Colour{{/say}}", "", "en-US", &v), S("Color"));
    CHECK_STR(drawn(t, "{{#say}}Colour{{/say}}", "", "en-GB", &v), S("Colour"));
}

TEST(say_puts_values_and_parts_where_the_language_wants_them)
{
    static const char text[] =
        "<p>{{#say}}By {{byline}}, {{$when}}<b>{{>when.html}}</b>{{/when}}: {{comments}}{{/say}}."
        "</p>";
    static const char polish[] =
        MESSAGE("By {byline}, {when}: {comments}", "{when} ({comments}) napisał(a) {byline}");
    struct view_tale v = {.byline = S("<Ann>"), .comments = 12345};

    CHECK_STR(drawn(t, text, polish, "en", &v),
              S("<p>By &lt;Ann&gt;, <b><time>&lt;Ann&gt;</time></b>: 12,345.</p>"));
    CHECK_STR(drawn(t, text, polish, "pl", &v),
              S("<p><b><time>&lt;Ann&gt;</time></b> (12,345) napisał(a) &lt;Ann&gt;.</p>"));
}

TEST(say_counts_by_the_rule_of_the_language)
{
    static const char text[] = "{{#say comments}}{{comments}} answer|{{comments}} answers{{/say}};";
    static const char polish[] =
        "msgid \"{comments} answer\"\nmsgid_plural \"{comments} answers\"\n"
        "msgstr[0] \"jedna odpowiedź\"\n"
        "msgstr[1] \"{comments} odpowiedzi\"\n"
        "msgstr[2] \"{comments} odpowiedzi.\"\n";
    static const struct {
        int64_t n;
        const char *english, *polish;
    } cases[] = {{0, "0 answers;", "0 odpowiedzi.;"},
                 {1, "1 answer;", "jedna odpowiedź;"},
                 {3, "3 answers;", "3 odpowiedzi;"},
                 {5, "5 answers;", "5 odpowiedzi.;"}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct view_tale v = {.comments = cases[i].n};

        CHECK_STR(drawn(t, text, polish, "en", &v), str_c(cases[i].english));
        CHECK_STR(drawn(t, text, polish, "pl", &v), str_c(cases[i].polish));
    }
}

TEST(say_writes_a_number_alone_as_the_language_does)
{
    struct view_tale v = {.comments = 12345};

    CHECK_STR(drawn(t, "{{#say}}{{comments}}{{/say}}", "", "ar-u-nu-latn", &v), S("12,345"));
    CHECK_STR(drawn(t, "{{#say}}{{comments}}{{/say}}",
                    "msgctxt \"number\"\n" MESSAGE("1,234; 12,345.6", "1234; 12.345,6"), "pl", &v),
              S("12.345"));
    CHECK_STR(drawn(t, "{{#say}}{{comments}}{{/say}}", "", "pl-u-nu-arab", &v), S("١٢٬٣٤٥"));
}

TEST(say_works_inside_lists_blocks_and_other_says)
{
    struct view_thread topics[] = {{.name = S("Sea")}, {.name = S("Law")}};
    struct view_tale v = {.byline = S("Ann")};
    static const char text[] = "{{#say}}On {{$all}}{{#topics}}{{#say}}the {{name}}{{/say}},"
                               "{{/topics}}{{/all}} today{{/say}}";

    v.topics.v = topics;
    v.topics.n = 2;
    CHECK_STR(drawn(t, text,
                    MESSAGE("On {all} today", "Dziś o: {all}")
                        MESSAGE("the {name}", "temat {name}"),
                    "pl", &v),
              S("Dziś o: temat Sea,temat Law,"));
    CHECK_STR(drawn(t, text, "", "pl", &v), S("On the Sea,the Law, today"));
}

TEST(say_refuses_what_cannot_be_translated)
{
    refused(t, "{{#say}}a <b>bold</b> word{{/say}}", "story.html:1:9: a say holds plain words");
    refused(t, "{{#say}}a&nbsp;b{{/say}}", "without &...;");
    refused(t, "{{#say}}{x}{{/say}}", "a say holds plain words");
    refused(t, "{{#say}}{{/say}}", "a say holds some words");
    refused(t, "{{#say}}{{#byline}}x{{/byline}}{{/say}}", "a say holds words");
    refused(t, "{{#say}}{{icon:clock}} x{{/say}}", "this cannot stand in a say");
    refused(t, "{{#say}}by {{bylin}}{{/say}}", "did you mean `byline`?");
    refused(t, "{{#say comments}}one form{{/say}}", "holds two forms");
    refused(t, "{{#say comments}}a|b|c{{/say}}", "holds two forms");
    refused(t, "{{#say byline}}a|b{{/say}}", "a plural goes by a number");
    refused(t, "{{#say comments headline}}a|b{{/say}}", "one number and one @context");
    refused(t, "<a href=\"{{#say}}x{{/say}}\">", "takes a url");
    refused(t, "<script>{{#say}}x{{/say}}</script>", "script");
    refused(t, "<p {{#say}}x{{/say}}>", "inside a tag");
    refused(t, "{{#say}}a {{$b}}<p {{/b}}{{/say}}", "must end where it began");
    refused(t, "{{#say}}never closed", "{{say}} is never closed");
    refused(t,
            "{{#say comments}}{{comments}} x|{{comments}} y{{/say}}"
            "{{#say comments}}{{comments}} x|{{comments}} z{{/say}}",
            "has another plural at story.html:1");
}

TEST(a_theme_knows_its_words_and_what_a_language_lacks)
{
    static const char text[] = "<h2>{{#say}}Latest{{/say}}</h2>\n<p>{{#say}}Latest{{/say}}</p>\n"
                               "{{#say @menu}}Search{{/say}}{{#say}}{{byline}}{{/say}}";
    const struct theme_message *all;
    theme *th;
    size_t n;
    const str *lacks;

    CHECK_OK(load(t, text, MESSAGE("Latest", "Najnowsze"), &th));
    CHECK_INT(theme_messages(th, &all), 2);
    CHECK_STR(all[0].one, S("Latest"));
    CHECK_STR(all[0].places, S("story.html:1 story.html:2"));
    CHECK_STR(all[1].context, S("menu"));
    CHECK_INT(theme_languages(th), 2);
    lacks = theme_lacks(t->arena, th, S("pl-PL"), &n);
    CHECK_INT(n, 1);
    CHECK_STR(lacks[0], S("story.html:3: no words in pl for \"Search\""));
    theme_lacks(t->arena, th, S("en-GB"), &n);
    CHECK_INT(n, 0);
    theme_lacks(t->arena, th, S("fi"), &n);
    CHECK_INT(n, 2);
    theme_drop(&th);
}

TEST(words_outside_of_say_are_found)
{
    static const char text[] = "<!doctype html><title>A {{headline}}</title>\n<p class=\"x\">—1©\n"
                               "<img alt=\"B\">\n<script>var x</script><!-- c --><style>p{}</style>"
                               "<b>{{#say}}Said{{/say}}</b>\n<i>Ć</i>";
    const str *all;
    theme *th;

    CHECK_OK(load(t, text, "", &th));
    CHECK_INT(theme_bare_words(th, &all), 3);
    CHECK(str_starts(all[0], S("story.html:1: words outside of {{#say}}: ")));
    theme_drop(&th);
}

TEST(a_message_file_that_is_wrong_stops_the_theme)
{
    theme *th;

    CHECK_ERR(load(t, "x", MESSAGE("a", "{b}"), &th), E_INVALID);
    CHECK(strstr(t->why.text, "lang/pl.po:") != NULL);
}
