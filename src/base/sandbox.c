#include "base/sandbox.h"

#include "base/must.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool sandbox_no_new_rights(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* --- files: Landlock (Linux 5.13) --- */

/* Rights that came after the first version; the headers of Debian 12 do not name the last. */
#define TRUNCATE (UINT64_C(1) << 14)
#define IOCTL_DEV (UINT64_C(1) << 15)

static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t may_run = LANDLOCK_ACCESS_FS_EXECUTE;
static const uint64_t may_write = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                  LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                  LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                  LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                  LANDLOCK_ACCESS_FS_REFER | TRUNCATE;
static const uint64_t for_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE |
                                  LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE | IOCTL_DEV;

/* All that this version can refuse, so that what no place gives is refused. */
static uint64_t known_to(long version)
{
    uint64_t all = (UINT64_C(1) << 13) - 1;

    if (version >= 2)
        all |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        all |= TRUNCATE;
    if (version >= 5)
        all |= IOCTL_DEV;
    return all;
}

static uint64_t rights(enum sandbox_may may)
{
    return may == SANDBOX_READ  ? may_read
           : may == SANDBOX_RUN ? may_read | may_run
                                : may_read | may_write;
}

static bool add_place(int rules, const struct sandbox_place *place, uint64_t known)
{
    struct landlock_path_beneath_attr rule = {
        .allowed_access = rights(place->may) & known,
        .parent_fd = place->path != NULL ? open(place->path, O_PATH | O_CLOEXEC) : -1,
    };
    struct stat st;
    long bad;

    if (rule.parent_fd < 0)
        return true;
    if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.allowed_access &= for_files;
    bad = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    return bad == 0;
}

int sandbox_places(const struct sandbox_place *places, size_t n)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct landlock_ruleset_attr handled = {.handled_access_fs = known_to(version)};
    bool good = true;
    int rules;

    if (version < 1)
        return 0;
    rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return 0;
    for (size_t i = 0; i < n && good; i++)
        good = add_place(rules, &places[i], handled.handled_access_fs);
    /* E2BIG: too many layers of it by those who started this program, which are in force */
    good = good && (syscall(SYS_landlock_restrict_self, rules, 0) == 0 || errno == E2BIG);
    close(rules);
    return good ? (int)version : 0;
}

/* --- calls: seccomp, by libseccomp --- */

static bool put_in_force(scmp_filter_ctx filter)
{
    bool good = seccomp_load(filter) == 0;

    seccomp_release(filter);
    return good;
}

static bool add_all(scmp_filter_ctx filter, uint32_t action, struct sandbox_calls calls)
{
    for (size_t i = 0; i < calls.n; i++)
        if (seccomp_rule_add(filter, action, calls.v[i], 0) != 0)
            return false;
    return true;
}

/* Of no use to a paper nor to a decoder, of much to whoever has broken into one: what a kernel has
 * for those who look after a machine. */
static const int powers[] = {
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(process_madvise),
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(add_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(request_key),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(syslog),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsmount),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(fanotify_init),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(swapoff),
    SCMP_SYS(acct),
    SCMP_SYS(quotactl),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
    SCMP_SYS(modify_ldt),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(vhangup),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fspick),
    SCMP_SYS(move_pages),
    SCMP_SYS(migrate_pages),
};

bool sandbox_calls_without(struct sandbox_calls refused)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

    must(filter != NULL);
    if (add_all(filter, SCMP_ACT_ERRNO(EPERM), refused) &&
        add_all(filter, SCMP_ACT_ERRNO(EPERM), (struct sandbox_calls){powers, LENGTH(powers)}))
        return put_in_force(filter);
    seccomp_release(filter);
    return false;
}

/* A call in one form: the argument's masked bits are so. */
static bool add_form(scmp_filter_ctx f, uint32_t action, int call, unsigned arg, uint64_t mask,
                     uint64_t bits)
{
    return seccomp_rule_add(f, action, call, 1, SCMP_CMP(arg, SCMP_CMP_MASKED_EQ, mask, bits)) == 0;
}

static bool may_open_to_read(scmp_filter_ctx f, int call, unsigned flags)
{
    static const uint64_t writing[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    bool good = add_form(f, SCMP_ACT_ALLOW, call, flags, O_ACCMODE | O_CREAT | O_TRUNC, 0);

    for (size_t i = 0; i < LENGTH(writing); i++)
        good = good && add_form(f, SCMP_ACT_ERRNO(EACCES), call, flags, writing[i], writing[i]);
    return good;
}

/* What is allowed in one form alone.  clone3() hides its flags in memory, so it is said not to be
 * there and clone() is asked. */
static bool add_forms(scmp_filter_ctx f, bool reads)
{
    const uint32_t yes = SCMP_ACT_ALLOW, no = SCMP_ACT_ERRNO(EPERM);
    const uint64_t whole = UINT64_MAX;

    return add_form(f, yes, SCMP_SYS(mmap), 2, PROT_EXEC, 0) &&
           add_form(f, no, SCMP_SYS(mmap), 2, PROT_EXEC, PROT_EXEC) &&
           add_form(f, yes, SCMP_SYS(mprotect), 2, PROT_EXEC, 0) &&
           add_form(f, no, SCMP_SYS(mprotect), 2, PROT_EXEC, PROT_EXEC) &&
           add_form(f, yes, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD) &&
           seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           add_form(f, yes, SCMP_SYS(prlimit64), 0, whole, 0) &&
           add_form(f, yes, SCMP_SYS(prctl), 0, whole, PR_SET_NAME) &&
           (!reads ||
            (may_open_to_read(f, SCMP_SYS(openat), 2) && may_open_to_read(f, SCMP_SYS(open), 1)));
}

bool sandbox_calls_only(struct sandbox_calls allowed, struct sandbox_calls refused, bool reads)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

    must(filter != NULL);
    if (add_all(filter, SCMP_ACT_ALLOW, allowed) &&
        add_all(filter, SCMP_ACT_ERRNO(EPERM), refused) && add_forms(filter, reads))
        return put_in_force(filter);
    seccomp_release(filter);
    return false;
}

/* --- a filter made beforehand --- */

enum { FILTER_MAX = 4096 }; /* the kernel's BPF_MAXINSNS */

struct sandbox_filter {
    struct sock_filter v[FILTER_MAX];
    size_t n;
};

/* What makes or changes something on a disk, beside open(); what begins a process or reaches
 * another. */
static const int makes[] = {
    SCMP_SYS(creat),
    SCMP_SYS(openat2),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(truncate),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(utime),
    SCMP_SYS(utimes),
    SCMP_SYS(futimesat),
    SCMP_SYS(utimensat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr),
    SCMP_SYS(fremovexattr),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(tgkill),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(pidfd_send_signal),
};

static bool add_bounds(scmp_filter_ctx f)
{
    static const uint64_t writing[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    const uint32_t no = SCMP_ACT_ERRNO(EPERM);
    bool good = true;

    for (size_t i = 0; i < LENGTH(writing); i++)
        good = good && add_form(f, no, SCMP_SYS(openat), 2, writing[i], writing[i]) &&
               add_form(f, no, SCMP_SYS(open), 1, writing[i], writing[i]);
    return good && add_form(f, no, SCMP_SYS(clone), 0, CLONE_THREAD, 0) &&
           seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           add_form(f, no, SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCSTI) &&
           seccomp_rule_add(f, no, SCMP_SYS(prlimit64), 1, SCMP_CMP(0, SCMP_CMP_NE, 0, 0)) == 0;
}

/* libseccomp gives its program to a descriptor alone. */
static bool export_to(scmp_filter_ctx filter, struct sandbox_filter *out)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    ssize_t n = -1;

    if (fd < 0)
        return false;
    if (seccomp_export_bpf(filter, fd) == 0)
        n = pread(fd, out->v, sizeof out->v, 0);
    close(fd);
    out->n = n > 0 ? (size_t)n / sizeof out->v[0] : 0;
    return out->n > 0;
}

struct sandbox_filter *sandbox_filter_new(struct sandbox_calls refused)
{
    const uint32_t no = SCMP_ACT_ERRNO(EPERM);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    struct sandbox_filter *f = calloc(1, sizeof *f);
    bool good;

    must(filter != NULL && f != NULL);
    good = add_all(filter, no, refused) &&
           add_all(filter, no, (struct sandbox_calls){powers, LENGTH(powers)}) &&
           add_all(filter, no, (struct sandbox_calls){makes, LENGTH(makes)}) &&
           add_bounds(filter) && export_to(filter, f);
    seccomp_release(filter);
    if (good)
        return f;
    free(f);
    return NULL;
}

bool sandbox_filter_on(const struct sandbox_filter *f)
{
    struct sock_fprog program = {.len = (unsigned short)f->n,
                                 .filter = (struct sock_filter *)(uintptr_t)f->v};

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
