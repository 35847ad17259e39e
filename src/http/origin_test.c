#include "http/origin.h"

#include "base/test.h"

static bool ours(const char *host, bool secure, const char *site, const char *origin)
{
    struct header headers[2];
    size_t n = 0;

    if (site != NULL)
        headers[n++] = (struct header){S("sec-fetch-site"), str_c(site)};
    if (origin != NULL)
        headers[n++] = (struct header){S("origin"), str_c(origin)};
    return origin_is_ours(&(struct request){
        .host = str_c(host), .secure = secure, .headers = headers, .header_n = n});
}

TEST(forms_are_ours_only_when_all_that_is_said_says_so)
{
    CHECK(ours("paper.example", true, "same-origin", "https://paper.example"));
    CHECK(ours("paper.example", true, NULL, "https://paper.example"));
    CHECK(ours("paper.example", true, "same-origin", NULL));
    CHECK(ours("localhost:8080", false, "same-origin", "http://localhost:8080"));
    CHECK(!ours("paper.example", true, NULL, NULL));
    CHECK(!ours("paper.example", true, "same-site", "https://paper.example"));
    CHECK(!ours("paper.example", true, "cross-site", NULL));
    CHECK(!ours("paper.example", true, "none", NULL));
    CHECK(!ours("paper.example", true, "same-origin", "https://evil.example"));
    CHECK(!ours("paper.example", true, NULL, "http://paper.example"));
    CHECK(!ours("paper.example", true, NULL, "https://paper.example.evil.example"));
    CHECK(!ours("paper.example", true, NULL, "https://paper.example:444"));
    CHECK(!ours("paper.example", true, NULL, "null"));
    CHECK(!ours("", false, NULL, "http://"));
}

TEST(the_page_that_led_here_is_one_of_ours_or_none)
{
    static const struct {
        const char *referer, *page;
    } cases[] = {{"https://paper.example/desk/staff/3?x=1", "/desk/staff/3?x=1"},
                 {"https://paper.example", ""},
                 {"https://paper.example.evil.example/desk", ""},
                 {"https://evil.example/desk", ""},
                 {"http://paper.example/desk", ""}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct header referer = {S("referer"), str_c(cases[i].referer)};

        CHECK_STR(
            origin_page(&(struct request){
                .host = S("paper.example"), .secure = true, .headers = &referer, .header_n = 1}),
            str_c(cases[i].page));
    }
}
