#include "http/h2_budget.h"

#include "base/buf.h"
#include "base/test.h"
#include "base/time.h"

static void frame(buf *b, uint8_t type, uint8_t flags, size_t payload)
{
    char head[H2_FRAME_HEAD] = {(char)(payload >> 16), (char)(payload >> 8), (char)payload,
                                (char)type, (char)flags};

    buf_add(b, str_of(head, sizeof head));
    while (payload-- > 0)
        buf_char(b, '\x06'); /* no head of a frame hides in it */
}

/* Read in pieces of `step` bytes: what is over first. */
static enum h2_cost read_all(str bytes, size_t step)
{
    struct h2_budget b;

    h2_budget_start(&b, 0);
    for (size_t at = 0; at < bytes.n; at += step) {
        enum h2_cost over = h2_budget_read(&b, str_to(str_from(bytes, at), step), 0);

        if (over != H2_COSTS)
            return over;
    }
    return H2_COSTS;
}

static buf begun(struct test *t)
{
    buf b = buf_new(t->arena, 1 << 20);

    buf_lit(&b, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    return b;
}

TEST(each_kind_of_frame_has_a_budget_however_it_is_cut)
{
    static const struct {
        uint8_t type, flags;
        size_t payload;
        int most; /* that pass */
        enum h2_cost over;
    } cases[] = {
        {3, 0, 4, 200, H2_RESETS},     {6, 0, 8, 60, H2_PINGS},      {4, 0, 0, 20, H2_SETTINGS},
        {2, 0, 5, 300, H2_PRIORITIES}, {0, 0, 0, 100, H2_EMPTIES},   {0, 8, 200, 100, H2_EMPTIES},
        {8, 0, 4, 500, H2_UPDATES},    {200, 0, 3, 100, H2_STRANGE}, {9, 0, 3, 8, H2_CONTINUATIONS},
        {0, 0, 5, 2000, H2_COSTS},     {0, 1, 0, 2000, H2_COSTS},    {6, 1, 8, 2000, H2_COSTS},
        {4, 1, 0, 2000, H2_COSTS},     {1, 4, 30, 2000, H2_COSTS},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        buf b = begun(t);

        for (int k = 0; k < cases[i].most; k++)
            frame(&b, cases[i].type, cases[i].flags, cases[i].payload);

        str within = buf_str(&b);

        for (size_t step = 1; step < 20; step += 3)
            cr_assert(read_all(within, step) == H2_COSTS, "case %zu, step %zu", i, step);
        frame(&b, cases[i].type, cases[i].flags, cases[i].payload);
        for (size_t step = 1; step < 2000; step = step * 3 + 1)
            cr_assert(read_all(buf_str(&b), step) == cases[i].over, "case %zu, step %zu", i, step);
    }
}

TEST(continuations_are_counted_for_each_head)
{
    buf b = begun(t);

    for (int i = 0; i < 20; i++) {
        frame(&b, 1, 0, 3);
        for (int k = 0; k < H2_CONTINUATIONS_MAX; k++)
            frame(&b, 9, 0, 3);
    }
    CHECK_INT(read_all(buf_str(&b), 7), H2_COSTS);
}

TEST(a_budget_fills_again_with_time_and_with_what_is_sent)
{
    struct h2_budget b;
    int n = 0;

    h2_budget_start(&b, 0);
    while (h2_budget_spend(&b, H2_PINGS, 0))
        n++;
    CHECK_INT(n, 60);
    CHECK(!h2_budget_spend(&b, H2_PINGS, 100 * 1000));
    CHECK(h2_budget_spend(&b, H2_PINGS, 300 * 1000));
    for (n = 0; h2_budget_spend(&b, H2_PINGS, DAY_US);)
        n++;
    CHECK_INT(n, 60);

    while (h2_budget_spend(&b, H2_UPDATES, DAY_US))
        continue;
    h2_budget_earn(&b, 64 << 10);
    for (n = 0; h2_budget_spend(&b, H2_UPDATES, DAY_US);)
        n++;
    CHECK_INT(n, 33);
}
