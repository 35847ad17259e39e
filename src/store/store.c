#include "store/inside.h"

#include "base/steady.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 10000 };

static const char settings[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA mmap_size = 0;" /* docs/store.md, Memory */
                               "PRAGMA cache_size = -8000;"
                               "PRAGMA journal_size_limit = 67108864;";

static const clock_source ticks;

/* Another process has the database: try again soon, up to the store's patience. */
static int wait_for_others(void *of, int tries)
{
    store_conn *c = of;
    int64_t now = clock_ticks(&ticks);

    if (tries == 0)
        c->waiting_since = now;
    if (now - c->waiting_since > c->s->busy_ms * INT64_C(1000))
        return 0;
    usleep(tries < 10 ? 500 : 3000);
    return 1;
}

static err set_up(store_conn *c, bool writes)
{
    sqlite3_busy_handler(c->db, wait_for_others, c);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    TRY(db_exec(c, settings));
    return writes ? OK : db_exec(c, "PRAGMA query_only = ON");
}

err conn_open(store *s, bool writes, store_conn **opened, note *why)
{
    store_conn *c = calloc(1, sizeof *c);

    must(c != NULL);
    c->s = s;
    c->stmts = calloc(sql_statement_count, sizeof *c->stmts);
    must(c->stmts != NULL);
    c->scratch = arena_new(CONN_SCRATCH);

    int how = s->is_copy ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc =
        sqlite3_open_v2(s->path, &c->db, how | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    err e = rc == SQLITE_OK ? set_up(c, writes) : db_err(c, rc);

    if (e != OK) {
        err shown = (sqlite3_errcode(c->db) & 0xff) == SQLITE_NOTADB ? E_INVALID : e;

        e = fail(why, shown, "cannot open %s: %s", s->path, db_cause(c));
        store_conn_close(&c);
        return e;
    }
    *opened = c;
    return OK;
}

err store_conn_open(store *s, store_conn **opened, note *why)
{
    return conn_open(s, false, opened, why);
}

void store_conn_close(store_conn **conn)
{
    store_conn *c = *conn;

    if (c == NULL)
        return;
    for (size_t i = 0; i < sql_statement_count; i++)
        sqlite3_finalize(c->stmts[i].s);
    for (int i = 0; i < DB_VERBS; i++)
        sqlite3_finalize(c->verbs[i]);
    must(sqlite3_close(c->db) == SQLITE_OK);
    free(c->stmts);
    arena_free(&c->scratch);
    free(c);
    *conn = NULL;
}

err store_read_begin(store_conn *c)
{
    struct sql_event_newest newest;

    store_conn_rest(c);
    TRY(db_do(c, DB_BEGIN));
    c->reading = true;

    /* the snapshot is taken by the first read */
    err e = sql_event_newest(c->scratch, c, &newest);

    if (e == OK) {
        c->read_event = newest.id;
        c->read_at = newest.at;
    } else
        store_read_end(c);
    return e;
}

void store_read_end(store_conn *c)
{
    if (!c->reading)
        return;
    err_ignore(db_do(c, DB_COMMIT));
    c->reading = false;
}

int64_t store_read_event(const store_conn *c)
{
    must(c->reading);
    return c->read_event;
}

int64_t store_read_at(const store_conn *c)
{
    must(c->reading);
    return c->read_at;
}

void store_conn_rest(store_conn *c)
{
    if (c->running != NULL)
        err_ignore(stmt_end(c->running, OK));
    c->tags = NULL;
    store_deadline(c, 0);
    store_read_end(c);
}

static int is_past(void *of)
{
    const store_conn *c = of;

    return clock_ticks(&c->s->machine) > c->deadline;
}

void store_deadline(store_conn *c, int ms)
{
    enum { STEPS_BETWEEN = 2000 };

    c->deadline = clock_ticks(&c->s->machine) + ms * INT64_C(1000);
    sqlite3_progress_handler(c->db, ms > 0 ? STEPS_BETWEEN : 0, ms > 0 ? is_past : NULL, c);
}

void store_tags_begin(store_conn *c, struct tag_set *set)
{
    must(c->tags == NULL);
    c->tags = set;
}

void store_tags_end(store_conn *c)
{
    c->tags = NULL;
}

const char *store_why(const store_conn *c)
{
    return c->why.text;
}

static err open_folder(store *s, bool must_exist, note *why)
{
    if (must_exist && access(s->path, R_OK | W_OK) != 0)
        return fail(why, E_MISSING, "%s is not a data folder that can be used: %s", s->folder,
                    strerror(errno));
    if (mkdir(s->folder, 0700) != 0 && errno != EEXIST)
        return fail(why, E_IO, "cannot create the data folder %s: %s", s->folder, strerror(errno));
    s->folder_fd = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->folder_fd < 0)
        return fail(why, E_IO, "cannot open the data folder %s: %s", s->folder, strerror(errno));
    return OK;
}

store *store_new(const char *folder, const struct store_options *options)
{
    store *s = calloc(1, sizeof *s);

    must(s != NULL);
    s->folder = strdup(folder);
    must(s->folder != NULL && asprintf(&s->path, "%s/paper.db", folder) > 0);
    s->clock = options->clock != NULL ? options->clock : &s->machine;
    s->busy_ms = options->busy_ms > 0 ? options->busy_ms : BUSY_MS;
    s->folder_fd = s->charge_fd = s->listen_fd = s->seat_fd = s->poke_fd = -1;
    s->seat = -1; /* by itself: it is atomic */
    s->quick.wake_fd = s->durable.wake_fd = -1;
    s->end = &s->first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->written, NULL);
    steady_init(&s->passed_on);
    return s;
}

/* Nobody reads the library's sums of memory, and keeping them is a lock for all threads. */
static void prepare_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

err store_open(const char *folder, const struct store_options *options, store **opened, note *why)
{
    static const struct store_options as_they_come;

    static pthread_once_t prepared = PTHREAD_ONCE_INIT;

    pthread_once(&prepared, prepare_library);
    if (options == NULL)
        options = &as_they_come;

    store *s = store_new(folder, options);
    err e = open_folder(s, options->must_exist, why);

    if (e == OK)
        e = store_migrate(s, options, why);
    if (e == OK)
        e = conn_open(s, true, &s->writer, why);
    if (e != OK) {
        store_close(&s);
        return e;
    }
    *opened = s;
    return OK;
}

void store_close(store **opened)
{
    store *s = *opened;

    if (s == NULL)
        return;
    store_followers_stop(s);
    wake_leave(s);
    store_leave_charge(s);
    if (s->poke_fd >= 0)
        close(s->poke_fd);
    store_conn_close(&s->writer);
    if (s->folder_fd >= 0)
        close(s->folder_fd);
    pthread_cond_destroy(&s->passed_on);
    pthread_cond_destroy(&s->written);
    pthread_mutex_destroy(&s->lock);
    free(s->path);
    free(s->folder);
    free(s);
    *opened = NULL;
}

const char *store_folder(const store *s)
{
    return s->folder;
}

const clock_source *store_clock(const store *s)
{
    return s->clock;
}

struct store_counts store_counts(store *s)
{
    pthread_mutex_lock(&s->lock);

    struct store_counts counts = s->counts;

    pthread_mutex_unlock(&s->lock);
    return counts;
}

int64_t store_last_event(store *s)
{
    pthread_mutex_lock(&s->lock);

    int64_t id = s->last_event;

    pthread_mutex_unlock(&s->lock);
    return id;
}
