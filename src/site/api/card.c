/*
 * card.c - GET /card/{id}.png: the picture that stands for a story that has none.
 *
 * Drawn once and kept with the pages; two at a time at the most, so that who asks for the whole
 * archive's cards cannot keep every desk thread busy with drawing.
 */
#include "media/card.h"
#include "news/running.h"

#include "site/api/door.h"
#include "site/api/doors.h"

#include <stdatomic.h>

enum { AT_A_TIME = 2 };

static atomic_int drawing;

static err draw(struct door *d, const struct card_words *words)
{
    str png;
    err e;

    if (atomic_fetch_add(&drawing, 1) >= AT_A_TIME) {
        atomic_fetch_sub(&drawing, 1);
        return E_BUSY;
    }
    e = card_draw(d->a, words, &png, &d->rq->note);
    atomic_fetch_sub(&drawing, 1);
    TRY(e);
    return show_made(d->rq, &d->r,
                     &(struct page_spec){.type = S("image/png"), .body = png, .keep = KEEP_SHARED});
}

err story_card(struct request *rq)
{
    const struct section *section;
    struct door d;
    struct story s;
    int64_t id;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(door_open(rq, OUTLET_CARD, &d));
    TRY(story_by_id(&d.r, id, &s));
    section = paper_section_by_id(&d.paper, s.card.section);
    return draw(&d, &(struct card_words){
                        .kicker = section != NULL ? section->name : (str){0},
                        .headline = s.card.headline,
                        .foot = d.paper.name,
                        .accent = d.paper.accent,
                    });
}

err entry_card(struct request *rq)
{
    struct door d;
    struct story s;
    struct entry e;
    int64_t id, number;

    if (!str_int(request_param(rq, S("id")), &id) ||
        !str_int(request_param(rq, S("entry")), &number))
        return E_MISSING;
    TRY(door_open(rq, OUTLET_CARD, &d));
    TRY(story_by_id(&d.r, id, &s));
    TRY(entry_of(&d.r, &s, number, &e));
    return draw(&d, &(struct card_words){
                        .kicker = s.card.headline,
                        .headline = entry_title(d.a, &e),
                        .foot = d.paper.name,
                        .accent = d.paper.accent,
                    });
}

err paper_card(struct request *rq)
{
    struct door d;

    TRY(door_open(rq, OUTLET_CARD, &d));
    return draw(&d, &(struct card_words){
                        .headline = d.paper.name, .foot = d.paper.motto, .accent = d.paper.accent});
}
