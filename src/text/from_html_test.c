#include "base/test.h"
#include "base/utf8.h"
#include "text/from_html.h"
#include "text/write_feed.h"
#include "text/write_page.h"
#include "text/write_plain.h"

#include <dirent.h>
#include <jansson.h>

static struct body read_html(struct test *t, str html, struct html_options how)
{
    struct body b;

    CHECK_OK(body_from_html(t->arena, html, &how, &b, &t->why));
    return b;
}

/* The tree as its kinds and words, short enough to compare: "p[a *b* <link>]". */
static void sketch(buf *out, const struct block *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_add(out, block_kind_name(b[i].kind));
        if (b[i].level > 0)
            buf_int(out, b[i].level);
        buf_char(out, '[');
        if (b[i].title.n > 0)
            buf_fmt(out, "title=%.*s;", STR(b[i].title));
        for (size_t j = 0; j < b[i].span_count; j++) {
            const struct span *s = &b[i].spans[j];

            if (s->marks == MARK_BREAK)
                buf_char(out, '|');
            else if (s->marks != 0)
                buf_fmt(out, "{%u:%.*s}", s->marks, STR(s->text));
            else
                buf_add(out, s->text);
            if (s->link.n > 0)
                buf_fmt(out, "<%.*s>", STR(s->link));
            if (s->language.n > 0)
                buf_fmt(out, "(%.*s)", STR(s->language));
        }
        sketch(out, b[i].children, b[i].child_count);
        if (b[i].address.n > 0)
            buf_fmt(out, ";at=%.*s", STR(b[i].address));
        if (b[i].credit.n > 0)
            buf_fmt(out, ";by=%.*s", STR(b[i].credit));
        buf_char(out, ']');
    }
}

static str sketched(struct test *t, const char *html)
{
    buf out = buf_new(t->arena, 1 << 20);
    struct body b = read_html(t, str_c(html), (struct html_options){0});

    sketch(&out, b.blocks, b.count);
    return buf_str(&out);
}

TEST(html_becomes_the_blocks_that_it_means)
{
    static const struct {
        const char *html, *tree;
    } cases[] = {
        {"<p>One<p>Two", "paragraph[One]paragraph[Two]"},
        {"loose <div>inner</div> tail", "paragraph[loose]paragraph[inner]paragraph[tail]"},
        {"<p>a<br><br>b<br>c", "paragraph[a]paragraph[b|c]"},
        {"<p>&nbsp;</p><p> <br> </p><p>x", "paragraph[x]"},
        {"<h1>A</h1><h3>B</h3><h6>C</h6>", "heading2[A]heading3[B]heading4[C]"},
        {"<b>x</b> <i>y</i><sup>2</sup>", "paragraph[{1:x} {2:y}{16:2}]"},
        {"<ul><li>a<ol><li>b</ol><li><p>c<p>d</ul>", "list[item[alist[item[b]]]item[c|d]]"},
        {"<dl><dt>T<dd>D<dt>U<dd>E</dl>", "list[item[{1:T}|D]item[{1:U}|E]]"},
        {"<blockquote><p>Q<footer>— Ann</footer></blockquote>", "quote[paragraph[Q];by=Ann]"},
        {"<aside class=pullquote>Q<cite>Ann</cite></aside>", "pull_quote[Q;by=Ann]"},
        {"<aside><h3>Facts</h3><p>x<ul><li>y</ul></aside>",
         "fact_box[title=Facts;paragraph[x]list[item[y]]]"},
        {"<details><summary>More</summary>x</details>", "fact_box[title=More;paragraph[x]]"},
        {"<figure><img src=https://x.example/a.jpg><figcaption>Cap <small>Who</small>"
         "</figcaption></figure>",
         "picture[Cap;at=https://x.example/a.jpg;by=Who]"},
        {"<p>a <img src=//x.example/a.jpg alt=A> b",
         "paragraph[a]picture[;at=https://x.example/a.jpg]paragraph[b]"},
        {"<table><tr><th>a<th>b<tr><td>c<td>d</table>",
         "table[row[cell[a]cell[b]]row[cell[c]cell[d]]]"},
        {"<table><tr><td><p>only<p>one</table>", "paragraph[only]paragraph[one]"},
        {"<iframe src=https://www.youtube.com/embed/xyz title=V></iframe>",
         "embed[title=V;;at=https://www.youtube.com/watch?v=xyz;by=youtube.com]"},
        {"<blockquote class=twitter-tweet><p>Hi</p>— A <a href=https://x.com/a/1>May</a>"
         "</blockquote>",
         "embed[Hi|— A May<https://x.com/a/1>;at=https://x.com/a/1;by=x.com]"},
        {"<p lang=fr>Oui <span lang=en>yes</span></p>", "paragraph[Oui yes(en)]"},
        {"<q>a <q>b</q></q>", "paragraph[“a ‘b’”]"},
        {"<p>a<hr>b", "paragraph[a]divider[]paragraph[b]"},
        {"<pre>a\n  b</pre>", "paragraph[{4:a}|{4:\u00A0\u00A0b}]"},
        {"<ruby>x<rt>y</rt></ruby><time>1</time><mark>m</mark>", "paragraph[xy1m]"},
        {"<svg><text>no</text></svg><object>no</object><select><option>no</select>yes",
         "paragraph[yes]"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(sketched(t, cases[i].html), str_c(cases[i].tree));
}

TEST(notes_and_timelines_of_others_keep_all_their_words)
{
    CHECK_STR(sketched(t,
                       "<p>a<sup>1</sup></p><p class=footnote><b class=footnote-mark>1</b> so</p>"
                       "<p class='footnote'><sup>2</sup> more</p>"),
              S("paragraph[a{16:1}]footnote[title=1;so]footnote[title=2;more]"));
    CHECK_STR(sketched(t, "<div class=timeline> <p class=timeline-title>T</p><ol>"
                          "<li><b>Noon</b> rain</li><li>then sun</li></ol></div>"),
              S("timeline[title=T;entry[title=Noon;rain]entry[then sun]]"));
}

TEST(links_keep_their_words_and_only_safe_addresses)
{
    static const char *const bad[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:x",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://x.example",
        "https://user@evil.example/",
        "https://[::1/",
        "ftp://x.example/",
        "#top",
        "view-source:https://x",
        "javascript://example.org/%0aalert(1)",
    };
    for (size_t i = 0; i < LENGTH(bad); i++) {
        str html = str_fmt(t->arena, "<p>a <a href=\"%s\" onclick=\"x()\">b</a> c", bad[i]);

        CHECK_STR(sketched(t, html.p), S("paragraph[a b c]"));
    }
    CHECK_STR(sketched(t, "<a href=' https://X.example/a b '>b</a>"),
              S("paragraph[b<https://x.example/a%20b>]"));
    CHECK_STR(sketched(t, "<a href='/own'>b</a>"), S("paragraph[b</own>]"));
}

TEST(addresses_are_joined_to_where_the_copy_stood)
{
    buf out = buf_new(t->arena, 1000);
    struct body b = read_html(t, S("<a href=b?c>x</a><img src=/i.png>"),
                              (struct html_options){.base = S("https://x.example/a/z")});

    sketch(&out, b.blocks, b.count);
    CHECK_STR(buf_str(&out),
              S("paragraph[x<https://x.example/a/b?c>]picture[;at=https://x.example/i.png]"));
}

TEST(a_stranger_cannot_name_our_blocks_or_media)
{
    struct body b = read_html(t,
                              S("<p id=b-mine>a</p><figure class=picture data-media=7>"
                                "<img src=https://x.example/a.jpg></figure>"),
                              (struct html_options){0});

    CHECK(!str_eq(b.blocks[0].id, S("mine")));
    CHECK_INT(b.blocks[1].media, 0);
}

TEST(loose_items_around_the_deepest_lists_come_back_the_same)
{
    struct body b = read_html(t,
                              S("<li>a<ul><li>b<ul><li>c<ul><li>d<ul><li>e<ul><li>f<ul><li>g<ul>"
                                "<li>h"),
                              (struct html_options){0});
    buf out = buf_new(t->arena, 10000);

    body_write_page(&out, &b, &(struct page_writer){0});

    struct body again = read_html(t, buf_str(&out), (struct html_options){.own = true});

    CHECK_INT(body_words(&b), 8);
    CHECK(body_same(&b, &again));
}

TEST(depth_and_size_have_limits)
{
    buf deep = buf_new(t->arena, 8 << 20), attrs = buf_new(t->arena, 8 << 20);
    buf list = buf_new(t->arena, 8 << 20);
    struct body b;

    for (int i = 0; i < 200000; i++)
        buf_lit(&deep, "<div>");
    CHECK_ERR(body_from_html(t->arena, buf_str(&deep), NULL, &b, &t->why), E_LIMIT);
    buf_lit(&attrs, "<p ");
    for (int i = 0; i < 20000; i++)
        buf_fmt(&attrs, "a%d=x ", i);
    buf_lit(&attrs, ">");
    CHECK_ERR(body_from_html(t->arena, buf_str(&attrs), NULL, &b, &t->why), E_LIMIT);
    for (int i = 0; i < 300; i++)
        buf_lit(&list, "<ul><li>x");
    CHECK_OK(body_from_html(t->arena, buf_str(&list), NULL, &b, &t->why));
    CHECK_INT(body_words(&b), 300);
    CHECK_ERR(body_from_html(t->arena,
                             str_of(arena_alloc(t->arena, HTML_BYTES_MAX + 1), HTML_BYTES_MAX + 1),
                             NULL, &b, &t->why),
              E_LIMIT);
}

TEST(formatting_that_multiplies_is_refused_or_read_in_bounded_memory)
{
    buf out = buf_new(t->arena, 8 << 20);
    struct body b;

    for (int i = 0; i < 900; i++)
        buf_fmt(&out, "<b id=x%d>", i);
    for (int i = 0; i < 100000; i++)
        buf_lit(&out, "<p>x");
    CHECK_ERR(body_from_html(t->arena, buf_str(&out), NULL, &b, &t->why), E_LIMIT);
}

TEST(xml_dialects_come_in_as_a_stream)
{
    struct html_converter *c = html_converter_new(t->arena, &(struct html_options){0});
    struct html_attr lang = {S("lang"), S("de")};
    struct body b;
    buf out = buf_new(t->arena, 1000);

    html_begin(c, S("h2"), NULL, 0);
    html_text(c, S("Titel"));
    html_end(c, S("h2"));
    html_begin(c, S("p"), &lang, 1);
    html_text(c, S("Eins "));
    html_begin(c, S("script"), NULL, 0);
    html_text(c, S("bad()"));
    html_end(c, S("script"));
    html_begin(c, S("em"), NULL, 0);
    html_text(c, S("zwei"));
    html_end(c, S("p")); /* em is ended by it */
    html_end(c, S("nothing"));
    html_text(c, S("drei"));
    CHECK_OK(html_done(c, &b, &t->why));
    sketch(&out, b.blocks, b.count);
    CHECK_STR(buf_str(&out), S("heading2[Titel]paragraph[Eins {2:zwei}]paragraph[drei]"));
    CHECK_STR(b.blocks[1].language, S("de"));
}

/* --- payloads --------------------------------------------------------------------------------- */

static bool every_media(void *of, int64_t id, struct page_media *m)
{
    (void)of;
    (void)id;
    *m = (struct page_media){.src = S("/media/1.jpg")};
    return true;
}

/* What is markup in a page: tags and their attributes' names, without text and values. */
static str markup_of(struct test *t, str html)
{
    buf out = buf_new(t->arena, 64 << 20);
    bool tag = false, value = false;

    for (size_t i = 0; i < html.n; i++) {
        char c = html.p[i];

        if (!tag && c == '<')
            tag = true;
        if (tag && c == '"')
            value = !value;
        if (tag && !value)
            buf_char(&out, c);
        if (tag && !value && c == '>')
            tag = false;
    }
    return buf_str(&out);
}

static void check_harmless(struct test *t, str html, const char *name)
{
    str markup = markup_of(t, html);

    cr_assert(str_find_nocase(markup, S("<script")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(markup, S(" on")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(markup, S(" style")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(markup, S("<iframe")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(html, S("=\"javascript:")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(html, S("=\"data:")) < 0, "%s: %.*s", name, STR(html));
    cr_assert(str_find_nocase(html, S("=\"vbscript:")) < 0, "%s: %.*s", name, STR(html));
}

static void check_payload(struct test *t, str payload, const char *name)
{
    struct body b, again;
    buf page = buf_new(t->arena, 64 << 20), feed = buf_new(t->arena, 64 << 20);
    const struct page_writer how = {.media = every_media, .unresolved = true};

    if (body_from_html(t->arena, payload, NULL, &b, &t->why) != OK)
        return; /* too much of it is refused */
    body_write_page(&page, &b, &how);
    check_harmless(t, buf_str(&page), name);
    body_write_feed(&feed, &b,
                    &(struct feed_writer){.base = S("https://p.example"), .media = every_media});
    check_harmless(t, buf_str(&feed), name);
    CHECK_OK(body_from_html(t->arena, buf_str(&page), &(struct html_options){.own = true}, &again,
                            &t->why));
    cr_assert(body_same(&b, &again), "%s does not come back the same:\n%.*s", name, STR(payload));
}

/* Every string anywhere in a JSON value. */
static size_t check_json(struct test *t, const json_t *v, const char *name)
{
    const char *key;
    json_t *inner;
    size_t i, n = 0;

    if (json_is_string(v)) {
        SCRATCH (t->arena) {
            check_payload(t, str_of(json_string_value(v), json_string_length(v)), name);
        }
        return 1;
    }
    if (json_is_array(v)) {
        json_array_foreach(v, i, inner) n += check_json(t, inner, name);
    } else if (json_is_object(v)) {
        json_object_foreach((json_t *)v, key, inner) n += check_json(t, inner, name);
    }
    return n;
}

static size_t check_file(struct test *t, const char *path)
{
    str bytes = test_file(t, path), line;
    json_t *v = json_loadb(bytes.p, bytes.n, JSON_DECODE_ANY, NULL);
    size_t n = 1;

    SCRATCH (t->arena) {
        check_payload(t, bytes, path);
    }
    if (v != NULL) {
        n += check_json(t, v, path);
        json_decref(v);
        return n;
    }
    while (str_cut(&bytes, '\n', &line)) {
        SCRATCH (t->arena) {
            check_payload(t, line, path);
        }
        n++;
    }
    return n;
}

static size_t check_folder(struct test *t, const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    if (d == NULL)
        return 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        str path = str_fmt(t->arena, "%s/%s", folder, e->d_name);

        if (e->d_name[0] == '.')
            continue;
        if (e->d_type == DT_DIR)
            n += check_folder(t, path.p);
        else if (str_ends(path, S(".json")) || str_ends(path, S(".txt")) ||
                 str_ends(path, S(".html")) || str_ends(path, S(".test")) ||
                 str_ends(path, S(".dat")) || str_ends(path, S(".js")))
            SCRATCH (t->arena) {
                n += check_file(t, path.p);
            }
    }
    closedir(d);
    return n;
}

TEST(no_payload_reaches_a_page)
{
    static const char *const sets[] = {"sanitiser-dompurify",     "sanitiser-h5sc",
                                       "sanitiser-html5lib",      "sanitiser-owasp",
                                       "sanitiser-payload-lists", "strings-blns"};
    const char *samples = test_samples();

    if (samples == NULL) {
        printf("no samples on this machine\n");
        return;
    }
    for (size_t i = 0; i < LENGTH(sets); i++) {
        size_t n = check_folder(t, str_fmt(t->arena, "%s/%s", samples, sets[i]).p);

        cr_assert(n > 0, "nothing was read from %s", sets[i]);
    }
}
