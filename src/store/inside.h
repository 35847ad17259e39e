/*
 * inside.h - what the files of the store share.  Not for others: it knows SQLite.
 */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/follow.h"
#include "store/stmt.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum { STORE_APPLICATION_ID = 0x42736874 }; /* "Bsht" */
enum { SEATS = 4 /* processes that serve, old ones that end among them */ };
enum { SYNCS_MAX = 64, CONN_SCRATCH = 256 * 1024, FOLLOW_ARENA = 64 << 20 };

/* A statement prepared on one connection; `failed` keeps the first error until stmt_end(). */
struct stmt {
    sqlite3_stmt *s;
    store_conn *c;
    int failed;
};

/* The words around a transaction, prepared once on each connection. */
enum db_verb {
    DB_BEGIN,
    DB_BEGIN_WRITING,
    DB_COMMIT,
    DB_ROLLBACK,
    DB_JOB_BEGIN,
    DB_JOB_END,
    DB_JOB_UNDO,
    DB_VERBS
};

struct store_conn {
    store *s;
    sqlite3 *db;
    sqlite3_stmt *verbs[DB_VERBS]; /* NULL until the first use */
    struct stmt *stmts;            /* by number, NULL inside until the first use */
    struct stmt *running;          /* the one that was started and not ended */
    struct tag_set *tags;          /* who records, or NULL */
    arena *scratch;
    bool reading, in_job;
    int64_t read_event;    /* store_read_event() */
    int64_t read_at;       /* store_read_at() */
    int64_t written_event; /* the newest event that the job in hand has written */
    int64_t waiting_since; /* for the busy handler */
    int64_t deadline;      /* of store_deadline(), in ticks */
    note why;
};

/* A follower on its way through the log. */
struct walker {
    const struct follower *f;
    _Atomic int64_t cursor; /* passed; anybody may look */
    int64_t saved;          /* what the database knows of it */
    int64_t again_at;       /* not before, in ticks: it has failed */
    atomic_int delay_ms;
};

/* The thread that walks one sort of followers. */
struct follow_desk {
    store *s;
    bool durable, started;
    atomic_bool stop;
    pthread_t thread;
    int wake_fd; /* eventfd */
    store_conn *c;
    arena *batch, *each; /* the events in hand; what a follower makes of one */
    struct walker *v;
    size_t n;
};

struct write_job;

struct store {
    char *folder, *path;
    int folder_fd;
    bool is_copy; /* of store_copy_open(): nothing is written */
    clock_source machine;
    const clock_source *clock;
    int busy_ms;
    store_conn *writer; /* used by the leader only */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t written, passed_on;
    struct write_job *first, **end;
    bool leading;
    pthread_t leader;
    struct store_counts counts;
    int64_t last_event;
    int64_t passed;
    bool following;
    atomic_int trouble; /* enum store_trouble; without the lock */

    struct follow_desk quick, durable;
    int charge_fd; /* -1: another process has it, or none */
    atomic_int seat;
    int listen_fd, seat_fd, poke_fd; /* -1: none, of all of these */
};

/* What an answer of SQLite means to a caller; the cause goes into c->why. */
err db_err(store_conn *c, int rc);

/* What it last said, in words. */
const char *db_cause(store_conn *c);

/* Run PRAGMA or BEGIN and the like. */
err db_exec(store_conn *c, const char *sql);
err db_do(store_conn *c, enum db_verb verb);

/* The first number that a PRAGMA gives. */
err db_number(sqlite3 *db, const char *pragma, int64_t *n);

/* Open a connection with the house's settings. */
err conn_open(store *s, bool writes, store_conn **opened, note *why);

/* A store that has opened nothing yet. */
store *store_new(const char *folder, const struct store_options *options);

/* The whole database as the file `to`, which must not be there, as of one moment. */
err db_copy(store_conn *c, const char *to, note *why);

/* Bring the schema up to date; before any other connection. */
err store_migrate(store *s, const struct store_options *options, note *why);

/* Tell followers, of this process and of the one that serves, that there are new events. */
void store_wake(store *s);

/* wake.c, for the thread of the followers in memory: read pokes and questions from the socket;
 * answer the questions that `passed` settles. */
struct wake_asked {
    int64_t event;
    char from[128]; /* a struct sockaddr_un */
    unsigned from_size;
};
struct wake_list {
    struct wake_asked v[SYNCS_MAX];
    size_t n;
};
void wake_read(store *s, struct wake_list *asked);
void wake_answer(store *s, struct wake_list *asked, int64_t passed);

/* Poke the other processes that serve. */
void wake_poke(store *s);

/* Ask them to have passed an event.  OK when there are none. */
err wake_ask(store *s, int64_t event, int timeout_ms, note *why);

/* Does no process serve the folder, not even one that ends?  With the charge in hand, so that none
 * begins. */
bool wake_is_alone(const store *s);

/* Leave the seat; fine without one. */
void wake_leave(store *s);

#endif
