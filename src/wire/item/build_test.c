#include "base/test.h"
#include "base/time.h"
#include "wire/item/build.h"

TEST(wire_times_are_read_in_every_spelling)
{
    static const struct {
        const char *said;
        int64_t seconds;
        bool zoned;
    } cases[] = {
        {"2012-03-15T12:00:00+01:00", 1331809200, true},
        {"2018-10-21T16:25:32-05:00", 1540157132, true},
        {"  2018-10-31T11:37:23+01:00    ", 1540982243, true},
        {"2017-10-11T10:41:00+0100", 1507714860, true},
        {"2016-05-24 20:53:25+00:00", 1464123205, true},
        {"20020226T093000-0500", 1014733800, true},
        {"20190703T040512Z", 1562126712, true},
        {"2013-03-01T15:09:04.000Z", 1362150544, true},
        {"2016-01-12 12:35:40", 1452602140, false},
        {"2019-12-07", 1575676800, false},
        {"20160112123540", 1452602140, false},
        {"Tue, 10 Jun 2003 04:00:00 GMT", 1055217600, true},
        {"Tue, 10 Jun 2003 9:41:01 -0700", 1055263261, true},
        {"10 Jun 03 04:00 +0200", 1055210400, true},
        {"Jun 10, 2003", 1055203200, false},
        {"Tue Jun 10 04:00:00 2003", 1055217600, false},
        {"Tue Jun 10 04:00:00 UTC 2003", 1055217600, true},
        {"2003-12-31T10:14:55Z", 1072865695, true},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int64_t at = -1;
        bool zoned;

        cr_assert(wire_time(str_c(cases[i].said), &at, &zoned), "%s", cases[i].said);
        CHECK_INT(at, cases[i].seconds * SECOND_US);
        cr_assert(zoned == cases[i].zoned, "%s", cases[i].said);
    }
}

TEST(wire_times_that_are_none_are_refused)
{
    static const char *const cases[] = {"",
                                        "soon",
                                        "2012-13-01",
                                        "2012-02-30",
                                        "25:00",
                                        "2012-03-15T12:00:00+99:00",
                                        "12",
                                        "2012-03-15T12:61:00Z",
                                        "Tue, 99 Jun 2003 04:00:00 GMT",
                                        "2012-03-15Tnoon"};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int64_t at = 7;

        cr_assert(!wire_time(str_c(cases[i]), &at, NULL), "%s", cases[i]);
        CHECK_INT(at, 7);
    }
}

TEST(bylines_are_taken_apart)
{
    static const struct {
        const char *line, *people;
    } cases[] = {
        {"By Ann Lee and Bo Ek", "Ann Lee|Bo Ek|"},
        {"BY ANN LEE", "ANN LEE|"},
        {"Von dpa", "dpa|"},
        {"Ann Lee, Bo Ek and Cy Dee", "Ann Lee|Bo Ek|Cy Dee|"},
        {"By Ann Lee, Bo Ek, and Cy Dee", "Ann Lee|Bo Ek|Cy Dee|"},
        {"By Sam Lister, Press Association Political Correspondent",
         "Sam Lister (Press Association Political Correspondent)|"},
        {"By Ann Lee and Bo Ek, Staff Writers", "Ann Lee (Staff Writers)|Bo Ek (Staff Writers)|"},
        {"Par Anne Dupont et Jean Petit", "Anne Dupont|Jean Petit|"},
        {"Byron Shire", "Byron Shire|"},
        {"", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_item item = {0};
        buf all = buf_new(t->arena, 4096);

        wire_add_byline(t->arena, &item, str_c(cases[i].line));
        for (size_t j = 0; j < item.person_count; j++) {
            buf_add(&all, item.people[j].name);
            if (item.people[j].role.n > 0)
                buf_fmt(&all, " (%.*s)", STR(item.people[j].role));
            buf_char(&all, '|');
        }
        CHECK_STR(buf_str(&all), str_c(cases[i].people));
    }
}

TEST(a_line_that_only_names_the_writer_is_told_from_text)
{
    CHECK(wire_is_byline(S("By Toby Davis")));
    CHECK(wire_is_byline(S("By Jonathan Underhill and Ann O'Hara")));
    CHECK(!wire_is_byline(S("By the time he arrived, it was over.")));
    CHECK(!wire_is_byline(S("By the time he arrived it was over")));
    CHECK(!wire_is_byline(S("Toby Davis")));
    CHECK(!wire_is_byline(S("")));
}

TEST(datelines_give_the_place)
{
    static const struct {
        const char *line, *place;
    } cases[] = {
        {"SYDNEY March 22 AAP -", "SYDNEY"},
        {"Tel Aviv/Beirut (dpa) - ", "Tel Aviv/Beirut"},
        {"NEW YORK, Jan. 4 (Reuters) -", "NEW YORK"},
        {"LONDON —", "LONDON"},
        {"Winston-Salem, N.C.", "Winston-Salem, N.C."},
        {"2014-07-16 13:00:03 GMT+00:00", ""},
        {"", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(wire_dateline(t->arena, str_c(cases[i].line)), str_c(cases[i].place));
}

TEST(wire_lists_grow_without_doubles_and_up_to_their_limit)
{
    struct wire_item item = {0};

    for (int i = 0; i < 2 * WIRE_SUBJECTS_MAX; i++)
        wire_add_subject(t->arena, &item, S("x"), str_fmt(t->arena, "%d", i / 2), S(""));
    CHECK_INT(item.subject_count, WIRE_SUBJECTS_MAX);
    CHECK_STR(item.subjects[7].code, S("7"));
    wire_add_keyword(t->arena, &item, S("late"));
    CHECK_INT(item.subject_count, WIRE_SUBJECTS_MAX);
}

TEST(wire_fields_are_cut_with_an_ellipsis)
{
    char *long_one = arena_bytes(t->arena, WIRE_FIELD_MAX + 100);

    memset(long_one, 'x', WIRE_FIELD_MAX + 100);
    str kept = wire_field(t->arena, str_of(long_one, WIRE_FIELD_MAX + 100));
    CHECK_INT(kept.n, WIRE_FIELD_MAX);
    CHECK(str_ends(kept, S("…")));
    CHECK_STR(wire_note(t->arena, S(" a  b \n\n c ")), S("a b\nc"));
}

TEST(wire_rate_takes_any_scale_and_refuses_what_is_no_number)
{
    static const struct {
        const char *value, *most;
        int half_stars; /* -1: not rated */
    } cases[] = {{"3.5", "5", 7},   {"4", "5", 8},  {"7", "10", 7},   {"3,5", "5", 7},
                 {"0", "5", 0},     {"5", "5", 10}, {"92", "100", 9}, {"6", "5", -1},
                 {"good", "5", -1}, {"", "5", -1},  {"3", "", -1},    {"-1", "5", -1},
                 {"3.x", "5", -1},  {"3", "0", -1}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_item item = {0};

        wire_rate(&item, str_c(cases[i].value), str_c(cases[i].most));
        CHECK(item.is_rated == (cases[i].half_stars >= 0));
        CHECK_INT(item.half_stars, cases[i].half_stars < 0 ? 0 : cases[i].half_stars);
    }
}
