#include "page/theme.h"

#include "base/must.h"
#include "base/test.h"
#include "page/test_views.h"
#include "page/theme_watch.h"

#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

enum { DRAWN_MAX = 1 << 20 };

static const struct embedded icons = {
    S_INIT("icons.svg"), S_INIT("<svg><symbol id=\"clock\"/><symbol id=\"arrow-up\"/></svg>")};
static const struct embedded css = {S_INIT("css/paper.css"), S_INIT("body{color:#111}")};

static err load(struct test *t, const char *text, theme **out)
{
    struct embedded files[] = {{S("story.html"), str_c(text)}, icons, css};
    struct template_use use = {S("story.html"), view_tale_type()};

    return theme_load(&(struct theme_source){files, LENGTH(files), NULL}, &use, 1, out, &t->why);
}

static str drawn(struct test *t, const char *text, const struct view_tale *view)
{
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK_OK(load(t, text, &th));
    theme_draw(th, 0, view, S("en"), &out, NULL);
    theme_drop(&th);
    return buf_str(&out);
}

static void refused(struct test *t, const char *text, const char *with)
{
    theme *th;
    err e = load(t, text, &th);

    cr_assert(e == E_INVALID, "%s: %s", text, err_word(e));
    cr_assert(strstr(t->why.text, with) != NULL, "%s: \"%s\" has no \"%s\"", text, t->why.text,
              with);
}

/* --- values --- */

TEST(theme_escapes_by_type)
{
    struct view_tale v = {.headline = S("<b>\"Q\" & 'A'</b>"),
                          .body = {S("<p>ready</p>")},
                          .href = {S("/a?b=1&c=\"2\"")},
                          .facts = {S("{\"a\":\"</script><!-- & \xE2\x80\xA8\xE2\x80\xA9 é\"}")},
                          .comments = -12};

    CHECK_STR(
        drawn(t, "<h1 title=\"{{headline}}\">{{headline}}</h1>", &v),
        S("<h1 title=\"&lt;b&gt;&quot;Q&quot; &amp; &#39;A&#39;&lt;/b&gt;\">&lt;b&gt;&quot;Q&quot; "
          "&amp; &#39;A&#39;&lt;/b&gt;</h1>"));
    CHECK_STR(drawn(t, "{{body}}{{{body}}}", &v), S("<p>ready</p><p>ready</p>"));
    CHECK_STR(drawn(t, "<a href=\"{{href}}\">{{comments}}</a>", &v),
              S("<a href=\"/a?b=1&amp;c=&quot;2&quot;\">-12</a>"));
    CHECK_STR(drawn(t, "<script type=\"application/ld+json\">{{facts}}</script>", &v),
              S("<script type=\"application/ld+json\">{\"a\":\"\\u003c/script\\u003e\\u003c!-- "
                "\\u0026 \\u2028\\u2029 é\"}</script>"));
}

TEST(theme_writes_only_addresses_that_may_stand_in_a_link)
{
    static const char *const good[] = {
        "/x",
        "story.html",
        "../up",
        "#top",
        "?page=2",
        "https://a.example/",
        "HTTP://A.EXAMPLE/",
        "mailto:desk@a.example",
        "tel:+4930",
        "fb-messenger://share?link=x",
        "a/b:c",
        "?q=javascript:x",
        "/",
        "x y",
    };
    static const char *const bad[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\njavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "\\/x",
        "blob:x",
        ":x",
        "",
        "file:///etc",
        "java\x7Fscript:x",
        "/\t/elsewhere.example",
        "httpss:x",
        "htt:x",
    };

    for (size_t i = 0; i < LENGTH(good); i++) {
        struct view_tale v = {.href = {str_c(good[i])}};
        str wanted = str_fmt(t->arena, "<a href=\"%s\">+", good[i]);

        CHECK_STR(drawn(t, "<a href=\"{{href}}\">{{#href}}+{{/href}}", &v), wanted);
    }
    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct view_tale v = {.href = {str_c(bad[i])}};

        CHECK_STR(drawn(t, "<a href=\"{{href}}\">{{^href}}-{{/href}}", &v), S("<a href=\"\">-"));
    }
}

/* --- sections --- */

TEST(theme_asks_and_enters)
{
    struct view_thread topics[] = {{.name = S("Sea"), .href = {S("/sea")}}, {.name = S("Law")}};
    struct view_str words[] = {{S("one")}, {S("<two>")}};
    struct view_tale v = {.headline = S("H"), .section = &topics[0], .breaking = true};

    v.topics.v = topics;
    v.topics.n = 2;
    v.words.v = words;
    v.words.n = 2;
    CHECK_STR(drawn(t, "{{#topics}}{{name}}/{{headline}} {{/topics}}", &v), S("Sea/H Law/H "));
    CHECK_STR(drawn(t, "{{#words}}[{{.}}]{{/words}}", &v), S("[one][&lt;two&gt;]"));
    CHECK_STR(drawn(t, "{{#breaking}}!{{/breaking}}{{^comments}}none{{/comments}}", &v),
              S("!none"));
    CHECK_STR(drawn(t, "{{section.name}}{{#section}}{{name}}{{/section}}", &v), S("SeaSea"));
    CHECK_STR(drawn(t, "{{#byline}}by {{.}}{{/byline}}{{#headline}}({{.}}){{/headline}}", &v),
              S("(H)"));
}

TEST(theme_takes_an_absent_sub_view_as_empty)
{
    struct view_tale v = {.headline = S("H")};

    CHECK_STR(
        drawn(t, "[{{section.name}}]{{^section.name}}no{{/section.name}}{{#section}}x{{/section}}",
              &v),
        S("[]no"));
}

TEST(theme_draws_a_template_inside_itself)
{
    struct view_remark leaves[] = {{.text = S("b")}, {.text = S("c")}}, root = {.text = S("a")};
    struct embedded files[] = {
        {S("remark.html"), S("<i>{{text}}{{#answers}}{{>remark.html}}{{/answers}}</i>")}};
    struct template_use use = {S("remark.html"), view_remark_type()};
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    root.answers.v = leaves;
    root.answers.n = 2;
    CHECK_OK(theme_load(&(struct theme_source){files, 1, NULL}, &use, 1, &th, &t->why));
    theme_draw(th, 0, &root, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out), S("<i>a<i>b</i><i>c</i></i>"));
    theme_drop(&th);
}

TEST(theme_refuses_a_template_that_would_draw_itself_for_ever)
{
    refused(t, "x{{>story.html}}", "story.html:1:2: this would never end");
    refused(t, "{{#headline}}{{>story.html}}{{/headline}}", "this would never end");
    refused(t, "{{<story.html}}{{/story.html}}", "too deep");
}

TEST(theme_ends_at_a_depth)
{
    struct view_remark chain[100] = {0};
    struct embedded files[] = {
        {S("remark.html"), S("{{text}}{{#answers}}{{>remark.html}}{{/answers}}")}};
    struct template_use use = {S("remark.html"), view_remark_type()};
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    for (size_t i = 0; i < LENGTH(chain); i++) {
        chain[i].text = S("x");
        chain[i].answers.v = i + 1 < LENGTH(chain) ? &chain[i + 1] : NULL;
        chain[i].answers.n = i + 1 < LENGTH(chain);
    }
    CHECK_OK(theme_load(&(struct theme_source){files, 1, NULL}, &use, 1, &th, &t->why));
    theme_draw(th, 0, chain, S("en"), &out, NULL);
    CHECK(out.n > 10 && out.n <= THEME_DEPTH_MAX + 2);
    theme_drop(&th);
}

static str mark(struct test *t, const char *headline, const char *made)
{
    struct view_tale v = {.headline = str_c(headline), .made = str_c(made)};
    struct passing passing;
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK_OK(load(t, "<p title=\"{{made}}\">{{headline}}: {{#say}}made at {{made}}{{/say}}", &th));
    theme_draw(th, 0, &v, S("en"), &out, &passing);
    theme_drop(&th);
    CHECK_INT(passing.n, 2);
    return theme_mark(t->arena, buf_str(&out), &passing);
}

TEST(theme_marks_a_page_by_what_lasts)
{
    str one = mark(t, "Boats", "20:22");

    CHECK_STR(mark(t, "Boats", "9:05"), one);
    CHECK(!str_eq(mark(t, "Boat", "20:22"), one));
    CHECK(!str_eq(mark(t, "Boats20:22", ""), one));
    CHECK(!str_eq(mark(t, "20:22", "Boats"), one));
}

TEST(theme_fills_a_parents_blocks)
{
    struct embedded files[] = {
        {S("base.html"),
         S("<body class=\"{{$kind}}page{{/kind}}\">{{$main}}nothing{{/main}}</body>")},
        {S("story.html"),
         S("{{<base.html}}{{$main}}<h1>{{headline}}</h1>{{/main}}{{/base.html}}")}};
    struct template_use use = {S("story.html"), view_tale_type()};
    struct view_tale v = {.headline = S("H")};
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK_OK(theme_load(&(struct theme_source){files, 2, NULL}, &use, 1, &th, &t->why));
    theme_draw(th, 0, &v, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out), S("<body class=\"page\"><h1>H</h1></body>"));
    theme_drop(&th);
}

/* --- what is refused --- */

TEST(theme_names_the_place_and_the_nearest_field)
{
    refused(t, "<p>\n  {{headlin}}</p>",
            "story.html:2:3: no field `headlin` in view tale; did you mean "
            "`headline`?");
    refused(t, "{{#topics}}\n{{nam}}{{/topics}}",
            "story.html:2:1: no field `nam` in view thread; did "
            "you mean `name`?");
    refused(t, "{{section.nmae}}", "no field `nmae` in view thread; did you mean `name`?");
    refused(t, "{{zebra_crossing}}", "no field `zebra_crossing` in view tale");
    CHECK(strstr(t->why.text, "did you mean") == NULL);
    refused(t, "{{#topics}}", "story.html:1:1: {{topics}} is never closed");
    refused(t, "a\nb{{/topics}}", "story.html:2:2: nothing is open");
    refused(t, "x{{headline", "story.html:1:2: this tag is never closed");
    refused(t, "{{>gone.html}}", "story.html:1:1: the theme has no template gone.html");
    refused(t, "{{topics}}", "not written: topics");
    refused(t, "{{topics.name}}", "only a sub-view has fields");
    refused(t, "{{.}}", "one of a list of words");
    refused(t, "{{asset:css/papper.css}}", "put quotes around");
    refused(t, "<link href=\"{{asset:css/papper.css}}\">",
            "1:13: the theme has no file css/papper.css");
    refused(t, "{{icon:clok}}", "1:1: icons.svg has no symbol clok");
}

TEST(theme_refuses_a_block_that_its_parent_does_not_have)
{
    struct embedded files[] = {
        {S("base.html"), S("{{$main}}{{/main}}")},
        {S("story.html"), S("{{<base.html}}\n{{$mian}}x{{/mian}}{{/base.html}}")}};
    struct template_use use = {S("story.html"), view_tale_type()};
    theme *th;

    CHECK_ERR(theme_load(&(struct theme_source){files, 2, NULL}, &use, 1, &th, &t->why), E_INVALID);
    CHECK_STR(str_c(t->why.text), S("story.html:2:1: base.html has no block `mian`"));
}

TEST(theme_counts_columns_in_indented_partials)
{
    struct embedded files[] = {{S("p.html"), S("x\ny {{nope}}")},
                               {S("story.html"), S("<p>\n    {{>p.html}}\n</p>")}};
    struct template_use use = {S("story.html"), view_tale_type()};
    theme *th;

    CHECK_ERR(theme_load(&(struct theme_source){files, 2, NULL}, &use, 1, &th, &t->why), E_INVALID);
    CHECK(strncmp(t->why.text, "p.html:2:3: ", 12) == 0);
}

TEST(theme_refuses_values_where_escaping_is_not_enough)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"{{{headline}}}", "no unescaped form"},
        {"{{&headline}}", "no unescaped form"},
        {"<a title={{headline}}>", "in quotes"},
        {"<a title=x{{headline}}>", "in quotes"},
        {"<a {{headline}}>", "outside of an attribute's quotes"},
        {"<{{headline}}>", "outside of an attribute's quotes"},
        {"</{{headline}}>", "outside of an attribute's quotes"},
        {"<a x{{headline}}=\"\">", "outside of an attribute's quotes"},
        {"<script>{{headline}}</script>", "script or style"},
        {"<script>var a = \"</b>\"; {{headline}}</script>", "script or style"},
        {"<script><!--<script></script>{{headline}}</script>", "a comment cannot stand"},
        {"<script>{{facts}}</script>", "script or style"},
        {"<script type=\"application/javascript\">{{facts}}</script>", "script or style"},
        {"<script type=x type=\"application/ld+json\">{{facts}}</script>", "script or style"},
        {"<style>{{headline}}</style>", "script or style"},
        {"<SCRIPT>{{headline}}", "script or style"},
        {"<script type=\"application/ld+json\">{{headline}}</script>", "script or style"},
        {"{{facts}}", "data script only"},
        {"<a onclick=\"{{headline}}\">", "in a script"},
        {"<a/onclick='{{comments}}'>", "in a script"},
        {"<a style=\"{{headline}}\">", "this attribute"},
        {"<iframe srcdoc=\"{{headline}}\">", "this attribute"},
        {"<meta http-equiv=refresh content=\"0;{{headline}}\">", "this attribute"},
        {"<meta content=\"0;{{headline}}\" http-equiv=refresh>", "http-equiv"},
        {"<a href=\"{{headline}}\">", "takes a url"},
        {"<a href = \"{{headline}}\">", "takes a url"},
        {"<img src='{{headline}}'>", "takes a url"},
        {"<form action=\"{{headline}}\">", "takes a url"},
        {"<a href=\"javascript:{{href}}\">", "the first in its attribute"},
        {"<a href=\"{{href}}{{href}}\">", "the first in its attribute"},
        {"<script src=\"{{href}}\">", "theme's own files"},
        {"<p title=\"{{body}}\">", "markup cannot stand"},
        {"<!-- {{headline}} -->", "in a comment"},
        {"<!--> <b onclick=\"{{headline}}\"> -->", "in a script"},
        {"<!doctype {{headline}}>", "in a comment"},
        {"</ \"{{headline}}\">", "in a comment"},
        {"<svg><![CDATA[><b title=\"]]>{{headline}}\">", "a CDATA section"},
        {"<svg><style/><b title=\"</style>{{headline}}\">", "an end tag of its own"},
        {"<script>if (a <b) c();</script>", "a tag cannot stand"},
        {"<title><b>{{headline}}</title>", "a tag cannot stand"},
        {"<textarea>{{body}}</textarea>", "only words"},
        {"<a {{#breaking}}href=\"{{/breaking}}x\">", "must end where it began"},
        {"<p>{{#breaking}}<b {{/breaking}}>", "must end where it began"},
        {"{{#breaking}}<script>{{/breaking}}{{headline}}", "must end where it began"},
        {"<a{{#breaking}} on{{/breaking}}click=\"{{headline}}\">", "a space must stand"},
        {"<i title=\"{{icon:clock}}\">", "between tags only"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        refused(t, cases[i].text, cases[i].why);
}

TEST(theme_lets_values_stand_where_they_are_safe)
{
    static const char *const cases[] = {
        "<title>{{headline}} &amp; <</title>{{body}}",
        "<article{{#headline}} lang=\"{{headline}}\"{{/headline}} class='a {{headline}}'>",
        "<option{{#breaking}} selected{{/breaking}}>{{headline}}</option>",
        "<option {{#breaking}}selected{{/breaking}} value=\"{{headline}}\">",
        "<p data-x = \"{{headline}}\" hidden>{{comments}}<br/>{{headline}}</p>",
        "<!-- a > b -- c --><p>{{headline}}</p><!--x--!>{{headline}}<!-->{{headline}}",
        "<script>if (a < b) c = '</p>';</script>{{headline}}",
        "<script type='application/ld+json'>{{facts}}</script>",
        "<a href=\"{{#breaking}}{{href}}{{/breaking}}\" title=\"{{href}}\">1 < 2 {{headline}}",
        "<img src=\"{{href}}\" alt=\"{{headline}}\" width=\"{{comments}}\">",
        "<a href=\"/story/{{comments}}\">{{headline}}</a>",
        "<meta name=\"description\" content=\"{{headline}}\">",
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        theme *th;

        cr_assert(load(t, cases[i], &th) == OK, "%s: %s", cases[i], t->why.text);
        theme_drop(&th);
    }
}

TEST(theme_refuses_blocks_and_partials_without_end)
{
    struct embedded files[] = {
        {S("a.html"), S("{{<a.html}}{{$b}}{{$b}}x{{/b}}{{/b}}{{/a.html}}")},
        {S("p.html"), S("{{$b}}{{/b}}")},
        {S("b.html"), S("{{<p.html}}{{$b}}[{{$b}}x{{/b}}]{{/b}}{{/p.html}}")}};
    struct template_use a = {S("a.html"), view_tale_type()}, b = {S("b.html"), view_tale_type()};
    struct view_tale v = {0};
    theme *th;
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK_ERR(theme_load(&(struct theme_source){files, 3, NULL}, &a, 1, &th, &t->why), E_INVALID);
    CHECK(strstr(t->why.text, "too ") != NULL);
    CHECK_OK(theme_load(&(struct theme_source){files, 3, NULL}, &b, 1, &th, &t->why));
    theme_draw(th, 0, &v, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out), S("[x]"));
    theme_drop(&th);
}

/* --- files --- */

TEST(theme_gives_the_addresses_of_its_files)
{
    struct view_tale v = {0};
    theme *th;

    CHECK_OK(load(t, "<link href=\"{{asset:css/paper.css}}\">{{icon:arrow-up}}", &th));

    const struct theme_file *f = theme_file(th, S("css/paper.css"));
    str address = theme_address(t->arena, f);
    buf out = buf_new(t->arena, DRAWN_MAX);

    CHECK(f != NULL && theme_file(th, S("story.html")) == NULL);
    CHECK_STR(f->bytes, css.bytes);
    CHECK_STR(str_c(f->type), S("text/css; charset=utf-8"));
    CHECK_STR(address, str_fmt(t->arena, "/theme/%.*s/css/paper.css", STR(f->fingerprint)));
    theme_draw(th, 0, &v, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out),
              str_fmt(t->arena,
                      "<link href=\"%.*s\"><svg class=\"icon\" aria-hidden=\"true\" width=\"16\" "
                      "height=\"16\"><use href=\"%.*s#arrow-up\"/></svg>",
                      STR(address), STR(theme_address(t->arena, theme_file(th, S("icons.svg"))))));
    theme_drop(&th);
}

TEST(theme_puts_a_sheet_together_from_its_parts)
{
    struct embedded files[] = {
        {S("story.html"), S("x")},
        {S("css/paper.css"), S("/* all */\n@import \"a.css\";\n@import \"b.css\";\nb{}")},
        {S("css/a.css"), S("a{}\n")},
        {S("css/b.css"), S("c{}\n")}};
    struct template_use use = {S("story.html"), view_tale_type()};
    struct theme_source from = {files, LENGTH(files), NULL};
    theme *th;

    CHECK_OK(theme_load(&from, &use, 1, &th, &t->why));
    CHECK_STR(theme_file(th, S("css/paper.css"))->bytes, S("/* all */\na{}\nc{}\nb{}"));

    str before = str_dup(t->arena, theme_file(th, S("css/paper.css"))->fingerprint);

    theme_drop(&th);
    files[2].bytes = S("a{color:red}\n");
    CHECK_OK(theme_load(&from, &use, 1, &th, &t->why));
    CHECK(!str_eq(theme_file(th, S("css/paper.css"))->fingerprint, before));
    theme_drop(&th);
    files[2].path = S("css/other.css");
    CHECK_ERR(theme_load(&from, &use, 1, &th, &t->why), E_INVALID);
    CHECK(strstr(t->why.text, "css/paper.css: the theme has no file css/a.css to import") != NULL);
}

TEST(theme_puts_parts_of_parts_into_a_sheet_and_refuses_a_circle)
{
    struct embedded files[] = {{S("story.html"), S("x")},
                               {S("css/a.css"), S("@import \"b.css\";\na{}\n")},
                               {S("css/b.css"), S("@import \"c.css\";\nb{}\n")},
                               {S("css/c.css"), S("c{}\n")}};
    struct template_use use = {S("story.html"), view_tale_type()};
    struct theme_source from = {files, LENGTH(files), NULL};
    theme *th;

    CHECK_OK(theme_load(&from, &use, 1, &th, &t->why));
    CHECK_STR(theme_file(th, S("css/a.css"))->bytes, S("c{}\nb{}\na{}\n"));
    CHECK_STR(theme_file(th, S("css/b.css"))->bytes, S("c{}\nb{}\n"));
    theme_drop(&th);
    files[3].bytes = S("@import \"a.css\";\n");
    CHECK_ERR(theme_load(&from, &use, 1, &th, &t->why), E_INVALID);
    CHECK(strstr(t->why.text, "imports itself") != NULL);
}

static void write_file(struct test *t, const char *folder, const char *name, const char *text)
{
    const char *path = str_fmt(t->arena, "%s/%s%c", folder, name, 0).p;
    FILE *f = fopen(path, "w");

    cr_assert(f != NULL, "%s: %s", path, strerror(errno));
    fputs(text, f);
    fclose(f);
}

static err load_folder(struct test *t, const char *folder, theme **out)
{
    static const struct embedded files[] = {
        {S_INIT("story.html"), S_INIT("built in {{>foot.html}}")},
        {S_INIT("foot.html"), S_INIT("foot")}};
    struct template_use use = {S("story.html"), view_tale_type()};

    return theme_load(&(struct theme_source){files, 2, folder}, &use, 1, out, &t->why);
}

TEST(theme_folder_wins_over_what_is_built_in)
{
    const char *folder = test_folder(t);
    struct view_tale v = {.headline = S("H")};
    buf out = buf_new(t->arena, DRAWN_MAX);
    theme *th;

    write_file(t, folder, "foot.html", "{{headline}}");
    write_file(t, folder, ".hidden", "x");
    CHECK_OK(load_folder(t, folder, &th));
    theme_draw(th, 0, &v, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out), S("built in H"));
    CHECK(theme_file(th, S(".hidden")) == NULL);
    theme_drop(&th);

    CHECK_ERR(load_folder(t, "/nowhere/at/all", &th), E_IO);
}

TEST(theme_that_cannot_be_loaded_leaves_the_last_one_alone)
{
    const char *folder = test_folder(t);
    struct view_tale v = {.headline = S("H")};
    buf out = buf_new(t->arena, DRAWN_MAX);
    theme *th, *held;

    CHECK_OK(load_folder(t, folder, &th));
    held = theme_hold(th);
    write_file(t, folder, "foot.html", "{{headlin}}");

    theme *before = th;

    CHECK_ERR(load_folder(t, folder, &th), E_INVALID);
    CHECK(th == before);
    theme_drop(&th);
    theme_draw(held, 0, &v, S("en"), &out, NULL);
    CHECK_STR(buf_str(&out), S("built in foot"));
    theme_drop(&held);
}

TEST(theme_refuses_a_file_that_is_too_large)
{
    const char *folder = test_folder(t);
    FILE *f = fopen(str_fmt(t->arena, "%s/big.css%c", folder, 0).p, "w");
    theme *th;

    cr_assert(f != NULL);
    fseek(f, THEME_FILE_MAX, SEEK_SET);
    fputc('x', f);
    fclose(f);
    CHECK_ERR(load_folder(t, folder, &th), E_LIMIT);
    CHECK(strstr(t->why.text, "big.css") != NULL);
}

static void tell(void *of, const char *folder)
{
    (void)folder;
    sem_post(of);
}

static bool told(sem_t *s)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 10;
    return sem_timedwait(s, &until) == 0;
}

TEST(theme_watch_tells_of_changes_also_in_new_folders)
{
    const char *folder = test_folder(t);
    struct theme_watch *w;
    sem_t changed;

    sem_init(&changed, 0, 0);
    CHECK_OK(theme_watch_start(folder, tell, &changed, &w, &t->why));
    write_file(t, folder, "a.html", "x");
    CHECK(told(&changed));
    CHECK_INT(mkdir(str_fmt(t->arena, "%s/css%c", folder, 0).p, 0700), 0);
    CHECK(told(&changed));
    write_file(t, folder, "css/paper.css", "x");
    CHECK(told(&changed));
    theme_watch_stop(&w);
    CHECK(w == NULL);
    theme_watch_stop(&w);
    sem_destroy(&changed);
}
