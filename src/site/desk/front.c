/*
 * front.c - /desk/front: the slots of a front and what stands in each place, pinned or by rule; the
 * draft that changes gather in.  What is done to them: front_act.c.
 */
#include "site/desk/front.h"

/* --- names --- */

static const struct {
    const char *name, *about;
} kinds[SLOT_KINDS] = {
    [SLOT_lead] =
        {SAY("Lead"),
         SAY("By rule: the most weighty story with a picture, and what stands under it.")},
    [SLOT_second] = {SAY("Beside the lead"), SAY("By rule: the next in weight.")},
    [SLOT_latest] = {SAY("Latest"), SAY("By rule: the newest, as headlines.")},
    [SLOT_live] = {SAY("Running story"), SAY("Shows itself when there is one.")},
    [SLOT_opinion] = {SAY("Opinion"), SAY("By rule: the newest of the sections that are opinion.")},
    [SLOT_rail] = {SAY("Strip of one section"), SAY("By rule: the newest of that section.")},
    [SLOT_rails] = {SAY("Strips of the sections"),
                    SAY("By rule alone: a strip for each section that has none yet, in the order "
                        "of the menu.")},
    [SLOT_picture] = {SAY("Picture"),
                      SAY("By rule: the newest picture that the front does not show yet, large.")},
    [SLOT_most_read] = {SAY("Much read"),
                        SAY("By rule: what is most read of all but the first stories; not shown "
                            "with fewer than three.")},
};

str desk_slot_name(const struct desk_page *p, const struct front_slot *slot)
{
    const struct section *section = paper_section_by_id(&p->paper, slot->section);

    if (slot->title.n > 0)
        return slot->title;
    return section != NULL ? section->name : desk_say(p, kinds[slot->kind].name);
}

/* On the front of a section there are no strips of others, and it is opinion or it is not. */
static bool is_for(const struct desk_front *f, enum slot_kind kind)
{
    return f->section == NULL ||
           (kind != SLOT_rail && kind != SLOT_rails && kind != SLOT_opinion && kind != SLOT_live);
}

/* --- which front? --- */

err desk_front_begin(struct request *rq, str slug, struct desk_front *f)
{
    struct reading public;

    TRY(desk_begin(rq, &f->p));
    f->section = slug.n > 0 ? paper_section(&f->p.paper, slug) : NULL;
    if (slug.n > 0 && f->section == NULL)
        return E_MISSING;
    f->slug = slug;
    f->name = f->section != NULL ? f->section->name : desk_say(&f->p, SAY("The paper’s front"));
    TRY(front_facts_load(rq->arena, rq->desk, f->section != NULL ? f->section->id : 0, &f->facts));
    TRY(front_facts_layout(rq->arena, rq->desk, &f->facts, &f->layout));

    /* what stands there is what readers may see */
    public = f->p.r;
    public.viewer.kind = VIEWER_PUBLIC;
    public.outlet = OUTLET_PAGE;
    return front_look(&public, &f->p.paper, &f->layout, &f->shown);
}

str desk_front_address(const struct desk_front *f, const char *path)
{
    return desk_address(f->p.rq, path, &(struct desk_word){"section", f->slug}, 1);
}

/* --- a place --- */

static const struct card *card_at(const struct front *shown, const struct front_slot *slot,
                                  int place)
{
    for (size_t i = 0; i < shown->n; i++)
        for (size_t j = 0; shown->blocks[i].slot == slot->id && j < shown->blocks[i].cards.n; j++)
            if (shown->blocks[i].places[j] == place)
                return &shown->blocks[i].cards.v[j];
    return NULL;
}

/* Why a pin does not stand there, in a sentence. */
static str held_sentence(const struct desk_front *f, const struct front_pin *pin,
                         const struct story *s)
{
    const struct desk_page *p = &f->p;

    if (pin->until_at <= p->r.now)
        return desk_say(p, SAY("Was pinned here; its time is over."));
    if (s->state == STATE_SCHEDULED || s->card.public_at > p->r.now)
        return desk_say(p, SAY("Stands here once it is published."));
    return desk_say(p, SAY("Is pinned here, but readers may not have it."));
}

static void fill_pin(struct desk_front *f, const struct front_pin *pin, const struct card *card,
                     struct view_desk_place *v)
{
    struct story s;

    v->until = desk_when(&f->p, pin->until_at != TIME_NEVER ? pin->until_at : 0);
    if (story_by_id(&f->p.r, pin->story, &s) != OK)
        return;
    if (card != NULL && card->id == pin->story) {
        v->is_pinned = true;
        v->is_ruled = false;
        if (pin->headline.n > 0)
            v->own_headline = s.card.headline;
        return;
    }
    v->held = held_sentence(f, pin, &s);
    v->held_headline = s.card.headline;
}

static void fill_card(struct desk_front *f, const struct card *c, struct view_desk_place *v)
{
    struct parts public = f->p.parts;
    const struct section *section = paper_section_by_id(&f->p.paper, c->section);

    v->story = c->id;
    v->headline = c->headline;
    v->kicker = c->kicker;
    v->language = part_language(&f->p.paper, c->language);
    v->direction = part_direction(c->language);
    v->section_name = section != NULL ? section->name : S("");
    v->picture = part_picture(&public, c->hero, c->hero_alt,
                              (struct place){S("4.5rem"), STANDS_WIDE}, false);
    v->is_ruled = true;
    if (desk_visit(f->p.rq)->who.may & MAY(edit))
        v->href.address = str_fmt(f->p.rq->arena, "/desk/stories/%lld", (long long)c->id);
}

static struct view_desk_place place_of(struct desk_front *f, const struct front_slot *slot,
                                       int place)
{
    const struct card *card = card_at(&f->shown, slot, place);
    const struct front_pin *pin = front_pin_in(slot, place);
    struct view_desk_place v = {.place = place};
    str slot_number = str_fmt(f->p.rq->arena, "%lld", (long long)slot->id);
    str place_number = str_fmt(f->p.rq->arena, "%d", place);
    const struct desk_word words[] = {
        {"section", f->slug}, {"slot", slot_number}, {"place", place_number}};

    if (card != NULL)
        fill_card(f, card, &v);
    if (pin != NULL)
        fill_pin(f, pin, card, &v);
    v.change.address = desk_address(f->p.rq, "/desk/front/place", words, LENGTH(words));
    return v;
}

/* --- the slots --- */

static void fill_strips(struct desk_front *f, const struct front_slot *slot,
                        struct view_desk_slot *v)
{
    arena *a = f->p.rq->arena;
    struct view_desk_strip *strips = arena_many(a, struct view_desk_strip, f->shown.n);

    for (size_t i = 0; i < f->shown.n; i++) {
        const struct front_block *b = &f->shown.blocks[i];
        const struct section *section = paper_section_by_id(&f->p.paper, b->section);
        struct view_str *headlines;

        if (b->slot != slot->id)
            continue;
        headlines = arena_many(a, struct view_str, b->cards.n);
        for (size_t j = 0; j < b->cards.n; j++)
            headlines[j].words = b->cards.v[j].headline;
        strips[v->strips.n++] = (struct view_desk_strip){
            .name = section != NULL ? section->name : S(""),
            .headlines = {headlines, b->cards.n},
        };
    }
    v->strips.v = strips;
}

void desk_slot_kinds(const struct desk_front *f, enum slot_kind chosen,
                     const struct view_choice **out, size_t *n)
{
    struct view_choice *v = arena_many(f->p.rq->arena, struct view_choice, SLOT_KINDS);

    *n = 0;
    for (int i = 0; i < SLOT_KINDS; i++) {
        enum slot_kind kind = (enum slot_kind)i;

        if (is_for(f, kind) || kind == chosen)
            v[(*n)++] = (struct view_choice){str_c(slot_word(kind)), desk_say(&f->p, kinds[i].name),
                                             kind == chosen};
    }
    *out = v;
}

static void fill_sections(const struct desk_front *f, int64_t chosen,
                          const struct view_choice **out, size_t *n)
{
    const struct paper *paper = &f->p.paper;
    struct view_choice *v = arena_many(f->p.rq->arena, struct view_choice, paper->section_count);

    *n = 0;
    for (size_t i = 0; i < paper->section_count && f->section == NULL; i++)
        v[(*n)++] = (struct view_choice){paper->sections[i].slug, paper->sections[i].name,
                                         paper->sections[i].id == chosen};
    *out = v;
}

static void fill_slot(struct desk_front *f, size_t i, int64_t open, struct view_desk_slot *v)
{
    const struct front_slot *slot = &f->layout.slots[i];
    struct view_desk_place *places;
    bool pins = slot_takes_pins(slot->kind);

    *v = (struct view_desk_slot){
        .slot = slot->id,
        .position = slot->position,
        .name = desk_slot_name(&f->p, slot),
        .about = desk_say(&f->p, kinds[slot->kind].about),
        .slot_seen = front_slot_seen(f->p.rq->arena, slot),
        .slot_title = slot->title,
        .size = slot->size,
        .strips_most = slot->sections,
        .up_to = i > 0 ? (int64_t)i : 0,
        .down_to = i + 1 < f->layout.n ? (int64_t)i + 2 : 0,
        .opens = slot->id == open,
    };
    desk_slot_kinds(f, slot->kind, &v->kinds.v, &v->kinds.n);
    fill_sections(f, slot->section, &v->sections.v, &v->sections.n);
    places = arena_many(f->p.rq->arena, struct view_desk_place, (size_t)slot->size);
    for (int place = 1; place <= slot->size && pins; place++)
        places[v->places.n++] = place_of(f, slot, place);
    v->places.v = places;
    if (!pins)
        fill_strips(f, slot, v);
    v->is_empty = !pins && v->strips.n == 0;
}

/* Each place's neighbours, over the slots that take pins. */
static void fill_ways(struct view_desk_slot *slots, size_t n)
{
    struct view_desk_place *before = NULL;
    int64_t before_slot = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < slots[i].places.n; j++) {
            struct view_desk_place *v = (struct view_desk_place *)&slots[i].places.v[j];

            if (before != NULL) {
                v->up_slot = before_slot;
                v->up_place = before->place;
                before->down_slot = slots[i].slot;
                before->down_place = v->place;
            }
            before = v;
            before_slot = slots[i].slot;
        }
}

/* --- the page --- */

/* The fronts that there are, and the sections that have none. */
static err fill_fronts(struct desk_front *f, struct view_desk_front *view)
{
    arena *a = f->p.rq->arena;
    const struct paper *paper = &f->p.paper;
    struct view_menu *fronts = arena_many(a, struct view_menu, paper->section_count + 1);
    struct view_choice *others = arena_many(a, struct view_choice, paper->section_count);
    size_t n = 0, m = 0;

    fronts[n++] = (struct view_menu){
        desk_say(&f->p, SAY("The paper’s front")), {S("/desk/front")}, f->section == NULL};
    for (size_t i = 0; i < paper->section_count; i++) {
        const struct section *s = &paper->sections[i];
        struct front_facts facts;
        err e = front_facts_load(a, f->p.rq->desk, s->id, &facts);

        if (e == OK)
            fronts[n++] = (struct view_menu){
                s->name,
                {desk_address(f->p.rq, "/desk/front", &(struct desk_word){"section", s->slug}, 1)},
                s == f->section};
        else if (e == E_MISSING)
            others[m++] = (struct view_choice){s->slug, s->name, false};
        else
            return e;
    }
    view->fronts.v = fronts;
    view->fronts.n = n;
    view->others.v = others;
    view->others.n = m;
    view->has_others = m > 0;
    return OK;
}

err desk_front_again(struct request *rq, str slug, int64_t open, const char *wrong)
{
    struct desk_front f;
    struct view_desk_front view = {0};
    struct view_desk_slot *slots;

    TRY(desk_front_begin(rq, slug, &f));
    slots = arena_many(rq->arena, struct view_desk_slot, f.layout.n);
    for (size_t i = 0; i < f.layout.n; i++)
        fill_slot(&f, i, open, &slots[i]);
    fill_ways(slots, f.layout.n);
    TRY(fill_fronts(&f, &view));
    view.desk = f.p.head;
    view.front_name = f.name;
    view.section = slug;
    view.seen = front_seen(rq->arena, &f.facts, &f.layout);
    view.preview.address = desk_front_address(&f, "/desk/front/preview");
    view.readers.address = slug.n > 0 ? str_join(rq->arena, S("/"), slug) : S("/");
    view.took = f.p.took_ms;
    view.has_draft = f.facts.draft != 0;
    view.has_moved_on = f.facts.has_moved_on;
    view.changed = desk_when(&f.p, f.facts.changed_at);
    view.changed_by = f.facts.changed_by;
    view.drafted = desk_when(&f.p, f.facts.drafted_at);
    view.drafted_by = f.facts.drafted_by;
    view.slots.v = slots;
    view.slots.n = f.layout.n;
    view.is_full = f.layout.n >= FRONT_SLOTS_MAX;
    desk_slot_kinds(&f, SLOT_KINDS, &view.kinds.v, &view.kinds.n);
    fill_sections(&f, 0, &view.sections.v, &view.sections.n);
    if (wrong != NULL)
        desk_wrong(&f.p, wrong);
    return desk_reply(&f.p, wrong != NULL ? 409 : 200, DESK_FRONT, SAY("Front"), &view);
}

err desk_front(struct request *rq)
{
    return desk_front_again(rq, desk_query(rq, S("section"), SLUG_MAX), 0, NULL);
}
