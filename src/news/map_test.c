#include "news/map.h"

#include "base/must.h"
#include "news/desk.h"
#include "news/test_room.h"

struct act {
    struct test *t;
    const struct draft *text;
    int64_t story, at;
    bool withdraws;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, clock_now(&x->t->clock)};

    if (x->withdraws)
        return desk_withdraw(&d, x->story, S("a reason"), why);
    TRY(desk_write(&d, x->text, &x->story, why));
    return desk_publish(&d, x->story, x->at, why);
}

static int64_t publish(struct room *r, int64_t now, int64_t at, int64_t expiry_at)
{
    struct body_builder *w = body_builder_new(r->t->arena);
    struct draft text = {.section = 1, .headline = S("Boats"), .language = S("en")};
    struct act x = {.t = r->t, .text = &text, .at = at};

    body_text(w, S("Words."), 0, (str){0}, (str){0});
    cr_assert(body_done(w, &text.body, NULL) == OK);
    text.expiry_at = expiry_at;
    clock_set(&r->t->clock, now);
    cr_assert(store_write(r->s, do_act, &x, r->t->arena, &r->t->why) == OK, "%s", r->t->why.text);
    return x.story;
}

static void withdraw(struct room *r, int64_t story)
{
    struct act x = {.t = r->t, .story = story, .withdraws = true};

    cr_assert(store_write(r->s, do_act, &x, r->t->arena, &r->t->why) == OK);
}

static void look_in(struct room *r, struct reading *look)
{
    cr_assert(reading_begin(look, r->t->arena, r->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_SITEMAP,
                            clock_now(&r->t->clock)) == OK);
}

static const struct map_month november = {2023, 11}, december = {2023, 12};

TEST(map_months_follow_each_other)
{
    struct map_month next = map_month_next(december);

    CHECK(next.year == 2024 && next.month == 1);
    CHECK(map_month_before(november, december) && map_month_before(december, next));
    CHECK(!map_month_before(december, december));
    next = map_month_of(T0);
    CHECK(next.year == 2023 && next.month == 11);
}

TEST(map_month_depends_on_its_own_days_alone)
{
    struct room r = room_open(t);

    for (int i = 0; i < 7; i++)
        publish(&r, T0 + i * HOUR_US, 0, 0);
    publish(&r, T0 + 30 * DAY_US, 0, 0);

    struct reading look;
    struct map_lines lines, rest;
    struct map_facts facts;
    struct map_month first;

    look_in(&r, &look);
    CHECK_OK(map_month_lines(&look, november, 0, 5, &lines));
    CHECK_OK(map_month_lines(&look, november, 5, 5, &rest));
    CHECK_INT(lines.n, 5);
    CHECK_INT(rest.n, 2);
    CHECK(lines.v[0].public_at == T0 && rest.v[1].public_at == T0 + 6 * HOUR_US);
    CHECK_INT(look.tags.n, 30);
    CHECK(tag_set_has(&look.tags, tag_of(TAG_day, T0 / DAY_US)));
    CHECK(!tag_set_has(&look.tags, tag_of(TAG_day, (T0 + 30 * DAY_US) / DAY_US)));
    CHECK(!tag_set_has(&look.tags, tag_of(TAG_latest, 0)));
    CHECK(look.until == TIME_NEVER);
    CHECK_OK(map_month_facts(&look, november, &facts));
    CHECK_INT(facts.stories, 7);
    CHECK(facts.changed_at == T0 + 6 * HOUR_US);
    CHECK_OK(map_first(&look, &first));
    CHECK(first.year == 2023 && first.month == 11);
    reading_end(&look);
    room_close(&r);
}

TEST(map_asks_the_gate_and_holds_until_it_changes_its_mind)
{
    struct room r = room_open(t);
    int64_t gone = publish(&r, T0, 0, 0);
    struct map_lines lines;
    struct map_facts facts;

    publish(&r, T0 + 1, 0, T0 + 3 * HOUR_US); /* expires */
    publish(&r, T0 + 2, T0 + 2 * HOUR_US, 0); /* is not there yet */
    withdraw(&r, gone);

    struct reading look;

    look_in(&r, &look);
    CHECK_OK(map_month_lines(&look, november, 0, 10, &lines));
    CHECK_INT(lines.n, 1);
    CHECK(look.until == T0 + 2 * HOUR_US);
    reading_end(&look);

    clock_set(&t->clock, T0 + 2 * HOUR_US);
    look_in(&r, &look);
    CHECK_OK(map_month_lines(&look, november, 0, 10, &lines));
    CHECK_INT(lines.n, 2);
    CHECK(look.until == T0 + 3 * HOUR_US);
    CHECK_OK(map_month_facts(&look, december, &facts));
    CHECK_INT(facts.stories, 0);
    reading_end(&look);
    room_close(&r);
}

TEST(map_news_is_of_the_last_days_and_says_until_when)
{
    struct room r = room_open(t);
    struct map_lines lines;

    publish(&r, T0, 0, 0);
    publish(&r, T0 + 30 * HOUR_US, 0, 0);
    clock_set(&t->clock, T0 + 47 * HOUR_US);

    struct reading look;

    look_in(&r, &look);
    CHECK_OK(map_news(&look, 2 * DAY_US, 10, &lines));
    CHECK_INT(lines.n, 2);
    CHECK(look.until == T0 + 48 * HOUR_US);
    reading_end(&look);

    clock_set(&t->clock, T0 + 48 * HOUR_US);
    look_in(&r, &look);
    CHECK_OK(map_news(&look, 2 * DAY_US, 10, &lines));
    CHECK_INT(lines.n, 1);
    CHECK(look.until == T0 + 78 * HOUR_US);
    reading_end(&look);
    room_close(&r);
}
