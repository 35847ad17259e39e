#include "media/darkroom_inside.h"

#include "base/log.h"
#include "base/time.h"
#include "media/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOWER = IS_SANITISED ? 10 : 1 };

/* Of the darkroom itself to answer at all, beyond a job's own time. */
enum { OPEN_S = 30 * SLOWER, PATIENCE_S = 60 * SLOWER, ENV_MAX = 16 };

static const struct darkroom_limits usual = {120 * SLOWER, 60 * SLOWER, (size_t)3 << 30};

static struct {
    pthread_mutex_t lock;
    pid_t pid;
    int control; /* -1: it is not open */
    bool greeted;
} room = {.lock = PTHREAD_MUTEX_INITIALIZER, .control = -1};

/* --- opening and closing --- */

/* What it gets of our environment: where libraries and fonts are, what a sanitiser is to do. */
static void make_env(char *env[ENV_MAX])
{
    static const char *const names[] = {
        "LD_LIBRARY_PATH=", "HOME=",          "XDG_CACHE_HOME=", "ASAN_OPTIONS=",
        "LSAN_OPTIONS=",    "UBSAN_OPTIONS=", "TSAN_OPTIONS=",   "FONTCONFIG_FILE="};
    size_t n = 0;

    env[n++] = (char *)(uintptr_t) "LC_ALL=C.UTF-8";
    env[n++] = (char *)(uintptr_t) "MALLOC_ARENA_MAX=1";
    env[n++] = (char *)(uintptr_t) "LD_BIND_NOW=1"; /* once, and not in each job */
    env[n++] = (char *)(uintptr_t) "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_"
                                   "threshold=33554432:glibc.malloc.trim_threshold=1073741824:"
                                   "glibc.malloc.top_pad=16777216"; /* pixels come in bulk */
    for (char **e = environ; *e != NULL; e++)
        for (size_t i = 0; i < LENGTH(names); i++)
            if (n + 1 < ENV_MAX && strncmp(*e, names[i], strlen(names[i])) == 0)
                env[n++] = *e;
    env[n] = NULL;
}

/* Between fork and exec: only what is safe there. */
[[gnu::noreturn]] static void become(int control, char *const env[])
{
    const char *const argv[] = {"broadsheet", "darkroom", NULL};
    sigset_t none;
    int nothing = open("/dev/null", O_RDWR);

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0); /* ^C ends the paper, which still needs it for a moment */
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 ||
        (!IS_SANITISED && dup2(nothing, 2) < 0))
        _exit(1);
    if (control == DARKROOM_CONTROL ? fcntl(control, F_SETFD, 0) != 0
                                    : dup2(control, DARKROOM_CONTROL) < 0)
        _exit(1);
    close_range(DARKROOM_CONTROL + 1, ~0U, 0);
    execve("/proc/self/exe", (char *const *)(uintptr_t)argv, env);
    _exit(1);
}

/* The callers of these hold the lock. */

static void close_room(void)
{
    if (room.control < 0)
        return;
    close(room.control);
    room.control = -1;
    while (waitpid(room.pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static err open_room(note *why)
{
    char *env[ENV_MAX];
    int pair[2];
    pid_t pid;

    if (room.control >= 0)
        return OK;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return fail(why, E_IO, "could not open the darkroom: %s", strerror(errno));
    make_env(env);
    pid = fork();
    if (pid == 0)
        become(pair[1], env);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return fail(why, E_IO, "could not open the darkroom: %s", strerror(errno));
    }
    room.pid = pid;
    room.control = pair[0];
    room.greeted = false;
    return OK;
}

static bool comes_until(int fd, int64_t until)
{
    struct pollfd p = {fd, POLLIN, 0};
    int64_t left;
    int n = -1;

    while ((left = until - clock_ms()) > 0 && (n = poll(&p, 1, (int)left)) < 0 && errno == EINTR)
        ;
    return n > 0;
}

/* It is open, or will not be. */
static err greet(note *why)
{
    struct darkroom_hello hello;

    if (room.greeted)
        return OK;
    if (!comes_until(room.control, clock_ms() + OPEN_S * 1000) ||
        recv(room.control, &hello, sizeof hello, 0) != sizeof hello)
        return fail(why, E_IO, "the darkroom does not open");
    if ((hello.places == 0 && !IS_SANITISED) || hello.calls == 0)
        log_event(LOG_darkroom_open, "landlock=%d seccomp=%d", hello.places, hello.calls);
    room.greeted = true;
    return OK;
}

err darkroom_open(note *why)
{
    pthread_mutex_lock(&room.lock);

    err e = open_room(why);

    pthread_mutex_unlock(&room.lock);
    return e;
}

void darkroom_close(void)
{
    pthread_mutex_lock(&room.lock);
    close_room();
    pthread_mutex_unlock(&room.lock);
}

/* --- asking --- */

int darkroom_input(str bytes)
{
    int fd = memfd_create("picture", MFD_CLOEXEC);

    if (fd >= 0 && !keep_write(fd, bytes)) {
        int cause = errno;

        close(fd);
        errno = cause;
        return -1;
    }
    return fd;
}

static bool send_request(const struct darkroom_request *rq, const int fds[DARKROOM_FDS])
{
    union {
        char room[CMSG_SPACE(sizeof(int) * DARKROOM_FDS)];
        struct cmsghdr align;
    } control = {0};
    struct iovec bytes = {(void *)(uintptr_t)rq, sizeof *rq};
    struct msghdr m = {.msg_iov = &bytes,
                       .msg_iovlen = 1,
                       .msg_control = control.room,
                       .msg_controllen = sizeof control.room};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    ssize_t n;

    *c = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
                          .cmsg_type = SCM_RIGHTS,
                          .cmsg_len = CMSG_LEN(sizeof(int) * DARKROOM_FDS)};
    memcpy(CMSG_DATA(c), fds, sizeof(int) * DARKROOM_FDS);
    do
        n = sendmsg(room.control, &m, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == sizeof *rq;
}

/* Opened when it is not, once more when it is gone. */
static err send_to_room(const struct darkroom_request *rq, const int fds[DARKROOM_FDS], note *why)
{
    err e = E_IO;

    pthread_mutex_lock(&room.lock);
    for (int i = 0; i < 2 && e != OK; i++) {
        e = open_room(why);
        if (e == OK)
            e = greet(why);
        if (e == OK && !send_request(rq, fds))
            e = fail(why, E_IO, "the darkroom is gone: %s", strerror(errno));
        if (e != OK && room.control >= 0)
            kill(room.pid, SIGKILL);
        if (e != OK)
            close_room();
    }
    pthread_mutex_unlock(&room.lock);
    return e;
}

/* All that the job says, to its end. */
struct saying {
    char *p;
    size_t n, room;
};

static void drop_saying(void *of)
{
    struct saying *s = of;

    free(s->p);
}

static bool hear_more(int fd, struct saying *s)
{
    ssize_t n;

    if (s->n == s->room) {
        s->room = s->room == 0 ? 64 << 10 : s->room * 2;
        s->p = realloc(s->p, s->room);
        must(s->p != NULL);
    }
    n = read(fd, s->p + s->n, s->room - s->n);
    if (n > 0)
        s->n += (size_t)n;
    return n > 0 || (n < 0 && errno == EINTR);
}

static bool hear_all(int fd, int64_t until, struct saying *s)
{
    const size_t most = DARKROOM_BYTES_MAX + sizeof(struct darkroom_said);

    while (s->n <= most)
        if (!comes_until(fd, until))
            return false;
        else if (!hear_more(fd, s))
            return true;
    return false;
}

/* How a job ended that did not end by itself. */
static err died(const struct darkroom_end *end, const struct darkroom_limits *most, note *why)
{
    int signal_ = WIFSIGNALED(end->status) ? WTERMSIG(end->status) : 0;

    if (end->late)
        return fail(why, E_LIMIT, "the picture takes more than %d seconds to decode", most->wall_s);
    if (signal_ == SIGXCPU)
        return fail(why, E_LIMIT, "the picture takes more than %d seconds of work to decode",
                    most->cpu_s);
    if (WIFEXITED(end->status) && WEXITSTATUS(end->status) == DARKROOM_OVER_MEMORY)
        return fail(why, E_LIMIT, "the picture takes too much memory to decode");
    if (signal_ == SIGSYS)
        return fail(why, E_INVALID,
                    "the picture's decoder did what no picture needs and was ended");
    if (signal_ != 0)
        return fail(why, E_INVALID, "the picture's decoder died of it (SIG%s)",
                    sigabbrev_np(signal_));
    return fail(why, E_INVALID, "the picture's decoder ended with %d", WEXITSTATUS(end->status));
}

/* What a job says is believed as far as it is possible. */
static err understand(const struct saying *s, struct darkroom_answer *answer, note *why)
{
    struct darkroom_said said;
    str rest;

    if (s->n < sizeof said)
        return fail(why, E_INVALID, "the picture's decoder said nothing");
    memcpy(&said, s->p, sizeof said);
    said.why.text[sizeof said.why.text - 1] = '\0';
    if (said.e != OK)
        return fail(why, said.e == E_LIMIT ? E_LIMIT : E_INVALID, "%s", said.why.text);
    *answer = (struct darkroom_answer){.facts = said.answer.facts};
    answer->facts.type = answer->facts.extension = NULL;
    answer->facts.words = (struct media_words){0};
    rest = str_of(s->p + sizeof said, s->n - sizeof said);
    for (int i = 0; i < DARKROOM_PIECES; i++) {
        answer->pieces[i] = str_to(rest, said.n[i]);
        rest = str_from(rest, answer->pieces[i].n);
    }
    return OK;
}

/* E_BUSY: the darkroom itself was gone before the job's end. */
static err hear(arena *a, const struct darkroom_request *rq, int out, int ending,
                struct darkroom_answer *answer, note *why)
{
    int64_t until = clock_ms() + (int64_t)(rq->job.limits.wall_s + PATIENCE_S) * 1000;
    struct saying *s = arena_one(a, struct saying);
    struct darkroom_end end;

    arena_defer(a, drop_saying, s);
    if (!hear_all(out, until, s))
        return fail(why, E_LIMIT, "the darkroom takes too long, or says too much");
    if (!comes_until(ending, until) || read(ending, &end, sizeof end) != sizeof end)
        return fail(why, E_BUSY, "the darkroom was closed in the middle of the work");
    if (end.status != 0)
        return died(&end, &rq->job.limits, why);
    return understand(s, answer, why);
}

static err ask_once(arena *a, const struct darkroom_request *rq, int input,
                    struct darkroom_answer *answer, note *why)
{
    int out[2], ending[2];
    err e;

    if (pipe2(out, O_CLOEXEC) != 0)
        return fail(why, E_IO, "could not make a pipe: %s", strerror(errno));
    if (pipe2(ending, O_CLOEXEC) != 0) {
        close(out[0]);
        close(out[1]);
        return fail(why, E_IO, "could not make a pipe: %s", strerror(errno));
    }
    e = send_to_room(rq, (int[]){out[1], ending[1], input}, why);
    close(out[1]);
    close(ending[1]);
    if (e == OK)
        e = hear(a, rq, out[0], ending[0], answer, why);
    close(out[0]);
    close(ending[0]);
    return e;
}

/* The pieces one behind the other, and how long each is. */
static int join(arena *a, const str *pieces, uint32_t n[DARKROOM_PIECES])
{
    str all = {0};

    for (int i = 0; i < DARKROOM_PIECES; i++) {
        all = str_join(a, all, pieces[i]);
        n[i] = (uint32_t)pieces[i].n;
    }
    return darkroom_input(all);
}

err darkroom_ask(arena *a, const struct darkroom_job *job, int input, const str *pieces,
                 struct darkroom_answer *answer, note *why)
{
    struct darkroom_request rq = {.job = *job, .nice = getpriority(PRIO_PROCESS, 0)};
    int own = -1;
    err e;

    if (rq.job.limits.wall_s == 0)
        rq.job.limits = usual;
    if (input < 0) {
        own = join(a, pieces, rq.n);
        if (own < 0)
            return fail(why, E_IO, "could not ask the darkroom: %s", strerror(errno));
        input = own;
    }
    e = ask_once(a, &rq, input, answer, why);
    if (e == E_BUSY)
        e = ask_once(a, &rq, input, answer, why);
    if (own >= 0)
        close(own);
    return e == E_BUSY ? E_IO : e;
}
