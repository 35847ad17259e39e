#include "media/darkroom_inside.h"

#include "base/sandbox.h"
#include "media/child.h"
#include "media/decode.h"
#include "media/keep.h"
#include "media/paint.h"
#include "media/words.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORK_ARENA = 512 << 20 };

/* --- confined --- */

/* What a job that computes needs, and no more. */
static const int computing[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(times),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(tgkill),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(eventfd2),
    SCMP_SYS(fcntl),
};

/* What fonts are looked up with. */
static const int reading[] = {
    SCMP_SYS(newfstatat), SCMP_SYS(stat),     SCMP_SYS(lstat),      SCMP_SYS(statx),
    SCMP_SYS(fstatfs),    SCMP_SYS(statfs),   SCMP_SYS(access),     SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
    SCMP_SYS(pread64),    SCMP_SYS(getcwd),   SCMP_SYS(fadvise64),  SCMP_SYS(getuid),
    SCMP_SYS(geteuid),    SCMP_SYS(getgid),   SCMP_SYS(getegid),
};

/* What a library may ask in passing and be told no; who asks for anything else is killed. */
static const int asked_in_passing[] = {
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(ioctl),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(utimensat),
    SCMP_SYS(memfd_create),
    SCMP_SYS(sched_setaffinity),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(setpriority),
    SCMP_SYS(getpriority),
    SCMP_SYS(get_mempolicy),
    SCMP_SYS(mbind),
    SCMP_SYS(creat),
    SCMP_SYS(ftruncate),
    SCMP_SYS(openat2),
};
static const int opening[] = {
    SCMP_SYS(open),      SCMP_SYS(openat),     SCMP_SYS(newfstatat), SCMP_SYS(stat),
    SCMP_SYS(lstat),     SCMP_SYS(statx),      SCMP_SYS(statfs),     SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
};

/* For the sanitisers, which map, look at /proc and write: what no picture is to do all the same. */
static const int beyond_pictures[] = {
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(creat),
    SCMP_SYS(mkdir),  SCMP_SYS(mkdirat), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
};

static const struct sandbox_place fonts[] = {
    {"/usr/share", SANDBOX_READ}, {"/usr/local/share", SANDBOX_READ},
    {"/usr/lib", SANDBOX_READ},   {"/etc", SANDBOX_READ},
    {"/var/cache", SANDBOX_READ}, {"/var/lib/fonts", SANDBOX_READ},
    {"/proc", SANDBOX_READ},
};

#define CALLS(list) ((struct sandbox_calls){list, LENGTH(list)})

static bool confine_calls(bool reads)
{
    int allowed[LENGTH(computing) + LENGTH(reading)];
    int refused[LENGTH(asked_in_passing) + LENGTH(opening)];

    if (IS_SANITISED)
        return sandbox_calls_without(CALLS(beyond_pictures));
    memcpy(allowed, computing, sizeof computing);
    memcpy(allowed + LENGTH(computing), reading, sizeof reading);
    memcpy(refused, asked_in_passing, sizeof asked_in_passing);
    memcpy(refused + LENGTH(asked_in_passing), opening, sizeof opening);
    return sandbox_calls_only(
        (struct sandbox_calls){allowed, LENGTH(computing) + (reads ? LENGTH(reading) : 0)},
        (struct sandbox_calls){refused, LENGTH(asked_in_passing) + (reads ? 0 : LENGTH(opening))},
        reads);
}

/* Who draws words reads fonts, who decodes reads nothing. */
struct darkroom_hello darkroom_confine(enum darkroom_kind kind)
{
    bool reads = kind == DARKROOM_CARD || kind == DARKROOM_ICON;
    struct darkroom_hello h = {0};

    if (!sandbox_no_new_rights())
        return h;
    if (!IS_SANITISED)
        h.places = sandbox_places(fonts, reads ? LENGTH(fonts) : 0);
    h.calls = confine_calls(reads);
    return h;
}

struct darkroom_hello darkroom_try(void)
{
    struct darkroom_hello h = {0};
    int tell[2];
    pid_t pid;

    if (pipe(tell) != 0)
        return h;
    pid = fork();
    if (pid == 0) {
        h = darkroom_confine(DARKROOM_LOOK);
        _exit(keep_write(tell[1], str_of((const char *)&h, sizeof h)) ? 0 : 1);
    }
    close(tell[1]);
    if (pid > 0 && read(tell[0], &h, sizeof h) != sizeof h)
        h = (struct darkroom_hello){0};
    close(tell[0]);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return h;
}

static void set_limits(const struct darkroom_request *rq, size_t program)
{
    const struct darkroom_limits *most = &rq->job.limits;
    const struct rlimit cpu = {(rlim_t)most->cpu_s, (rlim_t)most->cpu_s + 5}; /* SIGXCPU, SIGKILL */

    (void)setpriority(PRIO_PROCESS, 0, rq->nice);
    (void)setrlimit(RLIMIT_CPU, &cpu);
    child_limit(RLIMIT_FSIZE, 0);
    child_limit(RLIMIT_CORE, 0);
    child_limit(RLIMIT_MEMLOCK, 0);
    if (!IS_SANITISED) /* a sanitiser maps the whole of what there could be */
        child_limit(RLIMIT_AS, program + most->memory);
}

/* --- the work --- */

static err look(arena *a, const struct darkroom_job *job, str bytes, struct darkroom_answer *answer,
                note *why)
{
    struct metadata_blobs blobs;
    struct media_words words;

    TRY(decode_look(a, bytes, &answer->facts, &blobs,
                    job->with_first ? &answer->pieces[DARKROOM_FIRST] : NULL, why));
    metadata_read(a, &blobs, &words);

    struct word_list list = word_list_of(a, &words);

    _Static_assert((int)WORD_COUNT <= (int)DARKROOM_FIRST, "each word is a piece");
    memcpy(answer->pieces, list.v, sizeof list.v);
    return OK;
}

static err do_job(arena *a, const struct darkroom_job *job, str input, const str *in,
                  struct darkroom_answer *answer, note *why)
{
    str *out = &answer->pieces[0];

    switch (job->kind) {
    case DARKROOM_LOOK:
        return look(a, job, input, answer, why);
    case DARKROOM_CARD:
        return paint_card(a, &(struct card_words){in[0], in[1], in[2], in[3]}, out, why);
    case DARKROOM_ICON:
        return paint_icon(a, &(struct icon){in[0], in[1], job->size, job->whole}, out, why);
    case DARKROOM_MAKE: /* answers more than once */
    case DARKROOM_KINDS:
        break;
    }
    return fail(why, E_INVALID, "there is no such work");
}

/* An empty file cannot be mapped, and is no picture. */
static str mapped(int input)
{
    struct stat st;
    void *p;

    if (fstat(input, &st) != 0 || st.st_size <= 0)
        return S("");
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, input, 0);
    return p == MAP_FAILED ? S("") : str_of(p, (size_t)st.st_size);
}

static bool tell(int out, struct darkroom_said *said)
{
    bool told;

    for (int i = 0; i < DARKROOM_PIECES; i++)
        said->n[i] = said->e == OK ? (uint32_t)said->answer.pieces[i].n : 0;
    told = keep_write(out, str_of((const char *)said, sizeof *said));
    for (int i = 0; i < DARKROOM_PIECES && told && said->e == OK; i++)
        told = keep_write(out, said->answer.pieces[i]);
    return told;
}

/* Each is told when it is made; one that cannot be is the last. */
static void make_and_tell(arena *a, const struct darkroom_job *job, str input, int out,
                          struct darkroom_said *said)
{
    struct negative *negative;

    said->e = negative_new(a, input, job->wanted, job->n, &negative, &said->why);
    if (said->e != OK)
        (void)tell(out, said);
    for (int i = 0; i < job->n && said->e == OK; i++) {
        said->e = negative_print(negative, &job->wanted[i], &said->answer.pieces[0], &said->why);
        if (!tell(out, said))
            return;
    }
}

static void do_guarded(arena *a, const struct darkroom_job *job, str input, const str *in, int out,
                       struct darkroom_said *said)
{
    if (arena_guard(a))
        _exit(DARKROOM_OVER_MEMORY);
    if (job->kind == DARKROOM_MAKE) {
        make_and_tell(a, job, input, out, said);
        return;
    }
    said->e = do_job(a, job, input, in, &said->answer, &said->why);
    (void)tell(out, said);
}

void darkroom_work(const struct darkroom_request *rq, int out, int input, size_t program)
{
    static struct darkroom_said said;
    str bytes = mapped(input), in[DARKROOM_PIECES] = {0}, rest = bytes;

    close(input);
    (void)prctl(PR_SET_NAME, "picture");
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    set_limits(rq, program);
    (void)darkroom_confine(rq->job.kind);
    for (int i = 0; i < DARKROOM_PIECES; i++) {
        in[i] = str_to(rest, rq->n[i]);
        rest = str_from(rest, in[i].n);
    }
    do_guarded(arena_new(WORK_ARENA), &rq->job, bytes, in, out, &said);
    _exit(0);
}
