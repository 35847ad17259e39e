#include "loop/inbox.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

err inbox_open(struct inbox *in, note *why)
{
    in->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (in->fd < 0)
        return fail(why, E_IO, "cannot make an eventfd: %s", strerror(errno));
    return OK;
}

void inbox_close(struct inbox *in)
{
    close(in->fd);
}

void inbox_wake(struct inbox *in)
{
    ssize_t n = write(in->fd, &(uint64_t){1}, sizeof(uint64_t));

    (void)n; /* full means that the reader is woken already */
}

void inbox_put(struct inbox *in, struct message *m)
{
    struct message *before = atomic_load_explicit(&in->newest, memory_order_relaxed);

    do {
        m->next = before;
    } while (!atomic_compare_exchange_weak_explicit(&in->newest, &before, m, memory_order_acq_rel,
                                                    memory_order_relaxed));
    if (before == NULL)
        inbox_wake(in);
}

static struct message *oldest_first(struct message *m)
{
    struct message *turned = NULL;

    while (m != NULL) {
        struct message *next = m->next;

        m->next = turned;
        turned = m;
        m = next;
    }
    return turned;
}

void inbox_run(struct inbox *in)
{
    uint64_t count;
    ssize_t n = read(in->fd, &count, sizeof count);

    (void)n;

    struct message *m =
        oldest_first(atomic_exchange_explicit(&in->newest, NULL, memory_order_acq_rel));

    while (m != NULL) {
        struct message *next = m->next;

        m->run(m);
        m = next;
    }
}

struct call {
    struct message message;
    void (*run)(void *of);
    void *of;
};

static void run_call(struct message *m)
{
    struct call *c = (struct call *)m;

    c->run(c->of);
    free(c);
}

void inbox_post(struct inbox *in, void (*run)(void *of), void *of)
{
    struct call *c = malloc(sizeof *c);

    must(c != NULL);
    *c = (struct call){.message.run = run_call, .run = run, .of = of};
    inbox_put(in, &c->message);
}
