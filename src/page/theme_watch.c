#include "page/theme_watch.h"

#include <errno.h>
#include <fts.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { SETTLE_MS = 80 };

struct theme_watch {
    const char *folder;
    void (*changed)(void *of, const char *folder);
    void *of;
    int inotify, stop;
    pthread_t thread;
};

/* Folders that came since are watched too: adding one twice changes nothing. */
static void watch_folders(const struct theme_watch *w)
{
    char *paths[] = {(char *)(uintptr_t)w->folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

    if (tree == NULL)
        return;
    for (FTSENT *f; (f = fts_read(tree)) != NULL;)
        if (f->fts_info == FTS_D)
            inotify_add_watch(w->inotify, f->fts_path,
                              IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVE | IN_ONLYDIR);
    fts_close(tree);
}

static void read_away(int fd)
{
    char bytes[8192];

    while (read(fd, bytes, sizeof bytes) > 0)
        ;
}

static void *run(void *of)
{
    struct theme_watch *w = of;
    struct pollfd fds[] = {{.fd = w->inotify, .events = POLLIN}, {.fd = w->stop, .events = POLLIN}};

    for (;;) {
        poll(fds, 2, -1);
        if (fds[1].revents != 0)
            return NULL;
        /* an editor writes more than once */
        do
            read_away(w->inotify);
        while (poll(fds, 2, SETTLE_MS) > 0 && fds[1].revents == 0);
        if (fds[1].revents != 0)
            return NULL;
        watch_folders(w);
        w->changed(w->of, w->folder);
    }
}

err theme_watch_start(const char *folder, void (*changed)(void *of, const char *folder), void *of,
                      struct theme_watch **out, note *why)
{
    struct theme_watch *w = calloc(1, sizeof *w);

    if (w == NULL)
        return fail(why, E_LIMIT, "no memory to watch the theme");
    *w = (struct theme_watch){
        folder, changed, of, inotify_init1(IN_NONBLOCK | IN_CLOEXEC), eventfd(0, EFD_CLOEXEC), 0};
    if (w->inotify < 0 || w->stop < 0)
        goto failed;
    watch_folders(w);
    if (pthread_create(&w->thread, NULL, run, w) != 0)
        goto failed;
    *out = w;
    return OK;
failed:
    err_ignore(fail(why, E_IO, "cannot watch %s: %s", folder, strerror(errno)));
    close(w->inotify);
    close(w->stop);
    free(w);
    return E_IO;
}

void theme_watch_stop(struct theme_watch **out)
{
    struct theme_watch *w = *out;
    uint64_t one = 1;

    if (w == NULL)
        return;
    ssize_t n = write(w->stop, &one, sizeof one);

    (void)n;
    pthread_join(w->thread, NULL);
    close(w->inotify);
    close(w->stop);
    free(w);
    *out = NULL;
}
