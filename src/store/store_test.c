#include "base/test.h"
#include "store/copy.h"
#include "store/inside.h"
#include "store/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

EMBEDDED(store_migrations);

static store *open_store(struct test *t, const char *folder)
{
    store *s = NULL;

    CHECK_OK(store_open(folder, NULL, &s, &t->why));
    return s;
}

/* --- statements --- */

TEST(store_every_statement_prepares_and_gives_what_it_declares)
{
    store *s = open_store(t, test_folder(t));
    store_conn *c;

    CHECK(sql_statement_count > 0);
    CHECK_OK(store_conn_open(s, &c, &t->why));
    for (size_t i = 0; i < sql_statement_count; i++) {
        const struct sql_statement *q = &sql_statements[i];
        sqlite3_stmt *p = NULL;

        cr_assert(sqlite3_prepare_v2(c->db, q->sqlite, -1, &p, NULL) == SQLITE_OK, "%s:%d: %s: %s",
                  q->file, q->line, q->name, sqlite3_errmsg(c->db));
        cr_assert(sqlite3_column_count(p) == q->outs, "%s:%d: %s gives %d columns, declares %d",
                  q->file, q->line, q->name, sqlite3_column_count(p), q->outs);
        cr_assert(sqlite3_bind_parameter_count(p) == q->ins, "%s:%d: %s", q->file, q->line,
                  q->name);
        cr_assert(q->kind == SQL_RUN || q->outs > 0);
        sqlite3_finalize(p);
    }
    store_conn_close(&c);
    store_close(&s);
}

struct add {
    enum event_kind kind;
    int64_t subject;
    str tags, body;
    err then;     /* what the job gives after it has written */
    size_t takes; /* bytes of its arena */
};

static err add_event(arena *a, store_conn *w, void *of, note *why)
{
    const struct add *add = of;
    struct tag_set tags = tag_set_read(a, add->tags);

    TRY(event_add(w, add->kind, add->subject, &tags, add->body, why));
    if (add->takes > 0)
        (void)arena_bytes(a, add->takes);
    return add->then;
}

static int64_t add_one(struct test *t, store *s, enum event_kind kind, int64_t subject)
{
    struct add add = {.kind = kind, .subject = subject, .tags = S("story:1 site:0")};

    CHECK_OK(store_write(s, add_event, &add, t->arena, &t->why));
    return store_last_event(s);
}

TEST(store_gives_back_what_was_written)
{
    t->clock.fixed_at = 1700000000 * SECOND_US;

    struct store_options options = {.clock = &t->clock};
    struct add add = {.kind = EVENT_story_killed,
                      .subject = 41,
                      .tags = S("story:41 section:2"),
                      .body = S("{\"why\":\"caf\303\251\"}")};
    struct event *events;
    struct sql_events_of_rows history;
    size_t n;
    store *s;
    store_conn *c;

    CHECK_OK(store_open(test_folder(t), &options, &s, &t->why));
    CHECK_INT(store_last_event(s), 0);
    CHECK_OK(store_write(s, add_event, &add, t->arena, &t->why));
    CHECK_INT(store_last_event(s), 1);
    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_OK(events_after(t->arena, c, 0, 10, &events, &n));
    CHECK_INT(n, 1);
    CHECK_INT(events[0].id, 1);
    CHECK_INT(events[0].at, t->clock.fixed_at);
    CHECK_INT(events[0].kind, EVENT_story_killed);
    CHECK_INT(events[0].subject, 41);
    CHECK_STR(tag_set_write(t->arena, &events[0].tags), add.tags);
    CHECK_STR(events[0].body, add.body);
    CHECK_OK(events_after(t->arena, c, 1, 10, &events, &n));
    CHECK_INT(n, 0);
    CHECK_OK(sql_events_of(t->arena, c, 41, S("story_killed"), INT64_MAX, 5, &history));
    CHECK_INT(history.n, 1);
    CHECK_OK(sql_events_of(t->arena, c, 41, S("story_moved"), INT64_MAX, 5, &history));
    CHECK_INT(history.n, 0);
    store_conn_close(&c);
    store_close(&s);
}

TEST(store_says_missing_and_leaves_the_row_alone)
{
    store *s = open_store(t, test_folder(t));
    struct sql_follower_cursor row = {.event = 7};
    store_conn *c;

    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_ERR(sql_follower_cursor(t->arena, c, S("nobody"), &row), E_MISSING);
    CHECK_INT(row.event, 7);
    store_conn_close(&c);
    store_close(&s);
}

TEST(store_read_sees_one_moment)
{
    store *s = open_store(t, test_folder(t));
    store_conn *c;
    int64_t newest = -1;

    CHECK_OK(store_conn_open(s, &c, &t->why));
    add_one(t, s, EVENT_story_saved, 1);
    CHECK_OK(store_read_begin(c));
    CHECK_INT(store_read_event(c), 1);
    add_one(t, s, EVENT_story_saved, 2);
    CHECK_OK(event_newest(c, &newest));
    CHECK_INT(newest, 1);
    store_read_end(c);
    CHECK_OK(event_newest(c, &newest));
    CHECK_INT(newest, 2);
    store_conn_close(&c);
    store_close(&s);
}

TEST(store_reading_connections_cannot_write)
{
    store *s = open_store(t, test_folder(t));
    store_conn *c;

    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_ERR(sql_follower_move(c, S("me"), 1, NULL), E_IO);
    store_conn_close(&c);
    store_close(&s);
}

TEST(store_rests_after_an_arena_went_over)
{
    store *s = open_store(t, test_folder(t));
    arena *small = arena_new(600);
    struct sql_events_after_rows rows;
    volatile bool over = false;
    store_conn *c;
    int64_t newest = 0;

    for (int i = 0; i < 20; i++)
        add_one(t, s, EVENT_story_saved, i);
    CHECK_OK(store_conn_open(s, &c, &t->why));
    if (arena_guard(small))
        over = true;
    else
        err_ignore(sql_events_after(small, c, 0, 20, &rows));
    arena_unguard(small);
    CHECK(over);
    store_conn_rest(c);
    add_one(t, s, EVENT_story_saved, 21);
    CHECK_OK(event_newest(c, &newest));
    CHECK_INT(newest, 21);
    arena_free(&small);
    store_conn_close(&c);
    store_close(&s);
}

/* --- tags --- */

TEST(store_records_tags_between_begin_and_end)
{
    store *s = open_store(t, test_folder(t));
    struct tag_set set = tag_set_new(t->arena);
    store_conn *c;

    CHECK_OK(store_conn_open(s, &c, &t->why));
    stmt_tag(c, TAG_story, 1); /* nobody records */
    store_tags_begin(c, &set);
    stmt_tag(c, TAG_story, 2);
    stmt_tag(c, TAG_story, 2);
    store_tags_end(c);
    stmt_tag(c, TAG_story, 3);
    CHECK_STR(tag_set_write(t->arena, &set), S("story:2"));
    store_conn_close(&c);
    store_close(&s);
}

struct new_topic {
    int64_t id;
};

static err add_topic(arena *a, store_conn *w, void *of, note *why)
{
    struct sql_subject_find put;
    err e = sql_subject_find(a, w, 0, S("tides"), S("Tides"), (str){0}, &put);

    if (e != OK)
        return fail(why, e, "%s", store_why(w));
    ((struct new_topic *)of)->id = put.subject;
    return OK;
}

TEST(store_statements_record_what_they_load_and_what_they_looked_for)
{
    store *s = open_store(t, test_folder(t));
    struct tag_set found = tag_set_new(t->arena), looked_for = tag_set_new(t->arena);
    struct new_topic topic;
    struct sql_subject_at at;
    struct sql_story_card_rows stories;
    store_conn *c;

    CHECK_OK(store_write(s, add_topic, &topic, t->arena, &t->why));
    CHECK_OK(store_conn_open(s, &c, &t->why));
    store_tags_begin(c, &found);
    CHECK_OK(sql_subject_at(t->arena, c, 0, S("tides"), &at));
    store_tags_end(c);
    CHECK_STR(tag_set_write(t->arena, &found),
              str_fmt(t->arena, "subject:%lld", (long long)topic.id));
    store_tags_begin(c, &looked_for);
    CHECK_ERR(sql_subject_at(t->arena, c, 0, S("no such topic"), &at), E_MISSING);
    CHECK_OK(sql_stories_of_subject(t->arena, c, 77, 1, 2, 10, &stories));
    store_tags_end(c);
    CHECK_INT(stories.n, 0);
    CHECK_STR(tag_set_write(t->arena, &looked_for), S("subject:77"));
    store_conn_close(&c);
    store_close(&s);
}

/* --- group commit --- */

enum { WRITERS = 8, WRITES = 200 };

struct writer {
    store *s;
    int number, failures, wrong;
};

/* Every tenth job fails after it has written. */
static void *write_many(void *of)
{
    struct writer *w = of;
    arena *a = arena_new(1 << 20);

    for (int i = 0; i < WRITES; i++) {
        bool bad = i % 10 == 9;
        struct add add = {.kind = bad ? EVENT_story_killed : EVENT_story_saved,
                          .subject = w->number * 1000 + i,
                          .then = bad ? E_DENIED : OK};
        err e = store_write(w->s, add_event, &add, a, NULL);

        w->failures += e == E_DENIED;
        w->wrong += e != add.then;
        arena_reset(a);
    }
    arena_free(&a);
    return NULL;
}

TEST(store_shares_commits_between_writers)
{
    store *s = open_store(t, test_folder(t));
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    struct event *events;
    store_conn *c;
    size_t n;

    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.s = s, .number = i};
        CHECK(pthread_create(&threads[i], NULL, write_many, &writers[i]) == 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(writers[i].wrong, 0);
        CHECK_INT(writers[i].failures, WRITES / 10);
    }
    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_OK(events_after(t->arena, c, 0, 10000, &events, &n));
    CHECK_INT(n, WRITERS * WRITES / 10 * 9);

    bool *seen = arena_many(t->arena, bool, WRITERS * 1000);

    for (size_t i = 0; i < n; i++) {
        CHECK_INT(events[i].kind, EVENT_story_saved);
        CHECK(!seen[events[i].subject]);
        seen[events[i].subject] = true;
    }
    CHECK_INT(store_counts(s).jobs, n);
    CHECK(store_counts(s).commits < store_counts(s).jobs);
    CHECK_INT(store_last_event(s), events[n - 1].id);
    store_conn_close(&c);
    store_close(&s);
}

TEST(store_undoes_a_job_that_needs_too_much_memory)
{
    store *s = open_store(t, test_folder(t));
    arena *small = arena_new(4096);
    struct add add = {.kind = EVENT_story_saved, .subject = 1, .takes = 1 << 20};
    volatile bool outer = false;
    store_conn *c;
    int64_t newest = -1;

    CHECK_ERR(store_write(s, add_event, &add, small, &t->why), E_LIMIT);
    CHECK_OK(store_conn_open(s, &c, &t->why));
    CHECK_OK(event_newest(c, &newest));
    CHECK_INT(newest, 0);
    CHECK_INT(store_last_event(s), 0);

    /* the guard of whoever runs the caller still holds */
    if (arena_guard(small)) {
        outer = true;
    } else {
        CHECK_ERR(store_write(s, add_event, &add, small, &t->why), E_LIMIT);
        (void)arena_bytes(small, 1 << 20);
    }
    arena_unguard(small);
    CHECK(outer);
    arena_free(&small);
    store_conn_close(&c);
    store_close(&s);
}

static err repeat_migration(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)of;

    err e = sql_migration_add(w, 1, S("again"), 0, NULL);

    return e == OK ? OK : fail(why, e, "%s", store_why(w));
}

static err bad_body(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)of;
    return event_add(w, EVENT_story_saved, 1, NULL, S("{not json"), why);
}

TEST(store_tells_conflict_from_nonsense)
{
    store *s = open_store(t, test_folder(t));

    CHECK_ERR(store_write(s, repeat_migration, NULL, t->arena, &t->why), E_CONFLICT);
    CHECK_ERR(store_write(s, bad_body, NULL, t->arena, &t->why), E_INVALID);
    CHECK(str_find(str_c(t->why.text), S("event.body")) >= 0);
    CHECK_INT(add_one(t, s, EVENT_story_saved, 1) > 0, true);
    store_close(&s);
}

/* --- opening --- */

TEST(store_open_can_ask_for_a_folder_that_is_there)
{
    struct store_options options = {.must_exist = true};
    const char *folder = test_folder(t);
    store *s = NULL;

    CHECK_ERR(store_open(folder, &options, &s, &t->why), E_MISSING);
    s = open_store(t, folder);
    store_close(&s);
    CHECK_OK(store_open(folder, &options, &s, &t->why));
    CHECK_STR(str_c(store_folder(s)), str_c(folder));
    store_close(&s);
}

TEST(store_open_refuses_what_is_not_a_database)
{
    const char *folder = test_folder(t);
    FILE *f = fopen(str_z(t->arena, str_fmt(t->arena, "%s/paper.db", folder)), "w");
    store *s = NULL;

    for (int i = 0; i < 1000; i++)
        fputs("no database at all\n", f);
    fclose(f);
    CHECK_ERR(store_open(folder, NULL, &s, &t->why), E_INVALID);
}

TEST(store_open_refuses_the_database_of_another_program)
{
    const char *folder = test_folder(t);
    sqlite3 *db;
    store *s = NULL;

    CHECK(sqlite3_open(str_z(t->arena, str_fmt(t->arena, "%s/paper.db", folder)), &db) ==
          SQLITE_OK);
    CHECK(sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    CHECK_ERR(store_open(folder, NULL, &s, &t->why), E_INVALID);
}

/* The program's own schema changes and one more. */
static struct store_options one_more(struct test *t, const char *name, const char *sql)
{
    struct embedded *v = arena_many(t->arena, struct embedded, store_migrations_count + 1);

    memcpy(v, store_migrations, store_migrations_count * sizeof *v);
    v[store_migrations_count] = (struct embedded){str_c(name), str_c(sql)};
    return (struct store_options){.migrations = v, .migration_count = store_migrations_count + 1};
}

static int64_t events_in(struct test *t, const char *path)
{
    sqlite3 *db;
    int64_t n = -1;

    cr_assert(access(path, R_OK) == 0, "%s is not there", path);
    CHECK(sqlite3_open(path, &db) == SQLITE_OK);
    CHECK_OK(db_number(db, "SELECT count(*) FROM event", &n));
    sqlite3_close(db);
    return n;
}

TEST(store_backs_up_before_a_schema_change_and_refuses_a_newer_schema)
{
    const char *folder = test_folder(t);
    const char *backup = str_z(t->arena, str_fmt(t->arena, "%s/backup-before-9001.db", folder));
    struct store_options newer =
        one_more(t, "9001_extra.sql", "CREATE TABLE extra (x INT) STRICT;");
    store *s = open_store(t, folder);

    add_one(t, s, EVENT_story_saved, 5);
    store_close(&s);
    CHECK(access(backup, R_OK) != 0);
    CHECK_OK(store_open(folder, &newer, &s, &t->why));
    add_one(t, s, EVENT_story_saved, 6);
    store_close(&s);
    CHECK_INT(events_in(t, backup), 1);
    unlink(backup);
    CHECK_OK(store_open(folder, &newer, &s, &t->why)); /* nothing to do: no second backup */
    store_close(&s);
    CHECK(access(backup, R_OK) != 0);
    CHECK_ERR(store_open(folder, NULL, &s, &t->why), E_INVALID);
    CHECK(str_find(str_c(t->why.text), S("newer Broadsheet")) >= 0);
}

TEST(store_changes_no_schema_under_a_program_that_serves)
{
    const char *folder = test_folder(t);
    struct store_options newer =
        one_more(t, "9001_extra.sql", "CREATE TABLE extra (x INT) STRICT;");
    store *serving = open_store(t, folder), *s;

    CHECK_OK(store_take_charge(serving, &t->why));
    CHECK_ERR(store_open(folder, &newer, &s, &t->why), E_CONFLICT);
    CHECK(str_find(str_c(t->why.text), S("end that one first")) >= 0);
    CHECK_OK(store_listen(serving, &t->why));
    store_leave_charge(serving); /* it retires, and still answers what is open */
    CHECK(store_is_served(folder));
    CHECK_ERR(store_open(folder, &newer, &s, &t->why), E_CONFLICT);
    add_one(t, serving, EVENT_story_saved, 5);
    store_close(&serving);
    CHECK(!store_is_served(folder));
    CHECK_OK(store_open(folder, &newer, &s, &t->why));
    store_close(&s);
}

TEST(store_undoes_a_schema_change_that_fails)
{
    const char *folder = test_folder(t);
    struct store_options bad = one_more(t, "9001_bad.sql",
                                        "CREATE TABLE good (x INT) STRICT;"
                                        "CREATE TABLE bad (x NONSENSE) STRICT;");
    struct store_options mended = one_more(t, "9001_good.sql", "CREATE TABLE good (x INT) STRICT;");
    store *s = open_store(t, folder);

    add_one(t, s, EVENT_story_saved, 5);
    store_close(&s);
    CHECK_ERR(store_open(folder, &bad, &s, &t->why), E_IO);
    CHECK(str_find(str_c(t->why.text), S("9001_bad.sql")) >= 0);
    CHECK_OK(store_open(folder, &mended, &s, &t->why));
    store_close(&s);
}

/* The program's own schema changes and two more. */
static struct store_options two_more(struct test *t, const char *first, const char *second)
{
    struct embedded *v = arena_many(t->arena, struct embedded, store_migrations_count + 2);

    memcpy(v, store_migrations, store_migrations_count * sizeof *v);
    v[store_migrations_count] = (struct embedded){S("9001_first.sql"), str_c(first)};
    v[store_migrations_count + 1] = (struct embedded){S("9002_second.sql"), str_c(second)};
    return (struct store_options){.migrations = v, .migration_count = store_migrations_count + 2};
}

/* An upgrade that fails at `second` leaves the folder to the program before it. */
static void check_old_program_goes_on(struct test *t, const char *second, const char *cause)
{
    const char *folder = test_folder(t);
    struct store_options bad = two_more(t, "CREATE TABLE first (x INT) STRICT;", second);
    store *s = open_store(t, folder);
    int64_t schema = 0;

    add_one(t, s, EVENT_story_saved, 5);
    store_close(&s);
    CHECK(store_open(folder, &bad, &s, &t->why) != OK);
    cr_assert(str_find(str_c(t->why.text), str_c(cause)) >= 0, "%s", t->why.text);
    CHECK(str_find(str_c(t->why.text), S("all was undone")) >= 0);

    s = open_store(t, folder); /* the old program */
    CHECK_OK(db_number(s->writer->db, "PRAGMA user_version", &schema));
    CHECK(schema < 9001);
    CHECK(db_number(s->writer->db, "SELECT count(*) FROM first", &schema) != OK);
    add_one(t, s, EVENT_story_saved, 6);
    store_close(&s);
    CHECK_INT(events_in(t, str_z(t->arena, str_fmt(t->arena, "%s/paper.db", folder))), 2);
    CHECK_INT(events_in(t, str_z(t->arena, str_fmt(t->arena, "%s/backup-before-9001.db", folder))),
              1);
}

TEST(store_upgrade_that_cannot_run_is_undone_with_all_before_it)
{
    check_old_program_goes_on(t, "CREATE TABLE bad (x NONSENSE) STRICT;", "9002_second.sql");
}

TEST(store_upgrade_that_leaves_references_without_target_is_undone)
{
    check_old_program_goes_on(t,
                              "CREATE TABLE x (a INTEGER REFERENCES event (id)) STRICT;"
                              "INSERT INTO x VALUES (4711);",
                              "references without a target");
}

TEST(store_upgrade_whose_schema_does_not_fit_the_program_is_undone)
{
    check_old_program_goes_on(t, "ALTER TABLE follower RENAME TO followed;",
                              "the new schema failed its test: the statement");
}

TEST(store_open_by_many_processes_migrates_once)
{
    const char *folder = test_folder(t);
    pid_t child[6];

    for (size_t i = 0; i < LENGTH(child); i++)
        if ((child[i] = fork()) == 0) {
            struct add add = {.kind = EVENT_story_saved};
            store *s = NULL;
            err e = store_open(folder, NULL, &s, &t->why);

            if (e == OK)
                e = store_write(s, add_event, &add, t->arena, &t->why);
            store_close(&s);
            _exit(e == OK ? 0 : 1);
        }
    for (size_t i = 0; i < LENGTH(child); i++) {
        int status;

        waitpid(child[i], &status, 0);
        CHECK_INT(status, 0);
    }
    CHECK_INT(events_in(t, str_z(t->arena, str_fmt(t->arena, "%s/paper.db", folder))), 6);
}

TEST(store_check_finds_nothing_in_good_data_and_a_cursor_beyond_the_log)
{
    store *s = open_store(t, test_folder(t));
    struct store_problems found;

    add_one(t, s, EVENT_story_saved, 1);
    CHECK_OK(store_check(t->arena, s, &found, &t->why));
    CHECK_INT(found.n, 0);
    CHECK_OK(sql_follower_move(s->writer, S("letters"), 99, NULL));
    CHECK_OK(store_check(t->arena, s, &found, &t->why));
    CHECK_INT(found.n, 1);
    CHECK(str_find(found.v[0], S("letters")) >= 0);
    store_close(&s);
}

TEST(store_copy_is_one_moment_and_is_read_without_a_trace)
{
    const char *folder = test_folder(t);
    const char *file = str_z(t->arena, str_fmt(t->arena, "%s/elsewhere.db", test_folder(t)));
    store *s = open_store(t, folder), *copy;
    struct store_copy_facts facts;
    struct store_problems found;
    store_conn *c;

    add_one(t, s, EVENT_story_saved, 1);
    CHECK_OK(store_copy(folder, file, &t->why));
    CHECK_INT(add_one(t, s, EVENT_story_saved, 2), 2);
    CHECK_ERR(store_copy(folder, file, &t->why), E_IO); /* never over another file */
    CHECK_OK(store_copy_open(file, &copy, &t->why));
    CHECK_OK(store_conn_open(copy, &c, &t->why));
    CHECK_OK(store_copy_facts(c, &facts, &t->why));
    CHECK_INT(facts.event, 1);
    CHECK_INT(facts.schema, (int64_t)store_migrations_count);
    CHECK_OK(store_check(t->arena, copy, &found, &t->why));
    CHECK_INT(found.n, 0);
    CHECK(access(str_z(t->arena, str_fmt(t->arena, "%s-wal", file)), F_OK) != 0);
    store_conn_close(&c);
    store_close(&copy);
    store_close(&s);
    CHECK_ERR(store_copy(test_folder(t), file, &t->why), E_MISSING);
}

/* --- kill -9 --- */

/* Write until killed; each id goes to the pipe once it is acknowledged. */
static void write_for_ever(struct test *t, const char *folder, int to)
{
    store *s = NULL;

    if (store_open(folder, NULL, &s, &t->why) != OK)
        _exit(1);
    for (int64_t i = 0;; i++) {
        struct add add = {.kind = EVENT_story_saved, .subject = i};
        int64_t id;

        if (store_write(s, add_event, &add, t->arena, &t->why) != OK)
            _exit(1);
        id = store_last_event(s);
        if (write(to, &id, sizeof id) != sizeof id)
            _exit(1);
    }
}

static int64_t kill_after(struct test *t, const char *folder, uint64_t count)
{
    int ends[2];
    int64_t id = 0, last = 0;

    CHECK(pipe(ends) == 0);

    pid_t child = fork();

    if (child == 0) {
        close(ends[0]);
        write_for_ever(t, folder, ends[1]);
    }
    close(ends[1]);
    for (uint64_t i = 0; i < count && read(ends[0], &id, sizeof id) == sizeof id; i++)
        last = id;
    kill(child, SIGKILL);
    while (read(ends[0], &id, sizeof id) == sizeof id)
        last = id;
    close(ends[0]);
    waitpid(child, NULL, 0);
    return last;
}

TEST(store_keeps_what_it_acknowledged_when_killed)
{
    const char *folder = test_folder(t);

    for (int round = 0; round < 20; round++)
        SCRATCH (t->arena) {
            int64_t last = kill_after(t, folder, 1 + test_number(t, 60));
            store *s = open_store(t, folder);
            struct store_problems found;
            struct event *events;
            store_conn *c;
            size_t n;

            CHECK(last > 0);
            CHECK_OK(store_conn_open(s, &c, &t->why));
            CHECK_OK(events_after(t->arena, c, 0, last, &events, &n));
            /* one writer, nothing rolled back: ids have no gaps up to the last acknowledged */
            CHECK(n >= (size_t)last);
            CHECK_INT(events[last - 1].id, last);
            CHECK_OK(store_check(t->arena, s, &found, &t->why));
            CHECK_INT(found.n, 0);
            store_conn_close(&c);
            store_close(&s);
        }
}
