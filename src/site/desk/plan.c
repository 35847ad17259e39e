/*
 * plan.c - where the work on a story stands: its stage, whose it is, the day that is wished for it.
 *
 * /desk/board shows all that is not out yet, a column a stage; a story's page has the same of one.
 */
#include "site/desk/planning.h"

#include "news/copy.h"
#include "site/desk/writing.h"
#include "staff/planning.h"
#include "staff/publishing.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/slug.h"

enum { CARDS_MAX = 400, NUMBER_BYTES = 20 };

/* --- what the pages share --- */

void plan_stages(const struct desk_page *p, int64_t section, struct stages *out)
{
    const struct section *s = paper_section_by_id(&p->paper, section);

    stages_read(s != NULL && s->stages.n > 0 ? s->stages : p->paper.stages, out);
}

const int64_t *plan_own(const struct desk_page *p)
{
    const struct session *who = &desk_visit(p->rq)->who;

    return who->may & MAY(edit) ? NULL : &who->staff;
}

err plan_people(const struct desk_page *p, int64_t chosen, const struct view_choice **out,
                size_t *n)
{
    arena *a = p->rq->arena;
    const struct session *who = &desk_visit(p->rq)->who;
    struct staffer *all;
    struct view_choice *v;
    size_t people;

    TRY(staff_all(a, p->rq->desk, &all, &people));
    v = arena_many(a, struct view_choice, people);
    *n = 0;
    for (size_t i = 0; i < people; i++) {
        bool may_give = all[i].id == who->staff || (who->may & MAY(edit));

        if (all[i].id != chosen &&
            (all[i].state == STAFF_SUSPENDED || !(all[i].may & MAY_WRITE) || !may_give))
            continue;
        v[(*n)++] = (struct view_choice){str_fmt(a, "%lld", (long long)all[i].id), all[i].name,
                                         all[i].id == chosen};
    }
    *out = v;
    return OK;
}

bool plan_time_read(struct request *rq, str typed, int64_t *at)
{
    const struct site *s = rq->of;

    return typed.n >= 16 && date_parse(typed, s->zone, at);
}

str plan_time_field(struct request *rq, int64_t at)
{
    const struct site *s = rq->of;

    return at != 0 ? str_to(date_iso_in(rq->arena, at, s->zone), 16) : S("");
}

struct view_desk_card plan_card(const struct desk_page *p, const struct sql_plan_board *row)
{
    arena *a = p->rq->arena;
    enum public_state state =
        state_now(row->public_state, row->has_public_at ? row->public_at : 0, p->r.now);
    str href = str_fmt(a, "/desk/stories/%lld", (long long)row->story);

    return (struct view_desk_card){
        .story = row->story,
        .href = {href},
        .action = {str_join(a, href, S("/plan"))},
        .headline = desk_headline(p, row->headline),
        .language = part_language(&p->paper, row->language),
        .direction = part_direction(row->language),
        .section = row->section,
        .stage = stage_name(p->paper.tongue, row->stage),
        .state = state == STATE_NONE ? S("") : desk_state_name(p, state),
        .who = row->assigned,
        .scheduled = desk_when(p, state == STATE_SCHEDULED ? row->public_at : 0),
        .wished = desk_when(p, row->has_wished_at && state == STATE_NONE ? row->wished_at : 0),
        .is_late = row->has_wished_at && state == STATE_NONE && row->wished_at < p->r.now,
    };
}

/* --- of one story --- */

err plan_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view)
{
    arena *a = p->rq->arena;
    struct stages stages;
    struct sql_story_plan row;
    struct view_choice *v;

    TRY(sql_story_plan(a, p->rq->desk, story, &row));
    plan_stages(p, row.section, &stages);
    v = arena_many(a, struct view_choice, stages.n + 1);
    if (!stage_is(&stages, row.stage)) /* of the wire, or of another day */
        v[view->stages.n++] =
            (struct view_choice){row.stage, stage_name(p->paper.tongue, row.stage), true};
    for (size_t i = 0; i < stages.n; i++)
        v[view->stages.n++] = (struct view_choice){
            stages.v[i], stage_name(p->paper.tongue, stages.v[i]), str_eq(stages.v[i], row.stage)};
    view->stages.v = v;
    view->plan_action.address = str_fmt(a, "/desk/stories/%lld/plan", (long long)story);
    view->wished = plan_time_field(p->rq, row.has_wished_at ? row.wished_at : 0);
    return plan_people(p, row.has_assigned_to ? row.assigned_to : 0, &view->people.v,
                       &view->people.n);
}

/* --- changing it --- */

static err change(struct staff_work *k, void *of, note *why)
{
    return staff_plan(k, of, why);
}

/* Fields that the form has not are not changed. */
static err read_change(struct request *rq, struct plan_change *c)
{
    str person, wish;

    c->stage = desk_field(rq, "stage");
    if (str_eq(c->stage, S("wire"))) /* as it stands, of what nobody has taken up */
        c->stage = S("");
    c->sets_person = form_has(&desk_visit(rq)->form, S("who"));
    person = desk_field(rq, "who");
    if (c->sets_person && person.n > 0 && !str_int(person, &c->person))
        return fail(&rq->note, E_INVALID, "there is nobody \"%.*s\"", STR(person));
    c->sets_wish = form_has(&desk_visit(rq)->form, S("wish"));
    wish = desk_field(rq, "wish");
    if (c->sets_wish && wish.n > 0 && !plan_time_read(rq, wish, &c->wish_at))
        return fail(&rq->note, E_INVALID, "there is no time \"%.*s\"", STR(wish));
    return OK;
}

/* To the page that the form stood on. */
static err go_back(struct request *rq, int64_t story, const char *done)
{
    str back = desk_field(rq, "back");

    return desk_go(rq,
                   back.n > 0 ? desk_path_read(back)
                              : str_fmt(rq->arena, "/desk/stories/%lld", (long long)story),
                   done);
}

err desk_plan_post(struct request *rq)
{
    struct plan_change c = {0};

    TRY(writing_story(rq, &c.story));
    TRY(read_change(rq, &c));
    TRY(desk_do(rq, change, &c));
    return go_back(rq, c.story, "planned");
}

/* --- to another moment: a wished day, or when it is published --- */

struct move {
    int64_t story, at;
};

static err move_it(struct staff_work *k, void *of, note *why)
{
    const struct move *m = of;
    struct sql_story_plan now;

    TRY(sql_story_plan(k->a, k->w, m->story, &now));
    if (now.public_state == STATE_NONE)
        return staff_plan(
            k, &(struct plan_change){.story = m->story, .sets_wish = true, .wish_at = m->at}, why);
    if (state_now(now.public_state, now.public_at, k->now) != STATE_SCHEDULED)
        return fail(why, E_CONFLICT, "only what is not out yet can be moved");
    if (!(k->may & MAY(publish)))
        return fail(why, E_DENIED, "publish is needed");
    return m->at > k->now
               ? staff_act_on(k,
                              &(struct story_act){
                                  .act = AUDIT_story_published, .story = m->story, .at = m->at},
                              why)
               : fail(why, E_CONFLICT, "that time is over");
}

err desk_move_post(struct request *rq)
{
    struct move m = {0};
    err e;

    TRY(writing_story(rq, &m.story));
    if (!plan_time_read(rq, desk_field(rq, "at"), &m.at))
        return fail(&rq->note, E_INVALID, "there is no such time");
    e = desk_do(rq, move_it, &m);
    if (e == E_CONFLICT)
        return go_back(rq, m.story, "not-moved");
    TRY(e);
    return go_back(rq, m.story, "moved");
}

/* --- the board --- */

struct asked {
    int64_t section, person;
    bool has_section, has_person;
};

static void read_asked(const struct desk_page *p, struct asked *out)
{
    const struct section *s = paper_section(&p->paper, desk_query(p->rq, S("section"), SLUG_MAX));

    *out = (struct asked){.has_section = s != NULL, .section = s != NULL ? s->id : 0};
    out->has_person = str_int(desk_query(p->rq, S("who"), NUMBER_BYTES), &out->person);
}

/* A card with the stages before and behind, which are those of its own desk. */
static struct view_desk_card board_card(const struct desk_page *p, const struct stages *columns,
                                        const struct stages *own, const struct sql_plan_board *row)
{
    const struct tongue *t = p->paper.tongue;
    struct view_desk_card card = plan_card(p, row);
    size_t at = stage_at(own, row->stage);

    if (at > 0) {
        card.before = own->v[at - 1];
        card.before_name = stage_name(t, own->v[at - 1]);
    }
    if (at + 1 < own->n) {
        card.after = own->v[at + 1];
        card.after_name = stage_name(t, own->v[at + 1]);
    }
    if (!stage_is(columns, own->v[at]))
        card.own_stage = stage_name(t, own->v[at]);
    card.is_bound = own->n != columns->n;
    for (size_t i = 0; i < own->n && !card.is_bound; i++)
        card.is_bound = !stage_is(columns, own->v[i]);
    return card;
}

/* Does newer copy of the wire wait to be put into it? */
static bool has_newer(const struct sql_plan_newer_rows *newer, int64_t story)
{
    bool has = false;

    for (size_t i = 0; i < newer->n && !has; i++)
        has = newer->v[i].story == story;
    return has;
}

static void fill_column(const struct desk_page *p, const struct stages *stages, size_t at,
                        const struct sql_plan_board_rows *rows,
                        const struct sql_plan_newer_rows *newer, struct view_desk_column *out)
{
    const struct tongue *t = p->paper.tongue;
    struct view_desk_card *cards = arena_many(p->rq->arena, struct view_desk_card, rows->n);
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++) {
        struct stages own;

        plan_stages(p, rows->v[i].section_id, &own);
        if (stage_among(stages, &own, rows->v[i].stage) != at)
            continue;
        cards[n] = board_card(p, stages, &own, &rows->v[i]);
        cards[n++].has_newer = has_newer(newer, rows->v[i].story);
    }
    *out = (struct view_desk_column){.word = stages->v[at],
                                     .name = stage_name(t, stages->v[at]),
                                     .count = (int64_t)n,
                                     .is_empty = n == 0};
    out->cards.v = cards;
    out->cards.n = n;
}

static err fill_choices(const struct desk_page *p, const struct asked *asked,
                        struct view_desk_board *view)
{
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, p->paper.section_count);

    for (size_t i = 0; i < p->paper.section_count; i++) {
        const struct section *s = &p->paper.sections[i];

        v[i] =
            (struct view_choice){s->slug, s->name, asked->has_section && asked->section == s->id};
    }
    view->sections.v = v;
    view->sections.n = p->paper.section_count;
    return plan_people(p, asked->person, &view->people.v, &view->people.n);
}

err desk_board(struct request *rq)
{
    struct desk_page p;
    struct asked asked;
    struct stages stages;
    struct sql_plan_board_rows rows;
    struct sql_plan_newer_rows newer;
    struct view_desk_board view = {0};
    struct view_desk_column *columns;

    TRY(desk_begin(rq, &p));
    read_asked(&p, &asked);
    plan_stages(&p, asked.section, &stages);
    TRY(sql_plan_board(rq->arena, rq->desk, asked.has_section ? &asked.section : NULL,
                       asked.has_person ? &asked.person : NULL, plan_own(&p), CARDS_MAX, &rows));
    TRY(sql_plan_newer(rq->arena, rq->desk, CARDS_MAX, &newer));
    columns = arena_many(rq->arena, struct view_desk_column, stages.n);
    for (size_t i = 0; i < stages.n; i++)
        fill_column(&p, &stages, i, &rows, &newer, &columns[i]);
    TRY(fill_choices(&p, &asked, &view));
    view.desk = p.head;
    view.columns.v = columns;
    view.columns.n = stages.n;
    view.is_cut = rows.n == CARDS_MAX;
    view.back = rq->raw_query.n > 0 ? str_fmt(rq->arena, "/desk/board?%.*s", STR(rq->raw_query))
                                    : S("/desk/board");
    return desk_reply(&p, 200, DESK_BOARD, SAY("Board"), &view);
}

struct new_idea {
    struct idea idea;
    int64_t story;
};

static err make_idea(struct staff_work *k, void *of, note *why)
{
    struct new_idea *n = of;

    return staff_plan_idea(k, &n->idea, &n->story, why);
}

err desk_board_post(struct request *rq)
{
    struct new_idea n = {0};
    struct desk_page p;
    const struct section *s;

    TRY(desk_begin(rq, &p));
    reading_end(&p.r);
    s = paper_section(&p.paper, desk_field(rq, "section"));
    n.idea.headline = desk_field(rq, "headline");
    if (s == NULL && p.paper.section_count > 0)
        s = &p.paper.sections[0];
    if (s == NULL || n.idea.headline.n == 0)
        return fail(&rq->note, E_INVALID, "an idea needs words and a section");
    n.idea.section = s->id;
    if (!str_int(desk_field(rq, "who"), &n.idea.person))
        n.idea.person = 0;
    TRY(desk_do(rq, make_idea, &n));
    return go_back(rq, n.story, "idea");
}
