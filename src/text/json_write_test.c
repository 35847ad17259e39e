#include "text/json_write.h"

#include "base/test.h"
#include "base/utf8.h"

#include <jansson.h>

enum { DOCUMENT_MAX = 1 << 20 };

static str repaired(struct test *t, str bytes)
{
    buf out = buf_new(t->arena, DOCUMENT_MAX);

    while (bytes.n > 0)
        utf8_put(&out, utf8_next(&bytes));
    return buf_str(&out);
}

TEST(json_write_is_read_back_whatever_the_bytes)
{
    for (int i = 0; i < 2000; i++)
        SCRATCH (t->arena) {
            str text = test_bytes(t, 60);
            buf out = buf_new(t->arena, DOCUMENT_MAX);
            struct json_writer w = json_writer(&out);
            json_t *back;

            if (memchr(text.p, 0, text.n) != NULL)
                continue; /* utf8_put() makes U+FFFD of it */
            put_list(&w, NULL);
            put_str(&w, NULL, text);
            put_end(&w);
            back = json_loadb(out.p, out.n, 0, NULL);
            CHECK(back != NULL);

            const json_t *first = json_array_get(back, 0);

            CHECK_STR(str_of(json_string_value(first), json_string_length(first)),
                      repaired(t, text));
            json_decref(back);
        }
}

TEST(json_write_puts_commas_and_leaves_out_what_is_empty)
{
    buf out = buf_new(t->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_str_if(&w, "none", S(""));
    put_num(&w, "n", -3);
    put_list(&w, "l");
    put_end(&w);
    put_object(&w, "o");
    put_truth(&w, "yes", true);
    put_str(&w, "s", S("a\"\\\n\x01"));
    put_end(&w);
    put_list(&w, "two");
    put_num(&w, NULL, 1);
    put_object(&w, NULL);
    put_end(&w);
    put_end(&w);
    put_end(&w);
    CHECK_STR(buf_str(&out),
              S("{\"n\":-3,\"l\":[],\"o\":{\"yes\":true,\"s\":\"a\\\"\\\\\\n\\u0001\"},"
                "\"two\":[1,{}]}"));
}
