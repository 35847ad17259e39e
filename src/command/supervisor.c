#include "command/supervisor.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { HANDED_MAX = 8 };

static err take_listener(int fd, str name, int *out, note *why)
{
    int listens = 0, type = 0, flags = fcntl(fd, F_GETFL);
    socklen_t n = sizeof listens, m = sizeof type;

    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) != 0 || !listens ||
        getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &m) != 0 || type != SOCK_STREAM)
        return fail(why, E_INVALID,
                    "descriptor %d (\"%.*s\") was handed over to listen at, and is "
                    "no socket that listens",
                    fd, STR(name));
    if (*out >= 0)
        return fail(why, E_INVALID,
                    "more sockets were handed over than one in the clear and one "
                    "named \"tls\"");
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return fail(why, E_IO, "cannot use descriptor %d: %s", fd, strerror(errno));
    *out = fd;
    return OK;
}

static err take_one(int fd, str name, struct supervisor_handed *out, note *why)
{
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return fail(why, E_INVALID, "descriptor %d was handed over and is not open", fd);
    if (str_eq(name, S("before"))) {
        out->before = fd;
        return OK;
    }
    return take_listener(fd, name, str_eq(name, S("tls")) ? &out->tls : &out->clear, why);
}

/* A number of the environment; -1: it is not there, or none. */
static int64_t number_of(const char *variable)
{
    const char *text = getenv(variable);
    int64_t n;

    return text != NULL && str_int(str_c(text), &n) ? n : -1;
}

static err take_all(struct supervisor_handed *out, note *why)
{
    const char *listed = getenv("LISTEN_FDNAMES");
    str names = str_c(listed != NULL ? listed : "");
    int64_t n = number_of("LISTEN_PID") == getpid() ? number_of("LISTEN_FDS") : 0;

    if (n > HANDED_MAX)
        return fail(why, E_INVALID, "%lld descriptors were handed over; at most %d are taken",
                    (long long)n, HANDED_MAX);
    for (int i = 0; i < n; i++) {
        str name = S("");

        (void)str_cut(&names, ':', &name);
        TRY(take_one(SUPERVISOR_FIRST + i, name, out, why));
    }
    return OK;
}

err supervisor_take(struct supervisor_handed *out, note *why)
{
    *out = (struct supervisor_handed){-1, -1, -1};

    err e = take_all(out, why);

    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    return e;
}

void supervisor_tell(const char *format, ...)
{
    const char *where = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = where != NULL ? strlen(where) : 0;
    char text[1024];
    va_list args;

    if (n < 2 || n >= sizeof to.sun_path || (where[0] != '/' && where[0] != '@'))
        return;
    memcpy(to.sun_path, where, n);
    if (where[0] == '@')
        to.sun_path[0] = '\0';
    va_start(args, format);

    int said = vsnprintf(text, sizeof text, format, args);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    va_end(args);
    if (fd < 0)
        return;
    if (said > 0 && (size_t)said < sizeof text)
        sendto(fd, text, (size_t)said, MSG_NOSIGNAL, (struct sockaddr *)&to,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    close(fd);
}
