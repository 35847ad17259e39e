#include "store/inside.h"
#include "store/sql.h"

enum { PROBLEMS_MAX = 200 };

struct checking {
    arena *a;
    struct store_problems found;
    size_t room;
};

static void add(struct checking *k, str problem)
{
    if (k->found.n == PROBLEMS_MAX)
        return;
    k->found.v = stmt_room(k->a, k->found.v, sizeof *k->found.v, k->found.n, &k->room);
    k->found.v[k->found.n++] = problem;
}

static str column(sqlite3_stmt *q, int at)
{
    return str_c((const char *)sqlite3_column_text(q, at));
}

/* Each row of a PRAGMA that lists problems. */
static int list(struct checking *k, sqlite3 *db, const char *pragma,
                void (*row)(struct checking *k, sqlite3_stmt *q))
{
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(db, pragma, -1, &q, NULL);

    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        row(k, q);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static void damage(struct checking *k, sqlite3_stmt *q)
{
    if (!str_eq(column(q, 0), S("ok")))
        add(k, str_fmt(k->a, "the database is damaged: %.*s", STR(column(q, 0))));
}

static void dangling(struct checking *k, sqlite3_stmt *q)
{
    add(k, str_fmt(k->a, "%.*s, row %lld: refers to a row of %.*s that is not there",
                   STR(column(q, 0)), (long long)sqlite3_column_int64(q, 1), STR(column(q, 2))));
}

static err look(struct checking *k, store_conn *c)
{
    struct sql_followers_ahead_rows ahead;
    int rc = list(k, c->db, "PRAGMA integrity_check(100)", damage);

    if (rc == SQLITE_OK)
        rc = list(k, c->db, "PRAGMA foreign_key_check", dangling);
    TRY(db_err(c, rc));
    TRY(sql_followers_ahead(k->a, c, &ahead));
    for (size_t i = 0; i < ahead.n; i++)
        add(k, str_fmt(k->a, "follower %.*s has passed event %lld, but the newest is %lld",
                       STR(ahead.v[i].name), (long long)ahead.v[i].event,
                       (long long)ahead.v[i].newest));
    return OK;
}

err store_check(arena *a, store *s, struct store_problems *found, note *why)
{
    struct checking k = {.a = a};
    store_conn *c;

    TRY(store_conn_open(s, &c, why));

    err e = look(&k, c);

    if (e != OK)
        e = fail(why, e, "could not look through %s: %s", s->path, store_why(c));
    store_conn_close(&c);
    if (e == OK)
        *found = k.found;
    return e;
}
