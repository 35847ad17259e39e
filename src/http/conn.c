#include "http/inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ACCEPTS_A_TURN = 16 };

static const struct server_limits *limits(const struct conn *c)
{
    return &c->lane->server->o.limits;
}

/* --- what it needs while it does something --- */

static void due(struct timer *timer);

static void drive_again(struct message *m)
{
    struct work *w = OWNER(work, m, again);

    w->again_posted = false;
    conn_drive(w->conn);
}

static struct work *new_work(struct conn *c, const char *remote)
{
    size_t remote_n = strlen(remote) + 1;
    struct work *w = malloc(sizeof *w + remote_n);

    must(w != NULL);
    *w = (struct work){
        .conn = c, .timer.run = due, .again.run = drive_again, .deadline = TIME_NEVER};
    memcpy(w->remote, remote, remote_n);
    return w;
}

struct work *conn_work(struct conn *c)
{
    if (c->work == NULL)
        c->work = new_work(c, "");
    return c->work;
}

/* From now on it only listens, unless something waits for it. */
static void lay_down(struct conn *c)
{
    struct work *w = c->work;

    if (c->stream.backlog != NULL || w->again_posted)
        return;
    must(w->task == NULL && w->out == NULL);
    timer_clear(c->lane->loop, &w->timer);
    free(w->rest);
    free(w);
    c->work = NULL;
}

/* --- waiting --- */

/* The timer is moved only to come earlier: one that comes too early looks at the deadline. */
void conn_wait_until(struct conn *c, int64_t at)
{
    c->work->deadline = at;
    if (c->work->timer.place == 0 || c->work->timer.at > at)
        timer_set(c->lane->loop, &c->work->timer, at);
}

static void queue(struct conn *c, enum loop_line line)
{
    if (c->work->again_posted)
        return;
    c->work->again_posted = true;
    loop_queue(c->lane->loop, line, &c->work->again);
}

void conn_again(struct conn *c)
{
    queue(c, LOOP_MORE);
}

void conn_soon(struct conn *c)
{
    queue(c, LOOP_SOON);
}

/* --- the end --- */

void conn_close(struct conn *c)
{
    if (c->state == GONE_STATE)
        return;
    conn_work(c);
    loop_unwatch(c->lane->loop, &c->watch);
    close(c->watch.fd);
    timer_clear(c->lane->loop, &c->work->timer);
    h2_drop(c);
    tls_free(&c->tls);
    send_drop(c);
    stream_drop(c->lane, &c->stream);
    free(c->work->rest);
    c->work->rest = NULL;
    if (c->state == BODY_STATE) {
        task_free(c->work->task);
        c->work->task = NULL;
    }
    c->state = GONE_STATE;
}

static void free_gone(struct conn *c)
{
    struct lane *l = c->lane;

    if (c->work->task != NULL || c->work->away > 0 || c->work->again_posted)
        return; /* they come back first */
    if (c->before != NULL)
        c->before->next = c->next;
    else
        l->conns = c->next;
    if (c->next != NULL)
        c->next->before = c->before;
    free(c->work);
    free(c);
    atomic_fetch_sub(&l->server->conn_n, 1);
    if (--l->conn_n == 0 && l->stopping)
        loop_stop(l->loop);
}

void conn_answered(struct conn *c)
{
    int64_t now = loop_ticks(c->lane->loop);

    if (stream_is_open(&c->stream) && !c->lane->stopping) {
        c->state = STREAM_STATE;
        c->work->deadline = TIME_NEVER;
        return;
    }
    if (c->keep && (!c->lane->stopping || c->lane->retiring)) {
        c->state = HEAD_STATE;
        conn_wait_until(c,
                        now + (c->lane->stopping ? limits(c)->stop_ms : limits(c)->idle_ms) * 1000);
        return;
    }
    c->state = LINGER_STATE;
    h2_drop(c);
    free(c->work->rest);
    c->work->rest = NULL;
    if (c->tls != NULL)
        tls_goodbye(c->tls);
    shutdown(c->watch.fd, SHUT_WR);
    conn_wait_until(c, now + LINGER_US);
}

struct page *conn_refusal(struct lane *l, int status)
{
    struct page *p = l->server->refused[0];

    for (int i = 0; i < REFUSALS; i++)
        if (page_status(l->server->refused[i]) == status)
            p = l->server->refused[i];
    atomic_fetch_add_explicit(&l->refused, 1, memory_order_relaxed);
    return page_hold(p);
}

void conn_refuse(struct conn *c, int status)
{
    struct lane *l = c->lane;
    struct task *t = c->work->task;
    struct request nobody = {.raw_path = S("-")};

    c->work->task = NULL;
    c->keep = false;
    c->state = HEAD_STATE;
    send_page(c, t != NULL ? &t->rq : &nobody, conn_refusal(l, status), loop_ticks(l->loop));
    if (t != NULL)
        task_free(t);
}

/* --- reading --- */

void conn_stash(struct conn *c, const char *bytes, size_t n, const struct h1_head *head)
{
    struct rest *r = malloc(sizeof *r + n);

    must(r != NULL && c->work->rest == NULL);
    r->n = n;
    if (head != NULL)
        r->head = *head;
    else
        h1_head_start(&r->head);
    memcpy(r->bytes, bytes, n);
    c->work->rest = r;
}

size_t conn_unstash(struct conn *c)
{
    struct lane *l = c->lane;
    struct rest *r = c->work->rest;

    if (r == NULL) {
        h1_head_start(&l->head);
        return 0;
    }

    size_t n = r->n;

    l->head = r->head;
    memcpy(l->bytes, r->bytes, n);
    free(r);
    c->work->rest = NULL;
    return n;
}

/* What has come may lie decrypted, so that only TLS itself knows when there is no more. */
static ptrdiff_t read_tls(struct conn *c, char *to, size_t room)
{
    ssize_t n = tls_read(c->tls, to, room);

    if (n == 0)
        c->readable = false;
    if (n < 0)
        conn_close(c);
    return n;
}

/* Bytes read, or in LINGER thrown away; 0 when there are none just now; -1 when the connection is
 * closed. */
ptrdiff_t conn_read(struct conn *c, char *to, size_t room)
{
    ssize_t n;

    if (!c->readable)
        return 0;
    if (c->tls != NULL && c->state != LINGER_STATE) /* then nobody wants to know what it says */
        return read_tls(c, to, room);
    do
        n = recv(c->watch.fd, to, room, MSG_DONTWAIT | (c->state == LINGER_STATE ? MSG_TRUNC : 0));
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN) {
        c->readable = false;
        return 0;
    }
    if (n <= 0) {
        conn_close(c);
        return -1;
    }
    if ((size_t)n < room && !c->ended)
        c->readable = false;
    return n;
}

/* Where TLS is spoken, for who came in the clear. */
static struct page *redirect_page(const struct server *s, const struct request *rq)
{
    char location[H1_TARGET_MAX + 512];
    str host = rq->host;
    ptrdiff_t end =
        host.n > 0 && host.p[0] == '[' ? str_find_char(host, ']') + 1 : str_find_char(host, ':');

    if (end > 0 && (size_t)end <= host.n)
        host = str_to(host, (size_t)end);
    if (host.n == 0 || host.n > 255)
        return page_hold(s->refused[0]);

    int n = snprintf(location, sizeof location, "https://%.*s", STR(host));

    if (s->tls_port != 443)
        n += snprintf(location + n, sizeof location - (size_t)n, ":%d", s->tls_port);
    n += snprintf(location + n, sizeof location - (size_t)n, "%.*s%s%.*s", STR(rq->raw_path),
                  rq->raw_query.n > 0 ? "?" : "", STR(rq->raw_query));
    must(n > 0 && (size_t)n < sizeof location);

    struct header there = {S("Location"), str_of(location, (size_t)n)};

    return page_build(&(struct page_spec){.status = 308, .headers = &there, .header_n = 1});
}

struct page *conn_known_page(struct conn *c, enum fill filled, bool has_body)
{
    struct lane *l = c->lane;
    struct server *s = l->server;
    struct page *p = NULL;

    if (s->o.tls != NULL && !l->rq.secure &&
        (s->o.clear_path == NULL || !str_starts(l->rq.raw_path, str_c(s->o.clear_path))))
        return redirect_page(s, &l->rq);
    if (filled == FILL_OK && l->rq.method & (GET | HEAD) && !has_body && s->o.lookup != NULL)
        p = s->o.lookup(l->rq.of, &l->rq);
    if (p != NULL && p->expires_at <= loop_now(l->loop))
        page_drop(&p);
    if (p != NULL)
        atomic_fetch_add_explicit(&l->looked_up, 1, memory_order_relaxed);
    return p;
}

static void answer(struct conn *c, char *bytes, size_t more)
{
    struct lane *l = c->lane;
    struct server *s = l->server;
    struct request *rq = &l->rq;
    enum fill filled =
        fill_request(rq, c, &l->head, bytes, (struct fill_room){l->headers, l->path, l->host});
    bool has_body = l->head.length > 0 || l->head.chunked;

    rq->id = ++l->last_id * (uint64_t)s->lane_n + (uint64_t)l->number;
    c->work->minor = (uint8_t)l->head.minor;
    c->keep = h1_keeps(&l->head) && !l->stopping;
    atomic_fetch_add_explicit(&l->requests, 1, memory_order_relaxed);
    if (filled == FILL_WRONG) {
        conn_refuse(c, 400);
        return;
    }

    struct page *p = conn_known_page(c, filled, has_body);

    if (p != NULL) {
        c->keep = c->keep && !has_body; /* it is not read */
        send_page(c, rq, p, loop_ticks(l->loop));
        return;
    }
    if (!task_make(c, &l->head, bytes, filled, more))
        task_to_desk(c);
}

/* No more for now: remember what there is of a head. */
static void await_head(struct conn *c, size_t n)
{
    if (n == 0) {
        c->work->in_head = false;
        return;
    }
    conn_stash(c, c->lane->bytes, n, &c->lane->head);
    if (!c->work->in_head) {
        c->work->in_head = true;
        conn_wait_until(c, loop_ticks(c->lane->loop) + limits(c)->head_ms * 1000);
    }
}

/* Read and answer requests one after the other; false when more has to come first. */
static bool take_heads(struct conn *c)
{
    struct lane *l = c->lane;
    size_t n = conn_unstash(c), from = 0;

    for (int reads = 0;;) {
        enum h1_result r = n > from ? h1_head_read(&l->head, l->bytes + from, n - from) : H1_MORE;

        if (r == H1_REFUSED) {
            conn_refuse(c, l->head.status);
            return true;
        }
        if (r == H1_DONE) {
            size_t end = from + l->head.size;

            c->work->in_head = false;
            answer(c, l->bytes + from, n - end);
            from = end;
            if (c->state != HEAD_STATE) {
                if (from < n && c->state != GONE_STATE && c->state != LINGER_STATE)
                    conn_stash(c, l->bytes + from, n - from, NULL);
                return true;
            }
            h1_head_start(&l->head);
            if (from == n)
                continue;
            conn_stash(c, l->bytes + from, n - from, NULL);
            conn_again(c);
            return false;
        }
        if (from > 0)
            memmove(l->bytes, l->bytes + from, n - from);
        n -= from;
        from = 0;

        if (++reads > READS_A_TURN && c->readable) {
            await_head(c, n);
            conn_again(c);
            return false;
        }

        ptrdiff_t got = conn_read(c, l->bytes + n, READ_SIZE - n);

        if (got <= 0) {
            if (c->state == HEAD_STATE)
                await_head(c, n);
            return c->state != HEAD_STATE;
        }
        n += (size_t)got;
    }
}

/* --- TLS --- */

/* What a browser shows to somebody who left out the s. */
static void say_https(struct conn *c)
{
    static const char words[] = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n"
                                "Connection: close\r\n\r\nThis port speaks https.\n";
    ssize_t n = send(c->watch.fd, words, sizeof words - 1, MSG_NOSIGNAL | MSG_DONTWAIT);

    (void)n;
    atomic_fetch_add_explicit(&c->lane->refused, 1, memory_order_relaxed);
    c->keep = false;
    conn_answered(c);
}

/* False when more has to come first. */
static bool shake_hands(struct conn *c)
{
    switch (tls_shake(c->tls)) {
    case TLS_WAIT:
        c->readable = false;
        return false;
    case TLS_FAILED:
        conn_close(c);
        return true;
    case TLS_CLEAR:
        say_https(c);
        return true;
    case TLS_DONE:
        break;
    }
    c->state = HEAD_STATE;
    conn_wait_until(c, loop_ticks(c->lane->loop) + limits(c)->head_ms * 1000);
    if (tls_is_h2(c->tls))
        h2_begin(c);
    return true;
}

/* All is said: take what still comes, so that what we said is not lost to a reset; but nobody fills
 * a core with it. */
static bool linger(struct conn *c)
{
    ptrdiff_t n = conn_read(c, NULL, LINGER_BYTES);

    if (n <= 0)
        return n < 0;
    c->work->lingered += (int)n;
    if (c->work->lingered > LINGER_BYTES) {
        conn_close(c);
        return true;
    }
    if (c->readable)
        conn_again(c);
    return false;
}

void conn_drive(struct conn *c)
{
    int steps = 0;

    conn_work(c);
    for (bool more = true; more; steps++) {
        if (steps >= STEPS_A_TURN && c->state == HEAD_STATE) {
            conn_again(c);
            return;
        }
        switch (c->state) {
        case HANDSHAKE_STATE:
            more = shake_hands(c);
            break;
        case HEAD_STATE:
            more = take_heads(c);
            break;
        case BODY_STATE:
            more = task_read_body(c);
            break;
        case DESK_STATE:
            return;
        case SEND_STATE:
            more = send_more(c);
            break;
        case STREAM_STATE:
            more = stream_more(c);
            break;
        case H2_STATE:
            more = h2_drive(c);
            break;
        case LINGER_STATE:
            more = linger(c);
            break;
        case GONE_STATE:
            free_gone(c);
            return;
        }
    }
    if (c->state == STREAM_STATE)
        lay_down(c);
}

static void ready(struct watch *w, uint32_t events)
{
    struct conn *c = OWNER(conn, w, watch);

    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->ended = true;
    if (c->ended && c->state == DESK_STATE)
        task_left(c->work->task, events & (EPOLLHUP | EPOLLERR) ? UNWANTED : PERHAPS_WANTED);
    /* TLS may have waited to write before it can read on */
    if (c->ended || events & EPOLLIN || c->tls != NULL)
        c->readable = true;
    if (c->state == LINGER_STATE) /* nobody waits for it */
        conn_again(c);
    else if (c->work != NULL && c->work->sent == 0) /* those that were answered before go first */
        conn_soon(c);
    else
        conn_drive(c);
}

/* --- patience --- */

static void body_due(struct conn *c, int64_t now)
{
    int64_t last = c->work->task->body_began + limits(c)->body_ms * 1000;

    if (task_is_slow(c->work->task, now)) {
        conn_refuse(c, 408);
        return;
    }
    conn_wait_until(c, now + RATE_CHECK_US < last ? now + RATE_CHECK_US : last);
}

static void send_due(struct conn *c, int64_t now)
{
    int64_t went = c->work->sent - c->work->sent_mark;

    if (went == 0 || went < limits(c)->send_bytes_per_s * limits(c)->send_ms / 1000) {
        conn_close(c);
        return;
    }
    c->work->sent_mark = c->work->sent;
    conn_wait_until(c, now + limits(c)->send_ms * 1000);
}

static void due(struct timer *timer)
{
    struct conn *c = OWNER(work, timer, timer)->conn;
    int64_t now = loop_ticks(c->lane->loop);

    if (c->work->deadline > now) {
        if (c->work->deadline != TIME_NEVER)
            timer_set(c->lane->loop, &c->work->timer, c->work->deadline);
        return;
    }
    switch (c->state) {
    case HEAD_STATE:
        if (c->work->rest != NULL)
            conn_refuse(c, 408);
        else
            conn_close(c);
        break;
    case BODY_STATE:
        body_due(c, now);
        break;
    case SEND_STATE:
        send_due(c, now);
        break;
    case STREAM_STATE:
        stream_due(c, now);
        break;
    case H2_STATE:
        h2_due(c, now);
        break;
    default:
        conn_close(c);
    }
    conn_drive(c);
}

/* --- the begin --- */

/* Its address in words; true when that is this machine itself. */
static bool name_of(const struct sockaddr_storage *from, char out[static INET6_ADDRSTRLEN])
{
    const struct sockaddr_in *v4 = (const void *)from;
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
    const void *four = from->ss_family == AF_INET ? (const void *)&v4->sin_addr
                       : IN6_IS_ADDR_V4MAPPED(v6) ? &v6->s6_addr[12] /* of a listener on [::] */
                                                  : NULL;

    if (four != NULL) {
        inet_ntop(AF_INET, four, out, INET6_ADDRSTRLEN);
        return *(const uint8_t *)four == 127;
    }
    inet_ntop(AF_INET6, v6, out, INET6_ADDRSTRLEN);
    return IN6_IS_ADDR_LOOPBACK(v6);
}

static void begin(struct lane *l, int fd, const struct sockaddr_storage *from, bool with_tls)
{
    char name[INET6_ADDRSTRLEN];
    bool loopback = name_of(from, name);
    struct conn *c = calloc(1, sizeof *c);

    must(c != NULL);
    c->lane = l;
    c->watch = (struct watch){ready, fd};
    c->work = new_work(c, name);
    c->work->loopback = loopback;
    c->state = HEAD_STATE;
    if (with_tls) {
        c->state = HANDSHAKE_STATE;
        c->tls = tls_accept(l->server->o.tls, fd);
    }
    c->next = l->conns;
    if (c->next != NULL)
        c->next->before = c;
    l->conns = c;
    l->conn_n++;
    conn_wait_until(c, loop_ticks(l->loop) + limits(c)->head_ms * 1000);
    if (loop_watch(l->loop, &c->watch, NULL) != OK) {
        conn_close(c);
        conn_drive(c);
    }
}

/* End one connection that waits between two requests, the eldest of some: who came just now may
 * have asked already.  False: there is none. */
static bool make_room(struct lane *l)
{
    struct conn *eldest = NULL;
    int looked = 0;

    for (struct conn *c = l->conns; c != NULL && looked < 256; c = c->next, looked++)
        if (c->state == LINGER_STATE || (c->state == HEAD_STATE && c->work->rest == NULL) ||
            h2_is_idle(c))
            eldest = c;
    if (eldest == NULL)
        return false;
    conn_close(eldest);
    conn_drive(eldest);
    return true;
}

void conn_make_room(struct lane *l)
{
    atomic_store(&l->is_to_make_room, false);
    while (atomic_load(&l->server->conn_n) > l->server->o.limits.connections && make_room(l))
        continue;
}

/* None of this lane waits between two requests, but some of another may.  False: there is no other.
 */
static bool others_make_room(struct lane *l)
{
    struct server *s = l->server;

    for (int i = 0; i < s->lane_n; i++)
        if (&s->lanes[i] != l && !atomic_exchange(&s->lanes[i].is_to_make_room, true))
            inbox_put(loop_inbox(s->lanes[i].loop), &s->lanes[i].room_message);
    return s->lane_n > 1;
}

/* Is one more let in?  A few are while others make room. */
static bool has_room(struct lane *l)
{
    int over = atomic_fetch_add(&l->server->conn_n, 1) - l->server->o.limits.connections;

    if (over < 0 || make_room(l) || (others_make_room(l) && over < ACCEPTS_A_TURN))
        return true;
    atomic_fetch_sub(&l->server->conn_n, 1);
    return false;
}

/* No file descriptors are left: take the arrival with the spare one, and let it go. */
static void turn_away(struct lane *l, int listener)
{
    close(l->spare);

    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

    if (fd >= 0)
        close(fd);
    l->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    atomic_fetch_add_explicit(&l->refused, 1, memory_order_relaxed);
}

bool conn_accept(struct lane *l, const struct watch *listener)
{
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        struct sockaddr_storage from;
        socklen_t size = sizeof from;
        int fd =
            accept4(listener->fd, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd < 0 && errno == EAGAIN)
            return false;
        if (fd < 0 && (errno == EMFILE || errno == ENFILE) && !make_room(l))
            turn_away(l, listener->fd);
        if (fd < 0)
            continue;
        if (!has_room(l)) {
            atomic_fetch_add_explicit(&l->refused, 1, memory_order_relaxed);
            close(fd);
            continue;
        }
        begin(l, fd, &from, listener == &l->tls_listener);
    }
    return true;
}

/* It may ask once more, and is then told to close; for one that never does this is long enough. */
static void let_ask_once_more(struct conn *c)
{
    int64_t soon = loop_ticks(c->lane->loop) + limits(c)->stop_ms * 1000;

    conn_wait_until(c, c->work->deadline < soon ? c->work->deadline : soon);
}

void conn_stop_all(struct lane *l)
{
    for (struct conn *c = l->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (l->retiring && c->state == HEAD_STATE)
            let_ask_once_more(c);
        if (l->retiring && (c->state == HEAD_STATE || c->state == SEND_STATE))
            continue; /* what was said of staying open holds */
        c->keep = false;
        if (c->state == STREAM_STATE)
            stream_goodbye(c);
        else if (c->state == H2_STATE)
            h2_stop(c);
        else if (c->state == HEAD_STATE)
            c->readable = true; /* a request may have come this moment */
        else
            continue;
        conn_drive(c); /* the last of it, where the other side has left */
    }
    for (struct conn *c = l->conns, *next; c != NULL && !l->retiring; c = next) {
        next = c->next;
        if (c->state == HEAD_STATE && c->work->rest == NULL) {
            conn_close(c);
            conn_drive(c);
        }
    }
}

void conn_end_all(struct lane *l)
{
    for (struct conn *c = l->conns, *next; c != NULL; c = next) {
        next = c->next;
        conn_close(c);
        conn_drive(c);
    }
}
