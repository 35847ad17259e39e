#include "site/errand.h"

#include "base/log.h"
#include "base/steady.h"
#include "store/sql.h"

#include <stdlib.h>

enum {
    ERRAND_CEILING = 64 << 20,
    BATCH = 200,
    DESTINATIONS_MAX = 8,
    FIRST_DELAY_MS = 250,
    IDLE_MS = 60 * 1000,
    SETTLE_MS = 2000,
    CURSOR_MAX = 400,
    UNSAVED_MAX = 64, /* events with nothing to tell, before their passing is written down */
};

static const clock_source ticks;

struct place {
    char name[CURSOR_MAX]; /* of the cursor: "hub https://hub.example/"; empty: free */
    int64_t cursor, saved;
    int64_t again_at; /* ticks: not before */
    int delay_ms;     /* 0: the last telling went well */
    bool wanted;      /* still in the setting */
};

struct errand {
    const struct errand_kind *kind;
    struct site *site;
    store_conn *db;
    arena *a;
    struct client *client;
    struct place places[DESTINATIONS_MAX];
    int64_t began; /* the newest event when it started */

    atomic_bool stopping;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken;   /* under lock */
    int64_t set_at;  /* under lock: the event that last changed the setting */
    int64_t told;    /* under lock: all destinations were; TIME_NEVER: there is none */
    bool is_failing; /* under lock */
};

/* --- places in the log --- */

static err write_place(arena *a, store_conn *w, void *of, note *why)
{
    const struct place *p = of;

    (void)a, (void)why;
    return sql_follower_move(w, str_c(p->name), p->cursor, NULL);
}

static void save(struct errand *e, struct place *p)
{
    note why = {0};

    if (p->cursor == p->saved)
        return;
    if (store_write(e->site->store, write_place, p, e->a, &why) == OK)
        p->saved = p->cursor;
    else
        log_event(LOG_store_failed, "what=\"an errand's place\" why=\"%s\"", why.text);
}

static int64_t first_place(struct errand *e)
{
    pthread_mutex_lock(&e->lock);

    int64_t at = e->set_at > e->began ? e->set_at : e->began;

    pthread_mutex_unlock(&e->lock);
    return at;
}

static err begin_place(struct errand *e, str name, struct place *p)
{
    struct sql_follower_cursor known;
    err found = sql_follower_cursor(e->a, e->db, name, &known);

    if (found != OK && found != E_MISSING)
        return found;
    *p = (struct place){.wanted = true};
    memcpy(p->name, name.p, name.n);
    p->saved = found == OK ? known.event : 0;
    p->cursor = found == OK ? known.event : first_place(e);
    save(e, p);
    return OK;
}

/* The place of a destination, made when it is new; NULL when there is no room or no database. */
static struct place *place_of(struct errand *e, str to)
{
    str name = str_fmt(e->a, "%s %.*s", e->kind->name, STR(to));
    struct place *free_one = NULL;

    if (name.n >= CURSOR_MAX)
        return NULL;
    for (size_t i = 0; i < DESTINATIONS_MAX; i++) {
        if (str_eq(str_c(e->places[i].name), name))
            return &e->places[i];
        if (e->places[i].name[0] == '\0')
            free_one = &e->places[i];
    }
    return free_one != NULL && begin_place(e, name, free_one) == OK ? free_one : NULL;
}

static str destination(const struct errand *e, const struct place *p)
{
    return str_from(str_c(p->name), strlen(e->kind->name) + 1);
}

static void read_destinations(struct errand *e)
{
    str rest = paper_setting(e->a, e->db, str_c(e->kind->setting), S("")), one;

    for (size_t i = 0; i < DESTINATIONS_MAX; i++)
        e->places[i].wanted = false;
    while (str_cut(&rest, ' ', &one)) {
        struct place *p = one.n > 0 ? place_of(e, one) : NULL;

        if (p != NULL)
            p->wanted = true;
    }
    for (size_t i = 0; i < DESTINATIONS_MAX; i++)
        if (!e->places[i].wanted)
            e->places[i] = (struct place){0};
}

/* --- telling --- */

static void put_off(struct errand *e, struct place *p, err result, const note *why)
{
    p->delay_ms = p->delay_ms == 0 ? FIRST_DELAY_MS : p->delay_ms * 2;
    if (p->delay_ms > e->kind->delay_max_ms)
        p->delay_ms = e->kind->delay_max_ms;
    p->again_at = clock_ticks(&ticks) + p->delay_ms * INT64_C(1000);
    log_event(LOG_errand_failed, "errand=%s error=%s again_ms=%d why=\"%s\"", e->kind->name,
              err_word(result), p->delay_ms, why->text);
}

/* Who is told asks at once, so our own caches must have dropped it before. */
static err tell_guarded(struct errand *e, const struct place *p, const struct event *v, size_t n,
                        bool *told, note *why)
{
    struct errand_round r = {e->site, e->a, e->db, e->client, destination(e, p)};
    err result;

    TRY(store_settle(e->site->store, v[n - 1].id, SETTLE_MS, why));
    if (arena_guard(e->a))
        result = fail(why, E_LIMIT, "it needed more memory than it may have");
    else
        result = e->kind->tell(&r, v, n, told, why);
    arena_unguard(e->a);
    return result;
}

static void go_on(struct errand *e, struct place *p, int64_t to, bool told)
{
    p->cursor = to;
    p->delay_ms = 0;
    p->again_at = told ? clock_ticks(&ticks) + e->kind->pause_ms * INT64_C(1000) : 0;
    if (told || p->cursor - p->saved >= UNSAVED_MAX)
        save(e, p);
}

/* One batch for one destination; true when there may be more. */
static bool walk(struct errand *e, struct place *p)
{
    struct event *v;
    size_t n = 0;
    bool told = false;
    note why = {0};

    if (!p->wanted || p->again_at > clock_ticks(&ticks))
        return false;
    if (events_after(e->a, e->db, p->cursor, BATCH, &v, &n) != OK || n == 0)
        return false;

    err result = tell_guarded(e, p, v, n, &told, &why);

    if (atomic_load(&e->stopping))
        return false;
    if (result != OK && result != E_INVALID) {
        put_off(e, p, result, &why);
        return false;
    }
    if (result == E_INVALID)
        log_event(LOG_errand_refused, "errand=%s why=\"%s\"", e->kind->name, why.text);
    go_on(e, p, v[n - 1].id, told || result == E_INVALID);
    return true;
}

/* For who asks how far it is. */
static void say_place(struct errand *e)
{
    int64_t told = TIME_NEVER;
    bool fails = false;

    for (size_t i = 0; i < DESTINATIONS_MAX; i++) {
        const struct place *p = &e->places[i];

        if (p->wanted && p->cursor < told)
            told = p->cursor;
        fails |= p->wanted && p->delay_ms > 0;
    }
    pthread_mutex_lock(&e->lock);
    e->told = told;
    e->is_failing = fails;
    pthread_mutex_unlock(&e->lock);
}

bool errand_place(struct errand *e, int64_t *event, bool *is_failing)
{
    pthread_mutex_lock(&e->lock);
    *event = e->told;
    *is_failing = e->is_failing;
    pthread_mutex_unlock(&e->lock);
    return *event != TIME_NEVER;
}

static bool walk_all(struct errand *e)
{
    bool more = false;

    read_destinations(e);
    for (size_t i = 0; i < DESTINATIONS_MAX && !atomic_load(&e->stopping); i++) {
        more |= walk(e, &e->places[i]);
        store_conn_rest(e->db);
        arena_reset(e->a);
    }
    say_place(e);
    return more;
}

/* --- the thread --- */

static int64_t wake_at(const struct errand *e)
{
    int64_t at = clock_ticks(&ticks) + IDLE_MS * INT64_C(1000);

    for (size_t i = 0; i < DESTINATIONS_MAX; i++) {
        const struct place *p = &e->places[i];

        if (p->wanted && p->again_at > 0 && p->again_at < at)
            at = p->again_at;
    }
    return at;
}

static void sleep_until(struct errand *e, int64_t at)
{
    struct timespec until = steady_moment(at);

    pthread_mutex_lock(&e->lock);
    while (!e->is_woken && !atomic_load(&e->stopping))
        if (pthread_cond_timedwait(&e->woken, &e->lock, &until) != 0)
            break;
    e->is_woken = false;
    pthread_mutex_unlock(&e->lock);
}

static void *run(void *of)
{
    struct errand *e = of;

    while (!atomic_load(&e->stopping))
        if (!walk_all(e))
            sleep_until(e, wake_at(e));
    for (size_t i = 0; i < DESTINATIONS_MAX; i++)
        if (e->places[i].wanted)
            save(e, &e->places[i]);
    return NULL;
}

err errand_start(struct site *s, const struct errand_kind *kind, struct errand **out, note *why)
{
    struct errand *e = calloc(1, sizeof *e);
    err result;

    must(e != NULL);
    e->site = s;
    e->kind = kind;
    e->told = TIME_NEVER;
    result = store_conn_open(s->store, &e->db, why);
    if (result == OK)
        result = event_newest(e->db, &e->began);
    if (result != OK) {
        store_conn_close(&e->db);
        free(e);
        return result;
    }
    e->a = arena_new(ERRAND_CEILING);
    e->client = client_new(CLIENT_ANYWHERE, &e->stopping);
    pthread_mutex_init(&e->lock, NULL);
    steady_init(&e->woken);
    must(pthread_create(&e->thread, NULL, run, e) == 0);
    *out = e;
    return OK;
}

void errand_wake(struct errand *e, const struct event *event)
{
    bool is_setting = event->kind == EVENT_settings_changed;

    if (e == NULL)
        return;
    pthread_mutex_lock(&e->lock);
    if (is_setting && str_find(event->body, str_c(e->kind->setting)) >= 0)
        e->set_at = event->id;
    e->is_woken = true;
    pthread_cond_signal(&e->woken);
    pthread_mutex_unlock(&e->lock);
}

void errand_stop(struct errand **out)
{
    struct errand *e = *out;

    if (e == NULL)
        return;
    pthread_mutex_lock(&e->lock);
    atomic_store(&e->stopping, true);
    pthread_cond_signal(&e->woken);
    pthread_mutex_unlock(&e->lock);
    pthread_join(e->thread, NULL);
    pthread_cond_destroy(&e->woken);
    pthread_mutex_destroy(&e->lock);
    client_free(&e->client);
    arena_free(&e->a);
    store_conn_close(&e->db);
    free(e);
    *out = NULL;
}
