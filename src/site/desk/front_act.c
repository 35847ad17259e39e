/*
 * front_act.c - POST /desk/front: what is done to the slots of a front, and to its draft.
 * it.
 */
#include "site/desk/front.h"

#include "base/utf8.h"
#include "text/dates.h"

enum { TITLE_MAX = 200 };

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
        return str_eq(job.act, S("pin"))
                   ? desk_front_place_again(rq, &job.change, why_not(&job, e))
                   : desk_front_again(rq, job.slug, job.change.slot, why_not(&job, e));
    TRY(e);
    TRY(find_again(rq, &job));
    return go(rq, &job, (clock_now(s->clock) - start) / 1000 + 1);
}
