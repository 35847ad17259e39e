/*
 * html_kinds_test.c - pages as different houses build them, all invented: what is the article and
 * what is not has to come out the same whatever the tags are called.
 */
#include "base/test.h"
#include "text/dates.h"
#include "text/write_plain.h"
#include "wire/wire.h"

#define ONE                                                                                        \
    "The council of Nordhaven voted on Monday to buy the old cannery, which has stood empty "      \
    "for nine years, and to turn it into a library with a view of the harbour."
#define TWO                                                                                        \
    "Opponents, most of them from the upper town, said that the roof alone would cost more than "  \
    "the mayor had admitted, and that books, unlike herring, could be stored anywhere."
#define THREE                                                                                      \
    "“We have been reading in a bus for a decade,” said the librarian, Oda Brekke, who has "   \
    "kept the mobile branch running since the fire, mostly with parts from a second bus."

struct kind {
    const char *name, *html, *headline, *author, *created;
    const char *missing[8]; /* words that must not be in the body */
};

static const struct kind kinds[] = {
    {"a blog's theme",
     "<html lang=en-GB><head><title>Cannery to become a library &#8211; The "
     "Quay</title></head><body "
     "class='home has-sidebar'><a class='skip-link' href='#c'>Skip to content</a><div id=page><div "
     "id=masthead><h1 class=site-title>The Quay</h1><ul class=menu><li><a href=/>Home</a><li><a "
     "href=/a>About</a></ul></div><div id=content><div class='post type-post'><h2 "
     "class=entry-title>Cannery to become a library</h2><div class=entry-meta>Posted on <time "
     "datetime='2026-11-17T09:00:00+00:00'>November 17</time> by <a rel=author href=/u/ines>Ines "
     "Corrie</a></div><div class=entry-content><p>" ONE "</p><p>" TWO "</p><p>" THREE
     "</p><div class='sharedaddy sd-sharing'><h3>Share this:</h3><ul><li><a "
     "href=x>Twitter</a><li><a href=y>Facebook</a></ul></div><div id=jp-relatedposts "
     "class=jp-relatedposts><h3>Related</h3><p><a href=/z>Fish auction moves</a></p></div></div>"
     "<div class=entry-tags>Tagged <a href=/t>harbour</a></div></div><div id=comments "
     "class=comments-area><h3>2 thoughts</h3><ol><li><p>Finally, something sensible, from a "
     "council "
     "that, frankly, has not been, lately.</p></ol><form><textarea></textarea></form></div></div>"
     "<div id=secondary class=widget-area><h3>Recent Posts</h3><ul><li><a href=/1>One of the posts "
     "that are recent</a></ul></div></div></body></html>",
     "Cannery to become a library",
     "Ines Corrie",
     "2026-11-17T09:00:00Z",
     {"Share this", "Fish auction", "Finally", "Recent Posts", "Tagged", "Skip", "Posted on"}},

    {"a tabloid's grid of nested boxes",
     "<!doctype html><html lang=en><head><title>Library plan wins vote | Mail of the North</title>"
     "<meta property=og:title content='Library plan wins vote'><meta property=og:site_name "
     "content='Mail of the North'><meta property=og:type content=article><meta name=author "
     "content='Tor Aune'><meta property=article:published_time content='2026-11-17T10:30:00Z'>"
     "</head><body><div class=l-header><div class=topnav><a href=/n>News</a> <a "
     "href=/s>Sport</a></div></div><div class=l-main><div class=c-1><div class=c-2><h1>Library "
     "plan "
     "wins vote</h1><div class=byline-container><span>By Tor Aune</span></div><div "
     "class=x9><p><strong>" ONE "</strong></p><div class=ad-slot><span>Advertisement</span></div>"
     "<p>" TWO "</p><div class='newsletter-signup'><p>Get the best of the North, every morning, in "
     "your inbox, for free, for ever.</p><input type=email></div><p>" THREE "</p><p><a "
     "href=/r>READ MORE: Bus breaks down again</a></p></div></div></div><div "
     "class=rail><h2>Most read</h2><ol><li><a href=/q>Herring found in organ</a><li><a "
     "href=/w>Mayor "
     "denies everything</a></ol></div></div><div class=l-footer>© Mail of the North</div></body>",
     "Library plan wins vote",
     "Tor Aune",
     "2026-11-17T10:30:00Z",
     {"Advertisement", "inbox", "READ MORE", "Herring found", "Mayor denies", "©", "By Tor"}},

    {"a page laid out with tables and breaks",
     "<html><head><title>Nordhaven Gazette - Cannery bought at last</title></head><body "
     "bgcolor=#fff>"
     "<table width=100%><tr><td width=120><a href=1>News</a><br><a href=2>Letters</a><br><a "
     "href=3>Tides</a></td><td><font size=5><b>Cannery bought at last</b></font><br><br><font "
     "size=2>" ONE "<br><br>" TWO "<br><br>" THREE "</font></td><td width=120><a href=4>Buy this "
     "space</a></td></tr></table></body></html>",
     "Cannery bought at last",
     NULL,
     NULL,
     {"Tides", "Buy this"}},

    {"a German paper",
     "<html lang=de><head><title>Konservenfabrik wird Bibliothek | Nordblatt</title><meta "
     "property=og:site_name content=Nordblatt><script type=application/ld+json>{\"@context\":"
     "\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Konservenfabrik wird "
     "Bibliothek\",\"author\":[{\"@type\":\"Person\",\"name\":\"Jule "
     "Petersen\"}],\"datePublished\":"
     "\"2026-11-17T12:00:00+01:00\"}</script></head><body><header><nav>Startseite "
     "Politik</nav></header><main><article><header><span>Stadtrat</span><h1>Konservenfabrik wird "
     "Bibliothek</h1></header><section><p>Der Stadtrat von Nordhaven hat am Montag beschlossen, "
     "die alte Fabrik zu kaufen, die seit neun Jahren leer steht, und daraus eine Bibliothek zu "
     "machen.</p><aside class=teaser-box><h3>Lesen Sie auch</h3><a href=/x>Bus wieder "
     "kaputt</a></aside><p>Gegner aus der Oberstadt sagten, schon das Dach werde teurer, als der "
     "Bürgermeister zugebe, und Bücher könne man, anders als Heringe, überall lagern.</p><p>„Wir "
     "lesen seit zehn Jahren in einem Bus“, sagte die Bibliothekarin, die ihn seit dem Brand, "
     "meist mit Teilen eines zweiten Busses, am Laufen hält.</p></section></article><section "
     "class=kommentare><h2>Kommentare</h2><p>Endlich, endlich, endlich, das wurde ja auch Zeit, "
     "oder etwa nicht?</p></section></main><footer><a href=/i>Impressum</a></footer></body></html>",
     "Konservenfabrik wird Bibliothek",
     "Jule Petersen",
     "2026-11-17T11:00:00Z",
     {"Lesen Sie auch", "Bus wieder", "Endlich", "Impressum", "Startseite"}},

    {"microdata, and hashed class names",
     "<html lang=en><head><title>Cannery vote</title></head><body><div class=css-1x2y><div "
     "class=css-9z>Menu</div></div><div itemscope itemtype=https://schema.org/NewsArticle><h1 "
     "itemprop=headline>Cannery vote splits the town</h1><span itemprop=author itemscope><a><span "
     "itemprop=name>Siv Lund</span></a></span><meta itemprop=datePublished "
     "content='2026-11-17T08:00:00Z'><div itemprop=articleBody class=css-4f5g><div "
     "class=css-a><div "
     "class=css-b><p>" ONE "</p></div></div><div class=css-a><div class=css-b><p>" TWO
     "</p></div></div><div class=css-a><div class=css-b><p>" THREE
     "</p></div></div></div></div><div class=css-zz><div><a href=/1>Something else entirely that "
     "happened</a></div><div><a href=/2>And another thing that happened</a></div></div></body>",
     "Cannery vote splits the town",
     "Siv Lund",
     "2026-11-17T08:00:00Z",
     {"Something else", "another thing", "Menu"}},

    {"a story between its pictures",
     "<html lang=en><head><title>Inside the cannery</title></head><body><main><h1>Inside the "
     "cannery</h1><figure><img src=a.jpg alt='A hall'><figcaption>The main hall. Photograph: Per "
     "Moe/The Quay</figcaption></figure><p>" ONE "</p><ul class=social-links><li><a "
     "href=#>Share</a><li><a href=#>Email</a></ul><figure><img src=b.jpg><figcaption>The roof, "
     "which leaks (Per Moe/The Quay)</figcaption></figure><p>" TWO "</p><blockquote><p>" THREE
     "</p></blockquote><h2>What it costs</h2><ul><li>Roof: 4 million, if the slates can be "
     "kept</li><li>Books: nothing, for they exist</li></ul><p>A second vote, on the shelves, is "
     "due "
     "in March, when the ferry with the timber arrives.</p></main></body></html>",
     "Inside the cannery",
     NULL,
     NULL,
     {"Share", "Email"}},
};

static str plain(struct test *t, const struct body *b)
{
    struct plain_writer how = {.search = true};
    buf out = buf_new(t->arena, 1 << 20);

    body_write_plain(&out, b, &how);
    return buf_str(&out);
}

static void check_kind(struct test *t, const struct kind *k)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_html(t->arena, str_c(k->html), &batch, &t->why));
    cr_assert(batch.item_count == 1, "%s: %.*s", k->name,
              STR(batch.trouble_count > 0 ? batch.troubles[0].reason : S("nothing")));
    const struct wire_item *it = &batch.items[0];
    str words = plain(t, &it->body);
    cr_assert(str_eq(it->headline, str_c(k->headline)), "%s: headline \"%.*s\"", k->name,
              STR(it->headline));
    if (k->author != NULL)
        cr_assert(it->person_count == 1 && str_eq(it->people[0].name, str_c(k->author)),
                  "%s: author", k->name);
    else
        cr_assert(it->person_count == 0, "%s: author %.*s", k->name, STR(it->people[0].name));
    if (k->created != NULL)
        CHECK_STR(date_iso(t->arena, it->created_at), str_c(k->created));
    for (size_t i = 0; i < LENGTH(k->missing) && k->missing[i] != NULL; i++)
        cr_assert(str_find(words, str_c(k->missing[i])) < 0, "%s: \"%s\" in %.*s", k->name,
                  k->missing[i], STR(words));
    if (str_starts(it->language, S("de")))
        return;
    static const char *const kept[] = {ONE, TWO, THREE};
    for (size_t i = 0; i < LENGTH(kept); i++)
        cr_assert(str_find(words, str_c(kept[i])) >= 0, "%s: paragraph %zu is not in %.*s", k->name,
                  i + 1, STR(words));
}

TEST(html_page_of_any_kind_gives_the_same_story)
{
    for (size_t i = 0; i < LENGTH(kinds); i++)
        check_kind(t, &kinds[i]);
}

TEST(html_page_keeps_lists_quotes_and_pictures_of_the_article)
{
    struct wire_batch batch = {0};
    size_t lists = 0, quotes = 0, pictures = 0, headings = 0;

    CHECK_OK(wire_parse_html(t->arena, str_c(kinds[LENGTH(kinds) - 1].html), &batch, &t->why));
    const struct wire_item *it = &batch.items[0];
    for (size_t i = 0; i < it->body.count; i++) {
        enum block_kind kind = it->body.blocks[i].kind;

        lists += kind == BLOCK_LIST;
        quotes += kind == BLOCK_QUOTE;
        pictures += kind == BLOCK_PICTURE;
        headings += kind == BLOCK_HEADING;
    }
    CHECK_INT(lists, 1);
    CHECK_INT(quotes, 1);
    CHECK_INT(headings, 1);
    CHECK_INT(pictures, 1);
    CHECK_INT(it->media_count, 1);
    CHECK_STR(it->media[0].caption, S("The main hall."));
    CHECK_STR(it->media[0].credit, S("Per Moe/The Quay"));
}

TEST(html_page_that_is_no_article_is_refused_with_the_reason)
{
    static const char *const pages[] = {
        /* a log-in */
        "<html><head><title>Log in | The Quay</title></head><body><h1>Log "
        "in</h1><form><label>E-mail "
        "<input name=e></label><label>Password <input type=password></label><button>Log "
        "in</button></form><p>Forgotten your password? We can send you a new one, if you ask us "
        "nicely.</p></body></html>",
        /* a section front */
        "<html><head><title>News | The Quay</title></head><body><h1>News</h1><div><article><h2><a "
        "href=/1>Cannery vote splits the town in two unequal halves</a></h2><p><a href=/1>The "
        "council "
        "has voted, and nobody is happy about it, least of all the "
        "winners.</a></p></article><article>"
        "<h2><a href=/2>Bus breaks down on the bridge again</a></h2><p><a href=/2>Commuters "
        "walked, "
        "swam, or stayed, as the mobile library blocked both "
        "lanes.</a></p></article><article><h2><a "
        "href=/3>Herring are back in the bay</a></h2><p><a href=/3>Fishermen say that they have "
        "not "
        "seen so many, so early, for years.</a></p></article></div></body></html>",
        /* a wall */
        "<html><body><h1>Just a moment...</h1><p>Enable JavaScript and cookies to "
        "continue</p></body></html>",
    };
    for (size_t i = 0; i < LENGTH(pages); i++) {
        struct wire_batch batch = {0};

        CHECK_OK(wire_parse_html(t->arena, str_c(pages[i]), &batch, &t->why));
        cr_assert(batch.item_count == 0, "page %zu: taken as \"%.*s\"", i,
                  STR(batch.items[0].headline));
        CHECK_INT(batch.trouble_count, 1);
        CHECK(batch.troubles[0].reason.n > 20);
    }
}
