#include "media/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool keep_write(int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static const char *folder_of(arena *a, const char *path)
{
    ptrdiff_t slash = str_find_last(str_c(path), '/');

    if (slash < 0)
        return ".";
    return slash == 0 ? "/" : str_z(a, str_to(str_c(path), (size_t)slash));
}

bool keep_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return false;

    bool done = fsync(fd) == 0;

    close(fd);
    return done;
}

static bool write_new(const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;

    bool done = keep_write(fd, bytes) && fsync(fd) == 0;
    int cause = errno;

    if (close(fd) != 0 && done) {
        cause = errno;
        done = false;
    }
    errno = cause;
    return done;
}

err keep_file(arena *a, const char *path, str bytes, note *why)
{
    const char *folder = folder_of(a, path);
    const char *part = str_z(a, str_fmt(a, "%s.%d-%d.part", path, (int)getpid(), (int)gettid()));

    if (!write_new(part, bytes) || rename(part, path) != 0) {
        int cause = errno;

        unlink(part);
        return fail(why, E_IO, "could not write %s: %s", path, strerror(cause));
    }
    if (!keep_sync(folder))
        return fail(why, E_IO, "could not write the folder %s: %s", folder, strerror(errno));
    return OK;
}

/* "….4711-4712.part": the writer's process, 0 when the name is not of ours. */
static pid_t writer_of(const char *name)
{
    str rest = str_c(name);
    int64_t pid;

    if (!str_ends(rest, S(".part")))
        return 0;
    rest = str_to(rest, rest.n - 5);

    ptrdiff_t dash = str_find_last(rest, '-');

    if (dash < 0)
        return 0;
    rest = str_to(rest, (size_t)dash);
    rest = str_from(rest, (size_t)(str_find_last(rest, '.') + 1));
    return str_int(rest, &pid) && pid > 0 && pid <= INT32_MAX ? (pid_t)pid : 0;
}

size_t keep_sweep(const char *folder)
{
    char *paths[] = {(char *)(uintptr_t)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
    size_t swept = 0;

    if (tree == NULL)
        return 0;
    for (FTSENT *f; (f = fts_read(tree)) != NULL;) {
        pid_t writer = writer_of(f->fts_name);

        if (writer != 0 && kill(writer, 0) != 0 && errno == ESRCH)
            swept += unlink(f->fts_path) == 0;
    }
    fts_close(tree);
    return swept;
}

err keep_folder(arena *a, const char *path, note *why)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return fail(why, E_IO, "could not make the folder %s: %s", path, strerror(errno));
    if (!keep_sync(folder_of(a, path)))
        return fail(why, E_IO, "could not write the folder above %s: %s", path, strerror(errno));
    return OK;
}

static err read_all(int fd, char *p, size_t n)
{
    size_t got = 0;

    while (got < n) {
        ssize_t more = read(fd, p + got, n - got);

        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return E_IO;
        got += (size_t)more;
    }
    return OK;
}

static void close_it(void *of)
{
    close((int)(intptr_t)of);
}

static err read_whole(arena *a, int fd, const char *path, size_t max, str *bytes, note *why)
{
    struct stat st;

    arena_defer(a, close_it, (void *)(intptr_t)fd);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return fail(why, E_IO, "could not read %s: not a file", path);
    if ((uint64_t)st.st_size > max)
        return fail(why, E_LIMIT, "%s has %lld bytes, more than %zu", path, (long long)st.st_size,
                    max);

    char *p = malloc((size_t)st.st_size + 1);

    must(p != NULL);
    arena_defer(a, free, p);
    if (read_all(fd, p, (size_t)st.st_size) != OK)
        return fail(why, E_IO, "could not read %s: %s", path, strerror(errno));
    *bytes = (str){p, (size_t)st.st_size};
    return OK;
}

err keep_read(arena *a, const char *path, size_t max, str *bytes, note *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return fail(why, errno == ENOENT ? E_MISSING : E_IO, "could not read %s: %s", path,
                    strerror(errno));
    return read_whole(a, fd, path, max, bytes, why);
}
