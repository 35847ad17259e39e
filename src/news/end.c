#include "news/desk.h"

#include "store/sql.h"
#include "text/dates.h"

static err check(struct desk *d, const struct standing *s, int64_t at, note *why)
{
    if (s->state == STATE_WITHDRAWN || s->state == STATE_KILLED)
        return fail(why, E_CONFLICT, "the story was taken down already");
    if (at != 0 && at <= d->now)
        return fail(why, E_CONFLICT, "%.*s is over", STR(date_iso(d->a, at)));
    if (at != 0 && at <= s->public_at)
        return fail(why, E_CONFLICT, "the story is not public before %.*s",
                    STR(date_iso(d->a, s->public_at)));
    return OK;
}

err desk_end(struct desk *d, int64_t story, int64_t at, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_standing(d, story, &s, why));
    TRY(check(d, &s, at, why));
    TRY(sql_story_expiry_set(d->w, story, at != 0 ? &at : NULL, NULL));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, s.state == STATE_LIVE ? EVENT_story_updated : EVENT_story_saved, S(""),
                     &tags, why);
}
