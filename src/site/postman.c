#include "site/postman.h"

#include "base/hash.h"
#include "base/steady.h"

#include <stdlib.h>

enum { POSTMAN_CEILING = 64 << 20, ROUND = 20, TRIES_COUNTED = 20 };

#define LONGEST_SLEEP MINUTE_US
#define SHORTEST_SLEEP (SECOND_US / 100)

struct postman {
    const struct post_kind *kind;
    struct site *site;
    store_conn *db;
    arena *a;
    struct client *client;
    void *own;          /* of a kind that sends many at once */
    int64_t rest_until; /* the store did not take what came of one: nothing is tried before */
    atomic_bool stopping;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, hurries; /* under lock; hurries: what waits is tried at once */
};

static struct post_round round_of(struct postman *p)
{
    return (struct post_round){p->site, p->a, p->db, p->client, &p->stopping, p};
}

static bool is_open(struct postman *p)
{
    struct post_round r = round_of(p);

    return p->kind->is_open == NULL || p->kind->is_open(&r);
}

err post_said(err e, note *why)
{
    if (e == E_LIMIT) /* nobody reads what it says */
        return fail(why, E_IO, "it answered too much");
    return e == E_DENIED ? E_INVALID : e;
}

err post_ask(struct post_round *r, const struct client_ask *ask, struct client_answer *answer,
             note *why)
{
    return post_said(client_send(r->a, r->client, ask, answer, why), why);
}

/* --- what becomes of one --- */

err post_write_failure(store_conn *w, const struct post_kind *kind, const struct post_outcome *o)
{
    if (o->next_at == TIME_NEVER) {
        TRY(sql_outbox_give_up(w, o->id, o->now, o->status, o->problem, NULL));
        return sql_outbox_give_up_old(w, kind->kind, o->target, o->now - OUTBOX_LIFE_H * HOUR_US,
                                      o->now, o->problem, NULL);
    }
    TRY(sql_outbox_put_off(w, o->id, o->next_at, o->status, o->problem, NULL));
    return sql_outbox_rest(w, kind->kind, o->target, o->rest_until, NULL);
}

struct written {
    const struct post_kind *kind;
    const struct post_outcome *o;
};

static err write_down(arena *a, store_conn *w, void *of, note *why)
{
    const struct written *x = of;
    const struct post_outcome *o = x->o;

    (void)a, (void)why;
    if (!post_is_over(o))
        return post_write_failure(w, x->kind, o);
    return x->kind->is_kept ? sql_outbox_done(w, o->id, o->now, o->status, o->problem, NULL)
                            : sql_outbox_sent(w, o->id, NULL);
}

void post_tell(const struct post_kind *kind, const struct post_outcome *o)
{
    long long id = o->id, tries = o->tries + 1;

    if (post_is_over(o))
        log_event(kind->sent, "%s=%lld tries=%lld", kind->name, id, tries);
    else if (o->next_at == TIME_NEVER)
        log_event(kind->given_up, "%s=%lld tries=%lld error=%s why=\"%.*s\"", kind->name, id, tries,
                  err_word(o->result), STR(o->problem));
    else
        log_event(o->now - o->made_at > OUTBOX_STUCK_M * MINUTE_US ? kind->stuck : kind->failed,
                  "%s=%lld tries=%lld again_s=%lld error=%s why=\"%.*s\"", kind->name, id, tries,
                  (long long)((o->next_at - o->now) / SECOND_US), err_word(o->result),
                  STR(o->problem));
}

/* How long until it is tried again: up to a quarter more, so that not all come at once. */
static int64_t delay_us(struct post_round *r, const struct post_kind *kind,
                        const struct post_outcome *o)
{
    int64_t tries = o->tries, delay_s;
    struct sql_outbox_tired all;
    uint64_t chance = hash_of(str_fmt(r->a, "%lld %lld", (long long)o->id, (long long)tries));

    if (kind->is_shared && sql_outbox_tired(r->a, r->db, kind->kind, o->target, &all) == OK)
        tries = all.tries;
    delay_s = (int64_t)1 << (tries < TRIES_COUNTED ? tries : TRIES_COUNTED);
    if (delay_s > kind->delay_max_s)
        delay_s = kind->delay_max_s;
    return delay_s * SECOND_US + (int64_t)(chance % (uint64_t)(delay_s * SECOND_US / 4));
}

void post_plan(struct post_round *r, const struct post_kind *kind, struct post_outcome *o)
{
    int64_t delay = delay_us(r, kind, o), rest = kind->rest_max_s * SECOND_US;

    o->next_at = o->now + delay;
    o->rest_until = o->now + (delay < rest ? delay : rest);
    if (o->result == E_INVALID || o->now - o->made_at > OUTBOX_LIFE_H * HOUR_US)
        o->next_at = TIME_NEVER;
}

void post_not_written(struct post_round *r, const note *why)
{
    log_event(LOG_store_failed, "what=\"the outbox\" why=\"%s\"", why->text);
    r->of->rest_until = clock_now(r->site->clock) + SECOND_US;
}

bool post_was_woken(struct post_round *r)
{
    struct postman *p = r->of;
    bool was;

    pthread_mutex_lock(&p->lock);
    was = p->is_woken;
    p->is_woken = false;
    pthread_mutex_unlock(&p->lock);
    return was;
}

/* False: what else is due must be asked for anew. */
static bool send_one(struct postman *p, const struct sql_outbox_due *row)
{
    note why = {0}, failed = {0};
    struct post_round r = round_of(p);
    struct post_outcome o = {
        .id = row->id, .target = row->target, .made_at = row->made_at, .tries = row->tries};
    struct written x = {p->kind, &o};

    o.result = p->kind->send(&r, row, &o.status, &why);
    if (o.result == E_BUSY && atomic_load(&p->stopping))
        return false;
    o.now = clock_now(p->site->clock);
    o.problem = str_c(why.text);
    if (!post_is_over(&o))
        post_plan(&r, p->kind, &o);
    if (store_write(p->site->store, write_down, &x, p->a, &failed) != OK) {
        post_not_written(&r, &failed);
        return false;
    }
    post_tell(p->kind, &o);
    return post_is_over(&o) || o.result == E_INVALID;
}

/* --- a round --- */

struct hurry {
    enum outbox_kind kind;
    int64_t now;
};

static err hurry(arena *a, store_conn *w, void *of, note *why)
{
    const struct hurry *h = of;

    (void)a, (void)why;
    TRY(sql_outbox_hurry(w, h->kind, h->now, NULL));
    return sql_outbox_sweep(w, h->kind, h->now - OUTBOX_KEPT_D * DAY_US, NULL);
}

static void take_hurry(struct postman *p, int64_t now)
{
    struct hurry h = {p->kind->kind, now};

    pthread_mutex_lock(&p->lock);

    bool hurries = p->hurries;

    p->hurries = false;
    pthread_mutex_unlock(&p->lock);
    if (!hurries)
        return;
    p->rest_until = 0;
    err_ignore(store_write(p->site->store, hurry, &h, p->a, NULL));
}

/* True when there may be more. */
static bool go_round(struct postman *p)
{
    int64_t now = clock_now(p->site->clock);
    struct post_round r = round_of(p);
    struct sql_outbox_due_rows due;

    take_hurry(p, now);
    if (now < p->rest_until || !is_open(p))
        return false;
    if (p->kind->send_all != NULL)
        return p->kind->send_all(&r, &p->own);
    if (sql_outbox_due(p->a, p->db, p->kind->kind, now, ROUND, &due) != OK)
        return false;
    for (size_t i = 0; i < due.n && !atomic_load(&p->stopping); i++)
        if (!send_one(p, &due.v[i]))
            return now >= p->rest_until;
    return due.n == ROUND;
}

/* --- the thread --- */

static int64_t sleep_for(struct postman *p)
{
    int64_t now = clock_now(p->site->clock), next = now + LONGEST_SLEEP;
    struct sql_outbox_next row;

    if (is_open(p) && sql_outbox_next(p->a, p->db, p->kind->kind, &row) == OK && row.has_moment &&
        row.moment < next)
        next = row.moment > p->rest_until ? row.moment : p->rest_until;
    return next - now > SHORTEST_SLEEP ? next - now : SHORTEST_SLEEP;
}

static void sleep_us(struct postman *p, int64_t us)
{
    struct timespec until = steady_later(us);

    pthread_mutex_lock(&p->lock);
    if (!p->is_woken && !p->hurries && !atomic_load(&p->stopping))
        pthread_cond_timedwait(&p->woken, &p->lock, &until);
    p->is_woken = false;
    pthread_mutex_unlock(&p->lock);
}

static void *run(void *of)
{
    struct postman *p = of;

    while (!atomic_load(&p->stopping)) {
        bool more = go_round(p);
        int64_t pause = more ? 0 : sleep_for(p);

        store_conn_rest(p->db);
        arena_reset(p->a);
        if (!more)
            sleep_us(p, pause);
    }
    return NULL;
}

err postman_start(struct site *s, const struct post_kind *kind, struct postman **out, note *why)
{
    struct postman *p = calloc(1, sizeof *p);
    err e;

    must(p != NULL);
    p->kind = kind;
    p->site = s;
    e = store_conn_open(s->store, &p->db, why);
    if (e != OK) {
        free(p);
        return e;
    }
    p->a = arena_new(POSTMAN_CEILING);
    p->client = client_new(s->asks_inside ? CLIENT_ANYWHERE : CLIENT_OUTSIDE, &p->stopping);
    p->hurries = true; /* what waits from before is tried at once */
    pthread_mutex_init(&p->lock, NULL);
    steady_init(&p->woken);
    must(pthread_create(&p->thread, NULL, run, p) == 0);
    *out = p;
    return OK;
}

static void wake(struct postman *p, bool hurries)
{
    pthread_mutex_lock(&p->lock);
    p->is_woken = true;
    p->hurries |= hurries;
    pthread_cond_signal(&p->woken);
    pthread_mutex_unlock(&p->lock);
}

void postman_wake(struct postman *p, const struct event *event)
{
    bool hurries = false;

    if (p != NULL && p->kind->wakes(event, &hurries))
        wake(p, hurries);
}

void postman_hurry(struct postman *p)
{
    if (p != NULL)
        wake(p, true);
}

void postman_stop(struct postman **out)
{
    struct postman *p = *out;

    if (p == NULL)
        return;
    pthread_mutex_lock(&p->lock);
    atomic_store(&p->stopping, true);
    pthread_cond_signal(&p->woken);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    pthread_cond_destroy(&p->woken);
    pthread_mutex_destroy(&p->lock);
    if (p->own != NULL)
        p->kind->rest(&p->own);
    client_free(&p->client);
    arena_free(&p->a);
    store_conn_close(&p->db);
    free(p);
    *out = NULL;
}
