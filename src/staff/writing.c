#include "staff/writing.h"

#include "store/sql.h"

bool staff_may_write(privileges may, int64_t staff, int64_t made_by, int64_t assigned_to)
{
    bool is_theirs = staff != 0 && (made_by == staff || assigned_to == staff);

    return (may & MAY(edit)) != 0 || ((may & MAY(write)) != 0 && is_theirs);
}

err staff_check_write(arena *a, store_conn *db, privileges may, int64_t staff, int64_t story)
{
    struct sql_working_story row;

    TRY(sql_working_story(a, db, story, &row));
    return staff_may_write(may, staff, row.has_made_by ? row.made_by : 0,
                           row.has_assigned_to ? row.assigned_to : 0)
               ? OK
               : E_MISSING;
}

struct writer staff_writer(const struct staff_work *k, str editor)
{
    return (struct writer){k->by.staff, k->by.who, editor};
}

static err may_write(struct staff_work *k, int64_t story, note *why)
{
    err e = staff_check_write(k->a, k->w, k->may, k->by.staff, story);

    return e == E_MISSING
               ? fail(why, e, "there is no story %lld that you may write in", (long long)story)
               : e;
}

static err log_it(struct staff_work *k, enum audit_act act, int64_t story, str label, str is,
                  note *why)
{
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = act, .subject = story, .label = label, .is = is}, why);
}

err staff_story_make(struct staff_work *k, const struct copy *c, int64_t *story, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct writer by = staff_writer(k, S(""));

    TRY(working_begin(&d, &by, c, story, why));
    return log_it(k, AUDIT_story_made, *story, c->headline,
                  audit_line(k->a, S(""), "type", c->type), why);
}

err staff_story_save(struct staff_work *k, struct working_save *s, struct working_saved *out,
                     note *why)
{
    struct desk d = {k->a, k->w, k->now};

    TRY(may_write(k, s->story, why));
    s->by = staff_writer(k, s->by.editor);
    TRY(working_save(&d, s, out, why));
    if (s->kind != REVISION_named || out->aside != 0)
        return OK;
    return log_it(k, AUDIT_story_named, s->story, s->copy->headline,
                  audit_line(k->a, S(""), "name", s->name), why);
}

err staff_story_restore(struct staff_work *k, int64_t story, int64_t revision, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct writer by = staff_writer(k, S(""));
    struct revision was;

    TRY(may_write(k, story, why));
    TRY(working_revision(k->a, k->w, story, revision, &was));
    TRY(working_restore(&d, story, revision, &by, why));
    return log_it(k, AUDIT_story_restored, story, was.headline,
                  audit_line(k->a, S(""), "revision", str_fmt(k->a, "%lld", (long long)revision)),
                  why);
}

err staff_version_restore(struct staff_work *k, int64_t story, int64_t number, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct writer by = staff_writer(k, S(""));
    str shown = str_fmt(k->a, "%lld", (long long)number);
    str name = str_fmt(k->a, "%.*s %.*s", STR(say(k->tongue, SAY("Version"))), STR(shown));
    struct working w;
    struct revision is;

    TRY(may_write(k, story, why));
    TRY(working_restore_version(&d, story, number, name, &by, why));
    TRY(working_look(k->a, k->w, story, &w));
    TRY(working_revision(k->a, k->w, story, w.revision, &is));
    return log_it(k, AUDIT_story_restored, story, is.headline,
                  audit_line(k->a, S(""), "version", shown), why);
}

/* What waited of the wire waits no longer. */
static err settle(struct staff_work *k, int64_t story, str done, enum audit_act act, str more,
                  note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct standing s;

    TRY(sql_wire_story_settled(k->w, story, done, NULL));
    TRY(desk_standing(&d, story, &s, why));
    return log_it(k, act, story, s.headline, more, why);
}

err staff_story_take(struct staff_work *k, int64_t story, struct working_took *out, note *why)
{
    str set_aside;
    struct desk d = {k->a, k->w, k->now};
    struct writer by = staff_writer(k, S(""));

    TRY(may_write(k, story, why));
    TRY(working_take(&d, story, &by, out, why));
    set_aside = out->count > 0 ? str_fmt(k->a, "%zu", out->count) : S("");
    return settle(k, story, S("merged"), AUDIT_story_merged,
                  audit_line(k->a, S(""), "conflicts", set_aside), why);
}

err staff_story_leave(struct staff_work *k, int64_t story, note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct writer by = staff_writer(k, S(""));

    TRY(may_write(k, story, why));
    TRY(working_leave(&d, story, &by, why));
    return settle(k, story, S("left"), AUDIT_story_left, S(""), why);
}
