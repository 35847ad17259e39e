#include "staff/running.h"

#include "staff/writing.h"
#include "text/dates.h"

static str lines_of(arena *a, const struct entry *e)
{
    str lines = audit_line(a, S(""), "entry", str_fmt(a, "%d", e->number));

    lines = audit_line(a, lines, "state", state_word(e->state));
    lines = audit_line(a, lines, "headline", e->headline);
    lines = audit_line(a, lines, "text", e->words);
    lines = audit_line(a, lines, "quote", e->quote);
    if (e->media != 0)
        lines = audit_line(a, lines, "picture", str_fmt(a, "%lld", (long long)e->media));
    lines = audit_line(a, lines, "link", e->link);
    return e->state == STATE_SCHEDULED ? audit_line(a, lines, "from", date_iso(a, e->public_at))
                                       : lines;
}

static err may_publish(const struct staff_work *k, note *why)
{
    return k->may & MAY(publish) ? OK : fail(why, E_DENIED, "publish is needed for that");
}

/* An entry that readers have, or will have, is for those who may publish. */
static bool concerns_readers(const struct entry *e)
{
    return e->state == STATE_LIVE || e->state == STATE_SCHEDULED;
}

static err write_one(struct staff_work *k, struct desk *d, struct running_act *act, note *why)
{
    if (act->goes_out)
        TRY(may_publish(k, why));
    TRY(entry_write(d, act->story, &act->text, &act->number, why));
    return act->goes_out ? entry_publish(d, act->story, act->number, act->at, why) : OK;
}

static err change(struct staff_work *k, struct desk *d, struct running_act *act,
                  const struct entry *was, note *why)
{
    if (concerns_readers(was) || act->goes_out)
        TRY(may_publish(k, why));
    if (act->seen.n > 0 && !str_eq(act->seen, str_fmt(k->a, "%d", was->version)))
        return fail(why, E_CONFLICT, "somebody else has changed it meanwhile");
    TRY(entry_change(d, act->story, act->number, &act->text, why));
    return act->goes_out ? entry_publish(d, act->story, act->number, act->at, why) : OK;
}

/* A new story that begins with what the entry says. */
static err make_story(struct staff_work *k, struct running_act *act, const struct entry *e,
                      note *why)
{
    struct copy c;
    struct copy of;
    str *byline = arena_one(k->a, str);

    TRY(copy_of_story(k->a, k->w, act->story, &of, why));
    c = copy_empty(S("news"), of.section, of.language);
    c.headline = entry_title(k->a, e);
    c.body = e->body;
    c.topics = of.topics;
    c.topic_count = of.topic_count;
    c.places = of.places;
    *byline = e->byline.n > 0 ? e->byline : k->by.who;
    c.bylines = (struct copy_names){byline, 1};
    return staff_story_make(k, &c, &act->made, why);
}

static err promote(struct staff_work *k, struct desk *d, struct running_act *act,
                   const struct entry *e, note *why)
{
    if (e->promoted != 0)
        return fail(why, E_CONFLICT, "story %lld was made of it already", (long long)e->promoted);
    if (act->made == 0)
        TRY(make_story(k, act, e, why));
    return entry_promote(d, act->story, act->number, act->made, why);
}

static err do_verb(struct staff_work *k, struct desk *d, struct running_act *act,
                   const struct entry *was, note *why)
{
    switch (act->verb) {
    case RUNNING_WRITE:
        return write_one(k, d, act, why);
    case RUNNING_CHANGE:
        return change(k, d, act, was, why);
    case RUNNING_PROMOTE:
        return promote(k, d, act, was, why);
    case RUNNING_PUBLISH:
        TRY(may_publish(k, why));
        return entry_publish(d, act->story, act->number, act->at, why);
    case RUNNING_WITHDRAW:
        TRY(may_publish(k, why));
        return entry_withdraw(d, act->story, act->number, why);
    case RUNNING_MOVE:
        TRY(may_publish(k, why));
        return coverage_set(d, act->story, act->to, act->at, why);
    default:
        return fail(why, E_INVALID, "that is nothing that is done to a running story");
    }
}

static enum audit_act act_of(const struct running_act *act)
{
    switch (act->verb) {
    case RUNNING_PUBLISH:
        return AUDIT_entry_published;
    case RUNNING_WITHDRAW:
        return AUDIT_entry_withdrawn;
    case RUNNING_PROMOTE:
        return AUDIT_entry_promoted;
    case RUNNING_MOVE:
        return AUDIT_coverage_moved;
    case RUNNING_WRITE:
    case RUNNING_CHANGE:
    default:
        return act->goes_out ? AUDIT_entry_published : AUDIT_entry_written;
    }
}

err staff_running(struct staff_work *k, struct running_act *act, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct deed deed;
    struct standing s;
    struct entry e = {0};

    if (staff_check_write(k->a, k->w, k->may, k->by.staff, act->story) != OK)
        return fail(why, E_MISSING, "there is no story %lld that you may write in",
                    (long long)act->story);
    TRY(desk_standing(&d, act->story, &s, why));
    deed = (struct deed){.act = act_of(act), .subject = act->story, .label = s.headline};
    if (act->verb != RUNNING_WRITE && act->verb != RUNNING_MOVE) {
        TRY(entry_for_desk(k->a, k->w, act->story, act->number, &e));
        deed.was = lines_of(k->a, &e);
    }
    TRY(do_verb(k, &d, act, &e, why));
    if (act->verb == RUNNING_MOVE) {
        deed.is = audit_line(k->a, S(""), "state", coverage_word(act->to));
        return audit_add(k->w, k->now, &k->by, &deed, why);
    }
    TRY(entry_for_desk(k->a, k->w, act->story, act->number, &e));
    deed.is = lines_of(k->a, &e);
    if (e.promoted != 0)
        deed.is = audit_line(k->a, deed.is, "story", str_fmt(k->a, "%lld", (long long)e.promoted));
    return audit_add(k->w, k->now, &k->by, &deed, why);
}
