/*
 * front_place.c - /desk/front/place: what is pinned in one place of a front and how it is presented
 * there; the stories that could be.
 */
#include "site/desk/front.h"

#include "store/sql.h"
#include "text/dates.h"

enum { STORIES = 25, PICTURES = 12, WORDS_MAX = 120 };

/* --- the stories --- */

static err fill_stories(struct desk_front *f, int64_t here, struct view_desk_front_place *view)
{
    struct request *rq = f->p.rq;
    struct sql_front_stories_rows rows;
    struct view_desk_pinnable *v;

    TRY(sql_front_stories(rq->arena, rq->desk, view->words, STORIES, &rows));
    v = arena_many(rq->arena, struct view_desk_pinnable, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_front_stories *row = &rows.v[i];

        v[i] = (struct view_desk_pinnable){
            .story = row->story,
            .headline = row->headline,
            .language = part_language(&f->p.paper, row->language),
            .direction = part_direction(row->language),
            .section_name = row->section,
            .at = desk_when(&f->p, row->has_public_at ? row->public_at : 0),
            .is_coming = row->has_public_at && row->public_at > f->p.r.now,
            .is_here = row->story == here,
        };
    }
    view->stories.v = v;
    view->stories.n = rows.n;
    view->has_stories = rows.n > 0;
    return OK;
}

/* --- the pictures: none of its own choice, the story's, the newest --- */

static void add_picture(struct desk_front *f, int64_t media, int64_t chosen,
                        struct view_desk_picture_choice *v, size_t *n)
{
    struct media m;

    for (size_t i = 0; i < *n; i++)
        if (v[i].media == media)
            return;
    if (media_shown(f->p.rq->arena, f->p.rq->desk, media, &m) != OK ||
        !str_starts(m.type, S("image/")))
        return; /* a film or sound stands there by its poster */
    v[(*n)++] = (struct view_desk_picture_choice){
        .media = media,
        .name = m.words.alt.n > 0 ? m.words.alt : m.words.caption,
        .picture = part_picture(&f->p.parts, media, (str){0},
                                (struct place){S("8rem"), STANDS_WIDE}, false),
        .is_chosen = media == chosen,
    };
}

static err fill_pictures(struct desk_front *f, const struct front_pin *pin,
                         struct view_desk_front_place *view)
{
    struct request *rq = f->p.rq;
    struct sql_front_pictures_own_rows own;
    struct sql_front_pictures_rows new;
    struct view_desk_picture_choice *v;

    TRY(sql_front_pictures_own(rq->arena, rq->desk, pin->story, &own));
    TRY(sql_front_pictures(rq->arena, rq->desk, PICTURES, &new));
    v = arena_many(rq->arena, struct view_desk_picture_choice, own.n + new.n + 2);
    view->pictures.n = 1;
    v[0] = (struct view_desk_picture_choice){.name = desk_say(&f->p, SAY("The story’s own")),
                                             .is_chosen = pin->picture == 0};
    if (pin->picture != 0)
        add_picture(f, pin->picture, pin->picture, v, &view->pictures.n);
    for (size_t i = 0; i < own.n; i++)
        add_picture(f, own.v[i].media, pin->picture, v, &view->pictures.n);
    for (size_t i = 0; i < new.n; i++)
        add_picture(f, new.v[i].media, pin->picture, v, &view->pictures.n);
    view->pictures.v = v;
    return OK;
}

/* --- where else it could stand --- */

static void fill_places(const struct desk_front *f, const struct front_slot *here, int at,
                        struct view_desk_front_place *view)
{
    arena *a = f->p.rq->arena;
    size_t most = 0;
    struct view_choice *v;

    for (size_t i = 0; i < f->layout.n; i++)
        most += (size_t)f->layout.slots[i].size;
    v = arena_many(a, struct view_choice, most);
    for (size_t i = 0; i < f->layout.n; i++) {
        const struct front_slot *s = &f->layout.slots[i];

        for (int place = 1; place <= s->size && slot_takes_pins(s->kind); place++) {
            const struct said words[] = {{"slot_name", desk_slot_name(&f->p, s)},
                                         {"place", say_number(a, f->p.paper.tongue, place)}};

            v[view->places.n++] = (struct view_choice){
                str_fmt(a, "%lld:%d", (long long)s->id, place),
                say_with(a, f->p.paper.tongue, "{slot_name}, place {place}", words, LENGTH(words)),
                s == here && place == at};
        }
    }
    view->places.v = v;
}

/* --- the page --- */

static err fill_pin(struct desk_front *f, const struct front_pin *pin,
                    struct view_desk_front_place *view)
{
    const struct site *s = f->p.rq->of;
    struct story story;

    TRY(story_by_id(&f->p.r, pin->story, &story));
    view->is_pinned = true;
    view->story = pin->story;
    view->own_headline = story.card.headline;
    view->language = part_language(&f->p.paper, story.card.language);
    view->direction = part_direction(story.card.language);
    view->headline = pin->headline;
    view->kicker = pin->kicker;
    if (pin->until_at != TIME_NEVER)
        view->until = str_to(date_iso_in(f->p.rq->arena, pin->until_at, s->zone), 16);
    if (desk_visit(f->p.rq)->who.may & MAY(edit))
        view->href.address = str_fmt(f->p.rq->arena, "/desk/stories/%lld", (long long)pin->story);
    return fill_pictures(f, pin, view);
}

struct asked {
    str section, words;
    int64_t slot;
    int place;
    const struct front_change *typed; /* NULL: nothing */
    const char *wrong;
};

static err show(struct request *rq, const struct asked *asked)
{
    struct desk_front f;
    struct view_desk_front_place view = {.place = asked->place, .words = asked->words};
    const struct front_slot *slot;
    const struct front_pin *pin;

    TRY(desk_front_begin(rq, asked->section, &f));
    slot = front_slot_of(&f.layout, asked->slot);
    if (slot == NULL || !slot_takes_pins(slot->kind) || asked->place < 1 ||
        asked->place > slot->size)
        return E_MISSING;
    pin = asked->typed != NULL ? &asked->typed->pin : front_pin_in(slot, asked->place);
    if (pin != NULL && pin->story != 0)
        TRY(fill_pin(&f, pin, &view));
    if (asked->typed != NULL)
        view.until = desk_field(rq, "until");
    TRY(fill_stories(&f, pin != NULL ? pin->story : 0, &view));
    fill_places(&f, slot, asked->place, &view);
    view.desk = f.p.head;
    view.front_name = f.name;
    view.back.address =
        str_fmt(rq->arena, "%.*s#place-%lld-%d", STR(desk_front_address(&f, "/desk/front")),
                (long long)slot->id, asked->place);
    view.section = f.slug;
    view.slot = slot->id;
    view.slot_name = desk_slot_name(&f.p, slot);
    view.slot_seen = front_slot_seen(rq->arena, slot);
    view.zone = f.p.paper.time_zone.n > 0 ? f.p.paper.time_zone : S("UTC");
    if (asked->wrong != NULL)
        desk_wrong(&f.p, asked->wrong);
    return desk_reply(&f.p, asked->wrong != NULL ? 409 : 200, DESK_FRONT_PLACE,
                      SAY("A place on the front"), &view);
}

err desk_front_place(struct request *rq)
{
    struct asked asked = {
        .section = desk_query(rq, S("section"), SLUG_MAX),
        .words = desk_query(rq, S("words"), WORDS_MAX),
    };
    int64_t place;

    if (!str_int(desk_query(rq, S("slot"), 20), &asked.slot) ||
        !str_int(desk_query(rq, S("place"), 4), &place) || place < 1 || place > 100)
        return E_MISSING;
    asked.place = (int)place;
    return show(rq, &asked);
}

err desk_front_place_again(struct request *rq, const struct front_change *typed, const char *wrong)
{
    return show(rq, &(struct asked){.section = desk_field(rq, "section"),
                                    .slot = typed->slot,
                                    .place = typed->pin.place,
                                    .typed = typed,
                                    .wrong = wrong});
}
