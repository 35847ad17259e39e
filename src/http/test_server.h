/*
 * test_server.h - a server of a few routes on a free port, and a socket to one, for tests of what
 * stands on them.
 */
#ifndef HTTP_TEST_SERVER_H
#define HTTP_TEST_SERVER_H

#include "base/test.h"
#include "http/server.h"

#include <arpa/inet.h>
#include <sys/socket.h>

/* One loop, two desks. */
static inline struct server *test_serve(struct test *t, const struct route *routes, size_t n,
                                        struct server_limits limits)
{
    struct server_options o = {.address = "127.0.0.1:0",
                               .loops = 1,
                               .desks = 2,
                               .clock = &t->clock,
                               .routes = routes,
                               .route_n = n,
                               .limits = limits};
    struct server *s = NULL;

    CHECK_OK(server_start(&o, &s, &t->why));
    return s;
}

/* `room`: what the kernel keeps of what is not read yet, in bytes; 0: as it likes. */
static inline int test_connect(const struct server *s, int room)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(s)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 20};

    if (room > 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    CHECK(fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

#endif
