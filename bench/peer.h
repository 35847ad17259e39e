/*
 * peer.h - a connection to the server, in the clear or over TLS, and frames of HTTP/2 to say on it.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "client.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct peer {
    int fd;   /* -1: none */
    SSL *tls; /* NULL: in the clear */
};

enum { BLOCK = 64 * 1024, PATIENCE_US = 200 * 1000 };

/* What is to be said. */
struct block {
    size_t n;
    unsigned char v[BLOCK];
};

static inline int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Resident memory of a process, in bytes. */
static inline long resident(int pid)
{
    char name[64];
    long pages = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/statm", pid);
    f = fopen(name, "r");
    if (f == NULL || fscanf(f, "%*u %ld", &pages) != 1)
        give_up("the server is gone");
    fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

static inline void peer_close(struct peer *p)
{
    SSL_free(p->tls);
    if (p->fd >= 0)
        close(p->fd);
    *p = (struct peer){.fd = -1};
}

/* 127.0.0.`from` says hello; each call waits for PATIENCE_US at most.  False: the server does not
 * want it. */
static inline bool peer_open(struct peer *p, int port, int from, SSL_CTX *tls)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(0x7f000000u + (unsigned)from)};
    struct timeval wait = {.tv_usec = PATIENCE_US};
    int yes = 1;

    *p = (struct peer){.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (p->fd < 0)
        return false;
    setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(p->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    setsockopt(p->fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (bind(p->fd, (struct sockaddr *)&here, sizeof here) != 0 ||
        connect(p->fd, (struct sockaddr *)&to, sizeof to) != 0) {
        peer_close(p);
        return false;
    }
    if (tls == NULL)
        return true;
    p->tls = SSL_new(tls);
    SSL_set_fd(p->tls, p->fd);
    if (SSL_connect(p->tls) == 1)
        return true;
    peer_close(p);
    return false;
}

static inline bool peer_say(struct peer *p, const void *bytes, size_t n)
{
    if (p->tls != NULL)
        return SSL_write(p->tls, bytes, (int)n) == (int)n;
    return send(p->fd, bytes, n, MSG_NOSIGNAL) == (ssize_t)n;
}

/* Bytes; below 1: none came in time, or none will. */
static inline ssize_t peer_hear(struct peer *p, void *to, size_t room)
{
    return p->tls != NULL ? SSL_read(p->tls, to, (int)room) : recv(p->fd, to, room, 0);
}

static inline bool peer_is_gone(struct peer *p)
{
    char byte;

    return recv(p->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0 ||
           (errno != EAGAIN && errno != EWOULDBLOCK && errno != 0);
}

static inline SSL_CTX *peer_tls(const char *protocol)
{
    SSL_CTX *c = SSL_CTX_new(TLS_client_method());
    unsigned char name[16];

    if (c == NULL)
        give_up("no TLS");
    name[0] = (unsigned char)strlen(protocol);
    memcpy(name + 1, protocol, name[0]);
    SSL_CTX_set_alpn_protos(c, name, 1u + name[0]);
    SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(c, 1); /* so that a record costs one call */
    return c;
}

/* --- frames --- */

enum {
    DATA,
    HEADERS,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    PUSH,
    PING,
    GOAWAY,
    WINDOW_UPDATE,
    CONTINUATION
};
enum { END_STREAM = 1, END_HEADERS = 4 };

static inline void put(struct block *b, const void *bytes, size_t n)
{
    if (n > sizeof b->v - b->n)
        return;
    memcpy(b->v + b->n, bytes, n);
    b->n += n;
}

static inline void put_frame(struct block *b, int kind, int flags, uint32_t stream,
                             const void *bytes, size_t n)
{
    unsigned char head[9] = {
        (unsigned char)(n >> 16),      (unsigned char)(n >> 8),      (unsigned char)n,
        (unsigned char)kind,           (unsigned char)flags,         (unsigned char)(stream >> 24),
        (unsigned char)(stream >> 16), (unsigned char)(stream >> 8), (unsigned char)stream};

    if (sizeof head + n > sizeof b->v - b->n)
        return;
    put(b, head, sizeof head);
    put(b, bytes, n);
}

/* The head of a request to localhost, packed: method 2 is GET, 3 POST. */
static inline size_t pack_head(unsigned char *to, int method, const char *path)
{
    size_t n = strlen(path);

    to[0] = (unsigned char)(0x80 | method);
    to[1] = 0x87;
    memcpy(to + 2, "\x01\x09localhost\x04", 12); /* literals whose names the table has */
    to[14] = (unsigned char)n;
    memcpy(to + 15, path, n);
    return 15 + n;
}

static inline void put_hello(struct block *b, const void *settings, size_t n)
{
    put(b, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24);
    put_frame(b, SETTINGS, 0, 0, settings, n);
}

static inline void put_request(struct block *b, uint32_t stream, int method, const char *path,
                               int flags)
{
    unsigned char head[512];

    put_frame(b, HEADERS, flags, stream, head, pack_head(head, method, path));
}

#endif
