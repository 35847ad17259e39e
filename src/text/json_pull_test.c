#include "base/test.h"
#include "base/utf8.h"
#include "text/json_pull.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static bool is_json(struct test *t, str text)
{
    struct json_pull j = json_pull(t->arena, text);

    json_skip(&j);
    json_ended(&j);
    return json_failed(&j, &t->why) == OK;
}

TEST(json_values_are_taken_in_order)
{
    struct json_pull j = json_pull(
        t->arena, S(" { \"a\" : [ 1 , -20, \"x\\u00e9\\ud83d\\ude00\\n\" ], \"b\":{}, \"c\":[],"
                    "\"d\":true,\"e\":null } "));
    str key, s;
    int64_t n;
    bool truth;

    CHECK(json_object(&j));
    CHECK(json_key(&j, &key));
    CHECK_STR(key, S("a"));
    CHECK(json_list(&j) && json_item(&j) && json_integer(&j, &n));
    CHECK_INT(n, 1);
    CHECK(json_item(&j) && json_integer(&j, &n));
    CHECK_INT(n, -20);
    CHECK(json_item(&j) && json_string(&j, &s));
    CHECK_STR(s, S("x\xC3\xA9\xF0\x9F\x98\x80\n"));
    CHECK(!json_item(&j));
    CHECK(json_key(&j, &key) && json_object(&j) && !json_key(&j, &key));
    CHECK(json_key(&j, &key) && json_list(&j) && !json_item(&j));
    CHECK(json_key(&j, &key) && json_truth(&j, &truth) && truth);
    CHECK(json_key(&j, &key) && json_null(&j));
    CHECK(!json_key(&j, &key));
    CHECK(json_ended(&j));
}

TEST(json_that_is_wrong_is_refused_with_its_place)
{
    static const str bad[] = {
        S_INIT(""),        S_INIT("["),        S_INIT("[1,]"),        S_INIT("[1 2]"),
        S_INIT("{\"a\"}"), S_INIT("{\"a\":}"), S_INIT("01"),          S_INIT("1."),
        S_INIT("\"\\x\""), S_INIT("\"a"),      S_INIT("\"\\ud800\""), S_INIT("\"\\u0000\""),
        S_INIT("tru"),     S_INIT("nul"),      S_INIT("[]]"),         S_INIT("{,}"),
        S_INIT("\"\t\""),  S_INIT("{1:2}"),    S_INIT("-"),
    };

    for (size_t i = 0; i < LENGTH(bad); i++)
        CHECK(!is_json(t, bad[i]));
    CHECK(!is_json(t, S("{\n \"a\": [1,\n x]}")));
    CHECK(strstr(t->why.text, "line 3, column 2") != NULL);
}

TEST(json_number_beyond_64_bits_is_no_integer)
{
    struct json_pull j = json_pull(t->arena, S("9223372036854775808"));
    int64_t n;

    CHECK(!json_integer(&j, &n));
    CHECK(is_json(t, S("123456789012345678901234567890e+5")));
}

/* https://github.com/nst/JSONTestSuite: y_ must be taken, n_ refused, i_ may be either. */
TEST(json_test_suite)
{
    const char *samples = test_samples();
    size_t taken = 0, refused = 0;

    if (samples == NULL) {
        printf("no shared samples here: json_test_suite is skipped\n");
        return;
    }

    const char *folder =
        str_z(t->arena, str_fmt(t->arena, "%s/hostile-json-testsuite/test_parsing", samples));
    DIR *d = opendir(folder);

    CHECK(d != NULL);
    for (struct dirent *f; (f = readdir(d)) != NULL;)
        SCRATCH (t->arena) {
            str name = str_c(f->d_name);
            str text =
                name.p[0] == 'y' || name.p[0] == 'n'
                    ? test_file(t, str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, f->d_name)))
                    : (str){0};
            /* a NUL as an escape is JSON, but no text that we keep */
            bool yes = is_json(t, text) && utf8_ok(text), nul = str_find(text, S("\\u0000")) >= 0;

            if (name.p[0] == 'y' && !nul) {
                cr_assert(yes, "%s", f->d_name);
                taken++;
            } else if (name.p[0] == 'n') {
                cr_assert(!yes, "%s", f->d_name);
                refused++;
            }
        }
    closedir(d);
    CHECK(taken > 40 && refused > 90);
}
