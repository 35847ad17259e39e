#include "base/table.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/from_html.h"
#include "wire/wire.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

static struct wire_batch read_page(struct test *t, str html)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_html(t->arena, html, &batch, &t->why));
    return batch;
}

static struct wire_item only_item(struct test *t, str html)
{
    struct wire_batch batch = read_page(t, html);

    cr_assert(batch.item_count == 1, "%.*s",
              STR(batch.trouble_count > 0 ? batch.troubles[0].reason : S("no trouble")));
    return batch.items[0];
}

static void add_words(buf *all, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_char(all, ' ');
        buf_add(all, blocks[i].title);
        buf_char(all, ' ');
        for (size_t j = 0; j < blocks[i].span_count; j++) {
            if (blocks[i].spans[j].marks & MARK_BREAK)
                buf_char(all, ' ');
            buf_add(all, blocks[i].spans[j].text);
        }
        buf_char(all, ' ');
        buf_add(all, blocks[i].credit);
        add_words(all, blocks[i].children, blocks[i].child_count);
    }
}

static str words_of(struct test *t, const struct body *b)
{
    buf all = buf_new(t->arena, 8 << 20);

    add_words(&all, b->blocks, b->count);
    return str_squeeze(t->arena, buf_str(&all));
}

#define PARAGRAPHS                                                                                    \
    "<p>The ferry that links Kettle Haven with the mainland sailed again on Friday, after four "      \
    "days in which gales kept it at its berth, and 212 people were waiting for it.</p>"               \
    "<p>Most of them had slept in the school hall, which the council opened on Tuesday, and some "    \
    "said that they would rather not see another bowl of lentil soup this year.</p>"                  \
    "<p>“We are glad, tired and a little seasick,” said Ines Corrie, who had come for a wedding " \
    "and stayed for most of the honeymoon, although it was not her own.</p>"

static const char saved_page[] =
    "<!doctype html><html lang=\"en-GB\"><head><title>Ferry sails after four days of gales | The "
    "Lamp</title><meta property=\"og:site_name\" content=\"The Lamp\"><meta name=\"author\" "
    "content=\"Mara Teale\"><meta property=\"article:published_time\" "
    "content=\"2026-11-20T08:00:00Z\"><meta name=\"description\" content=\"It was late.\"><meta "
    "property=\"article:section\" content=\"Islands\"><link rel=\"canonical\" "
    "href=\"https://lamp.example/islands/ferry\"><meta property=\"og:image\" "
    "content=\"../p/ferry.jpg\"></head><body><nav><ul><li><a href=\"/\">Home</a><li><a "
    "href=\"/sport\">Sport</a></ul></nav><div class=\"cookie-banner\"><p>We use cookies to make "
    "the site work, to learn, and to show what you like; please accept them.</p></div><article>"
    "<header><h1>Ferry sails after four days of gales</h1><p class=\"byline\">By Mara "
    "Teale</p></header><figure><img src=\"../p/ferry.jpg\" alt=\"A ferry\"><figcaption>The Senna "
    "Queen at dawn (Joss Tarrant/The Lamp)</figcaption></figure><div "
    "class=\"share-bar\"><a href=\"#\">Share on X</a></div>" PARAGRAPHS
    "<p><a href=\"/other\">Read more: the soup question</a></p><p>Advertisement</p><p>See <a "
    "href=\"/timetable\">the timetable</a> for sailings on Saturday, which may "
    "change.</p></article>"
    "<section class=\"related\"><h2>Related</h2><ul><li><a href=\"/a\">Another story about "
    "boats</a></ul></section><div id=\"comments\"><p>First! I have been saying, for years, that "
    "the "
    "ferry is late, and nobody, ever, listens to me.</p></div><footer><p>© The Lamp</p></footer>"
    "</body></html>";

TEST(html_page_gives_its_article_without_the_furniture)
{
    struct wire_item it = only_item(t, str_c(saved_page));
    str words = words_of(t, &it.body);

    CHECK_STR(it.headline, S("Ferry sails after four days of gales"));
    CHECK_STR(it.people[0].name, S("Mara Teale"));
    CHECK_STR(it.language, S("en-GB"));
    CHECK_STR(it.address, S("https://lamp.example/islands/ferry"));
    CHECK_STR(it.guid, it.address);
    CHECK_STR(it.standfirst, S("It was late."));
    CHECK_STR(it.subjects[0].name, S("Islands"));
    CHECK_INT(it.created_at, 1795161600 * SECOND_US);
    CHECK_INT(it.media_count, 1);
    CHECK_STR(it.media[0].renditions[0].address, S("../p/ferry.jpg"));
    CHECK_STR(it.media[0].caption, S("The Senna Queen at dawn"));
    CHECK_STR(it.media[0].credit, S("Joss Tarrant/The Lamp"));
    CHECK(str_starts(words, S("The ferry that links")));
    CHECK(str_ends(words, S("which may change.")));
    static const char *const gone[] = {"Share",         "Read more", "Advertisement",
                                       "cookies",       "Home",      "First!",
                                       "Another story", "By Mara",   "©"};
    for (size_t i = 0; i < LENGTH(gone); i++)
        cr_assert(str_find(words, str_c(gone[i])) < 0, "%s", gone[i]);
    CHECK_STR(it.body.blocks[3].spans[1].link, S("https://lamp.example/timetable"));
}

TEST(html_page_believes_its_json_first)
{
    struct wire_item it = only_item(
        t,
        S("<title>T</title><meta property='og:title' content='Short'><script "
          "type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":[\"Opinion"
          "NewsArticle\"],\"@id\":\"tag:x,2026:1\",\"headline\":\"What it &amp; I "
          "said\",\"author\":[{\"@type\":\"Person\",\"name\":\"Bo Ek\",\"jobTitle\":\"critic\"}],"
          "\"dateModified\":\"2026-11-20T09:00:00Z\",\"about\":[{\"name\":\"voting\","
          "\"identifier\":\"medtop:20000586\"}],\"image\":{\"url\":\"a.jpg\",\"caption\":\"C\","
          "\"creditText\":\"D\"}}]}</script><h1>Else</h1>" PARAGRAPHS));

    CHECK_STR(it.headline, S("What it & I said"));
    CHECK_STR(it.guid, S("tag:x,2026:1"));
    CHECK_STR(it.people[0].name, S("Bo Ek"));
    CHECK_STR(it.people[0].role, S("critic"));
    CHECK_STR(it.genre, S("opinion"));
    CHECK_STR(it.version, S("2026-11-20T09:00:00Z"));
    CHECK_STR(it.subjects[0].scheme, S("medtop"));
    CHECK_STR(it.media[0].caption, S("C"));
    CHECK_STR(it.media[0].credit, S("D"));
}

TEST(html_page_without_an_article_says_so)
{
    static const char *const pages[] = {
        "",
        "<title>Home</title><ul><li><a href=a>One</a><li><a href=b>Two</a></ul>",
        "<h1>Contact</h1><p>Ring us.</p>",
    };
    for (size_t i = 0; i < LENGTH(pages); i++) {
        struct wire_batch batch = read_page(t, str_c(pages[i]));

        CHECK_INT(batch.item_count, 0);
        CHECK_INT(batch.trouble_count, 1);
    }
}

TEST(html_page_in_an_old_encoding_is_read)
{
    struct wire_item it = only_item(t, S("<meta charset=iso-8859-1><title>Caf\xE9 am Kai er\xF6"
                                         "ffnet wieder</title>" PARAGRAPHS "<p>Caf\xE9</p>"));

    CHECK(utf8_ok(it.headline));
    CHECK(str_starts(it.headline, S("Café am Kai")));
}

/* --- samples ---------------------------------------------------------------------------------- */

static size_t count_words(struct test *t, table *into, str text)
{
    str word;
    size_t all = 0;

    text = str_squeeze(t->arena, text);
    while (str_cut(&text, ' ', &word)) {
        int *n = table_get(into, word);

        if (n == NULL)
            table_put(into, word, n = arena_one(t->arena, int));
        ++*n;
        all++;
    }
    return all;
}

/* How well two texts agree, by the words they share. */
static double agreement(struct test *t, str x, str y)
{
    table in_x = table_new(t->arena), in_y = table_new(t->arena);
    size_t of_x = count_words(t, &in_x, x), of_y = count_words(t, &in_y, y), shared = 0;

    for (size_t i = 0; i < in_x.n; i++) {
        const int *n = in_x.entries[i].value, *m = table_get(&in_y, in_x.entries[i].key);
        if (m != NULL)
            shared += (size_t)(*n < *m ? *n : *m);
    }
    return of_x + of_y == 0 ? 1 : 2.0 * (double)shared / (double)(of_x + of_y);
}

static str sample_path(struct test *t, const char *folder, const char *name, const char *file)
{
    return str_fmt(t->arena, "%s/%s/%s/%s", test_samples(), folder, name, file);
}

static double read_known_page(struct test *t, const char *name, bool *taken)
{
    str page =
        test_file(t, str_z(t->arena, sample_path(t, "pages-readability", name, "source.html")));
    str known =
        test_file(t, str_z(t->arena, sample_path(t, "pages-readability", name, "expected.html")));
    struct wire_batch batch = read_page(t, page);
    struct body wanted = {0};

    *taken = batch.item_count == 1;
    if (!*taken) {
        fprintf(stderr, "%s: %.*s\n", name, STR(batch.troubles[0].reason));
        return 0;
    }
    CHECK_OK(body_from_html(t->arena, known, NULL, &wanted, &t->why));
    const struct wire_item *it = &batch.items[0];
    double f = agreement(t, words_of(t, &it->body), words_of(t, &wanted));
    if (getenv("SHOW") != NULL) {
        fprintf(stderr, "%s: %.3f \"%.*s\" by %.*s\n", name, f, STR(it->headline),
                STR(it->person_count > 0 ? it->people[0].name : S("-")));
        if (str_eq(str_c(getenv("SHOW")), str_c(name))) {
            fprintf(stderr, "GOT %.*s\n", STR(words_of(t, &it->body)));
            fprintf(stderr, "WANTED %.*s\n", STR(words_of(t, &wanted)));
        }
    }
    return f;
}

TEST(html_page_articles_agree_with_what_others_found)
{
    if (test_samples() == NULL) {
        fprintf(stderr, "no samples here, so no pages are read\n");
        return;
    }
    str folder = str_fmt(t->arena, "%s/pages-readability", test_samples());
    DIR *d = opendir(str_z(t->arena, folder));
    struct dirent *entry;
    double sum = 0;
    size_t pages = 0;

    while (d != NULL && (entry = readdir(d)) != NULL) {
        str inner = str_fmt(t->arena, "%.*s/%s", STR(folder), entry->d_name);
        struct stat st;
        bool taken = false;

        if (entry->d_name[0] == '.' || stat(str_z(t->arena, inner), &st) != 0 ||
            !S_ISDIR(st.st_mode))
            continue;
        SCRATCH (t->arena) {
            double f = read_known_page(t, entry->d_name, &taken);
            sum += f;
            pages += taken;
        }
    }
    if (d != NULL)
        closedir(d);
    if (pages == 0)
        return;
    fprintf(stderr, "%zu pages, mean agreement %.3f\n", pages, sum / (double)pages);
    CHECK(sum / (double)pages >= 0.85);
    CHECK(pages >= 20);
}

static str unpacked(struct test *t, str path)
{
    gzFile f = gzopen(str_z(t->arena, path), "rb");
    char *bytes = arena_bytes(t->arena, 8 << 20);
    int n = f == NULL ? -1 : gzread(f, bytes, 8 << 20);

    if (f != NULL)
        gzclose(f);
    return str_of(bytes, n < 0 ? 0 : (size_t)n);
}

TEST(html_page_of_papers_is_read)
{
    static const struct {
        const char *page, *author, *headline, *first;
    } cases[] = {
        {"de/NetzpolitikOrg_2024_04_28.html.gz", "Carla Siepmann", "", "Die Schürze sitzt"},
        {"us/VoiceOfAmerica_2024_04_28.html.gz", "", "", ""},
    };
    for (size_t i = 0; test_samples() != NULL && i < LENGTH(cases); i++) {
        str html =
            unpacked(t, str_fmt(t->arena, "%s/pages-fundus/%s", test_samples(), cases[i].page));

        if (html.n == 0)
            continue;
        struct wire_item it = only_item(t, html);
        str words = words_of(t, &it.body);

        CHECK(it.headline.n > 0);
        CHECK(it.created_at > 0);
        if (getenv("SHOW") != NULL)
            fprintf(stderr, "%.*s | %.*s | %.*s\n", STR(it.headline),
                    STR(it.person_count > 0 ? it.people[0].name : S("-")), STR(words));
        if (cases[i].author[0] != 0)
            CHECK_STR(it.people[0].name, str_c(cases[i].author));
        CHECK(str_find(str_to(words, 300), str_c(cases[i].first)) >= 0);
    }
}
