/*
 * admit.c - who is let into the newsroom.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "http/origin.h"
#include "site/charge.h"
#include "staff/secret.h"

enum { AGENT_MAX = 300, SETTLE_MS = 2000 };

bool desk_is(const struct request *rq)
{
    return str_eq(rq->path, S("/desk")) || str_starts(rq->path, S("/desk/"));
}

struct desk_visit *desk_visit(struct request *rq)
{
    struct visit *visit = rq->visitor;

    must(visit != NULL && visit->desk != NULL);
    return visit->desk;
}

str desk_field(struct request *rq, const char *name)
{
    return str_trim(form_get(&desk_visit(rq)->form, str_c(name)));
}

/* --- cookies --- */

/* Over TLS with the prefix that binds it to this host; a plain connection, which is to this machine
 * alone, cannot have it. */
static str cookie_name(struct request *rq, const char *name)
{
    return str_fmt(rq->arena, "%s%s", rq->secure ? "__Host-" : "", name);
}

void desk_cookie(struct request *rq, const char *name, str value, int max_age_s)
{
    reply_cookie(rq, &(struct cookie){.name = cookie_name(rq, name),
                                      .value = value,
                                      .max_age_s = max_age_s,
                                      .secure = rq->secure});
}

bool desk_cookie_of(struct request *rq, const char *name, str *value)
{
    return request_cookie(rq, cookie_name(rq, name), value);
}

static str cookie_secret(struct request *rq, const char *name)
{
    str value;

    return desk_cookie_of(rq, name, &value) && value.n == SECRET_LETTERS ? value : S("");
}

str desk_asked_at(struct request *rq)
{
    return str_fmt(rq->arena, "%s://%.*s", rq->secure ? "https" : "http", STR(rq->host));
}

/* --- acting --- */

struct job_of {
    struct staff_work k;
    const struct session *who; /* NULL: nobody who is signed in */
    const struct route *route;
    desk_act *act;
    void *of;
};

/* What was true when the request came must be true when it is done: in between, somebody may have
 * been suspended or have got another role. */
static err look_again(struct staff_work *k, const struct job_of *job, note *why)
{
    struct session now;
    const char *needs = job->route != NULL ? job->route->needs : NULL;
    err e = session_find(k->a, k->w, job->who->secret, k->now, &now);

    if (e == E_MISSING || (e == OK && !now.is_whole))
        return fail(why, E_DENIED, "the session is over");
    TRY(e);
    if (needs != NULL && !(now.may & privileges_any(str_c(needs))))
        return fail(why, E_DENIED, "%s is needed", needs);
    k->by.staff = now.staff;
    k->by.who = now.name;
    k->may = now.may;
    return OK;
}

static err run_act(arena *a, store_conn *w, void *of, note *why)
{
    struct job_of *job = of;
    struct staff_work k = job->k;

    k.a = a;
    k.w = w;
    if (job->who != NULL)
        TRY(look_again(&k, job, why));
    return job->act(&k, job->of, why);
}

err desk_do(struct request *rq, desk_act *act, void *of)
{
    const struct site *s = rq->of;
    const struct visit *visit = rq->visitor;
    const struct desk_visit *desk = visit->desk;
    struct job_of job = {
        .who = desk->is_in ? &desk->who : NULL, .route = rq->route, .act = act, .of = of};

    theme *words_of = site_theme(rq->of);
    struct tongue tongue =
        theme_tongue(words_of, paper_setting(rq->arena, rq->desk, S("language"), S("en")));
    err e;

    job.k.now = clock_now(s->clock);
    job.k.tongue = &tongue;
    job.k.by.address = rq->remote;
    job.k.by.agent = utf8_to(utf8_clean(rq->arena, request_header(rq, S("user-agent"))), AGENT_MAX);
    e = store_write(s->store, run_act, &job, rq->arena, &rq->note);
    theme_drop(&words_of);
    if (e == OK) /* late is not wrong: it is done */
        err_ignore(store_settle(s->store, store_last_event(s->store), SETTLE_MS, NULL));
    return e;
}

/* --- who is it? --- */

static err touch(struct staff_work *k, void *of, note *why)
{
    (void)why;
    return session_touch(k, of);
}

/* Is it to be written down that she is here?  Not while nothing can be: she may still read. */
static bool is_to_be_touched(const struct request *rq, const struct session *who, int64_t now)
{
    const struct site *s = rq->of;

    return store_trouble(s->store) == STORE_WELL &&
           (now - who->seen_at > SESSION_TOUCH_S * SECOND_US || !str_eq(who->address, rq->remote));
}

/* The session of the cookie; E_MISSING: none. */
static err find_session(struct request *rq, struct desk_visit *desk, str secret)
{
    const struct site *s = rq->of;
    int64_t now = clock_now(s->clock);
    err e = OK;

    TRY(session_find(rq->arena, rq->desk, secret, now, &desk->who));
    desk->is_in = desk->who.is_whole;
    desk->owes_second = !desk->who.is_whole;
    if (desk->is_in && is_to_be_touched(rq, &desk->who, now))
        e = desk_do(rq, touch, &desk->who);
    if (e == E_BUSY && store_trouble(s->store) != STORE_WELL)
        e = OK;
    if (e == E_DENIED) { /* over, just now */
        desk->is_in = false;
        return E_MISSING;
    }
    return e;
}

static err find_out(struct request *rq, struct desk_visit *desk)
{
    str secret = cookie_secret(rq, "desk");
    err e = find_session(rq, desk, secret);

    desk->device = cookie_secret(rq, "desk-device");
    desk->form_secret = secret;
    if (e != E_MISSING)
        return e;
    desk->form_secret = cookie_secret(rq, "desk-form");
    desk->form_is_new = desk->form_secret.n == 0;
    if (desk->form_is_new)
        desk->form_secret = secret_make(rq->arena);
    return OK;
}

/* --- is the form ours? --- */

static err read_form(struct request *rq, struct desk_visit *desk)
{
    str token = secret_form_token(rq->arena, desk->form_secret);
    str sent = request_header(rq, S("x-desk-token")); /* of a script, whose body is no form */

    if (!origin_is_ours(rq))
        return fail(&rq->note, E_DENIED, "the form was sent from elsewhere");
    if (sent.n == 0 && request_is(rq, S("multipart/form-data"))) {
        TRY(request_parts(rq, &desk->parts));
        sent = multipart_get(&desk->parts, S("token"));
    } else if (sent.n == 0) {
        TRY(request_form(rq, &desk->form));
        sent = form_get(&desk->form, S("token"));
    }
    if (!secret_same(sent, token))
        return fail(&rq->note, E_DENIED, "the form has no token, or an old one");
    return OK;
}

/* --- may they? --- */

static str with_way_back(struct request *rq, const char *path)
{
    str to = rq->method == POST ? origin_page(rq) : rq->raw_path;

    if (rq->method != POST && rq->raw_query.n > 0)
        to = str_fmt(rq->arena, "%.*s?%.*s", STR(to), STR(rq->raw_query));
    to = desk_path_read(to);
    return str_eq(to, S("/desk"))
               ? str_c(path)
               : str_fmt(rq->arena, "%s?to=%.*s", path, STR(percent_encode(rq->arena, to)));
}

/* A paper may ask everybody for a second factor: who has none sets one up before anything else. */
static bool owes_set_up(struct request *rq, const struct desk_visit *desk)
{
    return desk->is_in && !desk->who.has_totp && !desk->who.has_passkey &&
           str_eq(paper_setting(rq->arena, rq->desk, S("second_factor"), S("")), S("everybody"));
}

static bool leads_to_set_up(const struct request *rq)
{
    static const str ways[] = {S_INIT("/desk/account/second"),
                               S_INIT("/desk/account/second.svg"),
                               S_INIT("/desk/account/passkeys"),
                               S_INIT("/desk/passkey"),
                               S_INIT("/desk/prove"),
                               S_INIT("/desk/prove/passkey"),
                               S_INIT("/desk/sign-out")};

    for (size_t i = 0; i < LENGTH(ways); i++)
        if (str_eq(rq->path, ways[i]))
            return true;
    return false;
}

static err check(struct request *rq, const struct desk_visit *desk)
{
    const struct route *route = rq->route;
    const struct site *s = rq->of;

    if (route->who == WHO_ANYONE)
        return OK;
    if (route->who != WHO_STAFF)
        return fail(&rq->note, E_DENIED, "the route does not say who may");
    if (!desk->is_in && str_starts(request_header(rq, S("accept")), S("application/json")))
        return reply_json(rq, 401, S("{\"error\":\"nobody is signed in\"}"));
    if (!desk->is_in)
        return reply_see_other(rq, desk->owes_second ? S("/desk/second")
                                                     : with_way_back(rq, "/desk/sign-in"));
    if (desk->owes_set_up && !leads_to_set_up(rq))
        return reply_see_other(rq, S("/desk/account/second"));
    if (route->needs != NULL && !(desk->who.may & privileges_any(str_c(route->needs))))
        return fail(&rq->note, E_DENIED, "%s is needed", route->needs);
    if (route->proved && !session_is_proved(&desk->who, clock_now(s->clock)))
        return reply_see_other(rq, with_way_back(rq, "/desk/prove"));
    return OK;
}

/* A proxy has passed it on, and the server was not told of one: who asks is anybody. */
static bool is_passed_on(const struct request *rq)
{
    return !rq->options->proxied &&
           request_header(rq, S("x-forwarded-for")).n + request_header(rq, S("forwarded")).n > 0;
}

bool desk_is_safe(const struct request *rq)
{
    bool is_here = str_starts(rq->remote, S("127.")) || str_eq(rq->remote, S("::1"));

    return rq->secure || (is_here && !is_passed_on(rq));
}

err desk_admit(struct request *rq)
{
    struct visit *visit = arena_one(rq->arena, struct visit);
    struct desk_visit *desk = arena_one(rq->arena, struct desk_visit);

    visit->desk = desk;
    rq->visitor = visit;
    if (!desk_is_safe(rq))
        return fail(&rq->note, E_DENIED, "the newsroom is open over https only%s",
                    is_passed_on(rq) ? ", and a proxy before it wants --proxied" : "");
    TRY(find_out(rq, desk));
    TRY(charge(rq, desk->is_in ? charge_account(rq, desk->who.staff) : charge_address(rq)));
    if (rq->reply != NULL)
        return OK;
    if (rq->method == POST && (rq->route->who == WHO_ANYONE || desk->is_in))
        TRY(read_form(rq, desk));
    desk->owes_set_up = owes_set_up(rq, desk);
    return check(rq, desk);
}
