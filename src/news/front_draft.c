#include "news/front_draft.h"

#include "store/event.h"
#include "store/sql.h"

/* --- how it stands --- */

err front_facts_load(arena *a, store_conn *db, int64_t section, struct front_facts *out)
{
    struct sql_front_of front;
    struct sql_front_facts row;

    TRY(sql_front_of(a, db, section != 0 ? &section : NULL, &front));
    TRY(sql_front_facts(a, db, front.front, &row));
    *out = (struct front_facts){
        .front = front.front,
        .section = section,
        .revision = row.revision,
        .changed_at = row.changed_at,
        .changed_by = row.changed_by,
        .draft = row.has_draft ? row.draft : 0,
        .drafted_at = row.has_drafted_at ? row.drafted_at : 0,
        .drafted_by = row.drafted_by,
        .has_moved_on = row.has_draft && row.base != row.revision,
    };
    return OK;
}

err front_facts_layout(arena *a, store_conn *db, const struct front_facts *f,
                       struct front_layout *out)
{
    return front_layout_of(a, db, f->draft != 0 ? f->draft : f->front, f->section, out);
}

/* --- writing it down --- */

static err begin(const struct front_desk *d, struct front_facts *f)
{
    struct sql_front_draft_add made;

    if (f->draft != 0)
        return OK;
    TRY(sql_front_draft_add(d->a, d->w, f->front, &made));
    TRY(sql_front_draft_slots(d->w, f->front, made.draft, NULL));
    TRY(sql_front_draft_pins(d->w, made.draft, NULL));
    f->draft = made.draft;
    return OK;
}

static err keep_slot(const struct front_desk *d, int64_t draft, struct front_slot *s)
{
    struct sql_slot_put_in row = {
        .slot = s->id,
        .position = s->position,
        .kind = str_c(slot_word(s->kind)),
        .section = s->section,
        .has_section = s->section != 0,
        .size = s->size,
        .sections = s->sections,
        .title = s->title,
    };
    struct sql_slot_new_in fresh = {
        .front = draft,
        .position = s->position,
        .kind = row.kind,
        .section = s->section,
        .has_section = s->section != 0,
        .size = s->size,
        .sections = s->sections,
        .title = s->title,
    };
    struct sql_slot_new made;

    if (s->id != 0)
        return sql_slot_put(d->w, &row, NULL);
    TRY(sql_slot_new(d->a, d->w, &fresh, &made));
    s->id = made.slot;
    return OK;
}

static err keep_pin(const struct front_desk *d, int64_t slot, const struct front_pin *p)
{
    struct sql_slot_pin_new_in row = {
        .slot = slot,
        .place = p->place,
        .story = p->story,
        .until_at = p->until_at,
        .has_until_at = p->until_at != TIME_NEVER,
        .headline = p->headline,
        .kicker = p->kicker,
        .picture = p->picture,
        .has_picture = p->picture != 0,
    };

    return sql_slot_pin_new(d->w, &row, NULL);
}

/* Slots that the layout still has keep their numbers; the others go. */
static err keep(const struct front_desk *d, int64_t draft, const struct front_layout *l)
{
    TRY(sql_slot_pins_drop(d->w, draft, NULL));
    TRY(sql_slots_lift(d->w, draft, NULL));
    for (size_t i = 0; i < l->n; i++)
        TRY(keep_slot(d, draft, &l->slots[i]));
    TRY(sql_slots_drop_lifted(d->w, draft, NULL));
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->slots[i].pin_count; j++)
            TRY(keep_pin(d, l->slots[i].id, &l->slots[i].pins[j]));
    return OK;
}

static err check_named(const struct front_desk *d, const struct front_change *c, note *why)
{
    struct sql_story_standing story;
    struct sql_media_exists picture;

    if (c->pin.story != 0 && sql_story_standing(d->a, d->w, c->pin.story, &story) != OK)
        return fail(why, E_MISSING, "there is no story %lld", (long long)c->pin.story);
    if (c->pin.picture != 0 && sql_media_exists(d->a, d->w, c->pin.picture, &picture) != OK)
        return fail(why, E_MISSING, "there is no picture %lld", (long long)c->pin.picture);
    return OK;
}

static err load(const struct front_desk *d, struct front_facts *f, note *why)
{
    err e = front_facts_load(d->a, d->w, d->section, f);

    return e == E_MISSING ? fail(why, e, "this section has no front of its own") : e;
}

/* --- jobs --- */

err front_draft_change(const struct front_desk *d, const struct front_change *c, note *why)
{
    struct front_facts f;
    struct front_layout l;

    TRY(load(d, &f, why));
    TRY(check_named(d, c, why));
    TRY(begin(d, &f));
    TRY(front_facts_layout(d->a, d->w, &f, &l));
    TRY(front_plan(d->a, &l, c, why));
    TRY(keep(d, f.draft, &l));
    TRY(event_add(d->w, EVENT_front_drafted, f.front, NULL, S("{}"), why));
    return sql_front_draft_touch(d->w, f.draft, d->who, NULL);
}

/* The draft, when there is one and it is as it was seen. */
static err load_draft(const struct front_desk *d, str seen, struct front_facts *f,
                      struct front_layout *l, note *why)
{
    TRY(load(d, f, why));
    if (f->draft == 0)
        return fail(why, E_MISSING, "there is no draft of this front");
    TRY(front_facts_layout(d->a, d->w, f, l));
    if (seen.n > 0 && !str_eq(seen, front_seen(d->a, f, l)))
        return fail(why, E_CONFLICT, "the draft is not as it was any more");
    return OK;
}

err front_draft_launch(const struct front_desk *d, str seen, struct front_layout *was,
                       struct front_layout *is, note *why)
{
    struct tag_set tags = tag_set_new(d->a);
    struct front_facts f;
    struct front_layout l;

    TRY(load_draft(d, seen, &f, &l, why));
    if (was != NULL)
        TRY(front_layout_of(d->a, d->w, f.front, f.section, was));
    TRY(sql_slots_drop(d->w, f.front, NULL));
    TRY(sql_slots_hand_over(d->w, f.draft, f.front, NULL));
    TRY(sql_front_drop(d->w, f.draft, NULL));
    tag_set_add(&tags, tag_of(TAG_front, f.front));
    TRY(event_add(d->w, EVENT_front_changed, f.front, &tags, S("{}"), why));
    TRY(sql_front_touch(d->w, f.front, d->who, NULL));
    if (is != NULL)
        *is = l;
    return OK;
}

err front_draft_drop(const struct front_desk *d, str seen, note *why)
{
    struct front_facts f;
    struct front_layout l;

    TRY(load_draft(d, seen, &f, &l, why));
    TRY(sql_front_drop(d->w, f.draft, NULL));
    return event_add(d->w, EVENT_front_drafted, f.front, NULL, S("{}"), why);
}
