#include "news/desk.h"

#include "store/sql.h"

static err take_down(struct desk *d, int64_t story, enum public_state to, enum event_kind kind,
                     str reason, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_standing(d, story, &s, why));
    TRY(state_check_move(s.state, to, why));
    TRY(desk_move(d, story, to, s.public_at != 0 ? &s.public_at : NULL, reason));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, kind, reason, &tags, why);
}

err desk_withdraw(struct desk *d, int64_t story, str reason, note *why)
{
    return take_down(d, story, STATE_WITHDRAWN, EVENT_story_withdrawn, reason, why);
}

err desk_kill(struct desk *d, int64_t story, str reason, note *why)
{
    return take_down(d, story, STATE_KILLED, EVENT_story_killed, reason, why);
}
