/*
 * The darkroom's own side: it waits for work, parts in two for each piece of it, ends who takes
 * too long, and tells how each ended.  One thread.
 */
#include "media/darkroom_inside.h"

#include "base/memory.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "media/decode.h"
#include "media/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MAX = 32, NO_JOB = 0 };

struct job {
    pid_t pid; /* NO_JOB: this place is free */
    int end;
    int64_t until; /* ms */
    bool late;
};

struct room {
    struct job jobs[JOBS_MAX];
    size_t program; /* bytes of address space that it takes itself */
};

static struct job *free_place(struct room *r)
{
    for (int i = 0; i < JOBS_MAX; i++)
        if (r->jobs[i].pid == NO_JOB)
            return &r->jobs[i];
    return NULL;
}

/* One message; false when who asks is gone.  `fds` are the caller's to close. */
static bool take_request(struct darkroom_request *rq, int fds[DARKROOM_FDS], bool *good)
{
    union {
        char room[CMSG_SPACE(sizeof(int) * DARKROOM_FDS)];
        struct cmsghdr align;
    } control;
    struct iovec bytes = {rq, sizeof *rq};
    struct msghdr m = {.msg_iov = &bytes,
                       .msg_iovlen = 1,
                       .msg_control = control.room,
                       .msg_controllen = sizeof control.room};
    ssize_t n = recvmsg(DARKROOM_CONTROL, &m, MSG_CMSG_CLOEXEC);
    struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&m) : NULL;

    *good = n == sizeof *rq && c != NULL && c->cmsg_type == SCM_RIGHTS &&
            c->cmsg_len == CMSG_LEN(sizeof(int) * DARKROOM_FDS);
    if (*good)
        memcpy(fds, CMSG_DATA(c), sizeof(int) * DARKROOM_FDS);
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/* In the copy: what belongs to the room and to other jobs is none of its business. */
[[gnu::noreturn]] static void begin_work(struct room *r, const struct darkroom_request *rq,
                                         const int fds[DARKROOM_FDS])
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGCHLD, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(DARKROOM_CONTROL);
    close(fds[1]);
    for (int i = 0; i < JOBS_MAX; i++)
        if (r->jobs[i].pid != NO_JOB)
            close(r->jobs[i].end);
    darkroom_work(rq, fds[0], fds[2], r->program);
}

static bool begin_job(struct room *r)
{
    struct darkroom_request rq;
    int fds[DARKROOM_FDS];
    bool good;
    struct job *job = free_place(r);
    bool open = take_request(&rq, fds, &good);

    if (!good)
        return open;

    pid_t pid = fork();

    if (pid == 0)
        begin_work(r, &rq, fds);
    close(fds[0]);
    close(fds[2]);
    if (pid < 0)
        close(fds[1]); /* it ends with nothing said */
    else
        *job = (struct job){pid, fds[1], clock_ms() + (int64_t)rq.job.limits.wall_s * 1000, false};
    return true;
}

static void end_job(struct room *r, pid_t pid, int status)
{
    for (int i = 0; i < JOBS_MAX; i++) {
        struct job *job = &r->jobs[i];

        if (job->pid != pid)
            continue;

        struct darkroom_end end = {status, job->late};

        (void)keep_write(job->end, str_of((const char *)&end, sizeof end));
        close(job->end);
        job->pid = NO_JOB;
    }
}

static void end_jobs(struct room *r)
{
    int status;

    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        end_job(r, pid, status);
}

/* Who is over its time is killed; how long until the next is, -1: nobody works. */
static int64_t look_at_clock(struct room *r)
{
    int64_t now = clock_ms(), next = -1;

    for (int i = 0; i < JOBS_MAX; i++) {
        struct job *job = &r->jobs[i];

        if (job->pid == NO_JOB || job->late)
            continue;
        if (job->until <= now) {
            job->late = true;
            kill(job->pid, SIGKILL);
        } else if (next < 0 || job->until - now < next) {
            next = job->until - now;
        }
    }
    return next;
}

/* That one has ended breaks the wait. */
static void wake(int signal_)
{
    (void)signal_;
}

static void wait_for_work(struct room *r)
{
    struct pollfd control = {DARKROOM_CONTROL, POLLIN, 0};
    sigset_t none;

    sigemptyset(&none);
    for (;;) {
        int64_t ms = look_at_clock(r);
        struct timespec left = {ms / 1000, ms % 1000 * 1000000};

        control.fd = free_place(r) != NULL ? DARKROOM_CONTROL : -1; /* else who asks waits */
        if (ppoll(&control, 1, ms >= 0 ? &left : NULL, &none) > 0 && !begin_job(r))
            return;
        end_jobs(r);
    }
}

int darkroom_main(void)
{
    static struct room room;
    struct sigaction on_end = {.sa_handler = wake};
    struct darkroom_hello hello;
    sigset_t ends;
    FILE *score;

    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    sigaction(SIGCHLD, &on_end, NULL);
    signal(SIGPIPE, SIG_IGN);
    (void)prctl(PR_SET_NAME, "darkroom");
    (void)sandbox_no_new_rights();
    score = fopen("/proc/self/oom_score_adj", "we"); /* it goes before the paper does */
    if (score != NULL) {
        fputs("800", score);
        fclose(score);
    }
    if (decode_start(NULL) != OK)
        return 1;
    room.program = (size_t)memory_of_process().mapped;
    hello = darkroom_try();
    if (send(DARKROOM_CONTROL, &hello, sizeof hello, MSG_NOSIGNAL) == sizeof hello)
        wait_for_work(&room);
    return 0;
}
