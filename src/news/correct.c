#include "news/desk.h"

#include "store/sql.h"

/* The newest version as a draft again, but for who wrote it and what it is about. */
static err read_back(struct desk *d, int64_t story, struct draft *out, note *why)
{
    struct sql_story_whole row;

    TRY(sql_story_whole(d->a, d->w, story, &row));

    struct draft text = {
        .section = row.section,
        .headline = row.headline,
        .short_headline = row.short_headline,
        .front_headline = row.front_headline,
        .search_headline = row.search_headline,
        .social_headline = row.social_headline,
        .letter_headline = row.letter_headline,
        .kicker = row.kicker,
        .standfirst = row.standfirst,
        .dateline = row.dateline,
        .credit = row.credit,
        .copyright = row.copyright,
        .source = row.source,
        .genre = row.genre,
        .language = row.language,
        .byline = row.byline,
        .urgency = (int)row.urgency,
        .embargo_at = row.has_embargo_at ? row.embargo_at : 0,
        .expiry_at = row.has_expiry_at ? row.expiry_at : 0,
        .keeps_names = true,
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

err desk_correction_note(struct desk *d, int64_t story, const struct correction *c)
{
    bool is_at_top =
        c->place == CORRECTION_BY_KIND ? c->kind == VERSION_CORRECTION : c->place == CORRECTION_TOP;

    return sql_story_version_note(d->w, story, is_at_top, c->why, NULL);
}
