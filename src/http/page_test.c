#include "http/page.h"

#include "base/buf.h"
#include "base/test.h"
#include "http/condition.h"
#include "http/page_parts.h"

#include <zlib.h>

static str text_of(struct test *t, size_t n)
{
    buf b = buf_new(t->arena, 1 << 20);

    while (b.n < n)
        buf_fmt(&b, "<p>The harbour council voted %zu to nothing.</p>\n", b.n);
    return str_to(buf_str(&b), n);
}

static str gunzip(struct test *t, str z, size_t n)
{
    char *out = arena_bytes(t->arena, n + 1);
    z_stream s = {.next_in = (Bytef *)(uintptr_t)z.p,
                  .avail_in = (uInt)z.n,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)n + 1};

    CHECK_INT(inflateInit2(&s, 15 + 16), Z_OK);
    CHECK_INT(inflate(&s, Z_FINISH), Z_STREAM_END);
    inflateEnd(&s);
    return str_of(out, s.total_out);
}

TEST(a_page_for_one_client_is_compressed_once)
{
    static const struct {
        const char *accepts;
        unsigned there;
    } cases[] = {
        {"", 1}, {"gzip", 3}, {"gzip, br", 5}, {"gzip, br;q=0.1", 3}, {"identity", 1},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct page *p = page_build(&(struct page_spec){.type = S("text/html; charset=utf-8"),
                                                        .body = text_of(t, 20000),
                                                        .keep = KEEP_SHARED,
                                                        .compress = true,
                                                        .for_one = true,
                                                        .accepts = str_c(cases[i].accepts)});

        CHECK_INT(p->there, cases[i].there);
        CHECK_STR(page_header(p, S("vary")), S("Accept-Encoding"));
        page_drop(&p);
    }
}

TEST(a_page_holds_its_body_in_every_coding)
{
    str body = text_of(t, 20000);
    struct page *p = page_build(&(struct page_spec){.type = S("text/html; charset=utf-8"),
                                                    .body = body,
                                                    .keep = KEEP_SHARED,
                                                    .max_age_s = 60,
                                                    .compress = true});
    struct page *better = page_better(p);
    struct page *both[] = {p, better};

    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(both[i]->there, 7);
        CHECK_STR(page_body(both[i]), body);
        CHECK_STR(gunzip(t, both[i]->forms[CODING_GZIP].body, body.n), body);
    }
    CHECK(better->forms[CODING_BROTLI].body.n <= p->forms[CODING_BROTLI].body.n);
    for (int c = 0; c < CODINGS; c++)
        CHECK_STR(better->forms[c].tag, p->forms[c].tag);
    CHECK_STR(page_header(better, S("content-type")), S("text/html; charset=utf-8"));
    CHECK_STR(page_header(p, S("cache-control")), S("public, max-age=60"));
    CHECK_STR(page_header(p, S("vary")), S("Accept-Encoding"));
    CHECK(page_etag(p).p[0] == '"' && str_starts(p->forms[CODING_BROTLI].tag, S("W/\"")));
    CHECK(page_bytes(p) > body.n);

    struct page *held = page_hold(p);

    page_drop(&p);
    CHECK(p == NULL);
    CHECK_STR(page_body(held), body);
    page_drop(&held);
    page_drop(&better);
}

TEST(a_page_is_not_compressed_where_that_is_no_use)
{
    const struct page_spec specs[] = {
        {.type = S("text/html"), .body = S("short"), .compress = true},
        {.type = S("image/jpeg"), .body = text_of(t, 5000), .compress = true},
        {.type = S("text/html"), .body = text_of(t, 5000)},
    };

    for (size_t i = 0; i < LENGTH(specs); i++) {
        struct page *p = page_build(&specs[i]);

        CHECK_INT(p->there, 1);
        CHECK_STR(page_header(p, S("vary")), S(""));
        page_drop(&p);
    }
}

TEST(a_header_cannot_end_its_line)
{
    struct header h = {S("Location"), S("/a\r\nSet-Cookie: x=y\n\0z")};
    struct page *p = page_build(&(struct page_spec){.status = 303, .headers = &h, .header_n = 1});

    CHECK_STR(page_header(p, S("location")), S("/a??Set-Cookie: x=y??z"));
    CHECK_STR(page_header(p, S("set-cookie")), S(""));
    page_drop(&p);
}

TEST(the_client_chooses_the_coding)
{
    static const struct {
        const char *accept;
        unsigned there;
        enum coding wanted;
    } cases[] = {
        {"", 7, CODING_PLAIN},
        {"gzip, deflate, br, zstd", 7, CODING_BROTLI},
        {"gzip, deflate, br", 3, CODING_GZIP},
        {"GZIP", 7, CODING_GZIP},
        {"x-gzip", 7, CODING_GZIP},
        {"br;q=0.5, gzip;q=0.8", 7, CODING_GZIP},
        {"br;q=0, gzip", 7, CODING_GZIP},
        {"br;q=0, gzip;q=0.000", 7, CODING_PLAIN},
        {"*", 7, CODING_BROTLI},
        {"*;q=0", 7, CODING_PLAIN},
        {"br;q=0, *", 7, CODING_GZIP},
        {"identity;q=1, br;q=0.5", 7, CODING_PLAIN},
        {"identity;q=0, gzip;q=0.1", 7, CODING_GZIP},
        {"br;q=2", 7, CODING_PLAIN},
        {"br;q=0.1234", 7, CODING_PLAIN},
        {"br;q=, gzip ; q=0.5", 7, CODING_GZIP},
        {"deflate", 7, CODING_PLAIN},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        enum coding c = coding_choose(str_c(cases[i].accept), cases[i].there);

        cr_assert(c == cases[i].wanted, "%s: %d", cases[i].accept, c);
    }
}

TEST(http_dates_are_written_and_read)
{
    char out[HTTP_DATE_SIZE];
    int64_t at;

    http_date_write(out, INT64_C(784111777) * SECOND_US);
    CHECK_STR(str_c(out), S("Sun, 06 Nov 1994 08:49:37 GMT"));
    CHECK(http_date_read(str_c(out), &at) && at == INT64_C(784111777) * SECOND_US);
    CHECK(!http_date_read(S("Mon, 06 Nov 1994 08:49:37 GMT"), &at));
    CHECK(!http_date_read(S("Sun, 31 Feb 2026 08:49:37 GMT"), &at));
    CHECK(!http_date_read(S("Sunday, 06-Nov-94 08:49:37 GMT"), &at));
}

static struct request with(struct header *h, const char *name, const char *value)
{
    *h = (struct header){str_c(name), str_c(value)};
    return (struct request){.method = GET, .headers = h, .header_n = 1};
}

TEST(a_tag_that_is_known_is_unchanged)
{
    static const struct {
        const char *name, *value;
        bool unchanged;
    } cases[] = {
        {"if-none-match", "\"a\"", true},
        {"if-none-match", "W/\"a\"", true},
        {"if-none-match", "\"x\", W/\"a\" , \"y\"", true},
        {"if-none-match", "*", true},
        {"if-none-match", "\"b\"", false},
        {"if-none-match", "a", false},
        {"if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT", true},
        {"if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT", false},
        {"if-modified-since", "yesterday", false},
        {"x", "y", false},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct header h;
        struct request rq = with(&h, cases[i].name, cases[i].value);

        cr_assert(condition_unchanged(&rq, S("\"a\""), INT64_C(784111777123456)) ==
                      cases[i].unchanged,
                  "%s: %s", cases[i].name, cases[i].value);
    }
}

TEST(a_range_is_one_part_of_the_whole)
{
    static const struct {
        const char *range;
        enum range wanted;
        int first, last;
    } cases[] = {
        {"bytes=0-0", RANGE_SOME, 0, 0},
        {"bytes=10-19", RANGE_SOME, 10, 19},
        {"bytes=90-", RANGE_SOME, 90, 99},
        {"bytes=90-500", RANGE_SOME, 90, 99},
        {"bytes=-10", RANGE_SOME, 90, 99},
        {"bytes=-500", RANGE_SOME, 0, 99},
        {"bytes=100-", RANGE_NEVER, 0, 0},
        {"bytes=-0", RANGE_NEVER, 0, 0},
        {"bytes=5-4", RANGE_NONE, 0, 0},
        {"bytes=0-1,3-4", RANGE_NONE, 0, 0},
        {"bytes=a-b", RANGE_NONE, 0, 0},
        {"bytes=", RANGE_NONE, 0, 0},
        {"bytes=--5", RANGE_NONE, 0, 0},
        {"lines=1-2", RANGE_NONE, 0, 0},
        {"bytes=0-99999999999999999999", RANGE_NONE, 0, 0},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct header h;
        struct request rq = with(&h, "range", cases[i].range);
        int64_t first = 0, last = 0;

        cr_assert(condition_range(&rq, 100, S("\"a\""), 0, &first, &last) == cases[i].wanted, "%s",
                  cases[i].range);
        CHECK_INT(first, cases[i].first);
        CHECK_INT(last, cases[i].last);
    }

    struct header two[] = {{S("range"), S("bytes=1-2")}, {S("if-range"), S("\"b\"")}};
    struct request rq = {.method = GET, .headers = two, .header_n = 2};
    int64_t first, last;

    CHECK_INT(condition_range(&rq, 100, S("\"a\""), 0, &first, &last), RANGE_NONE);
    two[1].value = S("\"a\"");
    CHECK_INT(condition_range(&rq, 100, S("\"a\""), 0, &first, &last), RANGE_SOME);
    two[1].value = S("W/\"a\"");
    CHECK_INT(condition_range(&rq, 100, S("\"a\""), 0, &first, &last), RANGE_NONE);
}
