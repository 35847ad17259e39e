/* Jobs that take too much, die, or try what no picture needs. */
#include "media/darkroom_inside.h"

#include "base/test.h"
#include "media/test_pictures.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct darkroom_job slow = {
    .kind = DARKROOM_MAKE, .n = 1, .wanted = {{.width = 6000, .format = PICTURE_AVIF}}};

static str large(struct test *t)
{
    return test_picture(t, (struct test_picture){.width = 6000, .height = 4000, .suffix = ".jpg"});
}

static err take(arena *a, void *of, int i, str bytes, note *why)
{
    (void)a, (void)of, (void)i, (void)bytes, (void)why;
    return OK;
}

static err ask(struct test *t, struct darkroom_job job, str bytes)
{
    struct darkroom_answer answer;
    int input = darkroom_input(bytes);
    err e = job.kind == DARKROOM_MAKE ? darkroom_make(t->arena, &job, input, take, NULL, &t->why)
                                      : darkroom_ask(t->arena, &job, input, NULL, &answer, &t->why);

    close(input);
    return e;
}

static void check_that_it_goes_on(struct test *t)
{
    struct test_picture p = {.width = 90, .height = 60, .suffix = ".png"};

    CHECK_OK(ask(t, (struct darkroom_job){.kind = DARKROOM_LOOK}, test_picture(t, p)));
}

TEST(darkroom_ends_who_takes_too_long_or_works_too_much)
{
    struct darkroom_job job = slow;
    str jpeg = large(t);

    job.limits = (struct darkroom_limits){1, 100, (size_t)8 << 30};
    CHECK_ERR(ask(t, job, jpeg), E_LIMIT);
    CHECK_STR(str_c(t->why.text), S("the picture takes more than 1 seconds to decode"));
    job.limits = (struct darkroom_limits){300, 1, (size_t)8 << 30};
    CHECK_ERR(ask(t, job, jpeg), E_LIMIT);
    CHECK_STR(str_c(t->why.text), S("the picture takes more than 1 seconds of work to decode"));
    check_that_it_goes_on(t);
}

struct taken {
    int n, most;
    size_t bytes[3];
};

static err take_some(arena *a, void *of, int i, str bytes, note *why)
{
    struct taken *taken = of;

    (void)a;
    CHECK_INT(i, taken->n);
    taken->bytes[taken->n++] = bytes.n;
    return taken->n < taken->most ? OK : fail(why, E_BUSY, "enough");
}

TEST(darkroom_gives_each_that_is_made_of_a_picture_and_ends_when_no_more_is_taken)
{
    static const struct darkroom_job three = {.kind = DARKROOM_MAKE,
                                              .n = 3,
                                              .wanted = {{.width = 640, .format = PICTURE_JPEG},
                                                         {.width = 320, .format = PICTURE_WEBP},
                                                         {.width = 320, .format = PICTURE_JPEG}}};
    struct test_picture p = {.width = 900, .height = 600, .suffix = ".png"};
    int input = darkroom_input(test_picture(t, p));
    struct taken all = {.most = 4}, some = {.most = 2};

    CHECK_OK(darkroom_make(t->arena, &three, input, take_some, &all, &t->why));
    CHECK_INT(all.n, 3);
    CHECK(all.bytes[0] > all.bytes[2] && all.bytes[1] > 0);
    CHECK_ERR(darkroom_make(t->arena, &three, input, take_some, &some, &t->why), E_BUSY);
    CHECK_INT(some.n, 2);
    CHECK_INT((int)some.bytes[0], (int)all.bytes[0]);
    close(input);
    check_that_it_goes_on(t);
}

TEST(darkroom_ends_who_takes_too_much_memory)
{
#if !IS_SANITISED
    struct darkroom_job job = slow;

    job.limits = (struct darkroom_limits){300, 300, 32 << 20};
    CHECK(ask(t, job, large(t)) != OK);
    CHECK(t->why.text[0] != '\0');
    check_that_it_goes_on(t);
#endif
}

/* The first child of a process; 0: none. */
static pid_t child_of(pid_t pid)
{
    char path[64];
    int child = 0;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);

    FILE *f = fopen(path, "re");

    if (f != NULL && fscanf(f, "%d", &child) != 1)
        child = 0;
    if (f != NULL)
        fclose(f);
    return child;
}

struct asking {
    struct test *t;
    str bytes;
    err e;
};

static void *ask_slowly(void *of)
{
    struct asking *x = of;

    x->e = ask(x->t, slow, x->bytes);
    return NULL;
}

/* The child of the child: the job in hand. */
static pid_t working(void)
{
    pid_t job = 0;

    while (job == 0)
        job = child_of(child_of(getpid()));
    return job;
}

TEST(darkroom_outlives_a_job_that_dies_and_the_paper_outlives_the_darkroom)
{
    struct asking x = {t, large(t), OK};
    pthread_t thread;

    check_that_it_goes_on(t); /* it is open now */
    if (child_of(getpid()) == 0) {
        NOT_TRIED("this kernel does not say whose child is whose: nothing was killed");
        return;
    }
    pthread_create(&thread, NULL, ask_slowly, &x);
    /* A sanitiser would report a SIGSEGV, and in the middle of fork() as an error of ours. */
    kill(working(), IS_SANITISED ? SIGKILL : SIGSEGV);
    pthread_join(thread, NULL);
    CHECK_INT(x.e, E_INVALID);
    CHECK(t->why.text[0] != '\0');
    check_that_it_goes_on(t);

    kill(child_of(getpid()), SIGKILL);
    check_that_it_goes_on(t);
    darkroom_close();
    check_that_it_goes_on(t);
}

/* How a confined process ends that does this: 0 when it was told no. */
static int end_of(enum darkroom_kind kind, int (*act)(void))
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        (void)darkroom_confine(kind);
        _exit(act());
    }
    waitpid(pid, &status, 0);
    return status;
}

static int open_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static int open_home(void)
{
    return open("/root", O_RDONLY) >= 0 || open("/tmp", O_RDONLY) >= 0;
}

static int write_file(void)
{
    return open("/tmp/broadsheet-darkroom", O_WRONLY | O_CREAT, 0600) >= 0;
}

static int open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int run_program(void)
{
    execl("/bin/true", "true", NULL);
    return 0;
}

static int part_in_two(void)
{
    return fork() > 0;
}

static int kill_parent(void)
{
    return kill(getppid(), 0) == 0;
}

TEST(darkroom_jobs_can_neither_read_nor_write_nor_call_nor_run)
{
    struct darkroom_hello has = darkroom_try();

    CHECK_INT(end_of(DARKROOM_LOOK, open_socket), has.calls ? 0 : 256);
    if (!has.calls || !has.places) {
        NOT_TRIED("landlock %d, seccomp %d: not all was tried", has.places, has.calls);
        return;
    }
    CHECK_INT(end_of(DARKROOM_LOOK, open_file), 0);
    CHECK_INT(end_of(DARKROOM_LOOK, write_file), 0);
    CHECK_INT(end_of(DARKROOM_CARD, open_home), 0);
    CHECK_INT(end_of(DARKROOM_CARD, write_file), 0);
    CHECK_INT(end_of(DARKROOM_CARD, open_socket), 0);
    for (int kind = 0; kind < DARKROOM_KINDS; kind++) {
        CHECK_INT(end_of((enum darkroom_kind)kind, run_program), SIGSYS);
        CHECK_INT(end_of((enum darkroom_kind)kind, part_in_two), SIGSYS);
        CHECK_INT(end_of((enum darkroom_kind)kind, kill_parent), SIGSYS);
    }
}
