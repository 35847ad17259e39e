#include "text/body.h"
#include "text/body_random.h"
#include "text/from_html.h"
#include "text/write_feed.h"
#include "text/write_ninjs.h"
#include "text/write_page.h"
#include "text/write_plain.h"

enum { TREES = 3000 };

static struct body normal(struct test *t)
{
    struct body b = body_random(t);

    CHECK_OK(body_normalise(t->arena, &b, &t->why));
    body_number(t->arena, &b);
    return b;
}

TEST(normal_form_is_its_own_normal_form)
{
    for (int i = 0; i < TREES; i++)
        SCRATCH (t->arena) {
            struct body b = normal(t), again = b;

            CHECK_OK(body_normalise(t->arena, &again, &t->why));
            body_number(t->arena, &again);
            cr_assert(body_same(&b, &again), "tree %d:\n%s\n%s", i,
                      str_z(t->arena, body_to_json(t->arena, &b)),
                      str_z(t->arena, body_to_json(t->arena, &again)));
        }
}

TEST(json_gives_the_same_tree_back)
{
    for (int i = 0; i < TREES; i++)
        SCRATCH (t->arena) {
            struct body b = normal(t), again;
            str json = body_to_json(t->arena, &b);

            CHECK_OK(body_from_json(t->arena, json, &again, &t->why));
            CHECK(body_same(&b, &again));
            CHECK_OK(body_from_store(t->arena, json, &again, &t->why));
            CHECK(body_same(&b, &again));
            CHECK(str_find_char(json, '<') < 0);
        }
}

static bool any_media(void *of, int64_t id, struct page_media *m)
{
    static const struct page_source sources[] = {
        {S_INIT("image/avif"), S_INIT("/media/1/640.avif 640w")}};

    (void)of;
    *m = (struct page_media){.src = S("/media/1/640.jpg"),
                             .alt = S("library alt"),
                             .caption = S("library caption"),
                             .credit = id % 2 == 0 ? S("library credit") : (str){0},
                             .colour = S("#aabbcc"),
                             .width = 640,
                             .height = 480,
                             .sources = sources,
                             .source_count = 1};
    return id % 5 != 0;
}

static bool any_story(void *of, int64_t id, struct page_story *s)
{
    (void)of;
    *s = (struct page_story){S("/news/2026/11/23/x"), S("Its headline")};
    return id % 5 != 0;
}

static const struct page_writer page = {
    .media = any_media, .story = any_story, .eager_first = true, .unresolved = true};

static str page_of(struct test *t, const struct body *b)
{
    buf out = buf_new(t->arena, 16 << 20);

    body_write_page(&out, b, &page);
    CHECK(!out.over);
    return buf_str(&out);
}

TEST(what_the_page_says_reads_back_as_the_same_tree)
{
    for (int i = 0; i < TREES; i++)
        SCRATCH (t->arena) {
            struct body b = normal(t), again;
            str html = page_of(t, &b);

            CHECK_OK(body_from_html(t->arena, html, &(struct html_options){.own = true}, &again,
                                    &t->why));
            cr_assert(body_same(&b, &again), "tree %d:\n%s\n%s\n%s", i,
                      str_z(t->arena, body_to_json(t->arena, &b)), str_z(t->arena, html),
                      str_z(t->arena, body_to_json(t->arena, &again)));
        }
}
