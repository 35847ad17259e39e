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

/* Of a job, and of each further picture that it is to make. */
static const struct darkroom_limits usual = {120 * SLOWER, 60 * SLOWER, (size_t)3 << 30};
enum { MORE_WALL_S = 10 * SLOWER, MORE_CPU_S = 5 * SLOWER };

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

static struct darkroom_limits usual_for(const struct darkroom_job *job)
{
    struct darkroom_limits most = usual;
    int more = job->n > 1 ? job->n - 1 : 0;

    most.wall_s += more * MORE_WALL_S;
    most.cpu_s += more * MORE_CPU_S;
    return most;
}

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

/* OK; E_GONE: it ends before that; E_LIMIT: it does not come in time. */
static err hear_bytes(int fd, void *into, size_t n, int64_t until)
{
    char *p = into;

    while (n > 0) {
        if (!comes_until(fd, until))
            return E_LIMIT;

        ssize_t got = read(fd, p, n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return E_GONE;
        p += got;
        n -= (size_t)got;
    }
    return OK;
}

static err hear_pieces(arena *a, int fd, int64_t until, const struct darkroom_said *said,
                       struct darkroom_answer *answer)
{
    size_t n = 0;

    for (int i = 0; i < DARKROOM_PIECES; i++)
        n += said->n[i];
    if (n > DARKROOM_BYTES_MAX)
        return E_LIMIT;

    char *p = malloc(n + 1);
    str rest = str_of(p, n);

    must(p != NULL);
    arena_defer(a, free, p);
    TRY(hear_bytes(fd, p, n, until));
    for (int i = 0; i < DARKROOM_PIECES; i++) {
        answer->pieces[i] = str_to(rest, said->n[i]);
        rest = str_from(rest, answer->pieces[i].n);
    }
    return OK;
}

/* One answer; what a job says is believed as far as it is possible.  E_GONE: it ended instead. */
static err hear_answer(arena *a, int fd, int64_t until, struct darkroom_answer *answer, note *why)
{
    struct darkroom_said said;
    err e = hear_bytes(fd, &said, sizeof said, until);

    if (e == OK) {
        said.why.text[sizeof said.why.text - 1] = '\0';
        if (said.e != OK)
            return fail(why, said.e == E_LIMIT ? E_LIMIT : E_INVALID, "%s", said.why.text);
        *answer = (struct darkroom_answer){.facts = said.answer.facts};
        answer->facts.type = answer->facts.extension = NULL;
        answer->facts.words = (struct media_words){0};
        e = hear_pieces(a, fd, until, &said, answer);
    }
    return e == E_LIMIT ? fail(why, e, "the darkroom takes too long, or says too much") : e;
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

/* What is asked, and what becomes of the answers: one is kept, more are taken as they come. */
struct asked {
    struct darkroom_request rq;
    int input;
    struct darkroom_answer *answer; /* NULL: `take` */
    err (*take)(arena *a, void *of, int i, str bytes, note *why);
    void *of;
    int heard;
    bool room_is_gone;
};

static err take_next(arena *a, struct asked *asked, int fd, int64_t until, note *why)
{
    struct darkroom_answer answer;

    TRY(hear_answer(a, fd, until, &answer, why));
    return asked->take(a, asked->of, asked->heard++, answer.pieces[0], why);
}

/* E_GONE: the job ended before that. */
static err hear_answers(arena *a, struct asked *asked, int fd, int64_t until, note *why)
{
    err e = OK;

    asked->heard = 0;
    if (asked->answer != NULL)
        return hear_answer(a, fd, until, asked->answer, why);
    while (asked->heard < asked->rq.job.n && e == OK)
        SCRATCH (a) {
            e = take_next(a, asked, fd, until, why);
        }
    return e;
}

static err hear_end(struct asked *asked, int ending, int64_t until, note *why)
{
    struct darkroom_end end;

    if (hear_bytes(ending, &end, sizeof end, until) != OK) {
        asked->room_is_gone = true;
        return fail(why, E_IO, "the darkroom was closed in the middle of the work");
    }
    return end.status == 0 ? OK : died(&end, &asked->rq.job.limits, why);
}

/* `out` is closed here: a job that has more to say ends at its next word. */
static err hear(arena *a, struct asked *asked, int out, int ending, note *why)
{
    int64_t until = clock_ms() + (int64_t)(asked->rq.job.limits.wall_s + PATIENCE_S) * 1000;
    err e = hear_answers(a, asked, out, until, why);

    close(out);
    if (e == OK || e == E_GONE)
        TRY(hear_end(asked, ending, until, why));
    return e == E_GONE ? fail(why, E_INVALID, "the picture's decoder said nothing") : e;
}

static err ask_once(arena *a, struct asked *asked, note *why)
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
    e = send_to_room(&asked->rq, (int[]){out[1], ending[1], asked->input}, why);
    close(out[1]);
    close(ending[1]);
    if (e == OK)
        e = hear(a, asked, out[0], ending[0], why);
    else
        close(out[0]);
    close(ending[0]);
    return e;
}

static err ask(arena *a, struct asked *asked, note *why)
{
    asked->rq.nice = getpriority(PRIO_PROCESS, 0);
    if (asked->rq.job.limits.wall_s == 0)
        asked->rq.job.limits = usual_for(&asked->rq.job);

    err e = ask_once(a, asked, why);

    if (asked->room_is_gone)
        e = ask_once(a, asked, why);
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
    struct darkroom_answer heard;
    struct asked asked = {.rq = {.job = *job}, .input = input, .answer = &heard};

    if (input < 0) {
        asked.input = join(a, pieces, asked.rq.n);
        if (asked.input < 0)
            return fail(why, E_IO, "could not ask the darkroom: %s", strerror(errno));
    }

    err e = ask(a, &asked, why);

    if (input < 0) {
        /* these draw words, and Pango (1.50 and later) asks fontconfig on a thread of its own that
         * can meet its font map half taken down: one in a thousand dies of that */
        if (e == E_INVALID)
            e = ask(a, &asked, why);
        close(asked.input);
    }
    if (e == OK)
        *answer = heard;
    return e;
}

err darkroom_make(arena *a, const struct darkroom_job *job, int input,
                  err (*take)(arena *a, void *of, int i, str bytes, note *why), void *of, note *why)
{
    struct asked asked = {.rq = {.job = *job}, .input = input, .take = take, .of = of};

    return ask(a, &asked, why);
}
