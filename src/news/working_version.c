#include "news/working.h"

#include "news/subject.h"
#include "store/sql.h"

static bool same_names(const struct copy_names *x, const struct copy_names *y)
{
    bool same = x->n == y->n;

    for (size_t i = 0; i < x->n && same; i++)
        same = str_eq(x->v[i], y->v[i]);
    return same;
}

static str join_names(arena *a, const struct copy_names *names, const struct byline_words *words)
{
    str out = {0};

    for (size_t i = 0; i < names->n; i++) {
        if (i > 0)
            out = str_join(a, out, i + 1 == names->n ? words->last : words->between);
        out = str_join(a, out, names->v[i]);
    }
    return out;
}

/* Who wrote it; as it is printed now where nobody has touched that ("Staff reporters", which are
 * nobody's page). */
static err fill_byline(struct desk *d, int64_t story, const struct copy *c,
                       const struct copy *stands, const struct byline_words *words,
                       struct draft *text)
{
    struct sql_story_whole row;
    struct sql_story_subjects_rows rows;
    str *authors;

    text->authors = c->bylines.v;
    text->author_count = c->bylines.n;
    text->byline = join_names(d->a, &c->bylines, words);
    if (stands == NULL || !same_names(&c->bylines, &stands->bylines))
        return OK;
    TRY(sql_story_whole(d->a, d->w, story, &row));
    TRY(sql_story_subjects(d->a, d->w, story, &rows));
    authors = arena_many(d->a, str, rows.n);
    text->author_count = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].kind == SUBJECT_AUTHOR)
            authors[text->author_count++] = rows.v[i].name;
    text->authors = authors;
    text->byline = row.byline;
    return OK;
}

static struct draft draft_of(const struct copy *c)
{
    return (struct draft){
        .section = c->section,
        .headline = c->headline,
        .short_headline = c->front_headline,
        .kicker = c->kicker,
        .standfirst = c->standfirst,
        .dateline = c->dateline,
        .credit = c->credit,
        .copyright = c->copyright,
        .source = c->source,
        .language = c->language,
        .front_headline = c->front_headline,
        .search_headline = c->search_headline,
        .social_headline = c->social_headline,
        .letter_headline = c->letter_headline,
        .topics = c->topics,
        .topic_count = c->topic_count,
        .places = c->places.v,
        .place_count = c->places.n,
        .hero = c->hero,
        .sets_hero = true,
        .body = c->body,
        .urgency = c->urgency,
        .embargo_at = c->embargo_at,
        .expiry_at = c->expiry_at,
    };
}

/* What copy over the wire has said and the editor does not show. */
static err keep_others(struct desk *d, int64_t story, const struct copy *c, struct draft *text)
{
    struct sql_story_whole row;
    err e = sql_story_whole(d->a, d->w, story, &row);

    if (e == E_MISSING)
        return OK;
    TRY(e);
    text->genre = row.genre;
    if (text->short_headline.n == 0 && str_eq(row.headline, c->headline))
        text->short_headline = row.short_headline;
    return OK;
}

/* What stands beside the words. */
static err write_beside(struct desk *d, int64_t story, const struct copy *c)
{
    int64_t half_stars = c->half_stars;
    bool has_end = c->expiry_at != 0;

    TRY(sql_story_labels_set(d->w, story, c->half_stars >= 0 ? &half_stars : NULL, c->reviewed,
                             c->origin, NULL));
    TRY(sql_story_expiry_set(d->w, story, has_end ? &c->expiry_at : NULL, NULL));
    TRY(sql_story_written_set(d->w, story, c->type, c->slug, c->rights_note, NULL));
    TRY(sql_story_tied_clear(d->w, story, NULL));
    for (size_t i = 0; i < c->related_count; i++)
        TRY(sql_story_tie(d->w, story, c->related[i], (int64_t)i, NULL));
    return OK;
}

/* What was said of the story since beside its words (a picture that came, a label at the command
 * line) goes in, where the copy has not changed the same. */
static err put_together(struct desk *d, const struct working *w, const struct copy *mine,
                        const struct copy *stands, struct copy_merge *out, note *why)
{
    struct copy base;

    TRY(working_copy(d->a, d->w, w->story, w->synced, &base, why));
    return copy_merge(d->a, &base, stands, mine, out, why);
}

static err check(const struct working *w, note *why)
{
    if (w->revision == 0 || (w->newest > 0 && !w->is_changed))
        return fail(why, E_CONFLICT, "nothing was written since the version that stands");
    if (w->is_newer)
        return fail(why, E_CONFLICT,
                    "version %d came since this was begun; put it together with it first",
                    w->newest);
    return OK;
}

err working_version(struct desk *d, int64_t story, enum version_kind kind, str reason,
                    const struct writer *by, const struct byline_words *words, note *why)
{
    struct working w;
    struct copy mine, stands;
    struct copy_merge m = {0};
    struct draft text;

    TRY(working_look(d->a, d->w, story, &w));
    TRY(check(&w, why));
    TRY(working_copy(d->a, d->w, w.story, w.revision, &mine, why));
    if (w.newest > 0) {
        TRY(copy_of_story(d->a, d->w, story, &stands, why));
        TRY(put_together(d, &w, &mine, &stands, &m, why));
        mine = m.copy;
    }
    if (mine.section == 0)
        return fail(why, E_INVALID, "a story needs a section");
    text = draft_of(&mine);
    TRY(fill_byline(d, story, &mine, w.newest > 0 ? &stands : NULL, words, &text));
    TRY(keep_others(d, story, &mine, &text));
    TRY(desk_rewrite(d, story, kind, reason, &text, why));
    TRY(write_beside(d, story, &mine));
    w.version = w.newest + 1;
    w.is_changed = false;
    w.synced = w.last + 1;
    /* as the store says it, so that what is compared with it later is alike */
    TRY(copy_of_story(d->a, d->w, story, &stands, why));
    return working_keep(d, &w, REVISION_published, S(""), by, w.revision, &stands,
                        copy_write(d->a, &stands));
}

err working_restore_version(struct desk *d, int64_t story, int64_t number, str name,
                            const struct writer *by, note *why)
{
    struct standing standing;
    struct working w;
    struct copy now, c;
    int64_t made_at;
    str json;

    TRY(desk_standing(d, story, &standing, why));
    if (standing.state == STATE_KILLED)
        return fail(why, E_GONE, "the story was killed: nothing of it is written any more");
    TRY(working_open(d, story, &w, why));
    TRY(working_copy(d->a, d->w, story, w.revision, &now, why));
    TRY(copy_of_version(d->a, d->w, story, number, &now, &c, &made_at, why));
    json = copy_write(d->a, &c);
    TRY(working_is_ahead(d, &w, json, &w.is_changed));
    return working_keep(d, &w, REVISION_restored, name, by, w.revision, &c, json);
}
