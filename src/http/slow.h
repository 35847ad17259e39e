/*
 * slow.h - the replies of late that took longest to draw.
 *
 * A short list of fixed size, any thread; each path once, with the longest that it took.  What is
 * older than ten minutes makes room.
 */
#ifndef HTTP_SLOW_H
#define HTTP_SLOW_H

#include "base/str.h"

#include <pthread.h>

enum { SLOW_MAX = 10, SLOW_PATH_MAX = 160, SLOW_KEPT_S = 600 };

struct slow {
    int64_t at, us; /* wall time; how long it was drawn */
    size_t path_n;
    char path[SLOW_PATH_MAX]; /* cut to that */
};

struct slow_list {
    pthread_mutex_t lock;
    struct slow v[SLOW_MAX];
};

void slow_note(struct slow_list *l, str path, int64_t us, int64_t now);

/* Those of the last ten minutes, the slowest first; gives how many. */
size_t slow_read(struct slow_list *l, int64_t now, struct slow out[SLOW_MAX]);

#endif
