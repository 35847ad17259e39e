#include "base/test.h"
#include "store/follow.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SEEN_MAX = 1000, PATIENCE_MS = 20000 };

/* A follower that remembers what it was shown. */
struct witness {
    pthread_mutex_t lock;
    pthread_cond_t more;
    int64_t seen[SEEN_MAX];
    int n, failures_to_come;
    int64_t fails_at;
    size_t takes;
};

static struct witness new_witness(void)
{
    return (struct witness){.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};
}

static err look(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct witness *w = of;
    int64_t newest = 0;

    TRY(event_newest(c, &newest));
    if (e->id == w->fails_at && w->failures_to_come > 0) {
        w->failures_to_come--;
        if (w->takes > 0)
            (void)arena_bytes(a, w->takes);
        return fail(why, E_IO, "not today");
    }
    pthread_mutex_lock(&w->lock);
    w->seen[w->n++] = e->id;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    return OK;
}

/* Until it has seen n events; false after PATIENCE_MS. */
static bool wait_for(struct witness *w, int n)
{
    struct timespec until;
    int late = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    pthread_mutex_lock(&w->lock);
    while (w->n < n && late == 0)
        late = pthread_cond_timedwait(&w->more, &w->lock, &until);

    bool enough = w->n >= n;

    pthread_mutex_unlock(&w->lock);
    return enough;
}

static err add_event(arena *a, store_conn *w, void *of, note *why)
{
    (void)a;
    return event_add(w, EVENT_story_saved, *(int *)of, NULL, S(""), why);
}

static void add_events(struct test *t, store *s, int n)
{
    for (int i = 0; i < n; i++)
        CHECK_OK(store_write(s, add_event, &i, t->arena, &t->why));
}

TEST(followers_see_each_event_once_in_order_also_after_reopening)
{
    const char *folder = test_folder(t);
    struct witness letters = new_witness(), cache = new_witness();
    struct follower table[] = {{.name = "letters", .durable = true, look, &letters},
                               {.name = "cache", .durable = false, look, &cache}};
    store *s;

    CHECK_OK(store_open(folder, NULL, &s, &t->why));
    add_events(t, s, 5); /* before anybody followed */
    CHECK_OK(store_followers_start(s, table, LENGTH(table), &t->why));
    add_events(t, s, 250);
    CHECK_OK(store_settle(s, store_last_event(s), PATIENCE_MS, &t->why));
    CHECK_INT(cache.n, 250);
    CHECK_INT(cache.seen[0], 6);
    CHECK(wait_for(&letters, 255));
    store_close(&s);

    CHECK_OK(store_open(folder, NULL, &s, &t->why));
    add_events(t, s, 3); /* while nobody follows */
    CHECK_OK(store_followers_start(s, table, LENGTH(table), &t->why));
    add_events(t, s, 7);
    CHECK(wait_for(&letters, 265));
    CHECK_OK(store_settle(s, store_last_event(s), PATIENCE_MS, &t->why));
    store_followers_stop(s);
    store_close(&s);
    CHECK_INT(letters.n, 265);
    for (int i = 0; i < letters.n; i++)
        CHECK_INT(letters.seen[i], i + 1);
    CHECK_INT(cache.n, 257);
    CHECK_INT(cache.seen[250], 259);
}

TEST(followers_that_fail_try_again_and_hold_nobody_up)
{
    struct witness weak = new_witness(), strong = new_witness(), cache = new_witness();
    struct follower table[] = {{.name = "weak", .durable = true, look, &weak},
                               {.name = "strong", .durable = true, look, &strong},
                               {.name = "cache", .durable = false, look, &cache}};
    store *s;

    weak.fails_at = 2;
    weak.failures_to_come = 3;
    weak.takes = SIZE_MAX / 2; /* over the ceiling of its arena */
    CHECK_OK(store_open(test_folder(t), NULL, &s, &t->why));
    CHECK_OK(store_followers_start(s, table, LENGTH(table), &t->why));
    add_events(t, s, 10);
    CHECK(wait_for(&strong, 10));
    CHECK(wait_for(&cache, 10));
    CHECK(wait_for(&weak, 10));
    store_close(&s);
    CHECK_INT(weak.failures_to_come, 0);
    for (int i = 0; i < 10; i++)
        CHECK_INT(weak.seen[i], i + 1);
}

TEST(settle_gives_up_when_a_follower_in_memory_does_not_get_on)
{
    struct witness stuck = new_witness();
    struct follower table[] = {{.name = "stuck", .durable = false, look, &stuck}};
    store *s;

    stuck.fails_at = 1;
    stuck.failures_to_come = 1 << 30;
    CHECK_OK(store_open(test_folder(t), NULL, &s, &t->why));
    CHECK_OK(store_followers_start(s, table, 1, &t->why));
    add_events(t, s, 1);
    CHECK_ERR(store_settle(s, store_last_event(s), 1, &t->why), E_BUSY);
    CHECK_INT(store_passed(s), 0);
    store_close(&s);
}

TEST(settle_without_a_server_is_at_once)
{
    store *s;

    CHECK_OK(store_open(test_folder(t), NULL, &s, &t->why));
    add_events(t, s, 1);
    CHECK_OK(store_settle(s, store_last_event(s), 0, &t->why));
    store_close(&s);
}

/* Another process on the same folder: write, settle, tell the last event's number. */
static void be_the_command_line(struct test *t, const char *folder, int from, int to)
{
    int64_t last = -1;
    store *s = NULL;
    char go;

    if (read(from, &go, 1) == 1 && store_open(folder, NULL, &s, &t->why) == OK) {
        add_events(t, s, 20);
        last = store_last_event(s);
        if (store_settle(s, last, PATIENCE_MS, &t->why) != OK)
            last = -2;
    }
    if (write(to, &last, sizeof last) != sizeof last)
        _exit(1);
    store_close(&s);
    _exit(0);
}

TEST(settle_waits_for_the_server_of_another_process)
{
    const char *folder = test_folder(t);
    struct witness cache = new_witness(), letters = new_witness();
    struct follower table[] = {{.name = "cache", .durable = false, look, &cache},
                               {.name = "letters", .durable = true, look, &letters}};
    int go[2], done[2];
    int64_t last = 0;
    store *s, *second;

    CHECK(pipe(go) == 0 && pipe(done) == 0);

    pid_t child = fork();

    if (child == 0) {
        close(go[1]); /* so that it ends when the parent fails */
        be_the_command_line(t, folder, go[0], done[1]);
    }
    close(done[1]);
    CHECK_OK(store_open(folder, NULL, &s, &t->why));
    CHECK_OK(store_take_charge(s, &t->why));
    CHECK_OK(store_listen(s, &t->why));
    CHECK_OK(store_followers_start(s, table, LENGTH(table), &t->why));
    CHECK_OK(store_open(folder, NULL, &second, &t->why));
    CHECK_ERR(store_take_charge(second, &t->why), E_CONFLICT);
    store_close(&second);
    CHECK(write(go[1], "!", 1) == 1);
    CHECK(read(done[0], &last, sizeof last) == sizeof last);
    CHECK_INT(last, 20);
    CHECK_INT(store_passed(s), 20);
    CHECK_INT(cache.n, 20);
    CHECK(wait_for(&letters, 20));
    waitpid(child, NULL, 0);
    store_close(&s);
    for (int i = 0; i < 20; i++)
        CHECK_INT(letters.seen[i], i + 1);
}

TEST(two_programs_that_serve_one_folder_are_both_waited_for)
{
    const char *folder = test_folder(t);
    struct witness caches[] = {new_witness(), new_witness()};
    store *s[2], *other;

    for (int i = 0; i < 2; i++) {
        struct follower *table = arena_many(t->arena, struct follower, 1);

        table[0] = (struct follower){.name = "cache", .durable = false, look, &caches[i]};
        CHECK_OK(store_open(folder, NULL, &s[i], &t->why));
        CHECK_OK(store_listen(s[i], &t->why));
        CHECK_OK(store_followers_start(s[i], table, 1, &t->why));
    }
    CHECK_OK(store_open(folder, NULL, &other, &t->why));
    add_events(t, other, 3);
    CHECK_OK(store_settle(other, 3, PATIENCE_MS, &t->why));
    CHECK_INT(caches[0].n, 3);
    CHECK_INT(caches[1].n, 3);
    add_events(t, s[0], 1);
    CHECK_OK(store_settle(s[0], 4, PATIENCE_MS, &t->why));
    CHECK_INT(caches[1].n, 4);
    caches[1].fails_at = 5;
    caches[1].failures_to_come = 1 << 30;
    add_events(t, s[0], 1);
    CHECK_ERR(store_settle(s[0], 5, 50, &t->why), E_BUSY);
    store_followers_stop(s[1]); /* it ends: nobody waits for it any more */
    CHECK_OK(store_settle(s[0], 5, PATIENCE_MS, &t->why));
    CHECK_INT(caches[0].n, 5);
    store_close(&other);
    for (int i = 0; i < 2; i++)
        store_close(&s[i]);
}

TEST(places_are_told_of_the_followers_that_run)
{
    struct witness letters = new_witness(), cache = new_witness();
    struct follower table[] = {{.name = "letters", .durable = true, look, &letters},
                               {.name = "cache", .durable = false, look, &cache}};
    struct follower_place places[4];
    store *s;

    CHECK_OK(store_open(test_folder(t), NULL, &s, &t->why));
    CHECK_INT(store_followers(s, places, LENGTH(places)), 0);
    CHECK_OK(store_memory_followers_start(s, table, LENGTH(table), &t->why));
    for (int i = 0; i < 2; i++) { /* the charge goes, and comes again */
        CHECK_OK(store_durable_followers_start(s, table, LENGTH(table), &t->why));
        CHECK_INT(store_followers(s, places, LENGTH(places)), 2);
        CHECK_STR(str_c(places[1].name), S("letters"));
        CHECK_INT(store_followers(s, places, 1), 1);
        store_durable_followers_stop(s);
        CHECK_INT(store_followers(s, places, LENGTH(places)), 1);
        CHECK_STR(str_c(places[0].name), S("cache"));
    }
    store_followers_stop(s);
    CHECK_INT(store_followers(s, places, LENGTH(places)), 0);
    store_close(&s);
}

TEST(one_is_in_charge_and_few_have_a_seat)
{
    const char *folder = test_folder(t);
    store *s[5];

    for (size_t i = 0; i < LENGTH(s); i++)
        CHECK_OK(store_open(folder, NULL, &s[i], &t->why));
    CHECK_OK(store_take_charge(s[0], &t->why));
    CHECK_ERR(store_take_charge(s[1], &t->why), E_CONFLICT);
    store_leave_charge(s[0]);
    CHECK_OK(store_take_charge(s[1], &t->why));
    for (size_t i = 0; i < 4; i++)
        CHECK_OK(store_listen(s[i], &t->why));
    CHECK_ERR(store_listen(s[4], &t->why), E_BUSY);
    store_close(&s[2]);
    CHECK_OK(store_listen(s[4], &t->why));
    for (size_t i = 0; i < LENGTH(s); i++)
        store_close(&s[i]);
}

TEST(listening_works_after_a_server_that_died)
{
    const char *folder = test_folder(t);
    pid_t child = fork();
    store *s;

    if (child == 0) {
        err e = store_open(folder, NULL, &s, &t->why);

        _exit(e == OK && store_listen(s, &t->why) == OK ? 0 : 1); /* leaves its socket behind */
    }

    int status;

    waitpid(child, &status, 0);
    CHECK_INT(status, 0);
    CHECK_OK(store_open(folder, NULL, &s, &t->why));
    add_events(t, s, 1);
    CHECK_OK(store_settle(s, 1, PATIENCE_MS, &t->why)); /* the socket is there, nobody behind it */
    CHECK_OK(store_listen(s, &t->why));
    store_close(&s);
}
