#include "base/test.h"
#include "base/time.h"
#include "text/dates.h"
#include "wire/wire.h"

#include <stdio.h>

#define ITEM_HEAD                                                                                  \
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1' version='3' "            \
    "standard='NewsML-G2' standardversion='2.28' xml:lang='en'>"
#define CONTENT                                                                                    \
    "<contentSet><inlineXML contenttype='application/xhtml+xml'>"                                  \
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body>"               \
    "<h1>Ferry sails again</h1><p>By Ann Lee</p><p>The <em>old</em> ferry sailed.</p>"             \
    "</body></html></inlineXML></contentSet>"

static struct wire_batch read_all(struct test *t, str bytes)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_newsml_g2(t->arena, bytes, &batch, &t->why));
    CHECK_INT(batch.dialect, WIRE_NEWSML_G2);
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

static struct wire_trouble refused(struct test *t, str bytes)
{
    struct wire_batch batch = read_all(t, bytes);

    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    return batch.troubles[0];
}

static str with_meta(struct test *t, const char *meta)
{
    return str_fmt(t->arena,
                   "%s<itemMeta><itemClass qcode='ninat:text'/>%s</itemMeta><contentMeta>"
                   "<headline>Ferry sails again</headline></contentMeta>%s</newsItem>",
                   ITEM_HEAD, meta, CONTENT);
}

static const struct wire_subject *subject(const struct wire_item *item, const char *code)
{
    for (size_t i = 0; i < item->subject_count; i++)
        if (str_eq(item->subjects[i].code, str_c(code)))
            return &item->subjects[i];
    return NULL;
}

TEST(newsml_text_item_gives_its_fields)
{
    struct wire_item item = one(
        t,
        S(ITEM_HEAD
          "<catalog><scheme alias='mt' uri='http://cv.iptc.org/newscodes/mediatopic/'/></catalog>"
          "<rightsInfo><copyrightHolder literal='Acme'/><copyrightNotice>(c) Acme</copyrightNotice>"
          "<usageTerms>Not in  print</usageTerms></rightsInfo>"
          "<itemMeta><itemClass qcode='ninat:text'/><provider literal='acme.example'/>"
          "<versionCreated>2026-03-02T10:00:00+01:00</versionCreated>"
          "<firstCreated>2026-03-01T10:00:00Z</firstCreated>"
          "<embargoed>2026-03-02T12:00:00+01:00</embargoed><pubStatus qcode='stat:usable'/>"
          "<signal qcode='sig:correction'/><edNote role='x:correctionnote'>Name corrected</edNote>"
          "<link rel='irel:seeAlso' residref='urn:x:0'/></itemMeta>"
          "<contentMeta><urgency>4</urgency><located><name>Lerwick</name>"
          "<broader type='cptype:country' qcode='iso3166-1a2:GB'><name>Scotland</name></broader>"
          "</located><by>By Ann Lee and Bo Ek</by><creditline>Acme/Ann</creditline>"
          "<dateline>LERWICK (Acme) - </dateline><language tag='en-GB'/>"
          "<genre qcode='genre:Feature'/><keyword>ferries</keyword>"
          "<rating value='3.5' scalemin='0' scalemax='5' scaleunit='x:stars'/>"
          "<digitalSourceType uri='http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits'/>"
          "<subject qcode='mt:20000418'><name xml:lang='de'>Klima</name>"
          "<name xml:lang='en'>climate</name></subject>"
          "<subject uri='http://cv.iptc.org/newscodes/subjectcode/15054000'/>"
          "<subject qcode='own:77'><name>Boats</name><sameAs qcode='medtop:20000822'/></subject>"
          "<slugline>FERRY</slugline><headline>Ferry sails again</headline>"
          "<headline role='hld:subHeadline'>After a year</headline>"
          "<headline role='x:kicker'>Islands</headline>"
          "<headline role='x:reviewed'>The ship</headline>"
          "<description role='drol:summary'>It sails.</description></contentMeta>" CONTENT
          "</newsItem>"));

    CHECK_INT(item.kind, WIRE_STORY);
    CHECK_STR(item.guid, S("urn:x:1"));
    CHECK_STR(item.version, S("3"));
    CHECK_INT(item.status, WIRE_USABLE);
    CHECK_INT(item.signal, WIRE_CORRECTION);
    CHECK_STR(item.reason, S("Name corrected"));
    CHECK_STR(item.headline, S("Ferry sails again"));
    CHECK_STR(item.kicker, S("Islands"));
    CHECK_STR(item.reviewed, S("The ship"));
    CHECK_STR(item.standfirst, S("It sails."));
    CHECK_STR(item.dateline, S("LERWICK"));
    CHECK_STR(item.place, S("Lerwick"));
    CHECK_STR(item.country, S("Scotland"));
    CHECK_STR(item.language, S("en-GB"));
    CHECK_STR(item.genre, S("feature"));
    CHECK_INT(item.half_stars, 7);
    CHECK_STR(item.digital_source, S("humanEdits"));
    CHECK_STR(item.copyright, S("(c) Acme"));
    CHECK_STR(item.usage, S("Not in print"));
    CHECK_STR(item.provider, S("acme.example"));
    CHECK_STR(item.credit, S("Acme/Ann"));
    CHECK_INT(item.urgency, 4);
    CHECK_STR(date_iso(t->arena, item.embargo_at), S("2026-03-02T11:00:00Z"));
    CHECK_STR(date_iso(t->arena, item.created_at), S("2026-03-01T10:00:00Z"));
    CHECK_STR(date_iso(t->arena, item.changed_at), S("2026-03-02T09:00:00Z"));
    CHECK_INT(item.person_count, 2);
    CHECK_STR(item.people[1].name, S("Bo Ek"));
    CHECK_INT(item.link_count, 1);
    CHECK_STR(item.links[0].relation, S("seeAlso"));
    CHECK_STR(subject(&item, "20000418")->scheme, S("medtop"));
    CHECK_STR(subject(&item, "20000418")->name, S("climate"));
    CHECK_STR(subject(&item, "15054000")->scheme, S("subj"));
    CHECK_STR(subject(&item, "20000822")->name, S("Boats"));
    CHECK_INT(item.subject_count, 5);
    CHECK_STR(body_opening(t->arena, &item.body, 100), S("The old ferry sailed."));
}

TEST(newsml_embargo_that_cannot_be_told_is_set_aside)
{
    static const struct {
        const char *meta, *reason;
    } cases[] = {
        {"<embargoed/>", "embargoed is empty"},
        {"<embargoed>2026-03-02T12:00:00</embargoed>", "does not say its time zone"},
        {"<embargoed>soon</embargoed>", "is not a time"},
        {"<pubStatus qcode='stat:perhaps'/>", "whether it may be used cannot be told"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_trouble trouble = refused(t, with_meta(t, cases[i].meta));

        CHECK(str_find(trouble.reason, str_c(cases[i].reason)) >= 0);
        CHECK_STR(trouble.guid, S("urn:x:1"));
        CHECK_INT(trouble.line, 1);
    }
}

TEST(newsml_status_and_signals_in_every_spelling)
{
    static const struct {
        const char *meta;
        enum wire_status status;
        enum wire_signal signal;
    } cases[] = {
        {"", WIRE_USABLE, WIRE_NO_SIGNAL},
        {"<pubStatus qcode='stat:canceled'/>", WIRE_CANCELLED, WIRE_NO_SIGNAL},
        {"<pubStatus qcode='stat:withheld'/>", WIRE_WITHHELD, WIRE_NO_SIGNAL},
        {"<pubStatus uri='http://cv.iptc.org/newscodes/pubstatus/canceled'/>", WIRE_CANCELLED,
         WIRE_NO_SIGNAL},
        {"<signal qcode='sig:update'/>", WIRE_USABLE, WIRE_UPDATE},
        {"<signal qcode='sig:update'/><signal qcode='sig:kill'/>", WIRE_USABLE, WIRE_KILL},
        {"<signal qcode='edStat:C'/>", WIRE_USABLE, WIRE_CORRECTION},
        {"<signal qcode='prodId:TXT'/>", WIRE_USABLE, WIRE_NO_SIGNAL},
        /* a kill is never held back by a bad embargo */
        {"<pubStatus qcode='stat:canceled'/><embargoed/>", WIRE_CANCELLED, WIRE_NO_SIGNAL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_item item = one(t, with_meta(t, cases[i].meta));

        CHECK_INT(item.status, cases[i].status);
        CHECK_INT(item.signal, cases[i].signal);
    }
}

TEST(newsml_kill_needs_no_words)
{
    struct wire_item item = one(t, S(ITEM_HEAD "<itemMeta><itemClass qcode='ninat:text'/>"
                                               "<pubStatus qcode='stat:canceled'/></itemMeta>"
                                               "</newsItem>"));
    CHECK_INT(item.status, WIRE_CANCELLED);
    CHECK_STR(item.guid, S("urn:x:1"));
}

TEST(newsml_picture_item_gives_renditions_original_first)
{
    struct wire_item item = one(
        t, S(ITEM_HEAD
             "<itemMeta><itemClass qcode='ninat:picture'/></itemMeta><contentMeta>"
             "<creator role='crol:photographer'><name>Cy Dee</name></creator>"
             "<headline>Ferry</headline><description role='drol:caption'>The ferry</description>"
             "<creditline>Acme/Dee</creditline></contentMeta><contentSet>"
             "<remoteContent rendition='rnd:thumbnail' href='t.jpg' contenttype='image/jpeg'/>"
             "<remoteContent rendition='rnd:highRes' href='h.jpg' contenttype='image/jpeg' "
             "width='3000' height='2000'/></contentSet></newsItem>"));
    CHECK_INT(item.kind, WIRE_PHOTO);
    CHECK_INT(item.media_count, 1);
    CHECK_STR(item.media[0].caption, S("The ferry"));
    CHECK_STR(item.media[0].credit, S("Acme/Dee"));
    CHECK_STR(item.media[0].byline, S("Cy Dee"));
    CHECK_INT(item.media[0].rendition_count, 2);
    CHECK_STR(item.media[0].renditions[0].address, S("h.jpg"));
    CHECK_STR(item.media[0].renditions[0].use, S("highRes"));
    CHECK_INT(item.media[0].renditions[0].width, 3000);
}

TEST(newsml_package_links_its_items_in_the_order_of_its_groups)
{
    struct wire_item item =
        one(t, S("<packageItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='p' version='1'>"
                 "<itemMeta><pubStatus qcode='stat:usable'/></itemMeta>"
                 "<groupSet root='g1'><group id='g2' role='group:sidebar'><itemRef residref='c'/>"
                 "<groupRef idref='g1'/></group>"
                 "<group id='g1' role='group:main'><itemRef residref='a'/><groupRef idref='g2'/>"
                 "<itemRef residref='b'/></group></groupSet></packageItem>"));
    CHECK_INT(item.kind, WIRE_PACKAGE);
    CHECK_INT(item.link_count, 3);
    CHECK_STR(item.links[0].guid, S("a"));
    CHECK_STR(item.links[0].relation, S("main"));
    CHECK_STR(item.links[1].guid, S("c"));
    CHECK_STR(item.links[1].relation, S("sidebar"));
    CHECK_STR(item.links[2].guid, S("b"));
}

TEST(newsml_bad_item_in_a_message_does_not_stop_the_others)
{
    struct wire_batch batch = read_all(
        t, S("<n:newsMessage xmlns:n='http://iptc.org/std/nar/2006-10-01/'>\n<n:itemSet>\n"
             "<n:newsItem guid='a'><n:contentMeta><n:headline>A</n:headline></n:contentMeta>"
             "</n:newsItem>\n"
             "<n:newsItem guid='b'><n:contentMeta><n:headline>B &bad; </n:headline>"
             "</n:contentMeta></n:newsItem>\n"
             "<n:newsItem guid='c'><n:contentMeta><n:headline>C</n:headline></n:contentMeta>"
             "</n:newsItem>\n"
             "<n:newsItem guid='d'></n:newsItem>\n"
             "<n:conceptItem guid='e'/>\n"
             "</n:itemSet></n:newsMessage>"));
    CHECK_INT(batch.item_count, 3);
    CHECK_STR(batch.items[0].guid, S("a"));
    CHECK_STR(batch.items[1].guid, S("c"));
    CHECK_INT(batch.items[1].line, 5);
    CHECK_INT(batch.items[2].kind, WIRE_OTHER);
    CHECK_INT(batch.trouble_count, 2);
    CHECK_STR(batch.troubles[0].guid, S("b"));
    CHECK_INT(batch.troubles[0].line, 4);
    CHECK_STR(batch.troubles[1].guid, S("d"));
    CHECK_INT(batch.troubles[1].line, 6);
}

TEST(newsml_inline_data_is_read_as_text_or_html)
{
    struct wire_item item = one(
        t, S(ITEM_HEAD "<contentMeta><headline>H</headline></contentMeta><contentSet><inlineData "
                       "contenttype='text/plain'>One line\ngoes on.\n\n   Two.</inlineData>"
                       "</contentSet></newsItem>"));
    CHECK_INT(item.body.count, 2);
    CHECK_STR(body_opening(t->arena, &item.body, 100), S("One line goes on. Two."));

    item = one(t, S(ITEM_HEAD
                    "<contentMeta><headline>H</headline></contentMeta><contentSet><inlineData>"
                    "&lt;p&gt;One&lt;/p&gt;&lt;ul&gt;&lt;li&gt;x&lt;/li&gt;&lt;/ul&gt;"
                    "</inlineData></contentSet></newsItem>"));
    CHECK_INT(item.body.count, 2);
    CHECK_INT(item.body.blocks[1].kind, BLOCK_LIST);
}

TEST(newsml_paragraph_laid_out_as_text_becomes_its_paragraphs)
{
    struct wire_item item =
        one(t, S(ITEM_HEAD "<contentMeta><headline>H</headline></contentMeta><contentSet>"
                           "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>First "
                           "line\nof one.\n    Second\nparagraph.\n\n    Third.</p></body></html>"
                           "</inlineXML></contentSet></newsItem>"));
    CHECK_INT(item.body.count, 3);
    CHECK_STR(item.body.blocks[1].spans[0].text, S("Second paragraph."));

    /* the indentation of XML is none */
    item = one(t, S(ITEM_HEAD "<contentMeta><headline>H</headline></contentMeta><contentSet>"
                              "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>One\n"
                              "    goes\n    on\n    here.</p></body></html></inlineXML>"
                              "</contentSet></newsItem>"));
    CHECK_INT(item.body.count, 1);
}

static struct wire_batch sample(struct test *t, const char *path)
{
    char whole[4096];

    snprintf(whole, sizeof whole, "%s/%s", test_samples(), path);
    return read_all(t, test_file(t, whole));
}

static bool no_samples(void)
{
    if (test_samples() == NULL)
        fprintf(stderr, "no shared samples here\n");
    return test_samples() == NULL;
}

TEST(newsml_one_item_in_five_versions_of_the_standard_gives_the_same_fields)
{
    static const char *const versions[] = {"2.9", "2.12", "2.15", "2.18", "2.28"};

    if (no_samples())
        return;
    for (size_t i = 0; i < LENGTH(versions); i++) {
        struct wire_batch batch = sample(
            t, str_z(t->arena, str_fmt(t->arena, "newsml-g2-apa/expected/NewsItem_Text_%s.xml",
                                       versions[i])));
        CHECK_INT(batch.item_count, 1);
        const struct wire_item *item = &batch.items[0];
        CHECK_STR(item->guid, S("urn:newsml:apa.at:20120315:APA0379"));
        CHECK_STR(item->version, S("1"));
        CHECK_STR(item->headline, S("Saisonstart im Schweizerhaus: Run aufs Krügerl im Prater"));
        CHECK_STR(date_iso(t->arena, item->embargo_at), S("2012-03-15T11:00:00Z"));
        CHECK_STR(item->place, S("Wien"));
        CHECK_STR(item->source, S("DPA"));
        CHECK_STR(item->credit, S("APA/John Doe"));
        CHECK_STR(item->copyright, S("(c) 2014 http://www.apa.at"));
        CHECK_INT(item->person_count, 4);
        CHECK_STR(item->people[3].name, S("Max Musterman"));
        CHECK_INT(item->subject_count, 15);
        CHECK_STR(subject(item, "20000553")->scheme, S("medtop"));
        CHECK_STR(subject(item, "20000553")->name, S("Veranstaltungsort"));
        CHECK_INT(item->link_count, 3);
        CHECK_STR(item->genre, S("current"));
        str opening = body_opening(t->arena, &item->body, 200);
        if (i == 0)
            CHECK(str_starts(opening, S("Die Saison im Wiener Prater hat")));
    }
}

TEST(newsml_agencies_samples_give_what_they_say)
{
    static const struct {
        const char *path, *guid, *version, *headline, *opening;
        int64_t embargo_seconds;
        size_t subjects, media;
    } cases[] = {
        {"newsml-g2-iptc/LISTING_2_NewsML-G2_Text_Document.xml",
         "urn:newsml:acmenews.com:20161121:US-FINANCE-FED", "11",
         "Fed to halt QE to avert \"bubble\"", "(New York, NY - October 21) Et, sent", 0, 3, 0},
        {"newsml-g2-iptc/LISTING_1_A_NewsML-G2_News_Item.xml",
         "urn:newsml:acmenews.com:20161018:US-FINANCE-FED", "11",
         "Fed to halt QE to avert \"bubble\"", "", 1540296000, 2, 0},
        {"newsml-g2-dpa-pairs/output/image.xml", "urn:newsml:dpa.com:20090101:250129-99-739668",
         "4", "Caroline Kennedy", "", 0, 5, 1},
        {"wire-superdesk-core/io/ansa-newsmlg2-text.xml",
         "tag:ansa.it,2017-10-11:40e5fb1034e7e2b21942ea09718fc85a", "1",
         "Catalan independence declaration unacceptable - Alfano",
         "(ANSA) - Rome, October 11 - Italian Foreign Minister Angelino Alfano", 0, 2, 1},
    };
    if (no_samples())
        return;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_batch batch = sample(t, cases[i].path);

        cr_assert(batch.item_count == 1, "%s: %.*s", cases[i].path, STR(batch.troubles[0].reason));
        const struct wire_item *item = &batch.items[0];
        CHECK_STR(item->guid, str_c(cases[i].guid));
        CHECK_STR(item->version, str_c(cases[i].version));
        CHECK_STR(item->headline, str_c(cases[i].headline));
        CHECK_INT(item->embargo_at, cases[i].embargo_seconds * SECOND_US);
        CHECK_INT(item->subject_count, cases[i].subjects);
        CHECK_INT(item->media_count, cases[i].media);
        str opening = body_opening(t->arena, &item->body, 400);
        cr_assert(str_starts(opening, str_c(cases[i].opening)), "%s: %.*s", cases[i].path,
                  STR(opening));
    }
}

TEST(newsml_empty_embargo_of_a_real_sender_is_set_aside)
{
    if (no_samples())
        return;
    struct wire_batch batch = sample(t, "wire-superdesk-core/io/scoop.xml");

    CHECK(batch.trouble_count >= 1);
    bool held = false;
    for (size_t i = 0; i < batch.trouble_count; i++)
        held |= str_eq(batch.troubles[i].guid, S("BD-20160112123540"));
    CHECK(held);
}
