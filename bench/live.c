/*
 * live.c - many open streams, and how soon each has what is told.
 *
 *   build/bench/live PORT PID STREAMS ROUNDS clear|tls|h2 COMMAND...
 *
 * Opens the streams, then runs COMMAND (which tells breaking news) once a second.  Prints
 * "bytes-a-stream p50-ms p99-ms last-ms answer-ms": resident memory of PID that one more stream
 * took after the first tenth of them, and of all rounds together when a stream had the news, from
 * the moment the first had it; the last is when the command's answer came, from that same moment
 * (negative: before). "open" is said on standard error when all are open.
 */
#include "peer.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>

enum { STREAMS_MAX = 19000, ROUNDS_MAX = 60, A_SOURCE = 5000, LATEST_US = 10 * 1000000 };

static struct stream {
    struct peer p;
    int heard; /* the last round */
} streams[STREAMS_MAX];
static int64_t *times; /* of each stream in each round */
static size_t time_n;

/* What a stream says next holds this word; over TLS what came may be of more than one record. */
static bool hears(struct peer *p, const char *word)
{
    char bytes[16 * 1024];
    bool found = false;
    ssize_t n;

    while ((n = peer_hear(p, bytes, sizeof bytes)) > 0) {
        found = found || memmem(bytes, (size_t)n, word, strlen(word)) != NULL;
        if (found || (size_t)n < sizeof bytes)
            break;
    }
    return found;
}

static void open_stream(struct stream *s, int number, int port, SSL_CTX *tls, bool by_h2)
{
    static const char path[] = "/live/site,latest";
    struct block b = {0};
    char ask[128];

    if (!peer_open(&s->p, port, 1 + number / A_SOURCE, tls))
        give_up("a stream cannot be opened");
    if (by_h2) {
        put_hello(&b, NULL, 0);
        put_request(&b, 1, 2, path, END_STREAM | END_HEADERS);
    } else {
        put(&b, ask,
            (size_t)snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path));
    }
    if (!peer_say(&s->p, b.v, b.n))
        give_up("a stream cannot be asked for");
    for (int64_t until = now_us() + LATEST_US; !hears(&s->p, "id: ");)
        if (now_us() > until)
            give_up("a stream does not begin");
    fcntl(s->p.fd, F_SETFL, O_NONBLOCK);
}

/* Starts it; the descriptor gives what it says, and its end. */
static int start(char **command)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        give_up("no pipe");
    if (fork() == 0) {
        dup2(ends[1], 1);
        execvp(command[0], command);
        _exit(127);
    }
    close(ends[1]);
    return ends[0];
}

struct round {
    int number, epoll, answer; /* the command's descriptor; -1: it has answered */
    int64_t first, answered;
    int heard;
};

static void take(struct round *r, struct stream *s)
{
    char bytes[256];

    if (s == NULL) {
        if (read(r->answer, bytes, sizeof bytes) > 0)
            return;
        epoll_ctl(r->epoll, EPOLL_CTL_DEL, r->answer, NULL);
        close(r->answer);
        r->answer = -1;
        r->answered = now_us();
        return;
    }
    if (!hears(&s->p, "\"breaking\"") || s->heard == r->number)
        return;

    int64_t now = now_us();

    s->heard = r->number;
    r->heard++;
    if (r->first == 0)
        r->first = now;
    times[time_n++] = now - r->first;
}

/* When the answer came, after the first stream had the news. */
static int64_t tell(int epoll, int number, int many, char **command)
{
    struct epoll_event ready[256];
    struct round r = {.number = number, .epoll = epoll, .answer = start(command)};
    int64_t until = now_us() + LATEST_US;

    epoll_ctl(epoll, EPOLL_CTL_ADD, r.answer, &(struct epoll_event){.events = EPOLLIN});
    while (r.heard < many || r.answer >= 0) {
        int n = epoll_wait(epoll, ready, 256, 100);

        for (int i = 0; i < n; i++)
            take(&r, ready[i].data.ptr);
        if (now_us() > until)
            give_up("not every stream has heard of it");
    }
    waitpid(-1, NULL, 0);
    return r.answered - r.first;
}

static int by_time(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a > b) - (a < b);
}

static double part(double of)
{
    return (double)times[(size_t)((double)(time_n - 1) * of)] / 1000;
}

int main(int argc, char **argv)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    int64_t answers = 0;

    if (argc < 7) {
        fprintf(stderr, "usage: live PORT PID STREAMS ROUNDS clear|tls|h2 COMMAND...\n");
        return 2;
    }

    int port = atoi(argv[1]), pid = atoi(argv[2]), many = atoi(argv[3]), rounds = atoi(argv[4]);
    bool by_h2 = strcmp(argv[5], "h2") == 0;
    SSL_CTX *tls = strcmp(argv[5], "clear") == 0 ? NULL : peer_tls(by_h2 ? "h2" : "http/1.1");

    if (many < 1 || many > STREAMS_MAX || rounds < 1 || rounds > ROUNDS_MAX)
        give_up("too many");
    times = calloc((size_t)many * (size_t)rounds, sizeof *times);
    if (times == NULL || epoll < 0)
        give_up("cannot begin");
    signal(SIGPIPE, SIG_IGN);

    long before = resident(pid);

    for (int i = 0; i < many; i++) {
        if (i == many / 10)
            before = resident(pid);
        open_stream(&streams[i], i, port, tls, by_h2);
        epoll_ctl(epoll, EPOLL_CTL_ADD, streams[i].p.fd,
                  &(struct epoll_event){.events = EPOLLIN, .data.ptr = &streams[i]});
    }

    long after = resident(pid);

    fprintf(stderr, "open\n");
    for (int i = 1; i <= rounds; i++) {
        int64_t next = now_us() + 1000000;

        answers += tell(epoll, i, many, argv + 6);
        if (next > now_us() && i < rounds)
            usleep((useconds_t)(next - now_us()));
    }
    qsort(times, time_n, sizeof *times, by_time);
    printf("%ld %.1f %.1f %.1f %.1f\n", (after - before) / (many - many / 10), part(0.5),
           part(0.99), part(1), (double)answers / rounds / 1000);
    return 0;
}
