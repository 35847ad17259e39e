#include "news/breaking.h"

#include "base/utf8.h"
#include "store/sql.h"

/* What was corrected in its story after the line was said is said in the line's stead. */
static void follow_story(const struct sql_breaking_stands *row, const struct story *story,
                         struct breaking *out)
{
    out->path = story->card.path;
    for (size_t i = 0; i < story->correction_count; i++)
        if (story->corrections[i].at > row->changed_at) {
            out->words = story->card.headline;
            out->is_corrected = true;
        }
}

err breaking_now(struct reading *r, struct breaking *out)
{
    struct sql_breaking_stands row;
    struct story story;

    TRY(sql_breaking_stands(r->a, r->db, r->now, &row));
    reading_until(r, row.until_at);
    *out = (struct breaking){
        .id = row.breaking,
        .story = row.story,
        .words = row.words,
        .told_at = row.told_at,
        .until_at = row.until_at,
        .is_corrected = row.is_corrected,
    };
    if (!row.has_story)
        return OK;

    err e = story_by_id(r, row.story, &story);

    if (e == OK)
        follow_story(&row, &story, out);
    return e == E_GONE ? E_MISSING : e;
}

/* --- the desk --- */

static err tell(struct desk *d, int64_t id, enum event_kind kind, note *why)
{
    struct tag_set tags = tag_set_new(d->a);

    tag_set_add(&tags, tag_of(TAG_breaking, 0));
    return event_add(d->w, kind, id, &tags, S("{}"), why);
}

static err check(struct desk *d, const struct breaking_words *t, note *why)
{
    struct standing story;

    if (t->words.n == 0 || utf8_length(t->words) > BREAKING_WORDS_MAX)
        return fail(why, E_INVALID, "breaking news has 1 to %d letters", BREAKING_WORDS_MAX);
    if (t->minutes < 1 || t->minutes > BREAKING_LONGEST_MIN)
        return fail(why, E_INVALID, "it stands for 1 to %d minutes", BREAKING_LONGEST_MIN);
    if (t->story == 0)
        return OK;
    TRY(desk_standing(d, t->story, &story, why));
    if (story.state != STATE_LIVE)
        return fail(why, E_CONFLICT, "readers do not have story %lld", (long long)t->story);
    return OK;
}

static int64_t until(const struct desk *d, const struct breaking_words *t)
{
    return d->now + t->minutes * MINUTE_US;
}

static const int64_t *leads_to(const struct breaking_words *t)
{
    return t->story != 0 ? &t->story : NULL;
}

err breaking_tell(struct desk *d, const struct breaking_words *text, int64_t *id, note *why)
{
    struct sql_breaking_add made;

    TRY(check(d, text, why));
    TRY(sql_breaking_end(d->w, d->now, NULL));
    TRY(sql_breaking_add(d->a, d->w, leads_to(text), text->words, d->now, until(d, text), &made));
    *id = made.breaking;
    return tell(d, made.breaking, EVENT_breaking_told, why);
}

static err standing(struct desk *d, struct sql_breaking_stands *out, note *why)
{
    err e = sql_breaking_stands(d->a, d->w, d->now, out);

    return e == E_MISSING ? fail(why, E_GONE, "no breaking news stands now") : e;
}

err breaking_change(struct desk *d, int64_t id, const struct breaking_words *text, note *why)
{
    struct sql_breaking_stands now;

    TRY(check(d, text, why));
    TRY(standing(d, &now, why));
    if (now.breaking != id)
        return fail(why, E_GONE, "other breaking news stands now");
    TRY(sql_breaking_change(d->w, id, leads_to(text), text->words, text->corrects, d->now,
                            until(d, text), NULL));
    return tell(d, id, EVENT_breaking_changed, why);
}

err breaking_end(struct desk *d, note *why)
{
    struct sql_breaking_stands now;

    TRY(standing(d, &now, why));
    TRY(sql_breaking_end(d->w, d->now, NULL));
    return tell(d, now.breaking, EVENT_breaking_ended, why);
}
