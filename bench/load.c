/*
 * load.c - keeps a server busy over HTTP/1.1 and says how fast it answered.
 *
 *   build/bench/load PORT PATH CONNECTIONS SECONDS      prints "requests/s p50-ms p99-ms"
 *
 * Each connection asks again when its answer is complete.  Heads are read; bodies are taken from
 * the kernel unread (MSG_TRUNC, tcp(7)), so that this side costs less than the server and the
 * server's core is the one that fills.  Exit code 1 when an answer was not 200 or broke off.
 */
#include "client.h"

#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 8192, CONNECTIONS_MAX = 1024, SAMPLES_MAX = 4 << 20, SECONDS_MAX = 600 };

struct client {
    int fd;
    size_t head_n;
    int64_t body_left; /* -1: the head is being read */
    int64_t asked_at;
    char head[HEAD_MAX + 1];
};

static char asking[2048];
static int asking_n;
static uint32_t *samples; /* microseconds */
static size_t answers;

static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void ask(struct client *c)
{
    c->head_n = 0;
    c->body_left = -1;
    c->asked_at = now_us();
    if (send(c->fd, asking, (size_t)asking_n, MSG_NOSIGNAL) != asking_n)
        give_up("a request could not be sent");
}

static void answered(struct client *c)
{
    if (answers < SAMPLES_MAX)
        samples[answers] = (uint32_t)(now_us() - c->asked_at);
    answers++;
    ask(c);
}

/* The head has come whole: how much of the body is still to come. */
static void read_head(struct client *c, const char *end)
{
    const char *length = strcasestr(c->head, "\r\nContent-Length:");

    if (strncmp(c->head, "HTTP/1.1 200 ", 13) != 0 || length == NULL || length > end) {
        errno = EPROTO;
        give_up("an answer is not 200 with a length");
    }
    c->body_left = strtoll(length + 17, NULL, 10) - (int64_t)(c->head_n - (size_t)(end - c->head));
}

static void take_head(struct client *c)
{
    ssize_t n = recv(c->fd, c->head + c->head_n, HEAD_MAX - c->head_n, MSG_DONTWAIT);
    const char *end;

    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0)
        give_up("an answer broke off");
    c->head_n += (size_t)n;
    c->head[c->head_n] = '\0';
    end = strstr(c->head, "\r\n\r\n");
    if (end != NULL)
        read_head(c, end + 4);
    else if (c->head_n == HEAD_MAX)
        give_up("a head is too long");
}

static void take(struct client *c)
{
    if (c->body_left < 0)
        take_head(c);
    while (c->body_left > 0) {
        ssize_t n = recv(c->fd, NULL, (size_t)c->body_left, MSG_DONTWAIT | MSG_TRUNC);

        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            give_up("an answer broke off");
        c->body_left -= n;
    }
    if (c->body_left == 0)
        answered(c);
}

static int by_size(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return (a > b) - (a < b);
}

static double part_ms(size_t n, double part)
{
    return n == 0 ? 0 : samples[(size_t)((double)(n - 1) * part)] / 1000.0;
}

int main(int argc, char **argv)
{
    static struct client clients[CONNECTIONS_MAX];
    struct epoll_event ready[256];
    int epoll = epoll_create1(EPOLL_CLOEXEC);

    if (argc != 5) {
        fprintf(stderr, "usage: load PORT PATH CONNECTIONS SECONDS\n");
        return 2;
    }

    int many = atoi(argv[3]), seconds = atoi(argv[4]);

    if (many < 1 || many > CONNECTIONS_MAX || seconds < 1 || seconds > SECONDS_MAX) {
        fprintf(stderr, "load: 1 to %d connections, 1 to %d seconds\n", CONNECTIONS_MAX,
                SECONDS_MAX);
        return 2;
    }
    asking_n =
        snprintf(asking, sizeof asking, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", argv[2]);
    samples = calloc(SAMPLES_MAX, sizeof *samples);
    if (samples == NULL || epoll < 0 || asking_n >= (int)sizeof asking)
        give_up("cannot begin");

    int64_t began = now_us(), end = began + (int64_t)seconds * 1000000;

    for (int i = 0; i < many; i++) {
        clients[i].fd = meet(atoi(argv[1]));
        epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i].fd,
                  &(struct epoll_event){.events = EPOLLIN, .data.ptr = &clients[i]});
        ask(&clients[i]);
    }
    while (now_us() < end) {
        int n = epoll_wait(epoll, ready, 256, 100);

        for (int i = 0; i < n; i++)
            take(ready[i].data.ptr);
    }

    double took = (double)(now_us() - began) / 1e6;
    size_t n = answers < SAMPLES_MAX ? answers : SAMPLES_MAX;

    qsort(samples, n, sizeof *samples, by_size);
    printf("%.0f %.3f %.3f\n", (double)answers / took, part_ms(n, 0.5), part_ms(n, 0.99));
    return 0;
}
