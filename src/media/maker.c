#include "media/maker.h"

#include "base/log.h"
#include "media/keep.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NICE = 10, MAKER_ARENA = 64 << 20 };

/* The halves of the work on a picture: all pictures get the quick one first. */
enum half { QUICK, AVIF_TOO, HALVES };

struct queue {
    int64_t *ids;
    size_t first, n, room;
};

struct media_maker {
    const struct media_library *library;
    store *store;
    store_conn *conn;
    arena *arena;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    struct queue queues[HALVES];
    bool stop, busy;
};

static void queue_add(struct queue *q, int64_t id)
{
    if (q->first > 0 && q->first + q->n == q->room) {
        memmove(q->ids, q->ids + q->first, q->n * sizeof *q->ids);
        q->first = 0;
    }
    if (q->n == q->room) {
        q->room = q->room == 0 ? 64 : q->room * 2;
        q->ids = reallocarray(q->ids, q->room, sizeof *q->ids);
        must(q->ids != NULL);
    }
    q->ids[q->first + q->n++] = id;
}

static int64_t queue_take(struct queue *q)
{
    q->n--;
    return q->ids[q->first++];
}

static bool stopping(struct media_maker *m)
{
    pthread_mutex_lock(&m->lock);

    bool stop = m->stop;

    pthread_mutex_unlock(&m->lock);
    return stop;
}

/* --- one picture --- */

static err write_outcome(arena *a, store_conn *w, void *of, note *why)
{
    return media_ready_add(a, w, of, why);
}

/* All of it, or what is cut for a shape. */
struct target {
    int width, height;
    bool is_crop;
    enum shape shape;
    struct cut cut;
    int64_t ready;
};

/* What of a half is missing, and which bit of which number says that it is there. */
struct order {
    struct media_maker *maker;
    const struct media *picture;
    struct picture_rendition v[PICTURE_WANTED_MAX];
    int64_t *ready[PICTURE_WANTED_MAX], bit[PICTURE_WANTED_MAX];
    int n;
};

_Static_assert(MEDIA_WIDTHS_MAX *(PICTURE_FORMATS - 1) * (1 + SHAPES) <= PICTURE_WANTED_MAX,
               "a half of the work is one order");

static void order_one(struct order *o, const struct target *of, int width, enum picture_format f,
                      int64_t *ready, int64_t bit)
{
    arena *a = o->maker->arena;
    const struct media *m = o->picture;
    const struct media_library *library = o->maker->library;
    const char *out = of->is_crop ? media_crop_path(a, library, m->fingerprint, of->shape,
                                                    &m->crops[of->shape].at, width, f)
                                  : media_path(a, library, m->fingerprint, width, f);

    if (access(out, R_OK) == 0) {
        *ready |= bit;
        return;
    }
    o->v[o->n] = (struct picture_rendition){
        {.width = width, .format = f, .whole = of->is_crop ? m->width : 0, .cut = of->cut}, out};
    o->ready[o->n] = ready;
    o->bit[o->n++] = bit;
}

/* The widest first, of which the narrow ones are made. */
static void order_half_of(struct order *o, const struct target *of, enum half half, int64_t *ready)
{
    struct media_widths w = media_widths(of->width, of->height);

    for (int i = w.n - 1; i >= 0; i--)
        for (int f = 0; f < PICTURE_FORMATS; f++) {
            enum picture_format format = (enum picture_format)f;
            int64_t bit = media_bit(&w, w.v[i], format);

            if ((format == PICTURE_AVIF) == (half == AVIF_TOO) && !(of->ready & bit))
                order_one(o, of, w.v[i], format, ready, bit);
        }
}

static bool note_made(void *of, int i)
{
    struct order *o = of;

    *o->ready[i] |= o->bit[i];
    return !stopping(o->maker);
}

/* What of this half is missing; bits of what was made are added to *made. */
static err make_half(struct media_maker *m, const struct media *picture, enum half half,
                     struct media_made *made, note *why)
{
    struct order o = {.maker = m, .picture = picture};
    struct target whole = {picture->width, picture->height, .ready = picture->ready};

    order_half_of(&o, &whole, half, &made->ready);
    for (int i = 0; i < SHAPES; i++) {
        struct cut cut = media_cut(picture, (enum shape)i);
        struct target of = {cut.width,     cut.height, true,
                            (enum shape)i, cut,        picture->crops[i].ready};

        if (picture->crops[i].at.width > 0)
            order_half_of(&o, &of, half, &made->crops[i].ready);
    }
    if (stopping(m))
        return E_BUSY;
    return o.n == 0 ? OK
                    : picture_make(m->arena,
                                   media_picture_path(m->arena, m->library, picture->fingerprint,
                                                      picture->type, picture->extension),
                                   o.v, o.n, note_made, &o, why);
}

static void sweep_crops(struct media_maker *m, const struct media *picture)
{
    struct crop crops[SHAPES];

    for (int i = 0; i < SHAPES; i++)
        crops[i] = picture->crops[i].at;
    media_crops_sweep(m->arena, m->library, picture->fingerprint, crops);
}

static bool made_something(const struct media_made *made)
{
    return made->ready != 0 || made->crops[SHAPE_WIDE].ready != 0 ||
           made->crops[SHAPE_SQUARE].ready != 0;
}

/* Did this half come to its end, so that the next may begin? */
static bool work(struct media_maker *m, int64_t id, enum half half)
{
    note why = {0};
    struct media picture;
    struct media_made o = {.id = id, .state = half == QUICK ? MEDIA_WAITING : MEDIA_MADE};

    if (media_find(m->arena, m->conn, id, &picture) != OK || picture.state != MEDIA_WAITING)
        return false;
    for (int i = 0; i < SHAPES; i++)
        o.crops[i].at = picture.crops[i].at;
    if (half == QUICK)
        sweep_crops(m, &picture);

    err e = make_half(m, &picture, QUICK, &o, &why);

    if (e == OK && half == AVIF_TOO) /* a crop that was set meanwhile wants the quick ones first */
        e = make_half(m, &picture, AVIF_TOO, &o, &why);

    if (e == E_INVALID || e == E_LIMIT) {
        o.state = MEDIA_FAILED;
        o.reason = str_c(why.text);
    } else if (e != OK) {
        o.state = MEDIA_WAITING; /* the disk is full, or we are to stop: the next start goes on */
    }
    if (e != OK && e != E_BUSY)
        log_event(LOG_media_failed, "media=%lld reason=\"%s\"", (long long)id, why.text);
    if (made_something(&o) || o.state != MEDIA_WAITING) {
        note cause = {0};

        if (store_write(m->store, write_outcome, &o, m->arena, &cause) != OK) {
            log_event(LOG_media_failed, "media=%lld reason=\"%s\"", (long long)id, cause.text);
            return false;
        }
    }
    if (o.state == MEDIA_MADE)
        log_event(LOG_media_made, "media=%lld", (long long)id);
    return e == OK;
}

/* An arena over its ceiling ends the work on one picture, not the maker. */
static bool work_guarded(struct media_maker *m, int64_t id, enum half half)
{
    volatile bool done = false;

    if (arena_guard(m->arena))
        log_event(LOG_job_over, "job=media media=%lld", (long long)id);
    else
        done = work(m, id, half);
    arena_unguard(m->arena);
    arena_reset(m->arena);
    store_conn_rest(m->conn);
    return done;
}

/* --- the thread --- */

static bool next(struct media_maker *m, int64_t *id, enum half *half)
{
    bool found = false;

    pthread_mutex_lock(&m->lock);
    while (!m->stop && m->queues[QUICK].n + m->queues[AVIF_TOO].n == 0)
        pthread_cond_wait(&m->changed, &m->lock);
    if (!m->stop) {
        *half = m->queues[QUICK].n > 0 ? QUICK : AVIF_TOO;
        *id = queue_take(&m->queues[*half]);
        m->busy = found = true;
    }
    pthread_mutex_unlock(&m->lock);
    return found;
}

static void rest(struct media_maker *m, int64_t id, enum half half, bool done)
{
    pthread_mutex_lock(&m->lock);
    if (done && half == QUICK)
        queue_add(&m->queues[AVIF_TOO], id);
    m->busy = false;
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->lock);
}

static void *run(void *of)
{
    struct media_maker *m = of;
    int64_t id;
    enum half half;

    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE); /* of this thread, on Linux */
    keep_sweep(m->library->folder);
    while (next(m, &id, &half)) {
        rest(m, id, half, work_guarded(m, id, half));
    }
    return NULL;
}

static void drop(struct media_maker *m)
{
    for (int h = 0; h < HALVES; h++)
        free(m->queues[h].ids);
    store_conn_close(&m->conn);
    arena_free(&m->arena);
    pthread_mutex_destroy(&m->lock);
    pthread_cond_destroy(&m->changed);
    free(m);
}

static err begin(struct media_maker *m, note *why)
{
    struct media_ids left;

    TRY(store_conn_open(m->store, &m->conn, why));

    err e = media_waiting(m->arena, m->conn, &left);

    if (e != OK)
        return fail(why, e, "could not list the pictures to be made: %s", store_why(m->conn));
    for (size_t i = 0; i < left.n; i++)
        queue_add(&m->queues[QUICK], left.v[i]);
    arena_reset(m->arena);
    if (pthread_create(&m->thread, NULL, run, m) != 0)
        return fail(why, E_IO, "could not start the thread that makes pictures");
    return OK;
}

err media_maker_start(const struct media_library *library, store *s, struct media_maker **maker,
                      note *why)
{
    struct media_maker *m = calloc(1, sizeof *m);

    must(m != NULL);
    m->library = library;
    m->store = s;
    m->arena = arena_new(MAKER_ARENA);
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->changed, NULL);

    err e = begin(m, why);

    if (e != OK) {
        drop(m);
        return e;
    }
    *maker = m;
    return OK;
}

void media_maker_add(struct media_maker *m, int64_t id)
{
    pthread_mutex_lock(&m->lock);
    queue_add(&m->queues[QUICK], id);
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->lock);
}

size_t media_maker_waiting(struct media_maker *m)
{
    pthread_mutex_lock(&m->lock);

    size_t n = m->busy + m->queues[QUICK].n + m->queues[AVIF_TOO].n;

    pthread_mutex_unlock(&m->lock);
    return n;
}

void media_maker_finish(struct media_maker *m)
{
    pthread_mutex_lock(&m->lock);
    while (!m->stop && (m->busy || m->queues[QUICK].n + m->queues[AVIF_TOO].n > 0))
        pthread_cond_wait(&m->changed, &m->lock);
    pthread_mutex_unlock(&m->lock);
}

void media_maker_stop(struct media_maker **maker)
{
    struct media_maker *m = *maker;

    if (m == NULL)
        return;
    pthread_mutex_lock(&m->lock);
    m->stop = true;
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->lock);
    pthread_join(m->thread, NULL);
    drop(m);
    *maker = NULL;
}
