/* Any bytes as a connection of HTTP/2, without TLS, in pieces as the first byte says; a second one
 * may leave the preface to us, or have us stop just when the other side leaves.  All that was begun
 * ends with the connection. */
#include "http/inside.h"

#include "base/fuzz.h"
#include "http/reply.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static err echo(struct request *rq)
{
    return reply_text(rq, 200, rq->body);
}

static const struct route routes[] = {
    {GET | POST, "/echo", echo, .body_max = 1000, .doc = "what came"},
};

static clock_source the_clock;
static struct server the_server;
static struct lane the_lane;
static struct page *front;

static struct page *lookup(void *of, const struct request *rq)
{
    (void)of;
    return str_eq(rq->path, S("/")) ? page_hold(front) : NULL;
}

static void begin(void)
{
    struct server *s = &the_server;
    static char body[40000];

    memset(body, 'x', sizeof body);
    front = page_build(&(struct page_spec){
        .type = S("text/html"), .body = str_of(body, sizeof body), .keep = KEEP_SHARED});
    s->o = (struct server_options){.clock = &the_clock,
                                   .routes = routes,
                                   .route_n = LENGTH(routes),
                                   .lookup = lookup,
                                   .limits = {.jobs = 256,
                                              .patience_us = SECOND_US,
                                              .bodies = 1 << 20,
                                              .head_ms = 1000,
                                              .idle_ms = 1000,
                                              .send_ms = 1000,
                                              .body_ms = 1000}};
    s->arena = arena_new(1 << 20);
    s->lane_n = 1;
    s->lanes = &the_lane;
    for (int i = 0; i < BUSY_PAGES; i++)
        s->busy[i] = page_build(&(struct page_spec){.status = 503});
    for (int i = 0; i < REFUSALS; i++)
        s->refused[i] = page_build(&(struct page_spec){.status = i == 0 ? 400 : 413});
    must(route_table_make(s->arena, routes, LENGTH(routes), &s->routes, NULL) == OK);
    must(desk_start(&(struct desk_options){.threads = 1}, &s->desk, NULL) == OK);
    the_lane.server = s;
}

static void drain(int fd)
{
    char bytes[65536];

    while (recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
        continue;
}

static void speak(struct conn *c, int fd, str bytes, size_t step)
{
    while (bytes.n > 0 && c->state == H2_STATE) {
        str some = str_to(bytes, step);

        if (send(fd, some.p, some.n, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
            return;
        bytes = str_from(bytes, some.n);
        c->readable = true;
        h2_drive(c);
        drain(fd);
        loop_turn(c->lane->loop);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char opening[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0";
    struct lane *l = &the_lane;
    int fds[2];

    if (the_server.desk == NULL)
        begin();
    if (size < 2 || size > 64 << 10)
        return 0;
    l->loop = loop_new(&the_clock);
    send_tails(l);
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) == 0);

    struct conn *c = calloc(1, sizeof *c);

    must(c != NULL);
    c->lane = l;
    c->watch.fd = fds[0];
    l->conns = c;
    l->conn_n = 1;
    conn_work(c)->away = 1; /* so that nobody frees it before we are through */
    h2_begin(c);
    if (data[1] % 8 != 0)
        speak(c, fds[1], str_of(opening, sizeof opening), sizeof opening);
    speak(c, fds[1], str_of((const char *)data + 2, size - 2),
          data[0] == 0 ? size : (size_t)data[0] * 16);
    if (c->state == H2_STATE)
        h2_due(c, loop_ticks(l->loop) + 10 * SECOND_US);
    c->work->away--;
    if (data[1] & 8) { /* they leave, and we stop before we have heard of it */
        shutdown(fds[1], SHUT_RDWR);
        conn_stop_all(l);
    }
    conn_end_all(l);
    while (l->conn_n > 0) { /* the last task takes it along */
        loop_turn(l->loop);
        sched_yield();
    }
    loop_free(&l->loop);
    h2_free_blocks(l);
    l->block_n = 0;
    close(fds[1]);
    return 0;
}
