#include "http/slow.h"

#include "base/time.h"

#include <stdlib.h>
#include <string.h>

static str path_of(const struct slow *s)
{
    return str_of(s->path, s->path_n);
}

static bool is_old(const struct slow *s, int64_t now)
{
    return s->at == 0 || s->at < now - SLOW_KEPT_S * SECOND_US;
}

/* The place of this path, or one that may go for something that took so long; NULL: none. */
static struct slow *place_for(struct slow_list *l, str path, int64_t us, int64_t now)
{
    struct slow *least = NULL;

    for (size_t i = 0; i < SLOW_MAX; i++) {
        struct slow *s = &l->v[i];

        if (is_old(s, now))
            s->us = 0;
        else if (str_eq(path_of(s), path))
            return us >= s->us ? s : NULL;
        if (least == NULL || s->us < least->us)
            least = s;
    }
    return us > least->us ? least : NULL;
}

void slow_note(struct slow_list *l, str path, int64_t us, int64_t now)
{
    struct slow *s;

    path = str_to(path, SLOW_PATH_MAX);
    pthread_mutex_lock(&l->lock);
    s = place_for(l, path, us, now);
    if (s != NULL) {
        s->at = now;
        s->us = us;
        s->path_n = path.n;
        memcpy(s->path, path.p, path.n);
    }
    pthread_mutex_unlock(&l->lock);
}

static int by_time(const void *a, const void *b)
{
    const struct slow *x = a, *y = b;

    return (y->us > x->us) - (y->us < x->us);
}

size_t slow_read(struct slow_list *l, int64_t now, struct slow out[SLOW_MAX])
{
    size_t n = 0;

    pthread_mutex_lock(&l->lock);
    for (size_t i = 0; i < SLOW_MAX; i++)
        if (!is_old(&l->v[i], now))
            out[n++] = l->v[i];
    pthread_mutex_unlock(&l->lock);
    qsort(out, n, sizeof *out, by_time);
    return n;
}
