/* What a confined process tries all the same. */
#include "command/confine.h"

#include "base/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool opens(const char *path, int how)
{
    int fd = open(path, how, 0600);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool runs(const char *program)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        execl(program, program, "darkroom", NULL); /* which ends when nobody is there */
        _exit(99);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The first claim that does not hold, as an exit code; 0: all do. */
#define HOLDS(claim)                                                                               \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            fprintf(stderr, "does not hold: %s\n", #claim);                                        \
            return 1;                                                                              \
        }                                                                                          \
    } while (0)

static int try_calls(void)
{
    HOLDS(mount("none", "/mnt", "tmpfs", 0, NULL) != 0 && errno == EPERM);
    HOLDS(unshare(CLONE_NEWUSER) != 0 && errno == EPERM);
    HOLDS(syscall(SYS_keyctl, 0, -3, 0) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_bpf, 0, NULL, 0) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_userfaultfd, 1) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_kexec_load, 0, 0, NULL, 0) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_init_module, NULL, 0, "") < 0 && errno == EPERM);
#if !IS_SANITISED
    HOLDS(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 && errno == EPERM);
#endif
    return 0;
}

static int try_places(struct test *t, const char *data, const char *other)
{
    const char *own = str_z(t->arena, str_fmt(t->arena, "%s/new", data));
    const char *made = str_z(t->arena, str_fmt(t->arena, "%s/folder", data));
    const char *theirs = str_z(t->arena, str_fmt(t->arena, "%s/theirs", other));
    const char *new = str_z(t->arena, str_fmt(t->arena, "%s/new", other));

    HOLDS(opens(own, O_RDWR | O_CREAT));
    HOLDS(truncate(own, 1) == 0);
    HOLDS(mkdir(made, 0700) == 0);
    HOLDS(rename(own, str_z(t->arena, str_fmt(t->arena, "%s/moved", made))) == 0);
    HOLDS(opens("/etc/passwd", O_RDONLY));
    HOLDS(!opens("/etc/passwd", O_WRONLY | O_APPEND));
    HOLDS(!opens(theirs, O_RDONLY) && !opens(theirs, O_WRONLY));
    HOLDS(!opens(new, O_WRONLY | O_CREAT));
    HOLDS(truncate(theirs, 0) != 0 && unlink(theirs) != 0);
    HOLDS(!opens("/root", O_RDONLY) && !opens("/home", O_RDONLY) && !opens("/tmp", O_RDONLY));
    return 0;
}

static int try_all(struct test *t, const char *data, const char *other)
{
    struct confine_words w = {.data = data};
    note why;
    long landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    HOLDS(confine(t->arena, &w, &why) == OK);
    HOLDS(runs("/bin/true") && runs("/proc/self/exe"));
    HOLDS(try_calls() == 0);
    if (landlock < 3)
        fprintf(stderr, "landlock %ld: no places were tried\n", landlock);
    return landlock < 3 ? 0 : try_places(t, data, other);
}

TEST(confine_leaves_the_paper_what_is_its_own)
{
    const char *other = test_folder(t);
    const char *data = str_z(t->arena, str_fmt(t->arena, "%s/data", test_folder(t)));
    const char *theirs = str_z(t->arena, str_fmt(t->arena, "%s/theirs", other));
    int status;

    CHECK(opens(theirs, O_WRONLY | O_CREAT));

    pid_t pid = fork();

    if (pid == 0)
        _exit(try_all(t, data, other));
    waitpid(pid, &status, 0);
    CHECK_INT(status, 0);
}
