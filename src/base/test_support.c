#include "base/hash.h"
#include "base/test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void test_begin(struct test *t)
{
    const char *seed = getenv("TEST_SEED");

    hash_start();
    *t = (struct test){.arena = arena_new(64 << 20)};
    t->seed = seed != NULL ? strtoull(seed, NULL, 10) : 20261123;
}

void test_end(struct test *t)
{
    arena_free(&t->arena);
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct test *t)
{
    uint64_t z = t->seed += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint64_t test_number(struct test *t, uint64_t below)
{
    return next(t) % below;
}

str test_bytes(struct test *t, size_t max)
{
    size_t n = test_number(t, max + 1);
    char *p = arena_bytes(t->arena, n);

    for (size_t i = 0; i < n; i++)
        p[i] = (char)next(t);
    return (str){p, n};
}

str test_file(struct test *t, const char *path)
{
    FILE *f = fopen(path, "rb");

    cr_assert(f != NULL, "cannot open %s", path);
    fseek(f, 0, SEEK_END);

    size_t n = (size_t)ftell(f);
    char *p = arena_bytes(t->arena, n + 1);

    rewind(f);
    cr_assert(fread(p, 1, n, f) == n);
    fclose(f);
    p[n] = '\0';
    return (str){p, n};
}

const char *test_samples(void)
{
    const char *named = getenv("SHARED_DATA");
    const char *path = named != NULL ? named : "../shared/data";

    return access(path, R_OK) == 0 ? path : NULL;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static void remove_folder(void *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(struct test *t)
{
    char *path = str_z(t->arena, S("/tmp/broadsheet-test-XXXXXX"));

    cr_assert(mkdtemp(path) != NULL);
    arena_defer(t->arena, remove_folder, path);
    return path;
}

#ifdef __SANITIZE_THREAD__
#include <fnmatch.h>
#include <sys/wait.h>

static struct test_alone *all_alone;

void test_alone_add(struct test_alone *one)
{
    one->next = all_alone;
    all_alone = one;
}

void test_alone_failed(const char *file, int line, const char *claim)
{
    fprintf(stderr, "[----] %s:%d: %s\n", file, line, claim);
    _exit(1);
}

static bool run_alone(const struct test_alone *one)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        one->run();
        exit(0); /* not _exit(): the sanitiser has its say */
    }
    waitpid(child, &status, 0);
    if (status != 0)
        fprintf(stderr, "[FAIL] %s: status %d\n", one->name, status);
    return status == 0;
}

int main(int argc, char **argv)
{
    const char *filter = "*";
    int tested = 0, failed = 0;

    if (argc > 1 && strncmp(argv[1], "--filter=", 9) == 0)
        filter = argv[1] + 9;
    for (const struct test_alone *one = all_alone; one != NULL; one = one->next)
        if (fnmatch(filter, one->name, 0) == 0) {
            tested++;
            failed += !run_alone(one);
        }
    fprintf(stderr, "[====] Synthesis: Tested: %d | Failing: %d\n", tested, failed);
    return failed > 0;
}
#endif
