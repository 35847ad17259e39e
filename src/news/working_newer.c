#include "news/working.h"

#include "store/sql.h"
#include "text/diff.h"

bool working_waits(const struct working *w)
{
    return w->offered != 0 || (w->is_newer && w->is_changed);
}

static err offered(arena *a, store_conn *db, const struct working *w, struct copy *before,
                   struct copy *now, note *why)
{
    struct revision row;

    TRY(working_revision(a, db, w->story, w->offered, &row));
    TRY(copy_from_store(a, row.copy, now, why));
    return working_copy(a, db, w->story, row.base, before, why);
}

err working_newer(arena *a, store_conn *db, const struct working *w, struct copy *before,
                  struct copy *now, note *why)
{
    if (!working_waits(w))
        return fail(why, E_MISSING, "nothing newer waits for story %lld", (long long)w->story);
    if (!w->is_newer)
        return offered(a, db, w, before, now, why);
    TRY(working_copy(a, db, w->story, w->synced, before, why));
    return copy_of_story(a, db, w->story, now, why);
}

/* As whoever decides sees them: the words of the copy are theirs, what came is the other's. */
static void report(arena *a, const struct copy_merge *m, struct working_took *out)
{
    struct copy_conflict *v = arena_many(a, struct copy_conflict, m->count);

    for (size_t i = 0; i < m->count; i++) {
        v[i] = m->conflicts[i];
        v[i].mine = m->conflicts[i].theirs;
        v[i].theirs = m->conflicts[i].mine;
    }
    out->conflicts = v;
    out->count = m->count;
}

/* Does the copy say what the version says? */
static err is_ahead(struct desk *d, const struct working *w, str json, bool *out)
{
    struct revision synced;

    TRY(working_revision(d->a, d->w, w->story, w->synced, &synced));
    *out = w->version == 0 || !str_eq(synced.copy, json);
    return OK;
}

/* What came is a revision, and the copy is written over it from now on; its number. */
static err arrive(struct desk *d, struct working *w, const struct copy *now, int64_t *came)
{
    *came = w->last + 1;
    if (w->is_newer) {
        w->version = w->newest;
        w->synced = *came;
    } else {
        w->offered = 0;
    }
    return working_keep(d, w, REVISION_taken, S(""), &(struct writer){0}, w->revision, now,
                        copy_write(d->a, now));
}

err working_take(struct desk *d, int64_t story, const struct writer *by, struct working_took *out,
                 note *why)
{
    struct working w;
    struct copy mine, before, now;
    struct copy_merge m;
    str json;
    int64_t came;

    *out = (struct working_took){0};
    TRY(working_open(d, story, &w, why)); /* one that nobody touched has followed */
    if (!working_waits(&w))
        return OK;
    TRY(working_copy(d->a, d->w, w.story, w.revision, &mine, why));
    TRY(working_newer(d->a, d->w, &w, &before, &now, why));
    TRY(copy_merge(d->a, &before, &now, &mine, &m, why));
    report(d->a, &m, out);
    json = copy_write(d->a, &m.copy);
    /* first what came, then the copy with it in */
    TRY(arrive(d, &w, &now, &came));
    TRY(is_ahead(d, &w, json, &w.is_changed));
    return working_keep(d, &w, REVISION_merged, S(""), by, came, &m.copy, json);
}

err working_leave(struct desk *d, int64_t story, const struct writer *by, note *why)
{
    struct working w;
    struct copy mine, before, now;
    str json;
    int64_t came;

    TRY(working_open(d, story, &w, why));
    if (!working_waits(&w))
        return OK;
    TRY(working_copy(d->a, d->w, w.story, w.revision, &mine, why));
    TRY(working_newer(d->a, d->w, &w, &before, &now, why));
    json = copy_write(d->a, &mine);
    TRY(arrive(d, &w, &now, &came));
    TRY(is_ahead(d, &w, json, &w.is_changed));
    return working_keep(d, &w, REVISION_restored, S(""), by, came, &mine, json);
}

/* --- what comes over the wire for a story of the desk's own --- */

err working_is_own(struct desk *d, int64_t story, bool *is_own)
{
    struct sql_working_is_own row;

    TRY(sql_working_is_own(d->a, d->w, story, &row));
    *is_own = row.is_own;
    return OK;
}

static err came_last(struct desk *d, int64_t story, struct copy *out, note *why)
{
    struct sql_revision_at row;

    TRY(sql_revision_came(d->a, d->w, story, &row));
    return copy_from_store(d->a, row.copy, out, why);
}

static err keep(struct desk *d, struct working *w, str name, int64_t base, const struct copy *c)
{
    return working_keep(d, w, REVISION_offered,
                        str_to(name, name.n < REVISION_NAME_MAX ? name.n : 0), &(struct writer){0},
                        base, c, copy_write(d->a, c));
}

err working_offer(struct desk *d, int64_t story, const struct working_offer *o, note *why)
{
    struct working w;
    struct copy mine, before, now;

    TRY(working_open(d, story, &w, why));
    TRY(working_copy(d->a, d->w, story, w.revision, &mine, why));
    now = copy_of_draft(d->a, o->now, &mine);
    before = o->before != NULL ? copy_of_draft(d->a, o->before, &mine) : now;
    if (o->before == NULL) {
        err e = came_last(d, story, &before, why);

        if (e != OK && e != E_MISSING)
            return e;
    }
    diff_keep_ids(d->a, &mine.body, &before.body);
    diff_keep_ids(d->a, &before.body, &now.body);
    TRY(keep(d, &w, o->before_name, w.revision, &before));
    w.offered = w.last + 1;
    return keep(d, &w, o->now_name, w.last, &now);
}
