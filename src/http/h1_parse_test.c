#include "http/h1_parse.h"

#include "base/buf.h"
#include "base/test.h"

#include <dirent.h>
#include <stdio.h>

/* All at once; the head lives in the test's arena. */
static enum h1_result read_whole(struct test *t, str text, struct h1_head *h, char **bytes)
{
    *bytes = arena_bytes(t->arena, text.n);
    memcpy(*bytes, text.p, text.n);
    h1_head_start(h);
    return h1_head_read(h, *bytes, text.n);
}

/* One byte more each time must come to the same end. */
static enum h1_result read_slowly(struct test *t, str text, struct h1_head *h)
{
    char *bytes = arena_bytes(t->arena, text.n);
    enum h1_result r = H1_MORE;

    h1_head_start(h);
    for (size_t n = 1; n <= text.n && r == H1_MORE; n++) {
        bytes[n - 1] = text.p[n - 1];
        r = h1_head_read(h, bytes, n);
    }
    return r;
}

static int status_of(struct test *t, str text)
{
    struct h1_head h, slow;
    char *bytes;
    enum h1_result r = read_whole(t, text, &h, &bytes);

    CHECK_INT(read_slowly(t, text, &slow), r);
    CHECK_INT(slow.status, h.status);
    return r == H1_REFUSED ? h.status : r == H1_DONE ? 200 : 0;
}

TEST(a_head_is_read_into_its_parts)
{
    struct h1_head h;
    char *b;

    CHECK_INT(read_whole(t,
                         S("\r\nPOST /a%20b?q=1&r=/ HTTP/1.1\r\nHost: Paper.Example:8080\r\n"
                           "X-Empty:\r\nX-Wide: \t a  b \t\r\nContent-Length: 00012\r\n"
                           "connection: Keep-Alive, foo\r\nExpect: 100-Continue\r\n\r\nrest"),
                         &h, &b),
              H1_DONE);
    CHECK_INT(h.method, POST);
    CHECK_INT(h.minor, 1);
    CHECK_STR(str_of(b + h.target, h.target_n), S("/a%20b?q=1&r=/"));
    CHECK_STR(str_of(b + h.host, h.host_n), S("Paper.Example:8080"));
    CHECK_INT(h.field_n, 6);
    CHECK_STR(str_of(b + h.fields[1].name, h.fields[1].name_n), S("x-empty"));
    CHECK_INT(h.fields[1].value_n, 0);
    CHECK_STR(str_of(b + h.fields[2].value, h.fields[2].value_n), S("a  b"));
    CHECK(h.has_length && h.length == 12 && h.expect_continue && h1_keeps(&h));
    CHECK_STR(str_of(b + h.size, 4), S("rest"));
}

TEST(a_connection_is_kept_as_its_version_says)
{
    static const struct {
        const char *head;
        bool keeps;
    } cases[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", false},
        {"GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n", false},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct h1_head h;
        char *bytes;

        CHECK_INT(read_whole(t, str_c(cases[i].head), &h, &bytes), H1_DONE);
        CHECK_INT(h1_keeps(&h), cases[i].keeps);
    }
}

#define GET_ "GET / HTTP/1.1\r\nHost: a\r\n"
#define POST_ "POST / HTTP/1.1\r\nHost: a\r\n"

TEST(what_could_be_read_in_two_ways_is_refused)
{
    static const struct {
        int status;
        str head;
    } cases[] = {
        {400, S_INIT(POST_ "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n")},
        {400, S_INIT(POST_ "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: 3\r\nContent-Length: 4\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: 3\r\nContent-Length: 3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: +3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: -3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: 3, 3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length: 0x3\r\n\r\n")},
        {400, S_INIT(POST_ "Content-Length:\r\n\r\n")},
        {413, S_INIT(POST_ "Content-Length: 18446744073709551617\r\n\r\n")},
        {413, S_INIT(POST_ "Content-Length: 9223372036854775808\r\n\r\n")},
        {501, S_INIT(POST_ "Transfer-Encoding: xchunked\r\n\r\n")},
        {501, S_INIT(POST_ "Transfer-Encoding: gzip\r\n\r\n")},
        {400, S_INIT(POST_ "Transfer-Encoding: ,chunked\r\n\r\n")},
        {400, S_INIT(POST_ "Transfer-Encoding: gzip, chunked\r\n\r\n")},
        {400, S_INIT(POST_ "Transfer-Encoding: chunked, chunked\r\n\r\n")},
        {400, S_INIT(POST_ "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")},
        {400, S_INIT("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")},
        {400, S_INIT(GET_ "X : y\r\n\r\n")},
        {400, S_INIT(GET_ "X\t: y\r\n\r\n")},
        {400, S_INIT(GET_ "X: y\r\n z\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\n Host: a\r\n\r\n")},
        {400, S_INIT(GET_ "X: a\0b\r\n\r\n")},
        {400, S_INIT(GET_ "X: a\x7f"
                          "b\r\n\r\n")},
        {400, S_INIT(GET_ "X: y\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\nHost: a\n\n")},
        {400, S_INIT(GET_ "X: a\rb\r\n\r\n")},
        {400, S_INIT(GET_ "X: a\r\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\n\r\n")},
        {400, S_INIT(GET_ "Host: a\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\nHost: x@a\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n")},
        {400, S_INIT("GET /a\x01z HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET /a\tz HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET  / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET / HTTP/1.1 \r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET / \r\nHost: a\r\n\r\n")},
        {400, S_INIT("GET /\r\n\r\n")},
        {400, S_INIT("GET / http/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT(" GET / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT("G(T / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {400, S_INIT(": y\r\n")},
        {400, S_INIT(GET_ ": y\r\n\r\n")},
        {400, S_INIT(GET_ "no colon\r\n\r\n")},
        {400, S_INIT("\x16\x03\x01\x02")}, /* somebody speaks TLS */
        {417, S_INIT(POST_ "Expect: 200-maybe\r\n\r\n")},
        {501, S_INIT("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {501, S_INIT("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n")},
        {501, S_INIT("get / HTTP/1.1\r\nHost: a\r\n\r\n")},
        {505, S_INIT("GET / HTTP/1.2\r\nHost: a\r\n\r\n")},
        {505, S_INIT("GET / HTTP/2.0\r\nHost: a\r\n\r\n")},
        {505, S_INIT("GET / HTTP/0.9\r\nHost: a\r\n\r\n")},
        {200, S_INIT(GET_ "X: caf\xe9 \xc3\xa9\r\n\r\n")},
        {200, S_INIT("GET / HTTP/1.0\r\n\r\n")},
        {200, S_INIT("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n")},
        {0, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n")},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        int status = status_of(t, cases[i].head);

        cr_assert(status == cases[i].status, "case %zu (%.60s): got %d, wanted %d", i,
                  cases[i].head.p, status, cases[i].status);
    }
}

static str repeated(struct test *t, const char *before, const char *unit, int times,
                    const char *after)
{
    buf b = buf_new(t->arena, 1 << 20);

    buf_add(&b, str_c(before));
    for (int i = 0; i < times; i++)
        buf_add(&b, str_c(unit));
    buf_add(&b, str_c(after));
    return buf_str(&b);
}

TEST(a_head_has_limits)
{
    CHECK_INT(status_of(t, repeated(t, "GET /", "a", 8191, " HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
    CHECK_INT(status_of(t, repeated(t, "GET /", "a", 8192, " HTTP/1.1\r\nHost: a\r\n\r\n")), 414);
    CHECK_INT(status_of(t, repeated(t, "GET /", "a", 9000, "")), 414);
    CHECK_INT(status_of(t, repeated(t, GET_, "X: y\r\n", 99, "\r\n")), 200);
    CHECK_INT(status_of(t, repeated(t, GET_, "X: y\r\n", 100, "\r\n")), 431);
    CHECK_INT(status_of(t, repeated(t, GET_ "X: ", "y", 16300, "\r\n\r\n")), 200);
    CHECK_INT(status_of(t, repeated(t, GET_ "X: ", "y", 16384, "")), 431);
}

TEST(a_target_is_a_path_of_ours)
{
    struct h1_target target;

    CHECK(h1_target_read(S("/a?b?c"), &target));
    CHECK_STR(target.path, S("/a"));
    CHECK_STR(target.query, S("b?c"));
    CHECK(h1_target_read(S("HTTP://a.example?b"), &target));
    CHECK_STR(target.authority, S("a.example"));
    CHECK_STR(target.path, S("/"));
    CHECK_STR(target.query, S("b"));
    CHECK(h1_target_read(S("*"), &target));
    CHECK(!h1_target_read(S("a"), &target));
    CHECK(!h1_target_read(S("ftp://a/b"), &target));
    CHECK(!h1_target_read(S("http:///b"), &target));
    CHECK(!h1_target_read(S("?q"), &target));
}

/* The body of chunks that come `step` bytes at a time; the status when refused, -1 when it does
 * not end. */
static int unchunk(struct test *t, str text, size_t step, str *body, size_t *taken)
{
    struct h1_chunks c = {0};
    buf b = buf_new(t->arena, 1 << 20);
    size_t at = 0;

    while (at < text.n) {
        size_t n = text.n - at < step ? text.n - at : step, used;
        str data;
        enum h1_result r = h1_chunks_read(&c, text.p + at, n, &used, &data);

        at += used;
        buf_add(&b, data);
        *body = buf_str(&b);
        *taken = at;
        if (r != H1_MORE)
            return r == H1_DONE ? 200 : c.status;
    }
    return -1;
}

TEST(chunks_are_joined_however_they_come)
{
    str text = S("3\r\nabc\r\n0A;x=\"y\"\r\n0123456789\r\n0\r\nTrailer: no\r\nX:\r\n\r\nGET");

    for (size_t step = 1; step <= text.n; step++) {
        str body;
        size_t taken;

        CHECK_INT(unchunk(t, text, step, &body, &taken), 200);
        CHECK_STR(body, S("abc0123456789"));
        CHECK_STR(str_from(text, taken), S("GET"));
    }
}

TEST(chunks_that_could_be_read_in_two_ways_are_refused)
{
    static const struct {
        int status;
        str text;
    } cases[] = {
        {400, S_INIT("0x3\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("3_z\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("3\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("3 \r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT(" 3\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("-3\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT(";x\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("3\r\nabcd\r\n0\r\n\r\n")},
        {400, S_INIT("3\r\nabc\n0\r\n\r\n")},
        {400, S_INIT("3\r\nabc\r0\r\n\r\n")},
        {400, S_INIT("3;a\nb\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("3;a\rb\r\nabc\r\n0\r\n\r\n")},
        {400, S_INIT("0\r\n\n")},
        {400, S_INIT("0\r\nX : y\r\n\r\n")},
        {400, S_INIT("0\r\nX: y\n\r\n")},
        {400, S_INIT("0\r\n X: y\r\n\r\n")},
        {413, S_INIT("10000000000000003\r\nabc\r\n0\r\n\r\n")},
        {413, S_INIT("fffffffffffffffff\r\n")},
        {-1, S_INIT("3\r\nabc\r\n0\r\n")},
        {200, S_INIT("0\r\n\r\n")},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        for (size_t step = 1; step < 12; step += 10) {
            str body;
            size_t taken;
            int status = unchunk(t, cases[i].text, step, &body, &taken);

            cr_assert(status == cases[i].status, "case %zu (%s): got %d", i, cases[i].text.p,
                      status);
        }

    str body;
    size_t taken;

    CHECK_INT(unchunk(t, repeated(t, "3;", "x", 5000, "\r\nabc\r\n0\r\n\r\n"), 999, &body, &taken),
              431);
    CHECK_INT(unchunk(t, repeated(t, "0\r\n", "A: b\r\n", 1000, "\r\n"), 999, &body, &taken), 431);
}

/* Whatever comes, what is inside the head stays inside what came. */
static void check_inside(str text, struct test *t)
{
    struct h1_head h;
    char *bytes;

    if (read_whole(t, text, &h, &bytes) != H1_DONE)
        return;
    CHECK(h.size <= text.n && h.target + h.target_n <= h.size && h.field_n <= H1_FIELDS_MAX);
    for (size_t i = 0; i < h.field_n; i++)
        CHECK(h.fields[i].value + h.fields[i].value_n <= h.size && h.fields[i].name_n > 0);
    CHECK(h.minor == 0 || h.has_host);
    CHECK(!(h.chunked && h.has_length));
}

TEST(any_bytes_are_read_or_refused)
{
    for (int i = 0; i < 5000; i++)
        SCRATCH (t->arena)
            check_inside(test_bytes(t, 500), t);
}

static int each_file(struct test *t, const char *folder, void (*look)(str, struct test *))
{
    DIR *d = opendir(folder);
    int n = 0;

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;

        char path[1024];

        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_type == DT_DIR)
            n += each_file(t, path, look);
        else
            SCRATCH (t->arena) {
                look(test_file(t, path), t);
                n++;
            }
    }
    if (d != NULL)
        closedir(d);
    return n;
}

TEST(the_corpora_of_others_do_no_harm)
{
    const char *samples = test_samples();
    char folder[512];

    if (samples == NULL) {
        fprintf(stderr, "no samples here\n");
        return;
    }
    snprintf(folder, sizeof folder, "%s/http-fuzz-corpora", samples);
    CHECK(each_file(t, folder, check_inside) > 0);
    snprintf(folder, sizeof folder, "%s/hostile-go-fuzz-corpus", samples);
    CHECK(each_file(t, folder, check_inside) > 0);
}

/* "```http ... ```" of llhttp's cases: \r, \n and the like are spelled out, and every line of the
 * file that does not say so ends in CRLF. */
static str spelled(struct test *t, str block)
{
    buf b = buf_new(t->arena, 1 << 20);
    bool glued = false;

    for (str line; str_cut(&block, '\n', &line);) {
        glued = false;
        for (size_t i = 0; i < line.n; i++) {
            char c = line.p[i], next = i + 1 < line.n ? line.p[i + 1] : '\0';

            if (c != '\\') {
                buf_char(&b, c);
                continue;
            }
            if (next == '\0') {
                glued = true;
                continue;
            }
            buf_char(&b, next == 'r'   ? '\r'
                         : next == 'n' ? '\n'
                         : next == 't' ? '\t'
                         : next == 'f' ? '\f'
                                       : next);
            i++;
        }
        if (!glued && block.p != NULL)
            buf_lit(&b, "\r\n");
    }
    return buf_str(&b);
}

static int read_n, seen_n;

static void look_at_blocks(str text, struct test *t)
{
    while (true) {
        ptrdiff_t at = str_find(text, S("```http\n"));

        if (at < 0)
            return;
        text = str_from(text, (size_t)at + 8);

        ptrdiff_t end = str_find(text, S("```"));
        struct h1_head h;
        char *bytes;

        if (end < 0)
            return;
        seen_n++;
        if (read_whole(t, spelled(t, str_to(text, (size_t)end)), &h, &bytes) == H1_DONE)
            read_n++;
        text = str_from(text, (size_t)end + 3);
    }
}

TEST(answers_are_never_taken_for_requests)
{
    const char *samples = test_samples();
    char folder[512];

    if (samples == NULL) {
        fprintf(stderr, "no samples here\n");
        return;
    }
    snprintf(folder, sizeof folder, "%s/http-llhttp/response", samples);
    CHECK(each_file(t, folder, look_at_blocks) > 0);
    CHECK(seen_n > 20);
    CHECK_INT(read_n, 0);
    snprintf(folder, sizeof folder, "%s/http-llhttp/request", samples);
    seen_n = 0;
    CHECK(each_file(t, folder, look_at_blocks) > 0);
    CHECK(seen_n > 50 && read_n > 5); /* most have no Host */

    read_n = 0;
    snprintf(folder, sizeof folder, "%s/http-llhttp/request/invalid.md", samples);
    look_at_blocks(test_file(t, folder), t);
    CHECK_INT(read_n, 0);
}
