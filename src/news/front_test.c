/* Fronts: any layout and any stock give a front with no story and no picture twice. */
#include "news/front.h"

#include "news/desk.h"
#include "news/heat.h"
#include "news/test_room.h"
#include "store/event.h"
#include "store/sql.h"

#define NOW T0

enum { SECTIONS = 6, SLOTS_MOST = 14, ROUNDS = 400 };

static int64_t any(struct test *t, int64_t below)
{
    str b = {0};

    while (b.n == 0)
        b = test_bytes(t, 8);

    uint64_t x = 0;

    for (size_t i = 0; i < b.n; i++)
        x = x * 31 + (unsigned char)b.p[i];
    return (int64_t)(x % (uint64_t)below);
}

static struct paper paper_with_sections(struct test *t)
{
    struct paper p = {0};

    p.section_count = SECTIONS;
    p.sections = arena_many(t->arena, struct section, SECTIONS);
    for (int64_t i = 0; i < SECTIONS; i++)
        p.sections[i] = (struct section){.id = i + 1, .is_opinion = i == SECTIONS - 1};
    return p;
}

static struct cards any_cards(struct test *t, int64_t most, int64_t stories)
{
    struct cards cards = {arena_many(t->arena, struct card, (size_t)most), 0};
    int64_t n = any(t, most + 1);

    for (int64_t i = 0; i < n; i++) {
        int64_t id = 1 + any(t, stories);

        cards.v[cards.n++] = (struct card){.id = id,
                                           .section = 1 + id % SECTIONS,
                                           .headline = S("its own"),
                                           .urgency = (int)any(t, 9),
                                           .hero = any(t, 3) == 0 ? 0 : 1 + id % 17,
                                           .public_at = NOW - any(t, 10 * DAY_US)};
    }
    return cards;
}

static struct front_layout any_layout(struct test *t, int64_t stories)
{
    struct front_layout l = {.id = 1};

    l.n = (size_t)any(t, SLOTS_MOST + 1);
    l.slots = arena_many(t->arena, struct front_slot, l.n);
    for (size_t i = 0; i < l.n; i++) {
        struct front_slot *s = &l.slots[i];

        *s = (struct front_slot){.id = (int64_t)i + 1,
                                 .position = (int)i + 1,
                                 .kind = (enum slot_kind)any(t, SLOT_KINDS),
                                 .size = (int)any(t, 13),
                                 .sections = (int)any(t, 3)};
        s->section = s->kind == SLOT_rail ? 1 + any(t, SECTIONS) : 0;
        s->pins = arena_many(t->arena, struct front_pin, 4);
        for (s->pin_count = 0; s->pin_count < (size_t)any(t, 4); s->pin_count++)
            s->pins[s->pin_count] = (struct front_pin){
                .place = (int)s->pin_count + 1,
                .story = 1 + any(t, stories),
                .until_at = any(t, 2) == 0 ? TIME_NEVER : NOW + any(t, 3) - 1,
                .headline = any(t, 2) == 0 ? S("the pin's") : S(""),
            };
    }
    return l;
}

static size_t times(const struct front *f, int64_t story)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->blocks[i].cards.n; j++)
            n += f->blocks[i].cards.v[j].id == story;
    return n;
}

static bool is_in(const struct cards *cards, int64_t story)
{
    for (size_t i = 0; i < cards->n; i++)
        if (cards->v[i].id == story)
            return true;
    return false;
}

static void check_front(const struct front_layout *layout, const struct front_stock *stock,
                        const struct front *f)
{
    struct {
        int64_t v[200];
        size_t n;
    } pictures = {0};

    for (size_t i = 0; i < f->n; i++) {
        const struct front_block *b = &f->blocks[i];
        bool is_words = b->kind == SLOT_latest || b->kind == SLOT_most_read;

        CHECK(b->cards.n > 0 && (int)b->cards.n <= slot_most(b->kind));
        CHECK(i == 0 || b->slot >= f->blocks[i - 1].slot);
        for (size_t j = 0; j < b->cards.n; j++) {
            const struct card *c = &b->cards.v[j];

            CHECK_INT(times(f, c->id), 1);
            CHECK(is_in(&stock->pinned, c->id) || is_in(&stock->latest, c->id) ||
                  is_in(&stock->of_sections, c->id) || is_in(&stock->read, c->id));
            for (size_t k = 0; k < pictures.n && !is_words; k++)
                CHECK(c->hero == 0 || pictures.v[k] != c->hero);
            if (!is_words && c->hero != 0 && pictures.n < LENGTH(pictures.v))
                pictures.v[pictures.n++] = c->hero;
        }
    }
    (void)layout;
}

TEST(front_of_any_layout_and_stock_shows_nothing_twice_and_nothing_that_was_not_let_through)
{
    struct paper paper = paper_with_sections(t);

    for (int i = 0; i < ROUNDS; i++) {
        int64_t stories = 1 + any(t, 120);
        struct front_layout layout = any_layout(t, stories);
        struct front_stock stock = {any_cards(t, 20, stories),
                                    any_cards(t, 60, stories),
                                    any_cards(t, 80, stories),
                                    any_cards(t, 30, stories),
                                    {0}};
        struct front f;

        front_choose(t->arena, &paper, &layout, &stock, NOW, &f);
        check_front(&layout, &stock, &f);
    }
}

/* --- small layouts, told out --- */

static struct card card(int64_t id, int64_t section, int64_t hero, int64_t age)
{
    return (struct card){.id = id,
                         .section = section,
                         .hero = hero,
                         .headline = S("its own"),
                         .public_at = NOW - age * HOUR_US};
}

static struct front choose(struct test *t, struct front_slot *slots, size_t n,
                           const struct front_stock *stock)
{
    struct paper paper = paper_with_sections(t);
    struct front_layout layout = {.id = 1, .slots = slots, .n = n};
    struct front f;

    for (size_t i = 0; i < n; i++) {
        slots[i].id = (int64_t)i + 1;
        slots[i].position = (int)i + 1;
    }
    front_choose(t->arena, &paper, &layout, stock, NOW, &f);
    return f;
}

TEST(front_gives_a_pin_its_place_until_its_time_is_over)
{
    struct card cards[] = {card(1, 1, 11, 1), card(2, 1, 12, 2), card(3, 1, 0, 3)};
    struct card old[] = {card(9, 1, 0, 500)};
    struct front_stock stock = {.pinned = {old, 1}, .latest = {cards, 3}};
    struct front_pin pin = {
        .place = 1, .story = 9, .until_at = NOW + 1, .headline = S("Here"), .picture = 77};
    struct front_slot slots[] = {{.kind = SLOT_lead, .size = 2, .pins = &pin, .pin_count = 1}};
    struct front f = choose(t, slots, 1, &stock);

    CHECK_INT(f.blocks[0].cards.v[0].id, 9);
    CHECK_STR(f.blocks[0].cards.v[0].headline, S("Here"));
    CHECK_INT(f.blocks[0].cards.v[0].hero, 77);
    CHECK_INT(f.blocks[0].cards.v[1].id, 1);

    pin.until_at = NOW;
    f = choose(t, slots, 1, &stock);
    CHECK_INT(f.blocks[0].cards.v[0].id, 1);
    CHECK_STR(f.blocks[0].cards.v[0].headline, S("its own"));

    pin.until_at = TIME_NEVER;
    stock.pinned.n = 0; /* the gate holds it back */
    f = choose(t, slots, 1, &stock);
    CHECK_INT(f.blocks[0].cards.v[0].id, 1);
}

TEST(front_keeps_for_a_pin_below_what_the_rule_would_have_put_above)
{
    struct card cards[] = {card(1, 1, 11, 1), card(2, 1, 12, 2)};
    struct front_stock stock = {.pinned = {cards, 1}, .latest = {cards, 2}};
    struct front_pin pin = {.place = 1, .story = 1, .until_at = TIME_NEVER};
    struct front_slot slots[] = {{.kind = SLOT_lead, .size = 1},
                                 {.kind = SLOT_second, .size = 1, .pins = &pin, .pin_count = 1}};
    struct front f = choose(t, slots, 2, &stock);

    CHECK_INT(f.blocks[0].cards.v[0].id, 2);
    CHECK_INT(f.blocks[1].cards.v[0].id, 1);
}

TEST(front_leads_with_news_and_a_picture_where_it_can)
{
    struct card cards[] = {card(1, SECTIONS, 11, 1), card(2, 1, 0, 2), card(3, 1, 13, 3)};
    struct front_stock stock = {.latest = {cards, 3}};
    struct front_slot slots[] = {{.kind = SLOT_lead, .size = 1}};

    CHECK_INT(choose(t, slots, 1, &stock).blocks[0].cards.v[0].id, 3);
    stock.latest.n = 2;
    CHECK_INT(choose(t, slots, 1, &stock).blocks[0].cards.v[0].id, 2);
    stock.latest.n = 1; /* an opinion is better than nothing */
    CHECK_INT(choose(t, slots, 1, &stock).blocks[0].cards.v[0].id, 1);
    stock.latest.n = 0;
    CHECK_INT(choose(t, slots, 1, &stock).n, 0);
}

TEST(front_has_one_strip_a_section_and_what_is_much_read_stands_no_lower)
{
    struct card cards[] = {card(1, 1, 0, 1), card(2, 2, 0, 2), card(3, 3, 0, 3), card(4, 6, 0, 4),
                           card(5, 1, 0, 5)};
    struct front_stock stock = {.of_sections = {cards, 5}, .read = {cards, 5}};
    struct front_slot slots[] = {{.kind = SLOT_most_read, .size = 3},
                                 {.kind = SLOT_rails, .size = 1, .sections = 1},
                                 {.kind = SLOT_opinion, .size = 3},
                                 {.kind = SLOT_rail, .size = 2, .section = 3},
                                 {.kind = SLOT_rails, .size = 1}};
    struct front f = choose(t, slots, 5, &stock);
    static const int64_t read[] = {1, 2, 3}, too_few[] = {1, 4, 3, 2};

    CHECK_INT(f.n, 3); /* 4 is opinion, 5 the rest of section 1 */
    for (size_t i = 0; i < LENGTH(read); i++)
        CHECK_INT(f.blocks[0].cards.v[i].id, read[i]);
    CHECK(f.blocks[0].kind == SLOT_most_read && f.blocks[1].kind == SLOT_rail);
    CHECK_INT(f.blocks[1].cards.v[0].id, 5);

    stock.read.n = 2; /* so few are no list, and stand where they stood */
    f = choose(t, slots, 5, &stock);
    CHECK_INT(f.n, LENGTH(too_few));
    for (size_t i = 0; i < f.n; i++)
        CHECK_INT(f.blocks[i].cards.v[0].id, too_few[i]);
}

/* --- on a real store --- */

enum verb { WRITE, PUBLISH, WITHDRAW, KILL, PIN, UNPIN, REWORD, MAKE, UNMAKE, COUNT };

struct act {
    enum verb verb;
    int64_t story, at, now;
    struct front_place place;
    struct front_words words;
    struct story_readings readings;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, x->now};
    struct draft text = {.section = 1, .headline = S("A story"), .language = S("en")};

    text.embargo_at = x->at;
    switch (x->verb) {
    case WRITE:
        return desk_write(&d, &text, &x->story, why);
    case PUBLISH:
        return desk_publish(&d, x->story, 0, why);
    case WITHDRAW:
        return desk_withdraw(&d, x->story, S(""), why);
    case KILL:
        return desk_kill(&d, x->story, S(""), why);
    case PIN:
        return front_pin(a, w, &x->place, x->story, x->at, why);
    case UNPIN:
        return front_unpin(a, w, &x->place, why);
    case REWORD:
        return front_reword(a, w, &x->place, &x->words, why);
    case MAKE:
        return front_make(a, w, 1, why);
    case UNMAKE:
        return front_unmake(a, w, 1, why);
    case COUNT:
    default:
        return heat_count(a, w, &x->readings, 1, x->now, why);
    }
}

static err act(struct test *t, struct room *s, struct act *x)
{
    x->now = clock_now(&t->clock);
    return store_write(s->s, do_act, x, t->arena, &t->why);
}

static int64_t published(struct test *t, struct room *s, int64_t embargo)
{
    struct act x = {.verb = WRITE, .at = embargo};

    CHECK_OK(act(t, s, &x));
    x.verb = PUBLISH;
    CHECK_OK(act(t, s, &x));
    return x.story;
}

static struct front front_now(struct test *t, struct room *s, int64_t section, struct reading *r)
{
    struct paper paper;
    struct front f;

    CHECK_OK(reading_begin(r, t->arena, s->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&t->clock)));
    CHECK_OK(paper_load(r, &paper));
    CHECK_OK(front_load(r, &paper, section, &f));
    reading_end(r);
    return f;
}

TEST(front_shows_only_what_the_gate_lets_through_pinned_or_not)
{
    struct room s = room_open(t);
    struct reading r;
    struct front f;
    int64_t seen[40];
    size_t n = 0;

    for (int i = 0; i < 40; i++) {
        int64_t kind = any(t, 4);
        struct act x = {.story = published(t, &s, kind == 1 ? NOW + HOUR_US : 0), .at = TIME_NEVER};

        x.verb = kind == 2 ? WITHDRAW : KILL;
        if (kind >= 2)
            CHECK_OK(act(t, &s, &x));
        x.verb = PIN;
        x.place = (struct front_place){0, 1 + i % 3, 1 + i % 3};
        if (any(t, 2) == 0)
            CHECK_OK(act(t, &s, &x));
        if (kind == 0)
            seen[n++] = x.story;
    }
    f = front_now(t, &s, 0, &r);
    CHECK(r.until <= NOW + HOUR_US);
    for (size_t i = 0; i < f.n; i++)
        for (size_t j = 0; j < f.blocks[i].cards.n; j++) {
            bool is_public = false;

            for (size_t k = 0; k < n; k++)
                is_public = is_public || seen[k] == f.blocks[i].cards.v[j].id;
            CHECK(is_public);
        }
    room_close(&s);
}

TEST(front_pins_are_kept_reworded_and_taken_away_with_an_event_each)
{
    struct room s = room_open(t);
    struct reading r;
    int64_t first = published(t, &s, 0), second = published(t, &s, 0);
    struct act x = {.verb = PIN, .story = first, .at = NOW + DAY_US, .place = {0, 2, 1}};
    struct front f;
    struct event *events;
    size_t n;

    CHECK_OK(act(t, &s, &x));
    x.verb = REWORD;
    x.words = (struct front_words){.headline = S("Not its own"), .picture = -1};
    CHECK_OK(act(t, &s, &x));
    f = front_now(t, &s, 0, &r);
    CHECK_INT(f.n, 2);
    CHECK_INT(f.blocks[0].cards.v[0].id, second);
    CHECK_STR(f.blocks[1].cards.v[0].headline, S("Not its own"));
    CHECK_INT(r.until, NOW + DAY_US);
    CHECK(tag_set_has(&r.tags, tag_of(TAG_front, 1)) &&
          tag_set_has(&r.tags, tag_of(TAG_most_read, 0)));
    CHECK_OK(events_after(t->arena, s.c, store_last_event(s.s) - 1, 10, &events, &n));
    CHECK(events[0].kind == EVENT_front_changed &&
          tag_set_has(&events[0].tags, tag_of(TAG_front, 1)));

    x.words = (struct front_words){.kicker = S("a\nb"), .picture = -1};
    CHECK_ERR(act(t, &s, &x), E_INVALID);
    x.words = (struct front_words){.picture = 99};
    CHECK_ERR(act(t, &s, &x), E_MISSING);
    x.verb = UNPIN;
    CHECK_OK(act(t, &s, &x));
    CHECK_ERR(act(t, &s, &x), E_MISSING);
    x.verb = REWORD;
    CHECK_ERR(act(t, &s, &x), E_MISSING);
    x.verb = PIN;
    x.place = (struct front_place){0, 2, 9};
    CHECK_ERR(act(t, &s, &x), E_INVALID);
    x.place = (struct front_place){0, 5, 1};
    CHECK_ERR(act(t, &s, &x), E_INVALID);
    x.place = (struct front_place){0, 2, 1};
    x.story = 4711;
    CHECK_ERR(act(t, &s, &x), E_MISSING);
    room_close(&s);
}

TEST(front_of_a_section_shows_that_section_alone)
{
    struct room s = room_open(t);
    struct act x = {.verb = MAKE};
    struct front_layout layout;
    struct reading r;

    published(t, &s, 0);
    CHECK_ERR(front_layout_load(t->arena, s.c, 1, &layout), E_MISSING);
    CHECK_OK(act(t, &s, &x));
    CHECK_ERR(act(t, &s, &x), E_CONFLICT);
    CHECK_INT(front_now(t, &s, 1, &r).blocks[0].cards.v[0].section, 1);
    x.verb = UNMAKE;
    CHECK_OK(act(t, &s, &x));
    CHECK_ERR(front_layout_load(t->arena, s.c, 1, &layout), E_MISSING);
    room_close(&s);
}

/* --- heat --- */

TEST(heat_of_a_story_fades_by_half_in_its_time)
{
    double one = heat_of_worth(8, NOW), later = heat_of_worth(4, NOW + HEAT_HALF_US);

    CHECK(one - later < 1e-9 && later - one < 1e-9);
    one = heat_add(one, 4, NOW + HEAT_HALF_US);
    later = heat_of_worth(8, NOW + HEAT_HALF_US);
    CHECK(one - later < 1e-9 && later - one < 1e-9);
}

TEST(heat_orders_what_is_read_and_tells_only_when_the_order_changes)
{
    struct room s = room_open(t);
    int64_t x = published(t, &s, 0), y = published(t, &s, 0), event;
    struct act count = {.verb = COUNT};
    struct reading r;
    struct cards read;

    count.readings = (struct story_readings){x, 3};
    CHECK_OK(act(t, &s, &count));
    count.readings = (struct story_readings){y, 5};
    CHECK_OK(act(t, &s, &count));
    event = store_last_event(s.s);
    CHECK_OK(act(t, &s, &count));
    CHECK_INT(store_last_event(s.s), event);
    count.readings = (struct story_readings){4711, 5}; /* there is no such story */
    CHECK_OK(act(t, &s, &count));
    CHECK_OK(reading_begin(&r, t->arena, s.c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE, NOW));
    CHECK_OK(stories_most_read(&r, 0, 10, &read));
    reading_end(&r);
    CHECK_INT(read.n, 2);
    CHECK(read.v[0].id == y && read.v[1].id == x);

    clock_set(&t->clock, NOW + 30 * DAY_US); /* all forgotten but what is read now */
    count.readings = (struct story_readings){x, 1};
    CHECK_OK(act(t, &s, &count));
    CHECK_OK(reading_begin(&r, t->arena, s.c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           NOW + 30 * DAY_US));
    CHECK_OK(stories_most_read(&r, 0, 10, &read));
    reading_end(&r);
    CHECK_INT(read.n, 1);
    CHECK_INT(read.v[0].id, x);
    room_close(&s);
}
