#include "staff/publishing.h"

#include "text/dates.h"

/* What was written becomes a version. */
static err write_version(struct desk *d, const struct story_act *act, enum version_kind kind,
                         str reason, const struct writer *by, note *why)
{
    return working_version(d, act->story, kind, reason, by, &act->byline, why);
}

static err publish(struct desk *d, const struct story_act *act, const struct writer *by, note *why)
{
    struct working w;

    TRY(working_look(d->a, d->w, act->story, &w));
    if (act->is_written && w.revision > 0 && (w.is_changed || w.newest == 0))
        TRY(write_version(d, act, VERSION_EDIT, S(""), by, why));
    return desk_publish(d, act->story, act->at, why);
}

/* What the desk corrects in the version goes into what is being written, where that is clean. */
static err correct(struct desk *d, const struct story_act *act, const struct writer *by, note *why)
{
    struct standing s;
    struct working w;
    struct working_took took;

    TRY(desk_standing(d, act->story, &s, why));
    if (s.state != STATE_LIVE && s.state != STATE_SCHEDULED)
        return fail(why, E_CONFLICT, "only a published story can be corrected; this one is %.*s",
                    STR(state_word(s.state)));
    if (act->is_written) {
        TRY(write_version(d, act, act->correction.kind, act->correction.reason, by, why));
        return desk_correction_note(d, act->story, &act->correction);
    }
    TRY(working_look(d->a, d->w, act->story, &w));
    TRY(desk_correct(d, act->story, &act->correction, why));
    TRY(desk_correction_note(d, act->story, &act->correction));
    return w.revision > 0 && w.is_changed && !w.is_newer
               ? working_take(d, act->story, by, &took, why)
               : OK;
}

static err do_verb(struct desk *d, const struct story_act *act, const struct writer *by, note *why)
{
    switch (act->act) {
    case AUDIT_story_published:
        return publish(d, act, by, why);
    case AUDIT_story_updated:
        return write_version(d, act, act->correction.kind, act->correction.reason, by, why);
    case AUDIT_story_unscheduled:
        return desk_unschedule(d, act->story, why);
    case AUDIT_story_ended:
        return desk_end(d, act->story, act->at, why);
    case AUDIT_story_withdrawn:
        return desk_withdraw(d, act->story, act->reason, why);
    case AUDIT_story_killed:
        return desk_kill(d, act->story, act->reason, why);
    case AUDIT_story_corrected:
        return correct(d, act, by, why);
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

str staff_story_seen(arena *a, const struct standing *s, const struct working *w)
{
    return w->revision == 0 ? str_fmt(a, "%.*s-%d", STR(state_word(s->state)), s->version)
                            : str_fmt(a, "%.*s-%d-%lld", STR(state_word(s->state)), s->version,
                                      (long long)w->revision);
}

err staff_act_on(struct staff_work *k, const struct story_act *act, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct standing before, after;
    struct writer by = {k->by.staff, k->by.who, S("")};
    struct working w;
    str reason = act->correction.reason.n > 0 ? act->correction.reason : act->reason;
    str is;

    TRY(desk_standing(&d, act->story, &before, why));
    TRY(working_look(k->a, k->w, act->story, &w));
    if (act->seen.n > 0 && !str_eq(act->seen, staff_story_seen(k->a, &before, &w)))
        return fail(why, E_CONFLICT, "the story has moved on since it was looked at");
    TRY(do_verb(&d, act, &by, why));
    TRY(desk_standing(&d, act->story, &after, why));
    is = audit_line(k->a, lines_of(k->a, &after), "reason", reason);
    if (act->correction.why.n > 0)
        is = audit_line(k->a, is, "why", act->correction.why);
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
