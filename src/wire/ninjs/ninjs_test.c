#include "base/test.h"
#include "base/utf8.h"
#include "wire/wire.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct wire_batch read_json(struct test *t, str json)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_ninjs(t->arena, json, &batch, &t->why));
    return batch;
}

static struct wire_item only_item(struct test *t, const char *json)
{
    struct wire_batch batch = read_json(t, str_c(json));

    cr_assert(batch.item_count == 1, "%zu items, %.*s", batch.item_count,
              STR(batch.trouble_count > 0 ? batch.troubles[0].reason : S("no trouble")));
    return batch.items[0];
}

static str trouble_of(struct test *t, const char *json)
{
    struct wire_batch batch = read_json(t, str_c(json));

    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    return batch.troubles[0].reason;
}

static str words_of(struct test *t, const struct block *b)
{
    buf all = buf_new(t->arena, 1 << 20);

    for (size_t i = 0; i < b->span_count; i++)
        buf_add(&all, b->spans[i].text);
    return buf_str(&all);
}

static const char first_generation[] =
    "{\"uri\":\"tag:fathom.example,2026:ferry\",\"type\":\"text\",\"version\":\"3\","
    "\"versioncreated\":\"2026-11-20T08:00:00+01:00\",\"firstcreated\":\"2026-11-20T06:00:00Z\","
    "\"pubstatus\":\"usable\",\"urgency\":2,\"language\":\"en-GB\",\"headline\":\"Ferry & mail "
    "resume\",\"headline_kicker\":\"Sea\",\"byline\":\"By Nell Varley\",\"slugline\":\"Ferry\","
    "\"located\":\"Kettle Haven\",\"description_text\":\"A first boat in four days.\","
    "\"usageterms\":[\"No archive.\",\"No sale.\"],\"ednote\":\"Ring the desk\","
    "\"copyrightnotice\":\"(c) Fathom\",\"infosource\":[{\"name\":\"The Fathom\"}],"
    "\"genre\":[{\"code\":\"genre:Current\",\"name\":\"Current\"}],"
    "\"subject\":[{\"code\":\"medtop:20000418\",\"name\":\"x\","
    "\"scheme\":\"http://cv.iptc.org/newscodes/mediatopic/\"},{\"code\":\"15054000\",\"name\":\"soc"
    "cer\"},{\"name\":\"boats\"}],"
    "\"body_text\":\"Plain\",\"body_xhtml\":\"<p>KETTLE HAVEN (NV) - The <b>ferry</b> "
    "sailed.</p><p>It was late.</p>\","
    "\"associations\":{\"lead\":{\"uri\":\"pic-1\",\"type\":\"picture\",\"byline\":\"Joss "
    "Tarrant\",\"description_caption\":\"The quay\",\"description_alt\":\"A quay\",\"renditions\":{"
    "\"thumbnail\":{\"href\":\"t.jpg\",\"width\":10,\"height\":10},\"original\":{\"href\":\"../"
    "p/quay.jpg\",\"mimetype\":\"image/jpeg\",\"width\":2000,\"height\":1000}}},"
    "\"more\":{\"uri\":\"tag:other\",\"type\":\"text\"}}}";

TEST(ninjs_of_the_first_generation_is_read)
{
    struct wire_item it = only_item(t, first_generation);

    CHECK_STR(it.guid, S("tag:fathom.example,2026:ferry"));
    CHECK_STR(it.version, S("3"));
    CHECK_STR(it.headline, S("Ferry & mail resume"));
    CHECK_STR(it.kicker, S("Sea"));
    CHECK_STR(it.standfirst, S("A first boat in four days."));
    CHECK_STR(it.people[0].name, S("Nell Varley"));
    CHECK_STR(it.usage, S("No archive. No sale."));
    CHECK_STR(it.editor_note, S("Ring the desk"));
    CHECK_STR(it.genre, S("current"));
    CHECK_STR(it.source, S("The Fathom"));
    CHECK_STR(it.place, S("Kettle Haven"));
    CHECK_STR(it.dateline, S("KETTLE HAVEN"));
    CHECK_INT(it.urgency, 2);
    CHECK_INT(it.changed_at, 1795158000 * SECOND_US);
    CHECK_INT(it.subject_count, 3);
    CHECK_STR(it.subjects[0].scheme, S("medtop"));
    CHECK_STR(it.subjects[0].code, S("20000418"));
    CHECK_STR(it.subjects[1].scheme, S("subj"));
    CHECK_STR(it.subjects[2].name, S("boats"));
    CHECK_INT(it.body.count, 2);
    CHECK_STR(words_of(t, &it.body.blocks[0]), S("The ferry sailed."));
    CHECK_INT(it.media_count, 1);
    CHECK_STR(it.media[0].renditions[0].address, S("../p/quay.jpg"));
    CHECK_STR(it.media[0].renditions[1].use, S("thumbnail"));
    CHECK_STR(it.media[0].caption, S("The quay"));
    CHECK_STR(it.media[0].alt, S("A quay"));
    CHECK_STR(it.media[0].credit, S("Joss Tarrant"));
    CHECK_INT(it.link_count, 1);
    CHECK_STR(it.links[0].guid, S("tag:other"));
}

TEST(ninjs_of_the_later_generations_is_read)
{
    struct wire_item it = only_item(
        t, "{\"uri\":\"urn:x:1\",\"type\":\"text\",\"pubStatus\":\"usable\",\"by\":\"By Ann Lee, "
           "Energy editor\",\"versionCreated\":\"2026-11-20T08:00:00Z\",\"embargoedUntil\":\"2026-"
           "11-24T00:01:00Z\",\"headlines\":[{\"role\":\"kicker\",\"value\":\"Power\"},{\"role\":"
           "\"main\",\"value\":\"Cable <i>lives</i>\"}],\"bodies\":[{\"role\":\"main\","
           "\"contentType\":\"text/plain\",\"value\":\"Words.\"},{\"contentType\":\"text/html\","
           "\"value\":\"<p>Marked words.</p>\"}],\"descriptions\":[{\"role\":\"alt\",\"value\":"
           "\"no\"},{\"role\":\"summary\",\"value\":\"In short.\"}],\"subjects\":[{\"uri\":"
           "\"http://cv.iptc.org/newscodes/mediatopic/20000576\",\"name\":\"voting\"}],"
           "\"genres\":[{\"uri\":\"http://cv.iptc.org/newscodes/genre/Current\"}],"
           "\"associations\":[{\"name\":\"main\",\"uri\":\"urn:p\",\"type\":\"picture\","
           "\"renditions\":[{\"name\":\"web\",\"href\":\"a.jpg\"}]}]}");

    CHECK_STR(it.headline, S("Cable lives"));
    CHECK_STR(it.kicker, S("Power"));
    CHECK_STR(it.standfirst, S("In short."));
    CHECK_STR(it.people[0].role, S("Energy editor"));
    CHECK_INT(it.embargo_at, 1795478460 * SECOND_US);
    CHECK_STR(words_of(t, &it.body.blocks[0]), S("Marked words."));
    CHECK_STR(it.subjects[0].code, S("20000576"));
    CHECK_STR(it.genre, S("current"));
    CHECK_STR(it.media[0].renditions[0].use, S("web"));
}

TEST(ninjs_items_are_found_in_lists_and_envelopes)
{
    struct wire_batch batch =
        read_json(t, S("[\n{\"uri\":\"a\",\"headline\":\"A\"},\n{\"headline\":\"no uri\"},\n"
                       "{\"uri\":\"c\",\"headline\":\"C\",\"place\":[{}]}]"));

    CHECK_INT(batch.item_count, 2);
    CHECK_INT(batch.items[1].line, 4);
    CHECK_INT(batch.trouble_count, 1);
    CHECK_INT(batch.troubles[0].line, 3);
    batch = read_json(t, S("{\"api\":\"1\",\"data\":{\"meta\":{},\"items\":[{\"meta\":{},\"item\":{"
                           "\"uri\":\"a\",\"headline\":\"A\"}}]}}"));
    CHECK_INT(batch.item_count, 1);
    CHECK_INT(batch.trouble_count, 0);
}

TEST(ninjs_that_cannot_be_right_is_refused_with_the_place)
{
    static const struct {
        const char *json, *reason;
    } cases[] = {
        {"{\"uri\":\"a\",\"headline\":42}", "headline is a number, must be text"},
        {"{\"uri\":\"a\",\"person\":\"Jo\"}", "person is text, must be a list"},
        {"{\"uri\":\"a\",\"associations\":{\"x\":{\"title\":[]}}}",
         "associations.x.title is a list, must be text"},
        {"{\"headline\":\"a\"}", "uri is missing: an item must say which one it is"},
        {"{\"uri\":\"a\",\"type\":\"opera\"}", "type \"opera\" is no type of news"},
        {"{\"uri\":\"a\",\"pubstatus\":\"replaced\"}",
         "pubstatus \"replaced\" is not usable, withheld or canceled: whether it may be used "
         "cannot "
         "be told"},
        {"{\"uri\":\"a\",\"embargoed\":\"tomorrow\"}", "embargoed \"tomorrow\" is not a time"},
        {"{\"uri\":\"a\",\"embargoed\":\"2026-11-24T00:01:00\"}",
         "embargoed \"2026-11-24T00:01:00\" does not say its time zone; have it sent again with "
         "one"},
        {"{\"uri\":\"a\",\"bad\":\"b\"}",
         "no headline, text or picture, and \"bad\" is no property of ninjs"},
        {"{\"uri\":\"a\",\"headline\":\"b\",\"renditions\":{\"nitf\":{\"mimetype\":\"text/xml\","
         "\"href\":\"https://x.example/1\"}}}",
         "the text is missing: it is not in the item but at renditions.nitf; have it sent inside "
         "(body_xhtml)"},
        {"{\"uri\":\"a\",\"headline_\":\"b\"}", "headline_: a name must follow the '_'"},
        {"{\"a\":1}", "this JSON object is not ninjs: it has no uri, no headline and no text, nor "
                      "items that have"},
        {"42", "this JSON is not ninjs: an object was expected"},
        {"[]", "there is no item of news in this JSON list"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(trouble_of(t, cases[i].json), str_c(cases[i].reason));
    struct wire_batch batch = read_json(t, S("{\"uri\":\n\n oops}"));
    CHECK_INT(batch.troubles[0].line, 3);
}

TEST(ninjs_limits_hold)
{
    struct wire_batch batch = {0};
    buf deep = buf_new(t->arena, 1 << 20);

    for (int i = 0; i < 1000; i++)
        buf_char(&deep, '[');
    CHECK_ERR(wire_parse_ninjs(t->arena, buf_str(&deep), &batch, &t->why), E_LIMIT);
}

TEST(ninjs_kills_and_cancels_are_read)
{
    struct wire_item it =
        only_item(t, "{\"uri\":\"a\",\"pubstatus\":\"canceled\",\"signals\":[\"sig:kill\"]}");

    CHECK_INT(it.status, WIRE_CANCELLED);
    CHECK_INT(it.signal, WIRE_KILL);
}

/* --- samples ---------------------------------------------------------------------------------- */

struct tally {
    size_t files, taken, refused;
};

static void read_sample(struct test *t, const char *path, struct tally *sum)
{
    struct wire_batch batch = {0};
    err e = wire_parse_ninjs(t->arena, test_file(t, path), &batch, &t->why);

    sum->files++;
    sum->taken += batch.item_count > 0;
    sum->refused += batch.item_count == 0;
    cr_assert(e != OK || batch.item_count + batch.trouble_count > 0, "%s", path);
    for (size_t i = 0; i < batch.item_count; i++) {
        const struct wire_item *it = &batch.items[i];

        cr_assert(it->guid.n > 0 && it->line > 0 && utf8_ok(it->headline), "%s", path);
        if (getenv("SHOW") != NULL)
            fprintf(stderr, "%s:%d: %.*s | %.*s | %zu blocks %zu media %zu subjects %zu people\n",
                    path, it->line, STR(it->guid), STR(it->headline), it->body.count,
                    it->media_count, it->subject_count, it->person_count);
    }
    for (size_t i = 0; i < batch.trouble_count && getenv("SHOW") != NULL; i++)
        fprintf(stderr, "%s:%d: ! %.*s\n", path, batch.troubles[i].line,
                STR(batch.troubles[i].reason));
}

static void read_samples(struct test *t, const char *folder, const char *only, struct tally *sum)
{
    DIR *d = opendir(folder);
    struct dirent *entry;

    while (d != NULL && (entry = readdir(d)) != NULL) {
        str path = str_fmt(t->arena, "%s/%s", folder, entry->d_name);
        struct stat st;

        if (entry->d_name[0] == '.' || stat(str_z(t->arena, path), &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            read_samples(t, str_z(t->arena, path), only, sum);
        else if (str_ends(path, S(".json")) && (only == NULL || str_find(path, str_c(only)) >= 0))
            SCRATCH (t->arena) {
                read_sample(t, str_z(t->arena, path), sum);
            }
    }
    if (d != NULL)
        closedir(d);
}

static bool sample_folder(struct test *t, const char *name, const char *only, struct tally *sum)
{
    *sum = (struct tally){0};
    if (test_samples() == NULL) {
        fprintf(stderr, "no samples here, so %s is not read\n", name);
        return false;
    }
    str folder = str_fmt(t->arena, "%s/%s", test_samples(), name);
    read_samples(t, str_z(t->arena, folder), only, sum);
    return sum->files > 0;
}

TEST(ninjs_of_the_standard_is_taken_and_what_breaks_it_mostly_refused)
{
    struct tally sum;

    if (!sample_folder(t, "ninjs-iptc/test_suite", "should_pass", &sum))
        return;
    CHECK_INT(sum.refused, 0);
    sample_folder(t, "ninjs-iptc/test_suite", "should_fail", &sum);
    CHECK(sum.refused * 4 >= sum.files * 3);
    sample_folder(t, "ninjs-iptc/examples", NULL, &sum);
    CHECK_INT(sum.refused, 1); /* a schema lies among them */
}

TEST(ninjs_near_relatives_of_agencies_are_taken_where_they_can_be)
{
    struct tally sum;

    if (!sample_folder(t, "wire-superdesk-core/io", NULL, &sum))
        return;
    CHECK(sum.taken > sum.refused * 4); /* of some the text lies elsewhere */
    sample_folder(t, "newsml-g2-dpa-pairs/input", NULL, &sum);
    CHECK_INT(sum.refused, 0);
    sample_folder(t, "wire-superdesk-agencies", NULL, &sum);
}

TEST(ninjs_reader_survives_hostile_json)
{
    struct tally sum;

    if (!sample_folder(t, "hostile-json-testsuite", NULL, &sum))
        return;
    CHECK_INT(sum.taken, 0);
}

TEST(ninjs_kill_stands_however_badly_it_is_written)
{
    static const char *const kills[] = {
        "{\"uri\": \"u\", \"pubstatus\": \"canceled\", \"embargoed\": \"?\", \"headline\": \"H\"}",
        "{\"uri\": \"u\", \"pubStatus\": \"canceled\", \"headline\": 42}",
        "{\"uri\": \"u\", \"state\": \"killed\", \"type\": \"novel\"}",
    };
    for (size_t i = 0; i < LENGTH(kills); i++) {
        struct wire_batch batch = {0};

        CHECK_OK(wire_parse_ninjs(t->arena, str_c(kills[i]), &batch, &t->why));
        CHECK_INT(batch.item_count, 1);
        CHECK_INT(batch.items[0].status, WIRE_CANCELLED);
    }
}

TEST(ninjs_that_was_not_published_where_it_was_written_is_withheld)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_ninjs(t->arena,
                              S("{\"_items\": [{\"_id\": \"a\", \"headline\": \"H\", \"state\": "
                                "\"in_progress\"}, {\"_id\": \"b\", \"headline\": \"H\", "
                                "\"state\": \"published\"}]}"),
                              &batch, &t->why));
    CHECK_INT(batch.item_count, 2);
    CHECK_STR(batch.items[0].guid, S("a"));
    CHECK_INT(batch.items[0].status, WIRE_WITHHELD);
    CHECK_INT(batch.items[1].status, WIRE_USABLE);
}

TEST(ninjs_credit_at_the_end_of_a_caption_is_taken_off)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_ninjs(t->arena,
                              S("{\"uri\": \"u\", \"headline\": \"H\", \"associations\": {\"p\": "
                                "{\"uri\": \"v\", \"type\": \"picture\", \"description_text\": "
                                "\"The pier at dusk (Cy Dee/Acme)\"}}}"),
                              &batch, &t->why));
    CHECK_STR(batch.items[0].media[0].caption, S("The pier at dusk"));
    CHECK_STR(batch.items[0].media[0].credit, S("Cy Dee/Acme"));
}

TEST(json_schema_is_named)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_ninjs(t->arena,
                              S("{\"$schema\": \"x\", \"type\": \"object\", "
                                "\"properties\": {\"uri\": {}}}"),
                              &batch, &t->why));
    CHECK_INT(batch.item_count, 0);
    CHECK_STR(batch.troubles[0].reason, S("this is a JSON schema, which holds no news"));
}

TEST(ninjs_that_cannot_be_decoded_is_a_trouble_of_the_whole_file)
{
    struct wire_batch batch = {0};

    CHECK_OK(wire_parse_ninjs(t->arena, S("\xff\xfe\x31\x12\x31"), &batch, &t->why));
    CHECK_INT(batch.item_count, 0);
    CHECK_INT(batch.trouble_count, 1);
    CHECK_INT(batch.troubles[0].line, 0);
}
