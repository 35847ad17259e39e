#include "http/client.h"

#include "base/log.h"
#include "http/reply.h"
#include "http/test_server.h"

#include <semaphore.h>

static sem_t go;

static err echo(struct request *rq)
{
    return reply_text(rq, 200,
                      str_fmt(rq->arena, "%.*s %.*s %.*s", STR(method_word(rq->method)),
                              STR(request_header(rq, S("x-key"))), STR(rq->body)));
}

static err much(struct request *rq)
{
    str body = {arena_alloc(rq->arena, 100000), 100000};

    return reply_text(rq, 200, body);
}

static err away(struct request *rq)
{
    return reply_moved(rq, S("/echo"));
}

static err slow(struct request *rq)
{
    sem_wait(&go);
    return reply_text(rq, 200, S("at last"));
}

static const struct route routes[] = {
    {GET | POST, "/echo", echo, .body_max = 1000, .doc = "what came"},
    {GET, "/much", much, .doc = "a lot"},
    {GET, "/away", away, .doc = "leads on"},
    {GET, "/slow", slow, .doc = "waits"},
};

static struct server *start(struct test *t)
{
    sem_init(&go, 0, 0);
    return test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
}

static str at(struct test *t, const struct server *s, const char *path)
{
    return str_fmt(t->arena, "http://127.0.0.1:%d%s", server_port(s), path);
}

TEST(client_may_ask_over_https_or_on_this_machine)
{
    static const char *const may[] = {"https://hub.example/", "http://127.0.0.1:8080/",
                                      "http://[::1]/", "http://localhost:6081/purge"};
    static const char *const may_not[] = {
        "http://hub.example/",         "http://127.0.0.1.example/", "http://10.0.0.1/", "ftp://a/",
        "http://localhost@evil.test/", "file:///etc/passwd",        "//hub.example/",   ""};

    for (size_t i = 0; i < LENGTH(may); i++)
        cr_assert(client_may_ask(str_c(may[i])), "%s", may[i]);
    for (size_t i = 0; i < LENGTH(may_not); i++)
        cr_assert(!client_may_ask(str_c(may_not[i])), "%s", may_not[i]);
}

TEST(client_sends_and_takes_what_is_within_bounds)
{
    struct server *s = start(t);
    struct client *c = client_new(CLIENT_ANYWHERE, NULL);
    struct header key = {S("X-Key"), S("story:12")};
    struct client_answer answer;

    CHECK_OK(client_send(t->arena, c,
                         &(struct client_ask){.method = "POST",
                                              .url = at(t, s, "/echo"),
                                              .type = S("text/plain"),
                                              .body = S("words"),
                                              .headers = &key,
                                              .header_n = 1},
                         &answer, &t->why));
    CHECK_INT(answer.status, 200);
    CHECK_STR(answer.body, S("POST story:12 words"));

    /* the next request has nothing of the last one */
    CHECK_OK(client_send(t->arena, c,
                         &(struct client_ask){.method = "GET", .url = at(t, s, "/echo")}, &answer,
                         &t->why));
    CHECK_STR(answer.body, S("GET  "));

    CHECK_OK(client_send(t->arena, c,
                         &(struct client_ask){.method = "GET", .url = at(t, s, "/away")}, &answer,
                         &t->why));
    CHECK_INT(answer.status, 301);
    CHECK_ERR(client_send(t->arena, c,
                          &(struct client_ask){.method = "GET", .url = at(t, s, "/much")}, &answer,
                          &t->why),
              E_LIMIT);
    CHECK_ERR(client_send(t->arena, c,
                          &(struct client_ask){.method = "GET", .url = S("http://10.0.0.1/")},
                          &answer, &t->why),
              E_DENIED);
    client_free(&c);
    server_stop(&s);
}

TEST(client_waits_no_longer_than_it_may)
{
    struct server *s = start(t);
    atomic_bool stop = false;
    struct client *c = client_new(CLIENT_ANYWHERE, &stop);
    struct client_ask ask = {.method = "GET", .url = at(t, s, "/slow"), .timeout_ms = 50};
    struct client_answer answer;

    CHECK_ERR(client_send(t->arena, c, &ask, &answer, &t->why), E_IO);
    atomic_store(&stop, true);
    ask.timeout_ms = 0;
    CHECK_ERR(client_send(t->arena, c, &ask, &answer, &t->why), E_BUSY);
    client_free(&c);
    for (int i = 0; i < 2; i++)
        sem_post(&go);
    server_stop(&s);
}

TEST(client_says_who_does_not_answer)
{
    struct server *s = start(t);
    struct client *c = client_new(CLIENT_ANYWHERE, NULL);
    struct client_answer answer;
    str gone = at(t, s, "/echo");

    server_stop(&s);
    CHECK_ERR(client_send(t->arena, c, &(struct client_ask){.method = "GET", .url = gone}, &answer,
                          &t->why),
              E_IO);
    cr_assert(strstr(t->why.text, "does not answer") != NULL, "%s", t->why.text);
    client_free(&c);
}

TEST(client_goes_to_no_machine_inside_for_strangers)
{
    struct server *s = start(t);
    struct client *c = client_new(CLIENT_OUTSIDE, NULL);
    struct client_answer answer;

    CHECK_ERR(client_send(t->arena, c,
                          &(struct client_ask){.method = "GET", .url = at(t, s, "/echo")}, &answer,
                          &t->why),
              E_DENIED);
    cr_assert(strstr(t->why.text, "not public") != NULL, "%s", t->why.text);
    client_free(&c);
    server_stop(&s);
}

/* What is slow holds up nothing that was asked after it. */
TEST(client_asks_many_at_once)
{
    struct server *s = start(t);
    struct client_many *m = client_many_new(CLIENT_ANYWHERE);
    struct client_ask ask = {.method = "GET", .url = at(t, s, "/slow")};
    struct client_end end;
    int asked[9] = {0}, n = 0;

    CHECK_OK(client_begin(t->arena, m, &ask, &asked[8], &t->why));
    ask.url = at(t, s, "/echo");
    for (int i = 0; i < 8; i++)
        CHECK_OK(client_begin(t->arena, m, &ask, &asked[i], &t->why));
    while (n < 8)
        if (client_ended(m, 100, &end)) {
            CHECK_OK(end.result);
            CHECK_STR(end.answer.body, S("GET  "));
            ++*(int *)end.of;
            n++;
        }
    for (int i = 0; i < 8; i++)
        CHECK_INT(asked[i], 1);
    cr_assert(!client_ended(m, 0, &end));

    ask.url = S("http://10.0.0.1/");
    CHECK_ERR(client_begin(t->arena, m, &ask, NULL, &t->why), E_DENIED);
    ask = (struct client_ask){.method = "GET", .url = at(t, s, "/much"), .answer_max = 10};
    CHECK_OK(client_begin(t->arena, m, &ask, NULL, &t->why));
    while (!client_ended(m, 100, &end))
        ;
    CHECK_ERR(end.result, E_LIMIT);
    client_many_free(&m); /* with one still open */
    sem_post(&go);
    server_stop(&s);
}
