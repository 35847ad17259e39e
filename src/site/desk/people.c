/*
 * people.c - /desk/staff: who works here, invitations, roles, suspension, links.
 */
#include "site/desk/desk.h"

#include "news/outbox.h"

/* --- everybody --- */

err desk_staff(struct request *rq)
{
    struct desk_page p;
    struct staffer *all;
    size_t n;
    struct view_desk_staff view = {0};

    TRY(desk_begin(rq, &p));
    TRY(staff_all(rq->arena, rq->desk, &all, &n));

    struct view_desk_staffer *v = arena_many(rq->arena, struct view_desk_staffer, n);

    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_desk_staffer){
            .href = {str_fmt(rq->arena, "/desk/staff/%lld", (long long)all[i].id)},
            .name = all[i].name,
            .email = all[i].email,
            .role = desk_role_name(&p, all[i].role),
            .state = desk_say(&p, staff_state_about(all[i].state)),
            .is_active = all[i].state == STAFF_ACTIVE,
            .has_second = staff_has_second(&all[i]),
            .seen = desk_when(&p, all[i].seen_at),
        };
    view.desk = p.head;
    view.people.v = v;
    view.people.n = n;
    return desk_reply(&p, 200, DESK_STAFF, SAY("Staff"), &view);
}

/* --- roles to choose from: those that whoever asks may give --- */

static err fill_roles(const struct desk_page *p, str chosen, struct view_desk_person *view)
{
    arena *a = p->rq->arena;
    privileges mine = desk_visit(p->rq)->who.may;
    struct staff_role *own;
    size_t n, k = 0;

    TRY(staff_roles(a, p->rq->desk, &own, &n));

    struct view_choice *v = arena_many(a, struct view_choice, roles_of_ours_count + n);

    for (size_t i = 0; i < roles_of_ours_count; i++) {
        const struct role_of_ours *r = &roles_of_ours[i];

        if ((r->may & ~mine) == 0)
            v[k++] = (struct view_choice){r->word, desk_say(p, r->name), str_eq(r->word, chosen)};
    }
    for (size_t i = 0; i < n; i++)
        if ((own[i].may & ~mine) == 0)
            v[k++] = (struct view_choice){own[i].word, own[i].name, str_eq(own[i].word, chosen)};
    view->roles.v = v;
    view->roles.n = k;
    return OK;
}

/* --- a link that was just made --- */

struct made {
    int64_t id;
    str email, name, role, secret;
    enum link_kind kind;
    str act;
};

/* Shown this once; only its fingerprint is kept. */
static void show_link(const struct desk_page *p, const struct made *made,
                      struct view_desk_person *view)
{
    struct request *rq = p->rq;
    struct outbox_way way;
    int hours = made->kind == LINK_RESET ? LINK_RESET_H : LINK_INVITATION_H;

    if (made->secret.n == 0)
        return;
    view->link = staff_link_address(rq->arena, rq->desk, desk_asked_at(rq), made->secret);
    view->is_mailed = outbox_way(rq->arena, rq->desk, &way);
    view->link_until = desk_when(p, p->r.now + hours * HOUR_US);
}

/* --- one person --- */

static err show_person(struct request *rq, const struct made *made, const char *wrong)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct staffer of;
    struct view_desk_person view = {.action = {rq->raw_path}};

    TRY(desk_begin(rq, &p));
    TRY(staff_at(rq->arena, rq->desk, made->id, &of));
    TRY(fill_roles(&p, of.role, &view));
    TRY(desk_sessions(&p, of.id, &view.sessions.v, &view.sessions.n));
    view.has_sessions = view.sessions.n > 0;
    view.desk = p.head;
    view.name = of.name;
    view.email = of.email;
    view.role = desk_role_name(&p, of.role);
    view.state = desk_say(&p, staff_state_about(of.state));
    view.since = desk_when(&p, of.made_at);
    view.seen = desk_when(&p, of.seen_at);
    view.may_change = of.id != who->staff && (of.may & ~who->may) == 0;
    view.is_invited = of.state == STAFF_INVITED;
    view.is_active = of.state == STAFF_ACTIVE;
    view.is_suspended = of.state == STAFF_SUSPENDED;
    view.has_second = staff_has_second(&of);
    if (who->may & MAY(audit))
        view.log.address = str_fmt(rq->arena, "/desk/audit?who=%lld", (long long)of.id);
    show_link(&p, made, &view);
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 409 : 200, DESK_PERSON, SAY("Staff"), &view);
}

err desk_person(struct request *rq)
{
    struct made made = {0};

    TRY(desk_id(rq, &made.id));
    return show_person(rq, &made, NULL);
}

static err give_role(struct staff_work *k, void *of, note *why)
{
    const struct made *m = of;

    return staff_give_role(k, m->id, m->role, why);
}

static err suspend(struct staff_work *k, void *of, note *why)
{
    return staff_suspend(k, ((const struct made *)of)->id, why);
}

static err restore(struct staff_work *k, void *of, note *why)
{
    return staff_restore(k, ((const struct made *)of)->id, why);
}

static err end_sessions(struct staff_work *k, void *of, note *why)
{
    return session_end_all(k, ((const struct made *)of)->id, 0, why);
}

static err make_link(struct staff_work *k, void *of, note *why)
{
    struct made *m = of;

    return staff_link_for(k, m->id, &m->kind, &m->secret, why);
}

static const struct {
    const char *word;
    desk_act *act;
    const char *done;
} acts[] = {
    {"role", give_role, "saved"},     {"suspend", suspend, "suspended"},
    {"restore", restore, "restored"}, {"end", end_sessions, "ended"},
    {"link", make_link, NULL},
};

err desk_person_post(struct request *rq)
{
    struct made made = {.role = desk_field(rq, "role")};
    str word = desk_field(rq, "act");
    err e = E_INVALID;
    const char *done = NULL;

    TRY(desk_id(rq, &made.id));
    if (made.id == desk_visit(rq)->who.staff)
        return fail(&rq->note, E_DENIED, "one's own account has a page of its own");
    for (size_t i = 0; i < LENGTH(acts); i++)
        if (str_eq(word, str_c(acts[i].word))) {
            e = desk_do(rq, acts[i].act, &made);
            done = acts[i].done;
        }
    if (e == E_CONFLICT)
        return show_person(rq, &(struct made){.id = made.id},
                           SAY("Nobody would be left who may look after the staff, or the account "
                               "is suspended."));
    TRY(e);
    if (done == NULL)
        return show_person(rq, &made, NULL);
    return desk_go(rq, rq->raw_path, done);
}

/* --- an invitation --- */

static err show_invite(struct request *rq, const struct made *made, const char *wrong)
{
    struct desk_page p;
    struct view_desk_person view = {
        .action = {rq->raw_path}, .name = made->name, .email = made->email};

    TRY(desk_begin(rq, &p));
    TRY(fill_roles(&p, made->role.n > 0 ? made->role : S("reporter"), &view));
    view.desk = p.head;
    show_link(&p, made, &view);
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_INVITE, SAY("Invite"), &view);
}

err desk_invite(struct request *rq)
{
    return show_invite(rq, &(struct made){0}, NULL);
}

static err invite(struct staff_work *k, void *of, note *why)
{
    struct made *m = of;

    TRY(staff_invite(k, m->email, m->name, m->role, &m->id, why));
    return staff_link_for(k, m->id, &m->kind, &m->secret, why);
}

err desk_invite_post(struct request *rq)
{
    struct made made = {.email = desk_field(rq, "email"),
                        .name = desk_field(rq, "name"),
                        .role = desk_field(rq, "role")};
    err e = desk_do(rq, invite, &made);

    if (e == E_CONFLICT)
        return show_invite(rq, &made, SAY("This e-mail has an account already."));
    if (e == E_INVALID)
        return show_invite(rq, &made, SAY("Please look at name and e-mail again."));
    TRY(e);
    return show_invite(rq, &made, NULL);
}
