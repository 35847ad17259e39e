/*
 * store.h - the paper's data folder: SQLite in it, one writer, a reading connection a thread.
 *
 * Statements are the functions of "store/sql.h", made from the files in src/store/sql.  A write
 * happens inside a job given to store_write(); several jobs share one commit, and each caller is
 * answered only when it is on the disk.  Other processes may have the same folder open.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/embedded.h"
#include "base/err.h"
#include "base/str.h"
#include "base/time.h"
#include "store/tags.h"

typedef struct store store;
typedef struct store_conn store_conn;

struct store_options {
    const clock_source *clock;         /* NULL: the machine's */
    bool must_exist;                   /* E_MISSING rather than a new folder */
    int busy_ms;                       /* patience with other processes; 0: 10 s */
    const struct embedded *migrations; /* NULL: the program's own */
    size_t migration_count;
};

/* Open the data folder (options NULL: as they come): created with mode 0700 when it is new,
 * brought up to this program's schema, after a backup to backup-before-NNNN.db in it.
 * E_INVALID when a newer program wrote it or it is not ours, E_BUSY when another process holds it
 * too long, E_CONFLICT when the schema must change and a process serves the folder. */
err store_open(const char *folder, const struct store_options *options, store **opened, note *why);

/* Stop the followers and close; *s becomes NULL.  All other connections are closed before. */
void store_close(store **s);

/* The folder as it was given; the clock that stamps events. */
const char *store_folder(const store *s);
const clock_source *store_clock(const store *s);

/* --- reading --- */

/* A connection for one thread. */
err store_conn_open(store *s, store_conn **opened, note *why);
void store_conn_close(store_conn **c);

/* From here to the end all statements see the paper as it is now, whatever is committed
 * meanwhile: for a page that is drawn from several. */
err store_read_begin(store_conn *c);
void store_read_end(store_conn *c);

/* The newest event in what this read sees; between begin and end. */
int64_t store_read_event(const store_conn *c);

/* Its moment, µs UTC: what is read was so then, even where a clock that went back says that this is
 * still to come.  0: nothing has happened yet. */
int64_t store_read_at(const store_conn *c);

/* Forget what a job left behind (a read not ended, a tag set, a statement that an arena over its
 * ceiling interrupted).  Whoever runs jobs calls it after each. */
void store_conn_rest(store_conn *c);

/* From now on statements end with E_BUSY once `ms` have passed; 0: no end.  store_conn_rest() takes
 * it away. */
void store_deadline(store_conn *c, int ms);

/* Record into `set` what statements load from now on; to the end.  No nesting. */
void store_tags_begin(store_conn *c, struct tag_set *set);
void store_tags_end(store_conn *c);

/* What the last statement of this connection that gave E_IO, E_BUSY, E_CONFLICT or E_INVALID died
 * of, in words. */
const char *store_why(const store_conn *c);

/* --- writing --- */

/* What a job does: statements and event_add() on `w`.  May run on another caller's thread, while
 * its own caller waits.  An error undoes this job alone and becomes the result of store_write(). */
typedef err store_work(arena *a, store_conn *w, void *of, note *why);

/* Run `work` in a transaction and return when it is durable.  `a` is its arena; over its ceiling
 * the job is undone and gives E_LIMIT.  E_BUSY: nothing can be written now
 * (store_trouble() says why); E_IO: the commit failed.  Never from inside a job. */
err store_write(store *s, store_work *work, void *of, arena *a, note *why);

/* Why nothing could be written the last time that it was tried; what can be read is not touched. */
enum store_trouble {
    STORE_WELL,
    STORE_LOCKED,    /* another program kept the database to itself for too long */
    STORE_FULL,      /* no room on the disk */
    STORE_READ_ONLY, /* the disk, or the file, is not for writing */
    STORE_FAILING,   /* the disk gives errors */
};
enum store_trouble store_trouble(const store *s);

/* The newest event that this process has committed: not older than that of your own store_write()
 * which just returned; 0 when there was none. */
int64_t store_last_event(store *s);

/* Wait until the followers in memory, of this process and of all that serve this folder, have
 * passed event `event_id` (so the caches are dropped).  OK at once when nothing serves.  E_BUSY
 * after `timeout_ms`. */
err store_settle(store *s, int64_t event_id, int timeout_ms, note *why);

/* Be the one process that is in charge of this folder: it alone runs what is due
 * (docs/decisions/0012).  serve.lock has its number.  E_CONFLICT when there is one already. */
err store_take_charge(store *s, note *why);
void store_leave_charge(store *s); /* fine without it */

/* Be a process that serves this folder, until store_followers_stop(): others poke it and ask it.
 * Before store_followers_start().  E_BUSY: too many that served before have not ended yet. */
err store_listen(store *s, note *why);

/* --- looking after it --- */

struct store_counts {
    int64_t jobs;    /* that were done */
    int64_t commits; /* that they took */
};
struct store_counts store_counts(store *s);

struct store_problems {
    str *v;
    size_t n;
};

/* Look for damage: pages and indexes, references without a target, cursors beyond the log.
 * OK with problems in the list means damage; an error means that it could not be looked at. */
err store_check(arena *a, store *s, struct store_problems *found, note *why);

#endif
