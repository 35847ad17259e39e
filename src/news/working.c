#include "news/working.h"

#include "store/sql.h"

str revision_word(enum revision_kind kind)
{
#define WORD(word) S_INIT(#word),
    static const str words[] = {REVISION_KINDS(WORD)};

    return kind < REVISION_KIND_COUNT ? words[kind] : S("");
}

enum revision_kind revision_kind_of(str word)
{
    int kind = 0;

    while (kind < REVISION_KIND_COUNT && !str_eq(revision_word((enum revision_kind)kind), word))
        kind++;
    return (enum revision_kind)kind;
}

/* --- reading --- */

err working_look(arena *a, store_conn *db, int64_t story, struct working *out)
{
    struct sql_working_story of;
    struct sql_working_of row = {0};
    err e;

    TRY(sql_working_story(a, db, story, &of));
    e = sql_working_of(a, db, story, &row);
    if (e != OK && e != E_MISSING)
        return e;
    *out = (struct working){
        .story = story,
        .revision = row.revision,
        .last = row.last,
        .synced = row.synced,
        .offered = row.offered,
        .version = (int)row.version,
        .newest = (int)of.version,
        .is_changed = row.is_changed,
        .is_newer = row.revision > 0 && row.version != of.version,
        .saved_at = row.saved_at,
    };
    return OK;
}

static struct revision revision_of(const struct sql_revision_at *row)
{
    return (struct revision){
        .number = row->number,
        .at = row->at,
        .base = row->base,
        .kind = revision_kind_of(row->kind),
        .name = row->name,
        .who = row->who,
        .editor = row->editor,
        .headline = row->headline,
        .staff = row->has_staff ? row->staff : 0,
        .words = row->words,
        .copy = row->copy,
    };
}

err working_revision(arena *a, store_conn *db, int64_t story, int64_t number, struct revision *out)
{
    struct sql_revision_at row;

    TRY(sql_revision_at(a, db, story, number, &row));
    *out = revision_of(&row);
    return OK;
}

err working_revisions(arena *a, store_conn *db, int64_t story, int64_t before, int64_t many,
                      struct revision **out, size_t *n)
{
    struct sql_revisions_listed_rows rows;
    struct revision *v;

    TRY(sql_revisions_listed(a, db, story, before, many, &rows));
    v = arena_many(a, struct revision, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct revision){
            .number = rows.v[i].number,
            .at = rows.v[i].at,
            .kind = revision_kind_of(rows.v[i].kind),
            .name = rows.v[i].name,
            .who = rows.v[i].who,
            .headline = rows.v[i].headline,
            .words = rows.v[i].words,
        };
    *out = v;
    *n = rows.n;
    return OK;
}

err working_copy(arena *a, store_conn *db, int64_t story, int64_t number, struct copy *out,
                 note *why)
{
    struct revision row;

    TRY(working_revision(a, db, story, number, &row));
    return copy_from_store(a, row.copy, out, why);
}

/* --- keeping --- */

err working_write(struct desk *d, const struct working *w)
{
    return sql_working_set(d->w,
                           &(struct sql_working_set_in){
                               .story = w->story,
                               .revision = w->revision,
                               .last = w->last,
                               .synced = w->synced,
                               .offered = w->offered,
                               .version = w->version,
                               .is_changed = w->is_changed,
                               .saved_at = w->saved_at,
                           },
                           NULL);
}

/* What the same person saved before in this sitting is in the newest one. */
static err fold(struct desk *d, const struct working *w, enum revision_kind kind,
                const struct writer *by, int64_t base)
{
    int64_t since = d->now - REVISION_RUN_MINUTES * MINUTE_US;

    if (kind == REVISION_aside)
        TRY(sql_revisions_fold_aside(d->w, w->story, w->last, by->editor, base, d->now, NULL));
    if (kind == REVISION_auto || kind == REVISION_merged)
        TRY(sql_revisions_fold(d->w, w->story, w->last, by->staff, since, d->now, NULL));
    return sql_revisions_crowd(d->w, w->story, REVISIONS_FOLDED_MAX, w->synced, NULL);
}

err working_keep(struct desk *d, struct working *w, enum revision_kind kind, str name,
                 const struct writer *by, int64_t base, const struct copy *c, str json)
{
    struct sql_revision_add_in row = {
        .story = w->story,
        .number = ++w->last,
        .kind = revision_word(kind),
        .name = name,
        .at = d->now,
        .staff = by->staff,
        .has_staff = by->staff != 0,
        .who = by->who,
        .editor = by->editor,
        .base = base,
        .headline = c->headline,
        .words = (int64_t)body_words(&c->body),
        .copy = json,
    };

    TRY(sql_revision_add(d->w, &row, NULL));
    TRY(fold(d, w, kind, by, base));
    if (kind == REVISION_aside || kind == REVISION_offered)
        return working_write(d, w);
    w->revision = w->last;
    w->saved_at = d->now;
    TRY(working_write(d, w));
    return sql_working_show(d->w, w->story, c->section, c->language, c->headline,
                            c->bylines.n > 0 ? c->bylines.v[0] : S(""), d->now, NULL);
}

/* --- the copy follows --- */

/* It says what the version says. */
static err follow(struct desk *d, struct working *w, note *why)
{
    struct copy c;
    struct revision newest;
    str json;

    TRY(copy_of_story(d->a, d->w, w->story, &c, why));
    json = copy_write(d->a, &c);
    w->version = w->newest;
    w->is_newer = false;
    if (w->revision > 0) {
        TRY(working_revision(d->a, d->w, w->story, w->revision, &newest));
        if (str_eq(newest.copy, json)) {
            w->synced = w->revision;
            return working_write(d, w);
        }
    }
    w->synced = w->last + 1;
    return working_keep(d, w, REVISION_taken, S(""), &(struct writer){0}, w->revision, &c, json);
}

err working_open(struct desk *d, int64_t story, struct working *out, note *why)
{
    struct working w;

    TRY(working_look(d->a, d->w, story, &w));
    if (w.revision == 0)
        TRY(sql_working_add(d->w, story, d->now, NULL));
    if (w.revision == 0 || (!w.is_changed && w.newest > 0))
        TRY(follow(d, &w, why));
    *out = w;
    return OK;
}

static err check_section(struct desk *d, int64_t section, note *why)
{
    struct sql_section_is is;

    if (section == 0)
        return OK;
    TRY(sql_section_is(d->a, d->w, section, &is));
    return is.is_there ? OK
                       : fail(why, E_INVALID, "section: there is none with number %lld",
                              (long long)section);
}

err working_begin(struct desk *d, const struct writer *by, const struct copy *c, int64_t *story,
                  note *why)
{
    struct sql_story_begin begun;
    struct working w = {.saved_at = d->now};

    if (c->section == 0)
        return fail(why, E_INVALID, "a story needs a section");
    TRY(check_section(d, c->section, why));
    TRY(sql_story_begin(d->a, d->w, c->section, c->language, c->type, d->now,
                        by->staff != 0 ? &by->staff : NULL, &begun));
    TRY(sql_working_add(d->w, begun.story, d->now, NULL));
    w.story = begun.story;
    w.synced = 1;
    TRY(working_keep(d, &w, REVISION_auto, S(""), by, 0, c, copy_write(d->a, c)));
    *story = begun.story;
    return OK;
}

/* --- saving --- */

/* Is the copy ahead of the version? */
err working_is_ahead(struct desk *d, const struct working *w, str json, bool *out)
{
    struct revision synced;
    err e = working_revision(d->a, d->w, w->story, w->synced, &synced);

    *out = e != OK || w->version == 0 || !str_eq(synced.copy, json);
    return e == E_MISSING ? OK : e;
}

static err keep_newest(struct desk *d, struct working *w, const struct working_save *s,
                       enum revision_kind kind, const struct copy *c, str json)
{
    TRY(working_is_ahead(d, w, json, &w->is_changed));
    return working_keep(d, w, kind, s->name, &s->by, s->base, c, json);
}

/* The revision that it was made from, or the nearest that is still there.  Where the page has not
 * heard that an earlier save was taken: that one. */
static err base_of(struct desk *d, const struct working_save *s, struct copy *out, note *why)
{
    struct sql_revision_at row;
    err e = s->by.editor.n > 0 ? sql_revision_own(d->a, d->w, s->story, s->base, s->by.editor, &row)
                               : E_MISSING;

    if (e == E_MISSING)
        e = sql_revision_base(d->a, d->w, s->story, s->base, &row);
    if (e == E_MISSING)
        e = sql_revision_first(d->a, d->w, s->story, &row);
    TRY(e);
    return copy_from_store(d->a, row.copy, out, why);
}

static err set_aside(struct desk *d, struct working *w, const struct working_save *s,
                     const struct copy_merge *m, str newest, struct working_saved *out)
{
    TRY(working_keep(d, w, REVISION_aside, s->name, &s->by, s->base, s->copy,
                     copy_write(d->a, s->copy)));
    *out = (struct working_saved){
        .revision = w->revision,
        .copy = newest,
        .aside = w->last,
        .merged = copy_write(d->a, &m->copy),
        .conflicts = m->conflicts,
        .conflict_count = m->count,
    };
    return OK;
}

static err save_merged(struct desk *d, struct working *w, const struct working_save *s,
                       const struct revision *newest, struct working_saved *out, note *why)
{
    struct copy base, theirs;
    struct copy_merge m;
    str json;

    TRY(base_of(d, s, &base, why));
    TRY(copy_from_store(d->a, newest->copy, &theirs, why));
    TRY(copy_merge(d->a, &base, s->copy, &theirs, &m, why));
    if (m.count > 0)
        return set_aside(d, w, s, &m, newest->copy, out);
    json = copy_write(d->a, &m.copy);
    if (!str_eq(json, newest->copy) || s->kind == REVISION_named)
        TRY(keep_newest(d, w, s, s->kind == REVISION_named ? REVISION_named : REVISION_merged,
                        &m.copy, json));
    *out = (struct working_saved){.revision = w->revision, .is_merged = true, .copy = json};
    return OK;
}

/* Has nobody else saved since the one that it was made from? */
static err is_alone(struct desk *d, const struct working *w, const struct working_save *s,
                    bool *out)
{
    struct sql_revisions_by_others others;

    *out = s->base >= w->revision;
    if (*out || s->by.editor.n == 0)
        return OK;
    TRY(sql_revisions_by_others(d->a, d->w, s->story, s->base, s->by.editor, &others));
    *out = !others.some;
    return OK;
}

err working_save(struct desk *d, const struct working_save *s, struct working_saved *out, note *why)
{
    struct working w;
    struct standing standing;
    struct revision newest;
    bool alone;
    str json;

    TRY(desk_standing(d, s->story, &standing, why));
    if (standing.state == STATE_KILLED)
        return fail(why, E_GONE, "the story was killed: nothing of it is written any more");
    TRY(check_section(d, s->copy->section, why));
    TRY(working_look(d->a, d->w, s->story, &w));
    if (w.revision == 0)
        TRY(working_open(d, s->story, &w, why));
    TRY(working_revision(d->a, d->w, s->story, w.revision, &newest));
    TRY(is_alone(d, &w, s, &alone));
    if (!alone)
        return save_merged(d, &w, s, &newest, out, why);
    json = copy_write(d->a, s->copy);
    if (!str_eq(json, newest.copy) || s->kind == REVISION_named)
        TRY(keep_newest(d, &w, s, s->kind, s->copy, json));
    *out = (struct working_saved){.revision = w.revision};
    return OK;
}

err working_restore(struct desk *d, int64_t story, int64_t revision, const struct writer *by,
                    note *why)
{
    struct working w;
    struct revision old;
    struct copy c;

    TRY(working_look(d->a, d->w, story, &w));
    TRY(working_revision(d->a, d->w, story, revision, &old));
    TRY(copy_from_store(d->a, old.copy, &c, why));
    TRY(working_is_ahead(d, &w, old.copy, &w.is_changed));
    return working_keep(d, &w, REVISION_restored, S(""), by, revision, &c, old.copy);
}
