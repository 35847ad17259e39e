#include "base/buf.h"
#include "base/count.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "base/test.h"
#include "base/utf8.h"

#include <pthread.h>

TEST(arena_gives_zeroed_memory_and_takes_scratch_back)
{
    size_t before = arena_used(t->arena);

    SCRATCH (t->arena) {
        char *p = arena_alloc(t->arena, 100000);

        for (size_t i = 0; i < 100000; i++)
            CHECK(p[i] == 0);
    }
    CHECK_INT(arena_used(t->arena), before);
}

TEST(arena_over_its_ceiling_leaves_through_the_guard)
{
    arena *small = arena_new(1000);
    volatile bool over = false;

    if (arena_guard(small)) {
        over = true;
    } else {
        for (int i = 0; i < 100; i++)
            (void)arena_bytes(small, 100);
    }
    arena_unguard(small);
    arena_free(&small);
    CHECK(over);
}

static void count(void *of)
{
    ++*(int *)of;
}

TEST(arena_runs_what_was_deferred)
{
    int ran = 0;

    arena_defer(t->arena, count, &ran);
    SCRATCH (t->arena) {
        arena_defer(t->arena, count, &ran);
    }
    CHECK_INT(ran, 1);
    arena_reset(t->arena);
    CHECK_INT(ran, 2);
}

TEST(str_cut_gives_every_piece)
{
    str rest = S("a,,b"), piece;
    int pieces = 0;

    while (str_cut(&rest, ',', &piece))
        pieces++;
    CHECK_INT(pieces, 3);
    CHECK_STR(piece, S("b"));
}

TEST(str_int_takes_whole_numbers_only)
{
    int64_t n = 7;

    CHECK(str_int(S("-9223372036854775808"), &n) && n == INT64_MIN);
    CHECK(str_int(S("42"), &n) && n == 42);
    CHECK(!str_int(S("9223372036854775808"), &n));
    CHECK(!str_int(S("+3"), &n));
    CHECK(!str_int(S("3 "), &n));
    CHECK(!str_int(S(""), &n));
    CHECK_INT(n, 42);
}

TEST(str_replace_and_squeeze)
{
    CHECK_STR(str_replace(t->arena, S("aXbXX"), S("X"), S("--")), S("a--b----"));
    CHECK_STR(str_squeeze(t->arena, S("  a \n\t b  ")), S("a b"));
}

TEST(buf_stays_over_once_it_is)
{
    buf b = buf_new(t->arena, 5);

    buf_lit(&b, "abc");
    CHECK(!b.over);
    buf_lit(&b, "def");
    CHECK(b.over);
    buf_lit(&b, "g");
    CHECK_STR(buf_str(&b), S("abc"));
}

TEST(table_finds_what_was_put)
{
    table names = table_new(t->arena);
    int numbers[1000];

    for (int i = 0; i < 1000; i++)
        table_put(&names, str_fmt(t->arena, "name-%d", i), &numbers[i]);
    table_put(&names, S("name-7"), &numbers[8]);
    CHECK_INT(names.n, 1000);
    CHECK(table_get(&names, S("name-999")) == &numbers[999]);
    CHECK(table_get(&names, S("name-7")) == &numbers[8]);
    CHECK(table_get(&names, S("nobody")) == NULL);
}

TEST(utf8_refuses_what_is_not_utf8)
{
    CHECK(utf8_ok(S("Größe 東京")));
    CHECK(!utf8_ok(S("\xC0\x80")));
    CHECK(!utf8_ok(S("\xED\xA0\x80")));
    CHECK(!utf8_ok(S("\xF4\x90\x80\x80")));
    CHECK(!utf8_ok(S("caf\xC3")));
    CHECK_STR(utf8_clean(t->arena, S("a\xFF\x01z")), S("a\xEF\xBF\xBDz"));
}

TEST(utf8_clean_is_clean_for_any_bytes)
{
    for (int i = 0; i < 2000; i++)
        SCRATCH (t->arena) {
            CHECK(utf8_ok(utf8_clean(t->arena, test_bytes(t, 100))));
        }
}

TEST(utf8_spells_letters)
{
    CHECK_STR(utf8_spell(0xE9), S("e"));
    CHECK_STR(utf8_spell(0xDF), S("ss"));
    CHECK_STR(utf8_spell('Q'), S("q"));
    CHECK_STR(utf8_spell(0x1EC7), S("e"));
    CHECK_STR(utf8_spell(0x6771), S(""));
}

TEST(checksums_tell_bytes_apart_and_last)
{
    CHECK_INT(checksum(t->arena, S("a")).n, CHECKSUM_HEX);
    CHECK(!str_eq(checksum(t->arena, S("a")), checksum(t->arena, S("b"))));
    CHECK_STR(checksum(t->arena, S("a")), S("6c33db83962b172d010452b1b68325ce"));
}

TEST(fingerprints_tell_bytes_apart)
{
    CHECK_INT(fingerprint(t->arena, S("a")).n, FINGERPRINT_HEX);
    CHECK(!str_eq(fingerprint(t->arena, S("a")), fingerprint(t->arena, S("b"))));
    CHECK(random_token(t->arena, 16).n >= 22);
}

TEST(arena_guards_stand_one_inside_the_other)
{
    arena *small = arena_new(1000);
    volatile int inner = 0, outer = 0;

    if (arena_guard(small)) {
        outer++;
    } else {
        if (arena_guard(small))
            inner++;
        else
            (void)arena_bytes(small, 2000);
        arena_unguard(small);
        (void)arena_bytes(small, 2000);
    }
    arena_unguard(small);
    arena_free(&small);
    CHECK_INT(inner, 1);
    CHECK_INT(outer, 1);
}

TEST(str_join_keeps_every_byte)
{
    CHECK_STR(str_join(t->arena, S("a\0b"), S("\0c")), S("a\0b\0c"));
    CHECK_INT(str_join(t->arena, (str){0}, (str){0}).n, 0);
}

TEST(buf_int_spells_numbers)
{
    buf b = buf_new(t->arena, 100);

    buf_int(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_int(&b, INT64_MAX);
    buf_char(&b, ' ');
    buf_int(&b, 0);
    CHECK_STR(buf_str(&b), S("-9223372036854775808 9223372036854775807 0"));
}

TEST(hex_digits_have_values_and_nothing_else_does)
{
    static const char digits[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
    int found = 0;

    for (int i = 0; i < 16; i++)
        CHECK(hex_value(digits[i]) == i && hex_value(upper[i]) == i);
    for (int c = -128; c < 128; c++)
        found += hex_value((char)c) >= 0;
    CHECK_INT(found, 22);
}

static void *count_much(void *of)
{
    for (int i = 0; i < 1000; i++)
        count_one(COUNT_warm, *(const size_t *)of);
    return NULL;
}

TEST(what_many_threads_count_is_added_up)
{
    enum { MANY = 70 }; /* more than there are places */
    pthread_t threads[MANY];
    size_t cell = 3;
    int64_t got[COUNT_KINDS];

    for (int i = 0; i < MANY; i++)
        CHECK(pthread_create(&threads[i], NULL, count_much, &cell) == 0);
    for (int i = 0; i < MANY; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(count_cells(COUNT_warm), COUNT_KINDS);
    count_read(COUNT_warm, got);
    CHECK_INT(got[3], MANY * 1000);
    CHECK_INT(got[2] + got[4], 0);
}

TEST(a_quantile_lies_in_the_span_that_holds_it)
{
    int64_t spans[COUNT_SPANS] = {0};

    CHECK_INT(count_quantile(spans, 0.5), 0);
    for (int i = 0; i < 98; i++)
        spans[count_span(900)]++; /* of 500 to 1000 */
    spans[count_span(40000)] += 2;
    CHECK(count_quantile(spans, 0.5) > 500 && count_quantile(spans, 0.5) <= 1000);
    CHECK(count_quantile(spans, 0.99) > 25000 && count_quantile(spans, 0.99) <= 50000);
    CHECK_INT(count_span(INT64_MAX), COUNT_BOUNDS);
    CHECK_INT(count_span(-1), 0);
}

TEST(memory_of_process_tells_what_is_mapped_and_what_is_there)
{
    struct memory m = memory_of_process();

    CHECK(m.resident > 0 && m.mapped >= m.resident);
}
