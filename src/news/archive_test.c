#include "news/archive.h"

#include "base/test.h"
#include "news/desk.h"

#define T0 INT64_C(1700000000000000) /* 14 November 2023, 22:13:20 UTC */
#define DAY0 (T0 / DAY_US * DAY_US)

struct act {
    int64_t now, at, story;
    bool withdraws;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, x->now};
    struct draft text = {.section = 1, .headline = S("Boats"), .language = S("en")};
    struct body_builder *b = body_builder_new(a);

    if (x->withdraws)
        return desk_withdraw(&d, x->story, S("a reason"), why);
    body_text(b, S("Words."), 0, (str){0}, (str){0});
    TRY(body_done(b, &text.body, why));
    TRY(desk_write(&d, &text, &x->story, why));
    return desk_publish(&d, x->story, x->at, why);
}

static int64_t act(struct test *t, store *s, struct act x)
{
    clock_set(&t->clock, x.now);
    cr_assert(store_write(s, do_act, &x, t->arena, &t->why) == OK, "%s", t->why.text);
    return x.story;
}

static void look_at(struct test *t, store_conn *c, struct reading *r, int64_t now)
{
    cr_assert(reading_begin(r, t->arena, c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE, now) ==
              OK);
}

static void room(struct test *t, store **s, store_conn **c)
{
    clock_set(&t->clock, T0);
    CHECK_OK(store_open(test_folder(t), &(struct store_options){.clock = &t->clock}, s, &t->why));
    CHECK_OK(store_conn_open(*s, c, &t->why));
}

TEST(archive_counts_what_readers_may_have_by_span)
{
    const int64_t bounds[] = {DAY0 - DAY_US, DAY0, DAY0 + DAY_US, DAY0 + 2 * DAY_US};
    int64_t counts[3], filled[3], first;
    struct reading r;
    store *s;
    store_conn *c;

    room(t, &s, &c);
    act(t, s, (struct act){.now = T0});
    int64_t gone = act(t, s, (struct act){.now = T0 + 1});
    act(t, s, (struct act){.now = T0 + 2, .at = T0 + DAY_US}); /* to come */
    act(t, s, (struct act){.now = T0 + 3, .story = gone, .withdraws = true});
    look_at(t, c, &r, T0 + MINUTE_US);
    CHECK_OK(archive_counts(&r, bounds, 3, counts));
    CHECK_OK(archive_filled(&r, bounds, 3, filled));
    CHECK_OK(archive_first(&r, &first));
    CHECK(counts[0] == 0 && counts[1] == 1 && counts[2] == 0);
    CHECK(filled[0] == 0 && filled[1] == 1 && filled[2] == 0);
    CHECK(first == T0);
    CHECK(r.until == T0 + DAY_US); /* the embargo's end changes it */
    CHECK(tag_set_has(&r.tags, tag_of(TAG_day, DAY0 / DAY_US)));
    reading_end(&r);

    look_at(t, c, &r, T0 + DAY_US);
    CHECK_OK(archive_counts(&r, bounds, 3, counts));
    CHECK(counts[1] == 1 && counts[2] == 1);
    CHECK(!tag_set_has(&r.tags, tag_of(TAG_latest, 0)));
    reading_end(&r);
    store_conn_close(&c);
    store_close(&s);
}

TEST(archive_knows_the_nearest_days_before_and_after)
{
    int64_t earlier, later;
    struct reading r;
    store *s;
    store_conn *c;

    room(t, &s, &c);
    act(t, s, (struct act){.now = T0});
    act(t, s, (struct act){.now = T0 + 10 * DAY_US});
    look_at(t, c, &r, T0 + 11 * DAY_US);
    CHECK_OK(archive_around(&r, DAY0 + 5 * DAY_US, DAY0 + 6 * DAY_US, &earlier, &later));
    CHECK(earlier == T0 && later == T0 + 10 * DAY_US);
    /* what is published between would change the answer */
    CHECK(tag_set_has(&r.tags, tag_of(TAG_day, DAY0 / DAY_US + 2)));
    CHECK(tag_set_has(&r.tags, tag_of(TAG_day, DAY0 / DAY_US + 8)));
    CHECK_OK(archive_around(&r, DAY0 + 10 * DAY_US, DAY0 + 11 * DAY_US, &earlier, &later));
    CHECK(earlier == T0 && later == 0);
    reading_end(&r);
    store_conn_close(&c);
    store_close(&s);
}
