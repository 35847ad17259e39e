#include "store/follow.h"

#include "base/log.h"
#include "base/steady.h"
#include "store/inside.h"
#include "store/sql.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BATCH = 100, LOOK_MS = 250, FIRST_DELAY_MS = 50, LAST_DELAY_MS = 30000 };

static const clock_source ticks;

/* --- showing events --- */

static err show_guarded(struct follow_desk *d, const struct follower *f, const struct event *e,
                        note *why)
{
    err result;

    if (arena_guard(d->each))
        result = fail(why, E_LIMIT, "it needed more memory than it may have");
    else
        result = f->follow(f->of, d->each, d->c, e, why);
    arena_unguard(d->each);
    return result;
}

static err show(struct follow_desk *d, const struct follower *f, const struct event *e, note *why)
{
    err result = show_guarded(d, f, e, why);

    store_conn_rest(d->c);
    arena_reset(d->each);
    return result;
}

static void put_off(struct walker *w, int64_t event, err e, const note *why)
{
    w->delay_ms = w->delay_ms == 0 ? FIRST_DELAY_MS : w->delay_ms * 2;
    if (w->delay_ms > LAST_DELAY_MS)
        w->delay_ms = LAST_DELAY_MS;
    w->again_at = clock_ticks(&ticks) + w->delay_ms * INT64_C(1000);
    log_event(LOG_follower_failed, "follower=%s event_id=%lld error=%s again_ms=%d why=\"%s\"",
              w->f->name, (long long)event, err_word(e), w->delay_ms, why->text);
}

/* One batch; true when there may be more. */
static bool walk(struct follow_desk *d, struct walker *w)
{
    note why = {0};
    struct event *events;
    size_t n = 0;

    if (w->again_at > clock_ticks(&ticks))
        return false;
    arena_reset(d->batch);

    err e = events_after(d->batch, d->c, w->cursor, BATCH, &events, &n);

    if (e != OK) {
        put_off(w, w->cursor, e, &d->c->why);
        return false;
    }
    for (size_t i = 0; i < n && !d->stop; i++) {
        e = show(d, w->f, &events[i], &why);
        if (e != OK) {
            put_off(w, events[i].id, e, &why);
            return false;
        }
        w->cursor = events[i].id;
        w->delay_ms = 0;
        w->again_at = 0;
    }
    return n == BATCH;
}

/* --- where they are --- */

static err write_cursors(arena *a, store_conn *c, void *of, note *why)
{
    const struct follow_desk *d = of;

    (void)a, (void)why;
    for (size_t i = 0; i < d->n; i++)
        if (d->v[i].cursor > d->v[i].saved)
            TRY(sql_follower_move(c, str_c(d->v[i].f->name), d->v[i].cursor, NULL));
    return OK;
}

static void save_cursors(struct follow_desk *d)
{
    bool moved = false;
    note why = {0};

    for (size_t i = 0; i < d->n; i++)
        moved |= d->v[i].cursor > d->v[i].saved;
    if (!moved)
        return;

    err e = store_write(d->s, write_cursors, d, d->each, &why);

    arena_reset(d->each);
    if (e != OK) {
        log_event(LOG_store_failed, "what=\"follower cursors\" error=%s why=\"%s\"", err_word(e),
                  why.text);
        return;
    }
    for (size_t i = 0; i < d->n; i++)
        d->v[i].saved = d->v[i].cursor;
}

static int64_t lowest_cursor(const struct follow_desk *d)
{
    int64_t lowest = INT64_MAX;

    for (size_t i = 0; i < d->n; i++)
        if (d->v[i].cursor < lowest)
            lowest = d->v[i].cursor;
    return lowest;
}

static void tell_passed(store *s, int64_t passed)
{
    pthread_mutex_lock(&s->lock);
    s->passed = passed;
    pthread_cond_broadcast(&s->passed_on);
    pthread_mutex_unlock(&s->lock);
}

/* --- the threads --- */

static int patience_ms(const struct follow_desk *d)
{
    int64_t now = clock_ticks(&ticks), least = LOOK_MS;

    for (size_t i = 0; i < d->n; i++) {
        int64_t left = (d->v[i].again_at - now) / 1000 + 1;

        if (d->v[i].again_at > now && left < least)
            least = left;
    }
    return (int)least;
}

static void wait_for_news(struct follow_desk *d, struct wake_list *asked)
{
    bool listens = !d->durable && d->s->listen_fd >= 0 && asked->n < SYNCS_MAX;
    struct pollfd p[] = {{.fd = d->wake_fd, .events = POLLIN},
                         {.fd = listens ? d->s->listen_fd : -1, .events = POLLIN}};
    uint64_t news;

    poll(p, LENGTH(p), patience_ms(d));
    if (read(d->wake_fd, &news, sizeof news) < 0)
        news = 0;
    if (listens)
        wake_read(d->s, asked);
}

static void *run(void *of)
{
    struct follow_desk *d = of;
    struct wake_list *asked = calloc(1, sizeof *asked);

    must(asked != NULL);
    while (!d->stop) {
        bool more = false;

        for (size_t i = 0; i < d->n && !d->stop; i++)
            more |= walk(d, &d->v[i]);
        if (d->durable) {
            save_cursors(d);
        } else {
            tell_passed(d->s, lowest_cursor(d));
            wake_answer(d->s, asked, lowest_cursor(d));
        }
        if (!more && !d->stop)
            wait_for_news(d, asked);
    }
    free(asked);
    return NULL;
}

static err find_cursor(struct follow_desk *d, struct walker *w)
{
    struct sql_follower_cursor known;

    if (!w->f->durable) {
        int64_t newest;

        TRY(event_newest(d->c, &newest));
        w->cursor = newest;
        return OK;
    }

    err e = sql_follower_cursor(d->batch, d->c, str_c(w->f->name), &known);

    if (e == OK)
        w->cursor = w->saved = known.event;
    return e == E_MISSING ? OK : e;
}

static err prepare(struct follow_desk *d, store *s, bool durable, const struct follower *table,
                   size_t n, note *why)
{
    *d = (struct follow_desk){.s = s, .durable = durable, .wake_fd = -1};
    d->batch = arena_new(FOLLOW_ARENA);
    d->each = arena_new(FOLLOW_ARENA);
    d->v = calloc(n + 1, sizeof *d->v);
    must(d->v != NULL);
    d->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (d->wake_fd < 0)
        return fail(why, E_IO, "cannot make an eventfd: %s", strerror(errno));
    TRY(store_conn_open(s, &d->c, why));
    for (size_t i = 0; i < n; i++) {
        if (table[i].durable != durable)
            continue;

        struct walker *w = &d->v[d->n++];

        w->f = &table[i];

        err e = find_cursor(d, w);

        if (e != OK)
            return fail(why, e, "cannot find the place of follower %s: %s", w->f->name,
                        store_why(d->c));
    }
    return OK;
}

static void wake(struct follow_desk *d)
{
    uint64_t one = 1;

    if (d->started && write(d->wake_fd, &one, sizeof one) < 0)
        must(errno == EAGAIN); /* woken more often than it can count: awake */
}

static void stop(store *s, struct follow_desk *d)
{
    pthread_mutex_lock(&s->lock);

    bool runs = d->started;

    d->stop = true;
    wake(d);
    d->started = false;
    pthread_mutex_unlock(&s->lock);
    if (runs)
        pthread_join(d->thread, NULL);
    store_conn_close(&d->c);
    arena_free(&d->batch);
    arena_free(&d->each);
    free(d->v);
    d->v = NULL;
    d->n = 0;
    if (d->wake_fd >= 0)
        close(d->wake_fd);
    d->wake_fd = -1;
}

static err run_thread(store *s, struct follow_desk *d, note *why)
{
    pthread_mutex_lock(&s->lock);

    int problem = pthread_create(&d->thread, NULL, run, d);

    d->started = problem == 0;
    pthread_mutex_unlock(&s->lock);
    return problem == 0
               ? OK
               : fail(why, E_IO, "cannot start the followers' thread: %s", strerror(problem));
}

static err start(store *s, struct follow_desk *d, note *why)
{
    if (!d->durable)
        tell_passed(s, lowest_cursor(d));

    err e = run_thread(s, d, why);

    if (e != OK)
        stop(s, d);
    return e;
}

err store_memory_followers_start(store *s, const struct follower *table, size_t n, note *why)
{
    must(!s->following);

    err e = prepare(&s->quick, s, false, table, n, why);

    if (e != OK)
        stop(s, &s->quick);
    TRY(e);
    TRY(start(s, &s->quick, why));
    pthread_mutex_lock(&s->lock);
    s->following = true;
    pthread_mutex_unlock(&s->lock);
    return OK;
}

err store_durable_followers_start(store *s, const struct follower *table, size_t n, note *why)
{
    must(!s->durable.started);

    err e = prepare(&s->durable, s, true, table, n, why);

    if (e != OK)
        stop(s, &s->durable);
    TRY(e);
    return start(s, &s->durable, why);
}

err store_followers_start(store *s, const struct follower *table, size_t n, note *why)
{
    TRY(store_memory_followers_start(s, table, n, why));

    err e = store_durable_followers_start(s, table, n, why);

    if (e != OK)
        store_followers_stop(s);
    return e;
}

void store_durable_followers_stop(store *s)
{
    stop(s, &s->durable);
}

void store_followers_stop(store *s)
{
    pthread_mutex_lock(&s->lock);
    s->following = false;
    pthread_mutex_unlock(&s->lock);
    stop(s, &s->durable);
    stop(s, &s->quick);
    wake_leave(s); /* who asks now has no answer to wait for */
}

void store_wake(store *s)
{
    pthread_mutex_lock(&s->lock);
    wake(&s->quick);
    wake(&s->durable);
    pthread_mutex_unlock(&s->lock);
    wake_poke(s);
}

int64_t store_passed(store *s)
{
    pthread_mutex_lock(&s->lock);

    int64_t passed = s->passed;

    pthread_mutex_unlock(&s->lock);
    return passed;
}

/* Under the lock: what runs does not lose its table. */
static size_t add_places(const struct follow_desk *d, struct follower_place *out, size_t most)
{
    size_t n = !d->started ? 0 : d->n < most ? d->n : most;

    for (size_t i = 0; i < n; i++)
        out[i] = (struct follower_place){d->v[i].f->name, d->v[i].cursor, d->v[i].delay_ms > 0};
    return n;
}

size_t store_followers(store *s, struct follower_place *out, size_t most)
{
    size_t n = 0;

    pthread_mutex_lock(&s->lock);
    n = add_places(&s->quick, out, most);
    n += add_places(&s->durable, out + n, most - n);
    pthread_mutex_unlock(&s->lock);
    return n;
}

/* The followers of this process. */
static bool wait_here(store *s, int64_t event, int timeout_ms)
{
    struct timespec until = steady_later(timeout_ms * INT64_C(1000));
    int late = 0;

    pthread_mutex_lock(&s->lock);
    while (s->following && s->passed < event && late == 0)
        late = pthread_cond_timedwait(&s->passed_on, &s->lock, &until);

    bool passed = !s->following || s->passed >= event;

    pthread_mutex_unlock(&s->lock);
    return passed;
}

err store_settle(store *s, int64_t event_id, int timeout_ms, note *why)
{
    if (event_id <= 0)
        return OK;
    if (!wait_here(s, event_id, timeout_ms))
        return fail(why, E_BUSY, "the caches have not passed event %lld after %d ms",
                    (long long)event_id, timeout_ms);
    return wake_ask(s, event_id, timeout_ms, why);
}
