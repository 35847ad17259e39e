#include "news/settings.h"

#include "base/test.h"
#include "news/paper.h"
#include "store/event.h"

static err check(struct test *t, const char *name, const char *value, str *kept)
{
    const struct setting *s = setting_named(str_c(name));

    cr_assert(s != NULL, "%s", name);
    return setting_check(t->arena, NULL, s, str_c(value), kept, &t->why);
}

TEST(settings_are_kept_in_one_spelling)
{
    static const struct {
        const char *name, *value, *kept;
    } cases[] = {
        {"name", "  The   Fathom ", "The Fathom"},
        {"motto", "", ""},
        {"accent", "#8A1C1C", "#8a1c1c"},
        {"masthead", "#FFCC00", "#ffcc00"},
        {"logo", "", ""},
        {"language", "zh-Hant-TW", "zh-Hant-TW"},
        {"time_zone", "Europe/Vienna", "Europe/Vienna"},
        {"address", "HTTPS://News.Example.org/", "https://news.example.org"},
        {"address", "http://localhost:8080", "http://localhost:8080"},
        {"type", "didone", "didone"},
        {"phone", "+44 (0)1632 960871", "+44 (0)1632 960871"},
        {"tip_line", "tips@fathom.example", "tips@fathom.example"},
        {"tip_line", "https://tips.example/safe", "https://tips.example/safe"},
        {"hub", "https://Hub.example", "https://hub.example/"},
        {"purge_url", "http://127.0.0.1:6081/ https://cdn.example/purge",
         "http://127.0.0.1:6081/ https://cdn.example/purge"},
        {"facebook", "https://facebook.example/p?id=1", "https://facebook.example/p?id=1"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        str kept;

        CHECK_OK(check(t, cases[i].name, cases[i].value, &kept));
        CHECK_STR(kept, str_c(cases[i].kept));
    }
}

TEST(settings_that_would_break_a_page_are_refused_with_the_reason)
{
    static const struct {
        const char *name, *value, *with;
    } cases[] = {
        {"name", "", "cannot do without its name"},
        {"name", "a\nb", "control characters"},
        {"name", "\xff", "UTF-8"},
        {"accent", "#ffcc00", "1.5:1"},
        {"accent", "red;}body{display:none", "not a colour"},
        {"masthead", "red;}body{display:none", "not a colour"},
        {"logo", "7.png", "number of a picture"},
        {"logo", "-1", "number of a picture"},
        {"language", "e", "language tag"},
        {"language", "en_GB", "language tag"},
        {"language", "en-\"onload", "language tag"},
        {"time_zone", "../../etc/passwd", "time zone"},
        {"address", "https://example.org/paper", "no path"},
        {"address", "javascript:alert(1)", "no path"},
        {"type", "comic", "one of"},
        {"phone", "call me", "telephone"},
        {"email", "nobody", "e-mail"},
        {"x", "http://x.example/paper", "https://"},
        {"x", "javascript:alert(1)", "https://"},
        {"tip_line", "javascript:alert(1)", "https://"},
        {"hub", "http://hub.example/", "this machine"},
        {"hub", "http://127.0.0.1.example/", "this machine"},
        {"hub", "file:///etc/passwd", "this machine"},
        {"purge_url", "http://[::1]:6081/ http://10.0.0.1/", "this machine"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        str kept = S("untouched");

        CHECK_ERR(check(t, cases[i].name, cases[i].value, &kept), E_INVALID);
        CHECK_STR(kept, S("untouched"));
        cr_assert(strstr(t->why.text, cases[i].with) != NULL, "%s: %s", cases[i].value,
                  t->why.text);
    }
}

TEST(settings_lead_to_the_phone_the_mail_or_the_page)
{
    CHECK_STR(setting_contact_address(t->arena, S("+44 (1632) 960-871")), S("tel:+441632960871"));
    CHECK_STR(setting_contact_address(t->arena, S("a@b.example")), S("mailto:a@b.example"));
    CHECK_STR(setting_contact_address(t->arena, S("https://t.example/")), S("https://t.example/"));
    CHECK(setting_contact_address(t->arena, S("")).n == 0);
}

struct change {
    const char *name, *value;
};

static err change(arena *a, store_conn *w, void *of, note *why)
{
    const struct change *x = of;

    return setting_change(a, w, str_c(x->name), str_c(x->value), why);
}

TEST(settings_that_change_are_read_in_the_paper_and_stand_in_the_log)
{
    store *s;
    store_conn *c;
    struct reading r;
    struct paper paper;
    struct event *events;
    size_t n;

    CHECK_OK(store_open(test_folder(t), &(struct store_options){.clock = &t->clock}, &s, &t->why));
    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_OK(store_write(s, change, &(struct change){"name", "The Sounding"}, t->arena, &t->why));
    CHECK_OK(store_write(s, change, &(struct change){"phone", "110"}, t->arena, &t->why));
    CHECK_ERR(store_write(s, change, &(struct change){"colour", "x"}, t->arena, &t->why),
              E_MISSING);
    CHECK_OK(reading_begin(&r, t->arena, c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE, 1));
    CHECK_OK(paper_load(&r, &paper));
    reading_end(&r);
    CHECK_STR(paper.name, S("The Sounding"));
    CHECK_STR(paper.phone, S("110"));
    CHECK_STR(paper.language, S("en"));
    CHECK_OK(events_after(t->arena, c, 0, 10, &events, &n));
    CHECK_INT(n, 2);
    CHECK(events[0].kind == EVENT_settings_changed &&
          tag_set_has(&events[0].tags, tag_of(TAG_site, 0)));
    store_conn_close(&c);
    store_close(&s);
}
