#include "http/server.h"

#include "base/log.h"
#include "http/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, UNSENT_MAX = 128 << 10 };

static const int refusals[REFUSALS] = {400, 408, 413, 414, 417, 431, 501, 503, 505};

static void set_limits(struct server_limits *l)
{
#define DEFAULT(field, value)                                                                      \
    if (l->field == 0)                                                                             \
        l->field = (value);
    DEFAULT(connections, 30000)
    DEFAULT(streams, l->connections - l->connections / 6)
    DEFAULT(jobs, 256)
    DEFAULT(patience_us, 100 * 1000)
    DEFAULT(job_memory, 64 << 20)
    DEFAULT(bodies, 512 << 20)
    DEFAULT(head_ms, 10 * 1000)
    DEFAULT(body_ms, 10 * 60 * 1000)
    DEFAULT(body_bytes_per_s, 500)
    DEFAULT(idle_ms, 75 * 1000)
    DEFAULT(send_ms, 30 * 1000)
    DEFAULT(send_bytes_per_s, 500)
    DEFAULT(stop_ms, 20 * 1000)
    DEFAULT(retire_ms, 120 * 1000)
#undef DEFAULT
}

/* --- the listener --- */

/* "127.0.0.1:8080" or "[::]:80" */
static err split_address(arena *a, const char *address, char **host, char **port, note *why)
{
    str whole = str_c(address);
    ptrdiff_t colon = str_find_last(whole, ':');

    if (colon < 0)
        return fail(why, E_INVALID, "address \"%s\" has no port, as in 127.0.0.1:8080", address);

    str name = str_to(whole, (size_t)colon);

    if (name.n >= 2 && name.p[0] == '[' && name.p[name.n - 1] == ']')
        name = str_of(name.p + 1, name.n - 2);
    *host = str_z(a, name);
    *port = str_z(a, str_from(whole, (size_t)colon + 1));
    return OK;
}

static err listen_on(const struct addrinfo *at, const char *address, int *out, note *why)
{
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int yes = 1;

    if (fd < 0)
        return fail(why, E_IO, "cannot make a socket: %s", strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    /* the accepted ones inherit both; what nobody takes must not fill the kernel's memory */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &(int){UNSENT_MAX}, sizeof(int));
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        *out = fd;
        return OK;
    }

    err e = fail(why, errno == EADDRINUSE ? E_CONFLICT : E_IO, "cannot listen on %s: %s", address,
                 strerror(errno));

    close(fd);
    return e;
}

static err open_listener(arena *a, const char *address, int *out, note *why)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST},
                    *found;
    char *host = NULL, *port = NULL;

    TRY(split_address(a, address, &host, &port, why));
    if (getaddrinfo(host != NULL && host[0] != '\0' ? host : NULL, port, &hints, &found) != 0)
        return fail(why, E_INVALID, "\"%s\" is no address and port", address);

    err e = listen_on(found, address, out, why);

    freeaddrinfo(found);
    return e;
}

static int port_of(int listener)
{
    struct sockaddr_storage at;
    socklen_t size = sizeof at;

    if (getsockname(listener, (struct sockaddr *)&at, &size) < 0)
        return 0;
    return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port
                                          : ((struct sockaddr_in *)&at)->sin_port);
}

static err open_listeners(struct server *s, note *why)
{
    if (s->o.listener > 0)
        s->listener = s->o.listener;
    else
        TRY(open_listener(s->arena, s->o.address, &s->listener, why));
    s->port = port_of(s->listener);
    if (s->o.tls == NULL)
        return OK;
    if (s->o.tls_listener > 0)
        s->tls_listener = s->o.tls_listener;
    else
        TRY(open_listener(s->arena, s->o.tls_address, &s->tls_listener, why));
    s->tls_port = port_of(s->tls_listener);
    return OK;
}

/* --- lanes --- */

static void arrivals(struct watch *w, uint32_t events)
{
    struct lane *l = OWNER(lane, w, listener);

    (void)events;
    conn_accept(l, &l->listener);
}

static void tls_arrivals(struct watch *w, uint32_t events)
{
    struct lane *l = OWNER(lane, w, tls_listener);

    (void)events;
    conn_accept(l, &l->tls_listener);
}

static void log_due(struct timer *t)
{
    access_flush(OWNER(lane, t, log_timer));
}

static void stop_due(struct timer *t)
{
    struct lane *l = OWNER(lane, t, stop_timer);

    conn_end_all(l);
    loop_stop(l->loop);
}

/* Who stands in the queue was promised an answer; who comes after this is another listener's. */
static void shut_door(struct lane *l, struct watch *listener)
{
    if (listener->fd < 0)
        return;
    loop_unwatch(l->loop, listener);
    for (int i = 0; i < BACKLOG && conn_accept(l, listener); i++)
        ;
}

static void end_within(struct lane *l, int64_t ms)
{
    conn_stop_all(l);
    if (l->conn_n == 0)
        loop_stop(l->loop);
    else
        timer_set(l->loop, &l->stop_timer, loop_ticks(l->loop) + ms * 1000);
}

static void stop_lane(struct message *m)
{
    struct lane *l = OWNER(lane, m, stop_message);
    const struct server_limits *limits = &l->server->o.limits;

    shut_door(l, &l->listener);
    shut_door(l, &l->tls_listener);
    l->stopping = true;
    l->retiring = l->server->retiring;
    end_within(l, l->retiring ? limits->retire_ms : limits->stop_ms);
}

/* It retires, and is to end as if nobody went on. */
static void hurry_lane(struct message *m)
{
    struct lane *l = OWNER(lane, m, hurry_message);

    l->retiring = false;
    end_within(l, l->server->o.limits.stop_ms);
}

static void make_room(struct message *m)
{
    conn_make_room(OWNER(lane, m, room_message));
}

static void *run_lane(void *of)
{
    struct lane *l = of;
    struct server *s = l->server;

    loop_run(l->loop);
    access_flush(l);
    if (atomic_fetch_sub(&s->lanes_at_work, 1) == 1)
        must(eventfd_write(s->all_ended, 1) == 0);
    return NULL;
}

static err open_lane(struct server *s, struct lane *l, note *why)
{
    l->server = s;
    l->number = (int)(l - s->lanes);
    l->loop = loop_new(s->o.clock);
    l->listener = (struct watch){arrivals, s->listener};
    l->tls_listener = (struct watch){tls_arrivals, s->tls_listener};
    l->stop_timer.run = stop_due;
    l->log_timer.run = log_due;
    l->stop_message.run = stop_lane;
    l->hurry_message.run = hurry_lane;
    l->room_message.run = make_room;
    l->log_at = -1;
    l->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    send_tails(l);
    streams_open(l);
    if (s->tls_listener >= 0)
        TRY(loop_watch_listener(l->loop, &l->tls_listener, why));
    return loop_watch_listener(l->loop, &l->listener, why);
}

static err start_lanes(struct server *s, note *why)
{
    for (int i = 0; i < s->lane_n; i++)
        TRY(open_lane(s, &s->lanes[i], why));
    for (int i = 0; i < s->lane_n; i++)
        if (pthread_create(&s->lanes[i].thread, NULL, run_lane, &s->lanes[i]) != 0)
            return fail(why, E_IO, "cannot start a loop thread: %s", strerror(errno));
    return OK;
}

/* --- all of it --- */

static struct page *plain_page(int status, int later_s)
{
    char line[80], later[8];
    struct header again = {S("Retry-After"),
                           str_of(later, (size_t)snprintf(later, sizeof later, "%d", later_s))};
    str words = page_status_words(status);

    memcpy(line, words.p, words.n);
    line[words.n] = '\n';
    return page_build(&(struct page_spec){.status = status,
                                          .type = S("text/plain; charset=utf-8"),
                                          .body = str_of(line, words.n + 1),
                                          .headers = &again,
                                          .header_n = status == 503});
}

static struct server *new_server(const struct server_options *o)
{
    struct server *s = calloc(1, sizeof *s);

    must(s != NULL);
    s->o = *o;
    s->listener = s->tls_listener = -1;
    pthread_mutex_init(&s->slow.lock, NULL);
    pthread_mutex_init(&s->load_lock, NULL);
    s->arena = arena_new(16 << 20);
    if (s->o.clock == NULL)
        s->o.clock = &s->machine_clock;
    set_limits(&s->o.limits);
    if (o->takes_over)
        server_be_patient(s);
    for (int i = 0; i < REFUSALS; i++)
        s->refused[i] = plain_page(refusals[i], LOAD_LATER_LEAST_S);
    for (int i = 0; i < BUSY_PAGES; i++)
        s->busy[i] = plain_page(503, LOAD_LATER_LEAST_S + i);
    s->alive = frame_new(0, (struct stream_topics){0}, S("event: beat\ndata: {}\n\n"));
    s->lost = frame_new(0, (struct stream_topics){0}, S("event: reload\ndata: {}\n\n"));
    s->lane_n = o->loops > 0 ? o->loops : (int)sysconf(_SC_NPROCESSORS_ONLN);
    s->lanes = calloc((size_t)s->lane_n, sizeof *s->lanes);
    s->lanes_at_work = s->lane_n;
    s->all_ended = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    must(s->lanes != NULL && s->all_ended >= 0);
    return s;
}

static void free_server(struct server *s)
{
    for (int i = 0; i < s->lane_n; i++)
        if (s->lanes[i].loop != NULL) {
            streams_close(&s->lanes[i]);
            loop_free(&s->lanes[i].loop);
            h2_free_blocks(&s->lanes[i]);
            close(s->lanes[i].spare);
        }
    for (int i = 0; i < REFUSALS; i++)
        page_drop(&s->refused[i]);
    for (int i = 0; i < BUSY_PAGES; i++)
        page_drop(&s->busy[i]);
    frame_drop(&s->alive);
    frame_drop(&s->lost);
    if (s->listener >= 0)
        close(s->listener);
    if (s->tls_listener >= 0)
        close(s->tls_listener);
    close(s->all_ended);
    pthread_mutex_destroy(&s->slow.lock);
    pthread_mutex_destroy(&s->load_lock);
    arena_free(&s->arena);
    free(s->lanes);
    free(s);
}

static err start(struct server *s, note *why)
{
    struct desk_options desk = {.threads = s->o.desks,
                                .jobs_max =
                                    (size_t)load_places(s->o.limits.jobs * LOAD_PATIENT_ROOM),
                                .memory_max = s->o.limits.job_memory,
                                .open = s->o.desk_open,
                                .close = s->o.desk_close,
                                .of = s->o.of};

    TRY(route_table_make(s->arena, s->o.routes, s->o.route_n, &s->routes, why));
    TRY(open_listeners(s, why));
    TRY(desk_start(&desk, &s->desk, why));
    return start_lanes(s, why);
}

/* Signals are main's; and a sendfile() to nobody must not end the program. */
static void without_signals(sigset_t *before)
{
    sigset_t all;

    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGABRT);
    pthread_sigmask(SIG_SETMASK, &all, before);
}

err server_start(const struct server_options *o, struct server **out, note *why)
{
    struct server *s = new_server(o);
    sigset_t before;

    without_signals(&before);

    err e = start(s, why);

    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (e == OK) {
        *out = s;
        return OK;
    }
    for (int i = 0; i < s->lane_n; i++)
        if (s->lanes[i].thread != 0) {
            loop_stop(s->lanes[i].loop);
            pthread_join(s->lanes[i].thread, NULL);
        }
    desk_stop(&s->desk);
    free_server(s);
    return e;
}

int server_port(const struct server *s)
{
    return s->port;
}

int server_tls_port(const struct server *s)
{
    return s->tls_port;
}

void server_wake(struct server *s)
{
    for (int i = 0; i < s->lane_n; i++)
        loop_wake(s->lanes[i].loop);
}

struct server_sockets server_sockets(const struct server *s)
{
    return (struct server_sockets){s->listener, s->tls_listener};
}

void server_be_patient(struct server *s)
{
    pthread_mutex_lock(&s->load_lock);
    s->load.patient_until = clock_ticks(s->o.clock) + LOAD_PATIENT_US;
    pthread_mutex_unlock(&s->load_lock);
}

int server_retire(struct server *s)
{
    server_be_patient(s);
    s->retiring = true;
    for (int i = 0; i < s->lane_n; i++)
        inbox_put(loop_inbox(s->lanes[i].loop), &s->lanes[i].stop_message);
    return s->all_ended;
}

void server_stop(struct server **s)
{
    struct server *mine = *s;

    *s = NULL;
    for (int i = 0; i < mine->lane_n; i++)
        inbox_put(loop_inbox(mine->lanes[i].loop),
                  mine->retiring ? &mine->lanes[i].hurry_message : &mine->lanes[i].stop_message);
    for (int i = 0; i < mine->lane_n; i++)
        pthread_join(mine->lanes[i].thread, NULL);
    desk_stop(&mine->desk); /* what it still hands back is let go with the loops */
    free_server(mine);
}

const struct server_limits *server_limits_of(const struct server *s)
{
    return &s->o.limits;
}

size_t server_slow(struct server *s, struct slow out[SLOW_MAX])
{
    return slow_read(&s->slow, clock_now(s->o.clock), out);
}

struct server_counts server_counts(const struct server *s)
{
    struct server_counts all = {.connections = atomic_load(&s->conn_n),
                                .streams = atomic_load(&s->stream_n)};

    desk_queue(s->desk, &all.waiting, &all.wait_us);
    for (int i = 0; i < s->lane_n; i++) {
        all.requests += atomic_load_explicit(&s->lanes[i].requests, memory_order_relaxed);
        all.looked_up += atomic_load_explicit(&s->lanes[i].looked_up, memory_order_relaxed);
        all.refused += atomic_load_explicit(&s->lanes[i].refused, memory_order_relaxed);
    }
    return all;
}
