/*
 * wake.c - how processes on one folder know of each other.
 *
 * Charge: the lock on serve.lock.  One process has it and runs what is due; the file has its
 * number. Seats: each process that serves has one (two of them while one program takes over from
 * another), a lock on wake/N and a datagram socket wake/N.sock beside it.  "poke" says that there
 * are new events; "sync 42" asks for the answer "synced 42" when the followers in memory have
 * passed event
 * 42.  Nothing depends on a poke: followers look for themselves four times a second.  Addresses go
 * through /proc/self/fd because a socket's path may not be longer than 107 bytes.
 */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const clock_source ticks;

static struct sockaddr_un socket_name(const store *s, int seat)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};

    snprintf(name.sun_path, sizeof name.sun_path, "/proc/self/fd/%d/wake/%d.sock", s->folder_fd,
             seat);
    return name;
}

static int new_socket(void)
{
    return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* --- charge --- */

/* Somebody may hold it for a moment, only to see whether it is free: store_is_served(). */
static bool lock_charge(int fd)
{
    enum { TRIES = 20, PAUSE_US = 10000 };

    for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (i == TRIES)
            return false;
        usleep(PAUSE_US);
    }
    return true;
}

err store_take_charge(store *s, note *why)
{
    int fd = openat(s->folder_fd, "serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    char number[24];

    must(s->charge_fd < 0);
    if (fd < 0)
        return fail(why, E_IO, "cannot open %s/serve.lock: %s", s->folder, strerror(errno));
    if (!lock_charge(fd)) {
        close(fd);
        return fail(why, E_CONFLICT, "another Broadsheet serves %s", s->folder);
    }

    int n = snprintf(number, sizeof number, "%ld\n", (long)getpid());

    if (ftruncate(fd, 0) != 0 || pwrite(fd, number, (size_t)n, 0) != n) {
        close(fd);
        return fail(why, E_IO, "cannot write %s/serve.lock: %s", s->folder, strerror(errno));
    }
    s->charge_fd = fd;
    return OK;
}

void store_leave_charge(store *s)
{
    if (s->charge_fd < 0)
        return;
    (void)!ftruncate(s->charge_fd, 0);
    flock(s->charge_fd, LOCK_UN); /* a child between fork and exec has it open as well */
    close(s->charge_fd);
    s->charge_fd = -1;
}

/* --- seats --- */

/* Its lock, or -1: it is taken. */
static int take_seat(const store *s, int seat)
{
    char name[32];

    snprintf(name, sizeof name, "wake/%d", seat);

    int fd = openat(s->folder_fd, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static void unlink_socket(const store *s)
{
    char name[32];

    snprintf(name, sizeof name, "wake/%d.sock", s->seat);
    unlinkat(s->folder_fd, name, 0);
}

static err find_seat(store *s, note *why)
{
    if (mkdirat(s->folder_fd, "wake", 0700) != 0 && errno != EEXIST)
        return fail(why, E_IO, "cannot make %s/wake: %s", s->folder, strerror(errno));
    for (int i = 0; i < SEATS; i++) {
        s->seat_fd = take_seat(s, i);
        if (s->seat_fd < 0)
            continue;
        s->seat = i;
        return OK;
    }
    return fail(why, E_BUSY, "%d programs that serve %s have not ended yet", SEATS, s->folder);
}

err store_listen(store *s, note *why)
{
    must(!s->following && s->seat_fd < 0);
    TRY(find_seat(s, why));
    unlink_socket(s);

    struct sockaddr_un name = socket_name(s, s->seat);

    s->listen_fd = new_socket();
    if (s->listen_fd >= 0 && bind(s->listen_fd, (struct sockaddr *)&name, sizeof name) == 0)
        return OK;

    err e = fail(why, E_IO, "cannot listen at %s/wake/%d.sock: %s", s->folder, s->seat,
                 strerror(errno));

    wake_leave(s);
    return e;
}

bool wake_is_alone(const store *s)
{
    for (int i = 0; i < SEATS; i++) {
        int fd = take_seat(s, i);

        if (fd < 0 && errno == EWOULDBLOCK)
            return false;
        if (fd >= 0)
            close(fd);
    }
    return true;
}

void wake_leave(store *s)
{
    if (s->listen_fd >= 0) {
        unlink_socket(s);
        close(s->listen_fd);
    }
    if (s->seat_fd >= 0)
        close(s->seat_fd);
    s->seat = s->listen_fd = s->seat_fd = -1;
}

/* --- datagrams --- */

/* By the leader of a commit only, so poke_fd has one user at a time. */
void wake_poke(store *s)
{
    if (s->poke_fd < 0)
        s->poke_fd = new_socket();
    for (int i = 0; i < SEATS && s->poke_fd >= 0; i++) {
        struct sockaddr_un name = socket_name(s, i);

        if (i != s->seat)
            sendto(s->poke_fd, "poke", 4, MSG_NOSIGNAL, (struct sockaddr *)&name, sizeof name);
    }
}

void wake_read(store *s, struct wake_list *asked)
{
    char text[64];

    while (asked->n < SYNCS_MAX) {
        struct wake_asked *one = &asked->v[asked->n];

        one->from_size = sizeof one->from;

        ssize_t n = recvfrom(s->listen_fd, text, sizeof text, 0, (struct sockaddr *)one->from,
                             &one->from_size);

        if (n < 0)
            return;

        str got = str_of(text, (size_t)n);

        if (str_starts(got, S("sync ")) && str_int(str_from(got, 5), &one->event))
            asked->n++;
    }
}

void wake_answer(store *s, struct wake_list *asked, int64_t passed)
{
    char text[64];
    size_t kept = 0;

    for (size_t i = 0; i < asked->n; i++) {
        struct wake_asked *one = &asked->v[i];

        if (one->event > passed) {
            asked->v[kept++] = *one;
            continue;
        }

        int n = snprintf(text, sizeof text, "synced %lld", (long long)one->event);

        sendto(s->listen_fd, text, (size_t)n, MSG_NOSIGNAL, (struct sockaddr *)one->from,
               one->from_size);
    }
    asked->n = kept;
}

/* Wait until `fd` can do `what`; false when the time is over. */
static bool wait_for(int fd, short what, int64_t until)
{
    for (;;) {
        struct pollfd p = {.fd = fd, .events = what};
        int64_t left_us = until - clock_ticks(&ticks);
        int n = poll(&p, 1, left_us <= 0 ? 0 : (int)(left_us / 1000) + 1);

        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

/* OK: it has passed; E_MISSING: nobody is there (any more); E_BUSY: time is over. */
static err ask(int fd, const struct sockaddr_un *to, int64_t event, int64_t until)
{
    struct sockaddr_un unnamed = {.sun_family = AF_UNIX};
    char text[64];
    int n = snprintf(text, sizeof text, "sync %lld", (long long)event);

    /* a name of its own to be answered at; connected: nobody else can answer */
    if (bind(fd, (struct sockaddr *)&unnamed, sizeof unnamed.sun_family) != 0)
        return E_IO;
    if (connect(fd, (const struct sockaddr *)to, sizeof *to) != 0)
        return E_MISSING;
    while (send(fd, text, (size_t)n, MSG_NOSIGNAL) < 0) {
        if (errno != EAGAIN && errno != EINTR)
            return E_MISSING;
        if (!wait_for(fd, POLLOUT, until))
            return E_BUSY;
    }
    for (;;) {
        if (!wait_for(fd, POLLIN, until))
            return E_BUSY;
        if (recv(fd, text, sizeof text, 0) >= 0)
            return OK;
        if (errno != EAGAIN && errno != EINTR)
            return E_MISSING;
    }
}

static err ask_seat(store *s, int seat, int64_t event, int64_t until, note *why)
{
    struct sockaddr_un name = socket_name(s, seat);
    int fd = new_socket();

    if (fd < 0)
        return fail(why, E_IO, "cannot open a socket: %s", strerror(errno));

    err e = ask(fd, &name, event, until);

    close(fd);
    return e == E_MISSING ? OK : e;
}

err wake_ask(store *s, int64_t event, int timeout_ms, note *why)
{
    int64_t until = clock_ticks(&ticks) + timeout_ms * INT64_C(1000);

    for (int i = 0; i < SEATS; i++) {
        err e = i == s->seat ? OK : ask_seat(s, i, event, until, why);

        if (e == E_BUSY)
            return fail(why, e, "the server on %s has not passed event %lld after %d ms", s->folder,
                        (long long)event, timeout_ms);
        TRY(e);
    }
    return OK;
}
