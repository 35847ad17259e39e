/*
 * admit.c - who is let into the newsroom.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "http/origin.h"
#include "staff/secret.h"

enum { AGENT_MAX = 300 };

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

static str cookie_secret(struct request *rq, const char *name)
{
    str value;

    return request_cookie(rq, cookie_name(rq, name), &value) && value.n == SECRET_LETTERS ? value
                                                                                          : S("");
}

/* --- acting --- */

struct job_of {
    struct staff_work k;
    desk_act *act;
    void *of;
};

static err run_act(arena *a, store_conn *w, void *of, note *why)
{
    struct job_of *job = of;
    struct staff_work k = job->k;

    k.a = a;
    k.w = w;
    return job->act(&k, job->of, why);
}

err desk_do(struct request *rq, desk_act *act, void *of)
{
    const struct site *s = rq->of;
    const struct visit *visit = rq->visitor;
    const struct desk_visit *desk = visit->desk;
    struct job_of job = {.act = act, .of = of};

    job.k.now = clock_now(s->clock);
    job.k.by.address = rq->remote;
    job.k.by.agent = utf8_to(utf8_clean(rq->arena, request_header(rq, S("user-agent"))), AGENT_MAX);
    if (desk->is_in) {
        job.k.by.staff = desk->who.staff;
        job.k.by.who = desk->who.name;
        job.k.may = desk->who.may;
    }
    return store_write(s->store, run_act, &job, rq->arena, &rq->note);
}

/* --- who is it? --- */

static err touch(struct staff_work *k, void *of, note *why)
{
    (void)why;
    return session_touch(k, of);
}

static err find_out(struct request *rq, struct desk_visit *desk)
{
    const struct site *s = rq->of;
    int64_t now = clock_now(s->clock);
    str secret = cookie_secret(rq, "desk");
    err e = secret.n > 0 ? session_find(rq->arena, rq->desk, secret, now, &desk->who) : E_MISSING;

    desk->device = cookie_secret(rq, "desk-device");
    desk->form_secret = secret;
    if (e == OK) {
        desk->is_in = desk->who.is_whole;
        desk->owes_second = !desk->who.is_whole;
        if (desk->is_in && (now - desk->who.seen_at > SESSION_TOUCH_S * SECOND_US ||
                            !str_eq(desk->who.address, rq->remote)))
            return desk_do(rq, touch, &desk->who);
        return OK;
    }
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
    if (sent.n == 0) {
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

static err check(struct request *rq, const struct desk_visit *desk)
{
    const struct route *route = rq->route;
    const struct site *s = rq->of;

    if (route->who == WHO_ANYONE)
        return OK;
    if (route->who != WHO_STAFF)
        return fail(&rq->note, E_DENIED, "the route does not say who may");
    if (!desk->is_in)
        return reply_see_other(rq, desk->owes_second ? S("/desk/second")
                                                     : with_way_back(rq, "/desk/sign-in"));
    if (route->needs != NULL && !(desk->who.may & privilege_of(str_c(route->needs))))
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
    if (rq->method == POST && (rq->route->who == WHO_ANYONE || desk->is_in))
        TRY(read_form(rq, desk));
    return check(rq, desk);
}
