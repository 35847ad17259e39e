/* Drafts of fronts: changes gather, take the place of what readers have at once, and what a
 * colleague has changed meanwhile is not changed back. */
#include "news/front_draft.h"

#include "news/desk.h"
#include "news/test_room.h"
#include "store/event.h"

#define NOW T0

enum { ROUNDS = 300 };

/* --- one change, pure --- */

static struct front_layout layout_of(struct test *t, size_t slots)
{
    struct front_layout l = {.id = 1, .n = slots};

    l.slots = arena_many(t->arena, struct front_slot, slots);
    for (size_t i = 0; i < slots; i++)
        l.slots[i] = (struct front_slot){
            .id = (int64_t)i + 1, .position = (int)i + 1, .kind = SLOT_second, .size = 3};
    return l;
}

static void pin(struct test *t, struct front_layout *l, int64_t slot, int place, int64_t story)
{
    struct front_change c = {.verb = FRONT_PIN,
                             .slot = slot,
                             .pin = {.place = place, .story = story, .until_at = TIME_NEVER}};

    CHECK_OK(front_plan(t->arena, l, &c, &t->why));
}

static int64_t pinned_at(const struct front_layout *l, size_t slot, int place)
{
    const struct front_pin *p = front_pin_in(&l->slots[slot], place);

    return p != NULL ? p->story : 0;
}

TEST(front_plan_moves_slots_and_numbers_them_anew)
{
    struct front_layout l = layout_of(t, 4);
    struct front_change c = {.verb = FRONT_SHIFT, .slot = 4, .to = 2};
    static const int64_t wanted[] = {1, 4, 2, 3};

    CHECK_OK(front_plan(t->arena, &l, &c, &t->why));
    for (size_t i = 0; i < l.n; i++) {
        CHECK_INT(l.slots[i].id, wanted[i]);
        CHECK_INT(l.slots[i].position, (int64_t)i + 1);
    }
    c.to = 5;
    CHECK_ERR(front_plan(t->arena, &l, &c, &t->why), E_INVALID);
    c = (struct front_change){.verb = FRONT_DROP, .slot = 4};
    CHECK_OK(front_plan(t->arena, &l, &c, &t->why));
    CHECK_INT(l.n, 3);
    CHECK_ERR(front_plan(t->arena, &l, &c, &t->why), E_CONFLICT);
}

TEST(front_plan_carries_a_story_and_brings_back_what_stood_there)
{
    struct front_layout l = layout_of(t, 2);
    struct front_change c = {
        .verb = FRONT_CARRY, .slot = 1, .pin = {.place = 1}, .to_slot = 2, .to = 3};

    pin(t, &l, 1, 1, 11);
    pin(t, &l, 2, 3, 23);
    CHECK_OK(front_plan(t->arena, &l, &c, &t->why));
    CHECK_INT(pinned_at(&l, 1, 3), 11);
    CHECK_INT(pinned_at(&l, 0, 1), 23);

    c.pin = (struct front_pin){.place = 2, .story = 12}; /* by rule */
    CHECK_OK(front_plan(t->arena, &l, &c, &t->why));
    CHECK_INT(pinned_at(&l, 1, 3), 12);
    CHECK_INT(pinned_at(&l, 0, 2), 11);
    c.pin = (struct front_pin){.place = 3};
    CHECK_ERR(front_plan(t->arena, &l, &c, &t->why), E_MISSING);
}

TEST(front_plan_pins_a_story_once_and_drops_pins_that_have_no_place)
{
    struct front_layout l = layout_of(t, 2);
    struct front_change c = {
        .verb = FRONT_SET, .slot = 2, .as = {.kind = SLOT_second, .size = 1, .title = S("More")}};

    pin(t, &l, 1, 2, 7);
    pin(t, &l, 2, 3, 7);
    CHECK_INT(pinned_at(&l, 0, 2), 0);
    CHECK_INT(pinned_at(&l, 1, 3), 7);
    CHECK_OK(front_plan(t->arena, &l, &c, &t->why));
    CHECK_INT(l.slots[1].pin_count, 0);
    CHECK_STR(l.slots[1].title, S("More"));
    c.as.size = 99;
    CHECK_ERR(front_plan(t->arena, &l, &c, &t->why), E_INVALID);
    c.as = (struct front_slot){.kind = SLOT_rail, .size = 2};
    CHECK_ERR(front_plan(t->arena, &l, &c, &t->why), E_INVALID);
}

static int64_t any(struct test *t, int64_t below)
{
    str b = {0};

    while (b.n == 0)
        b = test_bytes(t, 4);
    return (unsigned char)b.p[0] % below;
}

/* Whatever is done: no story twice, no place twice, every pin has a place. */
TEST(front_plan_keeps_pins_in_their_places_whatever_is_done)
{
    struct front_layout l = layout_of(t, 3);

    for (int i = 0; i < ROUNDS; i++) {
        struct front_change c = {
            .verb = (enum front_verb)any(t, FRONT_CARRY + 1),
            .slot = 1 + any(t, 4),
            .to = (int)any(t, 5),
            .to_slot = 1 + any(t, 4),
            .as = {.kind = (enum slot_kind)any(t, SLOT_KINDS), .size = (int)any(t, 5)},
            .pin = {.place = (int)any(t, 5), .story = any(t, 6), .until_at = TIME_NEVER},
        };
        bool seen[16] = {0};

        if (c.verb == FRONT_DROP || (c.verb == FRONT_PIN && c.pin.story == 0))
            continue;
        err_ignore(front_plan(t->arena, &l, &c, NULL));
        CHECK(l.n <= FRONT_SLOTS_MAX);
        for (size_t j = 0; j < l.n; j++)
            for (size_t k = 0; k < l.slots[j].pin_count; k++) {
                const struct front_pin *p = &l.slots[j].pins[k];

                CHECK(slot_takes_pins(l.slots[j].kind) && p->place >= 1 &&
                      p->place <= l.slots[j].size);
                CHECK(k == 0 || p->place > l.slots[j].pins[k - 1].place);
                CHECK(!seen[p->story]);
                seen[p->story] = true;
            }
    }
}

/* --- on a real store --- */

enum verb { WRITE, CHANGE, LAUNCH, DROP, PIN_AT_ONCE };

struct act {
    enum verb verb;
    struct front_change change;
    str seen;
    int64_t story;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, NOW};
    struct front_desk f = {a, w, 0, S("Ada")};

    switch (x->verb) {
    case WRITE:
        TRY(desk_write(&d,
                       &(struct draft){.section = 1, .headline = S("A story"), .language = S("en")},
                       &x->story, why));
        return desk_publish(&d, x->story, 0, why);
    case CHANGE:
        return front_draft_change(&f, &x->change, why);
    case LAUNCH:
        return front_draft_launch(&f, x->seen, NULL, NULL, why);
    case DROP:
        return front_draft_drop(&f, x->seen, why);
    case PIN_AT_ONCE:
    default:
        return front_pin(a, w, &(struct front_place){0, 1, 1}, x->story, TIME_NEVER, why);
    }
}

static err act(struct test *t, struct room *s, struct act *x)
{
    return store_write(s->s, do_act, x, t->arena, &t->why);
}

static int64_t lead(struct test *t, struct room *s)
{
    struct front_layout l;

    CHECK_OK(front_layout_load(t->arena, s->c, 0, &l));
    return pinned_at(&l, 0, 1);
}

static struct front_facts facts(struct test *t, struct room *s, struct front_layout *l)
{
    struct front_facts f;

    CHECK_OK(front_facts_load(t->arena, s->c, 0, &f));
    CHECK_OK(front_facts_layout(t->arena, s->c, &f, l));
    return f;
}

TEST(front_draft_is_for_nobody_until_it_is_launched_with_one_event)
{
    struct room s = room_open(t);
    struct act x = {.verb = WRITE};
    struct front_layout l;
    struct front_facts f = facts(t, &s, &l);
    struct event *events;
    size_t n;
    int64_t before;

    CHECK_INT(f.draft, 0);
    CHECK_OK(act(t, &s, &x));
    x.verb = LAUNCH;
    CHECK_ERR(act(t, &s, &x), E_MISSING);
    x.verb = CHANGE;
    x.change = (struct front_change){
        .verb = FRONT_PIN,
        .slot = l.slots[0].id,
        .seen = front_slot_seen(t->arena, &l.slots[0]),
        .pin = {.place = 1, .story = x.story, .until_at = NOW + DAY_US, .headline = S("Here")}};
    CHECK_OK(act(t, &s, &x));
    CHECK_ERR(act(t, &s, &x), E_CONFLICT); /* it is not as it was seen any more */
    CHECK_INT(lead(t, &s), 0);
    f = facts(t, &s, &l);
    CHECK(f.draft != 0 && !f.has_moved_on);
    CHECK_STR(f.drafted_by, S("Ada"));
    CHECK_INT(pinned_at(&l, 0, 1), x.story);

    x.seen = front_seen(t->arena, &f, &l);
    x.change = (struct front_change){.verb = FRONT_DROP, .slot = l.slots[1].id};
    CHECK_OK(act(t, &s, &x));
    x.verb = LAUNCH;
    CHECK_ERR(act(t, &s, &x), E_CONFLICT); /* nor is the draft */
    f = facts(t, &s, &l);
    x.seen = front_seen(t->arena, &f, &l);
    before = store_last_event(s.s);
    CHECK_OK(act(t, &s, &x));
    CHECK_INT(lead(t, &s), x.story);
    CHECK_OK(events_after(t->arena, s.c, before, 10, &events, &n));
    CHECK_INT(n, 1);
    CHECK(events[0].kind == EVENT_front_changed &&
          tag_set_has(&events[0].tags, tag_of(TAG_front, 1)));
    f = facts(t, &s, &l);
    CHECK(f.draft == 0 && l.n == 9);
    CHECK_STR(l.slots[0].pins[0].headline, S("Here"));
    room_close(&s);
}

TEST(front_draft_says_that_readers_got_something_else_and_can_be_dropped)
{
    struct room s = room_open(t);
    struct act x = {.verb = WRITE};
    struct front_layout l;
    struct front_facts f = facts(t, &s, &l);
    int64_t slot = l.slots[2].id;

    CHECK_OK(act(t, &s, &x));
    x.verb = CHANGE;
    x.change = (struct front_change){.verb = FRONT_SHIFT, .slot = slot, .to = 1};
    CHECK_OK(act(t, &s, &x));
    x.change.to = 4; /* by the number that it had before there was a draft */
    CHECK_OK(act(t, &s, &x));
    f = facts(t, &s, &l);
    CHECK_INT(l.slots[3].was, slot);
    x.seen = front_seen(t->arena, &f, &l);
    x.verb = PIN_AT_ONCE;
    CHECK_OK(act(t, &s, &x));
    f = facts(t, &s, &l);
    CHECK(f.has_moved_on);
    x.verb = DROP;
    CHECK_ERR(act(t, &s, &x), E_CONFLICT);
    x.seen = front_seen(t->arena, &f, &l);
    CHECK_OK(act(t, &s, &x));
    f = facts(t, &s, &l);
    CHECK(f.draft == 0 && !f.has_moved_on);
    CHECK_INT(lead(t, &s), x.story);
    room_close(&s);
}
