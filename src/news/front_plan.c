#include "base/buf.h"
#include "base/hash.h"
#include "news/front_draft.h"

enum { SEEN_LETTERS = 12, SEEN_ROOM = 64 << 10 };

/* --- how it looks --- */

static void add_slot(buf *b, const struct front_slot *s)
{
    buf_fmt(b, "%s %lld %d %d %.*s\n", slot_word(s->kind), (long long)s->section, s->size,
            s->sections, STR(s->title));
    for (size_t i = 0; i < s->pin_count; i++) {
        const struct front_pin *p = &s->pins[i];

        buf_fmt(b, "%d %lld %lld %lld %.*s\t%.*s\n", p->place, (long long)p->story,
                (long long)p->until_at, (long long)p->picture, STR(p->headline), STR(p->kicker));
    }
}

str front_slot_seen(arena *a, const struct front_slot *slot)
{
    buf b = buf_new(a, SEEN_ROOM);

    add_slot(&b, slot);
    return str_to(fingerprint(a, buf_str(&b)), SEEN_LETTERS);
}

str front_seen(arena *a, const struct front_facts *f, const struct front_layout *layout)
{
    buf b = buf_new(a, (FRONT_SLOTS_MAX + 1) * SEEN_ROOM);

    buf_fmt(&b, "%lld %d\n", (long long)f->revision, f->draft != 0);
    for (size_t i = 0; i < layout->n; i++)
        add_slot(&b, &layout->slots[i]);
    return str_to(fingerprint(a, buf_str(&b)), SEEN_LETTERS);
}

struct front_slot *front_slot_of(const struct front_layout *layout, int64_t slot)
{
    for (size_t i = 0; i < layout->n && slot != 0; i++)
        if (layout->slots[i].id == slot)
            return &layout->slots[i];
    for (size_t i = 0; i < layout->n && slot != 0; i++)
        if (layout->slots[i].was == slot)
            return &layout->slots[i];
    return NULL;
}

struct front_pin *front_pin_in(const struct front_slot *slot, int place)
{
    for (size_t i = 0; i < slot->pin_count; i++)
        if (slot->pins[i].place == place)
            return &slot->pins[i];
    return NULL;
}

/* --- what may be --- */

static err check_slot(const struct front_slot *s, note *why)
{
    if (s->kind >= SLOT_KINDS)
        return fail(why, E_INVALID, "there is no such kind of slot");
    if (s->size < 1 || s->size > slot_most(s->kind))
        return fail(why, E_INVALID, "a slot of the kind %s has 1 to %d stories", slot_word(s->kind),
                    slot_most(s->kind));
    if (s->sections < 0 || s->sections > FRONT_STRIPS_MAX)
        return fail(why, E_INVALID, "at most %d strips", FRONT_STRIPS_MAX);
    if ((s->kind == SLOT_rail) != (s->section != 0))
        return fail(why, E_INVALID, "a rail, and nothing else, is of a section");
    return front_check_words(s->title, why);
}

static err check_place(const struct front_slot *s, int place, note *why)
{
    if (!slot_takes_pins(s->kind))
        return fail(why, E_INVALID, "a slot of the kind %s is filled by rule alone",
                    slot_word(s->kind));
    if (place < 1 || place > s->size)
        return fail(why, E_INVALID, "this slot has the places 1 to %d", s->size);
    return OK;
}

static err find(arena *a, struct front_layout *l, const struct front_change *c,
                struct front_slot **out, note *why)
{
    struct front_slot *s = front_slot_of(l, c->slot);

    if (s == NULL)
        return fail(why, E_CONFLICT, "this slot is not there any more");
    if (c->seen.n > 0 && !str_eq(c->seen, front_slot_seen(a, s)))
        return fail(why, E_CONFLICT, "this slot is not as it was any more");
    *out = s;
    return OK;
}

/* --- pins, in the order of their places --- */

static void take_pin(struct front_slot *s, int place)
{
    size_t n = 0;

    for (size_t i = 0; i < s->pin_count; i++)
        if (s->pins[i].place != place)
            s->pins[n++] = s->pins[i];
    s->pin_count = n;
}

static void take_story(struct front_layout *l, int64_t story)
{
    for (size_t i = 0; i < l->n; i++) {
        struct front_slot *s = &l->slots[i];
        size_t n = 0;

        for (size_t j = 0; j < s->pin_count; j++)
            if (s->pins[j].story != story)
                s->pins[n++] = s->pins[j];
        s->pin_count = n;
    }
}

static void put_pin(arena *a, struct front_slot *s, struct front_pin pin)
{
    struct front_pin *all = arena_many(a, struct front_pin, s->pin_count + 1);
    size_t n = 0, i = 0;

    take_pin(s, pin.place);
    while (i < s->pin_count && s->pins[i].place < pin.place)
        all[n++] = s->pins[i++];
    all[n++] = pin;
    while (i < s->pin_count)
        all[n++] = s->pins[i++];
    s->pins = all;
    s->pin_count = n;
}

/* --- the changes --- */

static err add(arena *a, struct front_layout *l, const struct front_change *c, note *why)
{
    struct front_slot *all = arena_many(a, struct front_slot, l->n + 1);

    TRY(check_slot(&c->as, why));
    if (l->n >= FRONT_SLOTS_MAX)
        return fail(why, E_INVALID, "a front has at most %d slots", FRONT_SLOTS_MAX);
    if (l->n > 0)
        memcpy(all, l->slots, l->n * sizeof *all);
    all[l->n] = (struct front_slot){.kind = c->as.kind,
                                    .section = c->as.section,
                                    .size = c->as.size,
                                    .sections = c->as.sections,
                                    .title = c->as.title};
    l->slots = all;
    l->n++;
    return OK;
}

static err set(struct front_slot *s, const struct front_change *c, note *why)
{
    size_t n = 0;

    TRY(check_slot(&c->as, why));
    s->kind = c->as.kind;
    s->section = c->as.section;
    s->size = c->as.size;
    s->sections = c->as.sections;
    s->title = c->as.title;
    for (size_t i = 0; i < s->pin_count && slot_takes_pins(s->kind); i++)
        if (s->pins[i].place <= s->size)
            s->pins[n++] = s->pins[i];
    s->pin_count = n;
    return OK;
}

static void drop(struct front_layout *l, const struct front_slot *s)
{
    size_t at = (size_t)(s - l->slots);

    memmove(l->slots + at, l->slots + at + 1, (l->n - at - 1) * sizeof *l->slots);
    l->n--;
}

static err shift(struct front_layout *l, const struct front_slot *s, int to, note *why)
{
    struct front_slot moved = *s;

    if (to < 1 || (size_t)to > l->n)
        return fail(why, E_INVALID, "there are the positions 1 to %zu", l->n);
    drop(l, s);
    l->n++;
    memmove(l->slots + to, l->slots + to - 1, (l->n - (size_t)to) * sizeof *l->slots);
    l->slots[to - 1] = moved;
    return OK;
}

static err pin(arena *a, struct front_layout *l, struct front_slot *s, struct front_pin new_pin,
               note *why)
{
    TRY(check_place(s, new_pin.place, why));
    TRY(front_check_words(new_pin.headline, why));
    TRY(front_check_words(new_pin.kicker, why));
    take_story(l, new_pin.story);
    put_pin(a, s, new_pin);
    return OK;
}

static err carry(arena *a, struct front_layout *l, struct front_slot *from,
                 const struct front_change *c, note *why)
{
    struct front_slot *to = front_slot_of(l, c->to_slot);
    const struct front_pin *held = front_pin_in(from, c->pin.place), *there;
    struct front_pin moved = held != NULL ? *held : c->pin, back = {0};

    if (to == NULL)
        return fail(why, E_CONFLICT, "this slot is not there any more");
    if (moved.story == 0)
        return fail(why, E_MISSING, "nothing stands there");
    TRY(check_place(to, c->to, why));
    there = front_pin_in(to, c->to);
    if (there != NULL && slot_takes_pins(from->kind)) {
        back = *there;
        back.place = c->pin.place;
    }
    if (held == NULL)
        moved.until_at = TIME_NEVER;
    moved.place = c->to;
    take_story(l, moved.story);
    take_pin(from, c->pin.place);
    put_pin(a, to, moved);
    if (back.story != 0 && back.story != moved.story)
        put_pin(a, from, back);
    return OK;
}

static err change(arena *a, struct front_layout *l, const struct front_change *c, note *why)
{
    struct front_slot *s = NULL;

    if (c->verb == FRONT_ADD)
        return add(a, l, c, why);
    TRY(find(a, l, c, &s, why));
    switch (c->verb) {
    case FRONT_SET:
        return set(s, c, why);
    case FRONT_DROP:
        drop(l, s);
        return OK;
    case FRONT_SHIFT:
        return shift(l, s, c->to, why);
    case FRONT_PIN:
        return pin(a, l, s, c->pin, why);
    case FRONT_UNPIN:
        if (front_pin_in(s, c->pin.place) == NULL)
            return fail(why, E_MISSING, "nothing is pinned there");
        take_pin(s, c->pin.place);
        return OK;
    case FRONT_CARRY:
        return carry(a, l, s, c, why);
    case FRONT_ADD:
    default:
        return fail(why, E_INVALID, "that is nothing that is done to a front");
    }
}

err front_plan(arena *a, struct front_layout *layout, const struct front_change *c, note *why)
{
    TRY(change(a, layout, c, why));
    for (size_t i = 0; i < layout->n; i++)
        layout->slots[i].position = (int)i + 1;
    return OK;
}
