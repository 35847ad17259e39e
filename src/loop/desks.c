#include "loop/desks.h"

#include <pthread.h>
#include <stdlib.h>

struct desk_thread {
    desks *of;
    pthread_t thread;
    void *context;
};

struct desks {
    struct desks_options o;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct desk_job *first, **last;
    int waiting;
    bool stopping;
    int started;
    struct desk_thread threads[];
};

/* The next job, or NULL when it is over. */
static struct desk_job *next_job(desks *d)
{
    pthread_mutex_lock(&d->lock);
    while (d->first == NULL && !d->stopping)
        pthread_cond_wait(&d->work, &d->lock);

    struct desk_job *job = d->first;

    if (job != NULL) {
        d->first = job->next;
        if (d->first == NULL)
            d->last = &d->first;
        d->waiting--;
    }
    pthread_mutex_unlock(&d->lock);
    return job;
}

static void rest(const desks *d, arena *a, void *context)
{
    if (d->o.rest != NULL)
        d->o.rest(context);
    arena_reset(a);
}

static void run_job(const desks *d, struct desk_job *volatile job, arena *a, void *context)
{
    volatile bool over = false;

    if (arena_guard(a))
        over = true;
    else
        job->run(job, a, context);
    arena_unguard(a);
    rest(d, a, context);
    if (over)
        job->over(job, a, context);
}

static void *work(void *of)
{
    struct desk_thread *t = of;
    arena *a = arena_new(t->of->o.ceiling);

    for (struct desk_job *job; (job = next_job(t->of)) != NULL;)
        run_job(t->of, job, a, t->context);
    arena_free(&a);
    return NULL;
}

err desks_start(const struct desks_options *o, desks **out, note *why)
{
    desks *d = calloc(1, sizeof *d + (size_t)o->threads * sizeof d->threads[0]);

    if (d == NULL)
        return fail(why, E_LIMIT, "no memory for desk threads");
    d->o = *o;
    d->last = &d->first;
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->work, NULL);
    for (int i = 0; i < o->threads; i++) {
        struct desk_thread *t = &d->threads[i];
        err e = OK;

        t->of = d;
        if (o->begin != NULL)
            e = o->begin(o->of, &t->context, why);
        if (e == OK && pthread_create(&t->thread, NULL, work, t) != 0)
            e = fail(why, E_IO, "cannot start a desk thread");
        if (e != OK) {
            desks_stop(&d);
            return e;
        }
        d->started++;
    }
    *out = d;
    return OK;
}

bool desks_post(desks *d, struct desk_job *job)
{
    bool fits;

    pthread_mutex_lock(&d->lock);
    fits = d->waiting < d->o.queue_max && !d->stopping;
    if (fits) {
        job->next = NULL;
        *d->last = job;
        d->last = &job->next;
        d->waiting++;
        pthread_cond_signal(&d->work);
    }
    pthread_mutex_unlock(&d->lock);
    return fits;
}

void desks_stop(desks **out)
{
    desks *d = *out;

    if (d == NULL)
        return;
    pthread_mutex_lock(&d->lock);
    d->stopping = true;
    pthread_cond_broadcast(&d->work);
    pthread_mutex_unlock(&d->lock);
    for (int i = 0; i < d->started; i++) {
        pthread_join(d->threads[i].thread, NULL);
        if (d->o.end != NULL)
            d->o.end(d->threads[i].context);
    }
    pthread_cond_destroy(&d->work);
    pthread_mutex_destroy(&d->lock);
    free(d);
    *out = NULL;
}
