#include "media/child.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMPLAINT_MAX = 2048, NOT_THERE = 127, PLACES_MAX = 64 };

/* --- confined --- */

/* Beside what sandbox_filter_new() refuses by itself: other machines and processes. */
static const int refused[] = {
    SCMP_SYS(socket),        SCMP_SYS(socketpair), SCMP_SYS(connect),  SCMP_SYS(bind),
    SCMP_SYS(listen),        SCMP_SYS(accept),     SCMP_SYS(accept4),  SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),       SCMP_SYS(sendmmsg),   SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
    SCMP_SYS(ptrace),        SCMP_SYS(pidfd_open), SCMP_SYS(shmget),   SCMP_SYS(shmat),
    SCMP_SYS(semget),        SCMP_SYS(msgget),     SCMP_SYS(mq_open),  SCMP_SYS(inotify_init),
    SCMP_SYS(inotify_init1),
};

/* What programs and their libraries lie in and look at. */
static const struct sandbox_place usual[] = {
    {"/usr", SANDBOX_RUN},
    {"/lib", SANDBOX_RUN},
    {"/lib64", SANDBOX_RUN},
    {"/bin", SANDBOX_RUN},
    {"/etc/ld.so.cache", SANDBOX_READ},
    {"/etc/alternatives", SANDBOX_READ},
    {"/proc/cpuinfo", SANDBOX_READ},
    {"/proc/meminfo", SANDBOX_READ},
    {"/sys/devices/system", SANDBOX_READ},
    {"/dev/null", SANDBOX_READ},
    {"/dev/urandom", SANDBOX_READ},
};

static struct confinement {
    struct sandbox_filter *filter; /* NULL: there are none */
    struct sandbox_place places[PLACES_MAX];
    size_t n; /* with room for one more, the file */
} confinement;

/* Where programs are looked for; the words stay as long as the program. */
static void add_path(struct confinement *c)
{
    const char *path = getenv("PATH");
    char *copy = strdup(path != NULL ? path : ""), *rest = copy, *folder;

    must(copy != NULL);
    while ((folder = strsep(&rest, ":")) != NULL && c->n + 1 < PLACES_MAX)
        if (folder[0] == '/' && folder[1] != '\0')
            c->places[c->n++] = (struct sandbox_place){folder, SANDBOX_RUN};
}

/* Between fork and exec. */
static void confine_child(const char *file, int *places, bool *calls)
{
    struct sandbox_place all[PLACES_MAX];
    size_t n = confinement.n;

    memcpy(all, confinement.places, n * sizeof all[0]);
    if (file != NULL)
        all[n++] = (struct sandbox_place){file, SANDBOX_READ};
    (void)sandbox_no_new_rights();
    *places = sandbox_places(all, n);
    *calls = confinement.filter != NULL && sandbox_filter_on(confinement.filter);
}

/* What of it this kernel has, tried out once. */
static void prepare(void)
{
    struct confinement *c = &confinement;
    int status = 0, places = 0;
    bool calls = false;
    pid_t pid;

    c->filter = sandbox_filter_new((struct sandbox_calls){refused, LENGTH(refused)});
    memcpy(c->places, usual, sizeof usual);
    c->n = LENGTH(usual);
    add_path(c);
    pid = fork();
    if (pid == 0) {
        confine_child(NULL, &places, &calls);
        _exit((places > 0) | calls << 1);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (status >> 8 != 3)
        log_event(LOG_films_open, "landlock=%d seccomp=%d", status >> 8 & 1, status >> 9 & 1);
}

/* --- the child --- */

struct pipes {
    int out[2], err[2];
};

static void close_all(struct pipes *p)
{
    int *const all[] = {&p->out[0], &p->out[1], &p->err[0], &p->err[1]};

    for (size_t i = 0; i < LENGTH(all); i++)
        if (*all[i] >= 0) {
            close(*all[i]);
            *all[i] = -1;
        }
}

void child_limit(int what, size_t most)
{
    const struct rlimit r = {most, most};

    (void)setrlimit((__rlimit_resource_t)what, &r);
}

/* Between fork and exec: only what is safe there. */
[[gnu::noreturn]] static void become(const char *const *argv, const char *file,
                                     const struct child_limits *limits, const struct pipes *p)
{
    char *env[] = {NULL};
    int places;
    bool calls;
    sigset_t none;
    int nothing = open("/dev/null", O_RDONLY);

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    child_limit(RLIMIT_CPU, (size_t)limits->cpu_s);
    child_limit(RLIMIT_AS, limits->memory);
    child_limit(RLIMIT_FSIZE, 0);
    child_limit(RLIMIT_CORE, 0);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(p->out[1], 1) < 0 || dup2(p->err[1], 2) < 0)
        _exit(NOT_THERE);
    (void)close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    confine_child(file, &places, &calls);
    execvpe(argv[0], (char *const *)(uintptr_t)argv, env);
    _exit(NOT_THERE);
}

/* Take what is there; false at the end.  What does not fit in `into` is read and forgotten. */
static bool take(int fd, buf *into, size_t most, bool *over)
{
    char some[16384];
    ssize_t n = read(fd, some, sizeof some);

    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;

    size_t fits = into->n < most ? most - into->n : 0;

    *over = *over || (size_t)n > fits;
    buf_add(into, str_to(str_of(some, (size_t)n), fits));
    return true;
}

/* Read both pipes to their end.  False: its time is over, or it says too much. */
static bool listen_to(struct pipes *p, size_t most, int64_t until, buf *out, buf *complaint)
{
    struct pollfd fds[2] = {{p->out[0], POLLIN, 0}, {p->err[0], POLLIN, 0}};
    bool over = false, chatter = false;

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        int64_t left = until - clock_ms();

        if (left <= 0 || over)
            return false;
        if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
            return false;
        if (fds[0].fd >= 0 && fds[0].revents != 0 && !take(p->out[0], out, most, &over))
            fds[0].fd = -1;
        if (fds[1].fd >= 0 && fds[1].revents != 0 &&
            !take(p->err[0], complaint, COMPLAINT_MAX, &chatter))
            fds[1].fd = -1;
    }
    return !over;
}

static str first_line(arena *a, str said)
{
    str line = S("");

    while (str_trim(line).n == 0 && str_cut(&said, '\n', &line))
        ;
    line = str_trim(line);
    if (str_starts(line, S("[")) && str_find(line, S("] ")) > 0) /* which part of it speaks */
        line = str_from(line, (size_t)str_find(line, S("] ")) + 2);
    return utf8_clean(a, str_to(line, 200));
}

/* It may have closed its pipes and stay all the same. */
static bool ends_by(pid_t pid, int64_t until)
{
    struct pollfd end = {pidfd_open(pid, 0), POLLIN, 0};
    int64_t left = until - clock_ms();

    while (end.fd >= 0 && left > 0 && poll(&end, 1, (int)left) < 0 && errno == EINTR)
        left = until - clock_ms();
    if (end.fd < 0)
        return true; /* an old kernel: it is waited for as it is */
    close(end.fd);
    return end.revents != 0;
}

static int wait_for(pid_t pid)
{
    int status = -1;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

static err run(arena *a, struct pipes *p, const char *const *argv, const char *file,
               const struct child_limits *limits, struct child_said *said, note *why)
{
    buf out = buf_new(a, limits->output), complaint = buf_new(a, COMPLAINT_MAX);
    int64_t until = clock_ms() + (int64_t)limits->wall_s * 1000;
    pid_t pid = fork();

    if (pid < 0)
        return fail(why, E_IO, "could not start %s: %s", argv[0], strerror(errno));
    if (pid == 0)
        become(argv, file, limits, p);
    setpgid(pid, pid);
    close(p->out[1]);
    close(p->err[1]);
    p->out[1] = p->err[1] = -1;

    bool in_time = listen_to(p, limits->output, until, &out, &complaint) && ends_by(pid, until);

    if (!in_time && kill(-pid, SIGKILL) != 0)
        kill(pid, SIGKILL);

    int status = wait_for(pid);

    if (!in_time)
        return fail(why, E_LIMIT, "%s took more than %d seconds, or said too much", argv[0],
                    limits->wall_s);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
        return fail(why, E_MISSING, "%s cannot be run: is it installed?", argv[0]);
    *said = (struct child_said){
        .out = buf_str(&out),
        .complaint = first_line(a, buf_str(&complaint)),
        .is_well = WIFEXITED(status) && WEXITSTATUS(status) == 0,
    };
    return OK;
}

err child_run(arena *a, const char *const *argv, const char *file,
              const struct child_limits *limits, struct child_said *said, note *why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct pipes p = {{-1, -1}, {-1, -1}};
    err e = E_IO;

    must(pthread_once(&once, prepare) == 0);
    if (pipe2(p.out, O_CLOEXEC) != 0 || pipe2(p.err, O_CLOEXEC) != 0)
        e = fail(why, E_IO, "could not make a pipe: %s", strerror(errno));
    else
        e = run(a, &p, argv, file, limits, said, why);
    close_all(&p);
    return e;
}
