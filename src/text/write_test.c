#include "base/test.h"
#include "text/diff.h"
#include "text/from_html.h"
#include "text/markdown.h"
#include "text/write_ninjs.h"
#include "text/write_page.h"
#include "text/write_plain.h"

static struct body from(struct test *t, const char *html)
{
    struct body b;

    CHECK_OK(body_from_html(t->arena, str_c(html), NULL, &b, &t->why));
    return b;
}

static str plain(struct test *t, const char *html, struct plain_writer how)
{
    struct body b = from(t, html);
    buf out = buf_new(t->arena, 1 << 20);

    body_write_plain(&out, &b, &how);
    return buf_str(&out);
}

TEST(plain_text_reads_like_a_letter)
{
    CHECK_STR(plain(t,
                    "<h2>Head</h2><p>One <a href=https://x.example/>two</a><ul><li>a<ol start=9>"
                    "<li>b<li>c</ol><li>d</ul><blockquote><p>q<p>r<footer>Ann</footer></blockquote>"
                    "<table><tr><td>1<td>2<tr><td>3<td>4</table><hr><p>end",
                    (struct plain_writer){.links = true}),
              S("Head\n\nOne two <https://x.example/>\n\n- a\n  9. b\n  10. c\n- d\n\n> q\n>\n> "
                "r\n— Ann\n\n1\t2\n3\t4\n\n* * *\n\nend\n"));
}

TEST(plain_text_is_wrapped_between_words)
{
    CHECK_STR(
        plain(t, "<p>one two three four five six seven eight", (struct plain_writer){.width = 20}),
        S("one two three four\nfive six seven eight\n"));
}

TEST(search_text_is_words_alone)
{
    CHECK_STR(plain(t, "<ul><li>a<li>b</ul><hr><blockquote>c</blockquote>",
                    (struct plain_writer){.search = true}),
              S("a\nb\nc\n"));
}

TEST(opening_is_cut_after_a_whole_word)
{
    struct body b = from(t, "<h2>Not this</h2><p>The harbour council, which met on Monday");

    CHECK_STR(body_opening(t->arena, &b, 25), S("The harbour council…"));
    CHECK_STR(body_opening(t->arena, &b, 500), S("The harbour council, which met on Monday"));
    CHECK_INT(body_words(&b), 9);
}

TEST(paragraphs_in_other_words_keep_their_ids)
{
    struct body before = from(t, "<p>The ferry sails on Monday.<p>Tickets are sold here.");
    struct body after = from(t, "<p>New.<p>The ferry sails on Tuesday.<p>Tickets are sold here.");

    CHECK(!str_eq(after.blocks[1].id, before.blocks[0].id));
    diff_keep_ids(t->arena, &before, &after);
    CHECK_STR(after.blocks[1].id, before.blocks[0].id);
    CHECK_STR(after.blocks[2].id, before.blocks[1].id);
    CHECK(!str_eq(after.blocks[0].id, before.blocks[0].id));
}

TEST(page_draws_what_the_library_knows_and_nothing_else)
{
    struct body b = from(t, "<p>a<figure><img src=https://evil.example/x.jpg></figure>");
    buf out = buf_new(t->arena, 10000);

    body_write_page(&out, &b, &(struct page_writer){.no_ids = true});
    CHECK_STR(buf_str(&out), S("<p>a</p>"));
}

static str first_html(struct test *t, const char *html)
{
    struct body b = from(t, html);
    buf out = buf_new(t->arena, 10000);

    body_write_page(&out, &b, &(struct page_writer){.no_ids = true, .level_down = 1});
    return buf_str(&out);
}

TEST(page_html_is_what_the_documentation_says)
{
    CHECK_STR(first_html(t, "<h2>A &amp; B</h2>"), S("<h3>A &amp; B</h3>"));
    CHECK_STR(first_html(t, "<p><a href=/x>a <b>b</b></a><br>c"),
              S("<p><a href=\"/x\">a <strong>b</strong></a><br>c</p>"));
    CHECK_STR(first_html(t, "<blockquote>q<footer>Ann</footer></blockquote>"),
              S("<figure class=\"quote\"><blockquote><p>q</p></blockquote><figcaption>Ann"
                "</figcaption></figure>"));
    CHECK_STR(first_html(t, "<table><thead><tr><th>a<th>b<tbody><tr><th>c<td>d</table>"),
              S("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"
                "<table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>"
                "<tbody><tr><th scope=\"row\">c</th><td>d</td></tr></tbody></table></div>"));
}

TEST(figures_stand_under_figures)
{
    CHECK_STR(first_html(t, "<table><tr><th>year<th>boats<th>note<tr><td>1998<td>1,200<td>3 lost"
                            "<tr><td>1999<td>–<td>4</table>"),
              S("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"
                "<table><thead><tr><th scope=\"col\">year</th>"
                "<th class=\"number\" scope=\"col\">boats</th><th scope=\"col\">note</th></tr>"
                "</thead><tbody><tr><td>1998</td><td class=\"number\">1,200</td><td>3 lost</td>"
                "</tr><tr><td>1999</td><td class=\"number\">–</td><td>4</td></tr></tbody></table>"
                "</div>"));
    CHECK_INT(
        str_find(first_html(t, "<table><tr><td>a<td>1<tr><td colspan=2>b</table>"), S("number")),
        -1);
}

TEST(a_mark_in_the_text_leads_to_its_note_and_back)
{
    struct body b;
    buf out = buf_new(t->arena, 1 << 16);

    CHECK_OK(body_from_html(t->arena,
                            S("<p>a<sup>1</sup> b<sup>9</sup></p><p class=footnote>"
                              "<b class=footnote-mark>1</b> so<sup>1</sup></p>"),
                            &(struct html_options){0}, &b, &t->why));
    body_write_page(&out, &b, &(struct page_writer){0});

    str id = b.blocks[1].id, page = buf_str(&out);

    CHECK(str_find(page,
                   str_fmt(t->arena, "<a role=\"doc-noteref\" href=\"#b-%.*s\" id=\"r-%.*s\">1</a>",
                           STR(id), STR(id))) > 0);
    CHECK(str_find(page, str_fmt(t->arena, "href=\"#r-%.*s\"", STR(id))) > 0);
    CHECK(str_find(page, S("<sup>9</sup>")) > 0);
    CHECK(str_find(page, S("so<sup>1</sup>")) > 0);
}

TEST(table_spans_are_made_to_fit)
{
    struct body b = from(t, "<table><tr><td rowspan=0>a<td colspan=9>b<tr><td>c<td>d</table>");
    const struct block *first = &b.blocks[0].children[0];

    CHECK_INT(first->children[0].down, 2);
    CHECK_INT(first->children[1].across, 2);
}

TEST(a_table_of_too_many_columns_keeps_its_words)
{
    buf html = buf_new(t->arena, 10000);

    buf_lit(&html, "<table><tr>");
    for (int i = 0; i < 80; i++)
        buf_lit(&html, "<td>x");
    buf_lit(&html, "<tr><td>y</table>");

    struct body b = from(t, str_z(t->arena, buf_str(&html)));

    CHECK_INT(b.blocks[0].children[0].child_count, 50);
    CHECK_INT(body_words(&b), 81);
}

TEST(ninjs_has_both_forms)
{
    struct body b = from(t, "<p>One <b>two</b></p><p><a href=/x>three</a>");
    struct ninjs_body n;

    CHECK_OK(body_write_ninjs(t->arena, &b, &(struct feed_writer){.base = S("https://p.example")},
                              &n, &t->why));
    CHECK_STR(n.xhtml, S("<p>One <strong>two</strong></p><p><a href=\"https://p.example/x\">three"
                         "</a></p>"));
    CHECK_STR(n.text, S("One two\n\nthree"));
    CHECK_INT(n.words, 3);
    CHECK_INT(n.characters, 14);
}

TEST(json_refuses_what_is_no_body_and_says_where)
{
    struct body b;

    CHECK_ERR(body_from_json(t->arena, S("{\"v\":2,\"blocks\":[]}"), &b, &t->why), E_INVALID);
    CHECK_ERR(body_from_json(t->arena, S("[]"), &b, &t->why), E_INVALID);
    CHECK_ERR(body_from_json(t->arena,
                             S("{\"v\":1,\"blocks\":[{\"kind\":\"list\",\"children\":"
                               "[{\"kind\":\"script\"}]}]}"),
                             &b, &t->why),
              E_INVALID);
    CHECK(strstr(t->why.text, "blocks[0].children[0]") != NULL);
}

TEST(json_too_deep_is_refused)
{
    buf json = buf_new(t->arena, 100000);
    struct body b;

    buf_lit(&json, "{\"v\":1,\"blocks\":[");
    for (int i = 0; i < 13; i++)
        buf_lit(&json, "{\"kind\":\"list\",\"children\":[");
    for (int i = 0; i < 13; i++)
        buf_lit(&json, "]}");
    buf_lit(&json, "]}");
    CHECK_ERR(body_from_json(t->arena, buf_str(&json), &b, &t->why), E_LIMIT);
}

TEST(numbers_stay_when_a_paragraph_is_put_in_front)
{
    struct body before = from(t, "<p>a<p>b<p>b"), after = from(t, "<p>new<p>a<p>b<p>b");

    CHECK_STR(after.blocks[1].id, before.blocks[0].id);
    CHECK_STR(after.blocks[3].id, before.blocks[2].id);
    CHECK(!str_eq(before.blocks[1].id, before.blocks[2].id));
}

/* --- Markdown --------------------------------------------------------------------------------- */

static str marked(struct test *t, const char *md, enum markdown_dialect dialect)
{
    struct body b;
    buf out = buf_new(t->arena, 1 << 20);

    CHECK_OK(body_from_markdown(t->arena, str_c(md), dialect, &b, &t->why));
    body_write_page(&out, &b, &(struct page_writer){.no_ids = true});
    return buf_str(&out);
}

TEST(markdown_becomes_a_tree_and_html_in_it_words)
{
    CHECK_STR(marked(t, "# A\n\none *two* **three** `x`\nnext", MARKDOWN_FULL),
              S("<h2>A</h2><p>one <em>two</em> <strong>three</strong> <code>x</code> next</p>"));
    CHECK_STR(marked(t, "# A\n\n- x\n- y\n\n> q", MARKDOWN_COMMENT),
              S("<p>A</p><ul><li>x</li><li>y</li></ul><figure class=\"quote\"><blockquote><p>q</p>"
                "</blockquote></figure>"));
    CHECK_STR(marked(t, "[a](javascript:x) [b](/own \"t\") <script>x</script> &eacute;",
                     MARKDOWN_COMMENT),
              S("<p>a <a href=\"/own\">b</a> &lt;script&gt;x&lt;/script&gt; é</p>"));
}

TEST(markdown_nested_too_deep_is_refused_or_flattened)
{
    buf md = buf_new(t->arena, 100000);
    struct body b;

    for (int i = 0; i < 40; i++)
        buf_lit(&md, "> ");
    buf_lit(&md, "deep");
    CHECK_OK(body_from_markdown(t->arena, buf_str(&md), MARKDOWN_FULL, &b, &t->why));
    CHECK_INT(body_words(&b), 1);
    for (int i = 0; i < 5000; i++)
        buf_lit(&md, "> ");
    buf_lit(&md, "deeper");
    CHECK_OK(body_from_markdown(t->arena, S("[a](b"), MARKDOWN_FULL, &b, &t->why));
    err_ignore(body_from_markdown(t->arena, buf_str(&md), MARKDOWN_FULL, &b, &t->why));
}

TEST(markdown_link_that_was_never_begun_is_survived)
{
    struct body b;

    CHECK_OK(body_from_markdown(t->arena, S("[e](:f\xA1\xA1*\xD9\x06\xA1)\n.[*\nf!\n"),
                                MARKDOWN_FULL, &b, &t->why));
}

/* --- differences ------------------------------------------------------------------------------ */

static str differences(struct test *t, str before, str after)
{
    struct diff_runs d = diff_words(t->arena, before, after);
    buf out = buf_new(t->arena, 1 << 20);

    for (size_t i = 0; i < d.count; i++)
        buf_fmt(&out, "%c%.*s|", " -+"[d.runs[i].kind], STR(d.runs[i].text));
    return buf_str(&out);
}

TEST(diff_words_finds_what_changed)
{
    CHECK_STR(differences(t, S("the old harbour wall"), S("the new harbour wall")),
              S(" the |-old |+new | harbour wall|"));
    CHECK_STR(differences(t, S(""), S("a b")), S("+a b|"));
    CHECK_STR(differences(t, S("a b c x"), S("b c x e")), S("-a | b c |-x|+x e|"));
}

TEST(diff_words_puts_both_texts_together_again)
{
    static const char *const pieces[] = {"a ", "b ", "c ", "d\n", "e", " ", "ü "};

    for (int i = 0; i < 3000; i++)
        SCRATCH (t->arena) {
            str two[2] = {{0}, {0}};
            buf got[2] = {buf_new(t->arena, 10000), buf_new(t->arena, 10000)};

            for (int k = 0; k < 2; k++)
                for (uint64_t n = test_number(t, 30); n > 0; n--)
                    two[k] = str_join(t->arena, two[k], str_c(pieces[test_number(t, 7)]));

            struct diff_runs d = diff_words(t->arena, two[0], two[1]);

            for (size_t j = 0; j < d.count; j++) {
                if (d.runs[j].kind != DIFF_ADDED)
                    buf_add(&got[0], d.runs[j].text);
                if (d.runs[j].kind != DIFF_REMOVED)
                    buf_add(&got[1], d.runs[j].text);
            }
            CHECK_STR(buf_str(&got[0]), two[0]);
            CHECK_STR(buf_str(&got[1]), two[1]);
        }
}

TEST(diff_of_two_long_strangers_is_bounded)
{
    buf x = buf_new(t->arena, 1 << 20), y = buf_new(t->arena, 1 << 20);

    for (int i = 0; i < 20000; i++) {
        buf_fmt(&x, "x%d ", i);
        buf_fmt(&y, "y%d ", i);
    }

    struct diff_runs d = diff_words(t->arena, buf_str(&x), buf_str(&y));

    CHECK_INT(d.count, 2);
}

TEST(diff_bodies_pairs_blocks)
{
    struct body before = from(t, "<p>one two three four<p>stays<p>goes away");
    struct body after = from(t, "<p>one two three five<p>stays<p>quite new words here");
    struct diff_body d = diff_bodies(t->arena, &before, &after);

    CHECK_INT(d.added, 1);
    CHECK_INT(d.removed, 1);
    CHECK_INT(d.changed, 1);
    for (size_t i = 0; i < d.count; i++)
        if (d.blocks[i].before == &before.blocks[1])
            CHECK(d.blocks[i].kind == DIFF_SAME && !d.blocks[i].changed);
}

static bool any_picture(void *of, int64_t id, struct page_media *out)
{
    (void)of;
    *out = (struct page_media){.src = S("/p.jpg"), .caption = S("Words"), .credit = S("Ann")};
    return id != 2; /* the second was killed */
}

static bool its_page(void *of, size_t n, size_t pictures, struct page_gallery *out)
{
    struct test *t = of;

    *out = (struct page_gallery){
        .address = str_fmt(t->arena, "/s/gallery/%zu", n),
        .ending = S(".lite"),
        .all = str_fmt(t->arena, "%zu pictures", pictures),
    };
    return true;
}

TEST(a_gallery_with_a_page_of_its_own_shows_some_and_leads_to_all)
{
    struct block shots[8] = {0};
    struct block galleries[2] = {
        {.kind = BLOCK_GALLERY, .children = shots, .child_count = 8, .title = S("Eight")},
        {.kind = BLOCK_GALLERY, .children = shots, .child_count = 2},
    };
    struct body b = {galleries, 2};
    struct page_writer how = {.of = t, .media = any_picture, .gallery = its_page, .no_ids = true};
    buf out = buf_new(t->arena, 1 << 20);
    str s;

    for (int i = 0; i < 8; i++)
        shots[i] = (struct block){.kind = BLOCK_PICTURE, .media = i + 1};
    body_write_page(&out, &b, &how);
    s = buf_str(&out);
    CHECK(str_find(s, S("<a href=\"/s/gallery/1.lite\">7 pictures</a>")) > 0);
    CHECK(str_find(s, S("/s/gallery/1/1.lite")) > 0);
    CHECK(str_find(s, S("/s/gallery/1/2.lite")) < 0);
    CHECK(str_find(s, S("/s/gallery/1/7.lite")) > 0);
    CHECK(str_find(s, S("/s/gallery/1/8.lite")) < 0); /* one, and a strip of five */
    CHECK(str_find(s, S("/s/gallery/2")) < 0);        /* one picture alone needs no page */
    CHECK(body_gallery(&b, 2) == &galleries[1]);
    CHECK(body_gallery(&b, 3) == NULL && body_gallery(&b, 0) == NULL);
}

static const str said[] = {S_INIT("قال")};

static bool any_film(void *of, int64_t id, struct page_media *out)
{
    (void)of, (void)id;
    *out = (struct page_media){.transcript = said,
                               .transcript_count = 1,
                               .transcript_language = S("ar"),
                               .transcript_direction = S("rtl")};
    return true;
}

TEST(a_transcript_runs_as_its_language_does)
{
    struct block film = {.kind = BLOCK_VIDEO, .media = 1};
    buf out = buf_new(t->arena, 1 << 16);

    body_write_page(&out, &(struct body){&film, 1},
                    &(struct page_writer){.media = any_film, .no_ids = true});
    CHECK(str_find(buf_str(&out), S("<summary>Transcript</summary>")) > 0);
    CHECK(str_find(buf_str(&out), S("<div lang=\"ar\" dir=\"rtl\"><p>قال</p></div>")) > 0);
}

TEST(words_of_the_page_say_their_language_in_a_story_of_another)
{
    struct block film = {.kind = BLOCK_VIDEO, .media = 1};
    buf out = buf_new(t->arena, 1 << 16);

    body_write_page(&out, &(struct body){&film, 1},
                    &(struct page_writer){
                        .media = any_film,
                        .words = {.transcript = S("Mitschrift"), S("de"), S("ltr")},
                    });
    CHECK(str_find(buf_str(&out), S("<summary lang=\"de\" dir=\"ltr\">Mitschrift</summary>")) > 0);
}

TEST(links_of_an_edition_lead_to_pages_of_the_same_edition)
{
    static const struct {
        const char *link, *href;
    } cases[] = {
        {"/about", "\"/about.lite\""},
        {"/", "\"/.lite\""},
        {"/search?q=a.b#top", "\"/search.lite?q=a.b#top\""},
        {"/media/3/w640.jpg", "\"/media/3/w640.jpg\""},
        {"https://paper.example/x", "\"https://paper.example/x\""},
        {"mailto:a@paper.example", "\"mailto:a@paper.example\""},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct span words = {.text = S("there"), .link = str_c(cases[i].link)};
        struct block paragraph = {.spans = &words, .span_count = 1};
        buf out = buf_new(t->arena, 1 << 16);

        body_write_page(&out, &(struct body){&paragraph, 1},
                        &(struct page_writer){.ending = S(".lite"), .no_ids = true});
        CHECK(str_find(buf_str(&out), str_c(cases[i].href)) > 0);
    }
}
