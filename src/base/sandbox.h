/*
 * sandbox.h - what the process gives up for ever: new rights, files and folders (Landlock), system
 * calls (seccomp).
 *
 * Holds for the thread that asks, for the threads and programs that it starts, and cannot be taken
 * back; so before threads start.  Where the kernel has none of it (containers, old kernels) nothing
 * is given up, and the caller is told.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* No program run from here on has more rights than this one.  The others below want it first. */
bool sandbox_no_new_rights(void);

/* Everything beneath a folder, or one file.  RUN: to read and to run; WRITE: to read, to make, to
 * write and to remove. */
enum sandbox_may { SANDBOX_READ, SANDBOX_RUN, SANDBOX_WRITE };
struct sandbox_place {
    const char *path; /* one that is not there is passed over */
    enum sandbox_may may;
};

/* These places alone may be opened from now on (stat() is let through).  Asks for no memory.  The
 * version of Landlock's interface that is in force; 0: none. */
int sandbox_places(const struct sandbox_place *places, size_t n);

/* Calls by number: SCMP_SYS(name) of <seccomp.h>, also for those that this machine has not. */
struct sandbox_calls {
    const int *v;
    size_t n;
};

/* All calls but these, and those that a kernel has for who looks after a machine: modules, mounts,
 * clocks, keys, tracing of others.  They give EPERM. */
bool sandbox_calls_without(struct sandbox_calls refused);

/*
 * `allowed` alone; `refused` give EPERM, any other ends the process with SIGSYS.  Of those that
 * are allowed, clone() makes threads alone, prlimit() reaches nobody else, prctl() gives a thread
 * its name, nothing becomes memory that can be run; `reads`: files may be opened to be read.
 */
bool sandbox_calls_only(struct sandbox_calls allowed, struct sandbox_calls refused, bool reads);

/*
 * The same for a program of somebody else's, between fork() and exec(), where no memory can be
 * asked for: a filter that was made before.
 *
 * As sandbox_calls_without(); beside that nothing can be written or made, no process begun (threads
 * can), nothing said to another process, no other program's limits changed.  NULL: this machine has
 * no filters.
 */
struct sandbox_filter;
struct sandbox_filter *sandbox_filter_new(struct sandbox_calls refused);
bool sandbox_filter_on(const struct sandbox_filter *f);

#endif
