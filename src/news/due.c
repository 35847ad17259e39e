#include "news/desk.h"

#include "news/audit.h"
#include "news/running.h"
#include "store/sql.h"

int64_t desk_lateness(int64_t due, int64_t now)
{
    return now - due > DESK_LATE_S * SECOND_US ? now - due : 0;
}

static err add_alarm(struct desk *d, int64_t story, int64_t late)
{
    return sql_alarm_add(d->w, d->now, S("late"), &story, late / 1000, S(""), NULL);
}

static err log_it(struct desk *d, const struct standing *after, bool is_over, note *why)
{
    struct actor clockwork = {.who = S(AUDIT_CLOCKWORK)};

    return audit_add(
        d->w, d->now, &clockwork,
        &(struct deed){.act = is_over ? AUDIT_story_withdrawn : AUDIT_story_published,
                       .subject = after->id,
                       .label = after->headline,
                       .was = audit_line(d->a, S(""), "state",
                                         state_word(is_over ? STATE_LIVE : STATE_SCHEDULED)),
                       .is = audit_line(d->a, S(""), "state", state_word(after->state))},
        why);
}

static err move_one(struct desk *d, const struct sql_stories_due *row, note *why)
{
    struct standing s;
    struct tag_set tags = tag_set_new(d->a);
    bool is_over = row->has_expiry_at && row->expiry_at <= d->now;
    int64_t late = desk_lateness(is_over ? row->expiry_at : row->public_at, d->now);
    enum public_state to = is_over ? STATE_WITHDRAWN : STATE_LIVE;

    TRY(desk_move(d, row->story, to, row->has_public_at ? &row->public_at : NULL,
                  is_over ? S("its time was over") : S("")));
    TRY(desk_standing(d, row->story, &s, why));
    TRY(desk_tags(d, &s, &tags));
    TRY(log_it(d, &s, is_over, why));
    if (late > 0)
        TRY(add_alarm(d, row->story, late));
    return desk_tell(d, &s, is_over ? EVENT_story_expired : EVENT_story_published, S(""), &tags,
                     why);
}

err desk_due(struct desk *d, size_t *moved, note *why)
{
    struct sql_stories_due_rows due;
    size_t entries;

    TRY(sql_stories_due(d->a, d->w, d->now, &due));
    for (size_t i = 0; i < due.n; i++)
        TRY(move_one(d, &due.v[i], why));
    TRY(entries_due(d, &entries, why));
    *moved = due.n + entries;
    return OK;
}
