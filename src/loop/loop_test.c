#include "loop/loop.h"

#include "base/test.h"
#include "loop/desk.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

struct numbered {
    struct timer timer;
    int64_t number;
};

static int64_t seen[64];
static size_t seen_n;

static void note_number(struct timer *t)
{
    seen[seen_n++] = ((struct numbered *)t)->number;
}

static void stop_loop(void *of)
{
    loop_stop(of);
}

TEST(timers_run_in_the_order_of_their_times_and_only_when_due)
{
    clock_set(&t->clock, 1000);

    struct loop *l = loop_new(&t->clock);
    struct numbered all[40] = {0};

    for (int i = 0; i < 40; i++) {
        all[i].number = 2000 + (i * 17) % 40;
        all[i].timer.run = note_number;
        timer_set(l, &all[i].timer, all[i].number);
    }
    for (int i = 0; i < 40; i += 4)
        timer_clear(l, &all[i].timer);
    timer_set(l, &all[1].timer, 5000);

    clock_set(&t->clock, 2020);
    inbox_post(loop_inbox(l), stop_loop, l);
    loop_run(l);
    for (size_t i = 0; i < seen_n; i++)
        CHECK(seen[i] <= 2020 && (i == 0 || seen[i] > seen[i - 1]));
    CHECK_INT(seen_n, 14);
    loop_free(&l);
    CHECK(l == NULL);
}

struct letter {
    struct message message;
    struct post *post;
    int sender, number;
};

struct post {
    struct loop *loop;
    int last[4];
    int count;
    bool disorder;
};

static void receive(struct message *m)
{
    struct letter *one = (struct letter *)m;
    struct post *p = one->post;

    if (one->number != p->last[one->sender] + 1)
        p->disorder = true;
    p->last[one->sender] = one->number;
    if (++p->count == 4 * 1000)
        loop_stop(p->loop);
}

static struct letter letters[4][1000];

static void *send_letters(void *of)
{
    struct letter *mine = of;

    for (int i = 0; i < 1000; i++)
        inbox_put(loop_inbox(mine[i].post->loop), &mine[i].message);
    return NULL;
}

TEST(an_inbox_keeps_the_order_of_each_sender_and_loses_nothing)
{
    struct post p = {.loop = loop_new(&t->clock)};
    pthread_t senders[4];

    for (int s = 0; s < 4; s++) {
        for (int i = 0; i < 1000; i++)
            letters[s][i] = (struct letter){{.run = receive}, &p, s, i + 1};
        pthread_create(&senders[s], NULL, send_letters, letters[s]);
    }
    loop_run(p.loop);
    for (int s = 0; s < 4; s++)
        pthread_join(senders[s], NULL);
    CHECK_INT(p.count, 4000);
    CHECK(!p.disorder);
    loop_free(&p.loop);
}

/* Who comes to a loop `again` times, and how far that moves the clock. */
struct caller {
    struct message message;
    struct loop *loop;
    clock_source *clock;
    enum loop_line line;
    char name;
    int again, us;
};

static char came[32];
static size_t came_n;

static void call(struct message *m)
{
    struct caller *c = (struct caller *)m;

    came[came_n++] = c->name;
    clock_set(c->clock, clock_ticks(c->clock) + c->us);
    if (c->again-- > 0)
        loop_queue(c->loop, c->line, m);
    else if (c->name == 'z')
        loop_stop(c->loop);
}

/* The names in the order of their turns: one new, `us` each time, and two that want more. */
static str order_of_turns(struct test *t, int us)
{
    clock_set(&t->clock, 1000);
    came_n = 0;

    struct loop *l = loop_new(&t->clock);
    struct caller all[] = {
        {{.run = call}, l, &t->clock, LOOP_MORE, 'y', 0, 0},
        {{.run = call}, l, &t->clock, LOOP_MORE, 'z', 1, 0},
        {{.run = call}, l, &t->clock, LOOP_SOON, 'n', 4, us},
        {{.run = call}, l, &t->clock, LOOP_SOON, 'e', 0, 0}, /* what is ready */
    };

    for (int i = 0; i < 3; i++)
        loop_queue(l, all[i].line, &all[i].message);
    inbox_put(loop_inbox(l), &all[3].message);
    loop_run(l);
    loop_free(&l);
    return str_of(came, came_n);
}

TEST(nobody_has_more_while_somebody_is_new_but_for_a_little_now_and_then)
{
    CHECK_STR(order_of_turns(t, 0), S("ennnnnyzz"));
    CHECK_STR(order_of_turns(t, 2000), S("ennnyznnz"));
}

struct task {
    struct job job;
    sem_t *go, *done;
    atomic_int *runs, *overs;
    bool greedy;
};

static void run_task(struct job *j, struct desk_seat *seat)
{
    struct task *one = (struct task *)j;

    if (one->go != NULL)
        sem_wait(one->go);
    if (one->greedy)
        for (;;)
            arena_alloc(seat->arena, 1000);
    cr_assert(seat->context == one->runs || one->greedy);
    atomic_fetch_add(one->runs, 1);
    sem_post(one->done);
}

static void task_over(struct job *j, struct desk_seat *seat)
{
    struct task *one = (struct task *)j;

    arena_alloc(seat->arena, 1000);
    atomic_fetch_add(one->overs, 1);
    sem_post(one->done);
}

static void *open_context(void *of, int number)
{
    (void)number;
    return of;
}

static void *open_nothing(void *of, int number)
{
    (void)of;
    return number == 2 ? NULL : &open_nothing;
}

static atomic_int runs, overs;

static struct task make_task(sem_t *go, sem_t *done)
{
    return (struct task){{.run = run_task, .over = task_over}, go, done, &runs, &overs, false};
}

TEST(a_desk_takes_so_many_jobs_and_no_more)
{
    struct desk *d;
    sem_t go, done;
    struct task all[6];

    sem_init(&go, 0, 0);
    sem_init(&done, 0, 0);
    CHECK_OK(desk_start(
        &(struct desk_options){.threads = 1, .jobs_max = 3, .open = open_context, .of = &runs}, &d,
        &t->why));
    all[0] = make_task(NULL, &done);
    CHECK(desk_take(d, &all[0].job));
    sem_wait(&done);

    int taken = 0;

    for (int i = 1; i < 6; i++) {
        all[i] = make_task(&go, &done);
        taken += desk_take(d, &all[i].job);
    }
    CHECK(taken == 3 || taken == 4); /* the thread may have one in hand by now */
    for (int i = 0; i < taken; i++)
        sem_post(&go);
    desk_stop(&d);
    CHECK_INT(runs, 1 + taken);
}

TEST(a_job_over_its_memory_is_ended_and_the_next_one_runs)
{
    struct desk *d;
    sem_t done;

    sem_init(&done, 0, 0);
    CHECK_OK(desk_start(
        &(struct desk_options){
            .threads = 1, .memory_max = 100000, .open = open_context, .of = &runs},
        &d, &t->why));

    struct task greedy = make_task(NULL, &done), modest = make_task(NULL, &done);

    greedy.greedy = true;
    CHECK(desk_take(d, &greedy.job));
    CHECK(desk_take(d, &modest.job));
    desk_stop(&d);
    CHECK_INT(overs, 1);
    CHECK_INT(runs, 1);
}

TEST(a_desk_whose_thread_has_nothing_to_work_with_does_not_start)
{
    struct desk *d = NULL;

    CHECK_ERR(desk_start(&(struct desk_options){.threads = 3, .open = open_nothing}, &d, &t->why),
              E_IO);
    CHECK(d == NULL);
}
