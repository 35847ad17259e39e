#include "http/links.h"

#include "http/outside.h"

#include "http/reply.h"
#include "http/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdatomic.h>

static bool is_outside(const char *address)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
        return outside_is((const struct sockaddr *)&four);
    cr_assert(inet_pton(AF_INET6, address, &six.sin6_addr) == 1, "%s", address);
    return outside_is((const struct sockaddr *)&six);
}

TEST(links_go_to_no_private_local_or_reserved_network)
{
    static const char *const inside[] = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "fec0::1",
        "100::1",
        "64:ff9b:1::1",
    };
    static const char *const outside[] = {
        "8.8.8.8",      "172.15.0.1",      "172.32.0.1",      "100.63.0.1",
        "100.128.0.1",  "192.169.0.1",     "169.253.0.1",     "223.255.0.1",
        "2606:4700::1", "2a00:1450::200e", "2001:4860::8888", "64:ff9b::808:808",
    };
    struct sockaddr local = {.sa_family = AF_UNIX};

    for (size_t i = 0; i < LENGTH(inside); i++)
        cr_assert(!is_outside(inside[i]), "%s", inside[i]);
    for (size_t i = 0; i < LENGTH(outside); i++)
        cr_assert(is_outside(outside[i]), "%s", outside[i]);
    CHECK(!outside_is(&local));
}

/* --- asking --- */

static atomic_int heads, gets;

static err fine(struct request *rq)
{
    atomic_fetch_add(rq->method == HEAD ? &heads : &gets, 1);
    return reply_text(rq, 200, S("here"));
}

static err broken(struct request *rq)
{
    return reply_text(rq, 503, S("not now"));
}

static err asks_who(struct request *rq)
{
    return reply_text(rq, 403, S("who are you"));
}

static err leads_on(struct request *rq)
{
    return reply_moved(rq, S("/fine"));
}

static err goes_round(struct request *rq)
{
    return reply_moved(rq, S("/round"));
}

static err leads_to_a_file(struct request *rq)
{
    reply_header(rq, S("Location"), S("file:///etc/passwd"));
    return reply_bytes(rq, 302, S(""), S(""));
}

static const struct route routes[] = {
    {GET, "/fine", fine, .doc = "is there"},
    {GET, "/broken", broken, .doc = "is broken"},
    {GET, "/who", asks_who, .doc = "not for machines"},
    {GET, "/on", leads_on, .doc = "leads on"},
    {GET, "/round", goes_round, .doc = "leads round"},
    {GET, "/file", leads_to_a_file, .doc = "leads to a file"},
};

/* Ask until it is known. */
static enum link_answer known(struct links *l, str url)
{
    enum link_answer answer;

    while ((answer = links_ask(l, url)) == LINK_ASKED)
        sched_yield();
    return answer;
}

TEST(links_are_asked_and_what_they_say_is_remembered)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    struct links *l = links_start(true);
    str gone;
    static const struct {
        const char *path;
        enum link_answer answer;
    } cases[] = {{"/fine", LINK_ANSWERS}, {"/nothing", LINK_MISSING},  {"/broken", LINK_BROKEN},
                 {"/who", LINK_ANSWERS},  {"/on", LINK_ANSWERS},       {"/round", LINK_ROUND},
                 {"/file", LINK_ROUND},   {"/fine#part", LINK_ANSWERS}};

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_INT(
            known(l, str_fmt(t->arena, "http://127.0.0.1:%d%s", server_port(s), cases[i].path)),
            cases[i].answer);
    CHECK_INT(atomic_load(&heads) + atomic_load(&gets), 2); /* itself, and where /on leads */
    CHECK_INT(links_ask(l, S("mailto:a@b.example")), LINK_NOT_ASKED);
    CHECK_INT(links_ask(l, S("")), LINK_NOT_ASKED);
    gone = str_fmt(t->arena, "http://127.0.0.1:%d/gone", server_port(s));
    server_stop(&s);
    CHECK_INT(known(l, gone), LINK_SILENT);
    links_stop(&l);
}

TEST(links_do_not_ask_inside)
{
    struct server *s = test_serve(t, routes, LENGTH(routes), (struct server_limits){0});
    struct links *l = links_start(false);

    CHECK_INT(known(l, str_fmt(t->arena, "http://127.0.0.1:%d/fine", server_port(s))), LINK_INSIDE);
    CHECK_INT(known(l, str_fmt(t->arena, "http://localhost:%d/fine", server_port(s))), LINK_INSIDE);
    CHECK_INT(known(l, str_fmt(t->arena, "http://[::1]:%d/fine", server_port(s))), LINK_INSIDE);
    CHECK_INT(atomic_load(&heads) + atomic_load(&gets), 0);
    links_stop(&l);
    server_stop(&s);
}

TEST(links_have_room_for_so_many)
{
    struct links *l = links_start(false);

    /* each is refused at once, or waits: more than there is room for is not asked, never waited for
     */
    for (int i = 0; i < 3 * LINKS_MAX; i++)
        links_ask(l, str_fmt(t->arena, "http://127.0.0.1:1/%d", i));
    while (links_ask(l, S("http://127.0.0.1:1/last")) == LINK_NOT_ASKED)
        sched_yield();
    CHECK_INT(known(l, S("http://127.0.0.1:1/last")), LINK_INSIDE);
    links_stop(&l);
}
