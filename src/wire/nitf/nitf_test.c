#include "base/test.h"
#include "text/dates.h"
#include "wire/wire.h"

#include <stdio.h>

static struct wire_batch read_all(struct test *t, str bytes)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_nitf(t->arena, bytes, &batch, &t->why));
    CHECK_INT(batch.dialect, WIRE_NITF);
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

#define DOCUMENT(docdata)                                                                          \
    "<nitf><head><docdata " docdata "</docdata></head><body><body.head><hedline>"                  \
    "<hl1>Tide</hl1></hedline></body.head><body.content><p>High water.</p></body.content>"         \
    "</body></nitf>"

TEST(nitf_document_gives_its_fields)
{
    struct wire_item item = one(
        t, S("<?xml version='1.0'?>\n<!DOCTYPE nitf SYSTEM 'nitf-3-2.dtd'>\n<nitf><head>"
             "<title>Slug</title><tobject><tobject.property tobject.property.type='Feature'/>"
             "<tobject.subject tobject.subject.refnum='17004000' "
             "tobject.subject.matter='Statistics'/></tobject>"
             "<docdata management-status='usable'><doc-id id-string='x.1'/>"
             "<evloc city='Lerwick' iso-cc='GB'/><urgency ed-urg='3'/>"
             "<date.issue norm='20260301T100000Z'/><date.release norm='20260302T093000-0500'/>"
             "<date.expire norm='20260401T000000Z'/><du-key key='k' version='2'/>"
             "<ed-msg info='Corrects name' msg-type='correction'/>"
             "<doc.copyright year='2026' holder='Acme'/><doc.rights limitations='online'/>"
             "<key-list><keyword key='tides'/></key-list></docdata></head>"
             "<body><body.head><hedline><hl1>Tides &mdash; higher</hl1><hl2>Deck</hl2></hedline>"
             "<byline>By <person>Ann Lee</person><byttl>Sea Editor</byttl></byline>"
             "<dateline><location>LERWICK</location><story.date norm='20260228'/></dateline>"
             "<abstract><p>It rises.</p></abstract></body.head><body.content>"
             "<p>The <org>Harbour Board</org> of <location>Lerwick</location> said "
             "<em>no</em>.</p><media media-type='image'><media-reference source='p.jpg' "
             "mime-type='image/jpeg' width='640' height='480' alternate-text='A pier'/>"
             "<media-caption>The pier</media-caption><media-producer>Cy Dee</media-producer>"
             "</media><hl2>More</hl2><table><tr><th>Port</th><td>1.2</td></tr></table>"
             "<bq><block><p>Quoted.</p></block><credit>Board</credit></bq>"
             "<ul><li>one</li></ul></body.content><body.end><tagline>Ends.</tagline>"
             "</body.end></body></nitf>"));
    CHECK_STR(item.guid, S("x.1"));
    CHECK_STR(item.version, S("2"));
    CHECK_STR(item.headline, S("Tides — higher"));
    CHECK_STR(item.standfirst, S("It rises."));
    CHECK_STR(item.dateline, S("LERWICK"));
    CHECK_STR(item.place, S("Lerwick"));
    CHECK_STR(item.country, S("GB"));
    CHECK_STR(item.genre, S("feature"));
    CHECK_STR(item.editor_note, S("Corrects name"));
    CHECK_STR(item.copyright, S("© 2026 Acme"));
    CHECK_STR(item.usage, S("online"));
    CHECK_INT(item.signal, WIRE_CORRECTION);
    CHECK_INT(item.urgency, 3);
    CHECK_INT(item.person_count, 1);
    CHECK_STR(item.people[0].name, S("Ann Lee"));
    CHECK_STR(item.people[0].role, S("Sea Editor"));
    CHECK_STR(date_iso(t->arena, item.embargo_at), S("2026-03-02T14:30:00Z"));
    CHECK_STR(date_iso(t->arena, item.expiry_at), S("2026-04-01T00:00:00Z"));
    CHECK_INT(item.subject_count, 2);
    CHECK_STR(item.subjects[0].scheme, S("subj"));
    CHECK_STR(item.subjects[1].name, S("tides"));
    CHECK_INT(item.media_count, 1);
    CHECK_STR(item.media[0].renditions[0].address, S("p.jpg"));
    CHECK_STR(item.media[0].alt, S("A pier"));
    CHECK_STR(item.media[0].caption, S("The pier"));
    CHECK_STR(item.media[0].credit, S("Cy Dee"));

    static const enum block_kind kinds[] = {BLOCK_PARAGRAPH, BLOCK_PICTURE, BLOCK_HEADING,
                                            BLOCK_TABLE,     BLOCK_QUOTE,   BLOCK_LIST,
                                            BLOCK_PARAGRAPH};
    CHECK_INT(item.body.count, LENGTH(kinds));
    for (size_t i = 0; i < LENGTH(kinds); i++)
        CHECK_INT(item.body.blocks[i].kind, kinds[i]);
    CHECK(str_starts(body_opening(t->arena, &item.body, 200),
                     S("The Harbour Board of Lerwick said no.")));
}

TEST(nitf_status_and_embargo)
{
    CHECK_INT(one(t, S(DOCUMENT("management-status='canceled'>"))).status, WIRE_CANCELLED);
    CHECK_INT(one(t, S(DOCUMENT("management-status='pulled'>"))).status, WIRE_WITHHELD);
    CHECK_INT(one(t, S(DOCUMENT(">"))).status, WIRE_USABLE);
    CHECK_INT(one(t, S(DOCUMENT("><ed-msg msg-type='KILL'/>"))).signal, WIRE_KILL);
    /* no later than its issue: nothing is held back */
    CHECK_INT(one(t, S(DOCUMENT("><date.issue norm='20260301T100000Z'/>"
                                "<date.release norm='20260301T100000Z'/>")))
                  .embargo_at,
              0);

    static const char *const troubles[] = {
        DOCUMENT("management-status='embargoed'>"),
        DOCUMENT("management-status='secret'>"),
        DOCUMENT("><date.release norm='20260302T093000'/>"),
        DOCUMENT("><date.release norm='tomorrow'/>"),
    };
    for (size_t i = 0; i < LENGTH(troubles); i++) {
        struct wire_batch batch = read_all(t, str_c(troubles[i]));
        CHECK_INT(batch.item_count, 0);
        CHECK_INT(batch.trouble_count, 1);
    }
}

TEST(nitf_broken_document_names_the_line)
{
    struct wire_batch batch = read_all(t, S("<nitf>\n<head><docdata><doc-id id-string='x.9'/>\n"
                                            "</head></nitf>"));
    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    CHECK_INT(batch.troubles[0].line, 3);
    CHECK_STR(batch.troubles[0].guid, S("x.9"));
}

TEST(nitf_agencies_samples_give_what_they_say)
{
    static const struct {
        const char *path, *guid, *headline, *person, *role, *opening;
        size_t subjects;
        enum wire_status status;
    } cases[] = {
        {"aap-cyber.xml",
         "urn:newsml:localhost:2016-04-13T14:52:21.830724:0a686ee3-ec38-4fbf-beeb-aae311aecfdb",
         "Headline", "John Doe", "", "body1", 1, WIRE_USABLE},
        {"pa5.xml", "17b7b4c3-6e05-4690-b7cb-37b5c99c9a86HHH-5-1",
         "HARD BREXIT TO COST UK UP TO £66BN A YEAR, SAYS TREASURY", "Sam Lister",
         "Press Association Political Correspondent",
         "Treasury coffers will take a £66 billion annual hit", 1, WIRE_USABLE},
        {"nitf-fishing.xml", "iptc.321656141.b", NULL, NULL, NULL, NULL, 6, WIRE_CANCELLED},
    };
    if (test_samples() == NULL) {
        fprintf(stderr, "no shared samples here\n");
        return;
    }
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char path[4096];

        snprintf(path, sizeof path, "%s/wire-superdesk-core/io/%s", test_samples(), cases[i].path);
        struct wire_item item = one(t, test_file(t, path));
        CHECK_STR(item.guid, str_c(cases[i].guid));
        CHECK_INT(item.status, cases[i].status);
        CHECK_INT(item.subject_count, cases[i].subjects);
        if (cases[i].headline == NULL)
            continue;
        CHECK_STR(item.headline, str_c(cases[i].headline));
        CHECK_INT(item.person_count, 1);
        CHECK_STR(item.people[0].name, str_c(cases[i].person));
        CHECK_STR(item.people[0].role, str_c(cases[i].role));
        CHECK(str_starts(body_opening(t->arena, &item.body, 200), str_c(cases[i].opening)));
    }
}
