#include "base/test.h"
#include "text/dates.h"

/* 2026-11-23 21:30:00 UTC */
static const int64_t evening = INT64_C(1795469400) * SECOND_US;

static struct zone *load(struct test *t, const char *name)
{
    struct zone *z = NULL;

    CHECK_OK(zone_load(t->arena, str_c(name), &z, &t->why));
    return z;
}

TEST(date_parse_reads_what_copy_and_feeds_write)
{
    static const char *const same[] = {
        "2026-11-23T21:30:00Z",
        "2026-11-23T22:30:00+01:00",
        "2026-11-23T22:30:00+0100",
        "2026-11-23T22:30:00+01",
        "20261123T223000+0100",
        "20261123T213000Z",
        "20261123T2130Z",
        "20261123213000Z",
        "2026-11-23 21:30:00 UTC",
        "2026-11-23t21:30:00z",
        "2026-11-23T21:30Z",
        "2026-11-23T21:30:00.000Z",
        "2026-327T21:30Z",
        "2026-W48-1T21:30Z",
        "Mon, 23 Nov 2026 22:30:00 +0100",
        "Mon, 23 Nov 2026 21:30:00 GMT",
        "Mon, 23 Nov 2026 16:30:00 EST",
        "23 Nov 2026 21:30 UT",
        "23 Nov 26 21:30:00 Z",
        "Monday, 23-Nov-26 21:30:00 GMT",
        "Mon Nov 23 21:30:00 2026",
        "Mon Nov 23 16:30:00 EST 2026",
        "Mon, 23 Nov 2026 22:30:00 +0100 (CET)",
        "November 23, 2026 9:30 PM",
        "  Mon , 23 November 2026 21:30:00 GMT ",
        "Mon, 23 Nov 2026 22:30:00 GMT+0100",
        "23 November 2026, 21:30",
        "23 Nov 2026 14:30 -0700",
        "2026-11-23 22:30:00.000000 +01:00",
        "2026/11/23 21:30",
    };
    for (size_t i = 0; i < LENGTH(same); i++) {
        int64_t at = 0;

        cr_assert(date_parse(str_c(same[i]), NULL, &at), "cannot read %s", same[i]);
        cr_assert(at == evening, "%s: got %lld", same[i], (long long)at);
    }
}

TEST(date_parse_refuses_what_is_no_date)
{
    static const char *const none[] = {
        "",           "yesterday",     "2026-13-01",       "2026-02-29", "2026-11-23T25:00Z",
        "2026-11-31", "32 Nov 2026",   "23 Nov",           "12",         "2026-11-23T22:30:61Z",
        "0000-01-01", "2026-W54-1",    "2026-366",         "23:30",      "2026-11-23T21:30Zjunk",
        "T",          "2026-11-23T",   "2026-11-23T21:3Z", "+1",         "Mon, 23 Foo 2026 10:00",
        "-",          "2026-11-23Z+5x"};

    for (size_t i = 0; i < LENGTH(none); i++) {
        int64_t at = 7;

        cr_assert(!date_parse(str_c(none[i]), NULL, &at), "took %s", none[i]);
        CHECK_INT(at, 7);
    }
}

TEST(date_parse_counts_leap_seconds_and_the_end_of_the_day)
{
    int64_t a = 0, b = 0;

    CHECK(date_parse(S("2016-12-31T23:59:60Z"), NULL, &a));
    CHECK(date_parse(S("2017-01-01T00:00:00Z"), NULL, &b));
    CHECK_INT(a, b);
    CHECK(date_parse(S("2016-12-31T24:00:00Z"), NULL, &a));
    CHECK_INT(a, b);
    CHECK(date_parse(S("2017-01-01T00:00:00.1234567Z"), NULL, &a));
    CHECK_INT(a - b, 123456);
}

TEST(a_date_without_zone_is_in_the_papers_zone)
{
    struct zone *vienna = load(t, "Europe/Vienna");
    int64_t at = 0;

    CHECK(date_parse(S("2026-11-23 22:30"), vienna, &at));
    CHECK_INT(at, evening);
    CHECK(date_parse(S("2026-07-01"), vienna, &at));
    CHECK_STR(date_iso(t->arena, at), S("2026-06-30T22:00:00Z"));
}

TEST(zones_know_summer_winter_and_the_hours_between)
{
    struct zone *vienna = load(t, "Europe/Vienna");
    struct civil skipped = {.year = 2026, .month = 3, .day = 29, .hour = 2, .minute = 30};
    struct civil twice = {.year = 2026, .month = 10, .day = 25, .hour = 2, .minute = 30};
    int64_t at = 0;

    CHECK(civil_at(&skipped, vienna, &at));
    CHECK_STR(date_iso_in(t->arena, at, vienna), S("2026-03-29T03:30:00+02:00"));
    CHECK(civil_at(&twice, vienna, &at));
    CHECK_STR(date_iso_in(t->arena, at, vienna), S("2026-10-25T02:30:00+02:00"));
    CHECK_STR(date_iso_in(t->arena, at + HOUR_US, vienna), S("2026-10-25T02:30:00+01:00"));
    CHECK_STR(zone_word(vienna, evening), S("CET"));
}

TEST(zones_beyond_the_table_follow_the_last_rule)
{
    struct zone *york = load(t, "America/New_York"), *sydney = load(t, "Australia/Sydney");
    int64_t january = 0, july = 0;

    CHECK(date_parse(S("2095-01-15T12:00Z"), NULL, &january));
    CHECK(date_parse(S("2095-07-15T12:00Z"), NULL, &july));
    CHECK_INT(zone_offset(york, january), -5 * 3600);
    CHECK_INT(zone_offset(york, july), -4 * 3600);
    CHECK_INT(zone_offset(sydney, january), 11 * 3600);
    CHECK_INT(zone_offset(sydney, july), 10 * 3600);
    CHECK_INT(zone_offset(NULL, july), 0);
}

TEST(zone_load_takes_names_only)
{
    struct zone *z = NULL;

    CHECK_ERR(zone_load(t->arena, S("../../etc/passwd"), &z, &t->why), E_INVALID);
    CHECK_ERR(zone_load(t->arena, S("/etc/localtime"), &z, &t->why), E_INVALID);
    CHECK_ERR(zone_load(t->arena, S("Nowhere/City"), &z, &t->why), E_MISSING);
    CHECK_ERR(zone_read(t->arena, S("TZif2 not really"), &z, &t->why), E_INVALID);
}

TEST(every_prefix_of_a_zone_file_is_refused_or_read)
{
    str file = test_file(t, "/usr/share/zoneinfo/Europe/Vienna");
    size_t read = 0;

    for (size_t n = 0; n < file.n; n++)
        SCRATCH (t->arena) {
            struct zone *z = NULL;

            if (zone_read(t->arena, str_of(str_dup(t->arena, str_to(file, n)).p, n), &z, &t->why) ==
                OK) {
                (void)zone_offset(z, evening);
                read++;
            }
        }
    CHECK(read < file.n / 2);
}

TEST(dates_are_written_as_each_outlet_wants_them)
{
    struct zone *vienna = load(t, "Europe/Vienna");

    CHECK_STR(date_iso(t->arena, evening), S("2026-11-23T21:30:00Z"));
    CHECK_STR(date_iso(t->arena, evening + 5000), S("2026-11-23T21:30:00.005Z"));
    CHECK_STR(date_iso_in(t->arena, evening, vienna), S("2026-11-23T22:30:00+01:00"));
    CHECK_STR(date_http(t->arena, evening), S("Mon, 23 Nov 2026 21:30:00 GMT"));
    CHECK_STR(date_mail(t->arena, evening, vienna), S("Mon, 23 Nov 2026 22:30:00 +0100"));
    CHECK_STR(date_human(t->arena, evening, vienna, NULL), S("23 November 2026, 22:30"));
    CHECK_STR(date_human_long_day(t->arena, evening, vienna, NULL), S("Monday 23 November 2026"));
    CHECK_STR(date_day(t->arena, evening + 2 * HOUR_US, vienna), S("2026-11-24"));
}

TEST(date_relative_speaks_as_people_do)
{
    struct zone *vienna = load(t, "Europe/Vienna");
    static const struct {
        int64_t age;
        const char *words;
    } cases[] = {
        {30 * SECOND_US, "just now"},     {MINUTE_US, "1 minute ago"},
        {5 * MINUTE_US, "5 minutes ago"}, {2 * HOUR_US, "2 hours ago"},
        {23 * HOUR_US, "yesterday"},      {3 * DAY_US, "3 days ago"},
        {8 * DAY_US, "15 November 2026"}, {-DAY_US, "24 November 2026, 22:30"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(date_relative(t->arena, evening - cases[i].age, evening, vienna, NULL),
                  str_c(cases[i].words));
}

TEST(any_moment_survives_writing_and_reading)
{
    struct zone *york = load(t, "America/New_York");

    for (int i = 0; i < 5000; i++)
        SCRATCH (t->arena) {
            int64_t at = (int64_t)test_number(t, UINT64_C(315537897600)) * SECOND_US -
                         INT64_C(62135596800) * SECOND_US + (int64_t)test_number(t, 1000000);
            int64_t got = 0, second = at - ((at % SECOND_US) + SECOND_US) % SECOND_US;

            CHECK(date_parse(date_iso(t->arena, at), NULL, &got));
            CHECK_INT(got, at);
            if (second > INT64_C(-2208988800) * SECOND_US &&
                second < INT64_C(250000000000) * SECOND_US) {
                CHECK(date_parse(date_mail(t->arena, second, york), NULL, &got));
                CHECK_INT(got, second);
            }
            CHECK(date_parse(date_http(t->arena, second), NULL, &got));
            CHECK_INT(got, second);
        }
}
