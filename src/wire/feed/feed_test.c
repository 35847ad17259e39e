#include "base/test.h"
#include "text/dates.h"
#include "wire/wire.h"

#include <stdio.h>

static struct wire_batch read_all(struct test *t, str bytes)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_feed(t->arena, bytes, &batch, &t->why));
    return batch;
}

static struct wire_item one(struct test *t, str bytes)
{
    struct wire_batch batch = read_all(t, bytes);

    cr_assert(batch.trouble_count == 0, "line %d: %.*s", batch.troubles[0].line,
              STR(batch.troubles[0].reason));
    CHECK_INT(batch.item_count, 1);
    return batch.items[0];
}

TEST(rss_item_gives_its_fields)
{
    struct wire_item item =
        one(t, S("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
                 "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
                 "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Acme</title>"
                 "<link>https://acme.example/</link><language>en-gb</language>"
                 "<copyright>(c) Acme</copyright>"
                 "<item><title>Tide &amp;amp; time</title><link>/tide</link>"
                 "<guid isPermaLink='false'>acme-7</guid>"
                 "<pubDate>Tue, 10 Jun 2003 09:41:01 GMT</pubDate>"
                 "<dc:creator>Ann Lee and Bo Ek</dc:creator>"
                 "<author>cy@acme.example (Cy Dee)</author>"
                 "<category>Sea</category>"
                 "<category domain='http://cv.iptc.org/newscodes/mediatopic/'>20000418</category>"
                 "<description>A short summary of it.</description>"
                 "<content:encoded><![CDATA[<p>High <b>water</b>.</p><script>x()</script>"
                 "<p><a href='more'>More</a></p>]]></content:encoded>"
                 "<enclosure url='/p.jpg' type='image/jpeg' length='1'/>"
                 "<media:content url='https://acme.example/p.jpg' medium='image' width='640'>"
                 "<media:credit role='photographer'>Cy</media:credit>"
                 "<media:description>A pier</media:description>"
                 "<media:thumbnail url='/t.jpg' width='75'/></media:content>"
                 "<source url='https://o.example/rss'>Other</source>"
                 "</item></channel></rss>"));
    CHECK_STR(item.headline, S("Tide & time"));
    CHECK_STR(item.guid, S("acme-7"));
    CHECK_STR(item.address, S("https://acme.example/tide"));
    CHECK_STR(item.standfirst, S("A short summary of it."));
    CHECK_STR(item.provider, S("Acme"));
    CHECK_STR(item.source, S("Other"));
    CHECK_STR(item.language, S("en-gb"));
    CHECK_STR(item.copyright, S("(c) Acme"));
    CHECK_STR(date_iso(t->arena, item.created_at), S("2003-06-10T09:41:01Z"));
    CHECK_STR(item.version, S("2003-06-10T09:41:01Z"));
    CHECK_INT(item.person_count, 3);
    CHECK_STR(item.people[2].name, S("Cy Dee"));
    CHECK_INT(item.subject_count, 2);
    CHECK_STR(item.subjects[1].scheme, S("medtop"));
    CHECK_INT(item.media_count, 1);
    CHECK_STR(item.media[0].caption, S("A pier"));
    CHECK_STR(item.media[0].byline, S("Cy"));
    CHECK_INT(item.media[0].rendition_count, 2);
    CHECK_STR(item.media[0].renditions[1].use, S("thumbnail"));
    CHECK_STR(body_opening(t->arena, &item.body, 100), S("High water. More"));
    CHECK_INT(item.body.count, 2);
    CHECK_STR(item.body.blocks[1].spans[0].link, S("https://acme.example/more"));
}

TEST(atom_entry_gives_its_fields)
{
    struct wire_item item =
        one(t, S("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de' "
                 "xml:base='https://acme.example/a/'><title>Acme</title>"
                 "<author><name>Ann Lee</name></author>"
                 "<entry><title type='html'>Tide &lt;em&gt;rises&lt;/em&gt;</title>"
                 "<link rel='self' href='x'/><link href='tide.html'/>"
                 "<link rel='enclosure' href='s.mp3' type='audio/mpeg'/><id>tag:acme,1</id>"
                 "<published>2026-03-01T10:00:00Z</published>"
                 "<updated>2026-03-02T11:00:00+01:00</updated>"
                 "<category term='sea' label='The sea'/>"
                 "<summary>In short</summary>"
                 "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
                 "<p>High water.</p><ul><li>one</li></ul></div></content></entry></feed>"));
    CHECK_INT(item.dialect, WIRE_ATOM);
    CHECK_STR(item.headline, S("Tide rises"));
    CHECK_STR(item.guid, S("tag:acme,1"));
    CHECK_STR(item.address, S("https://acme.example/a/tide.html"));
    CHECK_STR(item.language, S("de"));
    CHECK_STR(item.version, S("2026-03-02T10:00:00Z"));
    CHECK_STR(item.people[0].name, S("Ann Lee"));
    CHECK_STR(item.subjects[0].name, S("The sea"));
    CHECK_STR(item.standfirst, S("In short"));
    CHECK_INT(item.media_count, 1);
    CHECK_INT(item.media[0].kind, WIRE_AUDIO);
    CHECK_INT(item.body.count, 2);
    CHECK_INT(item.body.blocks[1].kind, BLOCK_LIST);
}

TEST(feed_of_the_wild_is_mended)
{
    struct wire_item item =
        one(t, S("  <?xml version='1.0'?><rss><channel><item><title>Fish & chips&hellip;</title>"
                 "<dc:creator>Ann</dc:creator><description><p>Fresh<br>daily</description>"
                 "</item></channel></rss>"));
    CHECK_STR(item.headline, S("Fish & chips…"));
    CHECK_STR(item.people[0].name, S("Ann"));
    CHECK(str_starts(item.guid, S("fingerprint:")));
    CHECK(str_starts(body_opening(t->arena, &item.body, 100), S("Fresh")));
}

TEST(feed_of_rdf_and_a_bad_entry)
{
    struct wire_batch batch = read_all(
        t, S("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
             "xmlns='http://purl.org/rss/1.0/'>\n<channel rdf:about='c'><title>C</title>"
             "</channel>\n<item rdf:about='https://x.example/1'><title>One</title></item>\n"
             "<item/>\n<item rdf:about='https://x.example/2'><title>Two</title></item>\n"
             "</rdf:RDF>"));
    CHECK_INT(batch.item_count, 2);
    CHECK_STR(batch.items[1].guid, S("https://x.example/2"));
    CHECK_STR(batch.items[0].provider, S("C"));
    CHECK_INT(batch.trouble_count, 1);
    CHECK_INT(batch.troubles[0].line, 4);
}

TEST(feed_that_declares_entities_is_refused)
{
    struct wire_batch batch =
        read_all(t, S("<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
                      "<rss><channel><item><title>&b;</title></item></channel></rss>"));
    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    CHECK(str_find(batch.troubles[0].reason, S("declares entities")) >= 0);
}

TEST(wordpress_drafts_are_withheld)
{
    struct wire_batch batch =
        read_all(t, S("<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
                      "<item><title>A</title><wp:status>draft</wp:status></item>"
                      "<item><title>B</title><wp:status>publish</wp:status></item>"
                      "<item><title>C</title><wp:post_type>page</wp:post_type></item>"
                      "</channel></rss>"));
    CHECK_INT(batch.item_count, 3);
    CHECK_INT(batch.items[0].status, WIRE_WITHHELD);
    CHECK_INT(batch.items[1].status, WIRE_USABLE);
    CHECK_INT(batch.items[2].kind, WIRE_OTHER);
}
