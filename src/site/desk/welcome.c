/*
 * welcome.c - /desk/welcome/{token}: what a one-time link opens.  The first account of a paper, an
 * invitation, or a new password.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "staff/password.h"

struct entering {
    struct staff_link link;
    struct joining j;
    struct arrival in;
    struct staffer of;
};

err desk_new_password(struct request *rq, str password, str name, str email, const char **fault,
                      str *kept)
{
    str paper = paper_setting(rq->arena, rq->desk, S("name"), S(""));

    *fault = password_fault_words(password_look(rq->arena, password, name, email, paper));
    return *fault != NULL ? OK : password_hash(rq->arena, password, kept, &rq->note);
}

static err show(struct request *rq, const struct entering *in, const char *wrong)
{
    const struct staff_link *link = &in->link;
    struct desk_page p;
    struct view_desk_welcome view = {
        .action = {rq->raw_path},
        .is_first = link->kind == LINK_FIRST,
        .is_invitation = link->kind == LINK_INVITATION,
        .is_reset = link->kind == LINK_RESET,
        .name = in->j.name.n > 0 ? in->j.name : link->of.name,
        .email = link->kind == LINK_FIRST ? in->j.email : link->of.email,
    };

    TRY(desk_begin(rq, &p));
    view.desk = p.head;
    view.role = link->kind == LINK_FIRST ? S("") : desk_role_name(&p, link->of.role);
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_WELCOME,
                      link->kind == LINK_RESET ? SAY("A new password") : SAY("Welcome"), &view);
}

static err show_void(struct request *rq)
{
    struct desk_page p;
    struct view_desk_message view = {0};

    TRY(desk_begin(rq, &p));
    view.desk = p.head;
    view.text = desk_say(
        &p, SAY("It was used, or its time is over. Whoever looks after the staff can make a new "
                "one; so can “broadsheet user” on the machine that serves the paper."));
    return desk_reply(&p, 410, DESK_MESSAGE, SAY("This link opens nothing any more"), &view);
}

static err look(struct request *rq, struct entering *in)
{
    const struct site *s = rq->of;

    *in = (struct entering){.j.secret = request_param(rq, S("token"))};
    return staff_link_look(rq->arena, rq->desk, in->j.secret, clock_now(s->clock), &in->link);
}

err desk_welcome(struct request *rq)
{
    struct entering in;
    err e = look(rq, &in);

    if (e == E_MISSING)
        return show_void(rq);
    TRY(e);
    return show(rq, &in, NULL);
}

/* One job: the link is used up, the account stands, the session is there. */
static err enter(struct staff_work *k, void *of, note *why)
{
    struct entering *in = of;

    TRY(staff_join(k, &in->j, &in->of, why));
    return session_begin(k, &in->of, &in->in, why);
}

static const char *look_over(struct request *rq, struct entering *in)
{
    str email;

    in->j.name = str_squeeze(rq->arena, utf8_clean(rq->arena, desk_field(rq, "name")));
    in->j.email = desk_field(rq, "email");
    if (in->link.kind != LINK_RESET && (in->j.name.n == 0 || in->j.name.n > STAFF_NAME_MAX))
        return SAY("Your name is missing, or too long.");
    if (in->link.kind == LINK_FIRST &&
        staff_email_read(rq->arena, in->j.email, &email, &rq->note) != OK)
        return SAY("That is no e-mail address.");
    return NULL;
}

err desk_welcome_post(struct request *rq)
{
    struct entering in;
    const char *wrong;
    err e = look(rq, &in);

    if (e == E_MISSING)
        return show_void(rq);
    TRY(e);
    wrong = look_over(rq, &in);
    if (wrong == NULL)
        TRY(desk_new_password(rq, form_get(&desk_visit(rq)->form, S("password")),
                              in.j.name.n > 0 ? in.j.name : in.link.of.name,
                              in.link.kind == LINK_FIRST ? in.j.email : in.link.of.email, &wrong,
                              &in.j.password));
    if (wrong != NULL)
        return show(rq, &in, wrong);
    desk_visit(rq)->is_in = false; /* whoever that was: not any more */
    in.in = (struct arrival){.device = desk_visit(rq)->device, .is_awaited = true};
    e = desk_do(rq, enter, &in);
    if (e == E_MISSING)
        return show_void(rq);
    TRY(e);
    TRY(desk_let_in(rq, &in.in));
    return desk_go(rq, S("/desk"), "joined");
}
