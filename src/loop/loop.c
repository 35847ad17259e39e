#include "loop/loop.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 256 };

struct loop {
    int epoll;
    struct watch bell;                /* rung when a letter is there */
    _Atomic(struct letter *) letters; /* newest first */
    atomic_bool stopping;
    int tick_ms;
    void (*tick)(void *of);
    void *of;
    int64_t next_tick;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void open_letters(loop *l)
{
    struct letter *newest = atomic_exchange(&l->letters, NULL), *oldest = NULL;

    while (newest != NULL) {
        struct letter *next = newest->next;

        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest != NULL) {
        struct letter *next = oldest->next;

        oldest->open(oldest);
        oldest = next;
    }
}

static void bell_rang(struct watch *w, bool readable, bool writable, bool hung_up)
{
    uint64_t count;
    ssize_t n = read(w->fd, &count, sizeof count);

    (void)n, (void)readable, (void)writable, (void)hung_up;
}

err loop_new(loop **out, int tick_ms, void (*tick)(void *of), void *of, note *why)
{
    loop *l = calloc(1, sizeof *l);

    if (l == NULL)
        return fail(why, E_LIMIT, "no memory for a loop");
    l->tick_ms = tick_ms;
    l->tick = tick;
    l->of = of;
    l->bell = (struct watch){eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), bell_rang};
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (l->epoll < 0 || l->bell.fd < 0) {
        loop_free(&l);
        return fail(why, E_IO, "cannot make a loop: %s", strerror(errno));
    }
    l->next_tick = now_ms() + tick_ms;
    *out = l;
    return loop_watch(l, &l->bell, false, why);
}

void loop_free(loop **l)
{
    if (*l == NULL)
        return;
    open_letters(*l);
    if ((*l)->epoll >= 0)
        close((*l)->epoll);
    if ((*l)->bell.fd >= 0)
        close((*l)->bell.fd);
    free(*l);
    *l = NULL;
}

err loop_watch(loop *l, struct watch *w, bool shared, note *why)
{
    struct epoll_event e = {
        .events = shared ? EPOLLIN | EPOLLEXCLUSIVE : EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
        .data.ptr = w,
    };

    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, w->fd, &e) != 0)
        return fail(why, E_IO, "cannot watch a socket: %s", strerror(errno));
    return OK;
}

void loop_unwatch(loop *l, struct watch *w)
{
    epoll_ctl(l->epoll, EPOLL_CTL_DEL, w->fd, NULL);
}

static void tick_when_due(loop *l)
{
    int64_t now = now_ms();

    if (now < l->next_tick)
        return;
    l->next_tick = now + l->tick_ms;
    l->tick(l->of);
}

void loop_run(loop *l)
{
    struct epoll_event ready[EVENTS_AT_ONCE];

    while (!atomic_load_explicit(&l->stopping, memory_order_relaxed)) {
        int64_t wait = l->next_tick - now_ms();
        int n = epoll_wait(l->epoll, ready, EVENTS_AT_ONCE, wait > 0 ? (int)wait : 0);

        for (int i = 0; i < n; i++) {
            struct watch *w = ready[i].data.ptr;
            uint32_t e = ready[i].events;

            w->ready(w, e & EPOLLIN, e & EPOLLOUT, e & (EPOLLRDHUP | EPOLLHUP | EPOLLERR));
        }
        open_letters(l);
        tick_when_due(l);
    }
}

static void ring(loop *l)
{
    uint64_t one = 1;
    ssize_t n = write(l->bell.fd, &one, sizeof one);

    (void)n; /* full: it rings already */
}

void loop_post(loop *l, struct letter *letter)
{
    struct letter *head = atomic_load(&l->letters);

    do
        letter->next = head;
    while (!atomic_compare_exchange_weak(&l->letters, &head, letter));
    if (head == NULL)
        ring(l);
}

void loop_stop(loop *l)
{
    atomic_store(&l->stopping, true);
    ring(l);
}
