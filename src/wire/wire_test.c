#include "base/test.h"
#include "base/utf8.h"
#include "wire/dialect.h"
#include "wire/wire.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

TEST(wire_sniffs_by_the_bytes_and_not_by_the_name)
{
    static const struct {
        str bytes;
        enum wire_dialect dialect;
    } cases[] = {
        {S_INIT("<?xml version='1.0'?><!-- x --><newsMessage xmlns='a'/>"), WIRE_NEWSML_G2},
        {S_INIT("\xEF\xBB\xBF<n:newsItem xmlns:n='a'/>"), WIRE_NEWSML_G2},
        {S_INIT("<!DOCTYPE nitf SYSTEM 'x' [<!ELEMENT a (b)>]>\n<nitf>"), WIRE_NITF},
        {S_INIT("<rss version='2.0'>"), WIRE_RSS},
        {S_INIT("<rdf:RDF>"), WIRE_RSS},
        {S_INIT("<feed xmlns='http://www.w3.org/2005/Atom'>"), WIRE_ATOM},
        {S_INIT("<!doctype html><title>x</title>"), WIRE_HTML},
        {S_INIT("<p>one</p>"), WIRE_HTML},
        {S_INIT(" {\"uri\": 1}"), WIRE_NINJS},
        {S_INIT("[{\"uri\": 1}]"), WIRE_NINJS},
        {S_INIT("[Update] Ferry sails"), WIRE_TEXT},
        {S_INIT("Received: from x\r\nSubject: y\r\n\r\nz"), WIRE_TEXT},
        {S_INIT("Caf\xE9"), WIRE_TEXT},
        {S_INIT("\xFF\xD8\xFF\xE0\0\x10JFIF"), WIRE_PICTURE},
        {S_INIT("\x89PNG\r\n\x1A\n"), WIRE_PICTURE},
        {S_INIT("\0\0\0\x18"
                "ftypmp42"),
         WIRE_FILM},
        {S_INIT("\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm"), WIRE_FILM},
        {S_INIT("ID3\4"), WIRE_FILM},
        {S_INIT("OggS"), WIRE_FILM},
        {S_INIT("WEBVTT\n"), WIRE_CAPTIONS},
        {S_INIT("WEBVTTER, a magazine"), WIRE_TEXT},
        {S_INIT("%PDF-1.7"), WIRE_UNKNOWN},
        {S_INIT("<NewsML Version='1.2'>"), WIRE_UNKNOWN},
        {S_INIT("a\0b"), WIRE_UNKNOWN},
        {S_INIT(""), WIRE_UNKNOWN},
        {S_INIT("\xFF\xFE<\0r\0s\0s\0>\0"), WIRE_RSS},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        cr_assert(wire_look(t->arena, cases[i].bytes, S("x.txt")).dialect == cases[i].dialect,
                  "case %zu", i);
}

TEST(wire_names_what_it_cannot_read)
{
    static const struct {
        str bytes, what;
    } cases[] = {
        {S_INIT("%PDF-1.7"), S_INIT("a PDF document")},
        {S_INIT("PK\x03\x04zzzz"), S_INIT("a ZIP archive (or an office document)")},
        {S_INIT("\0\0\0\x18"
                "ftypqt  "),
         S_INIT("a QuickTime film; browsers play MP4 and WebM")},
        {S_INIT(""), S_INIT("an empty file")},
        {S_INIT("<NewsML Version='1.2'/>"),
         S_INIT("NewsML 1, which is not read; ask the sender for NewsML-G2, NITF or ninjs")},
        {S_INIT("<weird/>"), S_INIT("XML of a kind that is not known here (<weird>)")},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_sniffed found = wire_look(t->arena, cases[i].bytes, S("f"));

        CHECK_INT(found.dialect, WIRE_UNKNOWN);
        CHECK_STR(found.what, cases[i].what);
    }
}

TEST(wire_versions_are_ordered_as_people_mean_them)
{
    static const struct {
        const char *x, *y;
        int order;
    } cases[] = {
        {"2", "10", -1},
        {"10", "10", 0},
        {"010", "10", 0},
        {"99999999999999999999", "100000000000000000000", -1},
        {"", "1", -1},
        {"", "", 0},
        {"1.9", "1.10", -1},
        {"2026-03-01T10:00:00+01:00", "2026-03-01T09:30:00Z", -1},
        {"2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z", 0},
        {"b", "a", 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int order = wire_version_order(str_c(cases[i].x), str_c(cases[i].y));
        int back = wire_version_order(str_c(cases[i].y), str_c(cases[i].x));

        cr_assert((order > 0) - (order < 0) == cases[i].order, "case %zu", i);
        cr_assert((back > 0) - (back < 0) == -cases[i].order, "case %zu back", i);
    }
}

struct tally {
    size_t files, items, troubles;
};

static void check_batch(const char *path, const struct wire_batch *batch)
{
    cr_assert(batch->item_count + batch->trouble_count > 0, "%s: neither taken nor refused", path);
    for (size_t i = 0; i < batch->item_count; i++) {
        const struct wire_item *item = &batch->items[i];
        cr_assert(item->guid.n > 0, "%s: no guid", path);
        cr_assert(item->line > 0, "%s: no line", path);
        cr_assert(utf8_ok(item->headline), "%s: headline is not UTF-8", path);
        for (size_t j = 0; j < item->subject_count; j++)
            cr_assert(utf8_ok(item->subjects[j].name), "%s: subject is not UTF-8", path);
    }
    for (size_t i = 0; i < batch->trouble_count; i++)
        cr_assert(batch->troubles[i].reason.n > 0, "%s: no reason", path);
}

/* One of the XML dialects; other files are named, or left to their own parsers' tests. */
static bool read_xml(struct test *t, str bytes, enum wire_dialect dialect, struct wire_batch *out)
{
    *out = (struct wire_batch){0};
    if (dialect == WIRE_NEWSML_G2)
        CHECK_OK(wire_parse_newsml_g2(t->arena, bytes, out, &t->why));
    else if (dialect == WIRE_NITF)
        CHECK_OK(wire_parse_nitf(t->arena, bytes, out, &t->why));
    else if (dialect == WIRE_RSS || dialect == WIRE_ATOM)
        CHECK_OK(wire_parse_feed(t->arena, bytes, out, &t->why));
    else
        return false;
    return true;
}

static void read_file(struct test *t, const char *path, struct tally *sum)
{
    str bytes = test_file(t, path);
    struct wire_sniffed found = wire_look(t->arena, bytes, str_c(path));
    struct wire_batch batch;

    sum->files++;
    if (found.dialect == WIRE_UNKNOWN)
        cr_assert(found.what.n > 0, "%s: not named", path);
    if (!read_xml(t, bytes, found.dialect, &batch))
        return;
    check_batch(path, &batch);
    sum->items += batch.item_count;
    sum->troubles += batch.trouble_count;
    for (size_t i = 0; i < batch.trouble_count && getenv("SHOW") != NULL; i++)
        fprintf(stderr, "%s:%d: %.*s\n", path, batch.troubles[i].line,
                STR(batch.troubles[i].reason));
}

static void read_folder(struct test *t, const char *folder, struct tally *sum)
{
    DIR *d = opendir(folder);
    struct dirent *entry;

    while (d != NULL && (entry = readdir(d)) != NULL) {
        char path[4096];
        struct stat st;

        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            read_folder(t, path, sum);
        else
            SCRATCH (t->arena) {
                read_file(t, path, sum);
            }
    }
    if (d != NULL)
        closedir(d);
}

TEST(wire_takes_or_refuses_every_sample_with_a_reason)
{
    struct tally sum = {0};

    if (test_samples() == NULL) {
        fprintf(stderr, "no shared samples here\n");
        return;
    }
    read_folder(t, test_samples(), &sum);
    if (getenv("SHOW") != NULL)
        fprintf(stderr, "%zu files, %zu items, %zu troubles\n", sum.files, sum.items, sum.troubles);
    CHECK(sum.files > 4000);
    CHECK(sum.items > 1000);
}
