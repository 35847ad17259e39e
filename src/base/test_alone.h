/*
 * test_alone.h - the little of Criterion that our tests use, for the thread sanitiser's builds:
 * Criterion's boxes and the sanitiser want the same addresses.  Each test still has a process of
 * its own, by fork().  For test.h alone.
 */
#ifndef BASE_TEST_ALONE_H
#define BASE_TEST_ALONE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test_alone {
    const char *name; /* "suite/test" */
    void (*run)(void);
    struct test_alone *next;
};

void test_alone_add(struct test_alone *one);

/* End the test's process: a claim does not hold. */
[[gnu::noreturn]] void test_alone_failed(const char *file, int line, const char *claim);

#define Test(suite, test_name)                                                                     \
    static void test_name##_alone(void);                                                           \
    [[gnu::constructor]] static void test_name##_add(void)                                         \
    {                                                                                              \
        static struct test_alone one = {#suite "/" #test_name, test_name##_alone, NULL};           \
                                                                                                   \
        test_alone_add(&one);                                                                      \
    }                                                                                              \
    static void test_name##_alone(void)

#define cr_log_warn(...) (fprintf(stderr, __VA_ARGS__), fputc('\n', stderr))
#define cr_assert(claim, ...)                                                                      \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            __VA_OPT__(cr_log_warn(__VA_ARGS__);)                                                  \
            test_alone_failed(__FILE__, __LINE__, #claim);                                         \
        }                                                                                          \
    } while (0)
#define cr_assert_str_eq(got, wanted, ...)                                                         \
    cr_assert(strcmp((got), (wanted)) == 0 __VA_OPT__(, ) __VA_ARGS__)

#endif
