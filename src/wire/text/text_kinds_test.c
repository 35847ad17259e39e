/*
 * text_kinds_test.c - plain text of many origins, all invented: captured pages with their menus and
 * icons, releases, notes.  What is news has to come out, what is furniture must not.
 */
#include "base/test.h"
#include "text/dates.h"
#include "text/write_plain.h"
#include "wire/wire.h"

static const struct wire_here here = {INT64_C(1795449600000000), NULL}; /* 2026-11-23T16:00:00Z */

struct capture {
    const char *name, *text, *headline, *byline, *first, *last;
    const char *caption, *credit;
    const char *missing[10];
};

static const struct capture captures[] = {
    {"icons before, as a site's script spells them",
     "Menu An icon representing a menu. Search Icon A magnifying glass used to represent search. "
     "Close An icon of the letter X. Bell An icon of a bell, used to represent alerts. User An "
     "icon "
     "that resembles a person. Share An icon of three joined dots.\n"
     "Harbour library opens with a queue round the block\n\n"
     "By Oda Brekke\n"
     "Readers waiting outside the new library (Per Moe/NTR)\n"
     "Readers waiting outside the new library (Per Moe/NTR)\n\n"
     "More than six hundred people queued on Saturday for the opening of the harbour library, "
     "which "
     "has taken the place of a bus that broke down 41 times.\n\n"
     "The mayor, who had promised to be brief, spoke for an hour.\n\n"
     "“It is dry, and it does not move,” said the librarian.\n",
     "Harbour library opens with a queue round the block",
     "Oda Brekke",
     "More than six hundred people",
     "said the librarian.",
     "Readers waiting outside the new library",
     "Per Moe/NTR",
     {"icon", "magnifying", "Bell", "resembles"}},

    {"menus before and after, a line each",
     "Skip to content\nHome\nNews\nSport\nWeather\nPuzzles\nSign in\nSubscribe\n"
     "Home > News > Local\n"
     "Ferry captain retires after 12,000 crossings\n"
     "Published: 17 November 2026, 09:30\nUpdated: 17 November 2026, 11:05\n"
     "By Siv Lund, maritime correspondent\nShare\nFacebook\nTwitter\nWhatsApp\n"
     "Captain Jorun Vik crossed the sound for the last time on Monday, with her dog in the "
     "wheelhouse and her mother, who is 94, on deck.\n"
     "Advertisement\n"
     "She had begun as a deckhand in 1983, when the fare was two crowns and the coffee was free.\n"
     "“I never got lost,” she said. “There is only one way to go.”\n"
     "Read more: Coffee prices on ferries rise again\n"
     "Her successor is to be named in the spring.\n"
     "12 comments\nMost read\nHerring found in church organ\nMayor to run again\n"
     "About us\nContact us\nPrivacy policy\nTerms and conditions\n© The Quay 2026\n",
     "Ferry captain retires after 12,000 crossings",
     "Siv Lund",
     "Captain Jorun Vik",
     "in the spring.",
     NULL,
     NULL,
     {"Advertisement", "Coffee prices", "Herring", "Privacy", "comments", "WhatsApp", "Puzzles"}},

    {"cookies, a newsletter and a subheading",
     "We use cookies to give you the best experience. By clicking accept you agree to our use of "
     "cookies.\nAccept all\nReject all\n\n"
     "Tidal mill to grind flour again\n\n"
     "After a century of silence the wheel turns twice a day.\n\n"
     "By Tor Aune and Ines Corrie\n\n17 November 2026\n\n"
     "The tidal mill at Kettle Haven ground its first sack of flour since 1921 on Sunday, and sold "
     "it before the tide had turned.\n\n"
     "Sign up to our newsletter for the best of the islands every morning.\n\n"
     "Volunteers had worked on the wheel for six years, at weekends, with oak from a wrecked "
     "trawler.\n\n"
     "Bread by Friday\n\n"
     "The village bakery, which ordered the sack, says the first loaves will be ready on Friday "
     "and "
     "will cost 40 crowns.\n\n"
     "Related articles\n\nWrecked trawler gave its oak\nSix years at the wheel\n\nShare this "
     "article\n",
     "Tidal mill to grind flour again",
     "Tor Aune",
     "The tidal mill at Kettle Haven",
     "will cost 40 crowns.",
     NULL,
     NULL,
     {"cookies", "Reject", "newsletter", "Wrecked trawler gave", "Share this"}},

    {"a German capture",
     "Zum Inhalt springen\nMenü\nStartseite\nPolitik\nSport\nAnmelden\nAbo\n"
     "Kalender Ein Symbol eines Kalenders. Suche Ein Symbol für die Suche. Menü Ein Symbol mit "
     "drei "
     "Strichen.\n"
     "Gezeitenmühle mahlt wieder Mehl\n"
     "Von Jule Petersen\nStand: 17.11.2026, 10:15 Uhr\nTeilen\nDrucken\nMerken\n"
     "Die Gezeitenmühle von Kesselhafen hat am Sonntag den ersten Sack Mehl seit 1921 gemahlen und "
     "ihn verkauft, bevor die Flut kippte.\n"
     "Anzeige\n"
     "Freiwillige hatten sechs Jahre lang an dem Rad gearbeitet, mit Eiche aus einem gestrandeten "
     "Kutter.\n"
     "Lesen Sie auch: Warum der Kutter strandete\n"
     "Das erste Brot soll es am Freitag geben.\n"
     "Kommentare\nMeistgelesen\nHering in der Orgel\nImpressum\nDatenschutz\nNewsletter "
     "abonnieren\n",
     "Gezeitenmühle mahlt wieder Mehl",
     "Jule Petersen",
     "Die Gezeitenmühle von Kesselhafen",
     "am Freitag geben.",
     NULL,
     NULL,
     {"Anzeige", "Symbol", "Lesen Sie", "Hering", "Impressum", "Teilen", "Startseite"}},

    {"a French capture",
     "Aller au contenu\nMenu\nAccueil\nPolitique\nSports\nSe connecter\nS’abonner\n"
     "Le moulin à marée moud de nouveau\n"
     "Par Maëlle Kerbrat\nPublié le 17 novembre 2026 à 10h15\nPartager\nImprimer\n"
     "Le moulin à marée de Port-Chaudron a moulu dimanche son premier sac de farine depuis 1921, "
     "et "
     "l’a vendu avant que la mer ne descende.\n"
     "Publicité\n"
     "Des bénévoles avaient travaillé six ans à la roue, avec le chêne d’un chalutier naufragé.\n"
     "Lire aussi : Pourquoi le chalutier a coulé\n"
     "Le premier pain est attendu vendredi.\n"
     "Commentaires\nLes plus lus\nUn hareng dans l’orgue\nMentions légales\nConfidentialité\n",
     "Le moulin à marée moud de nouveau",
     "Maëlle Kerbrat",
     "Le moulin à marée de Port-Chaudron",
     "attendu vendredi.",
     NULL,
     NULL,
     {"Publicité", "Lire aussi", "hareng", "Mentions", "Partager", "Accueil"}},

    {"a menu in one line, and the headline twice",
     "News Sport Business Culture Travel Weather Obituaries Puzzles Jobs Cars Homes\n"
     "Lighthouse keeper writes a novel | The Quay\n"
     "Lighthouse keeper writes a novel\n"
     "Words: Ines Corrie\n"
     "5 min read\n\n"
     "The keeper of the last staffed light on the coast, Dag Roald, has written a novel of 900 "
     "pages, in which nothing happens until page 611.\n\n"
     "It took him eleven winters. He read each page aloud to the gulls, he says, and kept those at "
     "which they did not leave.\n\n"
     "The book is out in March.\n\n"
     "News Sport Business Culture Travel Weather Obituaries Puzzles Jobs Cars Homes\n",
     "Lighthouse keeper writes a novel",
     "Ines Corrie",
     "The keeper of the last staffed light",
     "is out in March.",
     NULL,
     NULL,
     {"Obituaries", "min read", "The Quay"}},

    {"pictures in the text",
     "Home An icon of a house. Arrow An icon of an arrow. Camera An icon of a camera.\n"
     "Eider ducks delay road\n\nBy The Quay staff\n\n"
     "A new road to the airport has been delayed for the third time by eider ducks, which have "
     "nested on the only bridge.\n\n"
     "Open image in gallery\n\n"
     "An eider on the bridge at Nordhaven (Kari Nes/NTR)\n\n"
     "Engineers had tried a scarecrow, a dog and a recording of a sea eagle. The ducks stayed.\n\n"
     "“They were here first,” said the site manager, who has begun to bring them bread (Kari Nes "
     "reports that they prefer mussels).\n\nCopy link\n",
     "Eider ducks delay road",
     NULL,
     "A new road to the airport",
     "prefer mussels).",
     "An eider on the bridge at Nordhaven",
     "Kari Nes/NTR",
     {"icon", "gallery", "Copy link"}},

    {"capitals in the American manner",
     "The Quay\nSections\nSearch\nLog In\n\n"
     "Mayor Denies Owning Boat He Arrived In, Blames Cousin and Tide\n"
     "By SIV LUND and TOR AUNE\nUpdated 4:31 PM GMT, November 17, 2026\n"
     "NORDHAVEN (NTR) — The mayor of Nordhaven denied on Tuesday that he owned the boat in which "
     "he "
     "had come.\n"
     "___\n"
     "“It is my cousin’s,” he said. The cousin gets seasick.\n"
     "Copyright 2026 NTR. All rights reserved.\n",
     "Mayor Denies Owning Boat He Arrived In, Blames Cousin and Tide",
     "SIV LUND",
     "The mayor of Nordhaven denied",
     "gets seasick.",
     NULL,
     NULL,
     {"Copyright", "Sections", "Updated"}},

    {"comments after the story",
     "The Quay\nMenu\nLog in\n\n"
     "Mayor denies owning a boat\n\nSiv Lund\n\nTue 17 Nov 2026\n\n"
     "The mayor of Nordhaven denied on Tuesday that he owned the boat in which he had arrived at "
     "the press conference.\n\n"
     "It belonged, he said, to a cousin, who was unavailable. The cousin has told this newspaper "
     "that he gets seasick.\n\n"
     "Comments\n\nkettle99 2 hours ago\nI have seen him paint it, twice, in broad daylight. "
     "Blue.\n\nReply\nReport\n\ngull 1 hour ago\nLeave the man and his cousin alone, please!\n",
     "Mayor denies owning a boat",
     NULL,
     "The mayor of Nordhaven denied",
     "gets seasick.",
     NULL,
     NULL,
     {"kettle99", "Blue", "Leave the man", "Log in"}},
};

static struct wire_item read_one(struct test *t, const char *name, str text)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_text(t->arena, text, &here, &batch, &t->why));
    cr_assert(batch.item_count == 1, "%s: %.*s", name,
              STR(batch.trouble_count > 0 ? batch.troubles[0].reason : S("nothing")));
    return batch.items[0];
}

static str refusal(struct test *t, const char *text)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_text(t->arena, str_c(text), &here, &batch, &t->why));
    cr_assert(batch.item_count == 0, "taken: %s", text);
    CHECK_INT(batch.trouble_count, 1);
    return batch.troubles[0].reason;
}

static str plain(struct test *t, const struct body *b)
{
    struct plain_writer how = {.search = true};
    buf out = buf_new(t->arena, 1 << 20);

    body_write_plain(&out, b, &how);
    return str_trim(buf_str(&out));
}

static void check_capture(struct test *t, const struct capture *c)
{
    struct wire_item it = read_one(t, c->name, str_c(c->text));
    str words = plain(t, &it.body);

    cr_assert(str_eq(it.headline, str_c(c->headline)), "%s: headline \"%.*s\"", c->name,
              STR(it.headline));
    if (c->byline != NULL)
        cr_assert(it.person_count > 0 && str_eq(it.people[0].name, str_c(c->byline)), "%s: by %.*s",
                  c->name, STR(it.person_count > 0 ? it.people[0].name : S("-")));
    cr_assert(str_starts(words, str_c(c->first)), "%s: starts %.*s", c->name, STR(words));
    cr_assert(str_ends(words, str_c(c->last)), "%s: ends %.*s", c->name, STR(words));
    for (size_t i = 0; i < LENGTH(c->missing) && c->missing[i] != NULL; i++)
        cr_assert(str_find(words, str_c(c->missing[i])) < 0, "%s: \"%s\" in %.*s", c->name,
                  c->missing[i], STR(words));
    if (c->caption == NULL)
        return;
    CHECK_INT(it.media_count, 1);
    CHECK_STR(it.media[0].caption, str_c(c->caption));
    CHECK_STR(it.media[0].credit, str_c(c->credit));
    cr_assert(str_find(words, str_c(c->caption)) < 0, "%s: caption in the text", c->name);
}

TEST(text_capture_of_any_site_gives_its_story)
{
    for (size_t i = 0; i < LENGTH(captures); i++)
        check_capture(t, &captures[i]);
}

static const char release[] =
    "From: Kari Nes <press@nordhaven.example>\r\nTo: desk@quay.example\r\n"
    "Subject: PRESS RELEASE: Library gets a =?utf-8?Q?caf=C3=A9?=\r\n"
    "Date: Mon, 23 Nov 2026 14:00:00 +0000\r\nMessage-ID: <77@nordhaven.example>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n"
    "--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
    "quoted-printable\r\n\r\nPRESS RELEASE\r\n\r\nEMBARGOED UNTIL 00.01 Tuesday 24 November "
    "2026\r\n\r\nThe harbour library is to have a caf=C3=A9, the council said on Monday, "
    "=\r\nafter "
    "readers had asked for one since the doors opened.\r\n\r\nIt will serve:\r\n\r\n- coffee\r\n- "
    "soup, on Thursdays\r\n\r\nThe mayor will cut the first cake. Work begins in "
    "January.\r\n\r\nENDS\r\n\r\nNotes to editors\r\n\r\nThe library opened in 2026.\r\n\r\nMedia "
    "contact: Kari Nes, 555 0199\r\n--b1\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n--b1--\r\n";

TEST(text_release_by_mail_keeps_its_embargo_and_its_notes_apart)
{
    struct wire_item it = read_one(t, "release", str_c(release));
    str words = plain(t, &it.body);
    size_t lists = 0;

    CHECK_STR(it.headline, S("Library gets a café"));
    CHECK_STR(date_iso(t->arena, it.embargo_at), S("2026-11-24T00:01:00Z"));
    CHECK_STR(date_iso(t->arena, it.created_at), S("2026-11-23T14:00:00Z"));
    CHECK(str_find(it.guid, S("77@nordhaven.example")) >= 0);
    CHECK(str_starts(words, S("The harbour library is to have a café, the council said on Monday, "
                              "after readers")));
    CHECK(str_ends(words, S("Work begins in January.")));
    CHECK(str_find(it.editor_note, S("The library opened in 2026.")) >= 0);
    for (size_t i = 0; i < it.body.count; i++)
        lists += it.body.blocks[i].kind == BLOCK_LIST && it.body.blocks[i].child_count == 2;
    CHECK_INT(lists, 1);
}

TEST(text_embargo_is_honoured_or_the_text_refused)
{
    static const struct {
        const char *line, *at; /* NULL: refused */
    } cases[] = {
        {"EMBARGOED UNTIL 00.01 Tuesday 24 November 2026", "2026-11-24T00:01:00Z"},
        {"STRICTLY EMBARGOED UNTIL 6am GMT, 25 November 2026", "2026-11-25T06:00:00Z"},
        {"EMBARGO: 2026-11-24 10:00 UTC", "2026-11-24T10:00:00Z"},
        {"Embargoed until Thursday, November 26, 2026 at 9:30 a.m. GMT", "2026-11-26T09:30:00Z"},
        {"Sperrfrist: 24.11.2026, 10 Uhr", "2026-11-24T10:00:00Z"},
        {"Embargo: Tuesday 24 November 2026 at 0001hrs", "2026-11-24T00:01:00Z"},
        {"EMBARGOED TO 0001 TUESDAY NOVEMBER 24", "2026-11-24T00:01:00Z"},
        {"Embargoed until midnight on 24 November 2026", "2026-11-25T00:00:00Z"},
        {"Embargo until 6pm today", "2026-11-23T18:00:00Z"},
        {"EMBARGOED UNTIL 11/24/2026 00:01", "2026-11-24T00:01:00Z"},
        {"EMBARGOED UNTIL 03/12/2026 00:01", "2026-12-03T00:01:00Z"},
        {"STRICT EMBARGO: 24 November 2026 00:01 EST", "2026-11-24T05:01:00Z"},
        {"NEWS - EMBARGO 0900 TUESDAY 24 NOVEMBER 2026", "2026-11-24T09:00:00Z"},
        {"For release: 24 November 2026, 00:01", "2026-11-24T00:01:00Z"},
        {"EMBARGO LIFTED", ""},
        {"For immediate release: 23 November 2026", ""},
        {"EMBARGOED UNTIL WEDNESDAY 24 NOVEMBER 2026 00:01", NULL},
        {"EMBARGOED UNTIL after the speech", NULL},
        {"EMBARGOED", NULL},
        {"EMBARGOED UNTIL 25.61 on 39 November", NULL},
        {"FOR IMMEDIATE RELEASE", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        str text = str_fmt(t->arena,
                           "%s\n\nHarbour library to open on Sundays\n\nThe harbour library will "
                           "open on Sundays from next week. Readers had asked for it.\n",
                           cases[i].line);
        if (cases[i].at == NULL) {
            refusal(t, str_z(t->arena, text));
            continue;
        }
        struct wire_item it = read_one(t, cases[i].line, text);
        str at = it.embargo_at == 0 ? S("") : date_iso(t->arena, it.embargo_at);

        cr_assert(str_eq(at, str_c(cases[i].at)), "%s: %.*s", cases[i].line, STR(at));
        CHECK_STR(it.headline, S("Harbour library to open on Sundays"));
        CHECK(str_starts(plain(t, &it.body), S("The harbour library will")));
    }
}

TEST(text_that_mentions_an_embargo_in_the_news_is_not_held)
{
    struct wire_item it = read_one(
        t, "news of an embargo",
        S("Trade talks stall\n\nThe embargo on herring will stay until 2030, ministers said. "
          "Fishermen had hoped for better news.\n\nEmbargoes have rarely worked, said one.\n"));

    CHECK_INT(it.embargo_at, 0);
}

TEST(text_agency_copy_gives_its_head)
{
    struct wire_item it = read_one(
        t, "agency",
        S("\x01"
          "nrd0042 3 i 61  ntr 0311\r\n\r\nNordhaven/library/\r\n\x02Harbour library opens after "
          "nine years =\r\n\r\n   Nordhaven (ntr) - The harbour library opened on Saturday, nine "
          "years after\r\nthe fire, with a queue round the block.\r\n\r\n   The mayor spoke for an "
          "hour. It rained.\r\n\r\nntr kn ol\r\n\x03"
          "211405 GMT Nov 26\r\n\x04"));

    CHECK_STR(it.headline, S("Harbour library opens after nine years"));
    CHECK_INT(it.urgency, 3);
    CHECK_STR(it.dateline, S("Nordhaven"));
    CHECK_STR(date_iso(t->arena, it.created_at), S("2026-11-21T14:05:00Z"));
    CHECK(str_starts(plain(t, &it.body), S("The harbour library opened on Saturday, nine years "
                                           "after the fire")));
    CHECK(str_find(plain(t, &it.body), S("ntr kn")) < 0);
}

TEST(text_notes_become_a_story_with_its_lists)
{
    struct wire_item it = read_one(
        t, "notes",
        S("Sunday opening: what we know\n\nThe library opens on Sundays from 29 November. Entry is "
          "free.\n\n• Doors: 10 to 16\n• Café: from noon\n\n“We are ready,” said Oda Brekke. 600 "
          "people came last time.\n"));

    CHECK_STR(it.headline, S("Sunday opening: what we know"));
    CHECK_INT(it.body.count, 3);
    CHECK_INT(it.body.blocks[1].kind, BLOCK_LIST);
    CHECK_INT(it.body.blocks[1].child_count, 2);
}

TEST(text_without_news_is_refused_with_the_reason)
{
    static const char *const texts[] = {
        "",
        "   \n\n ",
        "hello",
        "Home\nNews\nSport\nContact us\nPrivacy policy\n",
        "One sentence only.",
    };
    for (size_t i = 0; i < LENGTH(texts); i++)
        CHECK(refusal(t, texts[i]).n > 10);
}

TEST(text_embargo_until_today_means_the_day_on_the_papers_wall)
{
    struct zone *tokyo = NULL;
    struct wire_batch batch = {0};

    if (zone_load(t->arena, S("Asia/Tokyo"), &tokyo, NULL) != OK)
        return;                                                  /* this machine has no zones */
    struct wire_here there = {INT64_C(1795474800000000), tokyo}; /* 23:00 UTC, 8:00 on the 24th */

    CHECK_OK(
        wire_parse_text(t->arena,
                        S("Embargo until 6pm today\n\nHarbour library to open on Sundays\n\nThe "
                          "harbour library will open on Sundays. Readers had asked for it.\n"),
                        &there, &batch, &t->why));
    CHECK_STR(date_iso(t->arena, batch.items[0].embargo_at), S("2026-11-24T09:00:00Z"));
}
