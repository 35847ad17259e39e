#include "base/test.h"
#include "base/utf8.h"
#include "text/dates.h"
#include "wire/page/furniture.h"
#include "wire/wire.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

/* Monday 23 November 2026, 20:00 UTC */
static const struct wire_here here = {1795464000 * SECOND_US, NULL};

static struct wire_batch read_text(struct test *t, str text)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_text(t->arena, text, &here, &batch, &t->why));
    return batch;
}

static struct wire_item only_item(struct test *t, str text)
{
    struct wire_batch batch = read_text(t, text);

    cr_assert(batch.item_count == 1, "%zu items, %.*s", batch.item_count,
              STR(batch.trouble_count > 0 ? batch.troubles[0].reason : S("no trouble")));
    return batch.items[0];
}

static str trouble_of(struct test *t, str text)
{
    struct wire_batch batch = read_text(t, text);

    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    return batch.troubles[0].reason;
}

static void add_words(buf *all, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < blocks[i].span_count; j++)
            buf_add(all, blocks[i].spans[j].text);
        buf_char(all, '\n');
        add_words(all, blocks[i].children, blocks[i].child_count);
    }
}

static str words_of(struct test *t, const struct wire_item *it)
{
    buf all = buf_new(t->arena, 8 << 20);

    add_words(&all, it->body.blocks, it->body.count);
    return buf_str(&all);
}

static void check_without(str words, const char *const *gone, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cr_assert(str_find(words, str_c(gone[i])) < 0, "\"%s\" in:\n%.*s", gone[i], STR(words));
}

#define STORY                                                                                      \
    "The ferry that links Kettle Haven with the mainland sailed again on Friday, after four days " \
    "in which gales kept it at its berth.\n\nMost of the 212 people on board had slept in the "    \
    "school hall, which the council opened on Tuesday.\n\n“We are glad, tired and a little "     \
    "seasick,” said Ines Corrie.\n"

TEST(text_capture_loses_its_icons_and_keeps_its_story)
{
    struct wire_item it = only_item(
        t, S(" date 2026-11-20 Lantern An icon of a ship's lantern. Bell A brass bell on a hook. "
             "Anchor An icon representing an anchor. Oar An icon used to represent rowing. Wave A "
             "blue wave over a white square.\nFerry sails after four days of gales\n\nBy Mara "
             "Teale\nThe Senna Queen at dawn (Joss Tarrant/PA)\nThe Senna Queen at dawn (Joss "
             "Tarrant/PA)\n\n" STORY));
    str words = words_of(t, &it);
    static const char *const gone[] = {"icon", "Tarrant", "By Mara", "wave", "bell"};

    CHECK_STR(it.headline, S("Ferry sails after four days of gales"));
    CHECK_STR(it.people[0].name, S("Mara Teale"));
    CHECK_INT(it.media_count, 1);
    CHECK_STR(it.media[0].caption, S("The Senna Queen at dawn"));
    CHECK_STR(it.media[0].credit, S("Joss Tarrant/PA"));
    CHECK_INT(it.created_at, 1795132800 * SECOND_US);
    CHECK_INT(it.body.count, 3);
    check_without(words, gone, LENGTH(gone));
    CHECK(str_starts(words, S("The ferry that links")));
}

TEST(text_capture_loses_menus_before_and_behind)
{
    struct wire_item it = only_item(
        t,
        S("Skip to main content\nHome\nNews\nSport\nWeather\nSign in\nFerry sails after four days "
          "of gales\nPublished 20 November 2026, 10:02\nShare\nCopy link\nBy Mara Teale\n\n" STORY
          "\nAdvertisement\n\nNothing was lost but a hat, the harbour master told the council on "
          "Friday.\n\n12 comments\nRead more: the soup question\nMost read\nWhy cats sleep on "
          "boats\nThe cup final in pictures\nAbout us\nPrivacy policy\n© The Lamp 2026\n"));
    str words = words_of(t, &it);
    static const char *const gone[] = {"Home", "Share",     "comments", "Read more",
                                       "cats", "cup final", "Privacy",  "Advertisement",
                                       "©",    "Published"};

    CHECK_STR(it.headline, S("Ferry sails after four days of gales"));
    CHECK_STR(it.people[0].name, S("Mara Teale"));
    CHECK_INT(it.created_at, (1795132800 + 36120) * SECOND_US);
    check_without(words, gone, LENGTH(gone));
    CHECK(str_ends(words, S("the council on Friday.\n")));
}

TEST(text_capture_in_german_loses_its_furniture)
{
    struct wire_item it = only_item(
        t,
        S("Zum Inhalt springen\nStartseite\nAnmelden\nSuche\nFähre fährt nach vier Sturmtagen "
          "wieder\nVon Mara Teale\nTeilen\nArtikel anhören\n\nDie Fähre nach Kettle Haven hat am "
          "Freitag nach vier Tagen wieder abgelegt. An Bord waren 212 Menschen, viele davon "
          "müde.\n\nLesen Sie auch: Die Suppenfrage\n\nAnzeige\n\nDer Hafenmeister sprach von "
          "einem verlorenen Hut. Sonst sei nichts geschehen.\n\n3 Kommentare\nMehr zum "
          "Thema\nImpressum\nDatenschutz\n"));
    static const char *const gone[] = {"Suppen", "Anzeige", "Kommentare", "Impressum", "Teilen"};

    CHECK_STR(it.headline, S("Fähre fährt nach vier Sturmtagen wieder"));
    CHECK_STR(it.people[0].name, S("Mara Teale"));
    CHECK_INT(it.body.count, 2);
    check_without(words_of(t, &it), gone, LENGTH(gone));
}

TEST(text_capture_in_french_loses_its_furniture)
{
    struct wire_item it = only_item(
        t,
        S("Aller au contenu\nMenu\nRechercher\nSe connecter\nLe ferry repart après quatre jours "
          "de tempête\nPar Mara Teale\nPartager\n\nLe ferry de Kettle Haven est reparti vendredi "
          "après quatre jours à quai. À bord, 212 personnes attendaient depuis mardi.\n\nÀ lire "
          "aussi\n\nLe capitaine du port a parlé d’un chapeau perdu. Rien d’autre n’est "
          "arrivé.\n\nAbonnez-vous\nMentions légales\nNous utilisons des cookies pour mesurer "
          "l’audience.\n"));
    static const char *const gone[] = {"lire", "cookies", "Abonnez", "Partager"};

    CHECK_STR(it.headline, S("Le ferry repart après quatre jours de tempête"));
    CHECK_INT(it.body.count, 2);
    check_without(words_of(t, &it), gone, LENGTH(gone));
}

TEST(text_capture_keeps_crossheads_and_drops_lists_of_other_stories)
{
    struct wire_item it = only_item(
        t, S("Ferry sails after four days of gales\n\n" STORY "\nA long wait\n\nThe hall had beds "
             "for ninety people, and the rest made do with gym mats.\n\nWhy cats sleep on "
             "boats\n\nThe cup final in pictures\n\nTen soups for a storm\n\nAnother sailing is "
             "planned for Saturday, weather allowing.\n"));
    static const char *const gone[] = {"cats", "cup final", "Ten soups"};

    check_without(words_of(t, &it), gone, LENGTH(gone));
    CHECK_INT(it.body.count, 6);
    CHECK_INT(it.body.blocks[3].kind, BLOCK_HEADING);
}

TEST(text_capture_that_repeats_its_title_is_believed)
{
    struct wire_item it =
        only_item(t, S("The Lamp: news from the islands every day\nFerry sails after four days of "
                       "gales\nIslands\nFerry sails after four days of gales\n\n" STORY));

    CHECK_STR(it.headline, S("Ferry sails after four days of gales"));
}

static const char release[] =
    "From: \"Harbour Office\" <office@harbour.example>\r\nTo: desk@lamp.example\r\nDate: Mon, 23 "
    "Nov "
    "2026 10:00:00 +0000\r\nMessage-ID: <7@harbour.example>\r\nSubject: "
    "=?utf-8?Q?PRESS_RELEASE:_Gate_to_close_=E2=80=93_harbour?=\r\nMIME-Version: "
    "1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: "
    "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nPRESS "
    "RELEASE\r\n\r\nEMBARGOED UNTIL 00.01 Tuesday 24 November 2026\r\n\r\nLong Mole gate to close "
    "for inspection\r\n\r\nPORT SENNA, 23 November 2026 - The tidal gate will be shut for "
    "inspec=\r\n"
    "tion, the harbour said. It held against a tide of 1.18=C2=A0metres.\r\n\r\n=E2=80=9CIt did "
    "what "
    "the town paid for,=E2=80=9D said the harbour master. He was pleased.\r\n\r\n- No vessel may "
    "enter\r\n- The footpath is closed\r\n\r\nENDS\r\n\r\nNotes to editors\r\n1. The gate was "
    "built "
    "in 2014.\r\n\r\nContact: Harbour Office, +44 1632 960144\r\n--b1\r\nContent-Type: "
    "text/html\r\n\r\n<p>no</p>\r\n--b1--\r\n";

TEST(text_mail_gives_a_press_release)
{
    struct wire_item it = only_item(t, str_c(release));
    static const char *const gone[] = {"ENDS", "960144", "Notes", "2014", "PRESS", "EMBARGO"};

    CHECK_STR(it.headline, S("Long Mole gate to close for inspection"));
    CHECK_STR(it.guid, S("mid:7@harbour.example"));
    CHECK_STR(it.source, S("Harbour Office"));
    CHECK_INT(it.embargo_at, 1795478460 * SECOND_US);
    CHECK_STR(it.dateline, S("PORT SENNA"));
    CHECK_INT(it.created_at, 1795428000 * SECOND_US);
    check_without(words_of(t, &it), gone, LENGTH(gone));
    CHECK(str_starts(words_of(t, &it), S("The tidal gate will be shut for inspection, the")));
    CHECK_INT(it.body.blocks[it.body.count - 1].kind, BLOCK_LIST);
    CHECK_INT(it.body.blocks[it.body.count - 1].child_count, 2);
    CHECK(str_find(it.editor_note, S("960144")) >= 0);
    CHECK(str_find(it.editor_note, S("built in 2014")) >= 0);
}

TEST(text_embargo_that_cannot_be_read_is_never_early)
{
    CHECK(str_find(
              trouble_of(t, S("PRESS RELEASE\nEmbargoed until the minister sits down\n\nMinister "
                              "sits\n\n" STORY)),
              S("no date can be read")) > 0);
    CHECK(str_find(trouble_of(t, S("STRICTLY EMBARGOED: Tuesday 24 November\n\nMinister "
                                   "sits\n\n" STORY)),
                   S("no time of day")) > 0);
    struct wire_item it =
        only_item(t, S("Embargo: 9.30am EST, Nov 24\n\nMinister sits down at last\n\n" STORY));
    CHECK_INT(it.embargo_at, (1795478400 + 14 * 3600 + 1800) * SECOND_US);
}

TEST(text_wrapped_by_a_machine_is_joined_to_paragraphs)
{
    struct wire_item it = only_item(
        t,
        S("HARBOUR AUTHORITY\n\nPRESS RELEASE\nFor immediate use, Saturday 21 November 2026, "
          "10.00\n\nLong Mole gate to close for inspection after storm\n\nBy the harbour "
          "office\n\nPORT SENNA, 21 November 2026 - The tidal gate on the Long Mole will be "
          "shut\nfor inspection from 9pm on Tuesday 24 November until 5am on Thursday "
          "26\nNovember, the Port Senna Harbour Authority said today.\n\nWhile the gate is shut no "
          "vessel will be able to enter or leave the inner\nharbour. Fishing boats should berth in "
          "the outer basin by Tuesday.\n\nENDS\n\nContact: Harbour Office\nEmail: "
          "office@harbour.example\n"));

    CHECK_STR(it.headline, S("Long Mole gate to close for inspection after storm"));
    CHECK_STR(it.source, S("HARBOUR AUTHORITY"));
    CHECK_INT(it.body.count, 2);
    CHECK(str_starts(words_of(t, &it), S("The tidal gate on the Long Mole will be shut for "
                                         "inspection from 9pm")));
    CHECK_INT(it.embargo_at, 0);
}

TEST(text_of_agencies_is_stripped_of_its_controls)
{
    struct wire_item it = only_item(
        t,
        S("\x16\x16\x01z6715\x1f-----\r\nr z\x13\x11 BC-Ferry 02-20 0500\r\n\x02^BC-Ferry, 1st "
          "Ld,416<\r\n^Ferry sails after gales<\r\n^Eds: Updates.<\r\n^By MARA TEALE=\r\n^AP "
          "Writer=\r\n\t   KETTLE HAVEN (AP) _ The ferry ``Senna Queen'' sailed again.\r\n\t   It "
          "was four days late.\r\n\t   ^AP-WF-02-20-16 0337GMT<\r\n\x03\x04"));

    CHECK_STR(it.headline, S("Ferry sails after gales"));
    CHECK_STR(it.slugline, S("BC-Ferry, 1st Ld,416"));
    CHECK_STR(it.dateline, S("KETTLE HAVEN"));
    CHECK_STR(it.editor_note, S("Eds: Updates."));
    CHECK_STR(it.people[0].name, S("MARA TEALE"));
    CHECK_STR(words_of(t, &it),
              S("The ferry “Senna Queen” sailed again.\nIt was four days late.\n"));

    it = only_item(t, S("\x01"
                        "eca062 4 i 211 dpa 061\r\n\r\nIslands-weather/\r\n\x02"
                        "Ferry sails after gales =\r\n\r\n   Berlin (dpa) - The ferry sailed again "
                        "on Friday after four days of\r\ngales, the harbour office said on "
                        "Friday.\r\n\r\n   It was late. It was also very full and rather slow on "
                        "the\r\nway over.\r\n\r\n# dpa NOTEBOOK\r\n\r\n## Links\r\n\x03"
                        "212101 GMT Nov 18\r\n\x04"));
    CHECK_STR(it.headline, S("Ferry sails after gales"));
    CHECK_STR(it.dateline, S("Berlin"));
    CHECK_INT(it.body.count, 2);
}

TEST(text_notes_are_read_as_they_stand)
{
    struct wire_item it = only_item(
        t, S("What to bring to the lantern week\n\nThe parade starts at six. It ends when the wind "
             "says so.\n\n- a lantern\n- a coat\n\nChildren walk in front. Dogs stay at home.\n"));

    CHECK_STR(it.headline, S("What to bring to the lantern week"));
    CHECK_INT(it.body.count, 3);
    CHECK_INT(it.body.blocks[1].kind, BLOCK_LIST);
}

TEST(text_without_a_story_says_why)
{
    CHECK(str_find(trouble_of(t, S("Home\nNews\nSport\n")), S("fewer than two sentences")) > 0);
    CHECK(str_find(trouble_of(t, S("")), S("fewer than two sentences")) > 0);
    CHECK_STR(trouble_of(t, S("a\0b\1\2\3")),
              S("this is not text: it is full of control characters"));
}

TEST(furniture_is_known_by_its_words)
{
    static const char *const is[] = {
        "Read more",     "Advertisement",   "12 comments",           "Share on Facebook",
        "» Weiterlesen", "Mehr zum Thema",  "Lire aussi : la soupe", "We use cookies to count you.",
        "3 min read",    "© The Lamp 2026", "Comments (3)",          "Lesezeit: 3 Minuten"};
    static const char *const is_not[] = {
        "The ferry sailed.",     "Ferry sails after gales",    "Menus were short on the ferry.",
        "“Share it,” she said.", "Home is where the boat is.", "212 people waited"};

    for (size_t i = 0; i < LENGTH(is); i++)
        cr_assert(furniture_line(str_c(is[i])), "%s", is[i]);
    for (size_t i = 0; i < LENGTH(is_not); i++)
        cr_assert(!furniture_line(str_c(is_not[i])), "%s", is_not[i]);
    CHECK(furniture_menu(S("Home News Sport Weather Contact Us Puzzles")));
    CHECK(!furniture_menu(S("The Senna Queen sailed again from Kettle Haven")));
    CHECK_STR(furniture_without_icons(t->arena, S("The icon of the saint hung over the door.")),
              S("The icon of the saint hung over the door."));
}

/* --- samples ---------------------------------------------------------------------------------- */

static str sample(struct test *t, const char *name)
{
    if (test_samples() == NULL) {
        fprintf(stderr, "no samples here, so %s is not read\n", name);
        return S("");
    }
    str path = str_fmt(t->arena, "%s/%s", test_samples(), name);
    FILE *f = fopen(str_z(t->arena, path), "rb");
    if (f == NULL)
        return S("");
    fclose(f);
    return test_file(t, str_z(t->arena, path));
}

TEST(text_capture_of_a_regional_paper_is_read)
{
    str text = sample(t, "page-capture/regional-news-page.txt");

    if (text.n == 0)
        return;
    struct wire_item it = only_item(t, text);
    str words = words_of(t, &it);
    CHECK_STR(it.headline,
              S("North Korean leader Kim Jong Un heading to Russia for meeting with Putin"));
    CHECK_STR(it.people[0].name, S("Press Association"));
    CHECK_INT(it.media_count, 1);
    CHECK_STR(it.media[0].caption,
              S("Russian President Vladimir Putin and North Korea’s leader Kim Jong Un"));
    CHECK_STR(it.media[0].credit, S("Alexander Zemlianichenko/AP"));
    CHECK(str_starts(words, S("North Korean leader Kim Jong Un has departed for Russia")));
    CHECK(str_ends(words, S("reviving a symbol of his family’s dynastic rule.\n")));
    CHECK(str_find_nocase(words, S("icon")) < 0);
    CHECK_INT(it.body.count, 13);
}

TEST(text_samples_of_agencies_are_read)
{
    static const struct {
        const char *file, *headline;
        size_t items;
    } cases[] = {
        {"wire-superdesk-core/io/IPTC7901.txt",
         "Germany Social Democrats: Coalition talks with Merkel could fail", 1},
        {"wire-superdesk-core/io/anpa-1.tst", "For Argentine chemo patients, mirrors can hurt", 1},
        {"wire-superdesk-core/io/ap_anpa-1.tst",
         "Deng has 30 points, short-handed Heat beat Hawks 115-111", 1},
        {"wire-superdesk-core/io/dpa_two_line.txt",
         "Peace talks on Yemen to take place in Sweden next month, Mattis says", 1},
        {"wire-superdesk-agencies/belga/io/fixtures/ats.txt",
         "Gilets jaunes: une «catastrophe pour notre économie» (Le Maire)", 1},
        {"wire-superdesk-agencies/belga/io/fixtures/kyodo.txt",
         "Soccer: Urawa Reds claim 7th Emperor's Cup by beating Vegalta Sendai", 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        str text = sample(t, cases[i].file);

        if (text.n == 0)
            continue;
        struct wire_batch batch = read_text(t, text);
        cr_assert(batch.item_count == cases[i].items, "%s: %zu items", cases[i].file,
                  batch.item_count);
        CHECK_STR(batch.items[0].headline, str_c(cases[i].headline));
        if (getenv("SHOW") != NULL)
            fprintf(stderr, "%s\n%.*s\n", cases[i].file, STR(words_of(t, &batch.items[0])));
    }
}

TEST(text_embargo_without_a_zone_is_of_the_papers_own_clock)
{
    struct zone *zone = NULL;
    struct wire_batch batch = {0};
    str text = S("EMBARGOED UNTIL 00.01 Tuesday 24 November 2026\n\nHarbour opens its gate\n\n"
                 "The harbour gate opens again on Tuesday, the authority has said. It was shut for "
                 "nine days after the storm.\n");

    CHECK_OK(zone_load(t->arena, S("America/Halifax"), &zone, &t->why));

    struct wire_here west = {here.now, zone};

    CHECK_OK(wire_parse_text(t->arena, text, &west, &batch, &t->why));
    CHECK_INT(batch.item_count, 1);
    CHECK_STR(date_iso(t->arena, batch.items[0].embargo_at), S("2026-11-24T04:01:00Z"));
}
