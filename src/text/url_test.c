#include "base/test.h"
#include "text/slug.h"
#include "text/url.h"

TEST(url_link_gives_normal_form_or_nothing)
{
    static const struct {
        const char *given, *link;
    } cases[] = {
        {"https://Example.ORG", "https://example.org/"},
        {"HTTP://example.org:80/a/../b/./c", "http://example.org/b/c"},
        {"https:example.org/x", "https://example.org/x"},
        {"https:\\\\example.org\\x", "https://example.org/x"},
        {" \thttps://exa\nmple.org/ \x01", "https://example.org/"},
        {"//example.org/x", "https://example.org/x"},
        {"/\\example.org/x", "https://example.org/x"},
        {"/\t/example.org", "https://example.org/"},
        {"/.//example.org", "/example.org"},
        {"/a b\"<>", "/a%20b%22%3C%3E"},
        {"/ü?q=ä#ö", "/%C3%BC?q=%C3%A4#%C3%B6"},
        {"https://example.org:8443/?a=1&b=2#c", "https://example.org:8443/?a=1&b=2#c"},
        {"https://[2001:db8::1]/", "https://[2001:db8::1]/"},
        {"https://münchen.example/", "https://münchen.example/"},
        {"mailto:desk@example.org?subject=a b", "mailto:desk@example.org?subject=a%20b"},
        {"tel:+49 (30) 12-3", "tel:+49(30)12-3"},
        {"", ""},
        {"javascript:alert(1)", ""},
        {"java\nscript:alert(1)", ""},
        {"\x01javascript:x", ""},
        {"https://user:pw@example.org/", ""},
        {"https://example.org@evil.example/", ""},
        {"https://exa mple.org/", ""},
        {"https://example.org:99999/", ""},
        {"https://ex%61mple.org/", ""},
        {"https://example.org\u2044evil.example/", ""},
        {"https:///", ""},
        {"mailto:nobody", ""},
        {"tel:call-me", ""},
        {"page.html", ""},
        {"#top", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        str link = url_link(t->arena, str_c(cases[i].given));

        CHECK_STR(link, str_c(cases[i].link));
        CHECK(link.n == 0 || url_ok_link(link));
    }
}

TEST(url_join_follows_the_page)
{
    static const struct {
        const char *given, *link;
    } cases[] = {
        {"c", "https://x.example/a/c"},
        {"../c", "https://x.example/c"},
        {"../../../c", "https://x.example/c"},
        {"/c", "https://x.example/c"},
        {"?q", "https://x.example/a/b?q"},
        {"//y.example/c", "https://y.example/c"},
        {"http://y.example", "http://y.example/"},
        {"mailto:a@b.example", "mailto:a@b.example"},
        {"javascript:x", ""},
        {"#c", ""},
        {"", ""},
        {"//", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(url_join(t->arena, S("https://x.example/a/b?old"), str_c(cases[i].given)),
                  str_c(cases[i].link));
}

TEST(url_parts)
{
    struct url u;

    CHECK(url_split(S("https://x.example:81/a?b#c"), &u));
    CHECK_STR(u.host, S("x.example"));
    CHECK_INT(u.port, 81);
    CHECK_STR(u.path, S("/a"));
    CHECK_STR(u.query, S("b"));
    CHECK_STR(u.fragment, S("c"));
    CHECK_STR(url_site(S("https://www.example.org/x")), S("example.org"));
    CHECK_STR(url_site(S("https://m.example/x")), S("m.example"));
    CHECK_STR(url_host(S("/own")), S(""));
}

TEST(what_url_link_gives_it_gives_again)
{
    static const char *const pieces[] = {
        "http", "s:",  "//", "/",  "..", ".", "a", "\\", "@",         ":",       "?",
        "#",    "%2e", " ",  "\t", "é",  "[", "]", "80", "x.example", "mailto:", "tel:"};

    for (int i = 0; i < 20000; i++)
        SCRATCH (t->arena) {
            str s = {0};

            for (uint64_t n = test_number(t, 9); n > 0; n--)
                s = str_join(t->arena, s, str_c(pieces[test_number(t, LENGTH(pieces))]));

            str link = url_link(t->arena, s), again = url_link(t->arena, link);

            cr_assert(str_eq(link, again), "%.*s: %.*s, then %.*s", STR(s), STR(link), STR(again));
            CHECK(!(link.n > 1 && link.p[0] == '/' && (link.p[1] == '/' || link.p[1] == '\\')));
        }
}

TEST(slug_make_spells_headlines)
{
    static const struct {
        const char *headline, *slug;
    } cases[] = {
        {"Minister resigns", "minister-resigns"},
        {"  \"Don’t panic\", says PM ", "dont-panic-says-pm"},
        {"Straße: Café 24/7", "strasse-cafe-24-7"},
        {"東京", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(slug_make(t->arena, str_c(cases[i].headline)), str_c(cases[i].slug));
}

TEST(slug_make_gives_nothing_or_a_slug_for_any_bytes)
{
    for (int i = 0; i < 10000; i++)
        SCRATCH (t->arena) {
            str s = slug_make(t->arena, test_bytes(t, 300));

            CHECK(s.n == 0 || slug_ok(s));
        }
    CHECK(!slug_ok(S("")));
    CHECK(!slug_ok(S("a-")));
    CHECK(!slug_ok(S("a--b")));
    CHECK(!slug_ok(S("A")));
}
