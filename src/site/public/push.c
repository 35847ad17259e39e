/*
 * push.c - /push: a reader's browser asks to be told breaking news and what is new in sections, or
 * to be told no more (live/push.h, theme/js/push.js).
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

static void read_keys(struct json_pull *j, struct push_device *out)
{
    str key;

    for (json_object(j); json_key(j, &key);)
        if (str_eq(key, S("p256dh")))
            json_string(j, &out->p256dh);
        else if (str_eq(key, S("auth")))
            json_string(j, &out->auth);
        else
            json_skip(j);
}

static err read_sections(struct json_pull *j, struct push_device *out, note *why)
{
    int64_t section;

    for (json_list(j); json_item(j);) {
        if (!json_integer(j, &section))
            break;
        if (out->section_n == PUSH_SECTIONS_MAX)
            return fail(why, E_INVALID, "more than %d sections", PUSH_SECTIONS_MAX);
        out->sections[out->section_n++] = section;
    }
    return OK;
}

/* What PushSubscription.toJSON() gives; beside it what was chosen, which is breaking news unless
 * something else is said. */
static err read_device(struct request *rq, struct push_device *out)
{
    struct json_pull j = json_pull(rq->arena, rq->body);
    str key;

    *out = (struct push_device){.breaking = true};
    if (!request_is(rq, S("application/json")))
        return fail(&rq->note, E_INVALID, "it is not JSON");
    for (json_object(&j); json_key(&j, &key);) {
        if (str_eq(key, S("endpoint")))
            json_string(&j, &out->endpoint);
        else if (str_eq(key, S("keys")))
            read_keys(&j, out);
        else if (str_eq(key, S("breaking")))
            json_truth(&j, &out->breaking);
        else if (str_eq(key, S("sections")))
            TRY(read_sections(&j, out, &rq->note));
        else
            json_skip(&j);
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
