/*
 * push.c - /push: a reader's browser asks to be told breaking news, or to be told it no more
 * (live/push.h, theme/js/push.js).
 */
#include "site/public/pages.h"

#include "live/push.h"
#include "site/show.h"
#include "staff/throttle.h"
#include "text/json_pull.h"
#include "text/json_write.h"

enum { ANSWER_MAX = 400 };

struct job {
    struct push_device device;
    struct webpush_key key;
    int64_t now;
};

/* --- the paper's key --- */

static err make_key(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;

    (void)why;
    return push_key_make(a, w, job->now, &job->key);
}

err push_key_page(struct request *rq)
{
    struct site *s = rq->of;
    struct job job = {.now = clock_now(s->clock)};
    buf text = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&text);
    err e = push_key(rq->arena, rq->desk, &job.key);

    if (e == E_MISSING)
        e = store_write(s->store, make_key, &job, rq->arena, &rq->note);
    TRY(e);
    put_object(&w, NULL);
    put_str(&w, "key", job.key.open);
    put_end(&w);
    return reply_json(rq, 200, buf_str(&text));
}

/* --- devices --- */

/* What PushSubscription.toJSON() gives. */
static err read_device(struct request *rq, struct push_device *out)
{
    struct json_pull j = json_pull(rq->arena, rq->body);
    str key, inner;

    *out = (struct push_device){0};
    if (!request_is(rq, S("application/json")))
        return fail(&rq->note, E_INVALID, "it is not JSON");
    for (json_object(&j); json_key(&j, &key);) {
        if (str_eq(key, S("endpoint")))
            json_string(&j, &out->endpoint);
        else if (!str_eq(key, S("keys")))
            json_skip(&j);
        else
            for (json_object(&j); json_key(&j, &inner);) {
                if (str_eq(inner, S("p256dh")))
                    json_string(&j, &out->p256dh);
                else if (str_eq(inner, S("auth")))
                    json_string(&j, &out->auth);
                else
                    json_skip(&j);
            }
    }
    json_ended(&j);
    return json_failed(&j, &rq->note);
}

static err add_device(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;

    return push_add(a, w, &job->device, job->now, why);
}

static err remove_device(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;

    (void)a, (void)why;
    return push_remove(w, job->device.endpoint);
}

static err change(struct request *rq, store_work *what)
{
    struct site *s = rq->of;
    struct job job = {.now = clock_now(s->clock)};
    str name = str_join(rq->arena, S("push "), throttle_address(rq->arena, rq->remote));
    err e;

    TRY(read_device(rq, &job.device));
    if (throttle_try(s->throttle, name, THROTTLE_FREE_ADDRESS, job.now) > 0)
        return reply_error(rq, 429);
    e = store_write(s->store, what, &job, rq->arena, &rq->note);
    return e == OK ? reply_nothing(rq) : e;
}

err push_subscribe(struct request *rq)
{
    return change(rq, add_device);
}

err push_unsubscribe(struct request *rq)
{
    return change(rq, remove_device);
}
