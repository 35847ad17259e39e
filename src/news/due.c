#include "news/desk.h"

#include "store/sql.h"

static err move_one(struct desk *d, const struct sql_stories_due *row, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);
    bool is_over = row->has_expiry_at && row->expiry_at <= d->now;
    enum public_state to = is_over ? STATE_WITHDRAWN : STATE_LIVE;

    TRY(desk_move(d, row->story, to, row->has_public_at ? &row->public_at : NULL,
                  is_over ? S("its time was over") : S("")));
    TRY(desk_standing(d, row->story, &s, why));
    TRY(desk_tags(d, &s, &tags));
    return desk_tell(d, &s, is_over ? EVENT_story_expired : EVENT_story_published, S(""), &tags,
                     why);
}

err desk_due(struct desk *d, size_t *moved, note *why)
{
    struct sql_stories_due_rows due;

    TRY(sql_stories_due(d->a, d->w, d->now, &due));
    for (size_t i = 0; i < due.n; i++)
        TRY(move_one(d, &due.v[i], why));
    *moved = due.n;
    return OK;
}
