#include "news/desk.h"

#include "news/subject.h"
#include "store/sql.h"

static str kind_word(enum version_kind kind)
{
    static const str words[] = {S_INIT("first"), S_INIT("update"), S_INIT("correction"),
                                S_INIT("clarification"), S_INIT("edit")};

    return words[kind];
}

/* Each once, in order. */
static err set_subjects(struct desk *d, int64_t story, enum subject_kind kind,
                        const struct draft_topic *named, size_t n, size_t most)
{
    int64_t *seen = arena_many(d->a, int64_t, most);
    size_t count = 0;

    for (size_t i = 0; i < n && count < most; i++) {
        int64_t subject;
        bool twice = false;

        TRY(subject_named(d, kind, named[i].name, named[i].code, &subject));
        for (size_t j = 0; j < count; j++)
            twice = twice || seen[j] == subject;
        if (twice)
            continue;
        TRY(sql_story_subject_add(d->w, story, kind, (int64_t)count, subject, NULL));
        seen[count++] = subject;
    }
    return OK;
}

static const struct draft_topic *only_names(arena *a, const str *names, size_t n)
{
    struct draft_topic *out = arena_many(a, struct draft_topic, n);

    for (size_t i = 0; i < n; i++)
        out[i] = (struct draft_topic){names[i], S("")};
    return out;
}

static err set_names(struct desk *d, int64_t story, const struct draft *text)
{
    TRY(set_subjects(d, story, SUBJECT_TOPIC, text->topics, text->topic_count, STORY_TOPICS_MAX));
    TRY(set_subjects(d, story, SUBJECT_AUTHOR, only_names(d->a, text->authors, text->author_count),
                     text->author_count, STORY_AUTHORS_MAX));
    return set_subjects(d, story, SUBJECT_PLACE, only_names(d->a, text->places, text->place_count),
                        text->place_count, STORY_PLACES_MAX);
}

/* The pictures that its text shows, for the gate of pictures. */
static err set_pictures(struct desk *d, int64_t story, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].media != 0)
            TRY(sql_story_media_add(d->w, story, blocks[i].media, NULL));
        TRY(set_pictures(d, story, blocks[i].children, blocks[i].child_count));
    }
    return OK;
}

/* What the version before showed, and who and what it was about. */
static err forget(struct desk *d, int64_t story, bool keeps_names)
{
    TRY(sql_story_film_give_back(d->w, story, NULL));
    TRY(sql_story_media_clear(d->w, story, NULL));
    return keeps_names ? OK : sql_story_subjects_clear(d->w, story, NULL);
}

static err set_version(struct desk *d, int64_t story, int number, enum version_kind kind,
                       str reason, const struct draft *text)
{
    int64_t words = (int64_t)body_words(&text->body);
    struct sql_story_version_add_in version = {
        .story = story,
        .number = number,
        .kind = kind_word(kind),
        .reason = reason,
        .made_at = d->now,
        .headline = text->headline,
        .short_headline = text->short_headline,
        .kicker = text->kicker,
        .standfirst = text->standfirst,
        .byline = text->byline,
        .dateline = text->dateline,
        .credit = text->credit,
        .copyright = text->copyright,
        .body = body_to_json(d->a, &text->body),
        .words = words,
        .front_headline = text->front_headline,
        .search_headline = text->search_headline,
        .social_headline = text->social_headline,
        .letter_headline = text->letter_headline,
        .is_at_top = kind == VERSION_CORRECTION,
    };
    struct sql_story_set_in shown = {
        .story = story,
        .section = text->section,
        .version = number,
        .changed_at = d->now,
        .expiry_at = text->expiry_at,
        .has_expiry_at = text->expiry_at != 0,
        .embargo_at = text->embargo_at,
        .has_embargo_at = text->embargo_at != 0,
        .urgency = text->urgency,
        .genre = text->genre,
        .language = text->language,
        .headline = text->headline,
        .front_headline = text->front_headline,
        .kicker = text->kicker,
        .standfirst = text->standfirst,
        .byline = text->byline,
        .source = text->source,
        .words = words,
    };

    TRY(sql_story_version_add(d->w, &version, NULL));
    TRY(sql_story_set(d->w, &shown, NULL));
    TRY(desk_label_from(d, story, text));
    if (number > 1)
        TRY(forget(d, story, text->keeps_names));
    TRY(set_pictures(d, story, text->body.blocks, text->body.count));
    return text->keeps_names ? OK : set_names(d, story, text);
}

/* Where there is no picture a film of the text leads the story, until a picture comes. */
static err settle_films(struct desk *d, int64_t story)
{
    TRY(sql_story_film_lend(d->w, story, NULL));
    return sql_story_films_set(d->w, story, NULL);
}

static err set_hero(struct desk *d, int64_t story, const struct draft_picture *hero)
{
    TRY(sql_story_hero_set(d->w, story, hero->media != 0 ? &hero->media : NULL, hero->caption,
                           hero->credit, hero->alt, NULL));
    return settle_films(d, story);
}

err desk_write(struct desk *d, const struct draft *text, int64_t *story, note *why)
{
    struct sql_story_add added;
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    if (str_trim(text->headline).n == 0)
        return fail(why, E_INVALID, "a story needs a headline");
    TRY(sql_story_add(d->a, d->w, text->section, d->now, text->headline, &added));
    TRY(set_version(d, added.story, 1, VERSION_FIRST, S(""), text));
    TRY(set_hero(d, added.story, &text->hero));
    TRY(desk_standing(d, added.story, &s, why));
    tag_set_add(&tags, tag_of(TAG_story, s.id));
    TRY(desk_tell(d, &s, EVENT_story_saved, S(""), &tags, why));
    *story = added.story;
    return OK;
}

/* Readers have the newest version as soon as they have the story. */
static err show_version(struct desk *d, const struct standing *s)
{
    if (s->state != STATE_LIVE && s->state != STATE_SCHEDULED)
        return OK;
    if (s->state == STATE_SCHEDULED)
        TRY(sql_story_versions_unshow(d->w, s->id, d->now, NULL));
    return sql_story_version_show(d->w, s->id, s->public_at, d->now, NULL);
}

err desk_rewrite(struct desk *d, int64_t story, enum version_kind kind, str reason,
                 const struct draft *text, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);
    bool corrects = kind == VERSION_CORRECTION || kind == VERSION_CLARIFICATION;

    if (str_trim(text->headline).n == 0)
        return fail(why, E_INVALID, "a story needs a headline");
    if (corrects && str_trim(reason).n == 0)
        return fail(why, E_INVALID, "a correction needs a reason for readers");
    TRY(desk_standing(d, story, &s, why));
    if (s.state == STATE_KILLED)
        return state_check_move(s.state, STATE_LIVE, why);
    if (s.version == 0) /* what was begun at the desk has none yet */
        kind = VERSION_FIRST;
    TRY(desk_tags(d, &s, &tags)); /* where it stood until now */
    TRY(set_version(d, story, s.version + 1, kind, reason, text));
    TRY(show_version(d, &s));
    TRY(text->hero.media != 0 || text->sets_hero ? set_hero(d, story, &text->hero)
                                                 : settle_films(d, story));
    TRY(desk_standing(d, story, &s, why));
    TRY(desk_tags(d, &s, &tags)); /* where it stands from now on */

    return desk_tell(d, &s,
                     s.state != STATE_LIVE ? EVENT_story_saved
                     : corrects            ? EVENT_story_corrected
                                           : EVENT_story_updated,
                     reason, &tags, why);
}

err desk_illustrate(struct desk *d, int64_t story, const struct draft_picture *hero, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_standing(d, story, &s, why));
    TRY(set_hero(d, story, hero));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, s.state == STATE_LIVE ? EVENT_story_updated : EVENT_story_saved, S(""),
                     &tags, why);
}
