/*
 * story.c - /desk/stories/{id}: what readers have of a story, and what may be done: publish,
 * schedule, set an end, withdraw, correct, kill.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "news/running.h"
#include "site/desk/checklist.h"
#include "site/desk/planning.h"
#include "staff/publishing.h"
#include "staff/writing.h"
#include "store/sql.h"
#include "text/dates.h"

enum { VERSIONS = 30, REASON_MAX = 2000 };

/* What was typed, and why it was not done. */
struct typed {
    str at, end, reason, why, headline, standfirst;
    enum correction_place place;
    bool corrects, is_clarification, is_written, is_edit, is_anyway;
    const char *wrong;
    const struct check *stop; /* what it is that is wrong */
};

static const char *const moved_on =
    SAY("Somebody else was quicker: the story has moved on. This is how it is now.");

/* --- the page --- */

static err fill_versions(const struct desk_page *p, int64_t story, struct view_desk_story *view)
{
    struct sql_desk_versions_rows rows;

    TRY(sql_desk_versions(p->rq->arena, p->rq->desk, story, INT64_MAX, VERSIONS, &rows));

    struct view_desk_version *v = arena_many(p->rq->arena, struct view_desk_version, rows.n);

    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_desk_versions *row = &rows.v[i];

        v[i] = (struct view_desk_version){
            .number = row->number,
            .kind = version_kind_name(p, row->kind),
            .reason = row->reason,
            .why = row->why,
            .words = row->words,
            .made = desk_when(p, row->made_at),
            .shown = desk_when(p, row->has_public_at ? row->public_at : 0),
        };
        if (!view->is_killed && !row->is_hidden)
            v[i].compare.address = str_fmt(p->rq->arena, "/desk/stories/%lld/compare?version=%lld",
                                           (long long)story, (long long)row->number);
    }
    view->versions.v = v;
    view->versions.n = rows.n;
    if (rows.n > 1 && !view->is_killed)
        view->all_versions.address =
            str_fmt(p->rq->arena, "/desk/stories/%lld/revisions?of=versions", (long long)story);
    return OK;
}

static void fill_state(const struct desk_page *p, const struct standing *now,
                       struct view_desk_story *view)
{
    struct writing_may may = writing_may(desk_visit(p->rq)->who.may, now->state);

    view->is_draft = now->state == STATE_NONE;
    view->is_scheduled = now->state == STATE_SCHEDULED;
    view->is_live = now->state == STATE_LIVE;
    view->is_withdrawn = now->state == STATE_WITHDRAWN;
    view->is_killed = now->state == STATE_KILLED;
    view->since = desk_when(p, now->public_at);
    view->until = desk_when(p, now->expiry_at);
    view->embargo = desk_when(p, now->embargo_at > p->r.now ? now->embargo_at : 0);
    view->may_publish = may.publish;
    view->may_update = may.update;
    view->may_end = may.end;
    view->may_withdraw = may.withdraw;
    view->may_correct = may.correct;
    view->may_kill = may.kill;
}

static void fill_typed(const struct story *s, const struct typed *typed,
                       struct view_desk_story *view)
{
    view->at = typed->at;
    view->end = typed->end;
    view->reason = typed->reason;
    view->new_headline = typed->wrong != NULL ? typed->headline : s->card.headline;
    view->new_standfirst = typed->wrong != NULL ? typed->standfirst : s->card.standfirst;
    view->why = typed->why;
    view->is_clarification = typed->is_clarification;
    view->is_at_top = typed->place == CORRECTION_TOP;
    view->is_at_foot = typed->place == CORRECTION_FOOT;
    view->is_written = typed->corrects ? typed->is_written : view->is_ahead;
    view->is_anyway = typed->is_anyway;
    view->is_edit = typed->is_edit;
    view->opens_correct = typed->corrects;
    view->opens_end = typed->end.n > 0;
}

static err stands(struct request *rq, int64_t id, struct standing *now, struct working *w)
{
    struct desk d = writing_desk(rq);

    TRY(desk_standing(&d, id, now, &rq->note));
    return working_look(rq->arena, rq->desk, id, w);
}

/* Why it was not done: it is not what it was when they looked, or what the verb says. */
static const char *why_not(struct request *rq, const struct story_act *act, const char *sentence)
{
    struct standing now;
    struct working w;

    return act->seen.n > 0 && stands(rq, act->story, &now, &w) == OK &&
                   !str_eq(staff_story_seen(rq->arena, &now, &w), act->seen)
               ? moved_on
               : sentence;
}

/* What is being written. */
static void fill_working(const struct desk_page *p, const struct working *w,
                         struct view_desk_story *view)
{
    view->edit.address = str_join(p->rq->arena, view->action.address, S("/edit"));
    view->newer.address = str_join(p->rq->arena, view->action.address, S("/newer"));
    view->is_unwritten = w->newest == 0;
    view->is_ahead = w->revision > 0 && w->is_changed && w->newest > 0;
    view->is_newer = working_waits(w) && view->from_wire == NULL; /* else that says it */
    view->saved = desk_when(p, w->is_changed ? w->saved_at : 0);
    if (w->revision > 0)
        view->revisions.address = str_join(p->rq->arena, view->action.address, S("/revisions"));
}

/* What is written and goes out with the next act: what it brings, and what is not fine with it. */
static err fill_next(const struct desk_page *p, const struct working *w,
                     struct view_desk_story *view)
{
    struct request *rq = p->rq;
    struct checks list;
    struct copy stands;

    if (!view->may_publish && !(view->is_ahead && (view->may_update || view->may_correct)))
        return OK;
    TRY(checklist_fill(p, w, view, &list));
    if (!view->is_ahead || !view->may_correct)
        return OK;
    TRY(copy_of_story(rq->arena, rq->desk, w->story, &stands, &rq->note));
    view->brings = compare_names(&p->parts, &stands, &list.next);
    view->compare.address =
        str_fmt(rq->arena, "%.*s/compare?version=%d", STR(view->action.address), w->newest);
    return OK;
}

/* Why it was not done. */
static void say_wrong(struct desk_page *p, const struct typed *typed)
{
    desk_wrong(p, typed->wrong);
    if (typed->stop != NULL)
        p->head->wrong = str_fmt(p->rq->arena, "%.*s: %.*s", STR(desk_say(p, typed->stop->title)),
                                 STR(p->head->wrong));
}

static bool may_break(const struct desk_page *p, const struct standing *now)
{
    return now->state == STATE_LIVE && (desk_visit(p->rq)->who.may & MAY(breaking));
}

/* A running story leads to its composer. */
static err fill_live(const struct desk_page *p, int64_t id, const struct story *s,
                     struct view_desk_story *view)
{
    struct coverage c;
    struct reading r = p->r;

    TRY(coverage_of(&r, id, &c));
    if (!view->is_killed && (c.state != COVERAGE_NONE || str_eq(s->card.type, S("live"))))
        view->live.address = str_join(p->rq->arena, view->action.address, S("/live"));
    return OK;
}

static err fill(struct desk_page *p, int64_t id, const struct typed *typed,
                struct view_desk_story *view)
{
    arena *a = p->rq->arena;
    struct standing now;
    struct working w;
    struct story s;
    const struct section *section;

    TRY(stands(p->rq, id, &now, &w));
    TRY(now.state == STATE_NONE ? working_story(&p->r, id, &s, &p->rq->note)
                                : story_by_id(&p->r, id, &s));
    section = paper_section_by_id(&p->paper, now.section);
    *view = (struct view_desk_story){
        .desk = p->head,
        .action = {str_fmt(a, "/desk/stories/%lld", (long long)id)},
        .correct = {str_fmt(a, "/desk/stories/%lld/correct", (long long)id)},
        .kill = {str_fmt(a, "/desk/stories/%lld/kill", (long long)id)},
        .took = p->took_ms,
        .breaking = {may_break(p, &now) ? str_fmt(a, "/desk/breaking?story=%lld", (long long)id)
                                        : (str){0}},
        .headline = desk_headline(p, s.card.headline),
        .standfirst = s.card.standfirst,
        .language = part_language(&p->paper, s.card.language),
        .direction = part_direction(s.card.language),
        .section = section != NULL ? section->name : S(""),
        .byline = s.card.byline,
        .zone = p->paper.time_zone.n > 0 ? p->paper.time_zone : S("UTC"),
        .seen = staff_story_seen(a, &now, &w),
    };
    TRY(from_wire_fill(p, id, &w, &view->from_wire));
    fill_working(p, &w, view);
    fill_state(p, &now, view);
    fill_typed(&s, typed, view);
    if (!view->is_killed)
        view->preview.address = str_fmt(a, "/desk/stories/%lld/preview", (long long)id);
    TRY(fill_live(p, id, &s, view));
    if (!view->is_draft && !view->is_scheduled)
        view->href.address = now.path;
    if (typed->wrong != NULL)
        say_wrong(p, typed);
    if (desk_visit(p->rq)->who.may & MAY(audit))
        view->log.address = str_fmt(a, "/desk/audit?story=%lld", (long long)id);
    TRY(fill_next(p, &w, view));
    TRY(places_fill(p, id, view));
    if (!view->is_killed)
        TRY(plan_fill(p, id, view));
    TRY(notes_fill(p, id, view));
    if (!view->is_killed && !view->is_withdrawn)
        TRY(links_fill(p, id, view));
    return fill_versions(p, id, view);
}

static err show(struct request *rq, int64_t id, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_story view;

    TRY(desk_begin(rq, &p));
    TRY(fill(&p, id, typed, &view));
    return desk_reply(&p, typed->wrong != NULL ? 409 : 200, DESK_STORY, SAY("Story"), &view);
}

err desk_story(struct request *rq)
{
    int64_t id;

    TRY(writing_story(rq, &id));
    return show(rq, id, &(struct typed){0});
}

err story_show_link(struct request *rq, int64_t story, str link, int64_t until_at,
                    const char *wrong)
{
    struct desk_page p;
    struct view_desk_story view;

    TRY(desk_begin(rq, &p));
    TRY(fill(&p, story, &(struct typed){0}, &view));
    view.link = link;
    view.link_until = desk_when(&p, until_at);
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 409 : 200, DESK_STORY, SAY("Story"), &view);
}

/* --- acts --- */

static err run(struct staff_work *k, void *of, note *why)
{
    return staff_act_on(k, of, why);
}

/* What is said of it, by where the story stands then: of what has its time nobody has anything. */
static const char *done_of(const struct story_act *act, enum public_state now, const char *done)
{
    if (now != STATE_SCHEDULED)
        return done;
    if (act->act == AUDIT_story_published)
        return act->at == 0 ? "embargoed" : "scheduled";
    return act->act == AUDIT_story_updated || act->act == AUDIT_story_corrected ? "updated-ahead"
                                                                                : done;
}

/* Do it, wait until every kept page of it is dropped, and go back to the story, which says what
 * readers have then, and how long that took. */
static err act_and_go(struct request *rq, const struct story_act *act, const char *done)
{
    const struct site *s = rq->of;
    struct story_act copy = *act;
    int64_t start = clock_now(s->clock), ms;
    struct standing now;
    struct working w;

    TRY(desk_do(rq, run, &copy));
    ms = (clock_now(s->clock) - start) / 1000 + 1;
    TRY(stands(rq, act->story, &now, &w));
    return desk_go_took(rq, str_fmt(rq->arena, "/desk/stories/%lld", (long long)act->story),
                        done_of(act, now.state, done),
                        now.state == STATE_NONE || now.state == STATE_SCHEDULED ? 0 : ms);
}

/* Looks over what would go out; typed->wrong says why it does not. */
static err look_over(struct request *rq, const struct story_act *act, struct typed *typed)
{
    struct desk_page p;
    struct standing now;
    struct working w;
    struct checks list = {0};
    err e = OK;

    TRY(stands(rq, act->story, &now, &w));
    if (now.state == STATE_KILLED)
        return OK; /* the verb says so */
    TRY(desk_begin(rq, &p));
    e = checklist_of(&p, &w, false, &list);
    reading_end(&p.r);
    typed->is_anyway = str_eq(desk_field(rq, "anyway"), S("yes"));
    for (size_t i = 0; i < list.n && typed->stop == NULL; i++)
        if (list.v[i].state == CHECK_NEVER)
            typed->stop = &list.v[i];
        else if (list.v[i].state == CHECK_STOP && !typed->is_anyway)
            typed->wrong = SAY("It is not ready: please look at the list, or say that it goes out "
                               "all the same.");
    if (typed->stop != NULL)
        typed->wrong = typed->stop->about;
    if (typed->wrong != NULL) {
        typed->wrong = why_not(rq, act, typed->wrong);
        typed->stop = typed->wrong != moved_on ? typed->stop : NULL;
    }
    return e;
}

/* A time as a browser's field gives it, in the paper's zone. */
static bool read_time(struct request *rq, str typed, int64_t *at)
{
    const struct site *s = rq->of;

    return typed.n >= 16 && date_parse(typed, s->zone, at);
}

static err publish(struct request *rq, int64_t id, struct typed *typed)
{
    struct story_act act = {
        .act = AUDIT_story_published,
        .story = id,
        .seen = desk_field(rq, "seen"),
        .is_written = true,
        .byline = writing_byline(rq),
    };
    bool at_a_time = str_eq(desk_field(rq, "act"), S("schedule"));
    int64_t now = clock_now(((struct site *)rq->of)->clock);
    err e;

    typed->at = desk_field(rq, "at");
    if (at_a_time && !read_time(rq, typed->at, &act.at))
        typed->wrong = SAY("Please give day and time.");
    else if (at_a_time && act.at <= now - MINUTE_US)
        typed->wrong = SAY("That time is over. Give one that is to come, or publish it now.");
    else
        TRY(look_over(rq, &act, typed));
    if (typed->wrong != NULL)
        return show(rq, id, typed);
    if (act.at <= now) /* the minute that is running */
        act.at = 0;
    e = act_and_go(rq, &act, "published");
    if (e != E_CONFLICT && e != E_INVALID)
        return e;
    typed->wrong =
        why_not(rq, &act,
                SAY("It cannot be published then: it is under embargo until later, it would be "
                    "taken down before, or readers have it already."));
    return show(rq, id, typed);
}

/* What was written since goes out. */
static err update(struct request *rq, int64_t id, struct typed *typed)
{
    bool is_edit = str_eq(desk_field(rq, "kind"), S("edit"));
    struct story_act act = {
        .act = AUDIT_story_updated,
        .story = id,
        .seen = desk_field(rq, "seen"),
        .correction = {.kind = is_edit ? VERSION_EDIT : VERSION_UPDATE,
                       .reason = is_edit ? S("") : typed->reason},
        .is_written = true,
        .byline = writing_byline(rq),
    };
    err e;

    typed->is_edit = is_edit;
    TRY(look_over(rq, &act, typed));
    if (typed->wrong != NULL)
        return show(rq, id, typed);
    e = act_and_go(rq, &act, "updated");
    if (e != E_CONFLICT && e != E_GONE && e != E_INVALID)
        return e;
    typed->wrong = why_not(rq, &act,
                           SAY("It cannot go out like this: it needs a headline, something that "
                               "was written since, and no newer version beside it."));
    return show(rq, id, typed);
}

static err end(struct request *rq, int64_t id, struct typed *typed)
{
    struct story_act act = {.act = AUDIT_story_ended, .story = id};
    bool endless = str_eq(desk_field(rq, "act"), S("endless"));
    err e;

    typed->end = desk_field(rq, "end");
    if (!endless && !read_time(rq, typed->end, &act.at)) {
        typed->wrong = SAY("Please give day and time.");
        return show(rq, id, typed);
    }
    e = act_and_go(rq, &act, endless ? "endless" : "end");
    if (e != E_CONFLICT)
        return e;
    typed->wrong = SAY("That time is over, or it lies before the story is published.");
    return show(rq, id, typed);
}

err desk_story_post(struct request *rq)
{
    struct typed typed = {.reason = utf8_to(desk_field(rq, "reason"), REASON_MAX)};
    str word = desk_field(rq, "act");
    struct story_act act = {.reason = typed.reason};
    const char *done;
    err e;

    TRY(desk_id(rq, &act.story));
    if (str_eq(word, S("publish")) || str_eq(word, S("schedule")))
        return publish(rq, act.story, &typed);
    if (str_eq(word, S("update")))
        return update(rq, act.story, &typed);
    if (str_eq(word, S("end")) || str_eq(word, S("endless")))
        return end(rq, act.story, &typed);
    if (str_eq(word, S("unschedule"))) {
        act.act = AUDIT_story_unscheduled;
        done = "unscheduled";
    } else if (str_eq(word, S("withdraw"))) {
        act.act = AUDIT_story_withdrawn;
        done = "withdrawn";
    } else
        return fail(&rq->note, E_INVALID, "\"%.*s\" is no act", STR(word));
    e = act_and_go(rq, &act, done);
    if (e != E_CONFLICT && e != E_GONE)
        return e;
    typed.wrong = moved_on;
    return show(rq, act.story, &typed);
}

/* At the top, at the foot, or what its kind says. */
static enum correction_place read_place(struct request *rq)
{
    str place = desk_field(rq, "place");

    return str_eq(place, S("top"))    ? CORRECTION_TOP
           : str_eq(place, S("foot")) ? CORRECTION_FOOT
                                      : CORRECTION_BY_KIND;
}

err desk_correct_post(struct request *rq)
{
    struct typed typed = {
        .reason = utf8_to(desk_field(rq, "reason"), REASON_MAX),
        .why = utf8_to(desk_field(rq, "why"), REASON_MAX),
        .place = read_place(rq),
        .headline = desk_field(rq, "headline"),
        .standfirst = desk_field(rq, "standfirst"),
        .corrects = true,
        .is_clarification = str_eq(desk_field(rq, "kind"), S("clarification")),
        .is_written = str_eq(desk_field(rq, "written"), S("yes")),
    };
    struct story_act act = {
        .act = AUDIT_story_corrected,
        .seen = desk_field(rq, "seen"),
        .correction = {.kind = typed.is_clarification ? VERSION_CLARIFICATION : VERSION_CORRECTION,
                       .reason = typed.reason,
                       .why = typed.why,
                       .place = typed.place,
                       .headline = typed.headline,
                       .standfirst = typed.standfirst},
        .is_written = typed.is_written,
        .byline = writing_byline(rq),
    };
    err e;

    TRY(desk_id(rq, &act.story));
    if (typed.reason.n == 0 || (typed.headline.n == 0 && !typed.is_written))
        typed.wrong = SAY("Readers must be told what was wrong, and a story needs a headline.");
    else if (typed.is_written)
        TRY(look_over(rq, &act, &typed));
    if (typed.wrong == NULL) {
        e = act_and_go(rq, &act, "corrected");
        if (e != E_CONFLICT && e != E_GONE && e != E_INVALID)
            return e;
        typed.wrong = why_not(rq, &act, SAY("Only a story that readers have can be corrected."));
    }
    return show(rq, act.story, &typed);
}

/* --- the last resort --- */

static err show_kill(struct request *rq, int64_t id, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_story view;

    TRY(desk_begin(rq, &p));
    TRY(fill(&p, id, typed, &view));
    return desk_reply(&p, typed->wrong != NULL ? 409 : 200, DESK_KILL, SAY("Kill a story"), &view);
}

err desk_kill_page(struct request *rq)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    return show_kill(rq, id, &(struct typed){0});
}

err desk_kill_post(struct request *rq)
{
    struct typed typed = {.reason = utf8_to(desk_field(rq, "reason"), REASON_MAX)};
    struct story_act act = {.act = AUDIT_story_killed, .reason = typed.reason};
    err e;

    TRY(desk_id(rq, &act.story));
    if (!str_eq(desk_field(rq, "sure"), S("yes")) || typed.reason.n == 0) {
        typed.wrong = SAY("Please say why, and that you are sure: a kill cannot be taken back.");
        return show_kill(rq, act.story, &typed);
    }
    e = act_and_go(rq, &act, "killed");
    if (e != E_GONE)
        return e;
    typed.wrong = SAY("It was killed already.");
    return show_kill(rq, act.story, &typed);
}
