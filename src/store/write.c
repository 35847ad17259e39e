/*
 * write.c - group commit.  Callers queue; the first becomes the leader, takes all that wait, runs
 * each job in a savepoint of its own, commits once and wakes them.  Who came meanwhile is the next
 * batch, led by one of its own.
 *
 * 1. Only the leader touches the writer connection, and there is one leader at a time.
 * 2. A caller returns after the commit that holds its job, or with an error and no trace of it.
 * 3. A caller's arena and note are the leader's while it waits.
 */
#include "store/inside.h"

#include <setjmp.h>

enum { BATCH_MAX = 128 };

struct write_job {
    store_work *work;
    void *of;
    arena *a;
    note *why;
    err result;
    bool done;
    struct write_job *next;
};

static err run_guarded(store_conn *w, struct write_job *job)
{
    arena_mark before = arena_here(job->a);
    err e;

    if (arena_guard(job->a)) {
        arena_release(job->a, before);
        e = fail(job->why, E_LIMIT, "the change needed more memory than it may have");
    } else {
        e = job->work(job->a, w, job->of, job->why);
    }
    arena_unguard(job->a);
    return e;
}

/* Has the job left references open that the common commit would stumble over? */
static err check_references(store_conn *w, note *why)
{
    int open = 0, most = 0;

    sqlite3_db_status(w->db, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &most, 0);
    return open == 0 ? OK : fail(why, E_INVALID, "the change leaves references without a target");
}

/* E_IO when the whole transaction is lost, else OK; the job's own result is in the job. */
static err run_job(store_conn *w, struct write_job *job)
{
    if (db_do(w, DB_JOB_BEGIN) != OK)
        return E_IO;
    w->written_event = 0;
    w->in_job = true;
    job->result = run_guarded(w, job);
    w->in_job = false;
    if (w->running != NULL)
        err_ignore(stmt_end(w->running, OK));
    if (sqlite3_get_autocommit(w->db))
        return fail(&w->why, E_IO, "the transaction was undone: %s", sqlite3_errmsg(w->db));
    if (job->result == OK)
        job->result = check_references(w, job->why);
    if (job->result != OK && db_do(w, DB_JOB_UNDO) != OK)
        return E_IO;
    return db_do(w, DB_JOB_END);
}

struct batch {
    struct write_job *jobs; /* linked */
    int64_t event;          /* the newest that they wrote */
    int good;
};

static err run_all(store_conn *w, struct batch *b)
{
    TRY(db_do(w, DB_BEGIN_WRITING));
    for (struct write_job *job = b->jobs; job != NULL; job = job->next) {
        TRY(run_job(w, job));
        if (job->result != OK)
            continue;
        b->good++;
        if (w->written_event > b->event)
            b->event = w->written_event;
    }
    return db_do(w, b->good > 0 ? DB_COMMIT : DB_ROLLBACK);
}

static void run_batch(store_conn *w, struct batch *b)
{
    err e = run_all(w, b);

    if (e == OK)
        return;
    if (e != E_BUSY)
        e = E_IO;
    for (struct write_job *job = b->jobs; job != NULL; job = job->next)
        if (job->result == OK)
            job->result = fail(job->why, e, "could not write: %s", w->why.text);
    if (!sqlite3_get_autocommit(w->db))
        err_ignore(db_do(w, DB_ROLLBACK));
    b->good = 0;
    b->event = 0;
}

/* Off the queue, up to BATCH_MAX. */
static struct batch take_batch(store *s)
{
    struct batch b = {.jobs = s->first};
    struct write_job **last = &s->first;

    for (int n = 0; n < BATCH_MAX && *last != NULL; n++)
        last = &(*last)->next;
    s->first = *last;
    if (s->first == NULL)
        s->end = &s->first;
    *last = NULL;
    return b;
}

/* With the lock held; lets go of it while it writes. */
static void lead(store *s)
{
    struct batch b = take_batch(s);

    s->leading = true;
    s->leader = pthread_self();
    pthread_mutex_unlock(&s->lock);
    run_batch(s->writer, &b);
    if (b.event > 0)
        store_wake(s);
    pthread_mutex_lock(&s->lock);
    s->leading = false;
    s->counts.jobs += b.good;
    s->counts.commits += b.good > 0;
    if (b.good > 0)
        atomic_store(&s->trouble, STORE_WELL);
    if (b.event > s->last_event)
        s->last_event = b.event;
    for (struct write_job *job = b.jobs, *next; job != NULL; job = next) {
        next = job->next; /* once done is seen, the job is gone */
        job->done = true;
    }
    pthread_cond_broadcast(&s->written);
}

enum store_trouble store_trouble(const store *s)
{
    return (enum store_trouble)atomic_load(&s->trouble);
}

err store_write(store *s, store_work *work, void *of, arena *a, note *why)
{
    struct write_job job = {.work = work, .of = of, .a = a, .why = why};

    pthread_mutex_lock(&s->lock);
    must(!s->leading || !pthread_equal(s->leader, pthread_self())); /* from inside a job */
    *s->end = &job;
    s->end = &job.next;
    while (!job.done) {
        if (s->leading)
            pthread_cond_wait(&s->written, &s->lock);
        else
            lead(s);
    }
    pthread_mutex_unlock(&s->lock);
    return job.result;
}
