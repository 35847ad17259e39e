#include "http/stream.h"

#include "base/buf.h"
#include "http/inside.h"
#include "http/test_server.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

/* --- a paper that only streams --- */

static int64_t known; /* what the handler says it knew */

/* "/live/7": listens to topic 7, and to 1; for whom X-Of names. */
static err listen_to(struct request *rq)
{
    stream_topic topics[2] = {1};
    int64_t n;

    TRY(str_int(request_param(rq, S("topic")), &n) ? OK : E_INVALID);
    topics[1] = (stream_topic)n;
    return reply_stream(rq, (struct stream_topics){topics, 2}, known, S("first\n\n"),
                        request_header(rq, S("x-of")));
}

static const struct route routes[] = {{GET, "/live/{topic#}", listen_to, WHO_ANYONE, .doc = "x"}};

static void tell(struct server *s, int64_t number, stream_topic topic, str bytes)
{
    struct frame *f = frame_new(number, (struct stream_topics){&topic, 1}, bytes);

    server_say(s, f);
    frame_drop(&f);
}

/* --- a reader --- */

/* Read up to and with `until`, or to the end when that is empty; gives all of it. */
static str hear(struct test *t, int fd, str until)
{
    buf b = buf_new(t->arena, 48 << 20);
    char some[1];
    ssize_t n;

    while ((n = recv(fd, some, sizeof some, 0)) > 0) {
        buf_add(&b, str_of(some, (size_t)n));
        if (until.n > 0 && str_ends(buf_str(&b), until))
            return buf_str(&b);
    }
    CHECK(until.n == 0 && n == 0);
    return buf_str(&b);
}

static void ask(struct test *t, int fd, str topic, str holder)
{
    str text = str_fmt(t->arena, "GET /live/%.*s HTTP/1.1\r\nHost: paper\r\nX-Of: %.*s\r\n\r\n",
                       STR(topic), STR(holder));

    CHECK(send(fd, text.p, text.n, MSG_NOSIGNAL) == (ssize_t)text.n);
}

static int listening(struct test *t, struct server *s, str topic, int room)
{
    int fd = test_connect(s, room);

    ask(t, fd, topic, S(""));
    return fd;
}

static size_t times(str text, str what)
{
    size_t n = 0;

    for (ptrdiff_t at; (at = str_find(text, what)) >= 0; n++)
        text = str_from(text, (size_t)at + what.n);
    return n;
}

/* --- what must hold --- */

TEST(who_only_listens_costs_little)
{
    CHECK(sizeof(struct conn) <= 104);
}

TEST(a_stream_tells_what_it_listens_to_and_stays_open)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    int seven = listening(t, s, S("7"), 0), eight = listening(t, s, S("8"), 0);
    str head = hear(t, seven, S("first\n\n"));

    hear(t, eight, S("first\n\n"));
    CHECK(str_starts(head, S("HTTP/1.1 200 OK\r\n")));
    CHECK(str_find(head, S("Content-Type: text/event-stream\r\n")) > 0);
    CHECK(str_find(head, S("Content-Length")) < 0 && str_find(head, S("no-store")) > 0);
    tell(s, 1, 7, S("one\n\n"));
    tell(s, 2, 8, S("two\n\n"));
    tell(s, 3, 9, S("three\n\n"));
    tell(s, 4, 1, S("four\n\n"));
    CHECK_STR(hear(t, seven, S("four\n\n")), S("one\n\nfour\n\n"));
    CHECK_STR(hear(t, eight, S("four\n\n")), S("two\n\nfour\n\n"));
    close(seven);
    close(eight);
    server_stop(&s);
}

TEST(what_is_said_before_the_loop_knows_of_a_stream_is_not_lost_nor_told_twice)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});

    for (int64_t i = 1; i <= 9; i++)
        tell(s, i, 7, str_fmt(t->arena, "%lld.", (long long)i));
    known = 6;

    int fd = listening(t, s, S("7"), 0);

    hear(t, fd, S("9."));
    tell(s, 10, 7, S("end"));
    CHECK_STR(hear(t, fd, S("end")), S("end"));
    close(fd);
    server_stop(&s);
}

TEST(who_listens_to_the_same_comes_and_goes_in_any_order)
{
    enum { MANY = 30 };
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    str topics[] = {S("7"), S("8"), S("9")};
    int fds[MANY], left = MANY;
    int64_t number = 0;

    known = 0;
    for (int i = 0; i < MANY; i++) {
        fds[i] = listening(t, s, topics[i % 3], 0);
        hear(t, fds[i], S("first\n\n"));
    }
    for (int round = 1; left > 1; round++) {
        str word = str_fmt(t->arena, "%d\n\n", round);

        for (int i = 0; i < MANY; i++)
            if (left > 1 && fds[i] >= 0 && (i + round) % 3 == i % 2) {
                close(fds[i]);
                fds[i] = -1;
                left--;
            }
        while (server_counts(s).streams > left)
            server_wake(s);
        for (int topic = 7; topic <= 9; topic++)
            tell(s, ++number, (stream_topic)topic, word);
        tell(s, ++number, 1, S("all\n\n"));
        for (int i = 0; i < MANY; i++)
            if (fds[i] >= 0)
                CHECK_STR(hear(t, fds[i], S("all\n\n")),
                          str_fmt(t->arena, "%.*sall\n\n", STR(word)));
    }
    for (int i = 0; i < MANY; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    server_stop(&s);
}

/* Let seconds pass until something is said. */
static void wait_for_word(struct test *t, struct server *s, int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    do {
        clock_set(&t->clock, t->clock.fixed_at + SECOND_US);
        server_wake(s);
    } while (poll(&p, 1, 10) == 0);
}

TEST(a_sign_of_life_says_how_far_all_is_told)
{
    clock_set(&t->clock, 1000 * SECOND_US);

    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    int seven, nine;

    known = 8;
    seven = listening(t, s, S("7"), 0);
    nine = listening(t, s, S("9"), 0);
    hear(t, seven, S("first\n\n"));
    hear(t, nine, S("first\n\n"));
    tell(s, 12, 7, S("one\n\n"));
    tell(s, 13, 9, S("two\n\n"));
    hear(t, seven, S("one\n\n"));
    hear(t, nine, S("two\n\n"));
    wait_for_word(t, s, seven);
    CHECK_STR(hear(t, seven, S("data: {}\n\n")), S("id: 13\nevent: beat\ndata: {}\n\n"));
    known = 20; /* one that knows more is not thrown back */

    int later = listening(t, s, S("7"), 0);

    hear(t, later, S("first\n\n"));
    wait_for_word(t, s, later);
    CHECK_STR(hear(t, later, S("data: {}\n\n")), S("event: beat\ndata: {}\n\n"));
    close(seven);
    close(nine);
    close(later);
    server_stop(&s);
}

TEST(a_stream_that_knew_too_little_is_told_so)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});

    for (int64_t i = 1; i <= 400; i++)
        tell(s, i, 7, S("x\n\n"));
    known = 10;

    int fd = listening(t, s, S("7"), 0);
    str said;

    said = hear(t, fd, S("event: reload\ndata: {}\n\n"));
    CHECK_INT(times(said, S("x\n\n")), 0);
    tell(s, 401, 7, S("end\n\n"));
    CHECK_STR(hear(t, fd, S("end\n\n")), S("end\n\n"));
    close(fd);
    server_stop(&s);
}

TEST(a_reader_that_takes_nothing_loses_what_waited_and_delays_nobody)
{
    enum { MANY = 150, BIG = 64 << 10 };
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    int slow = listening(t, s, S("7"), 4096), quick = listening(t, s, S("8"), 0);
    char *big = arena_bytes(t->arena, BIG);
    str said;

    hear(t, slow, S("first\n\n"));
    hear(t, quick, S("first\n\n"));
    memset(big, 'x', BIG);
    for (int64_t i = 1; i <= MANY; i++)
        tell(s, i, 7, str_of(big, BIG));
    tell(s, MANY + 1, 8, S("end\n\n"));
    CHECK_STR(hear(t, quick, S("end\n\n")), S("end\n\n")); /* the slow one has taken nothing yet */
    said = hear(t, slow, S("event: reload\ndata: {}\n\n"));
    CHECK(said.n < (size_t)MANY * BIG);
    tell(s, MANY + 2, 7, S("again\n\n"));
    hear(t, slow, S("again\n\n"));
    close(slow);
    close(quick);
    server_stop(&s);
}

TEST(no_more_streams_than_there_may_be)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){.streams = 2});
    int fds[3];

    for (int i = 0; i < 2; i++) {
        fds[i] = listening(t, s, S("7"), 0);
        hear(t, fds[i], S("first\n\n"));
    }
    fds[2] = listening(t, s, S("7"), 0);
    CHECK(str_starts(hear(t, fds[2], S("\r\n\r\n")), S("HTTP/1.1 503 ")));
    for (int i = 0; i < 3; i++)
        close(fds[i]);
    server_stop(&s);
}

/* One more for them; -1: not now. */
static int held_by(struct test *t, struct server *s, str holder)
{
    int fd = test_connect(s, 0);
    str head;

    ask(t, fd, S("7"), holder);
    head = hear(t, fd, S("\r\n\r\n"));
    if (str_starts(head, S("HTTP/1.1 200 ")))
        return fd;
    CHECK(str_starts(head, S("HTTP/1.1 503 ")) && str_find(head, S("\r\nRetry-After: ")) > 0);
    close(fd);
    return -1;
}

TEST(beyond_half_of_all_streams_nobody_holds_more_than_a_tenth)
{
    enum { MOST = 40, HALF = MOST / 2, TENTH = MOST / 10 };
    struct server *s =
        test_serve(t, routes, LENGTH(routes), (struct server_limits){.streams = MOST});
    int fds[MOST], n = 0, tries = 0;
    str house;

    while (n < HALF) /* a school */
        CHECK((fds[n++] = held_by(t, s, S("school"))) >= 0);
    CHECK(held_by(t, s, S("school")) < 0);
    do { /* another, that is not taken for the school */
        CHECK(tries++ < 9);
        house = str_fmt(t->arena, "house %d", tries);
    } while ((fds[n] = held_by(t, s, house)) < 0);
    for (n++; n < HALF + TENTH;)
        CHECK((fds[n++] = held_by(t, s, house)) >= 0);
    CHECK(held_by(t, s, house) < 0);
    CHECK((fds[n++] = held_by(t, s, S(""))) >= 0); /* nobody's */
    while (n > HALF - 1) {                         /* what is let go can be had again */
        close(fds[--n]);
        while (server_counts(s).streams > n)
            server_wake(s);
    }
    CHECK((fds[n++] = held_by(t, s, S("school"))) >= 0);
    CHECK(held_by(t, s, S("school")) < 0);
    while (n > 0)
        close(fds[--n]);
    server_stop(&s);
}

TEST(streams_end_with_a_word_when_to_come_again)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    int fd = listening(t, s, S("7"), 0);
    str last;

    hear(t, fd, S("first\n\n"));
    server_stop(&s);
    last = hear(t, fd, S(""));
    CHECK(str_starts(last, S("retry: ")) && str_ends(last, S("\n\n")));
    close(fd);
}
