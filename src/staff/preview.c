#include "staff/preview.h"

#include "staff/secret.h"
#include "staff/writing.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/dates.h"

static err may_show(struct staff_work *k, int64_t story, struct sql_story_plan *now, note *why)
{
    if (staff_check_write(k->a, k->w, k->may, k->by.staff, story) != OK)
        return fail(why, E_MISSING, "there is no story %lld that you may write in",
                    (long long)story);
    return sql_story_plan(k->a, k->w, story, now);
}

static err tell(struct staff_work *k, enum audit_act act, int64_t story, str label, str is,
                note *why)
{
    TRY(event_add(k->w, EVENT_story_saved, story, NULL, S(""), why));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = act, .subject = story, .label = label, .is = is}, why);
}

err staff_preview_make(struct staff_work *k, struct preview_link *l, note *why)
{
    struct sql_story_plan now;
    struct sql_preview_links_live live;

    TRY(may_show(k, l->story, &now, why));
    if (now.public_state == STATE_KILLED || now.public_state == STATE_WITHDRAWN)
        return fail(why, E_GONE, "a story that was taken down is shown to nobody");
    if (l->hours < 1 || l->hours > PREVIEW_HOURS_MAX)
        return fail(why, E_INVALID, "a link holds from 1 to %d hours", PREVIEW_HOURS_MAX);
    TRY(sql_preview_links_live(k->a, k->w, l->story, k->now, &live));
    if (live.links >= PREVIEW_LINKS_MAX)
        return fail(why, E_LIMIT, "there are %d links to it already", PREVIEW_LINKS_MAX);
    l->secret = secret_make(k->a);
    l->until_at = k->now + l->hours * HOUR_US;
    TRY(sql_preview_link_add(k->w, secret_hash(k->a, l->secret), l->story,
                             k->by.staff != 0 ? &k->by.staff : NULL, k->by.who, k->now, l->until_at,
                             NULL));
    return tell(k, AUDIT_preview_made, l->story, now.headline,
                audit_line(k->a, S(""), "until", date_iso(k->a, l->until_at)), why);
}

err staff_preview_end(struct staff_work *k, int64_t story, int64_t link, note *why)
{
    struct sql_story_plan now;
    int64_t changed = 0;

    TRY(may_show(k, story, &now, why));
    TRY(sql_preview_link_end(k->w, link, story, k->now, &changed));
    if (changed == 0)
        return fail(why, E_MISSING, "there is no such link, or it opens nothing any more");
    return tell(k, AUDIT_preview_revoked, story, now.headline,
                audit_line(k->a, S(""), "link", str_fmt(k->a, "%lld", (long long)link)), why);
}

err staff_preview_look(arena *a, store_conn *db, str secret, int64_t now, int64_t *story,
                       int64_t *link)
{
    struct sql_preview_link_of row;

    if (secret.n != SECRET_LETTERS)
        return E_MISSING;
    TRY(sql_preview_link_of(a, db, secret_hash(a, secret), &row));
    if (row.has_ended_at || row.until_at <= now)
        return E_GONE;
    *story = row.story;
    *link = row.link;
    return OK;
}
