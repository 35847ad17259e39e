/*
 * home.c - /desk: what whoever has come in is to do, first of all; then what one may do here.
 */
#include "site/desk/planning.h"

#include "base/utf8.h"
#include "news/outbox.h"
#include "staff/planning.h"
#include "store/sql.h"
#include "wire/item/item.h"

enum { NEXT = 10, WORK = 12, SHORT = 8, NOTE_SHOWN = 280, NEWS_DAYS = 2, ALL_MAX = 400 };

/* The lists, each as ?all= names it and as the page has it. */
static const struct list {
    const char *word, *place;
    int64_t many;
} list_from_wire = {"wire", "from-wire", SHORT}, list_alarms = {"alarms", "alarms", SHORT},
  list_assigned = {"assigned", "yours", WORK}, list_mentions = {"named", "named", SHORT},
  list_writing = {"writing", "writing", WORK}, list_to_edit = {"edit", "to-edit", WORK},
  list_to_publish = {"publish", "to-publish", WORK}, list_next = {"next", "next", NEXT};

/* How many of a list are shown: all of the one that was asked for. */
static int64_t many_of(const struct desk_page *p, const struct list *l)
{
    return str_eq(desk_query(p->rq, S("all"), WORK), str_c(l->word)) ? ALL_MAX : l->many;
}

/* NULL: they all stand there, or no more can. */
static const struct view_desk_more *more_of(const struct desk_page *p, const struct list *l,
                                            size_t shown, int64_t all)
{
    arena *a = p->rq->arena;
    struct view_desk_more *more = arena_one(a, struct view_desk_more);

    *more = (struct view_desk_more){
        .more = all - (int64_t)shown,
        .href = {str_fmt(a, "/desk?all=%s#%s", l->word, l->place)},
    };
    return more->more > 0 ? more : NULL;
}

static err count_waiting(struct request *rq, int64_t *waiting)
{
    struct staffer *all;
    size_t n;

    TRY(staff_all(rq->arena, rq->desk, &all, &n));
    for (size_t i = 0; i < n; i++)
        *waiting += all[i].state == STAFF_INVITED;
    return OK;
}

static const struct view_desk_card *cards_of(const struct desk_page *p,
                                             const struct sql_plan_board_rows *rows)
{
    struct view_desk_card *v = arena_many(p->rq->arena, struct view_desk_card, rows->n);

    for (size_t i = 0; i < rows->n; i++) {
        v[i] = plan_card(p, &rows->v[i]);
        v[i].changed = desk_when(p, rows->v[i].changed_at);
    }
    return v;
}

static err fill_own(const struct desk_page *p, struct view_desk_home *view)
{
    struct request *rq = p->rq;
    int64_t me = desk_visit(rq)->who.staff;
    struct sql_plan_board_rows assigned, writing;

    TRY(sql_plan_assigned(rq->arena, rq->desk, me, many_of(p, &list_assigned), &assigned));
    TRY(sql_plan_writing(rq->arena, rq->desk, me, many_of(p, &list_writing), &writing));
    view->assigned.v = cards_of(p, &assigned);
    view->assigned.n = assigned.n;
    view->has_assigned = assigned.n > 0;
    if (assigned.n > 0)
        view->more_assigned = more_of(p, &list_assigned, assigned.n, assigned.v[0].matches);
    view->writing.v = cards_of(p, &writing);
    view->writing.n = writing.n;
    view->has_writing = writing.n > 0;
    if (writing.n > 0)
        view->more_writing = more_of(p, &list_writing, writing.n, writing.v[0].matches);
    return OK;
}

/* What waits at several desks, at most `many` of `all`. */
struct waiting {
    struct view_desk_card *v;
    size_t n;
    int64_t many, all;
};

static void add_cards(const struct desk_page *p, const struct sql_plan_board_rows *rows,
                      struct waiting *out)
{
    const struct view_desk_card *more = cards_of(p, rows);

    for (size_t i = 0; i < rows->n && (int64_t)out->n < out->many; i++)
        out->v[out->n++] = more[i];
    out->all += rows->n > 0 ? rows->v[0].matches : 0;
}

/* What stands at one stage of each desk: where the paper's hold, then where a section has its own.
 * *name: what the paper calls it. */
static err find_waiting(const struct desk_page *p, str (*at)(const struct stages *), str *name,
                        struct waiting *out)
{
    struct request *rq = p->rq;
    struct stages stages;
    struct sql_plan_board_rows rows;

    out->v = arena_many(rq->arena, struct view_desk_card, (size_t)out->many);
    plan_stages(p, 0, &stages);
    *name = stage_name(p->paper.tongue, at(&stages));
    TRY(sql_plan_waiting(rq->arena, rq->desk, at(&stages), NULL, out->many, &rows));
    add_cards(p, &rows, out);
    for (size_t i = 0; i < p->paper.section_count; i++) {
        const struct section *s = &p->paper.sections[i];

        if (s->stages.n == 0)
            continue;
        plan_stages(p, s->id, &stages);
        TRY(sql_plan_waiting(rq->arena, rq->desk, at(&stages), &s->id, out->many, &rows));
        add_cards(p, &rows, out);
    }
    return OK;
}

/* What waits for whoever may do it. */
static err fill_waiting(const struct desk_page *p, struct view_desk_home *view)
{
    privileges may = desk_visit(p->rq)->who.may;

    struct waiting edit = {.many = many_of(p, &list_to_edit)},
                   publish = {.many = many_of(p, &list_to_publish)};

    if (may & MAY(edit))
        TRY(find_waiting(p, stage_to_edit, &view->to_edit_name, &edit));
    if ((may & MAY(publish)) && (may & MAY(edit)))
        TRY(find_waiting(p, stage_to_publish, &view->to_publish_name, &publish));
    view->to_edit.v = edit.v;
    view->to_edit.n = edit.n;
    view->more_to_edit = more_of(p, &list_to_edit, edit.n, edit.all);
    view->to_publish.v = publish.v;
    view->to_publish.n = publish.n;
    view->more_to_publish = more_of(p, &list_to_publish, publish.n, publish.all);
    view->has_to_edit = view->to_edit.n > 0;
    view->has_to_publish = view->to_publish.n > 0;
    return OK;
}

static err fill_mentions(const struct desk_page *p, struct view_desk_home *view)
{
    arena *a = p->rq->arena;
    struct sql_notes_naming_rows rows;
    struct view_desk_note *v;

    TRY(sql_notes_naming(a, p->rq->desk, desk_visit(p->rq)->who.staff, plan_own(p),
                         many_of(p, &list_mentions), &rows));
    v = arena_many(a, struct view_desk_note, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_note){
            .id = rows.v[i].note_id,
            .href = {str_fmt(a, "/desk/stories/%lld#note-%lld", (long long)rows.v[i].story,
                             (long long)rows.v[i].note_id)},
            .headline = desk_headline(p, rows.v[i].headline),
            .language = part_language(&p->paper, rows.v[i].language),
            .direction = part_direction(rows.v[i].language),
            .who = rows.v[i].who,
            .when = desk_when(p, rows.v[i].at),
            .words = utf8_to(rows.v[i].words, NOTE_SHOWN),
        };
    view->mentions.v = v;
    view->mentions.n = rows.n;
    view->has_mentions = rows.n > 0;
    if (rows.n > 0)
        view->more_mentions = more_of(p, &list_mentions, rows.n, rows.v[0].matches);
    return OK;
}

static err fill_alarms(const struct desk_page *p, struct view_desk_home *view)
{
    arena *a = p->rq->arena;
    struct sql_alarms_open_rows rows;
    struct view_desk_alarm *v;

    TRY(sql_alarms_open(a, p->rq->desk, many_of(p, &list_alarms), &rows));
    v = arena_many(a, struct view_desk_alarm, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_alarms_open *row = &rows.v[i];

        v[i] = (struct view_desk_alarm){
            .alarm = row->alarm,
            .at = desk_when(p, row->at),
            .headline = row->headline.n > 0 ? desk_headline(p, row->headline) : S(""),
            .why = row->why,
            .is_late = str_eq(row->kind, S("late")),
            .is_lite = str_eq(row->kind, S("lite")),
            .is_clock = str_eq(row->kind, S("clock")),
            .seconds = (row->late_ms + 500) / 1000,
        };
        if (row->has_story)
            v[i].href.address = str_fmt(a, "/desk/stories/%lld", (long long)row->story);
    }
    view->alarms.v = v;
    view->alarms.n = rows.n;
    view->has_alarms = rows.n > 0;
    if (rows.n > 0)
        view->more_alarms = more_of(p, &list_alarms, rows.n, rows.v[0].matches);
    view->last_alarm = rows.n > 0 ? rows.v[0].alarm : 0;
    return OK;
}

/* What the agency says of stories that came over the wire: kills first. */
static err fill_from_wire(const struct desk_page *p, struct view_desk_home *view)
{
    arena *a = p->rq->arena;
    struct sql_plan_from_wire_rows rows;
    struct view_desk_wire_news *v;

    TRY(sql_plan_from_wire(a, p->rq->desk, plan_own(p), p->r.now - NEWS_DAYS * DAY_US,
                           many_of(p, &list_from_wire), &rows));
    v = arena_many(a, struct view_desk_wire_news, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_wire_news){
            .href = {str_fmt(a, "/desk/stories/%lld", (long long)rows.v[i].story)},
            .headline = desk_headline(p, rows.v[i].headline),
            .language = part_language(&p->paper, rows.v[i].language),
            .direction = part_direction(rows.v[i].language),
            .words = utf8_to(rows.v[i].words, NOTE_SHOWN),
            .is_killed = rows.v[i].status == WIRE_CANCELLED,
            .is_withheld = rows.v[i].status == WIRE_WITHHELD,
            .at = desk_when(p, rows.v[i].status != WIRE_USABLE ? rows.v[i].at : 0),
        };
    view->from_wire.v = v;
    view->from_wire.n = rows.n;
    view->has_from_wire = rows.n > 0;
    if (rows.n > 0)
        view->more_from_wire = more_of(p, &list_from_wire, rows.n, rows.v[0].matches);
    return OK;
}

static err fill_webhooks(const struct desk_page *p, struct view_desk_home *view)
{
    arena *a = p->rq->arena;
    struct sql_webhooks_stuck_rows rows;
    struct view_desk_stuck_webhook *v;

    TRY(sql_webhooks_stuck(a, p->rq->desk, p->r.now - OUTBOX_STUCK_M * MINUTE_US, &rows));
    v = arena_many(a, struct view_desk_stuck_webhook, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_stuck_webhook){
            .href = {str_fmt(a, "/desk/settings/webhooks/%lld", (long long)rows.v[i].webhook)},
            .address = rows.v[i].url,
            .problem = utf8_to(rows.v[i].problem, NOTE_SHOWN),
        };
    view->webhooks.v = v;
    view->webhooks.n = rows.n;
    return OK;
}

/* What stands still until somebody does something: told to whoever can. */
static err fill_stuck(const struct desk_page *p, struct view_desk_home *view)
{
    privileges may = desk_visit(p->rq)->who.may;
    struct sql_outbox_given_up mail;
    struct sql_desk_quarantine_open quarantine;

    if (may & MAY(settings)) {
        TRY(sql_outbox_given_up(p->rq->arena, p->rq->desk, &mail));
        view->lost_mail = mail.mails;
        view->mail_problem = utf8_to(mail.problem, NOTE_SHOWN);
        TRY(fill_webhooks(p, view));
    }
    if (may & MAY(wire)) {
        TRY(sql_desk_quarantine_open(p->rq->arena, p->rq->desk, &quarantine));
        view->unread = quarantine.items;
    }
    view->is_wrong =
        view->has_alarms || view->lost_mail > 0 || view->webhooks.n > 0 || view->unread > 0;
    return OK;
}

static err fill_work(const struct desk_page *p, struct view_desk_home *view)
{
    privileges may = desk_visit(p->rq)->who.may;
    struct sql_plan_wire_waiting wire;
    int64_t next;

    if (may & MAY_WRITE) {
        TRY(fill_own(p, view));
        TRY(fill_waiting(p, view));
        TRY(fill_mentions(p, view));
        TRY(fill_from_wire(p, view));
    }
    if (may & MAY(publish))
        TRY(fill_alarms(p, view));
    TRY(fill_stuck(p, view));
    if (may & MAY(edit)) {
        TRY(desk_next(p, many_of(p, &list_next), &view->next.v, &view->next.n, &next));
        view->more_next = more_of(p, &list_next, view->next.n, next);
        view->has_next = view->next.n > 0;
    }
    if (may & MAY(wire)) {
        TRY(sql_plan_wire_waiting(p->rq->arena, p->rq->desk, &wire));
        view->may_wire = true;
        view->copy = wire.copy;
    }
    view->is_idle = (may & MAY_WRITE) && !view->has_assigned && !view->has_writing &&
                    !view->has_to_edit && !view->has_to_publish && !view->has_mentions &&
                    !view->has_from_wire;
    return OK;
}

err desk_home(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct view_desk_home view = {
        .name = who->name,
        .lacks_second = !who->has_totp && !who->has_passkey,
        .may_staff = (who->may & MAY(staff)) != 0,
        .may_write = (who->may & MAY_WRITE) != 0,
    };

    TRY(desk_begin(rq, &p));
    if (view.may_staff)
        TRY(count_waiting(rq, &view.waiting));
    TRY(fill_work(&p, &view));
    view.desk = p.head;
    view.role = desk_role_name(&p, who->role);
    desk_privileges(&p, who->may, &view.may.v, &view.may.n);
    return desk_reply(&p, 200, DESK_HOME, SAY("Desk"), &view);
}

static err see(struct staff_work *k, void *of, note *why)
{
    const int64_t *last = of;
    int64_t seen;

    TRY(sql_alarms_see(k->w, *last, k->now, &seen));
    if (seen == 0)
        return OK;
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_alarms_noted,
                                    .subject = *last,
                                    .is = audit_line(k->a, S(""), "alarms",
                                                     str_fmt(k->a, "%lld", (long long)seen))},
                     why);
}

err desk_alarms_post(struct request *rq)
{
    int64_t last = 0;

    if (!str_int(desk_field(rq, "last"), &last))
        return fail(&rq->note, E_INVALID, "there is no such alarm");
    TRY(desk_do(rq, see, &last));
    return desk_go(rq, S("/desk"), "alarms");
}
