#include "staff/inbox.h"

#include "base/utf8.h"
#include "news/working.h"
#include "store/sql.h"

/* Of a story that nobody here has touched: copy as it came. */
static bool is_untouched(const struct sql_desk_wire *row)
{
    return row->has_story && row->has_public_state && row->public_state == STATE_NONE &&
           str_eq(row->stage, S("wire"));
}

struct inbox_may inbox_may(const struct sql_desk_wire *row, privileges may)
{
    bool waits = is_untouched(row) && !row->has_spiked_at && !row->is_old;

    return (struct inbox_may){
        .take = waits && (may & MAY_WRITE) != 0,
        .spike =
            !row->has_spiked_at && !row->has_taken_at && (!row->has_story || is_untouched(row)),
        .unspike = row->has_spiked_at,
        .publish = waits && (may & MAY(publish)) != 0,
    };
}

str inbox_seen(arena *a, const struct sql_desk_wire *row)
{
    return str_fmt(a, "%c%c-%lld-%lld-%.*s", row->has_taken_at ? 't' : '-',
                   row->has_spiked_at ? 's' : '-',
                   (long long)(row->has_public_state ? row->public_state : 0),
                   (long long)(row->has_story_version ? row->story_version : 0), STR(row->stage));
}

static err log_it(struct staff_work *k, const struct inbox_act *act,
                  const struct sql_desk_wire *row, note *why)
{
    str is = audit_line(k->a, S(""), "source", row->source);

    is = audit_line(k->a, is, "version", str_starts(row->version, S("~")) ? S("") : row->version);
    is = audit_line(k->a, is, "reason", act->reason);
    if (act->story != 0)
        is = audit_line(k->a, is, "story", str_fmt(k->a, "%lld", (long long)act->story));
    return audit_add(
        k->w, k->now, &k->by,
        &(struct deed){.act = act->act, .subject = act->item, .label = row->headline, .is = is},
        why);
}

static err mark_taken(struct staff_work *k, const struct sql_desk_wire *row)
{
    int64_t staff = k->by.staff;

    TRY(sql_story_claim(k->w, row->story, staff != 0 ? &staff : NULL, NULL));
    return sql_wire_item_take(k->w, row->item, k->now, staff != 0 ? &staff : NULL, NULL);
}

static err take(struct staff_work *k, struct inbox_act *act, const struct sql_desk_wire *row,
                note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct working w;

    act->story = row->story;
    TRY(mark_taken(k, row));
    return working_open(&d, row->story, &w, why);
}

/* With nothing of ours in it: what somebody has begun to write does not go out like this. */
static err let_out(struct staff_work *k, struct inbox_act *act, const struct sql_desk_wire *row,
                   note *why)
{
    struct desk d = {k->a, k->w, k->now};
    struct working w;

    TRY(working_look(k->a, k->w, row->story, &w));
    if (w.is_changed)
        return fail(why, E_CONFLICT, "somebody is writing in story %lld", (long long)row->story);
    act->story = row->story;
    TRY(mark_taken(k, row));
    return desk_publish(&d, row->story, 0, why);
}

static err spike(struct staff_work *k, const struct inbox_act *act, bool is_spiked)
{
    int64_t staff = k->by.staff;

    return sql_wire_item_spike(k->w, act->item, is_spiked ? &k->now : NULL,
                               is_spiked && staff != 0 ? &staff : NULL, act->reason, NULL);
}

err staff_item_act(struct staff_work *k, struct inbox_act *act, note *why)
{
    struct sql_desk_wire row;
    struct inbox_may may;

    TRY(sql_desk_wire_item(k->a, k->w, act->item, &row));
    if (act->seen.n > 0 && !str_eq(act->seen, inbox_seen(k->a, &row)))
        return fail(why, E_CONFLICT, "the item has moved on since it was looked at");
    may = inbox_may(&row, k->may);
    act->reason = utf8_to(act->reason, SPIKE_REASON_MAX);
    if (act->act == AUDIT_item_taken && may.take)
        TRY(take(k, act, &row, why));
    else if (act->act == AUDIT_item_published && may.publish)
        TRY(let_out(k, act, &row, why));
    else if (act->act == AUDIT_item_spiked && may.spike)
        TRY(spike(k, act, true));
    else if (act->act == AUDIT_item_unspiked && may.unspike)
        TRY(spike(k, act, false));
    else
        return fail(why, E_CONFLICT, "that cannot be done with the item as it is now");
    return log_it(k, act, &row, why);
}

err staff_quarantine_drop(struct staff_work *k, int64_t quarantine, str reason, note *why)
{
    struct sql_desk_quarantine row;
    int64_t staff = k->by.staff;

    TRY(sql_desk_quarantine_one(k->a, k->w, quarantine, &row));
    if (row.has_solved_at || row.has_dropped_at)
        return fail(why, E_CONFLICT, "it is settled already");
    reason = utf8_to(reason, SPIKE_REASON_MAX);
    TRY(sql_wire_quarantine_drop(k->w, quarantine, k->now, staff != 0 ? &staff : NULL, reason,
                                 NULL));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_quarantine_dropped,
                                    .subject = quarantine,
                                    .label = row.name,
                                    .was = audit_line(k->a, S(""), "reason", row.reason),
                                    .is = audit_line(k->a, S(""), "reason", reason)},
                     why);
}
