/* Whose turn it is: one that hangs holds up no other. */
#include "site/push_line.h"

#include "base/test.h"
#include "base/time.h"

#define T0 INT64_C(1700000000000000)

static bool nobody(const void *of, int64_t target)
{
    (void)of, (void)target;
    return false;
}

static bool only(const void *of, int64_t target)
{
    return *(const int64_t *)of == target;
}

static struct push_wait *wait_for(struct test *t, struct push_line *l, int64_t id, int64_t target,
                                  const char *tag, const char *origin)
{
    struct push_wait *w = arena_one(t->arena, struct push_wait);

    *w = (struct push_wait){.id = id,
                            .target = target,
                            .event = id,
                            .tag = str_c(tag),
                            .endpoint = str_fmt(t->arena, "%s/%lld", origin, (long long)target)};
    push_line_add(l, w);
    return w;
}

/* As many as may go now. */
static int fly(struct push_line *l)
{
    struct push_wait *w;
    int n = 0;

    while ((w = push_line_take(l, T0, nobody, NULL)) != NULL) {
        push_line_up(l, push_line_origin(l, w->endpoint));
        n++;
    }
    return n;
}

TEST(push_line_gives_most_room_to_origins_that_answer)
{
    struct push_past *past = arena_one(t->arena, struct push_past);
    struct push_line l = push_line_new(t->arena, past);
    struct push_origin *good;

    for (int64_t i = 1; i <= 100; i++)
        wait_for(t, &l, i, i, "x", "https://good.example");
    for (int64_t i = 101; i <= 200; i++)
        wait_for(t, &l, i, i, "x",
                 str_z(t->arena, str_fmt(t->arena, "https://bad%d.example", (int)i)));
    good = push_line_origin(&l, S("https://good.example/1"));
    CHECK_INT(fly(&l), PUSH_UNKNOWN);
    CHECK_INT(good->flying, 1); /* one each, where most wait first */
    push_line_down(&l, good);
    push_line_fine(&l, good);
    CHECK_INT(fly(&l), PUSH_EACH + 1);
    CHECK_INT(good->flying, PUSH_EACH);

    push_line_remember(&l);
    l = push_line_new(t->arena, past);
    for (int64_t i = 1; i <= 100; i++)
        wait_for(t, &l, i, i, "x", "https://good.example");
    CHECK_INT(fly(&l), PUSH_EACH);
}

TEST(push_line_lets_an_origin_that_does_not_answer_rest)
{
    struct push_past *past = arena_one(t->arena, struct push_past);
    struct push_line l = push_line_new(t->arena, past);
    struct push_origin *o;

    wait_for(t, &l, 1, 1, "x", "https://a.example");
    wait_for(t, &l, 2, 2, "x", "https://a.example");
    o = push_line_origin(&l, S("https://a.example/1"));
    CHECK_INT(fly(&l), 2);
    cr_assert(push_line_failed(&l, o, T0));
    CHECK_INT(push_line_rests(o, T0), T0 + SECOND_US);
    cr_assert(push_line_failed(&l, o, T0)); /* the other that was in the air counts for the same */
    CHECK_INT(push_line_rests(o, T0), T0 + SECOND_US);
    cr_assert(push_line_failed(&l, o, T0 + SECOND_US));
    CHECK_INT(push_line_rests(o, T0 + SECOND_US), T0 + 3 * SECOND_US);
    push_line_fine(&l, o);
    CHECK_INT(push_line_rests(o, T0), 0);
    for (int i = 1; i < PUSH_STRIKES; i++)
        cr_assert(!push_line_failed(&l, o, T0)); /* one device's trouble is not that of all */
    cr_assert(push_line_failed(&l, o, T0));
    for (int i = 0; i < 30; i++)
        (void)push_line_failed(&l, o, T0 + i * HOUR_US);
    CHECK_INT(push_line_rests(o, T0 + 29 * HOUR_US), T0 + 29 * HOUR_US + PUSH_REST_S * SECOND_US);
}

TEST(push_line_sends_one_message_for_a_device_and_tag)
{
    struct push_past *past = arena_one(t->arena, struct push_past);
    struct push_line l = push_line_new(t->arena, past);
    struct push_wait *newest = wait_for(t, &l, 9, 1, "x", "https://a.example"),
                     *older = wait_for(t, &l, 5, 1, "x", "https://a.example"),
                     *oldest = wait_for(t, &l, 3, 1, "x", "https://a.example");
    int64_t flying = 1;

    wait_for(t, &l, 8, 1, "y", "https://a.example");
    cr_assert(push_line_take(&l, T0, only, &flying) == NULL); /* its device waits */
    cr_assert(push_line_take(&l, T0, nobody, NULL) == newest);
    cr_assert(newest->older == older && older->older == oldest && oldest->older == NULL);
    CHECK_INT(push_line_take(&l, T0, nobody, NULL)->id, 8);
    cr_assert(push_line_take(&l, T0, nobody, NULL) == NULL);
}
