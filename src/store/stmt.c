#include "store/stmt.h"

#include "store/inside.h"

#include <errno.h>
#include <limits.h>

/* SQLite says so of its files alone; of what it maps it says that it failed. */
static bool lacks_room(store_conn *c, int rc)
{
    return (rc & 0xff) == SQLITE_FULL ||
           ((rc & 0xff) == SQLITE_IOERR && sqlite3_system_errno(c->db) == ENOSPC);
}

const char *db_cause(store_conn *c)
{
    return lacks_room(c, sqlite3_extended_errcode(c->db)) ? "the disk is full"
                                                          : sqlite3_errmsg(c->db);
}

static enum store_trouble trouble_of(store_conn *c, int rc)
{
    if (lacks_room(c, rc))
        return STORE_FULL;
    switch (rc & 0xff) {
    case SQLITE_BUSY:
        return STORE_LOCKED;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: /* its log cannot be made */
        return STORE_READ_ONLY;
    case SQLITE_IOERR:
        return STORE_FAILING;
    default:
        return STORE_WELL;
    }
}

err db_err(store_conn *c, int rc)
{
    const char *cause = db_cause(c);
    enum store_trouble trouble = c == c->s->writer ? trouble_of(c, rc) : STORE_WELL;

    if (trouble != STORE_WELL) {
        atomic_store(&c->s->trouble, trouble);
        return fail(&c->why, E_BUSY, "nothing can be written: %s", cause);
    }
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        return fail(&c->why, E_BUSY, "the database is busy: %s", cause);
    case SQLITE_CONSTRAINT:
        if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
            rc == SQLITE_CONSTRAINT_ROWID)
            return fail(&c->why, E_CONFLICT, "it is there already: %s", cause);
        return fail(&c->why, E_INVALID, "the database does not take this: %s", cause);
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return fail(&c->why, E_INVALID, "the database does not take this: %s", cause);
    default:
        return fail(&c->why, E_IO, "database error %d: %s", rc, cause);
    }
}

err db_exec(store_conn *c, const char *sql)
{
    return db_err(c, sqlite3_exec(c->db, sql, NULL, NULL, NULL));
}

err db_do(store_conn *c, enum db_verb verb)
{
    static const char *const words[DB_VERBS] = {
        [DB_BEGIN] = "BEGIN",
        [DB_BEGIN_WRITING] = "BEGIN IMMEDIATE",
        [DB_COMMIT] = "COMMIT",
        [DB_ROLLBACK] = "ROLLBACK",
        [DB_JOB_BEGIN] = "SAVEPOINT job",
        [DB_JOB_END] = "RELEASE job",
        [DB_JOB_UNDO] = "ROLLBACK TO job",
    };
    sqlite3_stmt **q = &c->verbs[verb];

    if (*q == NULL) {
        int rc = sqlite3_prepare_v3(c->db, words[verb], -1, SQLITE_PREPARE_PERSISTENT, q, NULL);

        if (rc != SQLITE_OK)
            return db_err(c, rc);
    }

    err e = db_err(c, sqlite3_step(*q));

    sqlite3_reset(*q);
    return e;
}

err db_number(sqlite3 *db, const char *pragma, int64_t *n)
{
    sqlite3_stmt *s = NULL;
    err e = E_IO;

    if (sqlite3_prepare_v2(db, pragma, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW) {
        *n = sqlite3_column_int64(s, 0);
        e = OK;
    }
    sqlite3_finalize(s);
    return e;
}

static err prepare(store_conn *c, size_t number, struct stmt *q)
{
    const struct sql_statement *text = &sql_statements[number];
    int rc = sqlite3_prepare_v3(c->db, text->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &q->s, NULL);

    q->c = c;
    if (rc == SQLITE_OK)
        return OK;

    err e = db_err(c, rc);

    return fail(&c->why, e, "statement %s (%s:%d): %s", text->name, text->file, text->line,
                sqlite3_errmsg(c->db));
}

err stmt_start(store_conn *c, size_t number, stmt **q)
{
    must(number < sql_statement_count);
    if (c->running != NULL)
        err_ignore(stmt_end(c->running, OK)); /* an arena over its ceiling left it behind */

    struct stmt *this = &c->stmts[number];

    if (this->s == NULL)
        TRY(prepare(c, number, this));
    this->failed = SQLITE_OK;
    c->running = this;
    *q = this;
    return OK;
}

static void keep_failure(stmt *q, int rc)
{
    if (q->failed == SQLITE_OK)
        q->failed = rc;
}

void stmt_set_int(stmt *q, int at, int64_t v)
{
    keep_failure(q, sqlite3_bind_int64(q->s, at, v));
}

void stmt_set_real(stmt *q, int at, double v)
{
    keep_failure(q, sqlite3_bind_double(q->s, at, v));
}

void stmt_set_text(stmt *q, int at, str v)
{
    keep_failure(
        q, sqlite3_bind_text64(q->s, at, v.n == 0 ? "" : v.p, v.n, SQLITE_STATIC, SQLITE_UTF8));
}

void stmt_set_blob(stmt *q, int at, str v)
{
    keep_failure(q, sqlite3_bind_blob64(q->s, at, v.n == 0 ? "" : v.p, v.n, SQLITE_STATIC));
}

void stmt_set_null(stmt *q, int at)
{
    keep_failure(q, sqlite3_bind_null(q->s, at));
}

err stmt_next(stmt *q)
{
    if (q->failed != SQLITE_OK)
        return db_err(q->c, q->failed);

    int rc = sqlite3_step(q->s);

    return rc == SQLITE_DONE ? E_MISSING : db_err(q->c, rc);
}

bool stmt_is_null(stmt *q, int at)
{
    return sqlite3_column_type(q->s, at) == SQLITE_NULL;
}

int64_t stmt_int(stmt *q, int at)
{
    return sqlite3_column_int64(q->s, at);
}

double stmt_real(stmt *q, int at)
{
    return sqlite3_column_double(q->s, at);
}

static str copy(arena *a, stmt *q, int at, const void *bytes)
{
    size_t n = (size_t)sqlite3_column_bytes(q->s, at);

    return n == 0 ? S("") : str_dup(a, str_of(bytes, n));
}

str stmt_text(arena *a, stmt *q, int at)
{
    const void *bytes = sqlite3_column_text(q->s, at);

    return copy(a, q, at, bytes);
}

str stmt_blob(arena *a, stmt *q, int at)
{
    const void *bytes = sqlite3_column_blob(q->s, at);

    return copy(a, q, at, bytes);
}

err stmt_run(stmt *q, int64_t *changed)
{
    err e;

    while ((e = stmt_next(q)) == OK)
        ;
    if (e != E_MISSING)
        return e;
    if (changed != NULL)
        *changed = sqlite3_changes64(q->c->db);
    return OK;
}

err stmt_end(stmt *q, err e)
{
    int rc = sqlite3_reset(q->s);

    sqlite3_clear_bindings(q->s);
    q->c->running = NULL;
    return e == OK ? db_err(q->c, rc) : e;
}

void *stmt_room(arena *a, void *rows, size_t size, size_t n, size_t *room)
{
    if (n < *room)
        return rows;
    *room = *room == 0 ? 8 : *room * 2;

    void *bigger = arena_bytes(a, arena_times(size, *room));

    if (n > 0)
        memcpy(bigger, rows, n * size);
    return bigger;
}

void stmt_tag(store_conn *c, enum tag_kind kind, int64_t id)
{
    if (c->tags != NULL)
        tag_set_add(c->tags, tag_of(kind, id));
}
