#include "http/inside.h"

#include "base/count.h"
#include "base/log.h"
#include "http/form.h"
#include "http/reply.h"

#include <stdlib.h>

/* --- what answers where no route does --- */

static err answer_missing(struct request *rq)
{
    return reply_error(rq, 404);
}

static struct task *task_of(struct request *rq)
{
    return OWNER(task, rq, rq);
}

static err answer_options(struct request *rq)
{
    reply_header(rq, S("Allow"), route_allow(rq->arena, task_of(rq)->methods));
    return reply_nothing(rq);
}

static err answer_method(struct request *rq)
{
    reply_header(rq, S("Allow"), route_allow(rq->arena, task_of(rq)->methods));
    return reply_error(rq, 405);
}

/* The path as it is now, with no slash at its end. */
static err answer_elsewhere(struct request *rq)
{
    str path = rq->path;

    if (path.n > 1 && path.p[path.n - 1] == '/' && task_of(rq)->methods == 0)
        path.n--;

    str location = percent_encode_path(rq->arena, path);

    if (rq->raw_query.n > 0)
        location = str_fmt(rq->arena, "%.*s?%.*s", STR(location), STR(rq->raw_query));
    return reply_moved(rq, location);
}

/* --- on the desk thread --- */

static err answer(struct task *t)
{
    struct request *rq = &t->rq;

    if (rq->options->before != NULL && rq->route != NULL) {
        err e = rq->options->before(rq->of, rq);

        if (e != OK || rq->reply != NULL)
            return e;
    }
    return t->answer(rq);
}

static void tell_failure(const struct request *rq, err e)
{
    log_event(LOG_request_failed, "id=%llu method=%.*s path=\"%.*s\" error=%s note=\"%s\"",
              (unsigned long long)rq->id, STR(method_word(rq->method)),
              STR(str_to(request_path_told(rq), 512)), err_word(e), rq->note.text);
}

static void hand_back(struct task *t)
{
    inbox_put(loop_inbox(t->conn->lane->loop), &t->back);
}

/* What says to come again in so many seconds. */
static struct page *busy_page(const struct task *t, int later_s)
{
    const struct server_options *o = &t->server->o;
    struct page *p = o->busy != NULL ? o->busy(o->of, &t->rq, later_s) : NULL;

    return p != NULL ? p : page_hold(t->server->busy[later_s - LOAD_LATER_LEAST_S]);
}

static void task_over(struct job *j, struct desk_seat *seat)
{
    struct task *t = (struct task *)j;

    t->rq.arena = seat->arena;
    page_drop(&t->rq.reply);
    booking_drop(t->server, &t->rq.booking);
    t->rq.reply = busy_page(t, LOAD_LATER_LEAST_S);
    hand_back(t);
}

static bool has_left(const struct task *t)
{
    int want = atomic_load_explicit(&t->want, memory_order_relaxed);

    return t->rq.method & (GET | HEAD) &&
           (want == UNWANTED ||
            (want == PERHAPS_WANTED &&
             atomic_load_explicit(&t->server->is_loaded, memory_order_relaxed)));
}

static void task_run(struct job *j, struct desk_seat *seat)
{
    struct task *t = (struct task *)j;
    struct request *rq = &t->rq;

    if (has_left(t)) {
        count_one(COUNT_left, 0);
        task_over(j, seat);
        return;
    }
    rq->arena = seat->arena;
    rq->desk = seat->context;

    int64_t began = clock_ticks(rq->options->clock);
    err e = answer(t);

    if (e == OK && rq->reply == NULL)
        e = fail(&rq->note, E_IO, "the handler gave no reply");
    if (e != OK) {
        if (reply_status_of(e) >= 500)
            tell_failure(rq, e);
        page_drop(&rq->reply);
        booking_drop(t->server, &rq->booking);
        reply_fresh(rq);
        err_ignore(reply_error(rq, reply_status_of(e)));
    }
    if (rq->options->after != NULL)
        rq->options->after(rq->of, rq);
    if (rq->method == GET)
        slow_note(&t->server->slow, request_path_told(rq), clock_ticks(rq->options->clock) - began,
                  rq->came_at);
    hand_back(t);
}

/* --- on the loop --- */

void task_free(struct task *t)
{
    if (t->body != NULL)
        atomic_fetch_sub(&t->server->body_bytes, t->body_room);
    page_drop(&t->rq.reply);
    booking_drop(t->server, &t->rq.booking);
    free(t->body);
    free(t);
}

static void task_back(struct message *m)
{
    struct task *t = OWNER(task, m, back);

    if (t->by_h2) {
        h2_answered(t);
        return;
    }

    struct conn *c = t->conn;
    struct page *reply = t->rq.reply;

    t->rq.reply = NULL;
    c->work->task = NULL;
    if (c->state == DESK_STATE && t->rq.booking != NULL) {
        c->keep = false;
        stream_begin(c->lane, &c->stream, &t->rq.booking, false);
    }
    if (c->state == DESK_STATE)
        send_page(c, &t->rq, reply, t->began);
    else
        page_drop(&reply);
    task_free(t);
    conn_drive(c);
}

void task_left(struct task *t, enum want want)
{
    atomic_store_explicit(&t->want, want, memory_order_relaxed);
}

/* --- on the loop: who may wait for a desk --- */

/* What is nowhere can wait, what only has another address cannot. */
static enum load_rank rank_of(const struct task *t)
{
    const struct route *route = t->rq.route;

    if (t->answer == answer_missing)
        return LOAD_extra;
    return load_rank_of(route != NULL ? route->kind : KIND_other, t->rq.method);
}

static bool is_admitted(struct task *t, enum load_rank rank)
{
    struct server *s = t->server;
    struct load_queue q = {.room = s->o.limits.jobs, .patience_us = s->o.limits.patience_us};

    desk_queue(s->desk, &q.waiting, &q.wait_us);
    pthread_mutex_lock(&s->load_lock);
    q.now = clock_ticks(s->o.clock);

    bool may = load_admits(&s->load, rank, &q);

    atomic_store_explicit(&s->is_loaded, s->load.level > 0, memory_order_relaxed);
    pthread_mutex_unlock(&s->load_lock);
    return may;
}

/* A page in memory that is not over, or the one that says no. */
static struct page *answer_instead(struct task *t, enum load_rank rank)
{
    const struct server_options *o = &t->server->o;
    struct page *p = NULL;
    uint64_t chance = t->rq.id * UINT64_C(0x9E3779B97F4A7C15) >> 32;

    count_one(COUNT_shed, (size_t)rank);
    if (o->instead != NULL && t->rq.route != NULL && t->rq.method & (GET | HEAD))
        p = o->instead(t->rq.of, &t->rq);
    if (p != NULL && p->expires_at <= loop_now(t->conn->lane->loop))
        page_drop(&p);
    if (p != NULL)
        count_one(COUNT_spared, 0);
    return p != NULL ? p : busy_page(t, load_later_s(rank, chance));
}

struct page *task_take(struct task *t)
{
    enum load_rank rank = rank_of(t);

    t->rq.body = str_of(t->body, t->body_n);
    if (is_admitted(t, rank) && desk_take(t->server->desk, &t->job))
        return NULL;
    return answer_instead(t, rank);
}

void task_to_desk(struct conn *c)
{
    struct task *t = c->work->task;
    struct page *instead = task_take(t);

    c->state = DESK_STATE;
    c->work->deadline = TIME_NEVER;
    if (instead == NULL)
        return;
    c->work->task = NULL;
    send_page(c, &t->rq, instead, t->began);
    task_free(t);
}

/* Who answers, and how large may the body be? */
static void choose(struct task *t, enum fill filled)
{
    struct route_match m = {0};
    struct request *rq = &t->rq;

    t->answer = answer_missing;
    if (rq->path.p[0] == '*') {
        for (size_t i = 0; i < rq->options->route_n; i++)
            t->methods |= rq->options->routes[i].methods;
        t->answer = answer_options;
        return;
    }
    if (filled == FILL_MOVED) {
        t->answer = answer_elsewhere;
        t->methods = GET;
        return;
    }
    route_find(t->server->routes, rq->method, rq->path, &m);
    t->methods = m.methods;
    if (m.route != NULL) {
        rq->route = m.route;
        memcpy(rq->params, m.params, m.param_n * sizeof *m.params);
        rq->param_n = m.param_n;
        t->answer = m.route->answer;
        t->body_max = m.route->body_max;
    } else if (m.slash) {
        t->answer = answer_elsewhere;
    } else if (m.methods != 0) {
        t->answer = rq->method == OPTIONS ? answer_options : answer_method;
    }
}

/* A body that is to be read, or refused: false when there is none. */
static bool begin_body(struct conn *c, const struct h1_head *h, size_t more)
{
    struct task *t = c->work->task;

    if (!h->chunked && h->length == 0)
        return false;
    if (t->rq.route == NULL) { /* the answer is no whatever the body says, if it is one */
        c->keep = false;
        if (!h->chunked || h->expect_continue)
            return false;
    }
    if (!h->chunked && h->length > t->body_max) {
        conn_refuse(c, 413);
        return true;
    }
    t->is_chunked = h->chunked;
    t->body_left = h->length;
    t->body_began = loop_ticks(c->lane->loop);
    c->state = BODY_STATE;
    conn_wait_until(c, t->body_began + RATE_CHECK_US);
    if (h->expect_continue && more == 0 && !send_interim(c))
        conn_close(c);
    return true;
}

struct task *task_new(struct conn *c, const struct h1_head *h, const char *bytes, enum fill filled)
{
    size_t headers = h->field_n * sizeof(struct header);
    struct task *t = malloc(sizeof *t + headers + h->size + h->host_n + h->target_n);

    must(t != NULL);
    memset(t, 0, sizeof *t);
    t->job = (struct job){.run = task_run, .over = task_over};
    t->back.run = task_back;
    t->conn = c;
    t->server = c->lane->server;
    t->began = loop_ticks(c->lane->loop);

    char *copy = t->texts + headers;
    struct fill_room room = {.headers = (struct header *)(void *)t->texts,
                             .host = copy + h->size,
                             .path = copy + h->size + h->host_n};

    memcpy(copy, bytes, h->size);
    must(fill_request(&t->rq, c, h, copy, room) == filled);
    t->rq.id = c->lane->rq.id;
    choose(t, filled);
    return t;
}

bool task_make(struct conn *c, const struct h1_head *h, char *bytes, enum fill filled, size_t more)
{
    c->work->task = task_new(c, h, bytes, filled);
    return begin_body(c, h, more);
}

/* Room for `more` bytes of body: 0, or why not. */
static int body_room(struct task *t, size_t more)
{
    struct server *s = t->server;
    size_t wanted = t->body_n + more;

    if (wanted > t->body_max)
        return 413;
    if (wanted <= t->body_room)
        return 0;

    size_t room = t->body_room == 0 ? 4096 : t->body_room * 2;

    room = room < wanted ? wanted : room > t->body_max ? t->body_max : room;

    size_t added = room - t->body_room;

    if (atomic_fetch_add(&s->body_bytes, added) + added > s->o.limits.bodies) {
        atomic_fetch_sub(&s->body_bytes, added);
        return 503;
    }
    t->body = realloc(t->body, room);
    must(t->body != NULL);
    t->body_room = room;
    return 0;
}

int task_add_body(struct task *t, str data)
{
    int wrong = data.n > 0 ? body_room(t, data.n) : 0;

    if (wrong != 0 || data.n == 0)
        return wrong;
    memcpy(t->body + t->body_n, data.p, data.n);
    t->body_n += data.n;
    return 0;
}

static bool add_body(struct conn *c, str data)
{
    int wrong = task_add_body(c->work->task, data);

    if (wrong != 0)
        conn_refuse(c, wrong);
    return wrong == 0;
}

/* Every RATE_CHECK_US. */
bool task_is_slow(struct task *t, int64_t now)
{
    const struct server_limits *l = &t->server->o.limits;
    int64_t came = (int64_t)t->body_n - t->body_mark_n;

    t->body_mark_n = (int64_t)t->body_n;
    return now >= t->body_began + l->body_ms * 1000 ||
           came < l->body_bytes_per_s * (RATE_CHECK_US / SECOND_US);
}

/* Is what the chunk says that it still holds too much?  Then it need not come. */
static bool body_fits(struct conn *c)
{
    const struct task *t = c->work->task;

    if (t->chunks.left <= t->body_max - t->body_n)
        return true;
    conn_refuse(c, 413);
    return false;
}

/* Take body from the `n` bytes of the lane; gives how many were taken. */
static size_t take_chunks(struct conn *c, size_t n, bool *whole)
{
    const char *bytes = c->lane->bytes;
    size_t at = 0;

    while (at < n && !*whole && c->state == BODY_STATE) {
        size_t used;
        str data;
        enum h1_result r = h1_chunks_read(&c->work->task->chunks, bytes + at, n - at, &used, &data);

        at += used;
        if (r == H1_REFUSED)
            conn_refuse(c, c->work->task->chunks.status);
        else if (add_body(c, data) && body_fits(c))
            *whole = r == H1_DONE;
    }
    return at;
}

static size_t take_length(struct conn *c, size_t n, bool *whole)
{
    struct task *t = c->work->task;
    size_t some = n < t->body_left ? n : (size_t)t->body_left;

    if (!add_body(c, str_of(c->lane->bytes, some)))
        return some;
    t->body_left -= some;
    *whole = t->body_left == 0;
    return some;
}

/* False when more has to come first. */
bool task_read_body(struct conn *c)
{
    bool whole = false;
    size_t n = conn_unstash(c);

    if (n == 0) {
        ptrdiff_t got = conn_read(c, c->lane->bytes, READ_SIZE);

        if (got <= 0)
            return c->state != BODY_STATE;
        n = (size_t)got;
    }

    size_t used = c->work->task->is_chunked ? take_chunks(c, n, &whole) : take_length(c, n, &whole);

    if (c->state != BODY_STATE)
        return true;
    if (used < n)
        conn_stash(c, c->lane->bytes + used, n - used, NULL);
    if (whole)
        task_to_desk(c);
    return true;
}
