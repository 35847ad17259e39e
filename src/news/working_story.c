#include "news/working.h"

#include "news/story.h"
#include "news/subject.h"
#include "store/sql.h"

static struct story_subject *subjects_of(arena *a, size_t n)
{
    return arena_many(a, struct story_subject, n);
}

static struct story_subject subject_of(arena *a, str name)
{
    return (struct story_subject){.slug = subject_slug(a, name), .name = name};
}

static void fill_subjects(arena *a, const struct copy *c, struct story *s)
{
    s->topics = subjects_of(a, c->topic_count);
    s->topic_count = c->topic_count;
    for (size_t i = 0; i < c->topic_count; i++)
        s->topics[i] = subject_of(a, c->topics[i].name);
    s->authors = subjects_of(a, c->bylines.n);
    s->author_count = c->bylines.n;
    for (size_t i = 0; i < c->bylines.n; i++)
        s->authors[i] = subject_of(a, c->bylines.v[i]);
    s->places = subjects_of(a, c->places.n);
    s->place_count = c->places.n;
    for (size_t i = 0; i < c->places.n; i++)
        s->places[i] = subject_of(a, c->places.v[i]);
}

static void fill_card(const struct copy *c, struct card *card)
{
    card->section = c->section;
    card->headline = c->headline;
    card->front_headline = c->front_headline;
    card->kicker = c->kicker;
    card->standfirst = c->standfirst;
    card->language = c->language;
    card->type = c->type;
    card->hero = c->hero.media;
    card->hero_alt = c->hero.alt;
    card->urgency = c->urgency;
    card->words = (int)body_words(&c->body);
    card->is_rated = c->half_stars >= 0;
    card->half_stars = c->half_stars >= 0 ? c->half_stars : 0;
    card->byline = c->bylines.n > 0 ? c->bylines.v[0] : S("");
}

static void fill(arena *a, const struct copy *c, struct story *s)
{
    fill_card(c, &s->card);
    fill_subjects(a, c, s);
    s->gate = GATE_FULL;
    s->search_headline = c->search_headline;
    s->social_headline = c->social_headline;
    s->dateline = c->dateline;
    s->credit = c->credit;
    s->copyright = c->copyright;
    s->source = c->source;
    s->hero_caption = c->hero.caption;
    s->hero_credit = c->hero.credit;
    s->origin = c->origin;
    s->reviewed = c->reviewed;
    s->is_rated = c->half_stars >= 0;
    s->half_stars = s->card.half_stars;
    s->body = c->body;
}

static bool is_for(const struct reading *r)
{
    return (r->viewer.kind == VIEWER_STAFF && r->outlet == OUTLET_DESK) ||
           (r->viewer.kind == VIEWER_GUEST && r->outlet == OUTLET_PREVIEW);
}

err working_story(struct reading *r, int64_t id, struct story *out, note *why)
{
    struct sql_working_story of;
    struct working w;
    struct copy c;
    struct story s = {0};
    err e;

    TRY(sql_working_story(r->a, r->db, id, &of));
    if (!is_for(r) ||
        reading_gate(r, &(struct gate_facts){.state = (enum public_state)of.public_state,
                                             .public_at = of.has_public_at ? of.public_at : 0}) !=
            GATE_FULL)
        return E_MISSING;
    e = story_by_id(r, id, &s);
    if (e != OK && (e != E_MISSING || of.version > 0))
        return e;
    TRY(working_look(r->a, r->db, id, &w));
    s.card.id = id;
    if (w.revision > 0 && (w.is_changed || w.newest == 0)) {
        TRY(working_copy(r->a, r->db, id, w.revision, &c, why));
        fill(r->a, &c, &s);
    }
    *out = s;
    return OK;
}
