#include "loop/desk.h"

#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const clock_source ticks;

struct desk_thread {
    struct desk *desk;
    struct desk_seat seat;
    pthread_t thread;
};

struct desk {
    struct desk_options o;
    pthread_mutex_t lock; /* for what follows */
    pthread_cond_t work;  /* something waits, or stop */
    pthread_cond_t ready; /* a thread has started, or could not */
    struct job *first, **last;
    size_t waiting;
    int started, broken;
    bool stop;
    int count;
    struct desk_thread threads[];
};

/* The next job, or NULL when the desk is empty and stops. */
static struct job *next_job(struct desk *d)
{
    pthread_mutex_lock(&d->lock);
    while (d->first == NULL && !d->stop)
        pthread_cond_wait(&d->work, &d->lock);

    struct job *j = d->first;

    if (j != NULL) {
        d->first = j->next;
        if (d->first == NULL)
            d->last = &d->first;
        d->waiting--;
    }
    pthread_mutex_unlock(&d->lock);
    return j;
}

/* After its run() or over() the job may be gone. */
static void do_job(struct job *j, struct desk_seat *seat)
{
    void (*over)(struct job *, struct desk_seat *) = j->over;

    if (arena_guard(seat->arena)) {
        arena_unguard(seat->arena);
        log_event(LOG_job_over, "desk=%d bytes=%zu", seat->number, arena_used(seat->arena));
        arena_reset(seat->arena);
        over(j, seat);
    } else {
        j->run(j, seat);
        arena_unguard(seat->arena);
    }
    arena_reset(seat->arena);
}

static void tell_started(struct desk *d, bool broken)
{
    pthread_mutex_lock(&d->lock);
    d->started++;
    d->broken += broken;
    pthread_cond_signal(&d->ready);
    pthread_mutex_unlock(&d->lock);
}

static void *work(void *of)
{
    struct desk_thread *me = of;
    struct desk *d = me->desk;
    struct desk_seat *seat = &me->seat;

    if (d->o.open != NULL)
        seat->context = d->o.open(d->o.of, seat->number);

    bool broken = d->o.open != NULL && seat->context == NULL;

    tell_started(d, broken);
    if (broken)
        return NULL;
    seat->arena = arena_new(d->o.memory_max);
    for (struct job *j; (j = next_job(d)) != NULL;)
        do_job(j, seat);
    arena_free(&seat->arena);
    if (d->o.close != NULL)
        d->o.close(d->o.of, seat->context);
    return NULL;
}

static struct desk *new_desk(const struct desk_options *o)
{
    int count = o->threads > 0 ? o->threads : 4;
    struct desk *d = calloc(1, sizeof *d + (size_t)count * sizeof *d->threads);

    must(d != NULL);
    d->o = *o;
    d->o.threads = count;
    if (d->o.jobs_max == 0)
        d->o.jobs_max = 256;
    if (d->o.memory_max == 0)
        d->o.memory_max = 64 << 20;
    d->last = &d->first;
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->work, NULL);
    pthread_cond_init(&d->ready, NULL);
    return d;
}

err desk_start(const struct desk_options *o, struct desk **out, note *why)
{
    struct desk *d = new_desk(o);
    err e = OK;

    for (; d->count < d->o.threads; d->count++) {
        struct desk_thread *t = &d->threads[d->count];

        *t = (struct desk_thread){.desk = d, .seat.number = d->count};

        int failed = pthread_create(&t->thread, NULL, work, t);

        if (failed != 0) {
            e = fail(why, E_IO, "cannot start a desk thread: %s", strerror(failed));
            break;
        }
    }
    pthread_mutex_lock(&d->lock);
    while (d->started < d->count)
        pthread_cond_wait(&d->ready, &d->lock);
    if (d->broken > 0)
        e = fail(why, E_IO, "%d of %d desk threads could not open what they work with", d->broken,
                 d->count);
    pthread_mutex_unlock(&d->lock);
    if (e != OK)
        desk_stop(&d);
    else
        *out = d;
    return e;
}

bool desk_take(struct desk *d, struct job *j)
{
    pthread_mutex_lock(&d->lock);

    bool room = d->waiting < d->o.jobs_max && !d->stop;

    if (room) {
        j->next = NULL;
        j->since = clock_ticks(&ticks);
        *d->last = j;
        d->last = &j->next;
        d->waiting++;
        pthread_cond_signal(&d->work);
    }
    pthread_mutex_unlock(&d->lock);
    return room;
}

void desk_queue(struct desk *d, int64_t *waiting, int64_t *wait_us)
{
    pthread_mutex_lock(&d->lock);
    *waiting = (int64_t)d->waiting;
    *wait_us = d->first != NULL ? clock_ticks(&ticks) - d->first->since : 0;
    pthread_mutex_unlock(&d->lock);
}

void desk_stop(struct desk **d)
{
    if (*d == NULL)
        return;
    pthread_mutex_lock(&(*d)->lock);
    (*d)->stop = true;
    pthread_cond_broadcast(&(*d)->work);
    pthread_mutex_unlock(&(*d)->lock);
    for (int i = 0; i < (*d)->count; i++)
        pthread_join((*d)->threads[i].thread, NULL);
    pthread_mutex_destroy(&(*d)->lock);
    pthread_cond_destroy(&(*d)->work);
    pthread_cond_destroy(&(*d)->ready);
    free(*d);
    *d = NULL;
}
