#include "news/desk.h"

#include "news/paper.h"
#include "news/story_path.h"
#include "store/sql.h"
#include "text/dates.h"

/* A moment in the years that an address can hold. */
static bool is_sane(int64_t at)
{
    return at > 0 && at < INT64_C(253402300800) * SECOND_US;
}

/* Not before its embargo, not after its expiry. */
static err check_times(struct desk *d, const struct standing *s, int64_t at, note *why)
{
    if (s->embargo_at > d->now && at < s->embargo_at)
        return fail(why, E_CONFLICT, "the story is under embargo until %.*s",
                    STR(date_iso(d->a, s->embargo_at)));
    if (s->expiry_at != 0 && s->expiry_at <= at && s->state != STATE_NONE)
        return fail(why, E_CONFLICT, "the story may not be shown after %.*s",
                    STR(date_iso(d->a, s->expiry_at)));
    return OK;
}

/* No two stories are public from the same microsecond on, so that lists and neighbours have one
 * order and go on where they stopped.  A later one never becomes visible too early: it moves
 * forward, or, where that would hide it from readers who may have it now, back. */
static err own_moment(struct desk *d, int64_t story, int64_t *at)
{
    struct sql_story_moments_near near;

    TRY(sql_story_moments_near(d->a, d->w, story, *at, &near));
    if (near.taken)
        *at = *at <= d->now && near.last >= d->now ? near.first - 1 : near.last + 1;
    return OK;
}

/* An address is for ever from the moment that readers could have it; what was scheduled and comes
 * on another day after all has that day's. */
static err settle_path(struct desk *d, const struct standing *s, int64_t at, note *why)
{
    struct sql_story_was_shown was;

    TRY(sql_story_was_shown(d->a, d->w, s->id, d->now, &was));
    if (s->path.n > 0 && was.shown)
        return OK;
    TRY(sql_story_path_take_back(d->w, s->id, NULL));
    return story_path_give(d, s, at, why);
}

err desk_publish(struct desk *d, int64_t story, int64_t at, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_standing(d, story, &s, why));
    if (s.version == 0)
        return fail(why, E_CONFLICT, "the story is being written at the desk; publish it there");
    if (at == 0)
        at = s.embargo_at > d->now ? s.embargo_at : d->now;
    if (!is_sane(at))
        return fail(why, E_INVALID, "the time to publish lies outside the years 1970 to 9999");

    enum public_state to = at > d->now ? STATE_SCHEDULED : STATE_LIVE;

    if (s.state == STATE_LIVE)
        return fail(why, E_CONFLICT, "the story is live already");
    TRY(state_check_move(s.state, to, why));
    TRY(check_times(d, &s, at, why));
    TRY(desk_tags(d, &s, &tags));
    if (s.state == STATE_WITHDRAWN)
        TRY(sql_story_versions_hide_older(d->w, story, S(""), NULL));
    if (s.state == STATE_WITHDRAWN && to == STATE_LIVE && s.public_at != 0 && s.public_at <= d->now)
        at = s.public_at; /* back at its old place */
    TRY(settle_path(d, &s, at, why));
    TRY(own_moment(d, story, &at));
    TRY(desk_move(d, story, to, &at, S("")));
    TRY(desk_standing(d, story, &s, why));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, to == STATE_LIVE ? EVENT_story_published : EVENT_story_scheduled, S(""),
                     &tags, why);
}

err desk_unschedule(struct desk *d, int64_t story, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_standing(d, story, &s, why));
    if (s.state != STATE_SCHEDULED)
        return fail(why, E_CONFLICT, "the story is not scheduled but %.*s",
                    STR(state_word(s.state)));
    TRY(desk_tags(d, &s, &tags));
    TRY(desk_move(d, story, STATE_NONE, NULL, S("")));
    return desk_tell(d, &s, EVENT_story_saved, S(""), &tags, why);
}
