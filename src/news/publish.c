#include "news/desk.h"

#include "news/paper.h"
#include "news/story_path.h"
#include "store/sql.h"

/* A moment in the years that an address can hold. */
static bool is_sane(int64_t at)
{
    return at > 0 && at < INT64_C(253402300800) * SECOND_US;
}

err desk_publish(struct desk *d, int64_t story, int64_t at, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    if (at == 0)
        at = d->now;
    if (!is_sane(at))
        return fail(why, E_INVALID, "the time to publish lies outside the years 1970 to 9999");
    TRY(desk_standing(d, story, &s, why));

    enum public_state to = at > d->now ? STATE_SCHEDULED : STATE_LIVE;

    if (s.state == STATE_LIVE)
        return fail(why, E_CONFLICT, "the story is live already");
    TRY(state_check_move(s.state, to, why));
    TRY(desk_tags(d, &s, &tags));
    if (s.public_at != 0 && s.state == STATE_WITHDRAWN && to == STATE_LIVE)
        at = s.public_at; /* back at its old place */
    if (s.path.n == 0)
        TRY(story_path_give(d, &s, at, why));
    TRY(sql_story_state_set(d->w, story, to, &at, S(""), NULL));
    TRY(desk_standing(d, story, &s, why));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, to == STATE_LIVE ? EVENT_story_published : EVENT_story_scheduled, S(""),
                     &tags, why);
}
