/* Running stories: what readers have of an entry, in which order, and which states follow which. */
#include "news/running.h"

#include "news/test_room.h"
#include "store/event.h"

struct act {
    struct test *t;
    err (*verb)(struct desk *d, struct act *x, note *why);
    int64_t story, number, at;
    struct entry_draft text;
    enum coverage_state to;
    size_t moved;
};

static err run(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, clock_now(&x->t->clock)};

    return x->verb(&d, x, why);
}

static err do_story(struct desk *d, struct act *x, note *why)
{
    TRY(desk_write(d, &(struct draft){.section = 1, .headline = S("Storm, as it comes")}, &x->story,
                   why));
    return desk_publish(d, x->story, x->at, why);
}

static err do_write(struct desk *d, struct act *x, note *why)
{
    return entry_write(d, x->story, &x->text, &x->number, why);
}

static err do_change(struct desk *d, struct act *x, note *why)
{
    return entry_change(d, x->story, x->number, &x->text, why);
}

static err do_publish(struct desk *d, struct act *x, note *why)
{
    return entry_publish(d, x->story, x->number, x->at, why);
}

static err do_withdraw(struct desk *d, struct act *x, note *why)
{
    return entry_withdraw(d, x->story, x->number, why);
}

static err do_move(struct desk *d, struct act *x, note *why)
{
    return coverage_set(d, x->story, x->to, x->at, why);
}

static err do_kill(struct desk *d, struct act *x, note *why)
{
    return desk_kill(d, x->story, S("never"), why);
}

static err do_due(struct desk *d, struct act *x, note *why)
{
    return desk_due(d, &x->moved, why);
}

static err act(struct room *room, err (*verb)(struct desk *, struct act *, note *), struct act *x)
{
    x->t = room->t;
    x->verb = verb;
    return store_write(room->s, run, x, room->t->arena, &room->t->why);
}

/* A public story that is covered; its number. */
static int64_t covered(struct room *room)
{
    struct test *t = room->t;
    struct act x = {0};

    CHECK_OK(act(room, do_story, &x));
    x.to = COVERAGE_LIVE;
    CHECK_OK(act(room, do_move, &x));
    return x.story;
}

static int64_t written(struct room *room, int64_t story, str headline)
{
    struct test *t = room->t;
    struct act x = {.story = story, .text = {.headline = headline, .words = S("Words.")}};

    CHECK_OK(act(room, do_write, &x));
    return x.number;
}

static err publish(struct room *room, int64_t story, int64_t number, int64_t at)
{
    return act(room, do_publish, &(struct act){.story = story, .number = number, .at = at});
}

/* What a reader gets of an entry; with the moment until when that holds. */
static err look(struct room *room, int64_t story, int64_t number, struct entry *out, int64_t *until)
{
    struct test *t = room->t;
    struct reading r;
    struct story s;
    struct coverage c;
    err e;

    CHECK_OK(reading_begin(&r, t->arena, room->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&room->t->clock)));
    e = story_by_id(&r, story, &s);
    if (e == OK)
        e = coverage_of(&r, story, &c);
    if (e == OK)
        e = entry_of(&r, &s, number, out);
    if (until != NULL)
        *until = r.until;
    reading_end(&r);
    return e;
}

/* Its headlines as readers see them, "b a". */
static str shown(struct room *room, int64_t story, bool oldest_first)
{
    struct test *t = room->t;
    struct reading r;
    struct story s;
    struct entries all;
    bool more;
    buf out = buf_new(t->arena, 4096);

    CHECK_OK(reading_begin(&r, t->arena, room->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&room->t->clock)));
    CHECK_OK(story_by_id(&r, story, &s));
    CHECK_OK(entries_of(&r, &s, oldest_first, 1, &all, &more));
    for (size_t i = 0; i < all.n; i++)
        buf_fmt(&out, "%s%.*s", i > 0 ? " " : "", STR(all.v[i].headline));
    reading_end(&r);
    return buf_str(&out);
}

TEST(running_draft_is_as_if_it_did_not_exist)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), n = written(&room, story, S("a"));
    struct entry e;

    CHECK(look(&room, story, n, &e, NULL) == E_MISSING);
    CHECK_OK(publish(&room, story, n, 0));
    CHECK_OK(look(&room, story, n, &e, NULL));
    CHECK_STR(e.headline, S("a"));
    CHECK(e.edited_at == 0);
    room_close(&room);
}

TEST(running_scheduled_entry_comes_to_its_second_without_the_clockwork)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), n = written(&room, story, S("a")), until;
    struct entry e;
    struct act due = {0};

    CHECK_OK(publish(&room, story, n, T0 + HOUR_US));
    clock_set(&t->clock, T0 + HOUR_US - 1);
    CHECK(look(&room, story, n, &e, &until) == E_MISSING);
    CHECK(until == T0 + HOUR_US);
    CHECK_STR(shown(&room, story, false), S(""));
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(look(&room, story, n, &e, NULL));
    CHECK_STR(shown(&room, story, false), S("a"));
    CHECK_OK(act(&room, do_due, &due));
    CHECK(due.moved == 1);
    CHECK_OK(act(&room, do_due, &due));
    CHECK(due.moved == 0);
    room_close(&room);
}

TEST(running_withdrawn_entry_is_gone_and_can_come_back_at_its_place)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), a = written(&room, story, S("a")), b;
    struct entry e;

    CHECK_OK(publish(&room, story, a, 0));
    clock_set(&t->clock, T0 + MINUTE_US);
    b = written(&room, story, S("b"));
    CHECK_OK(publish(&room, story, b, 0));
    CHECK_OK(act(&room, do_withdraw, &(struct act){.story = story, .number = a}));
    CHECK(look(&room, story, a, &e, NULL) == E_GONE);
    CHECK_STR(shown(&room, story, false), S("b"));
    CHECK(act(&room, do_withdraw, &(struct act){.story = story, .number = a}) == E_CONFLICT);
    CHECK_OK(publish(&room, story, a, 0));
    CHECK_STR(shown(&room, story, false), S("b a"));
    CHECK_STR(shown(&room, story, true), S("a b"));
    CHECK(publish(&room, story, a, 0) == E_CONFLICT);
    room_close(&room);
}

TEST(running_change_says_that_it_was_edited_only_to_who_could_have_read_it)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), n = written(&room, story, S("a"));
    struct act change = {.story = story, .number = n, .text = {.headline = S("b")}};
    struct entry e;

    CHECK_OK(act(&room, do_change, &change));
    CHECK_OK(publish(&room, story, n, 0));
    CHECK_OK(look(&room, story, n, &e, NULL));
    CHECK(e.edited_at == 0);
    clock_set(&t->clock, T0 + MINUTE_US);
    change.text.is_key = true; /* no word is changed */
    CHECK_OK(act(&room, do_change, &change));
    CHECK_OK(look(&room, story, n, &e, NULL));
    CHECK(e.edited_at == 0 && e.is_key);
    change.text.headline = S("c");
    CHECK_OK(act(&room, do_change, &change));
    CHECK_OK(look(&room, story, n, &e, NULL));
    CHECK(e.edited_at == T0 + MINUTE_US);
    CHECK_STR(e.headline, S("c"));
    room_close(&room);
}

TEST(running_entries_go_with_their_story)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), n = written(&room, story, S("a"));
    struct entry e;

    CHECK_OK(publish(&room, story, n, 0));
    CHECK_OK(act(&room, do_kill, &(struct act){.story = story}));
    CHECK(look(&room, story, n, &e, NULL) == E_GONE);
    CHECK(publish(&room, story, n, 0) == E_GONE);
    CHECK(act(&room, do_write, &(struct act){.story = story, .text = {.headline = S("b")}}) ==
          E_GONE);
    room_close(&room);
}

TEST(running_nothing_goes_out_once_the_coverage_is_over)
{
    struct room room = room_open(t);
    int64_t story = covered(&room), n = written(&room, story, S("a"));
    struct act move = {.story = story, .to = COVERAGE_ENDED};

    CHECK_OK(act(&room, do_move, &move));
    CHECK(publish(&room, story, n, 0) == E_CONFLICT);
    move.to = COVERAGE_LIVE;
    CHECK_OK(act(&room, do_move, &move));
    CHECK_OK(publish(&room, story, n, 0));
    move.to = COVERAGE_ARCHIVED;
    CHECK(act(&room, do_move, &move) == E_CONFLICT);
    move.to = COVERAGE_ENDED;
    CHECK_OK(act(&room, do_move, &move));
    move.to = COVERAGE_ARCHIVED;
    CHECK_OK(act(&room, do_move, &move));
    move.to = COVERAGE_LIVE;
    CHECK(act(&room, do_move, &move) == E_CONFLICT);
    room_close(&room);
}

TEST(running_first_entry_begins_the_coverage)
{
    struct room room = room_open(t);
    struct act x = {0};
    struct reading r;
    struct coverage c;
    int64_t n;

    CHECK_OK(act(&room, do_story, &x));
    n = written(&room, x.story, S("a"));
    CHECK_OK(publish(&room, x.story, n, 0));
    CHECK_OK(reading_begin(&r, t->arena, room.c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&t->clock)));
    CHECK_OK(coverage_of(&r, x.story, &c));
    reading_end(&r);
    CHECK(c.state == COVERAGE_LIVE && c.from_at == T0 && c.shown == 1 && c.newest_at == T0);
    room_close(&room);
}

TEST(running_words_quote_picture_and_card_become_one_body)
{
    struct body b;
    struct entry_draft text = {.words = S("One *two*.\n\n- three"),
                               .quote = S("Four"),
                               .quote_by = S("Ann"),
                               .media = 7,
                               .link = S("https://example.org/x"),
                               .link_title = S("Five")};

    CHECK_OK(entry_body(t->arena, &text, &b, &t->why));
    CHECK(b.count == 5);
    CHECK(b.blocks[1].kind == BLOCK_LIST && b.blocks[2].kind == BLOCK_QUOTE);
    CHECK(b.blocks[3].kind == BLOCK_PICTURE && b.blocks[3].media == 7);
    CHECK(b.blocks[4].kind == BLOCK_EMBED);
    text.link = S("javascript:alert(1)");
    CHECK(entry_body(t->arena, &text, &b, &t->why) == E_INVALID);
    CHECK(entry_body(t->arena, &(struct entry_draft){.words = S("  ")}, &b, &t->why) == E_INVALID);
}
