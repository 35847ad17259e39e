/*
 * sign_in.c - /desk/sign-in, /desk/second, /desk/prove, /desk/sign-out: who it is.
 *
 * Every wrong try is slowed down: by address, and by account; a device that has signed in to the
 * account before is counted by itself, so that strangers cannot keep its owner out.
 */
#include "site/desk/sign_in.h"

#include "staff/password.h"
#include "staff/secret.h"
#include "staff/throttle.h"
#include "store/sql.h"

enum { EMAIL_MAX = 254 };

static const char *const wrong_pair = SAY("E-mail and password do not go together.");
static const char *const wrong_code = SAY("That code is not right, or it was used before.");
static const char *const wrong_password = SAY("That is not your password.");

/* --- the page --- */

static str wait_words(const struct desk_page *p, int wait_s)
{
    int64_t minutes = (wait_s + 59) / 60;

    return say_count(p->rq->arena, p->paper.tongue, minutes,
                     "Too many wrong tries. Please wait a minute.",
                     "Too many wrong tries. Please wait {n} minutes.");
}

static int status_of(const struct ask *ask)
{
    if (ask->wait_s > 0)
        return 429;
    return ask->wrong == NULL ? 200 : ask->is_prove ? 422 : 403;
}

err sign_in_show(struct request *rq, const struct ask *ask)
{
    struct desk_page p;
    int64_t people = 1;
    struct view_desk_sign_in view = {
        .action = {ask->is_sign_in  ? S("/desk/sign-in")
                   : ask->is_second ? S("/desk/second")
                                    : S("/desk/prove")},
        .email = ask->email,
        .to = ask->to,
        .is_sign_in = ask->is_sign_in,
        .is_second = ask->is_second,
        .is_prove = ask->is_prove,
    };

    TRY(desk_begin(rq, &p));
    if (ask->is_sign_in)
        TRY(staff_count(rq->arena, rq->desk, &people));
    view.desk = p.head;
    view.is_empty = people == 0;
    TRY(desk_may_use_passkey(rq, &view.has_passkey));
    if (ask->wrong != NULL)
        desk_wrong(&p, ask->wrong);
    if (ask->wait_s > 0) {
        p.head->wrong = wait_words(&p, ask->wait_s);
        reply_header(rq, S("Retry-After"), str_fmt(rq->arena, "%d", ask->wait_s));
    }
    return desk_reply(&p, status_of(ask), DESK_SIGN_IN,
                      ask->is_second  ? SAY("Second factor")
                      : ask->is_prove ? SAY("Your password again")
                                      : SAY("Sign in"),
                      &view);
}

str sign_in_way_on(struct request *rq)
{
    str to;

    if (rq->method == POST)
        return desk_path_read(desk_field(rq, "to"));
    return desk_path_read(request_query(rq, S("to"), &to) ? to : S(""));
}

/* --- slowing down --- */

int sign_in_wait(struct request *rq, const char *what, str account, int64_t staff, str *name)
{
    const struct site *s = rq->of;
    const struct desk_visit *desk = desk_visit(rq);
    int64_t now = clock_now(s->clock);
    bool is_known = staff != 0 && session_device_is_of(rq->arena, rq->desk, desk->device, staff);
    int wait = throttle_try(s->throttle, throttle_address(rq->arena, rq->remote),
                            THROTTLE_FREE_ADDRESS, now);

    *name = is_known ? str_fmt(rq->arena, "%s device %.*s", what, STR(desk->device))
                     : str_fmt(rq->arena, "%s %.*s", what, STR(account));
    return wait > 0 ? wait : throttle_try(s->throttle, *name, THROTTLE_FREE, now);
}

void sign_in_forgive(struct request *rq, str name)
{
    const struct site *s = rq->of;

    throttle_forgive(s->throttle, name);
    throttle_forgive(s->throttle, throttle_address(rq->arena, rq->remote));
}

struct failure {
    enum audit_act act;
    const struct staffer *of;
};

/* With an e-mail that nobody has it is counted instead, so that it takes as long. */
static err log_failure(struct staff_work *k, void *of, note *why)
{
    const struct failure *f = of;

    if (f->of->id == 0)
        return sql_staff_nobody_tried(k->w, k->now, NULL);
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = f->act, .subject = f->of->id, .label = f->of->name},
                     why);
}

/* --- e-mail and password --- */

err desk_sign_in(struct request *rq)
{
    if (desk_visit(rq)->is_in)
        return desk_go(rq, sign_in_way_on(rq), NULL);
    return sign_in_show(rq, &(struct ask){.is_sign_in = true, .to = sign_in_way_on(rq)});
}

struct entry {
    struct staffer of;
    struct arrival in;
    const struct session *session;
};

static err begin(struct staff_work *k, void *of, note *why)
{
    struct entry *entry = of;

    return session_begin(k, &entry->of, &entry->in, why);
}

err desk_let_in(struct request *rq, const struct arrival *in)
{
    if (!in->is_whole) {
        desk_cookie(rq, "desk", in->secret, SESSION_OWED_M * 60);
        return OK;
    }
    desk_cookie(rq, "desk-device", in->device, SESSION_DEVICE_D * 24 * 3600);
    desk_cookie(rq, "desk", in->secret, SESSION_LIFE_H * 3600);
    desk_cookie(rq, "desk-form", S(""), -1);
    return OK;
}

/* The account with this e-mail that may sign in; an empty one otherwise. */
static err find_account(struct request *rq, str email, struct staffer *out)
{
    str address;
    struct staffer of;
    err e = staff_email_read(rq->arena, email, &address, NULL);

    *out = (struct staffer){0};
    if (e == OK)
        e = staff_of_email(rq->arena, rq->desk, address, &of);
    if (e == OK && of.state == STAFF_ACTIVE)
        *out = of;
    return e == E_MISSING || e == E_INVALID ? OK : e;
}

err desk_sign_in_post(struct request *rq)
{
    str email = str_lower(rq->arena, desk_field(rq, "email")), name, to = sign_in_way_on(rq);
    str password = form_get(&desk_visit(rq)->form, S("password"));
    struct ask ask = {.is_sign_in = true, .email = str_to(email, EMAIL_MAX), .to = to};
    struct entry entry = {.in.device = desk_visit(rq)->device};
    err e;

    TRY(find_account(rq, email, &entry.of));
    ask.wait_s = sign_in_wait(rq, "account", ask.email, entry.of.id, &name);
    if (ask.wait_s > 0)
        return sign_in_show(rq, &ask);
    e = password_check(rq->arena, password, entry.of.password, &rq->note);
    if (e == E_DENIED) {
        TRY(desk_do(rq, log_failure, &(struct failure){AUDIT_sign_in_failed, &entry.of}));
        ask.wrong = wrong_pair;
        return sign_in_show(rq, &ask);
    }
    TRY(e);
    e = desk_do(rq, begin, &entry);
    if (e == E_DENIED) {
        ask.wrong = wrong_pair;
        return sign_in_show(rq, &ask);
    }
    TRY(e);
    sign_in_forgive(rq, name);
    TRY(desk_let_in(rq, &entry.in));
    if (entry.in.is_whole)
        return desk_go(rq, to, NULL);
    return desk_go(rq,
                   str_eq(to, S("/desk")) ? S("/desk/second")
                                          : str_fmt(rq->arena, "/desk/second?to=%.*s",
                                                    STR(percent_encode(rq->arena, to))),
                   NULL);
}

/* --- the second factor --- */

err desk_second(struct request *rq)
{
    if (!desk_visit(rq)->owes_second)
        return desk_go(rq, desk_visit(rq)->is_in ? S("/desk") : S("/desk/sign-in"), NULL);
    return sign_in_show(rq, &(struct ask){.is_second = true, .to = sign_in_way_on(rq)});
}

struct second {
    struct entry entry;
    str typed;
    bool recovery;
};

static err complete(struct staff_work *k, void *of, note *why)
{
    struct second *second = of;
    const struct session *s = second->entry.session;

    k->by.staff = s->staff;
    k->by.who = s->name;
    TRY(staff_second_check(k, s->staff, second->typed, &second->recovery, why));
    return session_complete(k, s, &second->entry.in, why);
}

err desk_second_post(struct request *rq)
{
    const struct session *s = &desk_visit(rq)->who;
    struct second second = {.typed = desk_field(rq, "code"),
                            .entry = {.session = s, .in.device = desk_visit(rq)->device}};
    struct ask ask = {.is_second = true, .to = sign_in_way_on(rq)};
    struct staffer of = {.id = s->staff, .name = s->name};
    str name;

    if (!desk_visit(rq)->owes_second)
        return desk_go(rq, S("/desk/sign-in"), NULL);
    ask.wait_s = sign_in_wait(rq, "second", str_fmt(rq->arena, "%lld", (long long)s->staff),
                              s->staff, &name);
    if (ask.wait_s > 0)
        return sign_in_show(rq, &ask);

    err e = desk_do(rq, complete, &second);

    if (e == E_DENIED) {
        TRY(desk_do(rq, log_failure, &(struct failure){AUDIT_second_failed, &of}));
        ask.wrong = wrong_code;
        return sign_in_show(rq, &ask);
    }
    TRY(e);
    sign_in_forgive(rq, name);
    TRY(desk_let_in(rq, &second.entry.in));
    return desk_go(rq, ask.to, NULL);
}

/* --- the password again --- */

err desk_prove(struct request *rq)
{
    return sign_in_show(rq, &(struct ask){.is_prove = true,
                                          .to = sign_in_way_on(rq),
                                          .email = desk_visit(rq)->who.email});
}

static err prove(struct staff_work *k, void *of, note *why)
{
    return session_prove(k, of, why);
}

err desk_prove_post(struct request *rq)
{
    struct session *s = &desk_visit(rq)->who;
    struct ask ask = {.is_prove = true, .to = sign_in_way_on(rq), .email = s->email};
    struct staffer of;
    str name;

    TRY(staff_at(rq->arena, rq->desk, s->staff, &of));
    ask.wait_s = sign_in_wait(rq, "prove", of.email, of.id, &name);
    if (ask.wait_s > 0)
        return sign_in_show(rq, &ask);

    err e = password_check(rq->arena, form_get(&desk_visit(rq)->form, S("password")), of.password,
                           &rq->note);

    if (e == E_DENIED) {
        TRY(desk_do(rq, log_failure, &(struct failure){AUDIT_sign_in_failed, &of}));
        ask.wrong = wrong_password;
        return sign_in_show(rq, &ask);
    }
    TRY(e);
    sign_in_forgive(rq, name);
    TRY(desk_do(rq, prove, s));
    return desk_go(rq, ask.to, NULL);
}

/* --- out --- */

static err end(struct staff_work *k, void *of, note *why)
{
    return session_end(k, of, why);
}

err desk_sign_out(struct request *rq)
{
    TRY(desk_do(rq, end, &desk_visit(rq)->who));
    desk_cookie(rq, "desk", S(""), -1);
    return desk_go(rq, S("/desk/sign-in"), "out");
}
