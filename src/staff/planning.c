#include "staff/planning.h"

#include "base/utf8.h"
#include "news/paper.h"
#include "news/sections.h"
#include "news/stage.h"
#include "staff/writing.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/dates.h"

static err may_plan(struct staff_work *k, int64_t story, struct sql_story_plan *now, note *why)
{
    if (staff_check_write(k->a, k->w, k->may, k->by.staff, story) != OK)
        return fail(why, E_MISSING, "there is no story %lld that you may write in",
                    (long long)story);
    TRY(sql_story_plan(k->a, k->w, story, now));
    return now->public_state == STATE_KILLED ? fail(why, E_GONE, "it was killed") : OK;
}

/* Somebody who could write it. */
static err check_person(struct staff_work *k, int64_t person, note *why)
{
    struct staffer of;

    if (person == 0)
        return OK;
    if (staff_at(k->a, k->w, person, &of) != OK || of.state == STAFF_SUSPENDED ||
        !(of.may & MAY_WRITE))
        return fail(why, E_INVALID, "there is nobody %lld who could write it", (long long)person);
    return person == k->by.staff || (k->may & MAY(edit))
               ? OK
               : fail(why, E_DENIED, "edit is needed to give a story to somebody else");
}

static void stages_of(struct staff_work *k, int64_t section, struct stages *out)
{
    str own = section_stages(k->a, k->w, section);

    stages_read(own.n > 0 ? own : paper_setting(k->a, k->w, S("stages"), S("")), out);
}

static str lines_of(arena *a, const struct sql_story_plan *p)
{
    str lines = audit_line(a, S(""), "stage", p->stage);

    if (p->has_assigned_to)
        lines = audit_line(a, lines, "with", p->assigned);
    return p->has_wished_at ? audit_line(a, lines, "wished for", date_iso(a, p->wished_at)) : lines;
}

static err tell(struct staff_work *k, enum audit_act act, int64_t story, str label, str was, str is,
                note *why)
{
    TRY(event_add(k->w, EVENT_story_saved, story, NULL, S(""), why));
    return audit_add(
        k->w, k->now, &k->by,
        &(struct deed){.act = act, .subject = story, .label = label, .was = was, .is = is}, why);
}

err staff_plan(struct staff_work *k, const struct plan_change *c, note *why)
{
    struct sql_story_plan was, is;
    struct stages stages;
    str stage;
    int64_t person, wish;

    TRY(may_plan(k, c->story, &was, why));
    stages_of(k, was.section, &stages);
    stage = c->stage.n > 0 ? c->stage : was.stage;
    if (c->stage.n > 0 && !stage_is(&stages, c->stage))
        return fail(why, E_INVALID, "there is no stage \"%.*s\"", STR(c->stage));
    person = c->sets_person ? c->person : was.has_assigned_to ? was.assigned_to : 0;
    wish = c->sets_wish ? c->wish_at : was.has_wished_at ? was.wished_at : 0;
    if (c->sets_person && (!was.has_assigned_to || was.assigned_to != person)) {
        TRY(check_person(k, person, why));
        if (was.has_assigned_to && was.assigned_to != k->by.staff && !(k->may & MAY(edit)))
            return fail(why, E_DENIED, "edit is needed to take a story from somebody else");
    }
    TRY(sql_story_plan_set(k->w, c->story, stage, person != 0 ? &person : NULL,
                           wish != 0 ? &wish : NULL, NULL));
    TRY(sql_story_plan(k->a, k->w, c->story, &is));
    return tell(k, AUDIT_story_planned, c->story, is.headline, lines_of(k->a, &was),
                lines_of(k->a, &is), why);
}

err staff_plan_idea(struct staff_work *k, const struct idea *i, int64_t *story, note *why)
{
    struct copy c = copy_empty(S("news"), i->section, S(""));
    struct stages stages;

    c.headline = utf8_to(str_squeeze(k->a, utf8_clean(k->a, i->headline)), COPY_HEADLINE_MAX);
    if (c.headline.n == 0)
        return fail(why, E_INVALID, "an idea needs words");
    TRY(check_person(k, i->person, why));
    if (i->person != 0) {
        struct staffer of;
        str *name = arena_one(k->a, str);

        TRY(staff_at(k->a, k->w, i->person, &of));
        *name = of.name;
        c.bylines = (struct copy_names){name, 1};
    }
    TRY(staff_story_make(k, &c, story, why));
    stages_of(k, i->section, &stages);
    return sql_story_plan_set(k->w, *story, stages.v[0], i->person != 0 ? &i->person : NULL, NULL,
                              NULL);
}

/* --- notes --- */

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Do the words begin with the name, as a whole? */
static bool begins_with(str words, str name)
{
    return name.n > 0 && str_starts_nocase(words, name) &&
           (words.n == name.n || !is_of_name(words.p[name.n]));
}

static str first_name(str name)
{
    str rest = name, first;

    return str_cut(&rest, ' ', &first) ? first : name;
}

/* The longest whole name; else the only one with this first name; 0: nobody. */
static int64_t who_is(str words, const struct staffer *all, size_t n)
{
    int64_t whole = 0, first = 0;
    size_t longest = 0, firsts = 0;

    for (size_t i = 0; i < n; i++) {
        if (all[i].state == STAFF_SUSPENDED)
            continue;
        if (all[i].name.n > longest && begins_with(words, all[i].name)) {
            longest = all[i].name.n;
            whole = all[i].id;
        }
        if (begins_with(words, first_name(all[i].name))) {
            first = all[i].id;
            firsts++;
        }
    }
    return whole != 0 ? whole : firsts == 1 ? first : 0;
}

size_t staff_named_in(str words, const struct staffer *all, size_t n, int64_t out[MENTIONS_MAX])
{
    size_t named = 0;

    for (size_t i = 0; i < words.n && named < MENTIONS_MAX; i++) {
        bool begins = words.p[i] == '@' && (i == 0 || !is_of_name(words.p[i - 1]));
        int64_t who = begins ? who_is(str_from(words, i + 1), all, n) : 0;
        bool is_new = who != 0;

        for (size_t j = 0; j < named; j++)
            is_new = is_new && out[j] != who;
        if (is_new)
            out[named++] = who;
    }
    return named;
}

err staff_note(struct staff_work *k, int64_t story, str words, int64_t *id, note *why)
{
    struct sql_story_plan now;
    struct sql_note_add made;
    struct staffer *all;
    int64_t named[MENTIONS_MAX], by = k->by.staff;
    str kept = str_trim(utf8_clean(k->a, words));
    size_t n;

    if (kept.n == 0 || kept.n > NOTE_MAX)
        return fail(why, E_INVALID, "a note has words, and at most %d bytes", NOTE_MAX);
    TRY(may_plan(k, story, &now, why));
    TRY(sql_note_add(k->a, k->w, story, by != 0 ? &by : NULL, k->by.who, k->now, kept, &made));
    TRY(staff_all(k->a, k->w, &all, &n));
    n = staff_named_in(kept, all, n, named);
    for (size_t i = 0; i < n; i++)
        TRY(sql_note_mention(k->w, named[i], made.note_id, NULL));
    *id = made.note_id;
    return tell(k, AUDIT_story_noted, story, now.headline, S(""),
                audit_line(k->a, S(""), "note", str_fmt(k->a, "%lld", (long long)made.note_id)),
                why);
}

err staff_note_resolve(struct staff_work *k, int64_t story, int64_t id, bool resolved, note *why)
{
    struct sql_story_plan now;
    struct sql_note_is is;

    TRY(may_plan(k, story, &now, why));
    TRY(sql_note_is(k->a, k->w, id, story, &is));
    if (!is.is_there)
        return fail(why, E_MISSING, "there is no such note");
    TRY(sql_note_resolve(k->w, id, story, resolved ? &k->now : NULL, resolved ? k->by.who : S(""),
                         NULL));
    return tell(k, resolved ? AUDIT_note_settled : AUDIT_note_reopened, story, now.headline, S(""),
                audit_line(k->a, S(""), "note", str_fmt(k->a, "%lld", (long long)id)), why);
}
