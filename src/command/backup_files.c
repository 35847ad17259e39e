#include "base/hash.h"
#include "command/backup.h"
#include "media/keep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

const char *backup_folder(arena *a, const char *named)
{
    str s = str_c(named);

    while (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    return str_z(a, s);
}

const char *backup_at(arena *a, const char *folder, const char *below, str path)
{
    return str_z(a, str_fmt(a, "%s/%s%.*s", folder, below, STR(path)));
}

const char *backup_database(arena *a, const char *folder, str fingerprint_)
{
    return str_z(a, str_fmt(a, "%s/paper-%.*s.db", folder, STR(fingerprint_)));
}

bool backup_is_empty(const char *folder)
{
    DIR *d = opendir(folder);
    bool empty = d != NULL;

    for (struct dirent *one; d != NULL && (one = readdir(d)) != NULL;)
        empty = empty && one->d_name[0] == '.' &&
                (one->d_name[1] == '\0' || (one->d_name[1] == '.' && one->d_name[2] == '\0'));
    if (d != NULL)
        closedir(d);
    return empty;
}

err backup_folders(arena *a, const char *folder, const char *path, note *why)
{
    char *copy = str_z(a, str_c(path));

    for (char *slash = copy + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            return fail(why, E_IO, "could not make the folder %s: %s", copy, strerror(errno));
        *slash = '/';
    }
    return OK;
}

/* Each piece of a file to `fd` (-1: nowhere) and into `f` (NULL: nowhere).  E_MISSING, E_IO. */
static err pass_on(arena *a, const char *from, int fd, struct fingerprinting *f)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    err e = in >= 0 ? OK : errno == ENOENT ? E_MISSING : E_IO;

    SCRATCH (a) {
        char *piece = arena_bytes(a, PIECE);

        for (ssize_t n; e == OK && (n = read(in, piece, PIECE)) != 0;)
            if (n > 0) {
                str bytes = str_of(piece, (size_t)n);

                if (f != NULL)
                    fingerprint_add(f, bytes);
                e = fd < 0 || keep_write(fd, bytes) ? OK : E_IO;
            } else if (errno != EINTR)
                e = E_IO;
    }

    int cause = errno;

    if (in >= 0)
        close(in);
    errno = cause;
    return e;
}

err backup_copy(arena *a, const char *from, const char *to, unsigned mode, note *why)
{
    const char *part = str_z(a, str_fmt(a, "%s.part", to));

    unlink(part);

    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    err e = fd >= 0 ? pass_on(a, from, fd, NULL) : E_IO;

    if (e == OK && fchmod(fd, mode) != 0)
        e = E_IO;
    if (fd >= 0 && close(fd) != 0)
        e = E_IO;
    if (e == OK && rename(part, to) != 0)
        e = E_IO;
    if (e == OK)
        return OK;

    int cause = errno;

    unlink(part);
    return fail(why, e, "could not copy %s to %s: %s", from, to, strerror(cause));
}

err backup_link(arena *a, const char *from, const char *to, bool *linked, note *why)
{
    struct stat st;

    *linked = link(from, to) == 0;
    if (*linked)
        return OK;
    if (errno == ENOSPC || errno == EDQUOT)
        return fail(why, E_IO, "could not write %s: %s", to, strerror(errno));
    if (lstat(from, &st) != 0)
        return fail(why, errno == ENOENT ? E_MISSING : E_IO, "could not read %s: %s", from,
                    strerror(errno));
    return backup_copy(a, from, to, st.st_mode & 0777, why);
}

err backup_fingerprint(arena *a, const char *path, str *print, note *why)
{
    struct fingerprinting f;
    err e;

    fingerprint_begin(&f);
    e = pass_on(a, path, -1, &f);
    if (e != OK)
        return fail(why, e, "could not read %s: %s", path, strerror(errno));
    *print = fingerprint_end(a, &f);
    return OK;
}

err backup_sync(const char *folder, note *why)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && syncfs(fd) == 0 && fsync(fd) == 0;
    int cause = errno;

    if (fd >= 0)
        close(fd);
    return done ? OK
                : fail(why, E_IO, "could not write %s to the disk: %s", folder, strerror(cause));
}
