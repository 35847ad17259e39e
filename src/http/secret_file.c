#include "http/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static err read_all(arena *a, int fd, const char *path, str *out, note *why)
{
    char *bytes = arena_bytes(a, SECRET_FILE_MAX + 1);
    struct stat about;
    ssize_t n;

    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return fail(why, E_DENIED, "%s is no plain file", path);
    if (about.st_mode & S_IRWXO)
        return fail(why, E_DENIED, "anybody may read %s; `chmod o= %s`", path, path);
    n = read(fd, bytes, SECRET_FILE_MAX + 1);
    if (n < 0)
        return fail(why, E_DENIED, "cannot read %s: %s", path, strerror(errno));
    *out = str_trim(str_of(bytes, (size_t)n));
    if (out->n == 0 || n > SECRET_FILE_MAX || str_find_char(*out, '\n') >= 0)
        return fail(why, E_DENIED, "%s is not one line with a secret", path);
    return OK;
}

err secret_file_read(arena *a, str file, str *out, note *why)
{
    const char *path = str_z(a, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return fail(why, E_DENIED, "cannot read %s: %s", path, strerror(errno));

    err e = read_all(a, fd, path, out, why);

    close(fd);
    return e;
}
