/* What is told of what was missed. */
#include "live/live.h"

#include "news/test_room.h"

struct happening {
    enum event_kind kind;
    int64_t subject, many;
    store_tag tag;
};

static err happen(arena *a, store_conn *w, void *of, note *why)
{
    const struct happening *h = of;
    struct tag_set tags = tag_set_new(a);

    tag_set_add(&tags, h->tag);
    for (int64_t i = 0; i < h->many; i++)
        TRY(event_add(w, h->kind, h->subject + i, &tags, S("{}"), why));
    return OK;
}

static void add(struct room *r, struct happening h)
{
    struct test *t = r->t;

    CHECK_OK(store_write(r->s, happen, &h, t->arena, &t->why));
}

static struct live_words since(struct room *r, const char *topics, int64_t after)
{
    struct test *t = r->t;
    struct live_topics all;
    struct live_words words;
    struct reading x;

    CHECK_OK(live_topics_read(t->arena, str_c(topics), &all, &t->why));
    CHECK_OK(reading_begin(&x, t->arena, r->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_LIVE,
                           clock_now(&t->clock)));
    CHECK_OK(live_since(&x, &all, after, &words));
    reading_end(&x);
    return words;
}

TEST(the_log_finds_just_what_is_told)
{
    struct room r = room_open(t);
    struct event *told;
    size_t n, at = 0;

    for (int kind = 1; kind < EVENT_KIND_COUNT; kind++)
        add(&r, (struct happening){(enum event_kind)kind, 7, 1, tag_of(TAG_section, 3)});
    CHECK_OK(events_told(t->arena, r.c, 0, EVENT_KIND_COUNT, &told, &n));
    for (int kind = 1; kind < EVENT_KIND_COUNT; kind++) {
        bool found = at < n && told[at].kind == (enum event_kind)kind;

        CHECK_INT(found, live_tells((enum event_kind)kind));
        at += found;
    }
    CHECK_INT(at, n);
    room_close(&r);
}

TEST(what_a_page_does_not_listen_to_does_not_count)
{
    struct room r = room_open(t);
    struct live_words words;

    add(&r, (struct happening){EVENT_front_changed, 1, 1, tag_of(TAG_section, 3)});
    add(&r, (struct happening){EVENT_item_received, 1, 1300, tag_of(TAG_section, 3)});
    add(&r, (struct happening){EVENT_front_changed, 2, 1300, tag_of(TAG_section, 4)});
    add(&r, (struct happening){EVENT_front_changed, 9, 1, tag_of(TAG_section, 3)});
    words = since(&r, "site,section-3", 0);
    CHECK(!words.too_many);
    CHECK_INT(words.n, 2);
    CHECK(str_find(words.v[1].json, S("\"front\":9")) > 0);
    room_close(&r);
}

TEST(what_is_gone_is_told_however_much_there_was)
{
    struct room r = room_open(t);
    struct live_words words;

    add(&r, (struct happening){EVENT_story_killed, 5, 1, tag_of(TAG_section, 4)});
    add(&r, (struct happening){EVENT_front_changed, 2, 700, tag_of(TAG_section, 3)});
    add(&r, (struct happening){EVENT_story_withdrawn, 6, 1, tag_of(TAG_section, 4)});
    words = since(&r, "site,section-3", 0);
    CHECK(words.too_many);
    CHECK_INT(words.n, 2);
    CHECK(str_find(words.v[0].json, S("\"killed\"")) > 0);
    CHECK(str_find(words.v[1].json, S("\"withdrawn\"")) > 0);
    CHECK_INT(since(&r, "section-3", 0).n, 0);
    CHECK(!since(&r, "site", 0).too_many);

    add(&r, (struct happening){EVENT_story_killed, 100, 999, tag_of(TAG_section, 4)});
    words = since(&r, "site", 0);
    CHECK(words.too_many && words.n > 0);
    CHECK(str_find(words.v[words.n - 1].json, S("\"story\":1098")) > 0);
    room_close(&r);
}

TEST(more_than_anybody_looks_through_is_too_many)
{
    struct room r = room_open(t);
    struct live_words words;

    add(&r, (struct happening){EVENT_story_killed, 5, 1, tag_of(TAG_section, 3)});
    add(&r, (struct happening){EVENT_front_changed, 2, 6000, tag_of(TAG_section, 4)});
    words = since(&r, "section-3", 0);
    CHECK(words.too_many);
    CHECK_INT(words.n, 1);
    CHECK(!since(&r, "section-3", store_last_event(r.s) - 4000).too_many);
    room_close(&r);
}
