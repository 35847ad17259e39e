#include "http/server.h"

#include "base/buf.h"
#include "base/count.h"
#include "base/log.h"
#include "http/form.h"
#include "http/load.h"
#include "http/reply.h"
#include "http/test_server.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- a small paper --- */

static sem_t entered, go;
static struct page *front, *soon;
static char file_path[256];
static atomic_int desks_open, kept_pages;

static err echo(struct request *rq)
{
    return reply_text(rq, 200,
                      str_fmt(rq->arena, "%.*s %.*s %zu:%.*s", STR(method_word(rq->method)),
                              STR(rq->path), rq->body.n, STR(rq->body)));
}

static err story(struct request *rq)
{
    str q = S("-"), seen = S("-");

    if (!request_query(rq, S("q"), &q))
        q = S("none");
    if (!request_cookie(rq, S("seen"), &seen))
        seen = S("none");
    reply_cookie(rq, &(struct cookie){.name = S("seen"), .value = S("1")});
    return reply_html(rq, 200,
                      str_fmt(rq->arena, "slug=%.*s q=%.*s seen=%.*s from=%.*s secure=%d",
                              STR(request_param(rq, S("slug"))), STR(q), STR(seen), STR(rq->remote),
                              rq->secure));
}

static err comment(struct request *rq)
{
    struct form f;

    TRY(request_form(rq, &f));
    if (str_eq(form_get(&f, S("text")), S("go")))
        return reply_see_other(rq, S("/story/x"));
    return reply_text(rq, 200, form_get(&f, S("text")));
}

static err slow(struct request *rq)
{
    sem_post(&entered);
    sem_wait(&go);
    return reply_text(rq, 200, S("at last"));
}

static err picture(struct request *rq)
{
    return reply_file(rq, file_path, S("image/jpeg"), S("pic-1"));
}

static err greedy(struct request *rq)
{
    while (arena_alloc(rq->arena, 4096) != NULL)
        continue;
    return OK;
}

static err failing(struct request *rq)
{
    reply_cookie(rq, &(struct cookie){.name = S("half"), .value = S("done")});
    return fail(&rq->note, E_GONE, "it was taken down");
}

static err silent(struct request *rq)
{
    (void)rq;
    return OK;
}

static err tagged(struct request *rq)
{
    reply_tag(rq, S("v1"), 0);
    return reply_text(rq, 200, S("tagged"));
}

static err outward(struct request *rq)
{
    return reply_moved(rq, S("//evil.example/"));
}

static const struct route routes[] = {
    {GET | POST, "/echo", echo, .body_max = 1000, .doc = "what came"},
    {GET, "/story/{slug}", story, .doc = "a story"},
    {POST, "/comment", comment, .body_max = 1000, .doc = "a form"},
    {GET, "/slow", slow, .doc = "waits"},
    {GET, "/picture", picture, .cache = CACHE_FOREVER, .doc = "a file"},
    {GET, "/greedy", greedy, .doc = "wants it all"},
    {GET, "/failing", failing, .doc = "fails"},
    {GET, "/silent", silent, .doc = "says nothing"},
    {GET, "/tagged", tagged, .cache = CACHE_SHARED, .doc = "has a tag"},
    {GET, "/outward", outward, .doc = "redirects wrongly"},
    {GET, "/staff", echo, .who = WHO_STAFF, .doc = "not for everybody"},
    {GET, "/search", echo, .kind = KIND_search, .doc = "refused first"},
    {GET, "/list", echo, .kind = KIND_list, .doc = "then this"},
    {GET, "/section", echo, .kind = KIND_front, .doc = "then this"},
};

/* The loop waits where "/hold" is asked for; what "/" is asked with is noted. */
static char asked[256];
static size_t asked_n;

static struct page *lookup(void *of, const struct request *rq)
{
    (void)of;
    if (str_eq(rq->path, S("/hold"))) {
        sem_post(&entered);
        sem_wait(&go);
        return page_hold(front);
    }
    if (rq->raw_query.n == 1 && asked_n < sizeof asked)
        asked[asked_n++] = rq->raw_query.p[0];
    return str_eq(rq->path, S("/"))       ? page_hold(front)
           : str_eq(rq->path, S("/soon")) ? page_hold(soon)
                                          : NULL;
}

static err before(void *of, struct request *rq)
{
    (void)of;
    return rq->route->who != WHO_STAFF ? OK : E_DENIED;
}

static void after(void *of, struct request *rq)
{
    (void)of;
    if (rq->route != NULL && rq->route->cache == CACHE_SHARED && page_status(rq->reply) == 200)
        atomic_fetch_add(&kept_pages, 1);
}

static err error_page(void *of, struct request *rq, int status)
{
    (void)of;
    if (status == 409)
        return E_IO;
    return reply_html(rq, status, str_fmt(rq->arena, "<h1>%d of the paper</h1>", status));
}

static void *open_desk(void *of, int number)
{
    (void)number;
    atomic_fetch_add(&desks_open, 1);
    return of;
}

static void close_desk(void *of, void *desk)
{
    cr_assert(of == desk);
    atomic_fetch_sub(&desks_open, 1);
}

static struct server_options options(struct test *t)
{
    static char of;

    sem_init(&entered, 0, 0);
    sem_init(&go, 0, 0);
    if (front == NULL) {
        buf body = buf_new(t->arena, 1 << 20);

        while (body.n < 14000)
            buf_lit(&body, "<p>The front page of the paper.</p>\n");
        front = page_build(&(struct page_spec){.type = S("text/html; charset=utf-8"),
                                               .body = buf_str(&body),
                                               .keep = KEEP_SHARED,
                                               .max_age_s = 60,
                                               .modified_at = INT64_C(784111777000000),
                                               .compress = true});
    }
    return (struct server_options){.address = "127.0.0.1:0",
                                   .loops = 1,
                                   .desks = 2,
                                   .clock = &t->clock,
                                   .routes = routes,
                                   .route_n = LENGTH(routes),
                                   .of = &of,
                                   .desk_open = open_desk,
                                   .desk_close = close_desk,
                                   .lookup = lookup,
                                   .before = before,
                                   .after = after,
                                   .error_page = error_page};
}

static struct server *start(struct test *t, struct server_options o)
{
    struct server *s = NULL;

    CHECK_OK(server_start(&o, &s, &t->why));
    return s;
}

/* --- somebody who asks --- */

static void say(int fd, str text)
{
    CHECK(send(fd, text.p, text.n, MSG_NOSIGNAL) == (ssize_t)text.n);
}

static str header_of(str head, const char *name)
{
    str wanted = str_c(name);

    for (str line; str_cut(&head, '\n', &line);)
        if (line.n > wanted.n && line.p[wanted.n] == ':' &&
            str_eq_nocase(str_to(line, wanted.n), wanted))
            return str_trim(str_from(line, wanted.n + 1));
    return S("");
}

struct answer {
    int status; /* 0: the connection ended first */
    str head, body;
};

/* Read one answer; `bodiless` for those that tell a length but have no body. */
static struct answer hear(struct test *t, int fd, bool bodiless)
{
    buf b = buf_new(t->arena, 8 << 20);
    struct answer a = {0};
    char c;
    int64_t length = 0, status = 0;

    while (!str_ends(buf_str(&b), S("\r\n\r\n"))) {
        ssize_t n = recv(fd, &c, 1, 0);

        if (n <= 0)
            return a;
        buf_char(&b, c);
    }
    a.head = str_dup(t->arena, buf_str(&b));
    CHECK(str_starts(a.head, S("HTTP/1.1 ")) && str_int(str_of(a.head.p + 9, 3), &status));
    a.status = (int)status;
    if (bodiless || status == 304 || status == 204 || status == 100)
        return a;
    CHECK(str_int(header_of(a.head, "content-length"), &length));

    char *body = arena_bytes(t->arena, (size_t)length);

    for (int64_t got = 0; got < length;) {
        ssize_t n = recv(fd, body + got, (size_t)(length - got), 0);

        if (n <= 0) {
            a.status = 0;
            return a;
        }
        got += n;
    }
    a.body = str_of(body, (size_t)length);
    return a;
}

static bool ended(int fd)
{
    char c;

    return recv(fd, &c, 1, 0) == 0;
}

/* One request on a fresh connection. */
static struct answer ask(struct test *t, const struct server *s, str text)
{
    int fd = test_connect(s, 0);

    say(fd, text);

    struct answer a = hear(t, fd, str_starts(text, S("HEAD")));

    close(fd);
    return a;
}

#define GET_(path, headers) S("GET " path " HTTP/1.1\r\nHost: paper\r\n" headers "\r\n")

/* --- what must hold --- */

TEST(nineteen_malformed_requests_are_refused_and_the_connection_ends)
{
#define POST_ "POST /echo HTTP/1.1\r\nHost: paper\r\n"
    static const str cases[] = {
        S_INIT(POST_
               "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        S_INIT(POST_ "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
        S_INIT(POST_ "Content-Length: +3\r\n\r\nabc"),
        S_INIT(POST_ "Content-Length: 3, 3\r\n\r\nabc"),
        S_INIT(POST_ "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"),
        S_INIT(POST_ "Transfer-Encoding: chunked\r\n\r\n3_z\r\nabc\r\n0\r\n\r\n"),
        S_INIT(POST_ "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n"),
        S_INIT(POST_ "Transfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        S_INIT(POST_ "Transfer-Encoding: ,chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        S_INIT("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\r\nHost : paper\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\r\nHost: paper\r\nX: a\r\n b\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\r\nHost: paper\r\nX: a\0b\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\nHost: paper\n\n"),
        S_INIT("GET /echo HTTP/1.1\r\nHost: paper\r\nX: a\rb\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\r\n\r\n"),
        S_INIT("GET /echo HTTP/1.1\r\nHost: paper\r\nHost: paper\r\n\r\n"),
        S_INIT("GET /ec\x01ho HTTP/1.1\r\nHost: paper\r\n\r\n"),
        S_INIT(POST_ "Content-Length: 18446744073709551617\r\n\r\nabc"),
        S_INIT("GET /a%00 HTTP/1.1\r\nHost: paper\r\n\r\n"),
        S_INIT("GET /../a HTTP/1.1\r\nHost: paper\r\n\r\n"),
        S_INIT("GET http://other/ HTTP/1.1\r\nHost: paper\r\n\r\n"),
        S_INIT("GET * HTTP/1.1\r\nHost: paper\r\n\r\n"),
        S_INIT("TRACE / HTTP/1.1\r\nHost: paper\r\n\r\n"),
    };
    struct server *s = start(t, options(t));

    for (size_t i = 0; i < LENGTH(cases); i++) {
        int fd = test_connect(s, 0);

        say(fd, cases[i]);

        struct answer a = hear(t, fd, false);

        cr_assert(a.status == 400 || a.status == 413 || a.status == 501, "case %zu: %d", i,
                  a.status);
        CHECK_STR(header_of(a.head, "connection"), S("close"));
        CHECK(ended(fd));
        close(fd);
    }
    CHECK_INT(server_counts(s).refused, LENGTH(cases));
    server_stop(&s);
    CHECK_INT(desks_open, 0);
}

TEST(pipelined_requests_are_answered_in_order)
{
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);

    say(fd, S("GET /story/a HTTP/1.1\r\nHost: paper\r\n\r\n"
              "GET / HTTP/1.1\r\nHost: paper\r\n\r\n"
              "POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 3\r\n\r\nabc"
              "POST /echo HTTP/1.1\r\nHost: paper\r\nTransfer-Encoding: chunked\r\n\r\n"
              "2\r\nde\r\n1\r\nf\r\n0\r\nX: y\r\n\r\n"
              "GET /echo HTTP/1.1\r\nHost: paper\r\nConnection: close\r\n\r\n"
              "GET /never HTTP/1.1\r\nHost: paper\r\n\r\n"));
    CHECK(str_starts(hear(t, fd, false).body, S("slug=a")));
    CHECK_INT(hear(t, fd, false).body.n, page_body(front).n);
    CHECK_STR(hear(t, fd, false).body, S("POST /echo 3:abc"));
    CHECK_STR(hear(t, fd, false).body, S("POST /echo 3:def"));
    CHECK_STR(hear(t, fd, false).body, S("GET /echo 0:"));
    CHECK(ended(fd));
    close(fd);
    server_stop(&s);
}

TEST(more_requests_than_one_turn_has_are_all_answered)
{
    enum { ASKED = 100 };
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);
    buf all = buf_new(t->arena, 1 << 16);

    for (int i = 0; i < ASKED; i++)
        buf_lit(&all, "GET / HTTP/1.1\r\nHost: paper\r\n\r\n");
    buf_lit(&all, "GET /echo HTTP/1.1\r\nHost: paper\r\n\r\n");
    say(fd, buf_str(&all));
    for (int i = 0; i < ASKED; i++)
        CHECK_INT(hear(t, fd, false).body.n, page_body(front).n);
    CHECK_STR(hear(t, fd, false).body, S("GET /echo 0:"));
    close(fd);
    server_stop(&s);
}

/* A connection that was answered before. */
static int known(struct test *t, const struct server *s)
{
    int fd = test_connect(s, 0);

    say(fd, GET_("/", ""));
    CHECK_INT(hear(t, fd, false).status, 200);
    return fd;
}

/* How often "/" was asked for with `what` before it was with `other`. */
static int times_before(char what, char other)
{
    int n = 0;

    for (size_t i = 0; i < asked_n && asked[i] != other; i++)
        n += asked[i] == what;
    return n;
}

TEST(who_asks_for_much_has_no_more_than_one_answer_before_the_others)
{
    struct server *s = start(t, options(t));
    int greedy = known(t, s), kept = known(t, s), holder = known(t, s);

    say(holder, GET_("/hold", ""));
    sem_wait(&entered);
    for (int i = 0; i < 8; i++)
        say(greedy, GET_("/?g", ""));
    say(kept, GET_("/?k", ""));

    int fresh = test_connect(s, 0);

    say(fresh, GET_("/?f", ""));
    sem_post(&go);
    for (int i = 0; i < 8; i++)
        CHECK_INT(hear(t, greedy, false).status, 200);
    CHECK_INT(hear(t, kept, false).status, 200);
    CHECK_INT(hear(t, fresh, false).status, 200);
    CHECK_INT(times_before('g', '-'), 8);
    CHECK(times_before('g', 'k') <= 1);
    CHECK(times_before('g', 'f') <= 3);
    close(greedy);
    close(kept);
    close(fresh);
    close(holder);
    server_stop(&s);
}

TEST(who_takes_no_answer_has_no_more_made_than_the_socket_holds)
{
    enum { ROOM = 256 << 10 }; /* what is not sent, and what the other side has not read */
    struct server *s = start(t, options(t));
    int greedy = test_connect(s, 4096), kept = known(t, s);

    for (int i = 0; i < 200; i++)
        say(greedy, GET_("/?g", ""));
    for (int i = 0; i < 200; i++) {
        say(kept, GET_("/?k", ""));
        CHECK_INT(hear(t, kept, false).status, 200);
    }
    CHECK(times_before('g', '-') >= 1);
    CHECK(times_before('g', '-') <= (int)(ROOM / page_body(front).n));
    close(greedy);
    close(kept);
    server_stop(&s);
}

TEST(a_request_may_come_byte_by_byte)
{
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);
    str text = S("POST /echo HTTP/1.1\r\nHost: paper\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "3;x=y\r\nabc\r\n00a\r\n0123456789\r\n0\r\n\r\n"
                 "POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 2\r\n\r\nhi");
    int yes = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    for (size_t i = 0; i < text.n; i++)
        say(fd, str_of(text.p + i, 1));
    CHECK_STR(hear(t, fd, false).body, S("POST /echo 13:abc0123456789"));
    CHECK_STR(hear(t, fd, false).body, S("POST /echo 2:hi"));
    close(fd);
    server_stop(&s);
}

TEST(a_handler_finds_what_was_asked)
{
    struct server_options o = options(t);

    o.proxied = true;

    struct server *s = start(t, o);
    struct answer a = ask(t, s,
                          GET_("/story/caf%C3%A9?x=1&q=a+%26b",
                               "Cookie: a=b; seen=yes\r\nX-Forwarded-For: 192.0.2.9, 192.0.2.7\r\n"
                               "X-Forwarded-Proto: https\r\n"));

    CHECK_INT(a.status, 200);
    CHECK_STR(a.body, S("slug=café q=a &b seen=yes from=192.0.2.7 secure=1"));
    CHECK_STR(header_of(a.head, "set-cookie"), S("seen=1; Path=/; HttpOnly; SameSite=Lax"));
    CHECK_STR(header_of(a.head, "cache-control"), S("private, no-store"));
    CHECK_STR(header_of(a.head, "content-type"), S("text/html; charset=utf-8"));
    CHECK_STR(header_of(a.head, "x-content-type-options"), S("nosniff"));
    CHECK(str_starts(header_of(a.head, "content-security-policy"), S("default-src 'none'; ")));

    a = ask(t, s, S("GET http://Paper/story/x HTTP/1.1\r\nHost: paper\r\n\r\n"));
    CHECK_STR(a.body, S("slug=x q=none seen=none from=127.0.0.1 secure=0"));
    server_stop(&s);
}

TEST(a_form_comes_in_and_its_sender_is_sent_on)
{
    struct server *s = start(t, options(t));
    struct answer a =
        ask(t, s,
            S("POST /comment HTTP/1.1\r\nHost: paper\r\nContent-Length: 7\r\n"
              "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\ntext=go"));

    CHECK_INT(a.status, 303);
    CHECK_STR(header_of(a.head, "location"), S("/story/x"));
    a = ask(t, s, S("POST /comment HTTP/1.1\r\nHost: paper\r\nContent-Length: 7\r\n\r\ntext=go"));
    CHECK_INT(a.status, 400);
    server_stop(&s);
}

TEST(addresses_that_are_not_there_are_said_so_in_the_papers_face)
{
    static const struct {
        const char *request;
        int status;
        const char *header, *value;
    } cases[] = {
        {"GET /nowhere/at/all HTTP/1.1", 404, "cache-control", "private, no-store"},
        {"PUT /comment HTTP/1.1", 405, "allow", "POST, OPTIONS"},
        {"POST /story/x HTTP/1.1", 405, "allow", "GET, HEAD, OPTIONS"},
        {"OPTIONS /echo HTTP/1.1", 204, "allow", "GET, HEAD, POST, OPTIONS"},
        {"OPTIONS * HTTP/1.1", 204, "allow", "GET, HEAD, POST, OPTIONS"},
        {"GET /echo/?a=b HTTP/1.1", 301, "location", "/echo?a=b"},
        {"POST /echo/ HTTP/1.1", 308, "location", "/echo"},
        {"GET //story///caf%C3%A9 HTTP/1.1", 301, "location", "/story/caf%C3%A9"},
        {"GET /staff HTTP/1.1", 403, "set-cookie", ""},
        {"GET /failing HTTP/1.1", 410, "set-cookie", ""},
        {"GET /silent HTTP/1.1", 500, "set-cookie", ""},
        {"GET /outward HTTP/1.1", 400, "location", ""},
    };
    struct server *s = start(t, options(t));

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct answer a =
            ask(t, s, str_fmt(t->arena, "%s\r\nHost: paper\r\n\r\n", cases[i].request));

        cr_assert(a.status == cases[i].status, "%s: %d", cases[i].request, a.status);
        CHECK_STR(header_of(a.head, cases[i].header), str_c(cases[i].value));
        if (a.status >= 400)
            CHECK_STR(a.body, str_fmt(t->arena, "<h1>%d of the paper</h1>", a.status));
    }
    server_stop(&s);
}

TEST(a_page_that_is_known_is_answered_on_the_loop)
{
    struct server *s = start(t, options(t));
    str etag = page_etag(front);
    struct answer a = ask(t, s, GET_("/", ""));

    CHECK_STR(a.body, page_body(front));
    CHECK_STR(header_of(a.head, "etag"), etag);
    CHECK_STR(header_of(a.head, "vary"), S("Accept-Encoding"));

    a = ask(t, s, S("HEAD / HTTP/1.1\r\nHost: paper\r\n\r\n"));
    CHECK_STR(header_of(a.head, "content-length"), str_fmt(t->arena, "%zu", page_body(front).n));

    a = ask(t, s, GET_("/", "Accept-Encoding: gzip, br\r\n"));
    CHECK_STR(header_of(a.head, "content-encoding"), S("br"));
    CHECK(a.body.n < 500);

    str br_tag = header_of(a.head, "etag");

    a = ask(
        t, s,
        str_fmt(t->arena, "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: %.*s\r\n\r\n", STR(etag)));
    CHECK_INT(a.status, 304);
    CHECK_STR(header_of(a.head, "etag"), etag);
    CHECK_STR(header_of(a.head, "cache-control"), S("public, max-age=60"));
    CHECK_STR(header_of(a.head, "vary"), S("Accept-Encoding"));

    a = ask(t, s,
            str_fmt(t->arena,
                    "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\nIf-None-Match: \"x\", "
                    "%.*s\r\n\r\n",
                    STR(br_tag)));
    CHECK_INT(a.status, 304);
    a = ask(t, s, GET_("/", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    CHECK_INT(a.status, 304);
    CHECK_INT(server_counts(s).looked_up, 6);

    a = ask(t, s, GET_("/tagged", ""));
    CHECK_STR(header_of(a.head, "etag"), S("\"v1\""));
    a = ask(t, s, GET_("/tagged", "If-None-Match: W/\"v1\"\r\n"));
    CHECK_INT(a.status, 304);
    server_stop(&s);
    CHECK_INT(kept_pages, 2);
}

TEST(a_page_is_not_kept_past_its_end_nor_sent_then)
{
    clock_set(&t->clock, 1000 * SECOND_US);

    struct server_options o = options(t);

    soon = page_build(&(struct page_spec){.type = S("text/plain"),
                                          .body = S("soon over"),
                                          .keep = KEEP_SHARED,
                                          .max_age_s = 60,
                                          .expires_at = 1100 * SECOND_US});

    struct server *s = start(t, o);

    CHECK_STR(header_of(ask(t, s, GET_("/soon", "")).head, "cache-control"),
              S("public, max-age=60"));
    clock_set(&t->clock, 1090 * SECOND_US);
    CHECK_STR(header_of(ask(t, s, GET_("/soon", "")).head, "cache-control"),
              S("public, max-age=10"));
    clock_set(&t->clock, 1100 * SECOND_US);
    CHECK_INT(ask(t, s, GET_("/soon", "")).status, 404);
    server_stop(&s);
    page_drop(&soon);
}

static str make_file(struct test *t, size_t n)
{
    char *p = arena_bytes(t->arena, n);
    FILE *f;

    for (size_t i = 0; i < n; i++)
        p[i] = (char)(i * 7 % 251);
    snprintf(file_path, sizeof file_path, "%s/picture.jpg", test_folder(t));
    f = fopen(file_path, "wb");
    CHECK(f != NULL && fwrite(p, 1, n, f) == n);
    fclose(f);
    return str_of(p, n);
}

TEST(a_file_is_sent_whole_or_in_part)
{
    str bytes = make_file(t, 5 << 20);
    struct server *s = start(t, options(t));
    struct answer a = ask(t, s, GET_("/picture", ""));

    CHECK_INT(a.status, 200);
    CHECK(str_eq(a.body, bytes));
    CHECK_STR(header_of(a.head, "accept-ranges"), S("bytes"));
    CHECK_STR(header_of(a.head, "etag"), S("\"pic-1\""));
    CHECK_STR(header_of(a.head, "cache-control"), S("public, max-age=31536000, immutable"));

    a = ask(t, s, GET_("/picture", "Range: bytes=100-199\r\n"));
    CHECK_INT(a.status, 206);
    CHECK(str_eq(a.body, str_of(bytes.p + 100, 100)));
    CHECK_STR(header_of(a.head, "content-range"), S("bytes 100-199/5242880"));
    CHECK_STR(header_of(a.head, "content-type"), S("image/jpeg"));

    a = ask(t, s, GET_("/picture", "Range: bytes=-3\r\nIf-Range: \"pic-1\"\r\n"));
    CHECK(a.status == 206 && str_eq(a.body, str_from(bytes, bytes.n - 3)));
    CHECK_INT(ask(t, s, GET_("/picture", "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n")).status, 200);
    CHECK_INT(ask(t, s, GET_("/picture", "Range: bytes=0-1,5-6\r\n")).status, 200);
    a = ask(t, s, GET_("/picture", "Range: bytes=5242880-\r\n"));
    CHECK_INT(a.status, 416);
    CHECK_STR(header_of(a.head, "content-range"), S("bytes */5242880"));
    CHECK_INT(ask(t, s, GET_("/picture", "If-None-Match: \"pic-1\"\r\n")).status, 304);
    a = ask(t, s, S("HEAD /picture HTTP/1.1\r\nHost: paper\r\n\r\n"));
    CHECK_STR(header_of(a.head, "content-length"), S("5242880"));
    CHECK(unlink(file_path) == 0);
    CHECK_INT(ask(t, s, GET_("/picture", "")).status, 404);
    server_stop(&s);
}

TEST(a_body_may_wait_to_be_asked_for)
{
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);

    say(fd, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 3\r\n"
              "Expect: 100-continue\r\n\r\n"));
    CHECK_INT(hear(t, fd, true).status, 100);
    say(fd, S("abc"));
    CHECK_STR(hear(t, fd, false).body, S("POST /echo 3:abc"));
    say(fd, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 3000\r\n"
              "Expect: 100-continue\r\n\r\n"));
    CHECK_INT(hear(t, fd, false).status, 413);
    CHECK(ended(fd));
    close(fd);
    server_stop(&s);
}

TEST(a_body_has_the_limit_of_its_route)
{
    struct server *s = start(t, options(t));
    char body[1001];
    str head = S("POST /echo HTTP/1.1\r\nHost: paper\r\n");

    memset(body, 'x', sizeof body);
    CHECK_INT(
        ask(t, s, str_fmt(t->arena, "%.*sContent-Length: 1000\r\n\r\n%.1000s", STR(head), body))
            .status,
        200);
    CHECK_INT(
        ask(t, s, str_fmt(t->arena, "%.*sContent-Length: 1001\r\n\r\n%.1001s", STR(head), body))
            .status,
        413);
    CHECK_INT(ask(t, s,
                  str_fmt(t->arena, "%.*sTransfer-Encoding: chunked\r\n\r\n3e8\r\n%.1000s\r\n1\r\n",
                          STR(head), body))
                  .status,
              413);
    CHECK_INT(
        ask(t, s, S("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\nx")).status,
        404);
    CHECK_INT(ask(t, s, S("GET /story/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")).status,
              413);
    server_stop(&s);

    struct server_options o = options(t);

    o.limits.bodies = 100;
    s = start(t, o);
    CHECK_INT(ask(t, s, str_fmt(t->arena, "%.*sContent-Length: 500\r\n\r\n%.500s", STR(head), body))
                  .status,
              503);
    server_stop(&s);
}

TEST(an_old_client_is_answered_and_let_go)
{
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);

    say(fd, S("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));

    struct answer a = hear(t, fd, false);

    CHECK_STR(header_of(a.head, "connection"), S("keep-alive"));
    say(fd, S("GET /echo HTTP/1.0\r\n\r\n"));
    a = hear(t, fd, false);
    CHECK_STR(header_of(a.head, "connection"), S("close"));
    CHECK(ended(fd));
    close(fd);
    server_stop(&s);
}

TEST(a_request_whose_sender_says_no_more_is_still_answered)
{
    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);

    say(fd, GET_("/echo", ""));
    shutdown(fd, SHUT_WR);
    CHECK_STR(hear(t, fd, false).body, S("GET /echo 0:"));
    CHECK(ended(fd));
    close(fd);
    server_stop(&s);
}

TEST(a_desk_that_is_full_says_so_and_stops_gracefully)
{
    struct server_options o = options(t);

    o.desks = 1;
    o.limits.jobs = 1;

    struct server *s = start(t, o);
    int a = test_connect(s, 0), b = test_connect(s, 0), c = test_connect(s, 0);

    say(b, GET_("/echo", ""));
    CHECK_INT(hear(t, b, false).status, 200);
    say(c, GET_("/echo", ""));
    CHECK_INT(hear(t, c, false).status, 200);

    say(a, GET_("/slow", ""));
    sem_wait(&entered);
    say(b, GET_("/slow", ""));
    say(c, GET_("/slow", ""));

    struct answer full = hear(t, c, false);

    CHECK_INT(full.status, 503);
    CHECK(header_of(full.head, "retry-after").n > 0);
    CHECK_STR(header_of(full.head, "connection"), S("")); /* it may try again */
    sem_post(&go);
    sem_post(&go);
    CHECK_STR(hear(t, a, false).body, S("at last"));
    CHECK_STR(hear(t, b, false).body, S("at last"));
    close(a);
    close(b);
    close(c);
    server_stop(&s);
}

/* --- more is asked than can be answered --- */

static struct page *instead(void *of, const struct request *rq)
{
    (void)of;
    return str_eq(rq->path, S("/story/kept")) ? page_hold(front) : NULL;
}

static struct page *busy(void *of, const struct request *rq, int later_s)
{
    (void)of;
    if (!str_eq(rq->path, S("/story/face")))
        return NULL;
    cr_assert(later_s >= LOAD_LATER_LEAST_S && later_s <= LOAD_LATER_MOST_S);
    return page_build(&(struct page_spec){
        .status = 503, .type = S("text/plain; charset=utf-8"), .body = S("not now")});
}

static void wait_for_queue(const struct server *s, int64_t n)
{
    while (server_counts(s).waiting != n)
        sched_yield();
}

/* One desk, and it is held up: what else is asked waits. */
static struct server *start_held_up(struct test *t, struct server_limits limits, bool takes_over,
                                    int *fd)
{
    struct server_options o = options(t);

    o.desks = 1;
    o.limits = limits;
    o.takes_over = takes_over;
    o.instead = instead;
    o.busy = busy;

    struct server *s = start(t, o);

    *fd = test_connect(s, 0);
    say(*fd, GET_("/slow", ""));
    sem_wait(&entered);
    return s;
}

enum { CROWD = 24 };
struct crowd {
    int fds[CROWD];
    int n;
};

/* Ask, and see that it waits. */
static void ask_along(struct server *s, struct crowd *c, str text)
{
    c->fds[c->n] = test_connect(s, 0);
    say(c->fds[c->n++], text);
    wait_for_queue(s, c->n);
}

static void all_are_answered(struct test *t, struct crowd *c)
{
    for (int i = 0; i < c->n; i++) {
        CHECK_INT(hear(t, c->fds[i], false).status, 200);
        close(c->fds[i]);
    }
}

static void is_refused(struct test *t, const struct server *s, str text)
{
    struct answer a = ask(t, s, text);
    int64_t later;

    CHECK_INT(a.status, 503);
    CHECK(str_int(header_of(a.head, "retry-after"), &later) && later >= LOAD_LATER_LEAST_S &&
          later <= LOAD_LATER_MOST_S);
    CHECK(a.body.n > 0);
}

TEST(a_queue_that_fills_refuses_in_the_order_that_is_said)
{
    int held;
    struct crowd c = {0};
    struct server *s =
        start_held_up(t, (struct server_limits){.jobs = 8, .patience_us = HOUR_US}, false, &held);
    static const struct {
        int until;
        str asked;
    } steps[] = {{1, S_INIT("/search")},
                 {2, S_INIT("/list")},
                 {4, S_INIT("/section")},
                 {8, S_INIT("/story/x")}};

    for (size_t i = 0; i < LENGTH(steps); i++) {
        str text =
            str_fmt(t->arena, "GET %.*s HTTP/1.1\r\nHost: paper\r\n\r\n", STR(steps[i].asked));

        while (c.n < steps[i].until)
            ask_along(s, &c, text);
        for (size_t before = 0; before <= i; before++)
            is_refused(t, s,
                       str_fmt(t->arena, "GET %.*s HTTP/1.1\r\nHost: paper\r\n\r\n",
                               STR(steps[before].asked)));
    }
    CHECK_INT(ask(t, s, GET_("/", "")).status, 200); /* from memory */
    CHECK_INT(ask(t, s, GET_("/story/kept", "")).status,
              200); /* from memory, in the stead of a new one */
    CHECK_STR(ask(t, s, GET_("/story/face", "")).body, S("not now"));
    ask_along(s, &c, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 1\r\n\r\nx"));
    ask_along(s, &c, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 1\r\n\r\nx"));
    is_refused(t, s, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 1\r\n\r\nx"));
    sem_post(&go);
    CHECK_STR(hear(t, held, false).body, S("at last"));
    all_are_answered(t, &c);
    CHECK_INT(ask(t, s, GET_("/search", "")).status, 200);
    close(held);
    server_stop(&s);
}

TEST(who_has_just_taken_over_refuses_nobody_as_soon)
{
    int held;
    struct crowd c = {0};

    clock_set(&t->clock, INT64_C(1700000000) * SECOND_US);

    struct server *s =
        start_held_up(t, (struct server_limits){.jobs = 1, .patience_us = HOUR_US}, true, &held);

    while (c.n < LOAD_PATIENT_ROOM)
        ask_along(s, &c, GET_("/search", ""));
    is_refused(t, s, GET_("/search", ""));
    is_refused(t, s, GET_("/story/x", ""));
    while (c.n < load_places(LOAD_PATIENT_ROOM))
        ask_along(s, &c, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 1\r\n\r\nx"));
    clock_set(&t->clock, t->clock.fixed_at + LOAD_PATIENT_US);
    is_refused(t, s, S("POST /echo HTTP/1.1\r\nHost: paper\r\nContent-Length: 1\r\n\r\nx"));
    sem_post(&go);
    CHECK_STR(hear(t, held, false).body, S("at last"));
    all_are_answered(t, &c);
    is_refused(t, s, GET_("/search", "")); /* of one place it has an eighth, which is none */
    server_be_patient(s);
    CHECK_INT(ask(t, s, GET_("/search", "")).status, 200);
    close(held);
    server_stop(&s);
}

TEST(a_queue_that_stands_refuses_and_who_has_left_is_not_answered)
{
    int held, left;
    struct crowd c = {0};

    clock_set(&t->clock, INT64_C(1700000000) * SECOND_US);

    struct server *s =
        start_held_up(t, (struct server_limits){.jobs = 80, .patience_us = 1}, false, &held);
    int64_t before[1], after[1];

    count_read(COUNT_left, before);
    ask_along(s, &c, GET_("/story/x", ""));
    ask_along(s, &c, GET_("/search", "")); /* the wait is seen, for the first time */
    left = test_connect(s, 0);
    say(left, GET_("/story/left", ""));
    wait_for_queue(s, 3);
    shutdown(left, SHUT_WR);
    clock_set(&t->clock, t->clock.fixed_at + SECOND_US);
    is_refused(t, s, GET_("/search", ""));
    sem_post(&go);
    CHECK_STR(hear(t, held, false).body, S("at last"));
    all_are_answered(t, &c);
    CHECK_INT(hear(t, left, false).status, 503);
    count_read(COUNT_left, after);
    CHECK_INT(after[0], before[0] + 1);
    CHECK_INT(ask(t, s, GET_("/search", "")).status, 200); /* nobody waits any more */
    close(left);
    close(held);
    server_stop(&s);
}

TEST(a_handler_over_its_memory_is_answered_with_503)
{
    struct server_options o = options(t);

    o.limits.job_memory = 1 << 20;

    struct server *s = start(t, o);
    int fd = test_connect(s, 0);

    say(fd, GET_("/greedy", ""));
    CHECK_INT(hear(t, fd, false).status, 503);
    say(fd, GET_("/echo", ""));
    CHECK_INT(hear(t, fd, false).status, 200);
    close(fd);
    server_stop(&s);
}

static void *stop_server(void *of)
{
    server_stop(of);
    return NULL;
}

/* The clock stands still: what has time is never over. */
TEST(a_server_that_retires_may_be_hurried)
{
    clock_set(&t->clock, INT64_C(1700000000) * SECOND_US);

    struct server *s = start(t, options(t));
    int idle = test_connect(s, 0);
    struct pollfd all;

    say(idle, GET_("/echo", ""));
    CHECK_INT(hear(t, idle, false).status, 200);
    all = (struct pollfd){.fd = server_retire(s), .events = POLLIN};
    say(idle, GET_("/echo", "")); /* once more */
    CHECK_STR(header_of(hear(t, idle, false).head, "connection"), S("close"));
    CHECK(ended(idle));
    close(idle);
    CHECK_INT(poll(&all, 1, 20 * 1000), 1);
    server_stop(&s);

    s = start(t, options(t));
    idle = test_connect(s, 0);
    say(idle, GET_("/echo", ""));
    CHECK_INT(hear(t, idle, false).status, 200);
    all = (struct pollfd){.fd = server_retire(s), .events = POLLIN};
    CHECK_INT(poll(&all, 1, 0), 0);
    server_stop(&s);
    CHECK(ended(idle));
    close(idle);
}

TEST(a_server_that_stops_finishes_what_it_began)
{
    struct server *s = start(t, options(t));
    int busy = test_connect(s, 0), idle = test_connect(s, 0), asking = test_connect(s, 0);
    pthread_t stopper;

    say(idle, GET_("/echo", ""));
    CHECK_INT(hear(t, idle, false).status, 200);
    say(busy, GET_("/slow", ""));
    sem_wait(&entered);
    say(asking, GET_("/echo", "")); /* perhaps not even accepted yet */
    pthread_create(&stopper, NULL, stop_server, &s);
    CHECK(ended(idle));
    CHECK_INT(hear(t, asking, false).status, 200);
    sem_post(&go);

    struct answer a = hear(t, busy, false);

    CHECK_STR(a.body, S("at last"));
    CHECK_STR(header_of(a.head, "connection"), S("close"));
    close(busy);
    close(asking);
    pthread_join(stopper, NULL);
    CHECK(s == NULL);
    CHECK_INT(desks_open, 0);
    close(idle);
}

TEST(a_server_that_stops_does_not_wait_for_ever)
{
    clock_set(&t->clock, 1000 * SECOND_US);

    struct server *s = start(t, options(t)), *still = s;
    int busy = test_connect(s, 0), idle = test_connect(s, 0);
    pthread_t stopper;

    say(idle, GET_("/echo", ""));
    CHECK_INT(hear(t, idle, false).status, 200);
    say(busy, GET_("/slow", ""));
    sem_wait(&entered);
    pthread_create(&stopper, NULL, stop_server, &s);
    CHECK(ended(idle)); /* so it has begun to stop */
    clock_set(&t->clock, 1021 * SECOND_US);
    server_wake(still);
    CHECK(ended(busy));
    sem_post(&go); /* the handler ends after its connection did */
    pthread_join(stopper, NULL);
    CHECK_INT(desks_open, 0);
    close(busy);
    close(idle);
}

/* Send `first`, a whole request, and with it the begin of another; then let time pass. */
static int fall_silent(struct test *t, struct server *s, str begun, int64_t seconds)
{
    int fd = test_connect(s, 0);

    say(fd, str_join(t->arena, GET_("/", ""), begun));
    CHECK_INT(hear(t, fd, false).status, 200);
    clock_set(&t->clock, t->clock.fixed_at + seconds * SECOND_US);
    server_wake(s);
    return fd;
}

TEST(who_falls_silent_is_not_waited_for)
{
    static const struct {
        str begun;
        int seconds, status;
    } cases[] = {
        {S_INIT(""), 75, 0},
        {S_INIT("GET /echo HTTP/1.1\r\nHo"), 10, 408},
        {S_INIT("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nabc"), 5, 408},
        {S_INIT("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), 5, 408},
    };

    clock_set(&t->clock, 1000 * SECOND_US);

    struct server *s = start(t, options(t));

    for (size_t i = 0; i < LENGTH(cases); i++) {
        int fd = fall_silent(t, s, cases[i].begun, cases[i].seconds);

        CHECK_INT(hear(t, fd, false).status, cases[i].status);
        CHECK(ended(fd));
        close(fd);
    }
    server_stop(&s);
}

TEST(who_goes_on_after_the_last_word_is_cut_off)
{
    static char bytes[64 << 10];
    struct timeval patience = {.tv_sec = 20};
    int64_t all = 0;

    clock_set(&t->clock, 1000 * SECOND_US); /* so that it is not the time that ends it */

    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0);

    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    say(fd, S("no request\r\n\r\n"));
    CHECK_INT(hear(t, fd, false).status, 400);
    for (ssize_t n; (n = send(fd, bytes, sizeof bytes, MSG_NOSIGNAL)) > 0 && all < 256 << 20;)
        all += n;
    CHECK(all < 32 << 20);
    close(fd);
    server_stop(&s);
}

TEST(who_is_slow_but_not_too_slow_is_waited_for)
{
    clock_set(&t->clock, 1000 * SECOND_US);

    struct server *s = start(t, options(t));
    int fd = fall_silent(t, s, S("GET /echo HTTP/1.1\r\nHo"), 9);

    say(fd, S("st: paper\r\n\r\n"));
    CHECK_INT(hear(t, fd, false).status, 200);
    close(fd);
    fd = fall_silent(t, s, S(""), 74);
    say(fd, GET_("/echo", ""));
    CHECK_INT(hear(t, fd, false).status, 200);
    close(fd);
    server_stop(&s);
}

TEST(who_takes_nothing_is_let_go)
{
    make_file(t, 32 << 20);
    clock_set(&t->clock, 1000 * SECOND_US);

    struct server *s = start(t, options(t));
    int fd = test_connect(s, 0), other = test_connect(s, 0);
    char bytes[4096];

    say(other, GET_("/", "")); /* from now on it may stay idle for longer than a step */
    CHECK_INT(hear(t, other, false).status, 200);
    say(fd, GET_("/picture", ""));
    CHECK(recv(fd, bytes, 100, MSG_WAITALL) == 100); /* so it is being sent */
    do {
        clock_set(&t->clock, t->clock.fixed_at + 31 * SECOND_US);
        server_wake(s);
        say(other, GET_("/", "")); /* when this is answered, the timers before it have run */
        CHECK_INT(hear(t, other, false).status, 200);
    } while (server_counts(s).connections > 1);

    int64_t all = 100;

    for (ssize_t n; (n = recv(fd, bytes, sizeof bytes, 0)) > 0;)
        all += n;
    CHECK(all < 32 << 20);
    close(fd);
    close(other);
    server_stop(&s);
}

TEST(more_connections_than_may_be_are_turned_away)
{
    struct server_options o = options(t);

    o.limits.connections = 2;

    struct server *s = start(t, o);
    int a = test_connect(s, 0);

    say(a, GET_("/slow", ""));
    sem_wait(&entered);

    int b = test_connect(s, 0);

    say(b, GET_("/slow", ""));
    sem_wait(&entered);

    int c = test_connect(s, 0);

    CHECK_INT(hear(t, c, false).status, 0);
    sem_post(&go);
    sem_post(&go);
    CHECK_INT(hear(t, a, false).status, 200);
    CHECK_INT(hear(t, b, false).status, 200);

    int d = test_connect(s, 0); /* an idle one makes room */

    say(d, GET_("/echo", ""));
    CHECK_INT(hear(t, d, false).status, 200);
    close(a);
    close(b);
    close(c);
    close(d);
    server_stop(&s);
}

TEST(whoever_comes_finds_room_whichever_loop_has_those_who_wait)
{
    struct server_options o = options(t);
    int fds[60];

    o.loops = 2;
    o.limits.connections = 2;

    struct server *s = start(t, o);

    for (size_t i = 0; i < LENGTH(fds); i++) {
        fds[i] = test_connect(s, 0);
        say(fds[i], GET_("/echo", ""));
        CHECK_INT(hear(t, fds[i], false).status, 200);
    }
    for (size_t i = 0; i < LENGTH(fds); i++)
        close(fds[i]);
    server_stop(&s);
}

TEST(a_server_does_not_start_on_a_taken_address)
{
    struct server *s = start(t, options(t)), *second = NULL;
    struct server_options o = options(t);
    char address[40];

    snprintf(address, sizeof address, "127.0.0.1:%d", server_port(s));
    o.address = address;
    CHECK_ERR(server_start(&o, &second, &t->why), E_CONFLICT);
    o.address = "somewhere";
    CHECK_ERR(server_start(&o, &second, &t->why), E_INVALID);
    CHECK_INT(desks_open, 2);
    server_stop(&s);
}

TEST(a_request_leaves_one_line_with_nobodys_name)
{
    struct server_options o = options(t);
    int ends[2];
    char lines[4096];

    CHECK(pipe(ends) == 0);
    log_to(ends[1]);
    o.log_requests = true;

    struct server *s = start(t, o);

    ask(t, s, GET_("/story/x?q=secret", "Cookie: seen=secret\r\n"));
    ask(t, s, GET_("/", ""));
    ask(t, s, S("GET / HTTP/3.0\r\n\r\n"));
    server_stop(&s);
    log_to(STDERR_FILENO);
    close(ends[1]);

    ssize_t n = read(ends[0], lines, sizeof lines);
    str all = str_of(lines, n > 0 ? (size_t)n : 0), line;

    CHECK(str_find(all, S("secret")) < 0 && str_find(all, S("127.0.0.1")) < 0);
    CHECK(str_cut(&all, '\n', &line) && str_starts(line, S("at=2")));
    CHECK(str_find(line, S(" level=info event=request id=1 method=GET path=\"/story/x\" "
                           "status=200 bytes=")) > 0);
    CHECK(str_cut(&all, '\n', &line) && str_find(line, S(" path=\"/\" status=200 ")) > 0);
    CHECK(str_cut(&all, '\n', &line) && str_find(line, S(" path=\"-\" status=505 ")) > 0);
    CHECK_INT(all.n, 0);
    close(ends[0]);
}

/* Four askers at once on two loops: what the thread sanitiser is to look at. */
struct asker {
    const struct server *server;
    struct test test;
    bool fine;
};

static void *ask_often(void *of)
{
    struct asker *me = of;
    int fd = test_connect(me->server, 0);

    me->fine = true;
    for (int i = 0; i < 50; i++) {
        say(fd, i % 2 == 0 ? GET_("/", "Accept-Encoding: br\r\n") : GET_("/story/x", ""));
        me->fine &= hear(&me->test, fd, false).status == 200;
    }
    close(fd);
    return NULL;
}

TEST(many_ask_at_once)
{
    struct server_options o = options(t);
    struct asker askers[4];
    pthread_t threads[4];

    o.loops = 2;
    o.log_requests = true;

    struct server *s = start(t, o);

    for (int i = 0; i < 4; i++) {
        askers[i] = (struct asker){.server = s, .test.arena = arena_new(64 << 20)};
        pthread_create(&threads[i], NULL, ask_often, &askers[i]);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK(askers[i].fine);
        arena_free(&askers[i].test.arena);
    }
    CHECK_INT(server_counts(s).requests, 200);
    CHECK_INT(server_counts(s).looked_up, 100);
    server_stop(&s);
}
