#include "news/desk.h"

#include "store/sql.h"

#include <jansson.h>

err desk_standing(struct desk *d, int64_t story, struct standing *out, note *why)
{
    struct sql_story_standing row;
    err e = sql_story_standing(d->a, d->w, story, &row);

    if (e == E_MISSING)
        return fail(why, e, "there is no story %lld; `broadsheet list` shows which there are",
                    (long long)story);
    TRY(e);

    *out = (struct standing){
        .id = row.story,
        .section = row.section,
        .public_at = row.has_public_at ? row.public_at : 0,
        .expiry_at = row.has_expiry_at ? row.expiry_at : 0,
        .embargo_at = row.has_embargo_at ? row.embargo_at : 0,
        .changed_at = row.changed_at,
        .state = state_now(row.public_state, row.public_at, d->now),
        .path = row.path,
        .headline = row.headline,
        .version = (int)row.version,
    };
    return OK;
}

err desk_move(struct desk *d, int64_t story, enum public_state to, const int64_t *public_at,
              str reason)
{
    bool is_public = to == STATE_SCHEDULED || to == STATE_LIVE;
    const int64_t *listed = is_public ? public_at : NULL;

    TRY(sql_story_state_set(d->w, story, to, public_at, reason, NULL));
    TRY(sql_story_versions_unshow(d->w, story, d->now, NULL));
    if (listed != NULL)
        TRY(sql_story_version_show(d->w, story, *listed, d->now, NULL));
    if (to == STATE_WITHDRAWN || to == STATE_KILLED)
        TRY(sql_preview_links_end(d->w, story, d->now, NULL));
    return sql_story_subjects_move(d->w, story, listed, NULL);
}

err desk_tags(struct desk *d, const struct standing *s, struct tag_set *out)
{
    struct sql_story_subjects_rows subjects;

    tag_set_add(out, tag_of(TAG_story, s->id));
    tag_set_add(out, tag_of(TAG_section, s->section));
    tag_set_add(out, tag_of(TAG_latest, 0));
    if (s->public_at != 0)
        tag_set_add(out, tag_of(TAG_day, s->public_at / DAY_US));
    TRY(sql_story_subjects(d->a, d->w, s->id, &subjects));
    for (size_t i = 0; i < subjects.n; i++)
        tag_set_add(out, tag_of(TAG_subject, subjects.v[i].subject));
    return OK;
}

static void free_json(void *j)
{
    json_decref(j);
}

err desk_tell(struct desk *d, const struct standing *s, enum event_kind kind, str reason,
              const struct tag_set *tags, note *why)
{
    json_t *body = json_pack("{s:i, s:s%}", "version", s->version, "reason",
                             reason.p ? reason.p : "", reason.n);

    if (body == NULL)
        return fail(why, E_INVALID, "the reason is not readable text (UTF-8)");
    arena_defer(d->a, free_json, body);

    char *text = json_dumps(body, JSON_COMPACT);

    must(text != NULL);
    arena_defer(d->a, free, text);
    return event_add(d->w, kind, s->id, tags, str_c(text), why);
}
