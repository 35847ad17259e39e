#include "news/desk.h"

#include "store/sql.h"

/* The newest version as a draft again. */
static err read_back(struct desk *d, int64_t story, struct draft *out, note *why)
{
    struct sql_story_whole row;
    struct sql_story_topics_rows topics;
    struct sql_story_authors_rows authors;

    TRY(sql_story_whole(d->a, d->w, story, &row));
    TRY(sql_story_topics(d->a, d->w, story, &topics));
    TRY(sql_story_authors(d->a, d->w, story, &authors));

    struct draft_topic *about = arena_many(d->a, struct draft_topic, topics.n);
    str *names = arena_many(d->a, str, authors.n);

    for (size_t i = 0; i < topics.n; i++)
        about[i].name = topics.v[i].name;
    for (size_t i = 0; i < authors.n; i++)
        names[i] = authors.v[i].name;

    struct draft text = {
        .section = row.section,
        .headline = row.headline,
        .short_headline = row.short_headline,
        .kicker = row.kicker,
        .standfirst = row.standfirst,
        .dateline = row.dateline,
        .credit = row.credit,
        .copyright = row.copyright,
        .source = row.source,
        .genre = row.genre,
        .language = row.language,
        .byline = row.byline,
        .authors = names,
        .author_count = authors.n,
        .topics = about,
        .topic_count = topics.n,
        .urgency = (int)row.urgency,
        .expiry_at = row.has_expiry_at ? row.expiry_at : 0,
    };

    TRY(body_from_json(d->a, row.body, &text.body, why));
    *out = text;
    return OK;
}

err desk_correct(struct desk *d, int64_t story, const struct correction *c, note *why)
{
    struct standing s;
    struct draft text;

    TRY(desk_standing(d, story, &s, why));
    if (s.state != STATE_LIVE && s.state != STATE_SCHEDULED)
        return fail(why, E_CONFLICT, "only a published story can be corrected; this one is %.*s",
                    STR(state_word(s.state)));
    TRY(read_back(d, story, &text, why));
    if (c->headline.p != NULL)
        text.headline = c->headline;
    if (c->standfirst.p != NULL)
        text.standfirst = c->standfirst;
    return desk_rewrite(d, story, c->kind, c->reason, &text, why);
}
