#include "loop/loop.h"

#include "loop/inbox.h"
#include "loop/timers.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
    EVENTS_AT_ONCE = 256,
    SHARE_US = 100,         /* of a line in a turn, at the least */
    PATIENCE_US = 5 * 1000, /* so long nobody has more, at the most */
};

struct loop {
    int epoll;
    const clock_source *clock;
    int64_t ticks, now; /* when this turn began */
    struct timers timers;
    struct inbox inbox;
    struct watch inbox_watch;
    struct line {
        struct message *first, *last;
    } lines[LOOP_LINES];
    int64_t more_at;            /* when somebody had more */
    struct epoll_event *events; /* of this turn: `count` of them, the first `seen` are done */
    int count, seen;
    atomic_bool stop;
};

static void inbox_ready(struct watch *w, uint32_t events)
{
    struct loop *l = (struct loop *)((char *)w - offsetof(struct loop, inbox_watch));

    (void)events;
    inbox_run(&l->inbox);
}

struct loop *loop_new(const clock_source *clock)
{
    struct loop *l = calloc(1, sizeof *l);

    must(l != NULL);
    l->clock = clock;
    l->events = calloc(EVENTS_AT_ONCE, sizeof *l->events);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    must(l->events != NULL && l->epoll >= 0);
    must(inbox_open(&l->inbox, NULL) == OK);
    l->inbox_watch = (struct watch){inbox_ready, l->inbox.fd};
    l->ticks = clock_ticks(clock);
    l->now = clock_now(clock);

    struct epoll_event e = {.events = EPOLLIN, .data.ptr = &l->inbox_watch};

    must(epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->inbox.fd, &e) == 0);
    return l;
}

/* Those that stand in it now; but for `us` at the most, and one at the least. */
static void run_line(struct loop *l, struct line *line, int64_t us)
{
    const struct message *last = line->last;
    int64_t until = clock_ticks(l->clock) + us;

    for (struct message *m; (m = line->first) != NULL;) {
        line->first = m->next;
        m->run(m);
        if (m == last || clock_ticks(l->clock) >= until)
            return;
    }
}

void loop_free(struct loop **l)
{
    if (*l == NULL)
        return;
    inbox_run(&(*l)->inbox);
    for (int i = 0; i < LOOP_LINES; i++)
        while ((*l)->lines[i].first != NULL)
            run_line(*l, &(*l)->lines[i], 0);
    inbox_close(&(*l)->inbox);
    close((*l)->epoll);
    free((*l)->timers.heap);
    free((*l)->events);
    free(*l);
    *l = NULL;
}

int64_t loop_ticks(const struct loop *l)
{
    return l->ticks;
}

int64_t loop_now(const struct loop *l)
{
    return l->now;
}

struct inbox *loop_inbox(struct loop *l)
{
    return &l->inbox;
}

void loop_stop(struct loop *l)
{
    atomic_store(&l->stop, true);
    inbox_wake(&l->inbox);
}

void loop_wake(struct loop *l)
{
    inbox_wake(&l->inbox);
}

void loop_queue(struct loop *l, enum loop_line line, struct message *m)
{
    struct line *at = &l->lines[line];

    m->next = NULL;
    if (at->first == NULL)
        at->first = m;
    else
        at->last->next = m;
    at->last = m;
}

static err watch(struct loop *l, struct watch *w, uint32_t events, note *why)
{
    struct epoll_event e = {.events = events, .data.ptr = w};

    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, w->fd, &e) < 0)
        return fail(why, E_IO, "cannot watch socket %d: %s", w->fd, strerror(errno));
    return OK;
}

err loop_watch(struct loop *l, struct watch *w, note *why)
{
    return watch(l, w, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, why);
}

err loop_watch_listener(struct loop *l, struct watch *w, note *why)
{
    return watch(l, w, EPOLLIN | EPOLLEXCLUSIVE, why);
}

void loop_unwatch(struct loop *l, struct watch *w)
{
    epoll_ctl(l->epoll, EPOLL_CTL_DEL, w->fd, NULL);
    for (int i = l->seen; i < l->count; i++)
        if (l->events[i].data.ptr == w)
            l->events[i].data.ptr = NULL;
}

void timer_set(struct loop *l, struct timer *t, int64_t at)
{
    if (t->place != 0)
        timers_remove(&l->timers, t);
    t->at = at;
    timers_add(&l->timers, t);
}

void timer_clear(struct loop *l, struct timer *t)
{
    if (t->place != 0)
        timers_remove(&l->timers, t);
}

/* Milliseconds until the next timer, rounded up; a fixed clock moves only when we are woken. */
static int patience(const struct loop *l)
{
    int64_t next = timers_next(&l->timers);

    for (int i = 0; i < LOOP_LINES; i++)
        if (l->lines[i].first != NULL)
            return 0;
    if (next == TIME_NEVER || __atomic_load_n(&l->clock->fixed_at, __ATOMIC_RELAXED) != 0)
        return -1;

    int64_t ms = (next - clock_ticks(l->clock) + 999) / 1000;

    return ms <= 0 ? 0 : ms > INT_MAX ? INT_MAX : (int)ms;
}

static void take_time(struct loop *l)
{
    l->ticks = clock_ticks(l->clock);
    l->now = clock_now(l->clock);
}

static void run_lines(struct loop *l)
{
    int64_t took = clock_ticks(l->clock) - l->ticks;
    int64_t share = took > SHARE_US ? took : SHARE_US;

    run_line(l, &l->lines[LOOP_SOON], share);
    if (l->lines[LOOP_SOON].first != NULL && l->ticks < l->more_at + PATIENCE_US)
        return;
    l->more_at = l->ticks;
    run_line(l, &l->lines[LOOP_MORE], share);
}

static void turn(struct loop *l, int wait_ms)
{
    int n = epoll_wait(l->epoll, l->events, EVENTS_AT_ONCE, wait_ms);

    must(n >= 0 || errno == EINTR);
    take_time(l);
    l->count = n < 0 ? 0 : n;
    for (l->seen = 0; l->seen < l->count;) {
        struct epoll_event *e = &l->events[l->seen++];
        struct watch *w = e->data.ptr;

        if (w != NULL)
            w->ready(w, e->events);
    }
    l->count = 0;
    timers_run(&l->timers, l->ticks);
    run_lines(l);
}

void loop_turn(struct loop *l)
{
    turn(l, 0);
}

void loop_run(struct loop *l)
{
    take_time(l);
    while (!atomic_load_explicit(&l->stop, memory_order_relaxed))
        turn(l, patience(l));
}
