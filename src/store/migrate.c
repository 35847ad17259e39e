/*
 * migrate.c - numbered schema changes, each once, after a backup.
 *
 * All that are due share one transaction, and the new schema is tried before it ends: either the
 * folder is wholly the new program's, or it stays as it was and the old program can go on with it.
 * PRAGMA user_version is the number of the last one (it is part of the transaction); the table
 * `migration` is the record for people.  A lock on the file migrate.lock lets one process at a
 * time do this, and never under one that serves: its statements are of the schema as it was.
 */
#include "base/log.h"
#include "store/inside.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

EMBEDDED(store_migrations);

struct migrating {
    store *s;
    store_conn *c;
    const struct embedded *v;
    size_t n;
    int64_t newest, have; /* the program's schema, the folder's */
    note *why;
};

/* "0002_newsroom.sql" is 2; 0 for any other name. */
static int64_t number_of(str path)
{
    int64_t n = 0;

    return path.n > 5 && path.p[4] == '_' && str_int(str_to(path, 4), &n) && n > 0 ? n : 0;
}

static err check_list(struct migrating *m)
{
    m->newest = 0;
    for (size_t i = 0; i < m->n; i++) {
        int64_t number = number_of(m->v[i].path);

        if (number <= m->newest)
            return fail(m->why, E_INVALID, "migration %.*s has no number above %d before it",
                        STR(m->v[i].path), (int)m->newest);
        m->newest = number;
    }
    return OK;
}

/* What is in the folder, and may this program use it? */
static err look(struct migrating *m)
{
    int64_t id = 0, pages = 0;

    m->have = 0;
    if (db_number(m->c->db, "PRAGMA user_version", &m->have) != OK ||
        db_number(m->c->db, "PRAGMA application_id", &id) != OK ||
        db_number(m->c->db, "PRAGMA page_count", &pages) != OK)
        return fail(m->why, db_err(m->c, sqlite3_extended_errcode(m->c->db)), "cannot read %s: %s",
                    m->s->path, sqlite3_errmsg(m->c->db));
    if (id != STORE_APPLICATION_ID && (id != 0 || m->have != 0 || pages > 1))
        return fail(m->why, E_INVALID, "%s is a database, but not one of Broadsheet", m->s->path);
    if (m->have > m->newest)
        return fail(m->why, E_INVALID,
                    "%s was written by a newer Broadsheet (schema %d, this program knows %d): "
                    "install the newer program, or put the backup it made back in place",
                    m->s->path, (int)m->have, (int)m->newest);
    return OK;
}

static err sync_path(const char *path, int folder_fd)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0 && fsync(folder_fd) == 0;

    if (fd >= 0)
        close(fd);
    return done ? OK : E_IO;
}

/* A copy under a passing name first, so that half a copy is never taken for a backup. */
static err back_up(struct migrating *m, int64_t number)
{
    char path[4096], making[4096 + 8];

    snprintf(path, sizeof path, "%s/backup-before-%04d.db", m->s->folder, (int)number);
    snprintf(making, sizeof making, "%s.making", path);
    unlink(making);
    TRY(db_copy(m->c, making, m->why));
    if (sync_path(making, m->s->folder_fd) != OK || rename(making, path) != 0 ||
        sync_path(path, m->s->folder_fd) != OK)
        return fail(m->why, E_IO, "cannot keep the backup %s: %s", path, strerror(errno));
    return OK;
}

static err change(struct migrating *m, const struct embedded *one, int64_t number)
{
    char mark[128];
    int64_t dangling = 0;

    snprintf(mark, sizeof mark, "PRAGMA user_version = %d; PRAGMA application_id = %d", (int)number,
             STORE_APPLICATION_ID);

    char *sql = strndup(one->bytes.p, one->bytes.n);
    err e = sql == NULL ? E_IO : db_exec(m->c, sql);

    free(sql);
    TRY(e);
    TRY(sql_migration_add(m->c, number, one->path, clock_now(m->s->clock), NULL));
    if (db_number(m->c->db, "PRAGMA foreign_key_check", &dangling) == OK)
        return fail(&m->c->why, E_INVALID, "it leaves references without a target");
    return db_exec(m->c, mark);
}

static err apply(struct migrating *m, const struct embedded *one, int64_t number)
{
    err e = change(m, one, number);

    return e == OK
               ? OK
               : fail(m->why, e, "schema change %.*s failed: %s", STR(one->path), m->c->why.text);
}

/* Does the program fit the schema?  Each of its statements is prepared. */
static err try_out(struct migrating *m)
{
    for (size_t i = 0; i < sql_statement_count; i++) {
        const struct sql_statement *q = &sql_statements[i];
        sqlite3_stmt *p = NULL;
        int rc = sqlite3_prepare_v2(m->c->db, q->sqlite, -1, &p, NULL);
        bool fits = rc == SQLITE_OK && sqlite3_column_count(p) == q->outs;

        sqlite3_finalize(p);
        if (!fits)
            return fail(m->why, E_INVALID, "the new schema failed its test: the statement %s: %s",
                        q->name, rc == SQLITE_OK ? "other columns" : sqlite3_errmsg(m->c->db));
    }
    return OK;
}

static err apply_due(struct migrating *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (number_of(m->v[i].path) > m->have)
            TRY(apply(m, &m->v[i], number_of(m->v[i].path)));
    return try_out(m);
}

static int64_t first_due(const struct migrating *m)
{
    size_t i = 0;

    while (number_of(m->v[i].path) <= m->have)
        i++;
    return number_of(m->v[i].path);
}

static err apply_all(struct migrating *m)
{
    note cause;

    if (m->have > 0)
        TRY(back_up(m, first_due(m)));

    /* tables may be rebuilt: references are checked at the end of each change instead */
    err e = db_exec(m->c, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");

    if (e != OK)
        return fail(m->why, e, "cannot change the schema of %s: %s", m->s->path, m->c->why.text);
    e = apply_due(m);
    if (e == OK && (e = db_exec(m->c, "COMMIT")) != OK)
        err_ignore(fail(m->why, e, "the new schema was not kept: %s", m->c->why.text));
    if (e == OK) {
        log_event(LOG_store_migrate, "folder=\"%s\" from=%d to=%d", m->s->folder, (int)m->have,
                  (int)m->newest);
        m->have = m->newest;
        return OK;
    }
    if (!sqlite3_get_autocommit(m->c->db))
        err_ignore(db_exec(m->c, "ROLLBACK"));
    if (m->why == NULL || m->have == 0)
        return e;
    cause = *m->why;
    return fail(m->why, e, "%.380s; all was undone, and the program before this one can go on",
                cause.text);
}

static err use_wal(struct migrating *m)
{
    sqlite3_stmt *q = NULL;
    bool wal =
        sqlite3_prepare_v2(m->c->db, "PRAGMA journal_mode = WAL", -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW &&
        strcmp((const char *)sqlite3_column_text(q, 0), "wal") == 0;

    sqlite3_finalize(q);
    return wal ? OK
               : fail(m->why, E_IO, "%s cannot use a write-ahead log: is it on a network disk?",
                      m->s->path);
}

static err apply_alone(struct migrating *m)
{
    err e = store_take_charge(m->s, m->why);

    if (e == OK && wake_is_alone(m->s))
        e = apply_all(m);
    else if (e == OK || e == E_CONFLICT)
        e = fail(m->why, E_CONFLICT,
                 "the schema of %s is to change (from %d to %d), and a Broadsheet serves it: end "
                 "that one first, then start this program",
                 m->s->folder, (int)m->have, (int)m->newest);
    store_leave_charge(m->s);
    return e;
}

static err bring_up(struct migrating *m)
{
    TRY(look(m));
    TRY(use_wal(m));
    return m->have == m->newest ? OK : apply_alone(m);
}

/* One process at a time, and nobody looks while another one changes. */
static err lock(struct migrating *m, int *fd)
{
    *fd = openat(m->s->folder_fd, "migrate.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd >= 0 && flock(*fd, LOCK_EX) == 0)
        return OK;
    if (*fd >= 0)
        close(*fd);
    return fail(m->why, E_IO, "cannot lock %s/migrate.lock: %s", m->s->folder, strerror(errno));
}

err store_migrate(store *s, const struct store_options *options, note *why)
{
    struct migrating m = {.s = s, .why = why};
    int fd;

    m.v = options->migrations != NULL ? options->migrations : store_migrations;
    m.n = options->migrations != NULL ? options->migration_count : store_migrations_count;
    TRY(check_list(&m));
    TRY(lock(&m, &fd));

    err e = conn_open(s, true, &m.c, why);

    if (e == OK)
        e = bring_up(&m);
    store_conn_close(&m.c);
    close(fd);
    return e;
}
