/*
 * account.c - /desk/account: one's own name, password, second factor, and where one is signed in.
 */
#include "site/desk/desk.h"

#include "staff/qr.h"
#include "staff/totp.h"

/* --- the page --- */

err desk_sessions(const struct desk_page *p, int64_t staff, const struct view_desk_session **out,
                  size_t *n)
{
    struct session_line *lines;
    struct view_desk_session *v;

    TRY(sessions_of(p->rq->arena, p->rq->desk, staff, p->r.now, &lines, n));
    v = arena_many(p->rq->arena, struct view_desk_session, *n);
    for (size_t i = 0; i < *n; i++)
        v[i] = (struct view_desk_session){.session = lines[i].id,
                                          .device = desk_device_name(p, lines[i].agent),
                                          .address = lines[i].address,
                                          .since = desk_when(p, lines[i].made_at),
                                          .seen = desk_when(p, lines[i].seen_at),
                                          .is_this = lines[i].id == desk_visit(p->rq)->who.id};
    *out = v;
    return OK;
}

static err show(struct request *rq, const char *wrong)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct staffer of;
    struct view_desk_account view = {0};

    TRY(desk_begin(rq, &p));
    TRY(staff_at(rq->arena, rq->desk, who->staff, &of));
    TRY(staff_codes_left(rq->arena, rq->desk, who->staff, &view.codes));
    TRY(desk_sessions(&p, who->staff, &view.sessions.v, &view.sessions.n));
    view.has_others = view.sessions.n > 1;
    view.passkeys = of.passkeys;
    view.has_second = staff_has_second(&of);
    view.desk = p.head;
    view.name = of.name;
    view.email = of.email;
    view.role = desk_role_name(&p, of.role);
    view.password_at = desk_when(&p, of.password_at);
    view.second_at = desk_when(&p, of.totp.n > 0 ? of.totp_at : 0);
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_ACCOUNT, SAY("Your account"), &view);
}

err desk_account(struct request *rq)
{
    return show(rq, NULL);
}

/* --- name and sessions --- */

struct change {
    const struct session *who;
    str name, kept, typed;
    int64_t session; /* 0: all others */
    str *codes;
};

static err rename_me(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    return staff_rename(k, c->who->staff, c->name, why);
}

static err end_session(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    return c->session != 0 ? session_end_one(k, c->who->staff, c->session, why)
                           : session_end_all(k, c->who->staff, c->who->id, why);
}

err desk_account_post(struct request *rq)
{
    struct change c = {.who = &desk_visit(rq)->who, .name = desk_field(rq, "name")};
    str act = desk_field(rq, "act");

    if (str_eq(act, S("name"))) {
        err e = desk_do(rq, rename_me, &c);

        if (e == E_INVALID)
            return show(rq, SAY("Your name is missing, or too long."));
        TRY(e);
        return desk_go(rq, S("/desk/account"), "saved");
    }
    if (!str_eq(act, S("end")) && !str_eq(act, S("end-others")))
        return fail(&rq->note, E_INVALID, "no such act");
    if (str_eq(act, S("end")) && (!str_int(desk_field(rq, "session"), &c.session) || c.session < 1))
        return fail(&rq->note, E_INVALID, "no such session");
    TRY(desk_do(rq, end_session, &c));
    return desk_go(rq, S("/desk/account"), "ended");
}

/* --- the password --- */

static err show_password(struct request *rq, const char *wrong)
{
    struct desk_page p;
    struct view_desk_sign_in view = {.action = {rq->raw_path}, .email = desk_visit(rq)->who.email};

    TRY(desk_begin(rq, &p));
    view.desk = p.head;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_PASSWORD, SAY("A new password"), &view);
}

err desk_password(struct request *rq)
{
    return show_password(rq, NULL);
}

static err set_password(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    TRY(staff_password_set(k, c->who->staff, c->kept, why));
    return session_end_all(k, c->who->staff, c->who->id, why);
}

err desk_password_post(struct request *rq)
{
    struct change c = {.who = &desk_visit(rq)->who};
    const char *wrong;

    TRY(desk_new_password(rq, form_get(&desk_visit(rq)->form, S("password")), c.who->name,
                          c.who->email, &wrong, &c.kept));
    if (wrong != NULL)
        return show_password(rq, wrong);
    TRY(desk_do(rq, set_password, &c));
    return desk_go(rq, S("/desk/account"), "password");
}

/* --- the second factor --- */

static err show_totp(struct request *rq, const char *wrong)
{
    struct desk_page p;
    struct staffer of;
    struct view_desk_totp view = {0};

    TRY(desk_begin(rq, &p));
    TRY(staff_at(rq->arena, rq->desk, desk_visit(rq)->who.staff, &of));
    TRY(staff_codes_left(rq->arena, rq->desk, of.id, &view.left));
    view.desk = p.head;
    view.second_at = desk_when(&p, of.totp.n > 0 ? of.totp_at : 0);
    view.is_offered = of.totp_offered.n > 0;
    view.is_demanded = desk_visit(rq)->owes_set_up;
    view.has_passkeys = of.passkeys > 0;
    if (view.is_offered) {
        view.picture.address = S("/desk/account/second.svg");
        view.secret = totp_secret_shown(rq->arena, of.totp_offered);
    }
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_TOTP, SAY("Second factor"), &view);
}

err desk_totp(struct request *rq)
{
    return show_totp(rq, NULL);
}

err desk_totp_picture(struct request *rq)
{
    struct staffer of;
    str svg, paper = paper_setting(rq->arena, rq->desk, S("name"), S("Broadsheet"));

    TRY(staff_at(rq->arena, rq->desk, desk_visit(rq)->who.staff, &of));
    if (of.totp_offered.n == 0)
        return E_MISSING;
    TRY(qr_svg(rq->arena, totp_address(rq->arena, of.totp_offered, paper, of.email), &svg));
    return reply_bytes(rq, 200, S("image/svg+xml"), svg);
}

static err offer(struct staff_work *k, void *of, note *why)
{
    return staff_totp_offer(k, ((const struct change *)of)->who->staff, why);
}

static err make_codes(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    return staff_codes_make(k, c->who->staff, c->codes, why);
}

static err renew_codes(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    return staff_codes_renew(k, c->who->staff, c->codes, why);
}

/* Who has a second factor has recovery codes, so that a lost telephone is no lost account. */
static err take(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    TRY(staff_totp_take(k, c->who->staff, c->typed, why));
    return make_codes(k, of, why);
}

static err drop(struct staff_work *k, void *of, note *why)
{
    return staff_totp_drop(k, ((const struct change *)of)->who->staff, why);
}

/* The codes are shown this once; only their fingerprints are kept. */
err desk_show_codes(struct request *rq, const str codes[STAFF_CODES])
{
    struct desk_page p;
    struct view_desk_totp view = {0};
    struct view_str *shown = arena_many(rq->arena, struct view_str, STAFF_CODES);

    TRY(desk_begin(rq, &p));
    for (int i = 0; i < STAFF_CODES; i++)
        shown[i].words = codes[i];
    view.desk = p.head;
    view.codes.v = shown;
    view.codes.n = STAFF_CODES;
    return desk_reply(&p, 200, DESK_CODES, SAY("Recovery codes"), &view);
}

err desk_totp_post(struct request *rq)
{
    struct change c = {.who = &desk_visit(rq)->who,
                       .typed = desk_field(rq, "code"),
                       .codes = arena_many(rq->arena, str, STAFF_CODES)};
    str act = desk_field(rq, "act");

    if (str_eq(act, S("offer"))) {
        TRY(desk_do(rq, offer, &c));
        return desk_go(rq, S("/desk/account/second"), NULL);
    }
    if (str_eq(act, S("drop"))) {
        TRY(desk_do(rq, drop, &c));
        return desk_go(rq, S("/desk/account"), "second-off");
    }
    if (str_eq(act, S("codes")) && (c.who->has_totp || c.who->has_passkey)) {
        TRY(desk_do(rq, renew_codes, &c));
        return desk_show_codes(rq, c.codes);
    }
    if (!str_eq(act, S("take")))
        return fail(&rq->note, E_INVALID, "no such act");

    err e = desk_do(rq, take, &c);

    if (e == E_DENIED)
        return show_totp(rq, SAY("That code is not right. Does the telephone’s clock go right?"));
    TRY(e);
    return desk_show_codes(rq, c.codes);
}
