#include "news/story.h"

#include "news/subject.h"
#include "store/sql.h"

static struct gate_facts facts_of(const struct sql_story_card *row)
{
    return (struct gate_facts){
        .state = (enum public_state)row->public_state,
        .public_at = row->has_public_at ? row->public_at : 0,
        .expiry_at = row->has_expiry_at ? row->expiry_at : 0,
    };
}

static struct card card_of(const struct sql_story_card *row)
{
    return (struct card){
        .id = row->story,
        .section = row->section,
        .path = row->path,
        .headline = row->headline,
        .kicker = row->kicker,
        .standfirst = row->standfirst,
        .byline = row->byline,
        .language = row->language,
        .genre = row->genre,
        .front_headline = row->front_headline,
        .type = row->type,
        .coverage = (int)row->coverage,
        .public_at = row->public_at,
        .changed_at = row->changed_at,
        .hero = row->has_hero ? row->hero : 0,
        .hero_alt = row->hero_alt,
        .urgency = (int)row->urgency,
        .words = (int)row->words,
        .version = (int)row->version,
        .is_rated = row->has_half_stars,
        .half_stars = row->has_half_stars ? (int)row->half_stars : 0,
        .film_ms = row->film_ms,
        .sound_ms = row->sound_ms,
    };
}

/* The rows that the gate lets through. */
static err through_gate(struct reading *r, const struct sql_story_card_rows *rows,
                        struct cards *out)
{
    struct cards cards = {arena_many(r->a, struct card, rows->n), 0};

    for (size_t i = 0; i < rows->n; i++) {
        struct gate_facts facts = facts_of(&rows->v[i]);
        enum gate_word word = reading_gate(r, &facts);

        if (word == GATE_FULL || word == GATE_TEASER)
            cards.v[cards.n++] = card_of(&rows->v[i]);
    }
    TRY(reading_until_next_change(r));
    *out = cards;
    return OK;
}

err stories_latest(struct reading *r, int64_t before, size_t many, struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_latest(r->a, r->db, r->reach, before, (int64_t)many, &rows));
    return through_gate(r, &rows, out);
}

err stories_of_section(struct reading *r, int64_t section, int64_t before, size_t many,
                       struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_of_section(r->a, r->db, section, r->reach, before, (int64_t)many, &rows));
    return through_gate(r, &rows, out);
}

err stories_of_subject(struct reading *r, int64_t subject, int64_t before, size_t many,
                       struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_of_subject(r->a, r->db, subject, r->reach, before, (int64_t)many, &rows));
    return through_gate(r, &rows, out);
}

err stories_of_day(struct reading *r, int64_t since, int64_t before, size_t many, struct cards *out)
{
    struct sql_story_card_rows rows;

    /* a paper's day may reach into two UTC days; the page depends on both */
    tag_set_add(&r->tags, tag_of(TAG_day, (before - 1) / DAY_US));
    TRY(sql_stories_of_day(r->a, r->db, since / DAY_US, r->reach, since, before, (int64_t)many,
                           &rows));
    return through_gate(r, &rows, out);
}

err stories_by_id(struct reading *r, const int64_t *ids, size_t n, struct cards *out)
{
    struct sql_story_card_rows rows = {arena_many(r->a, struct sql_story_card, n), 0};

    for (size_t i = 0; i < n; i++) {
        err found = sql_story_card(r->a, r->db, ids[i], &rows.v[rows.n]);

        if (found == OK)
            rows.n++;
        else if (found != E_MISSING)
            return found;
    }
    return through_gate(r, &rows, out);
}

err stories_tied(struct reading *r, const struct story *of, struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_tied(r->a, r->db, of->card.id, &rows));
    return through_gate(r, &rows, out);
}

err stories_pinned(struct reading *r, int64_t front, struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_pinned(r->a, r->db, front, &rows));
    return through_gate(r, &rows, out);
}

err stories_of_each_section(struct reading *r, size_t many, struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_of_each_section(r->a, r->db, r->reach, (int64_t)many, &rows));
    return through_gate(r, &rows, out);
}

err stories_most_read(struct reading *r, int64_t section, size_t many, struct cards *out)
{
    struct sql_story_card_rows rows;

    TRY(sql_stories_most_read(r->a, r->db, section != 0 ? &section : NULL, r->reach, (int64_t)many,
                              &rows));
    return through_gate(r, &rows, out);
}

static err as_cards(struct reading *r, err found, struct sql_story_card *row, struct cards *out)
{
    struct sql_story_card_rows rows = {row, found == OK ? 1 : 0};

    if (found != OK && found != E_MISSING)
        return found;
    return through_gate(r, &rows, out);
}

err story_neighbours(struct reading *r, const struct card *of, struct cards *before,
                     struct cards *after)
{
    struct sql_story_card row;
    err found = sql_story_before(r->a, r->db, of->section, of->public_at, r->reach, &row);

    TRY(as_cards(r, found, &row, before));
    found = sql_story_after(r->a, r->db, of->section, of->public_at, r->reach, &row);
    return as_cards(r, found, &row, after);
}

static struct card card_of_whole(const struct sql_story_whole *row)
{
    return (struct card){
        .id = row->story,
        .section = row->section,
        .path = row->path,
        .headline = row->headline,
        .kicker = row->kicker,
        .standfirst = row->standfirst,
        .byline = row->byline,
        .language = row->language,
        .genre = row->genre,
        .front_headline = row->front_headline,
        .type = row->type,
        .coverage = (int)row->coverage,
        .public_at = row->has_public_at ? row->public_at : 0,
        .changed_at = row->changed_at,
        .hero = row->has_hero ? row->hero : 0,
        .hero_alt = row->hero_alt,
        .urgency = (int)row->urgency,
        .words = (int)row->words,
        .version = (int)row->version,
        .is_rated = row->has_half_stars,
        .half_stars = row->has_half_stars ? (int)row->half_stars : 0,
        .film_ms = row->film_ms,
        .sound_ms = row->sound_ms,
    };
}

/* They come kind by kind. */
static err add_subjects(struct reading *r, struct story *s)
{
    struct sql_story_subjects_rows rows;
    struct story_subject *all;
    struct {
        struct story_subject **v;
        size_t *n;
    } lists[SUBJECT_KINDS] = {{&s->topics, &s->topic_count},
                              {&s->authors, &s->author_count},
                              {&s->places, &s->place_count}};

    TRY(sql_story_subjects(r->a, r->db, s->card.id, &rows));
    all = arena_many(r->a, struct story_subject, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_story_subjects *row = &rows.v[i];

        all[i] = (struct story_subject){row->subject, row->slug, row->name, row->role};
        if (row->kind < 0 || row->kind >= SUBJECT_KINDS)
            continue;
        if (*lists[row->kind].n == 0)
            *lists[row->kind].v = &all[i];
        ++*lists[row->kind].n;
    }
    return OK;
}

static err add_corrections(struct reading *r, struct story *s)
{
    struct sql_story_corrections_rows rows;

    TRY(sql_story_corrections(r->a, r->db, s->card.id, &rows));
    s->corrections = arena_many(r->a, struct story_correction, rows.n);
    s->correction_count = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        s->corrections[i] = (struct story_correction){rows.v[i].kind, rows.v[i].reason,
                                                      rows.v[i].made_at, rows.v[i].is_at_top};
    return OK;
}

/* What the gate has let through, word by word. */
static err fill(struct reading *r, const struct sql_story_whole *row, enum gate_word word,
                struct story *out)
{
    struct story s = {
        .card = card_of_whole(row),
        .gate = word,
        .state = (enum public_state)row->public_state,
        .short_headline = row->short_headline,
        .search_headline = row->search_headline,
        .social_headline = row->social_headline,
        .dateline = row->dateline,
        .credit = row->credit,
        .copyright = row->copyright,
        .source = row->source,
        .kind = row->kind,
        .reason = row->reason,
        .hero_caption = row->hero_caption,
        .hero_credit = row->hero_credit,
        .origin = row->origin,
        .reviewed = row->reviewed,
        .is_rated = row->has_half_stars,
        .half_stars = row->has_half_stars ? (int)row->half_stars : 0,
        .versions = (int)row->versions,
    };

    if (word == GATE_FULL)
        TRY(body_from_store(r->a, row->body, &s.body, NULL));
    TRY(add_subjects(r, &s));
    TRY(add_corrections(r, &s));
    *out = s;
    return OK;
}

err story_by_id(struct reading *r, int64_t id, struct story *out)
{
    struct sql_story_whole row;

    TRY(sql_story_whole(r->a, r->db, id, &row));

    struct gate_facts facts = {
        .state = (enum public_state)row.public_state,
        .public_at = row.has_public_at ? row.public_at : 0,
        .expiry_at = row.has_expiry_at ? row.expiry_at : 0,
    };
    enum gate_word word = reading_gate(r, &facts);

    switch (word) {
    case GATE_NOT_YET:
        return E_MISSING;
    case GATE_WITHDRAWN:
    case GATE_KILLED:
        return E_GONE;
    case GATE_FULL:
    case GATE_TEASER:
    default:
        return fill(r, &row, word, out);
    }
}

err story_at(struct reading *r, str path, struct story *out, str *moved)
{
    struct sql_story_at_path at;

    TRY(sql_story_at_path(r->a, r->db, path, &at));
    TRY(story_by_id(r, at.story, out));
    *moved = str_eq(at.path, path) ? (str){0} : at.path;
    return OK;
}
