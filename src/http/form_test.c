#include "http/form.h"

#include "base/test.h"
#include "http/cookie.h"
#include "http/path.h"

TEST(a_form_is_read_field_by_field)
{
    struct form f;

    CHECK_OK(form_read(t->arena, S("a=1&&b=caf%C3%A9+au+lait&c&a=2&=x&d=%26%3D"), &f, &t->why));
    CHECK_INT(f.n, 6);
    CHECK_STR(form_get(&f, S("a")), S("1"));
    CHECK_STR(form_get(&f, S("b")), S("café au lait"));
    CHECK(form_has(&f, S("c")) && !form_has(&f, S("e")));
    CHECK_STR(f.fields[3].value, S("2"));
    CHECK_STR(form_get(&f, S("")), S("x"));
    CHECK_STR(form_get(&f, S("d")), S("&="));
    CHECK_OK(form_read(t->arena, S(""), &f, &t->why));
    CHECK_INT(f.n, 0);
}

TEST(a_form_that_is_not_text_is_refused)
{
    static const char *const wrong[] = {"a=%", "a=%4", "a=%zz", "%C3=1", "a=%FF", "a=%00"};
    struct form f;

    for (size_t i = 0; i < LENGTH(wrong); i++)
        CHECK_ERR(form_read(t->arena, str_c(wrong[i]), &f, &t->why), E_INVALID);

    char many[FORM_FIELDS_MAX * 2 + 2];

    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 == 0 ? 'a' : '&';
    CHECK_ERR(form_read(t->arena, str_of(many, sizeof many), &f, &t->why), E_LIMIT);
}

TEST(what_is_encoded_is_decoded_again)
{
    for (int i = 0; i < 2000; i++)
        SCRATCH (t->arena) {
            str s = test_bytes(t, 60), again, coded = percent_encode(t->arena, s);

            for (size_t k = 0; k < coded.n; k++)
                CHECK((unsigned char)coded.p[k] > ' ' && (unsigned char)coded.p[k] < 0x7f);
            if (form_decode(t->arena, coded, &again))
                CHECK_STR(again, s);
        }
    CHECK_STR(percent_encode(t->arena, S("a/b c?é~")), S("a%2Fb%20c%3F%C3%A9~"));
    CHECK_STR(percent_encode_path(t->arena, S("/a b/é")), S("/a%20b/%C3%A9"));
}

TEST(a_path_is_decoded_once_or_refused)
{
    static const struct {
        const char *raw, *path;
        enum path_kind kind;
    } cases[] = {
        {"/", "/", PATH_OK},
        {"/a/b-c.d~", "/a/b-c.d~", PATH_OK},
        {"/ville/caf%C3%a9", "/ville/café", PATH_OK},
        {"/a%20b", "/a b", PATH_OK},
        {"/%2541", "/%41", PATH_OK},
        {"/.well-known/x", "/.well-known/x", PATH_OK},
        {"/a/...", "/a/...", PATH_OK},
        {"//a///b/", "/a/b/", PATH_DOUBLE},
        {"/a%", "", PATH_WRONG},
        {"/a%4", "", PATH_WRONG},
        {"/a%g0", "", PATH_WRONG},
        {"/a%00", "", PATH_WRONG},
        {"/a%0a", "", PATH_WRONG},
        {"/a%7f", "", PATH_WRONG},
        {"/a%c2%85", "", PATH_WRONG},
        {"/a%2fb", "", PATH_WRONG},
        {"/a%5cb", "", PATH_WRONG},
        {"/a\\b", "", PATH_WRONG},
        {"/%c0%ae", "", PATH_WRONG},
        {"/%ff", "", PATH_WRONG},
        {"/.", "", PATH_WRONG},
        {"/a/../b", "", PATH_WRONG},
        {"/a/%2e%2E/b", "", PATH_WRONG},
        {"/%2e", "", PATH_WRONG},
        {"/a//../b", "", PATH_WRONG},
        {"a", "", PATH_WRONG},
        {"", "", PATH_WRONG},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        char out[64];
        str path = S("");
        enum path_kind kind = path_read(out, str_c(cases[i].raw), &path);

        cr_assert(kind == cases[i].kind, "%s: %d", cases[i].raw, kind);
        if (kind != PATH_WRONG)
            CHECK_STR(path, str_c(cases[i].path));
    }
}

TEST(a_cookie_is_found_among_others)
{
    str v = S("");
    str sent = S("a=1; theme=dark; bb=\"q\";c; a=2; e=");

    CHECK(cookie_find(sent, S("a"), &v));
    CHECK_STR(v, S("1"));
    CHECK(cookie_find(sent, S("bb"), &v));
    CHECK_STR(v, S("q"));
    CHECK(cookie_find(sent, S("e"), &v) && v.n == 0);
    CHECK(!cookie_find(sent, S("c"), &v));
    CHECK(!cookie_find(sent, S("heme"), &v));
    CHECK(!cookie_find(S(""), S("a"), &v));
}

TEST(a_cookie_is_written_whole_or_not_at_all)
{
    CHECK_STR(cookie_write(t->arena, &(struct cookie){.name = S("__Host-s"),
                                                      .value = S("abc"),
                                                      .max_age_s = 60,
                                                      .secure = true,
                                                      .strict = true}),
              S("__Host-s=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict"));
    CHECK_STR(
        cookie_write(t->arena, &(struct cookie){.name = S("a"), .max_age_s = -1, .script = true}),
        S("a=; Path=/; Max-Age=0; SameSite=Lax"));

    const struct cookie wrong[] = {
        {.name = S(""), .value = S("x")},
        {.name = S("a b"), .value = S("x")},
        {.name = S("a"), .value = S("x;y")},
        {.name = S("a"), .value = S("x\r\nSet-Cookie: b=c")},
        {.name = S("a"), .value = S("x"), .path = S("/;Domain=x")},
        {.name = S("a"), .value = S("x"), .path = S("x")},
        {.name = S("__Host-a"), .value = S("x")},
        {.name = S("__Host-a"), .value = S("x"), .secure = true, .path = S("/desk")},
        {.name = S("__Secure-a"), .value = S("x")},
    };

    for (size_t i = 0; i < LENGTH(wrong); i++)
        CHECK_STR(cookie_write(t->arena, &wrong[i]), S(""));
}
