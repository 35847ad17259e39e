#include "http/route.h"

#include "base/test.h"

static err nothing(struct request *rq)
{
    (void)rq;
    return OK;
}

static const struct route paper[] = {
    {GET, "/", nothing, .doc = "front"},
    {GET, "/search", nothing, .doc = "search"},
    {GET, "/{section}", nothing, .doc = "section"},
    {GET, "/{yyyy#}/{mm#}/{dd#}", nothing, .doc = "archive day"},
    {GET, "/{section}/{yyyy#}/{mm#}/{dd#}/{slug}", nothing, .doc = "story"},
    {GET, "/{section}/{yyyy#}/{mm#}/{dd#}/{slug}.lite", nothing, .doc = "lite story"},
    {POST, "/{section}/{yyyy#}/{mm#}/{dd#}/{slug}", nothing, .doc = "comment"},
    {GET, "/topic/{slug}", nothing, .doc = "topic"},
    {GET, "/topic/{slug}.{ext}", nothing, .doc = "topic feed"},
    {GET, "/media/{id#}/{width#}.{ext}", nothing, .doc = "picture"},
    {GET, "/assets/{path*}", nothing, .doc = "asset"},
    {DELETE, "/topic/news", nothing, .doc = "drop"},
};

static struct route_match find(struct test *t, enum method m, const char *path)
{
    static struct route_table *table;
    struct route_match found;

    if (table == NULL)
        CHECK_OK(route_table_make(t->arena, paper, LENGTH(paper), &table, &t->why));
    route_find(table, m, str_c(path), &found);
    return found;
}

TEST(the_best_fitting_line_answers)
{
    static const struct {
        const char *path, *doc, *params;
    } cases[] = {
        {"/", "front", ""},
        {"/search", "search", ""},
        {"/sport", "section", "section=sport;"},
        {"/2026/11/23", "archive day", "yyyy=2026;mm=11;dd=23;"},
        {"/2026/11/x", "", ""},
        {"/sport/2026/11/23/cup-final", "story",
         "section=sport;yyyy=2026;mm=11;dd=23;slug=cup-final;"},
        {"/sport/2026/11/23/cup.lite", "lite story",
         "section=sport;yyyy=2026;mm=11;dd=23;slug=cup;"},
        {"/sport/2026/11/23/.lite", "story", "section=sport;yyyy=2026;mm=11;dd=23;slug=.lite;"},
        {"/topic/a.b.rss", "topic feed", "slug=a.b;ext=rss;"},
        {"/topic/a.", "topic", "slug=a.;"},
        {"/topic/news", "topic", "slug=news;"},
        {"/media/7/640.jpg", "picture", "id=7;width=640;ext=jpg;"},
        {"/media/7/x.jpg", "", ""},
        {"/media/7/640", "", ""},
        {"/assets/a/b/c.css", "asset", "path=a/b/c.css;"},
        {"/assets/", "", ""},
        {"/a/b/c/d/e/f/g", "", ""},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct route_match m = find(t, GET, cases[i].path);
        str params = S("");

        for (size_t k = 0; k < m.param_n; k++)
            params = str_fmt(t->arena, "%.*s%.*s=%.*s;", STR(params), STR(m.params[k].name),
                             STR(m.params[k].value));
        cr_assert_str_eq(m.route == NULL ? "" : m.route->doc, cases[i].doc, "%s", cases[i].path);
        CHECK_STR(params, str_c(cases[i].params));
    }
}

TEST(a_path_knows_what_it_answers_to)
{
    struct route_match m = find(t, PUT, "/sport/2026/11/23/cup-final");

    CHECK(m.route == NULL);
    CHECK_STR(route_allow(t->arena, m.methods), S("GET, HEAD, POST, OPTIONS"));
    CHECK_STR(route_allow(t->arena, find(t, PUT, "/topic/news").methods),
              S("GET, HEAD, DELETE, OPTIONS"));
    CHECK(find(t, HEAD, "/search").route != NULL);
    CHECK_INT(find(t, GET, "/a/b").methods, 0);
    CHECK(find(t, GET, "/search/").slash);
    CHECK(!find(t, GET, "/a/b/").slash);
}

TEST(digits_go_before_any_name_in_a_mix_too)
{
    static const struct route lines[] = {
        {.methods = GET, .path = "/{section}.lite", .answer = nothing, .doc = "section"},
        {.methods = GET, .path = "/{year#}.lite", .answer = nothing, .doc = "year"}};
    struct route_table *table;
    struct route_match m;

    CHECK_OK(route_table_make(t->arena, lines, LENGTH(lines), &table, &t->why));
    route_find(table, GET, S("/2026.lite"), &m);
    cr_assert_str_eq(m.route->doc, "year");
    route_find(table, GET, S("/sport.lite"), &m);
    cr_assert_str_eq(m.route->doc, "section");
}

#define LINE(m, p, a)                                                                              \
    {                                                                                              \
        .methods = (m), .path = (p), .answer = (a)                                                 \
    }

TEST(wrong_tables_are_refused_at_the_start)
{
    static const struct {
        struct route lines[2];
        err wanted;
    } cases[] = {
        {{LINE(GET, "/a/{b}", nothing), LINE(GET | POST, "/a/{c}", nothing)}, E_CONFLICT},
        {{LINE(GET, "/a", nothing), LINE(GET, "/a", nothing)}, E_CONFLICT},
        {{LINE(GET, "/a/{b}.x", nothing), LINE(GET, "/a/{c}.x", nothing)}, E_CONFLICT},
        {{LINE(GET, "/a", nothing), LINE(POST, "/a", nothing)}, OK},
        {{LINE(GET, "/a/{b#}", nothing), LINE(GET, "/a/{c}", nothing)}, OK},
        {{LINE(GET, "a", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/a//b", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/{}", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/{a", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/{a}{b}", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/{a}.{b}.{c}", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/{a*}/b", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(0, "/a", nothing), LINE(GET, "/b", nothing)}, E_INVALID},
        {{LINE(GET, "/a", NULL), LINE(GET, "/b", nothing)}, E_INVALID},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct route_table *table;
        err e = route_table_make(t->arena, cases[i].lines, 2, &table, &t->why);

        cr_assert(e == cases[i].wanted, "case %zu (%s): %s", i, cases[i].lines[0].path,
                  err_word(e));
    }
}
