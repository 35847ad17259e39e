#include "command/handover.h"

#include "base/log.h"
#include "base/must.h"
#include "base/time.h"
#include "command/command.h"
#include "command/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INHERITED_MAX = 3, PID_DIGITS = 10, NOT_THERE = 127 };
enum word { READY = 'r', YOURS = 'y', WORKS = 'w' };

static const clock_source ticks;

static void tell_other(struct handover *h, enum word word)
{
    char c = (char)word;

    (void)!send(h->line, &c, 1, MSG_NOSIGNAL);
}

static void hang_up(struct handover *h)
{
    if (h->line >= 0)
        close(h->line);
    h->line = -1;
}

static void be_patient(struct handover *h)
{
    h->until = clock_ticks(&ticks) + HANDOVER_PATIENCE_S * SECOND_US;
}

/* --- the next program --- */

/* What the next one gets, made before the fork: between fork and exec nothing may be allocated. */
struct inheritance {
    int fds[INHERITED_MAX], n;
    char **env;
    char count[32], names[64], pid[sizeof "LISTEN_PID=" + PID_DIGITS];
};

static bool is_of_handing_over(const char *variable)
{
    return strncmp(variable, "LISTEN_", 7) == 0;
}

static void fill_environment(struct inheritance *in)
{
    size_t n = 0;

    while (environ[n] != NULL)
        n++;
    in->env = calloc(n + 4, sizeof *in->env);
    must(in->env != NULL);
    n = 0;
    for (char **v = environ; *v != NULL; v++)
        if (!is_of_handing_over(*v))
            in->env[n++] = *v;
    snprintf(in->count, sizeof in->count, "LISTEN_FDS=%d", in->n);
    snprintf(in->pid, sizeof in->pid, "LISTEN_PID=%0*d", PID_DIGITS, 0);
    in->env[n++] = in->count;
    in->env[n++] = in->names;
    in->env[n] = in->pid;
}

/* Above those that the next one finds them at, so that none is put over another. */
static bool put(struct inheritance *in, int fd, const char *name)
{
    size_t used = strlen(in->names);
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, SUPERVISOR_FIRST + INHERITED_MAX);

    if (copy < 0)
        return false;
    snprintf(in->names + used, sizeof in->names - used, "%s%s",
             in->n == 0 ? "LISTEN_FDNAMES=" : ":", name);
    in->fds[in->n++] = copy;
    return true;
}

static void drop(struct inheritance *in)
{
    for (int i = 0; i < in->n; i++)
        close(in->fds[i]);
    free(in->env);
}

/* After the fork: only what is safe there. */
[[gnu::noreturn]] static void become(struct inheritance *in)
{
    long pid = getpid();

    for (size_t i = sizeof in->pid - 1; i-- > sizeof "LISTEN_PID=" - 1; pid /= 10)
        in->pid[i] = (char)('0' + pid % 10);
    for (int i = 0; i < in->n; i++)
        if (dup2(in->fds[i], SUPERVISOR_FIRST + i) < 0)
            _exit(NOT_THERE);
    close_range((unsigned)(SUPERVISOR_FIRST + in->n), ~0u, CLOSE_RANGE_CLOEXEC);
    execvpe(command_line[0], command_line, in->env);
    _exit(NOT_THERE);
}

static err spawn(struct handover *h, struct server_sockets sockets, note *why)
{
    struct inheritance in = {0};
    int line[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) != 0)
        return fail(why, E_IO, "cannot make a line to it: %s", strerror(errno));

    bool all = put(&in, sockets.clear, "clear") && put(&in, line[1], "before") &&
               (sockets.tls < 0 || put(&in, sockets.tls, "tls"));

    close(line[1]);
    fill_environment(&in);
    h->line = line[0];
    h->next = all ? fork() : -1;
    if (h->next == 0)
        become(&in);

    int cause = errno;

    drop(&in);
    if (h->next > 0)
        return OK;
    h->next = 0;
    hang_up(h);
    return fail(why, E_IO, "cannot start a process: %s", strerror(cause));
}

/* It ends by itself, or is ended; gives its status. */
static int await_end(pid_t pid)
{
    enum { LOOKS = 50, PAUSE_US = 10000 };
    int status = 0;

    for (int i = 0; i < LOOKS; i++) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
        usleep(PAUSE_US);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void bury(struct handover *h, note *how)
{
    int status = await_end(h->next);

    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
        err_ignore(fail(how, E_MISSING, "%s cannot be run", command_line[0]));
    else if (WIFEXITED(status))
        err_ignore(fail(how, E_IO, "it ended with code %d; its reason is in the log",
                        WEXITSTATUS(status)));
    else
        err_ignore(fail(how, E_IO, "it was ended by signal %d", WTERMSIG(status)));
    h->next = 0;
    hang_up(h);
}

static void tell_failed(const note *why)
{
    log_event(LOG_handover_failed, "why=\"%s\"", why->text);
    supervisor_tell("READY=1\nSTATUS=The next program did not take over: %s", why->text);
}

/* It did not take over: we go on.  Whatever it had in hand it has no more. */
static err go_on(struct handover *h, bool is_late, note *why)
{
    bool must_work = h->stage == WAITS_UNTIL_IT_WORKS;
    note how = {0};

    bury(h, &how);
    if (is_late)
        err_ignore(fail(&how, E_BUSY, "it was not ready after %d seconds", HANDOVER_PATIENCE_S));
    h->stage = BY_ITSELF;

    err e = must_work ? h->work.start(h->work.of, why) : OK;

    tell_failed(&how); /* by now we do go on */
    return e;
}

/* --- both sides --- */

err handover_begin(struct handover *h, struct handover_work work, int before, note *why)
{
    *h = (struct handover){.stage = before >= 0 ? BESIDE : BY_ITSELF, .work = work, .line = before};
    return before >= 0 ? OK : work.start(work.of, why);
}

void handover_serves(struct handover *h)
{
    if (h->stage == BESIDE)
        tell_other(h, READY);
    else
        supervisor_tell("READY=1");
}

void handover_start(struct handover *h, struct server_sockets sockets)
{
    note why = {0};

    if (h->stage != BY_ITSELF) {
        err_ignore(fail(&why, E_BUSY, "another one is under way"));
        log_event(LOG_handover_failed, "why=\"%s\"", why.text);
        return;
    }
    supervisor_tell("RELOADING=1\nMONOTONIC_USEC=%lld\nSTATUS=The next program starts.",
                    (long long)clock_ticks(&ticks));
    if (spawn(h, sockets, &why) != OK) {
        tell_failed(&why);
        return;
    }
    log_event(LOG_handover_start, "program=\"%s\" process=%ld", command_line[0], (long)h->next);
    h->stage = WAITS_UNTIL_IT_SERVES;
    be_patient(h);
}

int handover_watched(const struct handover *h)
{
    return h->line;
}

int handover_patience_ms(const struct handover *h)
{
    int64_t left = (h->until - clock_ticks(&ticks)) / 1000 + 1;

    if (h->stage != WAITS_UNTIL_IT_SERVES && h->stage != WAITS_UNTIL_IT_WORKS)
        return -1;
    return left > 0 ? (int)left : 0;
}

/* The other one's word; 0: it has ended; -1: it has said nothing. */
static int hear(const struct handover *h)
{
    char word;
    ssize_t n = recv(h->line, &word, 1, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return -1;
    return n > 0 ? word : 0;
}

static err take_over(struct handover *h, note *why)
{
    TRY(h->work.start(h->work.of, why));
    tell_other(h, WORKS);
    hang_up(h);
    h->stage = BY_ITSELF;
    return OK;
}

static err hear_next(struct handover *h, int word, note *why)
{
    if (h->stage == WAITS_UNTIL_IT_SERVES && word == READY) {
        h->work.stop(h->work.of);
        h->stage = WAITS_UNTIL_IT_WORKS;
        be_patient(h);
        tell_other(h, YOURS);
        return OK;
    }
    if (h->stage == WAITS_UNTIL_IT_WORKS && word == WORKS) {
        supervisor_tell("MAINPID=%ld\nREADY=1\nSTATUS=", (long)h->next);
        log_event(LOG_handover_done, "process=%ld", (long)h->next);
        h->stage = DONE;
        hang_up(h);
        return OK;
    }
    return go_on(h, false, why);
}

err handover_look(struct handover *h, note *why)
{
    int word = h->line >= 0 ? hear(h) : -1;

    if (h->stage == BESIDE)
        return word < 0 ? OK : take_over(h, why);
    if (h->next > 0 && word >= 0)
        return hear_next(h, word, why);
    if (handover_patience_ms(h) == 0)
        return go_on(h, true, why);
    return OK;
}

void handover_end(struct handover *h)
{
    if (h->next > 0 && h->stage != DONE) {
        kill(h->next, SIGTERM);
        while (waitpid(h->next, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    hang_up(h);
}
