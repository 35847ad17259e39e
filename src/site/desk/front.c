/*
 * front.c - /desk/front: the slots of a front and what stands in each place, pinned or by rule; the
 * draft that changes gather in; launching it.
 */
#include "site/desk/front.h"

#include "base/utf8.h"
#include "text/dates.h"

enum { TITLE_MAX = 200 };

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
                        SAY("By rule: what is much read and stands nowhere else; not shown with "
                            "fewer than three.")},
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

static err show(struct request *rq, str slug, int64_t open, const char *wrong)
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
    return show(rq, desk_query(rq, S("section"), SLUG_MAX), 0, NULL);
}

/* --- acts --- */

static int64_t number_of(struct request *rq, const char *name)
{
    int64_t n;

    return str_int(desk_field(rq, name), &n) && n > 0 ? n : 0;
}

static int small_number(struct request *rq, const char *name)
{
    int64_t n = number_of(rq, name);

    return n <= 1000 ? (int)n : 0;
}

struct job {
    struct front_change change;
    str act, slug, name, seen;
    int64_t section;
};

/* Kind, size, section and title as they were typed. */
static void read_slot(struct request *rq, const struct paper *paper, struct front_slot *as)
{
    const struct section *section = paper_section(paper, desk_field(rq, "of"));

    as->kind = slot_kind_of(desk_field(rq, "kind"));
    as->size = small_number(rq, "size");
    as->sections = small_number(rq, "strips");
    as->title = utf8_to(desk_field(rq, "title"), TITLE_MAX);
    if (as->kind == SLOT_KINDS)
        return;
    if (as->size == 0 || as->size > slot_most(as->kind))
        as->size = slot_most(as->kind);
    if (as->kind == SLOT_rail && section != NULL)
        as->section = section->id;
    if (as->kind != SLOT_rails)
        as->sections = 0;
}

static const struct {
    const char *word;
    enum front_verb verb;
} verbs[] = {
    {"add", FRONT_ADD}, {"set", FRONT_SET},     {"remove", FRONT_DROP}, {"shift", FRONT_SHIFT},
    {"pin", FRONT_PIN}, {"unpin", FRONT_UNPIN}, {"carry", FRONT_CARRY},
};

/* "carry:12:3": a button that says where to; without, a field does. */
static void read_way(struct request *rq, struct job *job)
{
    str rest = desk_field(rq, "act"), part;
    int64_t n;

    if (str_find_char(rest, ':') < 0)
        rest = str_fmt(rq->arena, "%.*s:%.*s", STR(rest), STR(desk_field(rq, "to")));

    if (str_cut(&rest, ':', &job->act) && str_cut(&rest, ':', &part) && str_int(part, &n) &&
        n > 0) {
        job->change.to_slot = n;
        job->change.to = n <= 1000 ? (int)n : 0;
        if (str_int(rest, &n) && n > 0 && n <= 1000)
            job->change.to = (int)n;
    }
}

/* E_INVALID: it is no time. */
static err read_until(struct request *rq, int64_t *until)
{
    const struct site *s = rq->of;
    str typed = desk_field(rq, "until");

    *until = TIME_NEVER;
    if (typed.n == 0)
        return OK;
    return typed.n >= 16 && date_parse(typed, s->zone, until)
               ? OK
               : fail(&rq->note, E_INVALID, "\"%.*s\" is no day and time", STR(typed));
}

static err read_change(struct request *rq, const struct paper *paper, struct job *job)
{
    struct front_change *c = &job->change;

    c->slot = number_of(rq, "slot");
    c->seen = desk_field(rq, "slot-seen");
    read_way(rq, job);
    c->pin = (struct front_pin){
        .place = small_number(rq, "place"),
        .story = number_of(rq, "story"),
        .until_at = TIME_NEVER,
    };
    for (size_t i = 0; i < LENGTH(verbs); i++)
        if (str_eq(job->act, str_c(verbs[i].word)))
            c->verb = verbs[i].verb;
    if (str_eq(job->act, S("add")) || str_eq(job->act, S("set")))
        read_slot(rq, paper, &c->as);
    if (!str_eq(job->act, S("pin")))
        return OK;
    c->pin.headline = desk_field(rq, "headline");
    c->pin.kicker = desk_field(rq, "kicker");
    c->pin.picture = number_of(rq, "picture");
    return read_until(rq, &c->pin.until_at);
}

static bool is_change(str act)
{
    for (size_t i = 0; i < LENGTH(verbs); i++)
        if (str_eq(act, str_c(verbs[i].word)))
            return true;
    return false;
}

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;

    if (str_eq(job->act, S("launch")))
        return staff_front_launch(k, job->section, job->name, job->seen, why);
    if (str_eq(job->act, S("drop")))
        return staff_front_drop(k, job->section, job->name, job->seen, why);
    if (str_eq(job->act, S("make")) || str_eq(job->act, S("unmake")))
        return job->section == 0
                   ? fail(why, E_INVALID, "that is done to sections")
                   : staff_front_make(k, job->section, job->name, str_eq(job->act, S("make")), why);
    if (!is_change(job->act))
        return fail(why, E_INVALID, "\"%.*s\" is no act", STR(job->act));
    return staff_front_change(k, job->section, &job->change, why);
}

/* To the front again: at the slot or place that was in hand, where there is one. */
static err go(struct request *rq, const struct job *job, int64_t ms)
{
    bool launched = str_eq(job->act, S("launch"));
    const char *done = launched                        ? "launched"
                       : str_eq(job->act, S("drop"))   ? "draft-dropped"
                       : str_eq(job->act, S("make"))   ? "front-made"
                       : str_eq(job->act, S("unmake")) ? "front-unmade"
                                                       : "draft";
    struct desk_word word = {"section", str_eq(job->act, S("unmake")) ? S("") : job->slug};
    str to = desk_address(rq, "/desk/front", &word, 1);
    const struct front_change *c = &job->change;
    bool carries = str_eq(job->act, S("carry"));

    if (str_eq(job->act, S("shift")) || str_eq(job->act, S("set")))
        to = str_fmt(rq->arena, "%.*s#slot-%lld", STR(to), (long long)c->slot);
    else if (is_change(job->act) && c->slot != 0 && c->pin.place != 0)
        to = str_fmt(rq->arena, "%.*s#place-%lld-%d", STR(to),
                     (long long)(carries ? c->to_slot : c->slot), carries ? c->to : c->pin.place);
    return desk_go_took(rq, to, done, launched ? ms : 0);
}

/* What the act was about may have another number in the draft that it has begun. */
static err find_again(struct request *rq, struct job *job)
{
    struct front_facts facts;
    struct front_layout layout;
    const struct front_slot *slot;

    if (!is_change(job->act) || job->change.slot == 0)
        return OK;
    TRY(front_facts_load(rq->arena, rq->desk, job->section, &facts));
    TRY(front_facts_layout(rq->arena, rq->desk, &facts, &layout));
    if ((slot = front_slot_of(&layout, job->change.slot)) != NULL)
        job->change.slot = slot->id;
    if ((slot = front_slot_of(&layout, job->change.to_slot)) != NULL)
        job->change.to_slot = slot->id;
    return OK;
}

static const char *why_not(const struct job *job, err e)
{
    if (e == E_INVALID)
        return SAY("It cannot be so. Please look at what was typed again.");
    if (str_eq(job->act, S("launch")) || str_eq(job->act, S("drop")))
        return SAY("Somebody else has changed the draft, launched it or dropped it meanwhile. "
                   "This is how it is now; nothing was done.");
    return SAY("Somebody else has changed this slot meanwhile. This is how it is now; nothing was "
               "done.");
}

err desk_front_post(struct request *rq)
{
    const struct site *s = rq->of;
    struct desk_page p;
    struct job job = {.slug = utf8_to(desk_field(rq, "section"), SLUG_MAX),
                      .seen = desk_field(rq, "seen")};
    const struct section *section;
    int64_t start = clock_now(s->clock);
    err e;

    TRY(desk_begin(rq, &p));
    section = job.slug.n > 0 ? paper_section(&p.paper, job.slug) : NULL;
    if (job.slug.n > 0 && section == NULL)
        return E_MISSING;
    job.section = section != NULL ? section->id : 0;
    job.name = section != NULL ? section->name : S("");
    e = read_change(rq, &p.paper, &job);
    reading_end(&p.r);
    if (e == OK)
        e = desk_do(rq, run, &job);
    if (e == E_CONFLICT || e == E_INVALID || (e == E_MISSING && !str_eq(job.act, S("unmake"))))
        return str_eq(job.act, S("pin")) ? desk_front_place_again(rq, &job.change, why_not(&job, e))
                                         : show(rq, job.slug, job.change.slot, why_not(&job, e));
    TRY(e);
    TRY(find_again(rq, &job));
    return go(rq, &job, (clock_now(s->clock) - start) / 1000 + 1);
}
