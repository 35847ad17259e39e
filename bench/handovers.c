/*
 * handovers.c - one program takes over from another, again and again, under a steady load.
 *
 *   handovers PORT DATA STREAMS RATE TIMES EVERY-MS COOKIE TOKEN PICTURE PATHS COMMAND...
 *
 * Opens the streams, then asks RATE times a second whatever the answers do: the paths of the file
 * PATHS in turn, on connections that stay and now and then on one of its own, and in between what
 * comes next of an upload of PICTURE to the desk.  At each hand-over COMMAND, with its number as
 * the last word, tells something that every stream is to hear.  It does as honest clients do: who
 * is told to close comes again; a GET is asked once more where a connection that stayed is closed
 * before a byte of the answer came, and nothing else is; a stream comes back when it was told to
 * and says what it heard last.  Prints one line:
 *
 *   requests, of them a second, failed, asked again; uploads; p50, p99 and last ms of what was read
 *   (from when it was due); streams opened again; events told, missed, repeated
 *
 * and on standard error what failed.  Exit code 1 when anything did, or a stream missed an event or
 * had one twice.
 */
#include "client.h"

#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STREAMS_MAX = 19000,
    A_SOURCE = 5000,
    A_TURN = 16, /* streams that are opened at one time, at first */
    CONNS = 256,
    NEW_EACH = 16,    /* requests: one on a connection of its own */
    UPLOAD_EACH = 40, /* one of an upload */
    PIECE = 8 << 10,
    ROOM = 16 << 10,
    PATHS_MAX = 64,
    DUE_MAX = 1 << 16,
    EVENTS_MAX = 10000,
    SAMPLES_MAX = 4 << 20,
    TOLD_MOST = 20, /* failures, one by one */
    STEP_US = 1000,
    PATIENCE_US = 60 * 1000 * 1000,
};

/* First in what it is of. */
struct link {
    int fd; /* -1: none */
    bool is_stream, is_coming;
};

struct conn {
    struct link link;
    bool is_busy, is_upload, has_answered, is_again, closes;
    int64_t due, free_at, left; /* left: bytes of the body; -1: the head is being read */
    size_t ask_n, got_n;
    const char *path;
    char ask[PIECE + 2048], got[ROOM + 1];
};

struct stream {
    struct link link;
    bool has_begun;
    int64_t heard, back_at; /* the last event; when it comes back */
    int retry_ms, told;
    size_t n;
    char came[4096];
};

static struct conn conns[CONNS];
static struct stream streams[STREAMS_MAX];

static int port, epoll, stream_n, open_n, path_n, event_n, handovers;
static char *paths[PATHS_MAX];
static const char *cookie, *token;
static int64_t due[DUE_MAX], events[EVENTS_MAX], handed_at;
static size_t due_first, due_n, requests, answers, sample_n, failures, agains, openings, repeats;
static uint32_t *samples; /* microseconds */
static bool counts;       /* the load has begun */

static struct upload {
    char *bytes, id[128]; /* no id: the next is to begin */
    size_t n, at;
    bool is_asked;
    int done;
} upload;

static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void count_failure(const char *what, const char *how)
{
    if (counts && failures++ < TOLD_MOST)
        fprintf(stderr, "%s: %s, %lld ms after hand-over %d\n", what, how,
                (long long)(now_us() - handed_at) / 1000, handovers);
}

/* --- connections --- */

/* It can be written to when it is there. */
static void come(struct link *l, int from)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(0x7f000000u + (unsigned)from)};
    int yes = 1;

    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    l->is_coming = true;
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(l->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(l->fd, (struct sockaddr *)&here, sizeof here) != 0 ||
        (connect(l->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS))
        give_up("the server cannot be reached");
    epoll_ctl(epoll, EPOLL_CTL_ADD, l->fd,
              &(struct epoll_event){.events = EPOLLOUT, .data.ptr = l});
}

/* 0, or why it will not be there. */
static int arrive(struct link *l)
{
    int error = 0;
    socklen_t n = sizeof error;

    getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &n);
    l->is_coming = false;
    epoll_ctl(epoll, EPOLL_CTL_MOD, l->fd, &(struct epoll_event){.events = EPOLLIN, .data.ptr = l});
    return error;
}

static void go(struct link *l)
{
    close(l->fd);
    l->fd = -1;
}

/* --- requests --- */

static void write_upload(struct conn *c)
{
    size_t left = upload.n - upload.at;
    size_t n = upload.id[0] == '\0' ? 0 : left < PIECE ? left : PIECE;
    char where[256];

    if (n == 0)
        snprintf(where, sizeof where, "?name=picture-%d.jpg&size=%zu", upload.done, upload.n);
    else
        snprintf(where, sizeof where, "/%s?offset=%zu", upload.id, upload.at);
    c->path = "/desk/pictures/upload";
    c->ask_n = (size_t)snprintf(
        c->ask, sizeof c->ask - PIECE,
        "POST %s%s HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: http://localhost:%d\r\nCookie: "
        "%s\r\nX-Desk-Token: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: "
        "%zu\r\n\r\n",
        c->path, where, port, port, cookie, token, n);
    memcpy(c->ask + c->ask_n, upload.bytes + upload.at, n);
    c->ask_n += n;
    upload.is_asked = true;
}

static void write_question(struct conn *c, size_t number)
{
    bool of_desk;

    c->path = paths[number % (size_t)path_n];
    c->closes = number % NEW_EACH == 0;
    of_desk = strncmp(c->path, "/desk", 5) == 0;
    c->ask_n = (size_t)snprintf(
        c->ask, sizeof c->ask, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%s%s%s%s\r\n", c->path,
        port, c->closes ? "Connection: close\r\n" : "", of_desk ? "Cookie: " : "",
        of_desk ? cookie : "", of_desk ? "\r\n" : "");
}

static void say(struct conn *c)
{
    c->got_n = 0;
    c->left = -1;
    if (c->link.fd < 0) {
        c->has_answered = false;
        come(&c->link, 1);
    } else if (!c->link.is_coming) {
        (void)!send(c->link.fd, c->ask, c->ask_n, MSG_NOSIGNAL); /* what came of it is read */
    }
}

static void ask(struct conn *c, int64_t at)
{
    size_t number = requests++;

    c->is_busy = true;
    c->is_again = c->closes = false;
    c->due = at;
    c->is_upload = number % UPLOAD_EACH == 1 && !upload.is_asked;
    if (c->is_upload)
        write_upload(c);
    else
        write_question(c, number);
    say(c);
}

/* The connection is over: with its question, if it has one. */
static void conn_ended(struct conn *c, const char *how)
{
    bool may_again =
        c->is_busy && c->has_answered && c->got_n == 0 && !c->is_upload && !c->is_again;

    go(&c->link);
    if (may_again) {
        c->is_again = true;
        agains++;
        say(c);
    } else if (c->is_busy) {
        c->is_busy = false;
        if (c->is_upload)
            upload.is_asked = false;
        count_failure(c->path, how);
    }
}

/* False: the answer to a piece is of another kind. */
static bool upload_goes_on(const char *answer)
{
    static const char key[] = "\"upload\":\"";
    const char *id = strstr(answer, key);

    upload.is_asked = false;
    if (upload.id[0] == '\0')
        return id != NULL && sscanf(id + sizeof key - 1, "%127[^\"]", upload.id) == 1;
    upload.at += PIECE;
    if (upload.at < upload.n)
        return true;
    upload.at = 0;
    upload.id[0] = '\0';
    upload.done++;
    return strstr(answer, "\"picture\"") != NULL;
}

static void answered(struct conn *c)
{
    int status = atoi(c->got + strlen("HTTP/1.1 "));
    char how[32];

    snprintf(how, sizeof how, "%d", status);
    c->got[c->got_n] = '\0';
    if (c->is_upload && !upload_goes_on(c->got))
        status = 0;
    if (status != 200 && status != 201)
        count_failure(c->path, how);
    answers++;
    if (!c->is_upload && sample_n < SAMPLES_MAX)
        samples[sample_n++] = (uint32_t)(now_us() - c->due);
    c->is_busy = false;
    c->has_answered = true;
    c->free_at = now_us();
    c->got_n = 0;
    c->left = -1;
    if (c->closes)
        go(&c->link);
}

static void read_head(struct conn *c)
{
    const char *end, *length;

    c->got[c->got_n] = '\0';
    end = strstr(c->got, "\r\n\r\n");
    if (end == NULL)
        return;
    length = strcasestr(c->got, "\r\nContent-Length:");
    if (length == NULL || length > end)
        give_up("an answer has no length");
    c->left = strtoll(length + 17, NULL, 10) - (int64_t)(c->got_n - (size_t)(end + 4 - c->got));
    length = strcasestr(c->got, "\r\nConnection: close");
    c->closes |= length != NULL && length < end;
}

/* As much of the answer as is there; what recv() said last. */
static ssize_t take(struct conn *c)
{
    ssize_t n;

    do {
        bool keeps = c->left < 0 || c->is_upload;

        n = keeps ? recv(c->link.fd, c->got + c->got_n, ROOM - c->got_n, MSG_DONTWAIT)
                  : recv(c->link.fd, NULL, (size_t)c->left, MSG_DONTWAIT | MSG_TRUNC);
        if (n > 0 && keeps)
            c->got_n += (size_t)n;
        if (n > 0 && c->left > 0)
            c->left -= n;
        else if (n > 0)
            read_head(c);
    } while (n > 0 && c->left != 0);
    return n;
}

static void conn_ready(struct conn *c)
{
    ssize_t n;

    if (c->link.is_coming) {
        int error = arrive(&c->link);

        if (error != 0)
            conn_ended(c, strerror(error));
        else
            say(c);
        return;
    }
    n = take(c);
    if (n > 0)
        answered(c);
    else if (n == 0 || errno != EAGAIN)
        conn_ended(c, n == 0 ? "closed" : strerror(errno));
}

/* --- streams --- */

static int source(const struct stream *s)
{
    return 1 + (int)(s - streams) / A_SOURCE;
}

static void stream_ended(struct stream *s)
{
    if (s->has_begun)
        open_n--;
    go(&s->link);
    s->back_at = now_us() + (int64_t)s->retry_ms * 1000;
}

static void stream_failed(struct stream *s, const char *how)
{
    count_failure("a stream", how);
    stream_ended(s);
}

static void ask_for_stream(struct stream *s)
{
    char words[256], last[64] = "";

    if (s->heard > 0)
        snprintf(last, sizeof last, "Last-Event-ID: %lld\r\n", (long long)s->heard);
    snprintf(words, sizeof words, "GET /live/latest HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n", port,
             last);
    (void)!send(s->link.fd, words, strlen(words), MSG_NOSIGNAL);
    s->has_begun = false;
    s->n = 0;
}

static void note_event(int64_t number)
{
    for (int i = event_n; i-- > 0;)
        if (events[i] == number)
            return;
    if (event_n == EVENTS_MAX)
        give_up("too many events");
    events[event_n++] = number;
}

/* A block of lines. */
static void hear(struct stream *s, const char *block)
{
    long long number = 0;
    const char *id = strstr(block, "id: "), *retry = strstr(block, "retry: ");
    bool is_told = strstr(block, "\ndata: ") != NULL && strstr(block, "event: beat") == NULL;

    if (retry != NULL)
        s->retry_ms = atoi(retry + 7);
    if (id != NULL)
        number = atoll(id + 4);
    if (is_told && number > 0 && counts) {
        repeats += number <= s->heard;
        s->told += number > s->heard;
        note_event(number);
    }
    if (number > s->heard)
        s->heard = number;
}

static void hear_all(struct stream *s)
{
    char *at = s->came, *end;

    s->came[s->n] = '\0';
    if (!s->has_begun && (end = strstr(at, "\r\n\r\n")) != NULL) {
        if (strncmp(at, "HTTP/1.1 200 ", 13) != 0) {
            char *later = strcasestr(at, "\r\nRetry-After: ");

            s->retry_ms = later != NULL ? 1000 * atoi(later + 15) : 3000;
            at[12] = '\0';
            stream_failed(s, at + 9);
            return;
        }
        s->has_begun = true;
        open_n++;
        openings++;
        at = end + 4;
    }
    while (s->has_begun && (end = strstr(at, "\n\n")) != NULL) {
        *end = '\0';
        hear(s, at);
        at = end + 2;
    }
    s->n -= (size_t)(at - s->came);
    memmove(s->came, at, s->n);
    if (s->n == sizeof s->came - 1)
        give_up("a block is too long");
}

static void stream_ready(struct stream *s)
{
    int error = 0;
    ssize_t n;

    if (s->link.is_coming) {
        error = arrive(&s->link);
        if (error != 0)
            stream_failed(s, strerror(error));
        else
            ask_for_stream(s);
        return;
    }
    n = recv(s->link.fd, s->came + s->n, sizeof s->came - 1 - s->n, MSG_DONTWAIT);
    if (n > 0) {
        s->n += (size_t)n;
        hear_all(s);
    } else if (n < 0 && errno != EAGAIN) {
        stream_failed(s, strerror(errno));
    } else if (n == 0 && !s->has_begun) {
        stream_failed(s, "closed");
    } else if (n == 0) {
        stream_ended(s);
    }
}

/* --- time --- */

/* The open one that has waited longest, so that each is used again and again; else a closed one. */
static struct conn *free_conn(void)
{
    struct conn *open = NULL, *closed = NULL;

    for (struct conn *c = conns; c < conns + CONNS; c++)
        if (c->is_busy)
            continue;
        else if (c->link.fd < 0)
            closed = c;
        else if (open == NULL || c->free_at < open->free_at)
            open = c;
    return open != NULL ? open : closed;
}

static void ask_what_is_due(void)
{
    struct conn *c;

    while (due_n > 0 && (c = free_conn()) != NULL) {
        ask(c, due[due_first]);
        due_first = (due_first + 1) % DUE_MAX;
        due_n--;
    }
}

static void fall_due(int64_t at)
{
    if (due_n == DUE_MAX)
        give_up("the answers are far behind");
    due[(due_first + due_n++) % DUE_MAX] = at;
}

static void bring_streams_back(int64_t now)
{
    for (int i = 0; i < stream_n; i++)
        if (streams[i].link.fd < 0 && streams[i].back_at <= now)
            come(&streams[i].link, source(&streams[i]));
}

static void turn(int wait_ms)
{
    struct epoll_event ready[256];
    int n = epoll_wait(epoll, ready, 256, wait_ms);

    for (int i = 0; i < n; i++) {
        struct link *l = ready[i].data.ptr;

        if (l->fd >= 0 && l->is_stream)
            stream_ready((struct stream *)l);
        else if (l->fd >= 0)
            conn_ready((struct conn *)l);
    }
}

static void open_streams(void)
{
    int64_t until = now_us() + PATIENCE_US;

    for (int begun = 0; open_n < stream_n;) {
        for (; begun < stream_n && begun - open_n < A_TURN; begun++)
            come(&streams[begun].link, source(&streams[begun]));
        turn(1);
        if (begun == stream_n)
            bring_streams_back(now_us());
        if (now_us() > until)
            give_up("not every stream opens");
    }
}

/* --- hand-overs --- */

/* The process in charge; 0: none says so just now. */
static int in_charge(const char *data)
{
    char name[4096];
    int pid = 0;
    FILE *f;

    snprintf(name, sizeof name, "%s/serve.lock", data);
    f = fopen(name, "r");
    if (f != NULL && fscanf(f, "%d", &pid) != 1)
        pid = 0;
    if (f != NULL)
        fclose(f);
    return pid;
}

static void tell(char **command, int words, int number)
{
    char last[16];
    char *all[64] = {NULL};

    if (words + 1 >= 64)
        give_up("too many words");
    snprintf(last, sizeof last, "%d", number);
    memcpy(all, command, (size_t)words * sizeof *all);
    all[words] = last;
    if (fork() == 0) {
        execvp(all[0], all);
        _exit(127);
    }
}

struct plan {
    const char *data;
    int times, before; /* before: the process that is to hand over; 0: none is */
    int64_t every_us, next, late;
    char **command;
    int words;
};

static void look_at_handover(struct plan *p, int64_t now)
{
    if (p->before != 0) {
        int pid = in_charge(p->data);

        if (pid > 0 && pid != p->before)
            p->before = 0;
        else if (now > p->late)
            give_up("nobody has taken over");
        return;
    }
    if (handovers == p->times || now < p->next)
        return;
    p->before = in_charge(p->data);
    if (p->before <= 0 || kill(p->before, SIGUSR2) != 0)
        give_up("nobody is in charge");
    handed_at = now;
    p->next = now + p->every_us;
    p->late = now + PATIENCE_US;
    tell(p->command, p->words, ++handovers);
}

static size_t missed(void)
{
    size_t n = 0;

    for (int i = 0; i < stream_n; i++)
        n += (size_t)(event_n - streams[i].told);
    return n;
}

/* The load, until the last hand-over, and until all is told again. */
static int64_t run(struct plan *p, int rate)
{
    int64_t began = now_us(), now = began, next = began, last_look = 0, until = INT64_MAX;

    counts = true;
    handed_at = began;
    p->next = began + p->every_us;
    while (now < until && !(until < INT64_MAX && open_n == stream_n && missed() == 0)) {
        for (; next <= now; next += 1000000 / rate)
            fall_due(next);
        ask_what_is_due();
        if (now - last_look >= STEP_US * 5) {
            last_look = now;
            bring_streams_back(now);
            look_at_handover(p, now);
            while (waitpid(-1, NULL, WNOHANG) > 0)
                ;
        }
        turn(1);
        now = now_us();
        if (until == INT64_MAX && handovers == p->times && p->before == 0 && now >= p->next)
            until = now + PATIENCE_US;
    }
    counts = false;
    return now - began;
}

/* --- words --- */

static char *whole_file(const char *name, size_t *n)
{
    FILE *f = fopen(name, "r");
    char *bytes = malloc(1 << 20);

    if (f == NULL || bytes == NULL)
        give_up(name);
    *n = fread(bytes, 1, (1 << 20) - 1, f);
    bytes[*n] = '\0';
    fclose(f);
    return bytes;
}

static void read_paths(const char *name)
{
    size_t n;
    char *all = whole_file(name, &n);

    for (char *line; path_n < PATHS_MAX && (line = strsep(&all, "\n")) != NULL;)
        if (line[0] != '\0')
            paths[path_n++] = line;
    if (path_n == 0)
        give_up("no paths");
}

static int by_size(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return (a > b) - (a < b);
}

static double part_ms(double part)
{
    return sample_n == 0 ? 0 : samples[(size_t)((double)(sample_n - 1) * part)] / 1000.0;
}

int main(int argc, char **argv)
{
    if (argc < 12) {
        fprintf(stderr, "usage: handovers PORT DATA STREAMS RATE TIMES EVERY-MS COOKIE TOKEN "
                        "PICTURE PATHS COMMAND...\n");
        return 2;
    }

    struct plan plan = {.data = argv[2],
                        .times = atoi(argv[5]),
                        .every_us = atoi(argv[6]) * INT64_C(1000),
                        .command = argv + 11,
                        .words = argc - 11};
    int rate = atoi(argv[4]);

    port = atoi(argv[1]);
    stream_n = atoi(argv[3]);
    cookie = argv[7];
    token = argv[8];
    epoll = epoll_create1(EPOLL_CLOEXEC);
    samples = calloc(SAMPLES_MAX, sizeof *samples);
    if (stream_n < 1 || stream_n > STREAMS_MAX || rate < 1 || epoll < 0 || samples == NULL)
        give_up("cannot begin");
    upload.bytes = whole_file(argv[9], &upload.n);
    read_paths(argv[10]);
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < CONNS; i++)
        conns[i].link.fd = -1;
    for (int i = 0; i < stream_n; i++)
        streams[i] = (struct stream){.link = {-1, true, false}, .back_at = INT64_MAX};
    open_streams();
    openings = 0;
    fprintf(stderr, "open\n");

    double took = (double)run(&plan, rate) / 1e6;

    qsort(samples, sample_n, sizeof *samples, by_size);
    printf("%zu %.0f %zu %zu %d %.1f %.1f %.1f %zu %d %zu %zu\n", answers, (double)answers / took,
           failures, agains, upload.done, part_ms(0.5), part_ms(0.99), part_ms(1), openings,
           event_n, missed(), repeats);
    return failures + missed() + repeats > 0 || event_n != handovers ? EXIT_FAILURE : EXIT_SUCCESS;
}
