#include "command/confine.h"

#include "base/log.h"
#include "base/sandbox.h"
#include "base/str.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES_MAX = 400 };

/* --- places --- */

struct places {
    struct sandbox_place v[PLACES_MAX];
    size_t n;
};

/* What every program on the machine reads: libraries, fonts, time zones, names of hosts,
 * certificates of others, the processors' number. */
static const struct sandbox_place usual[] = {
    {"/usr", SANDBOX_RUN},
    {"/lib", SANDBOX_RUN},
    {"/lib64", SANDBOX_RUN},
    {"/bin", SANDBOX_RUN},
    {"/opt", SANDBOX_RUN},
    {"/etc", SANDBOX_READ},
    {"/var/cache", SANDBOX_READ},
    {"/run/systemd/resolve", SANDBOX_READ},
    {"/run/resolvconf", SANDBOX_READ},
    {"/run/NetworkManager", SANDBOX_READ},
    {"/run/credentials", SANDBOX_READ},
    {"/run/secrets", SANDBOX_READ},
    {"/proc", SANDBOX_READ},
    {"/sys/devices/system", SANDBOX_READ},
    {"/sys/fs/cgroup", SANDBOX_READ},
    {"/dev/urandom", SANDBOX_READ},
    {"/dev/null", SANDBOX_WRITE},
    {"/dev/zero", SANDBOX_READ},
};

static void add(struct places *p, const char *path, enum sandbox_may may)
{
    if (path != NULL && path[0] != '\0' && p->n < PLACES_MAX)
        p->v[p->n++] = (struct sandbox_place){path, may};
}

/* The folders of a variable like PATH. */
static void add_list(arena *a, struct places *p, const char *name)
{
    const char *value = getenv(name);
    str rest = value != NULL ? str_c(value) : S(""), folder;

    while (str_cut(&rest, ':', &folder))
        if (folder.n > 0)
            add(p, str_z(a, folder), SANDBOX_RUN);
}

/* Where this program lies: it may be started once more, when it was replaced as well. */
static void add_self(arena *a, struct places *p)
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    str path = n > 0 ? str_of(self, (size_t)n) : S("");
    ptrdiff_t slash = str_find_last(path, '/');

    if (slash > 0)
        add(p, str_z(a, str_to(path, (size_t)slash)), SANDBOX_RUN);
}

static void gather(arena *a, const struct confine_words *w, struct places *p)
{
    for (size_t i = 0; i < LENGTH(usual); i++)
        p->v[p->n++] = usual[i];
    if (IS_SANITISED)
        add(p, ".", SANDBOX_READ); /* the lists of what a sanitiser is not to tell lie here */
    add(p, w->data, SANDBOX_WRITE);
    for (size_t i = 0; i < w->other_n; i++)
        add(p, w->others[i], SANDBOX_READ);
    add_self(a, p);
    add_list(a, p, "PATH");
    add_list(a, p, "LD_LIBRARY_PATH");
    add(p, getenv("XDG_CACHE_HOME"), SANDBOX_READ);
    add(p, getenv("SSL_CERT_FILE"), SANDBOX_READ);
    add(p, getenv("SSL_CERT_DIR"), SANDBOX_READ);
}

void confine_add(struct confine_words *w, const char *folder)
{
    if (folder != NULL && w->other_n < CONFINE_OTHERS_MAX)
        w->others[w->other_n++] = folder;
}

static const char *folder_of(arena *a, const char *file)
{
    ptrdiff_t slash = str_find_last(str_c(file), '/');

    return slash < 0 ? "." : slash == 0 ? "/" : str_z(a, str_to(str_c(file), (size_t)slash));
}

void confine_add_file(arena *a, struct confine_words *w, const char *file)
{
    char *real = realpath(file, NULL);

    confine_add(w, folder_of(a, file));
    if (real != NULL)
        confine_add(w, folder_of(a, str_z(a, str_c(real))));
    free(real);
}

/* --- calls --- */

/* Beside what sandbox_calls_without() refuses by itself. */
static const int refused[] = {
#if !IS_SANITISED
    SCMP_SYS(ptrace), /* a sanitiser looks for leaks with it */
#endif
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
};

err confine(arena *a, const struct confine_words *w, note *why)
{
    struct places places = {0};
    int landlock = 0;
    bool seccomp = false;

    if (mkdir(w->data, 0700) != 0 && errno != EEXIST)
        return fail(why, E_IO, "cannot create the data folder %s: %s", w->data, strerror(errno));
    gather(a, w, &places);
    if (sandbox_no_new_rights()) {
        landlock = sandbox_places(places.v, places.n);
        seccomp = sandbox_calls_without((struct sandbox_calls){refused, LENGTH(refused)});
    }
    log_event(landlock > 0 && seccomp ? LOG_confined : LOG_confined_less,
              "landlock=%d places=%zu seccomp=%d", landlock, landlock > 0 ? places.n : 0, seccomp);
    return OK;
}
