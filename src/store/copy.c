#include "store/copy.h"

#include "store/inside.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const struct store_options as_they_come;

err db_copy(store_conn *c, const char *to, note *why)
{
    sqlite3_stmt *copy = NULL;
    bool done = sqlite3_prepare_v2(c->db, "VACUUM INTO ?1", -1, &copy, NULL) == SQLITE_OK &&
                sqlite3_bind_text(copy, 1, to, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(copy) == SQLITE_DONE;

    sqlite3_finalize(copy);
    return done ? OK : fail(why, E_IO, "cannot write %s: %s", to, sqlite3_errmsg(c->db));
}

err store_copy(const char *folder, const char *to, note *why)
{
    store *s = store_new(folder, &as_they_come);
    store_conn *c = NULL;
    int64_t id = 0;
    err e = OK;

    if (access(s->path, R_OK | W_OK) != 0)
        e = fail(why, E_MISSING, "%s is not a data folder that can be used: %s", folder,
                 strerror(errno));
    if (e == OK)
        e = conn_open(s, true, &c, why);
    if (e == OK)
        e = db_number(c->db, "PRAGMA application_id", &id);
    if (e == OK && id != STORE_APPLICATION_ID)
        e = fail(why, E_INVALID, "%s is a database, but not one of Broadsheet", s->path);
    if (e == OK)
        e = db_copy(c, to, why);
    store_conn_close(&c);
    store_close(&s);
    return e;
}

err store_copy_open(const char *file, store **opened, note *why)
{
    store *s = store_new(file, &as_they_come);

    free(s->path);
    s->path = strdup(file);
    must(s->path != NULL);
    s->is_copy = true;
    if (access(file, R_OK) != 0) {
        err e = fail(why, E_MISSING, "cannot read %s: %s", file, strerror(errno));

        store_close(&s);
        return e;
    }
    *opened = s;
    return OK;
}

err store_copy_facts(store_conn *c, struct store_copy_facts *facts, note *why)
{
    struct sql_event_newest newest;
    int64_t id = 0;

    if (db_number(c->db, "PRAGMA user_version", &facts->schema) != OK ||
        db_number(c->db, "PRAGMA application_id", &id) != OK || id != STORE_APPLICATION_ID)
        return fail(why, E_INVALID, "%s is not a database of Broadsheet", c->s->path);
    if (sql_event_newest(c->scratch, c, &newest) != OK)
        return fail(why, E_INVALID, "cannot read %s: %s", c->s->path, store_why(c));
    facts->event = newest.id;
    return OK;
}

static bool is_locked(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);

    int fd = open(path, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return false;

    bool free_now = flock(fd, LOCK_EX | LOCK_NB) == 0;

    close(fd);
    return !free_now;
}

/* The charge alone does not say it: for a moment of a hand-over nobody has it. */
bool store_is_served(const char *folder)
{
    char seat[32];

    for (int i = 0; i < SEATS; i++) {
        snprintf(seat, sizeof seat, "wake/%d", i);
        if (is_locked(folder, seat))
            return true;
    }
    return is_locked(folder, "serve.lock");
}
