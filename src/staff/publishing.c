#include "staff/publishing.h"

#include "text/dates.h"

static err do_verb(struct desk *d, const struct story_act *act, note *why)
{
    switch (act->act) {
    case AUDIT_story_published:
        return desk_publish(d, act->story, act->at, why);
    case AUDIT_story_unscheduled:
        return desk_unschedule(d, act->story, why);
    case AUDIT_story_ended:
        return desk_end(d, act->story, act->at, why);
    case AUDIT_story_withdrawn:
        return desk_withdraw(d, act->story, act->reason, why);
    case AUDIT_story_killed:
        return desk_kill(d, act->story, act->reason, why);
    case AUDIT_story_corrected:
        return desk_correct(d, act->story, &act->correction, why);
    default:
        return fail(why, E_INVALID, "%s is nothing that is done to a story's state",
                    audit_word(act->act));
    }
}

static str lines_of(arena *a, const struct standing *s)
{
    str lines = audit_line(a, S(""), "state", state_word(s->state));

    lines = audit_line(a, lines, "version", str_fmt(a, "%d", s->version));
    lines = audit_line(a, lines, "headline", s->headline);
    return s->expiry_at != 0 ? audit_line(a, lines, "until", date_iso(a, s->expiry_at)) : lines;
}

str staff_story_seen(arena *a, const struct standing *s)
{
    return str_fmt(a, "%.*s-%d", STR(state_word(s->state)), s->version);
}

err staff_act_on(struct staff_work *k, const struct story_act *act, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct standing before, after;
    str reason = act->act == AUDIT_story_corrected ? act->correction.reason : act->reason;
    str is;

    TRY(desk_standing(&d, act->story, &before, why));
    if (act->seen.n > 0 && !str_eq(act->seen, staff_story_seen(k->a, &before)))
        return fail(why, E_CONFLICT, "the story has moved on since it was looked at");
    TRY(do_verb(&d, act, why));
    TRY(desk_standing(&d, act->story, &after, why));
    is = audit_line(k->a, lines_of(k->a, &after), "reason", reason);
    if (act->act == AUDIT_story_published && after.state == STATE_SCHEDULED)
        is = audit_line(k->a, is, "from", date_iso(k->a, after.public_at));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = act->act,
                                    .subject = act->story,
                                    .label = before.headline,
                                    .was = lines_of(k->a, &before),
                                    .is = is},
                     why);
}
