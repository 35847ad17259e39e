#include "news/copy.h"

#include "news/subject.h"
#include "store/sql.h"

static bool is_rated(const struct sql_story_whole *row)
{
    return row->has_half_stars;
}

/* What copy over the wire does not say. */
static str type_of(const struct sql_story_whole *row, const struct sql_story_written *written)
{
    if (written->type.n > 0)
        return written->type;
    if (is_rated(row) || str_eq_nocase(row->genre, S("review")))
        return S("review");
    return written->is_opinion || str_eq_nocase(row->genre, S("opinion")) ? S("opinion")
                                                                          : S("news");
}

/* A byline that names nobody with a page is a name too. */
static void fill_names(arena *a, const struct sql_story_subjects_rows *rows, str byline,
                       struct copy *c)
{
    str *authors = arena_many(a, str, rows->n + 1), *places = arena_many(a, str, rows->n);
    struct draft_topic *topics = arena_many(a, struct draft_topic, rows->n);

    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_story_subjects *row = &rows->v[i];

        if (row->kind == SUBJECT_AUTHOR)
            authors[c->bylines.n++] = row->name;
        else if (row->kind == SUBJECT_PLACE)
            places[c->places.n++] = row->name;
        else if (row->kind == SUBJECT_TOPIC)
            topics[c->topic_count++] = (struct draft_topic){row->name, row->code};
    }
    if (c->bylines.n == 0 && byline.n > 0 && byline.n <= COPY_NAME_MAX)
        authors[c->bylines.n++] = byline;
    c->bylines.v = authors;
    c->places.v = places;
    c->topics = topics;
}

static err fill_related(arena *a, store_conn *db, int64_t story, struct copy *c)
{
    struct sql_story_related_ids_rows rows;
    int64_t *related;

    TRY(sql_story_related_ids(a, db, story, &rows));
    related = arena_many(a, int64_t, rows.n);
    for (size_t i = 0; i < rows.n && i < COPY_RELATED_MAX; i++)
        related[c->related_count++] = rows.v[i].other;
    c->related = related;
    return OK;
}

static struct copy copy_of(const struct sql_story_whole *row,
                           const struct sql_story_written *written)
{
    return (struct copy){
        .type = type_of(row, written),
        .section = row->section,
        .language = row->language,
        .headline = row->headline,
        .front_headline = row->front_headline,
        .search_headline = row->search_headline,
        .social_headline = row->social_headline,
        .letter_headline = row->letter_headline,
        .kicker = row->kicker,
        .standfirst = row->standfirst,
        .dateline = row->dateline,
        .slug = written->slug,
        .origin = row->origin,
        .source = row->source,
        .credit = row->credit,
        .copyright = row->copyright,
        .rights_note = written->rights_note,
        .reviewed = row->reviewed,
        .half_stars = is_rated(row) ? (int)row->half_stars : -1,
        .urgency = (int)row->urgency,
        .embargo_at = row->has_embargo_at ? row->embargo_at : 0,
        .expiry_at = row->has_expiry_at ? row->expiry_at : 0,
        .hero = {row->has_hero ? row->hero : 0, row->hero_caption, row->hero_credit, row->hero_alt},
    };
}

/* The first film of its text leads a story that has no picture: nobody has chosen that. */
static err forget_lent(arena *a, store_conn *db, int64_t story, struct copy *c)
{
    struct sql_story_hero_lent lent;

    TRY(sql_story_hero_lent(a, db, story, &lent));
    if (lent.is_lent)
        c->hero = (struct draft_picture){0};
    return OK;
}

err copy_of_story(arena *a, store_conn *db, int64_t story, struct copy *out, note *why)
{
    struct sql_story_whole row;
    struct sql_story_written written;
    struct sql_story_subjects_rows subjects;
    struct sql_working_story bare;
    struct copy c;
    err e;

    TRY(sql_story_written(a, db, story, &written));
    e = sql_story_whole(a, db, story, &row);
    if (e == E_MISSING) { /* no version yet */
        TRY(sql_working_story(a, db, story, &bare));
        *out =
            copy_empty(written.type.n > 0 ? written.type : S("news"), bare.section, bare.language);
        return OK;
    }
    TRY(e);
    c = copy_of(&row, &written);
    TRY(sql_story_subjects(a, db, story, &subjects));
    fill_names(a, &subjects, row.byline, &c);
    TRY(fill_related(a, db, story, &c));
    TRY(forget_lent(a, db, story, &c));
    TRY(body_from_json(a, row.body, &c.body, why));
    *out = c;
    return OK;
}

struct copy copy_of_draft(arena *a, const struct draft *text, const struct copy *rest)
{
    struct copy c = *rest;
    str *byline = arena_one(a, str);

    *byline = text->byline;
    c.section = text->section;
    c.language = text->language;
    c.headline = text->headline;
    c.kicker = text->kicker;
    c.standfirst = text->standfirst;
    c.dateline = text->dateline;
    c.source = text->source;
    c.credit = text->credit;
    c.copyright = text->copyright;
    c.bylines = text->author_count > 0
                    ? (struct copy_names){text->authors, text->author_count}
                    : (struct copy_names){byline, byline->n > 0 && byline->n <= COPY_NAME_MAX};
    c.places = (struct copy_names){text->places, text->place_count};
    c.topics = text->topics;
    c.topic_count = text->topic_count;
    c.urgency = text->urgency;
    c.embargo_at = text->embargo_at;
    c.expiry_at = text->expiry_at;
    if (text->hero.media != 0)
        c.hero = text->hero;
    c.body = text->body;
    return c;
}

err copy_of_version(arena *a, store_conn *db, int64_t story, int64_t number,
                    const struct copy *rest, struct copy *out, int64_t *made_at, note *why)
{
    struct sql_version_words row;
    struct copy c = *rest;

    TRY(sql_version_words(a, db, story, number, &row));
    c.headline = row.headline;
    c.front_headline = row.front_headline;
    c.search_headline = row.search_headline;
    c.social_headline = row.social_headline;
    c.letter_headline = row.letter_headline;
    c.kicker = row.kicker;
    c.standfirst = row.standfirst;
    c.dateline = row.dateline;
    c.credit = row.credit;
    c.copyright = row.copyright;
    TRY(body_from_json(a, row.body, &c.body, why));
    *made_at = row.made_at;
    *out = c;
    return OK;
}
