#include "site/clockwork.h"

#include "base/log.h"
#include "base/steady.h"
#include "news/working.h"
#include "site/alarm.h"
#include "site/reads.h"
#include "store/sql.h"
#include "wire/intake.h"

#include <stdlib.h>

enum { CLOCKWORK_CEILING = 256 << 20 };

#define LONGEST_SLEEP MINUTE_US
#define SHORTEST_SLEEP (SECOND_US / 100)
#define AGAIN (5 * SECOND_US) /* after what could not be done */

struct clockwork {
    struct site *site;
    store_conn *db;
    arena *a;
    struct intake *intake;
    struct intake_options options;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, stopping;
    int64_t reads_at; /* ticks: when the counts are written next */
    int64_t sweep_at; /* ticks: when uploads that nobody goes on with are dropped next */
    int64_t fold_at;  /* ticks: when old saves of working copies are looked for next */
};

static const clock_source ticks;

/* Is it time again?  By what passes steadily: a clock that goes back by an hour delays nothing. */
static bool is_time(int64_t *at, int64_t pause)
{
    int64_t now = clock_ticks(&ticks);

    if (now < *at)
        return false;
    *at = now + pause;
    return true;
}

static void tell_nobody(void *of, const struct intake_told *told)
{
    (void)of, (void)told;
}

struct due_job {
    int64_t now;
    size_t moved;
};

static err move_due(arena *a, store_conn *w, void *of, note *why)
{
    struct due_job *job = of;
    struct desk d = {a, w, job->now};

    return desk_due(&d, &job->moved, why);
}

static void tell_late(const struct sql_stories_due_rows *due, int64_t now)
{
    for (size_t i = 0; i < due->n; i++) {
        const struct sql_stories_due *row = &due->v[i];
        bool is_over = row->has_expiry_at && row->expiry_at <= now;
        int64_t late = desk_lateness(is_over ? row->expiry_at : row->public_at, now);

        if (late > 0)
            log_event(LOG_due_late, "story=%lld late_ms=%lld", (long long)row->story,
                      (long long)(late / 1000));
    }
}

/* Is anything due?  A look costs three index searches; only then is the writer asked. */
static err run_due(struct clockwork *c, int64_t now, note *why)
{
    struct sql_stories_due_rows due;
    struct sql_entries_due_rows entries;
    struct due_job job = {.now = now};

    TRY(sql_stories_due(c->a, c->db, now, &due));
    TRY(sql_entries_due(c->a, c->db, now, &entries));
    if (due.n + entries.n > 0) {
        TRY(store_write(c->site->store, move_due, &job, c->a, why));
        tell_late(&due, now);
    }
    return intake_held(c->intake, why);
}

/* What could not be done is an alarm on the desk. */
static void tell_failed(struct clockwork *c, const note *cause)
{
    log_event(LOG_due_failed, "why=\"%s\"", cause->text);
    alarm_raise(c->site, c->a, S("failed"), 0, str_c(cause->text));
}

/* --- how much stories are read --- */

struct count_job {
    struct story_readings *v;
    size_t n;
    int64_t now;
};

static err count_reads(arena *a, store_conn *w, void *of, note *why)
{
    struct count_job *job = of;

    return heat_count(a, w, job->v, job->n, job->now, why);
}

static err keep_reads(struct clockwork *c, int64_t now, note *why)
{
    struct count_job job = {.now = now};

    if (!is_time(&c->reads_at, MINUTE_US))
        return OK;
    reads_take(c->site->reads, c->a, &job.v, &job.n);
    return job.n > 0 ? store_write(c->site->store, count_reads, &job, c->a, why) : OK;
}

static err sweep(struct clockwork *c, int64_t now, note *why)
{
    const struct site *s = c->site;

    if (!is_time(&c->sweep_at, HOUR_US))
        return OK;
    return uploads_sweep(c->a, s->store, c->db, &s->uploads, now, why);
}

/* --- old saves of what is written --- */

static err drop_saves(arena *a, store_conn *w, void *of, note *why)
{
    struct desk d = {a, w, *(const int64_t *)of};

    return working_sweep(&d, why);
}

/* A batch at a time, so that nobody who writes waits for it. */
static err sweep_saves(struct clockwork *c, int64_t now, note *why)
{
    if (clock_ticks(&ticks) < c->fold_at)
        return OK;
    if (!working_is_dusty(c->a, c->db, now)) {
        c->fold_at = clock_ticks(&ticks) + HOUR_US;
        return OK;
    }
    return store_write(c->site->store, drop_saves, &now, c->a, why);
}

/* How long nothing will be due, after what was due at `now`. */
static int64_t sleep_for(struct clockwork *c, int64_t now)
{
    struct sql_story_next_change change;
    struct sql_wire_held_next held;
    struct sql_entry_next entry;
    int64_t next = now + LONGEST_SLEEP;

    if (sql_story_next_change(c->a, c->db, now, &change) == OK && change.has_moment &&
        change.moment < next)
        next = change.moment;
    if (sql_wire_held_next(c->a, c->db, now, &held) == OK && held.has_moment && held.moment < next)
        next = held.moment;
    if (sql_entry_next(c->a, c->db, now, &entry) == OK && entry.has_moment && entry.moment < next)
        next = entry.moment;
    next -= clock_now(c->site->clock);
    return next > SHORTEST_SLEEP ? next : SHORTEST_SLEEP;
}

static void sleep_us(struct clockwork *c, int64_t us)
{
    struct timespec until = steady_later(us);

    pthread_mutex_lock(&c->lock);
    if (!c->is_woken && !c->stopping)
        pthread_cond_timedwait(&c->woken, &c->lock, &until);
    c->is_woken = false;
    pthread_mutex_unlock(&c->lock);
}

static bool is_stopping(struct clockwork *c)
{
    pthread_mutex_lock(&c->lock);

    bool stopping = c->stopping;

    pthread_mutex_unlock(&c->lock);
    return stopping;
}

static void *run(void *of)
{
    struct clockwork *c = of;

    while (!is_stopping(c)) {
        int64_t now = clock_now(c->site->clock);
        note why = {0};
        bool fails = run_due(c, now, &why) != OK || keep_reads(c, now, &why) != OK ||
                     sweep(c, now, &why) != OK || sweep_saves(c, now, &why) != OK;

        if (fails)
            tell_failed(c, &why);

        int64_t pause = sleep_for(c, now); /* what came due meanwhile is still to be done */

        if (fails && pause > AGAIN)
            pause = AGAIN;
        arena_reset(c->a);
        sleep_us(c, pause);
    }
    c->reads_at = 0; /* what was counted last */
    err_ignore(keep_reads(c, clock_now(c->site->clock), NULL));
    return NULL;
}

err clockwork_start(struct site *s, struct clockwork **out, note *why)
{
    struct clockwork *c = calloc(1, sizeof *c);
    err e;

    must(c != NULL);
    c->site = s;
    e = store_conn_open(s->store, &c->db, why);
    if (e != OK) {
        free(c);
        return e;
    }
    c->a = arena_new(CLOCKWORK_CEILING);
    c->options = (struct intake_options){.store = s->store,
                                         .db = c->db,
                                         .library = &s->library,
                                         .publish = true,
                                         .tell = tell_nobody};
    c->intake = intake_new(&c->options);
    pthread_mutex_init(&c->lock, NULL);
    steady_init(&c->woken);
    must(pthread_create(&c->thread, NULL, run, c) == 0);
    *out = c;
    return OK;
}

void clockwork_wake(struct clockwork *c)
{
    pthread_mutex_lock(&c->lock);
    c->is_woken = true;
    pthread_cond_signal(&c->woken);
    pthread_mutex_unlock(&c->lock);
}

void clockwork_stop(struct clockwork **out)
{
    struct clockwork *c = *out;

    if (c == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    c->stopping = true;
    pthread_cond_signal(&c->woken);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    pthread_cond_destroy(&c->woken);
    pthread_mutex_destroy(&c->lock);
    intake_free(&c->intake);
    arena_free(&c->a);
    store_conn_close(&c->db);
    free(c);
    *out = NULL;
}
