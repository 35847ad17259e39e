#include "news/front.h"

#include "base/must.h"
#include "news/running.h"
#include "store/sql.h"

enum { LATEST_LOOK = 60, SECTION_LOOK = 14, READ_LOOK = 30, RUNNING_LOOK = 12, BLOCKS_MAX = 100 };

#define LINE(word, most, about) {#word, about, most},
static const struct {
    const char *word, *about;
    int most;
} kinds[] = {SLOT_KIND_LINES(LINE)};

const char *slot_word(enum slot_kind kind)
{
    return kinds[kind].word;
}

const char *slot_about(enum slot_kind kind)
{
    return kinds[kind].about;
}

int slot_most(enum slot_kind kind)
{
    return kinds[kind].most;
}

bool slot_takes_pins(enum slot_kind kind)
{
    return kind != SLOT_rails && kind != SLOT_live;
}

enum slot_kind slot_kind_of(str word)
{
    for (size_t i = 0; i < SLOT_KINDS; i++)
        if (str_eq(str_c(kinds[i].word), word))
            return (enum slot_kind)i;
    return SLOT_KINDS;
}

/* --- choosing --- */

/* Numbers that have been given out, in a table of twice their number. */
struct given {
    int64_t *v;
    size_t room; /* a power of two */
};

static struct given given_new(arena *a, size_t most)
{
    struct given g = {NULL, 16};

    while (g.room < most * 2)
        g.room *= 2;
    g.v = arena_many(a, int64_t, g.room);
    return g;
}

static int64_t *place_of(const struct given *g, int64_t id)
{
    size_t at = (size_t)((uint64_t)id * 0x9e3779b97f4a7c15u >> 32) & (g->room - 1);

    while (g->v[at] != 0 && g->v[at] != id)
        at = (at + 1) & (g->room - 1);
    return &g->v[at];
}

static bool is_given(const struct given *g, int64_t id)
{
    return *place_of(g, id) != 0;
}

static void give(struct given *g, int64_t id)
{
    *place_of(g, id) = id;
}

struct choice {
    arena *a;
    const struct paper *paper;
    const struct front_layout *layout;
    const struct front_stock *stock;
    int64_t now;
    struct given stories, pictures, strips; /* strips: sections that have one */
    struct front *out;
};

static const struct card *card_in(const struct cards *cards, int64_t story)
{
    for (size_t i = 0; i < cards->n; i++)
        if (cards->v[i].id == story)
            return &cards->v[i];
    return NULL;
}

static bool is_opinion(const struct choice *x, const struct card *c)
{
    const struct section *section = paper_section_by_id(x->paper, c->section);

    return section != NULL && section->is_opinion;
}

static bool has_new_picture(const struct choice *x, const struct card *c)
{
    return c->hero != 0 && !is_given(&x->pictures, c->hero);
}

/* Lower is better: urgency 1 to 9 (5 when not said), a day of age weighs as much as one step. */
static int64_t weight(const struct card *c, int64_t now)
{
    int64_t urgency = c->urgency == 0 ? 5 : c->urgency;

    return urgency * DAY_US + (now - c->public_at);
}

/* What a place asks for. */
struct wish {
    const struct cards *from;
    int64_t section; /* 0: any */
    bool by_weight, no_opinion, opinion_only, needs_picture;
};

static bool fits(const struct choice *x, const struct wish *w, const struct card *c)
{
    return !is_given(&x->stories, c->id) && (w->section == 0 || c->section == w->section) &&
           !(w->no_opinion && is_opinion(x, c)) && !(w->opinion_only && !is_opinion(x, c)) &&
           !(w->needs_picture && !has_new_picture(x, c));
}

/* The best card for a place, or NULL. */
static const struct card *best(const struct choice *x, const struct wish *w)
{
    const struct card *found = NULL;

    for (size_t i = 0; i < w->from->n; i++) {
        const struct card *c = &w->from->v[i];

        if (!fits(x, w, c))
            continue;
        if (!w->by_weight)
            return c;
        if (found == NULL || weight(c, x->now) < weight(found, x->now))
            found = c;
    }
    return found;
}

/* Put a card into a block; its picture only if the front does not show it yet. */
static void stand(struct choice *x, struct front_block *b, int place, const struct card *c,
                  bool shows)
{
    struct card *here = &b->cards.v[b->cards.n];

    b->places[b->cards.n++] = place;
    *here = *c;
    give(&x->stories, c->id);
    if (!shows || here->hero == 0)
        return;
    if (is_given(&x->pictures, here->hero))
        here->hero = 0;
    else
        give(&x->pictures, here->hero);
}

/* A pin holds while its time lasts and the gate lets its story through. */
static const struct card *pinned(const struct choice *x, const struct front_pin *pin)
{
    return pin->until_at > x->now ? card_in(&x->stock->pinned, pin->story) : NULL;
}

static const struct front_pin *pin_at(const struct choice *x, const struct front_slot *slot,
                                      size_t place)
{
    for (size_t i = 0; i < slot->pin_count; i++)
        if ((size_t)slot->pins[i].place == place && slot->pins[i].story != 0 &&
            pinned(x, &slot->pins[i]) != NULL)
            return &slot->pins[i];
    return NULL;
}

static struct card as_pinned(const struct choice *x, const struct front_pin *pin)
{
    struct card c = *pinned(x, pin);

    if (pin->headline.n > 0)
        c.headline = c.front_headline = pin->headline;
    if (pin->kicker.n > 0)
        c.kicker = pin->kicker;
    if (pin->picture != 0) {
        c.hero = pin->picture;
        c.hero_alt = (str){0};
    }
    return c;
}

static struct front_block *block_new(struct choice *x, const struct front_slot *slot,
                                     int64_t section)
{
    struct front_block *b = &x->out->blocks[x->out->n];

    if (x->out->n == BLOCKS_MAX || slot->size < 1)
        return NULL;
    *b = (struct front_block){.kind = slot->kind == SLOT_rails ? SLOT_rail : slot->kind,
                              .slot = slot->id,
                              .section = section,
                              .title = slot->title};
    b->cards.v = arena_many(x->a, struct card, (size_t)slot->size);
    b->places = arena_many(x->a, int, (size_t)slot->size);
    return b;
}

/* Fill a block place by place: the pin there, or what the wishes bring, the first that can. */
static void fill(struct choice *x, const struct front_slot *slot, int64_t section,
                 const struct wish *wishes, size_t n)
{
    struct front_block *b = block_new(x, slot, section);
    bool shows = slot->kind != SLOT_latest && slot->kind != SLOT_most_read;

    if (b == NULL)
        return;
    for (int place = 1; place <= slot->size; place++) {
        const struct front_pin *pin = pin_at(x, slot, (size_t)place);
        const struct card *c = NULL;

        if (pin != NULL) {
            struct card here = as_pinned(x, pin);

            stand(x, b, place, &here, shows);
            continue;
        }
        for (size_t i = 0; i < n && c == NULL; i++)
            c = best(x, &wishes[i]);
        if (c != NULL)
            stand(x, b, place, c, shows);
    }
    if (b->cards.n > 0)
        x->out->n++;
}

static void fill_strip(struct choice *x, const struct front_slot *slot, int64_t section)
{
    struct wish newest = {.from = &x->stock->of_sections, .section = section};

    give(&x->strips, section);
    fill(x, slot, section, &newest, 1);
}

static bool lists_opinion(const struct front_layout *layout)
{
    for (size_t i = 0; i < layout->n; i++)
        if (layout->slots[i].kind == SLOT_opinion)
            return true;
    return false;
}

static void fill_strips(struct choice *x, const struct front_slot *slot)
{
    int strips = 0;

    for (size_t i = 0; i < x->paper->section_count; i++) {
        const struct section *s = &x->paper->sections[i];

        if (is_given(&x->strips, s->id) || (s->is_opinion && lists_opinion(x->layout)))
            continue;
        if (slot->sections > 0 && strips == slot->sections)
            return;
        fill_strip(x, slot, s->id);
        strips++;
    }
}

/* Stands here whatever else is pinned or chosen of it; the rule brings it nowhere else. */
static void fill_running(struct choice *x, const struct front_slot *slot)
{
    struct front_block *b = block_new(x, slot, 0);

    for (size_t i = 0; b != NULL && i < x->out->running.n && (int)i < slot->size; i++)
        stand(x, b, (int)i + 1, &x->out->running.v[i], false);
    if (b != NULL && b->cards.n > 0)
        x->out->n++;
}

static bool are_enough(const struct choice *x, const struct front_slot *slot, const struct wish *w)
{
    size_t n = 0;

    for (size_t i = 0; i < slot->pin_count; i++)
        n += slot->pins[i].story != 0 && pinned(x, &slot->pins[i]) != NULL;
    for (size_t i = 0; i < w->from->n; i++)
        n += fits(x, w, &w->from->v[i]);
    return n >= MOST_READ_LEAST;
}

static void fill_slot(struct choice *x, const struct front_slot *slot)
{
    const struct cards *latest = &x->stock->latest, *sections = &x->stock->of_sections;
    int64_t own = x->layout->section;
    const struct wish weighty[] = {
        {.from = latest,
         .section = own,
         .by_weight = true,
         .no_opinion = own == 0,
         .needs_picture = true},
        {.from = latest, .section = own, .by_weight = true, .no_opinion = own == 0},
        {.from = latest, .section = own},
    };
    const struct wish newest = {.from = latest, .section = own};
    const struct wish opinion = {.from = sections, .section = own, .opinion_only = true};
    const struct wish pictures[] = {
        {.from = latest, .section = own, .no_opinion = own == 0, .needs_picture = true},
        {.from = sections, .section = own, .no_opinion = true, .needs_picture = true}};
    const struct wish read = {.from = &x->stock->read, .section = own};

    switch (slot->kind) {
    case SLOT_lead:
        return fill(x, slot, 0, weighty, 3);
    case SLOT_second:
        return fill(x, slot, 0, &weighty[1], 1);
    case SLOT_latest:
        return fill(x, slot, 0, &newest, 1);
    case SLOT_opinion:
        return fill(x, slot, 0, &opinion, 1);
    case SLOT_rail:
        return fill_strip(x, slot, slot->section);
    case SLOT_rails:
        return fill_strips(x, slot);
    case SLOT_picture:
        return fill(x, slot, 0, pictures, 2);
    case SLOT_most_read: /* too few are not shown: then they may stand elsewhere */
        return fill(x, slot, 0, &read, are_enough(x, slot, &read) ? 1 : 0);
    case SLOT_live: /* has been filled, if something runs */
    case SLOT_KINDS:
    default:
        return;
    }
}

/* What is much read stands there and no lower: a list of what was left over would be no such list.
 */
enum { LAST_TURN = 2 };

static int turn_of(enum slot_kind kind)
{
    return kind == SLOT_lead || kind == SLOT_second ? 0 : kind == SLOT_most_read ? 1 : LAST_TURN;
}

/* A section with a strip of its own needs no other. */
static void reserve_strips(struct choice *x)
{
    for (size_t i = 0; i < x->layout->n; i++)
        if (x->layout->slots[i].kind == SLOT_rail && x->layout->slots[i].section != 0)
            give(&x->strips, x->layout->slots[i].section);
}

/* What is pinned anywhere is not for the rule; pinned twice, it stands in the first place. */
static void reserve_pins(struct choice *x)
{
    for (size_t i = 0; i < x->layout->n; i++)
        for (size_t j = 0; j < x->layout->slots[i].pin_count; j++) {
            struct front_pin *pin = &x->layout->slots[i].pins[j];

            if (pin->place > x->layout->slots[i].size || pinned(x, pin) == NULL)
                continue;
            if (is_given(&x->stories, pin->story))
                pin->story = 0;
            else
                give(&x->stories, pin->story);
        }
}

static void choose_running(struct choice *x)
{
    const struct cards *all = &x->stock->running;
    int64_t own = x->layout->section;

    x->out->running.v = arena_many(x->a, struct card, all->n);
    for (size_t i = 0; i < all->n; i++)
        if (own == 0 || all->v[i].section == own)
            x->out->running.v[x->out->running.n++] = all->v[i];
}

static size_t most_given(const struct front_stock *stock, const struct front_layout *layout)
{
    size_t pins = 0;

    for (size_t i = 0; i < layout->n; i++)
        pins += layout->slots[i].pin_count;
    return stock->pinned.n + stock->latest.n + stock->of_sections.n + stock->read.n +
           stock->running.n + pins + 1;
}

/* The pins that count, in a layout of our own: choosing strikes some out. */
static struct front_layout own_layout(arena *a, const struct front_layout *from)
{
    struct front_layout l = *from;

    l.slots = arena_many(a, struct front_slot, from->n);
    for (size_t i = 0; i < from->n; i++) {
        l.slots[i] = from->slots[i];
        l.slots[i].pins = arena_many(a, struct front_pin, from->slots[i].pin_count);
        l.slots[i].pin_count = 0;
        for (size_t j = 0; j < from->slots[i].pin_count && slot_takes_pins(l.slots[i].kind); j++)
            l.slots[i].pins[l.slots[i].pin_count++] = from->slots[i].pins[j];
        if (l.slots[i].size > slot_most(l.slots[i].kind))
            l.slots[i].size = slot_most(l.slots[i].kind);
    }
    return l;
}

static size_t order_of(const struct front_layout *layout, const struct front_block *b)
{
    for (size_t i = 0; i < layout->n; i++)
        if (layout->slots[i].id == b->slot)
            return i;
    return layout->n;
}

static void put_in_order(const struct front_layout *layout, struct front *front)
{
    for (size_t i = 1; i < front->n; i++)
        for (size_t j = i;
             j > 0 && order_of(layout, &front->blocks[j]) < order_of(layout, &front->blocks[j - 1]);
             j--) {
            struct front_block b = front->blocks[j];

            front->blocks[j] = front->blocks[j - 1];
            front->blocks[j - 1] = b;
        }
}

void front_choose(arena *a, const struct paper *paper, const struct front_layout *layout,
                  const struct front_stock *stock, int64_t now, struct front *out)
{
    struct front_layout own = own_layout(a, layout);
    struct choice x = {
        .a = a,
        .paper = paper,
        .layout = &own,
        .stock = stock,
        .now = now,
        .stories = given_new(a, most_given(stock, layout)),
        .pictures = given_new(a, most_given(stock, layout)),
        .strips = given_new(a, paper->section_count + layout->n),
        .out = out,
    };

    *out = (struct front){.blocks = arena_many(a, struct front_block, BLOCKS_MAX)};
    choose_running(&x);
    reserve_pins(&x);
    reserve_strips(&x);
    for (size_t i = 0; i < own.n; i++)
        if (own.slots[i].kind == SLOT_live)
            fill_running(&x, &own.slots[i]);
    for (int turn = 0; turn <= LAST_TURN; turn++)
        for (size_t i = 0; i < own.n; i++)
            if (turn_of(own.slots[i].kind) == turn)
                fill_slot(&x, &own.slots[i]);
    put_in_order(&own, out);
}

/* --- loading --- */

static void add_pins(arena *a, struct front_slot *slot, const struct sql_slot_pins_rows *rows)
{
    slot->pins = arena_many(a, struct front_pin, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].slot == slot->id)
            slot->pins[slot->pin_count++] = (struct front_pin){
                .place = (int)rows->v[i].place,
                .story = rows->v[i].story,
                .until_at = rows->v[i].has_until_at ? rows->v[i].until_at : TIME_NEVER,
                .headline = rows->v[i].headline,
                .kicker = rows->v[i].kicker,
                .picture = rows->v[i].has_picture ? rows->v[i].picture : 0,
            };
}

err front_layout_load(arena *a, store_conn *db, int64_t section, struct front_layout *out)
{
    struct sql_front_of front;

    TRY(sql_front_of(a, db, section != 0 ? &section : NULL, &front));
    return front_layout_of(a, db, front.front, section, out);
}

err front_layout_of(arena *a, store_conn *db, int64_t front, int64_t section,
                    struct front_layout *out)
{
    struct sql_slots_rows slots;
    struct sql_slot_pins_rows pins;
    struct front_layout layout = {.id = front, .section = section};

    TRY(sql_slots(a, db, front, &slots));
    TRY(sql_slot_pins(a, db, front, &pins));
    layout.slots = arena_many(a, struct front_slot, slots.n);
    for (size_t i = 0; i < slots.n; i++) {
        enum slot_kind kind = slot_kind_of(slots.v[i].kind);
        struct front_slot *slot = &layout.slots[layout.n];

        if (kind == SLOT_KINDS)
            continue; /* of a newer program */
        *slot = (struct front_slot){
            .id = slots.v[i].slot,
            .was = slots.v[i].has_was ? slots.v[i].was : 0,
            .position = (int)slots.v[i].position,
            .kind = kind,
            .section = slots.v[i].has_section ? slots.v[i].section : 0,
            .size = (int)slots.v[i].size,
            .sections = (int)slots.v[i].sections,
            .title = slots.v[i].title,
        };
        add_pins(a, slot, &pins);
        layout.n++;
    }
    *out = layout;
    return OK;
}

static err load_stock(struct reading *r, const struct front_layout *layout,
                      struct front_stock *stock)
{
    TRY(stories_pinned(r, layout->id, &stock->pinned));
    TRY(stories_most_read(r, layout->section, READ_LOOK, &stock->read));
    TRY(stories_running(r, RUNNING_LOOK, &stock->running));
    if (layout->section != 0)
        return stories_of_section(r, layout->section, TIME_NEVER, LATEST_LOOK, &stock->latest);
    TRY(stories_latest(r, TIME_NEVER, LATEST_LOOK, &stock->latest));
    return stories_of_each_section(r, SECTION_LOOK, &stock->of_sections);
}

err front_look(struct reading *r, const struct paper *paper, const struct front_layout *layout,
               struct front *out)
{
    struct front_stock stock = {0};

    TRY(load_stock(r, layout, &stock));
    for (size_t i = 0; i < layout->n; i++)
        for (size_t j = 0; j < layout->slots[i].pin_count; j++)
            if (layout->slots[i].pins[j].until_at > r->now)
                reading_until(r, layout->slots[i].pins[j].until_at);
    front_choose(r->a, paper, layout, &stock, r->now, out);
    return OK;
}

err front_load(struct reading *r, const struct paper *paper, int64_t section, struct front *out)
{
    struct front_layout layout;

    TRY(front_layout_load(r->a, r->db, section, &layout));
    return front_look(r, paper, &layout, out);
}
