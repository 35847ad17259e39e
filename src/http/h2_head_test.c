#include "http/h2_head.h"

#include "base/test.h"

static struct h2_head h;

/* "name value\n" ... */
static bool add_all(const char *fields)
{
    str rest = str_c(fields), line, name;
    bool good = true;

    h2_head_start(&h);
    while (rest.n > 0 && str_cut(&rest, '\n', &line)) {
        str_cut(&line, ' ', &name);
        good = h2_head_add(&h, name, line.p != NULL ? line : S("")) && good;
    }
    return good;
}

#define GET_ ":method GET\n:scheme https\n:authority paper.example\n:path /a?b=c\n"

static str text(uint16_t at, uint16_t n)
{
    return str_of(h.bytes + at, n);
}

TEST(a_head_over_http2_becomes_one_as_of_http1)
{
    CHECK(add_all(GET_ "accept-encoding br, gzip\ncookie a=b\ncookie c=d\nte trailers\nempty \n"));
    CHECK(h2_head_end(&h, true));
    CHECK_INT(h.head.method, GET);
    CHECK_STR(text(h.head.target, h.head.target_n), S("/a?b=c"));
    CHECK_STR(text(h.head.host, h.head.host_n), S("paper.example"));
    CHECK_INT(h.head.field_n, 5);
    CHECK_STR(text(h.head.fields[0].name, h.head.fields[0].name_n), S("accept-encoding"));
    CHECK_STR(text(h.head.fields[0].value, h.head.fields[0].value_n), S("br, gzip"));
    CHECK_STR(text(h.head.fields[2].value, h.head.fields[2].value_n), S("c=d"));
    CHECK(!h.head.chunked && h.head.length == 0);

    CHECK(add_all(":method POST\n:scheme https\n:path /x\nhost paper.example:8443\n"
                  "content-length 12\nexpect 100-continue\n"));
    CHECK(h2_head_end(&h, false));
    CHECK_STR(text(h.head.host, h.head.host_n), S("paper.example:8443"));
    CHECK(h.head.length == 12 && h.head.expect_continue && !h.head.chunked);

    CHECK(add_all(":method OPTIONS\n:scheme https\n:path *\n:authority p\nhost P\n"));
    CHECK(h2_head_end(&h, false));
    CHECK(h.head.chunked);
}

TEST(what_no_client_of_good_will_sends_is_refused)
{
    static const struct {
        int status;
        const char *fields;
    } cases[] = {
        {400, ":method GET\n:scheme https\n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority p\n"},
        {400, ":scheme https\n:authority p\n:path /\n"},
        {400, ":method GET\n:authority p\n:path /\n"},
        {400, ":method GET\n:scheme http\n:authority p\n:path /\n"},
        {400, GET_ ":path /b\n"},
        {400, ":method GET\n:path /\n:path /\n:scheme https\n:authority p\n"},
        {400, ":method GET\n:method GET\n:scheme https\n:authority p\n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:authority p\n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path /\n:status 200\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path /\n:protocol websocket\n"},
        {400, ":method GET\n:scheme https\n:authority p\nx y\n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority me@p\n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority \n:path /\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path \n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path http://q/\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path a\n"},
        {400, ":method GET\n:scheme https\n:authority p\n:path /#b\n"},
        {400, ":method G(T\n:scheme https\n:authority p\n:path /\n"},
        {501, ":method CONNECT\n:scheme https\n:authority p\n:path /\n"},
        {501, ":method TRACE\n:scheme https\n:authority p\n:path /\n"},
        {400, GET_ "host other.example\n"},
        {400, GET_ "host paper.example\nhost paper.example\n"},
        {400, ":method GET\n:scheme https\n:path /\nhost a\nhost a\n"},
        {400, GET_ "connection close\n"},
        {400, GET_ "keep-alive timeout=5\n"},
        {400, GET_ "proxy-connection close\n"},
        {400, GET_ "transfer-encoding chunked\n"},
        {400, GET_ "upgrade h2c\n"},
        {400, GET_ "te gzip\n"},
        {400, GET_ "X-Upper a\n"},
        {400, GET_ "x(y a\n"},
        {400, GET_ "x: a\n"},
        {400, GET_ " a\n"},
        {400, GET_ "x  led\n"},
        {400, GET_ "x trailed\t\n"},
        {400, GET_ "x car\rriage\n"},
        {400, GET_ "x del\x7f\n"},
        {400, GET_ "content-length 3\n"}, /* and no body comes */
        {400, GET_ "content-length +3\n"},
        {400, GET_ "content-length 3, 3\n"},
        {400, GET_ "content-length 0\ncontent-length 0\n"},
        {413, GET_ "content-length 18446744073709551617\n"},
        {417, GET_ "expect a-miracle\n"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        bool good = add_all(cases[i].fields) && h2_head_end(&h, true);

        cr_assert(!good && h.head.status == cases[i].status, "case %zu: %d", i, h.head.status);
    }
    h2_head_start(&h);
    CHECK(!h2_head_add(&h, S("x"), S("a\nb")) && h.head.status == 400);
    h2_head_start(&h);
    CHECK(!h2_head_add(&h, S("x"), str_of("a\0b", 3)) && h.head.status == 400);
}

TEST(a_head_that_is_too_large_is_refused_and_goes_no_further)
{
    char *long_path = arena_bytes(t->arena, 9000);

    CHECK(add_all(GET_));
    for (int i = 0; i < 100; i++)
        CHECK(h2_head_add(&h, S("x"), S("y")));
    CHECK(!h2_head_add(&h, S("x"), S("y")) && h.head.status == 431);

    CHECK(add_all(GET_));
    while (h2_head_add(&h, S("x-long"), S("0123456789012345678901234567890123456789")))
        CHECK(h.listed < 20000);
    CHECK_INT(h.head.status, 431);
    CHECK(h.n <= sizeof h.bytes);

    memset(long_path, '/', 9000);
    h2_head_start(&h);
    CHECK(!h2_head_add(&h, S(":path"), str_of(long_path, 9000)) && h.head.status == 414);
}
