/*
 * wake.c - how processes on one folder wake each other: datagrams through wake.sock.
 *
 * "poke" says that there are new events; "sync 42" asks for the answer "synced 42" when the
 * followers in memory have passed event 42.  Nothing depends on a poke: followers look for
 * themselves four times a second.  The owner of serve.lock owns the socket.  Addresses go through
 * /proc/self/fd because a socket's path may not be longer than 107 bytes.
 */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const clock_source ticks;

static struct sockaddr_un socket_name(const store *s)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};

    snprintf(name.sun_path, sizeof name.sun_path, "/proc/self/fd/%d/wake.sock", s->folder_fd);
    return name;
}

static int new_socket(void)
{
    return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static err own_folder(store *s, note *why)
{
    int fd = openat(s->folder_fd, "serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return fail(why, E_IO, "cannot open %s/serve.lock: %s", s->folder, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return fail(why, E_CONFLICT, "another Broadsheet serves %s", s->folder);
    }
    s->serve_fd = fd;
    return OK;
}

err store_listen(store *s, note *why)
{
    struct sockaddr_un name = socket_name(s);

    must(!s->following && s->serve_fd < 0);
    TRY(own_folder(s, why));
    unlinkat(s->folder_fd, "wake.sock", 0);

    int fd = new_socket();

    if (fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof name) != 0) {
        err e = fail(why, E_IO, "cannot listen at %s/wake.sock: %s", s->folder, strerror(errno));

        if (fd >= 0)
            close(fd);
        close(s->serve_fd);
        s->serve_fd = -1;
        return e;
    }
    s->listen_fd = fd;
    return OK;
}

void wake_close(store *s)
{
    if (s->listen_fd >= 0) {
        unlinkat(s->folder_fd, "wake.sock", 0);
        close(s->listen_fd);
    }
    if (s->serve_fd >= 0)
        close(s->serve_fd);
    if (s->poke_fd >= 0)
        close(s->poke_fd);
    s->listen_fd = s->serve_fd = s->poke_fd = -1;
}

/* By the leader of a commit only, so poke_fd has one user at a time. */
void wake_poke(store *s)
{
    struct sockaddr_un name = socket_name(s);

    if (s->poke_fd < 0)
        s->poke_fd = new_socket();
    if (s->poke_fd >= 0)
        sendto(s->poke_fd, "poke", 4, MSG_NOSIGNAL, (struct sockaddr *)&name, sizeof name);
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

err wake_ask(store *s, int64_t event, int timeout_ms, note *why)
{
    struct sockaddr_un name = socket_name(s);
    int fd = new_socket();

    if (fd < 0)
        return fail(why, E_IO, "cannot open a socket: %s", strerror(errno));

    err e = ask(fd, &name, event, clock_ticks(&ticks) + timeout_ms * INT64_C(1000));

    close(fd);
    if (e == E_MISSING)
        return OK;
    return e == OK ? OK
                   : fail(why, e, "the server on %s has not passed event %lld after %d ms",
                          s->folder, (long long)event, timeout_ms);
}
