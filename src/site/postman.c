#include "site/postman.h"

#include "base/log.h"
#include "http/mail.h"
#include "news/outbox.h"
#include "store/sql.h"
#include "text/mail_write.h"

#include <stdlib.h>
#include <time.h>

enum {
    POSTMAN_CEILING = 64 << 20,
    ROUND = 20,
    REST_S = 5 /* for all, after one that did not go */
};

#define LONGEST_SLEEP MINUTE_US
#define SHORTEST_SLEEP (SECOND_US / 100)

struct postman {
    struct site *site;
    store_conn *db;
    arena *a;
    int64_t rest_until; /* the server did not answer: nothing is tried before */
    atomic_bool stopping;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, hurries; /* under lock; hurries: the settings are others now */
};

/* --- what becomes of a mail --- */

struct outcome {
    int64_t mail, now, next_at;
    err result;
    str problem;
};

static err write_down(arena *a, store_conn *w, void *of, note *why)
{
    const struct outcome *o = of;

    (void)a, (void)why;
    if (o->result == OK)
        return sql_outbox_sent(w, o->mail, NULL);
    if (o->next_at == TIME_NEVER)
        return sql_outbox_give_up(w, o->mail, o->now, o->problem, NULL);
    return sql_outbox_put_off(w, o->mail, o->next_at, o->problem, NULL);
}

static int64_t delay_s(int64_t tries)
{
    return tries >= 10 ? POST_DELAY_MAX_S : (int64_t)1 << tries;
}

static void tell(const struct outcome *o, int64_t tries)
{
    if (o->result == OK)
        log_event(LOG_mail_sent, "mail=%lld tries=%lld", (long long)o->mail, (long long)tries + 1);
    else if (o->next_at == TIME_NEVER)
        log_event(LOG_mail_given_up, "mail=%lld tries=%lld error=%s", (long long)o->mail,
                  (long long)tries + 1, err_word(o->result));
    else
        log_event(LOG_mail_failed, "mail=%lld tries=%lld again_s=%lld error=%s why=\"%.*s\"",
                  (long long)o->mail, (long long)tries + 1, (long long)delay_s(tries),
                  err_word(o->result), STR(o->problem));
}

/* --- one mail --- */

static err hand_over(struct postman *p, const struct outbox_way *way,
                     const struct sql_outbox_due *row, note *why)
{
    struct mail m = {
        .from_name = way->from_name,
        .from = way->from,
        .to_name = row->to_name,
        .to = row->to_address,
        .subject = row->subject,
        .text = row->body,
        .id = row->message_id,
        .language = row->language,
        .at = row->made_at,
    };
    struct mail_letter letter = {way->from, row->to_address, mail_write(p->a, &m)};

    if (letter.message.n == 0)
        return fail(why, E_INVALID, "it is longer than %d bytes", MAIL_MAX);
    return mail_send(p->a, &(struct mail_way){way->server, way->user, way->password_file}, &letter,
                     &p->stopping, why);
}

/* False: the round is over. */
static bool send_one(struct postman *p, const struct outbox_way *way,
                     const struct sql_outbox_due *row)
{
    note why = {0}, failed = {0};
    struct outcome o = {.mail = row->mail};

    o.result = hand_over(p, way, row, &why);
    if (o.result == E_BUSY && atomic_load(&p->stopping))
        return false;
    o.now = clock_now(p->site->clock);
    o.problem = str_c(why.text);
    o.next_at = o.now + delay_s(row->tries) * SECOND_US;
    if (o.result == E_INVALID || o.now - row->made_at > OUTBOX_LIFE_H * HOUR_US)
        o.next_at = TIME_NEVER;
    if (store_write(p->site->store, write_down, &o, p->a, &failed) != OK) {
        log_event(LOG_store_failed, "what=\"the outbox\" why=\"%s\"", failed.text);
        p->rest_until = o.now + SECOND_US;
        return false;
    }
    tell(&o, row->tries);
    if (o.result == OK || o.result == E_INVALID)
        return true;
    p->rest_until = o.now + (row->tries < 2 ? delay_s(row->tries) : REST_S) * SECOND_US;
    return false;
}

/* --- a round --- */

static err hurry(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)why;
    return sql_outbox_hurry(w, *(int64_t *)of, NULL);
}

static err sweep(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)why;
    return sql_outbox_sweep(w, *(int64_t *)of - OUTBOX_KEPT_D * DAY_US, NULL);
}

static void take_hurry(struct postman *p, int64_t now)
{
    pthread_mutex_lock(&p->lock);

    bool hurries = p->hurries;

    p->hurries = false;
    pthread_mutex_unlock(&p->lock);
    if (!hurries)
        return;
    p->rest_until = 0;
    err_ignore(store_write(p->site->store, hurry, &now, p->a, NULL));
    err_ignore(store_write(p->site->store, sweep, &now, p->a, NULL));
}

/* True when there may be more. */
static bool go_round(struct postman *p)
{
    int64_t now = clock_now(p->site->clock);
    struct outbox_way way;
    struct sql_outbox_due_rows due;

    take_hurry(p, now);
    if (now < p->rest_until || !outbox_way(p->a, p->db, &way) ||
        sql_outbox_due(p->a, p->db, now, ROUND, &due) != OK)
        return false;
    for (size_t i = 0; i < due.n; i++)
        if (atomic_load(&p->stopping) || !send_one(p, &way, &due.v[i]))
            return false;
    return due.n == ROUND;
}

/* --- the thread --- */

static int64_t sleep_for(struct postman *p)
{
    int64_t now = clock_now(p->site->clock), next = now + LONGEST_SLEEP;
    struct sql_outbox_next row;
    struct outbox_way way;

    if (outbox_way(p->a, p->db, &way) && sql_outbox_next(p->a, p->db, &row) == OK &&
        row.has_moment && row.moment < next)
        next = row.moment > p->rest_until ? row.moment : p->rest_until;
    return next - now > SHORTEST_SLEEP ? next - now : SHORTEST_SLEEP;
}

static void sleep_us(struct postman *p, int64_t us)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);

    int64_t ns = t.tv_nsec + us % SECOND_US * 1000;

    t.tv_sec += (time_t)(us / SECOND_US + ns / 1000000000);
    t.tv_nsec = ns % 1000000000;
    pthread_mutex_lock(&p->lock);
    if (!p->is_woken && !atomic_load(&p->stopping))
        pthread_cond_timedwait(&p->woken, &p->lock, &t);
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

err postman_start(struct site *s, struct postman **out, note *why)
{
    struct postman *p = calloc(1, sizeof *p);
    err e;

    must(p != NULL);
    p->site = s;
    e = store_conn_open(s->store, &p->db, why);
    if (e != OK) {
        free(p);
        return e;
    }
    p->a = arena_new(POSTMAN_CEILING);
    p->hurries = true; /* what waits from before is tried at once */
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->woken, NULL);
    must(pthread_create(&p->thread, NULL, run, p) == 0);
    *out = p;
    return OK;
}

static bool is_of_mail(const struct event *e)
{
    return e->kind == EVENT_settings_changed &&
           (str_find(e->body, S("\"mail_")) >= 0 || str_find(e->body, S("\"address\"")) >= 0);
}

void postman_wake(struct postman *p, const struct event *event)
{
    bool other_way = is_of_mail(event);

    if (p == NULL || (!other_way && event->kind != EVENT_mail_queued))
        return;
    pthread_mutex_lock(&p->lock);
    p->is_woken = true;
    p->hurries |= other_way;
    pthread_cond_signal(&p->woken);
    pthread_mutex_unlock(&p->lock);
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
    arena_free(&p->a);
    store_conn_close(&p->db);
    free(p);
    *out = NULL;
}
