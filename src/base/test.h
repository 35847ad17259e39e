/*
 * test.h - how a unit test is written: TEST(name) { CHECK(...); }.  Runs on Criterion, each test in
 * its own process, with an arena and a seeded source of bytes in `t`.
 *
 * Only *_test.c files include this.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/time.h"

#ifdef __SANITIZE_THREAD__
#include "base/test_alone.h"
#else
#include <criterion/criterion.h>
#endif

struct test {
    arena *arena;       /* 64 MiB */
    uint64_t seed;      /* the same at each run, or TEST_SEED of the environment */
    clock_source clock; /* the machine's until the test sets fixed_at */
    note why;
};

void test_begin(struct test *t);
void test_end(struct test *t);

/* Up to `max` bytes, any bytes. */
str test_bytes(struct test *t, size_t max);

/* A number from 0 to `below` - 1. */
uint64_t test_number(struct test *t, uint64_t below);

/* The whole of a file; the test fails when it cannot be read. */
str test_file(struct test *t, const char *path);

/* The folder of shared samples ("../shared/data" or $SHARED_DATA), NULL when this machine has none.
 */
const char *test_samples(void);

/* A new empty folder, removed with what is in it when the test ends. */
const char *test_folder(struct test *t);

#define TEST(name)                                                                                 \
    static void name##_body(struct test *t);                                                       \
    Test(broadsheet, name)                                                                         \
    {                                                                                              \
        struct test t_;                                                                            \
        test_begin(&t_);                                                                           \
        name##_body(&t_);                                                                          \
        test_end(&t_);                                                                             \
    }                                                                                              \
    static void name##_body([[maybe_unused]] struct test *t)

/* What this machine does not let us try; told with --verbose.  Criterion's warnings fail the whole
 * run, with no test that failed. */
#define NOT_TRIED(...) cr_log_info(__VA_ARGS__)

#define CHECK(claim) cr_assert(claim, "%s", #claim)
#define CHECK_INT(got, wanted)                                                                     \
    do {                                                                                           \
        long long got_ = (long long)(got), wanted_ = (long long)(wanted);                          \
        cr_assert(got_ == wanted_, "%s: got %lld, wanted %lld", #got, got_, wanted_);              \
    } while (0)
#define CHECK_STR(got, wanted)                                                                     \
    do {                                                                                           \
        str got_ = (got), wanted_ = (wanted);                                                      \
        cr_assert(str_eq(got_, wanted_), "%s: got \"%.*s\", wanted \"%.*s\"", #got, STR(got_),     \
                  STR(wanted_));                                                                   \
    } while (0)
#define CHECK_OK(call)                                                                             \
    do {                                                                                           \
        err e_ = (call);                                                                           \
        cr_assert(e_ == OK, "%s: %s (%s)", #call, err_word(e_), t->why.text);                      \
    } while (0)
#define CHECK_ERR(call, wanted)                                                                    \
    do {                                                                                           \
        err e_ = (call), w_ = (wanted);                                                            \
        cr_assert(e_ == w_, "%s: got %s, wanted %s", #call, err_word(e_), err_word(w_));           \
    } while (0)

#endif
