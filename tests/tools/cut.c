/*
 * cut.c - preloaded into a program: counts what it does to the disk, and ends it at the n-th.
 *
 *   CUT_COUNT=FILE   write the number of acts there at the end
 *   CUT_KILL=N       SIGKILL before the N-th act
 *   CUT_FULL=N       from the N-th on the disk is full: what needs room gives ENOSPC
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long done, kill_at, full_at;

__attribute__((constructor)) static void begin(void)
{
    kill_at = getenv("CUT_KILL") ? atol(getenv("CUT_KILL")) : 0;
    full_at = getenv("CUT_FULL") ? atol(getenv("CUT_FULL")) : 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *name = getenv("CUT_COUNT");
    FILE *f = name != NULL ? fopen(name, "w") : NULL;

    if (f == NULL)
        return;
    kill_at = full_at = 0;
    fprintf(f, "%ld\n", done);
    fclose(f);
}

/* One more act; whether the disk is full by now. */
static int act(void)
{
    long n = __atomic_add_fetch(&done, 1, __ATOMIC_SEQ_CST);

    if (n == kill_at)
        kill(getpid(), SIGKILL);
    return full_at > 0 && n >= full_at;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ROOM(name)                                                                                 \
    if (act()) {                                                                                   \
        errno = ENOSPC;                                                                            \
        return -1;                                                                                 \
    }                                                                                              \
    return REAL(name)

ssize_t write(int fd, const void *p, size_t n)
{
    if (fd <= 2)
        return REAL(write)(fd, p, n);
    ROOM(write)(fd, p, n);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    ROOM(pwrite64)(fd, p, n, at);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    ROOM(pwrite)(fd, p, n, at);
}
int link(const char *from, const char *to)
{
    ROOM(link)(from, to);
}
int mkdir(const char *path, mode_t mode)
{
    ROOM(mkdir)(path, mode);
}
int rename(const char *from, const char *to)
{
    (void)act();
    return REAL(rename)(from, to);
}
int unlink(const char *path)
{
    (void)act();
    return REAL(unlink)(path);
}
int rmdir(const char *path)
{
    (void)act();
    return REAL(rmdir)(path);
}
int fsync(int fd)
{
    (void)act();
    return REAL(fsync)(fd);
}
int fdatasync(int fd)
{
    (void)act();
    return REAL(fdatasync)(fd);
}
int syncfs(int fd)
{
    (void)act();
    return REAL(syncfs)(fd);
}
