/*
 * live.c - /desk/stories/{id}/live: the composer of a running story, and its entries.
 *
 * One form writes a new entry or, at …/live/{entry}, an old one; everything works by forms alone.
 */
#include "news/running.h"

#include "base/utf8.h"
#include "site/desk/desk.h"
#include "site/desk/planning.h"
#include "site/desk/writing.h"
#include "staff/running.h"
#include "store/sql.h"
#include "text/dates.h"

enum { LISTED = 60, PICTURES = 12, NUMBER_MAX = 20 };

/* What was typed, and why it was not done. */
struct typed {
    struct entry_draft text;
    int64_t number; /* 0: a new entry */
    str at, from, seen;
    const char *wrong;
};

/* --- the page --- */

static const char *state_name(const struct entry *e, int64_t now)
{
    switch (state_now(e->state, e->public_at, now)) {
    case STATE_LIVE:
        return SAY("published");
    case STATE_SCHEDULED:
        return SAY("scheduled");
    case STATE_WITHDRAWN:
        return SAY("withdrawn");
    case STATE_NONE:
    case STATE_KILLED:
    case STATE_COUNT:
    default:
        return SAY("draft");
    }
}

static void fill_line(const struct desk_page *p, int64_t story, str path, bool may_publish,
                      const struct entry *e, struct view_desk_entry *out)
{
    arena *a = p->rq->arena;
    enum public_state state = state_now(e->state, e->public_at, p->r.now);
    bool is_out = state == STATE_LIVE;

    *out = (struct view_desk_entry){
        .number = e->number,
        .title = entry_title(a, e),
        .href = {str_fmt(a, "/desk/stories/%lld/live/%d", (long long)story, e->number)},
        .state = desk_say(p, state_name(e, p->r.now)),
        .at = desk_when(p, e->public_at),
        .edited = desk_when(p, e->edited_at),
        .is_key = e->is_key,
        .is_pinned = e->is_pinned,
        .may_publish = may_publish && !is_out,
        .may_withdraw = may_publish && (is_out || state == STATE_SCHEDULED),
        .may_promote = e->promoted == 0,
    };
    if (is_out && path.n > 0)
        out->shown.address = entry_path(a, path, e->number);
    if (e->promoted != 0)
        out->promoted.address = str_fmt(a, "/desk/stories/%lld", (long long)e->promoted);
}

static err fill_list(const struct desk_page *p, int64_t story, const struct standing *now,
                     struct view_desk_live *view)
{
    int64_t before = INT64_MAX;
    struct view_desk_entry *v;
    struct entries all;
    size_t n;

    if (!str_int(desk_query(p->rq, S("before"), NUMBER_MAX), &before) || before < 1)
        before = INT64_MAX;
    TRY(entries_for_desk(p->rq->arena, p->rq->desk, story, before, LISTED + 1, &all));
    n = all.n < LISTED ? all.n : LISTED;
    v = arena_many(p->rq->arena, struct view_desk_entry, n);
    for (size_t i = 0; i < n; i++)
        fill_line(p, story, now->state == STATE_LIVE ? now->path : S(""), view->may_publish,
                  &all.v[i], &v[i]);
    view->entries.v = v;
    view->entries.n = n;
    view->has_entries = n > 0;
    if (all.n > LISTED)
        view->older.address = str_fmt(p->rq->arena, "/desk/stories/%lld/live?before=%d",
                                      (long long)story, all.v[LISTED - 1].number);
    return OK;
}

static void add_picture(const struct desk_page *p, int64_t media, int64_t chosen,
                        struct view_desk_picture_choice *v, size_t *n)
{
    struct media m;

    for (size_t i = 0; i < *n; i++)
        if (v[i].media == media)
            return;
    if (media_shown(p->rq->arena, p->rq->desk, media, &m) != OK)
        return;
    v[(*n)++] = (struct view_desk_picture_choice){
        .media = media,
        .name = m.words.alt.n > 0 ? m.words.alt : m.words.caption,
        .picture =
            part_picture(&p->parts, media, (str){0}, (struct place){S("8rem"), STANDS_WIDE}, false),
        .is_chosen = media == chosen,
    };
}

static err fill_pictures(const struct desk_page *p, int64_t chosen, struct view_desk_live *view)
{
    struct sql_entry_pictures_rows rows;
    struct view_desk_picture_choice *v;

    TRY(sql_entry_pictures(p->rq->arena, p->rq->desk, PICTURES, &rows));
    v = arena_many(p->rq->arena, struct view_desk_picture_choice, rows.n + 2);
    v[0] = (struct view_desk_picture_choice){.name = desk_say(p, SAY("No picture")),
                                             .is_chosen = chosen == 0};
    view->pictures.n = 1;
    if (chosen != 0)
        add_picture(p, chosen, chosen, v, &view->pictures.n);
    for (size_t i = 0; i < rows.n; i++)
        add_picture(p, rows.v[i].media, chosen, v, &view->pictures.n);
    view->pictures.v = v;
    return OK;
}

static err fill_form(const struct desk_page *p, const struct typed *typed,
                     struct view_desk_live *view)
{
    const struct entry_draft *t = &typed->text;

    view->number = typed->number;
    view->seen = typed->seen;
    view->headline = t->headline;
    view->byline = t->byline;
    view->words = t->words;
    view->quote = t->quote;
    view->quote_by = t->quote_by;
    view->alt = t->alt;
    view->caption = t->caption;
    view->link = t->link;
    view->link_title = t->link_title;
    view->is_key = t->is_key;
    view->is_pinned = t->is_pinned;
    view->at = typed->at;
    view->from_typed = typed->from;
    view->opens_picture = t->media != 0;
    view->opens_quote = t->quote.n > 0 || t->quote_by.n > 0;
    view->opens_link = t->link.n > 0 || t->link_title.n > 0;
    view->is_new = typed->number == 0;
    return fill_pictures(p, t->media, view);
}

/* When the entry goes out: may that be said here, and is it? */
static err fill_time(const struct desk_page *p, int64_t story, const struct typed *typed,
                     struct view_desk_live *view)
{
    struct entry e;
    enum public_state state;

    view->may_time = view->may_publish;
    if (typed->number == 0)
        return OK;
    TRY(entry_for_desk(p->rq->arena, p->rq->desk, story, typed->number, &e));
    state = state_now(e.state, e.public_at, p->r.now);
    view->may_time &= state != STATE_LIVE;
    if (typed->at.n == 0 && state == STATE_SCHEDULED)
        view->at = plan_time_field(p->rq, e.public_at);
    return OK;
}

/* What the coverage may become, as buttons. */
static void fill_moves(const struct desk_page *p, const struct coverage *c,
                       struct view_desk_live *view)
{
    static const struct {
        enum coverage_state to;
        const char *words;
    } all[] = {
        {COVERAGE_LIVE, SAY("Go live")},
        {COVERAGE_PAUSED, SAY("Pause it")},
        {COVERAGE_ENDED, SAY("End it")},
        {COVERAGE_ARCHIVED, SAY("Put it away for good")},
    };
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, LENGTH(all));

    for (size_t i = 0; i < LENGTH(all); i++)
        if (coverage_may_move(c->state, all[i].to))
            v[view->moves.n++] =
                (struct view_choice){coverage_word(all[i].to), desk_say(p, all[i].words), false};
    view->moves.v = v;
    view->may_announce = coverage_may_move(c->state, COVERAGE_ANNOUNCED);
    view->is_over = c->state >= COVERAGE_ENDED;
}

static const char *coverage_name(enum coverage_state s)
{
    static const char *const names[COVERAGE_STATES] = {
        SAY("Not begun. The first entry that goes out begins it."),
        SAY("Announced. The first entry that goes out begins it."),
        SAY("Live."),
        SAY("Paused."),
        SAY("Over. Entries can be changed and withdrawn; to go on, go live again."),
        SAY("Over, and put away. Entries can be changed and withdrawn."),
    };

    return names[s];
}

static err fill(struct desk_page *p, int64_t id, const struct typed *typed,
                struct view_desk_live *view)
{
    arena *a = p->rq->arena;
    struct desk d = writing_desk(p->rq);
    struct standing now;
    struct coverage c;

    TRY(desk_standing(&d, id, &now, &p->rq->note));
    TRY(coverage_of(&p->r, id, &c));
    *view = (struct view_desk_live){
        .desk = p->head,
        .action = {str_fmt(a, "/desk/stories/%lld/live", (long long)id)},
        .story_href = {str_fmt(a, "/desk/stories/%lld", (long long)id)},
        .title = desk_headline(p, now.headline),
        .state = desk_say(p, coverage_name(c.state)),
        .since = desk_when(p, c.from_at),
        .zone = p->paper.time_zone.n > 0 ? p->paper.time_zone : S("UTC"),
        .is_public = now.state == STATE_LIVE,
        .is_killed = now.state == STATE_KILLED,
        .may_publish = (desk_visit(p->rq)->who.may & MAY(publish)) != 0,
        .may_take = (desk_visit(p->rq)->who.may & MAY(pictures)) != 0,
    };
    if (now.state == STATE_LIVE)
        view->href.address = now.path;
    fill_moves(p, &c, view);
    TRY(fill_form(p, typed, view));
    TRY(fill_time(p, id, typed, view));
    if (typed->wrong != NULL)
        desk_wrong(p, typed->wrong);
    return fill_list(p, id, &now, view);
}

static err show(struct request *rq, int64_t id, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_live view;

    TRY(desk_begin(rq, &p));
    TRY(fill(&p, id, typed, &view));
    return desk_reply(&p, typed->wrong != NULL ? 409 : 200, DESK_LIVE, SAY("Live coverage"), &view);
}

static struct typed fresh(struct request *rq)
{
    return (struct typed){.text = {.byline = desk_visit(rq)->who.name}};
}

err desk_live(struct request *rq)
{
    struct typed typed = fresh(rq);
    int64_t id;

    TRY(writing_story(rq, &id));
    return show(rq, id, &typed);
}

err desk_live_entry(struct request *rq)
{
    struct typed typed = {0};
    struct entry e;
    int64_t id;

    TRY(writing_story(rq, &id));
    if (!str_int(request_param(rq, S("entry")), &typed.number))
        return E_MISSING;
    TRY(entry_for_desk(rq->arena, rq->desk, id, typed.number, &e));
    typed.seen = str_fmt(rq->arena, "%d", e.version);
    typed.text = (struct entry_draft){
        .headline = e.headline,
        .byline = e.byline,
        .words = e.words,
        .quote = e.quote,
        .quote_by = e.quote_by,
        .alt = e.alt,
        .caption = e.caption,
        .link = e.link,
        .link_title = e.link_title,
        .media = e.media,
        .is_key = e.is_key,
        .is_pinned = e.is_pinned,
    };
    return show(rq, id, &typed);
}

/* --- acts --- */

static err run(struct staff_work *k, void *of, note *why)
{
    return staff_running(k, of, why);
}

static str line(struct request *rq, const char *name)
{
    return str_squeeze(rq->arena, desk_field(rq, name));
}

static struct typed read_typed(struct request *rq)
{
    struct typed typed = {
        .text =
            {
                .headline = line(rq, "headline"),
                .byline = line(rq, "byline"),
                .words = str_replace(rq->arena, desk_field(rq, "words"), S("\r\n"), S("\n")),
                .quote = line(rq, "quote"),
                .quote_by = line(rq, "quote-by"),
                .alt = line(rq, "alt"),
                .caption = line(rq, "caption"),
                .link = line(rq, "link"),
                .link_title = line(rq, "link-title"),
                .is_key = desk_field(rq, "key").n > 0,
                .is_pinned = desk_field(rq, "pin").n > 0,
            },
        .at = desk_field(rq, "at"),
        .from = desk_field(rq, "from"),
        .seen = desk_field(rq, "seen"),
    };

    if (!str_int(desk_field(rq, "picture"), &typed.text.media) || typed.text.media < 0)
        typed.text.media = 0;
    if (!str_int(desk_field(rq, "entry"), &typed.number) || typed.number < 0)
        typed.number = 0;
    return typed;
}

static bool read_time(struct request *rq, str text, int64_t *at)
{
    const struct site *s = rq->of;

    return text.n >= 16 && date_parse(text, s->zone, at);
}

/* What the pressed button asks for; false: nothing that is known here. */
static bool read_act(struct request *rq, const struct typed *typed, struct running_act *act,
                     const char **done)
{
    static const struct {
        const char *word;
        enum running_verb verb;
        const char *done;
    } all[] = {
        {"publish", RUNNING_WRITE, "entry-out"}, {"schedule", RUNNING_WRITE, "scheduled"},
        {"draft", RUNNING_WRITE, "entry-saved"}, {"save", RUNNING_CHANGE, "entry-saved"},
        {"out", RUNNING_PUBLISH, "entry-out"},   {"withdraw", RUNNING_WITHDRAW, "entry-down"},
        {"promote", RUNNING_PROMOTE, NULL},      {"move", RUNNING_MOVE, "coverage"},
        {"announce", RUNNING_MOVE, "coverage"},
    };
    str word = desk_field(rq, "act"), to = desk_field(rq, "to");

    *act = (struct running_act){.number = typed->number, .text = typed->text, .seen = typed->seen};
    if (to.n > 0) { /* a button of the coverage says both */
        word = S("move");
        act->to = coverage_of_word(to);
    }
    if (str_eq(word, S("announce")))
        act->to = COVERAGE_ANNOUNCED;
    act->goes_out = str_eq(word, S("publish")) || str_eq(word, S("schedule"));
    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(word, str_c(all[i].word))) {
            act->verb =
                all[i].verb == RUNNING_WRITE && typed->number != 0 ? RUNNING_CHANGE : all[i].verb;
            *done = all[i].done;
            return true;
        }
    return false;
}

/* The times that go with it; a sentence where one is missing. */
static const char *read_times(struct request *rq, const struct typed *typed,
                              struct running_act *act)
{
    str word = desk_field(rq, "act");

    if (str_eq(word, S("schedule")) && !read_time(rq, typed->at, &act->at))
        return SAY("Please give day and time.");
    if (str_eq(word, S("announce")) && typed->from.n > 0 && !read_time(rq, typed->from, &act->at))
        return SAY("Please give day and time.");
    return NULL;
}

static const char *why_not(err e)
{
    return e == E_CONFLICT
               ? SAY("It does not fit any more: a colleague was quicker, or the coverage is over. "
                     "What you have typed is still here.")
           : e == E_LIMIT ? SAY("That is too long for an entry.")
                          : SAY("An entry needs a headline or some words; a card leads to an "
                                "https address; the picture must be in the library.");
}

err desk_live_post(struct request *rq)
{
    struct typed typed = read_typed(rq);
    struct running_act act;
    const char *done;
    int64_t id;
    err e = OK;

    TRY(writing_story(rq, &id));
    if (!read_act(rq, &typed, &act, &done))
        return fail(&rq->note, E_INVALID, "that is no act");
    act.story = id;
    typed.wrong = read_times(rq, &typed, &act);
    if (typed.wrong == NULL)
        e = desk_do(rq, run, &act);
    if (e == E_CONFLICT || e == E_INVALID || e == E_LIMIT)
        typed.wrong = why_not(e);
    else
        TRY(e);
    if (typed.wrong != NULL)
        return show(rq, id, &typed);
    if (act.verb == RUNNING_PROMOTE)
        return reply_see_other(rq,
                               str_fmt(rq->arena, "/desk/stories/%lld/edit", (long long)act.made));
    return desk_go(rq, str_fmt(rq->arena, "/desk/stories/%lld/live", (long long)id), done);
}
