/*
 * cut.c - preloaded into a program: counts what it does to the disk, ends it at the n-th, fails it;
 * and moves its clock.
 *
 *   CUT=FILE   seven 64-bit numbers that the program and whoever started it share: acts done so
 *              far, SIGKILL before this one, (not 0:) after half of what it writes, from this one
 * on nothing can be written, why (errno), how many seconds the clock is wrong, and (not 0:) how
 * many MB of its disk are free, as it sees it.  Acts are counted from 1; all may be set anew while
 * the program runs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

static struct cut {
    int64_t done, kill_at, torn, full_at, error, clock_s, free_mb;
} nothing, *cut = &nothing;

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("CUT");
    int fd = name != NULL ? open(name, O_RDWR | O_CLOEXEC) : -1;
    void *shared =
        fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *cut, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (shared != MAP_FAILED)
        cut = shared;
    if (fd >= 0)
        close(fd);
}

enum acting { GO_ON, HALF, FULL };

/* One more act, and what is to become of it. */
static enum acting act(int is_write)
{
    int64_t n = __atomic_add_fetch(&cut->done, 1, __ATOMIC_SEQ_CST);

    if (n == cut->kill_at && is_write && cut->torn)
        return HALF;
    if (n == cut->kill_at)
        kill(getpid(), SIGKILL);
    return cut->full_at > 0 && n >= cut->full_at ? FULL : GO_ON;
}

/* Sockets and events are no disk. */
static int is_file(int fd)
{
    struct stat st;

    return fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ROOM(name)                                                                                 \
    if (act(0) == FULL) {                                                                          \
        errno = (int)cut->error;                                                                   \
        return -1;                                                                                 \
    }                                                                                              \
    return REAL(name)
/* `half` writes the first half of the bytes */
#define BYTES(half)                                                                                \
    switch (act(1)) {                                                                              \
    case HALF:                                                                                     \
        if (half >= 0)                                                                             \
            kill(getpid(), SIGKILL);                                                               \
        break;                                                                                     \
    case FULL:                                                                                     \
        errno = (int)cut->error;                                                                   \
        return -1;                                                                                 \
    case GO_ON:                                                                                    \
        break;                                                                                     \
    }

ssize_t write(int fd, const void *p, size_t n)
{
    if (is_file(fd))
        BYTES(REAL(write)(fd, p, n / 2))
    return REAL(write)(fd, p, n);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    BYTES(REAL(pwrite64)(fd, p, n / 2, at))
    return REAL(pwrite64)(fd, p, n, at);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    BYTES(REAL(pwrite)(fd, p, n / 2, at))
    return REAL(pwrite)(fd, p, n, at);
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
    (void)act(0);
    return REAL(rename)(from, to);
}
int unlink(const char *path)
{
    (void)act(0);
    return REAL(unlink)(path);
}
int rmdir(const char *path)
{
    (void)act(0);
    return REAL(rmdir)(path);
}
int fsync(int fd)
{
    (void)act(0);
    return REAL(fsync)(fd);
}
int fdatasync(int fd)
{
    (void)act(0);
    return REAL(fdatasync)(fd);
}
int syncfs(int fd)
{
    (void)act(0);
    return REAL(syncfs)(fd);
}
int clock_gettime(clockid_t which, struct timespec *now)
{
    int bad = REAL(clock_gettime)(which, now);

    if (bad == 0 && which == CLOCK_REALTIME)
        now->tv_sec += cut->clock_s;
    return bad;
}
int statvfs(const char *path, struct statvfs *out)
{
    int bad = REAL(statvfs)(path, out);

    if (bad == 0 && cut->free_mb > 0)
        out->f_bavail = (fsblkcnt_t)((cut->free_mb << 20) / (int64_t)out->f_frsize);
    return bad;
}
