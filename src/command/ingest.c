#include "command/words.h"

#include "wire/intake.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BAR_WIDTH = 30 };

struct run {
    struct intake *in;
    bool quiet, shows_bar;
    size_t files;  /* that there are */
    size_t missed; /* that could not be read */
};

static void clear_bar(const struct run *r)
{
    if (r->shows_bar)
        fprintf(stderr, "\r\x1b[K");
}

static void draw_bar(const struct run *r)
{
    size_t done = intake_counts(r->in).files;
    size_t full = r->files == 0 ? 0 : done * BAR_WIDTH / r->files;

    if (!r->shows_bar)
        return;
    fprintf(stderr, "\r[");
    for (size_t i = 0; i < BAR_WIDTH; i++)
        fputc(i < full ? '=' : ' ', stderr);
    fprintf(stderr, "] %zu of %zu files", done, r->files);
}

/* One line an item: dialect, guid, version, headline, what was done. */
static void tell(void *of, const struct intake_told *t)
{
    struct run *r = of;

    if (r->quiet && t->reason.n == 0)
        return;
    clear_bar(r);
    if (t->reason.n > 0)
        printf("%.*s\t%.*s\t-\t%.*s:%d\t%.*s: %.*s\n", STR(t->dialect),
               STR(t->guid.n > 0 ? t->guid : S("-")), STR(t->file), t->line, STR(t->done),
               STR(t->reason));
    else if (t->story != 0)
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s (story %lld)\n", STR(t->dialect), STR(t->guid),
               STR(t->version), STR(t->headline), STR(t->done), (long long)t->story);
    else
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR(t->dialect), STR(t->guid), STR(t->version),
               STR(t->headline), STR(t->done));
    fflush(stdout);
}

static int by_name(const FTSENT **x, const FTSENT **y)
{
    return strcmp((*x)->fts_name, (*y)->fts_name);
}

/* Said, and counted; the rest goes on. */
static void miss(struct run *r, const char *path, const char *reason)
{
    clear_bar(r);
    fprintf(stderr, "broadsheet ingest: %s: %s\n", path, reason);
    r->missed++;
}

static bool cannot_be_read(const FTSENT *f)
{
    return f->fts_info == FTS_DNR || f->fts_info == FTS_ERR || f->fts_info == FTS_NS ||
           f->fts_info == FTS_SLNONE;
}

/* Every file below `path` that is not hidden, in order of name, links followed; or only count
 * them. */
static err walk(struct run *r, const char *root, const char *path, bool count_only, note *why)
{
    char *paths[] = {(char *)(uintptr_t)path, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    err e = OK;

    if (tree == NULL)
        return fail(why, E_IO, "cannot look into %s", path);
    for (FTSENT *f; e == OK && (f = fts_read(tree)) != NULL;) {
        if (f->fts_level > 0 && f->fts_name[0] == '.')
            fts_set(tree, f, FTS_SKIP);
        else if (count_only)
            r->files += f->fts_info == FTS_F;
        else if (f->fts_info == FTS_F) {
            e = intake_add(r->in, root, f->fts_path, why);
            draw_bar(r);
        } else if (cannot_be_read(f)) {
            miss(r, f->fts_path, f->fts_errno != 0 ? strerror(f->fts_errno) : "leads nowhere");
        }
    }
    fts_close(tree);
    return e;
}

/* Pictures may lie beside the folder or file that was named. */
static const char *root_of(arena *a, const char *path)
{
    return str_z(a, str_fmt(a, "%s/..", path));
}

static err take(struct run *r, arena *a, char **paths, int n, note *why)
{
    for (int i = 0; i < n; i++) {
        struct stat st;

        if (stat(paths[i], &st) != 0) {
            miss(r, paths[i], strerror(errno));
        } else if (S_ISREG(st.st_mode)) {
            str folder = str_c(paths[i]);
            ptrdiff_t slash = str_find_last(folder, '/');

            folder = slash < 0 ? S(".") : str_to(folder, (size_t)slash + 1);
            TRY(intake_add(r->in, root_of(a, str_z(a, folder)), paths[i], why));
            draw_bar(r);
        } else if (!S_ISDIR(st.st_mode)) {
            miss(r, paths[i], "neither a file nor a folder");
        } else {
            TRY(walk(r, root_of(a, paths[i]), paths[i], false, why));
        }
    }
    return intake_flush(r->in, why);
}

static void summary(const struct run *r)
{
    struct intake_counts c = intake_counts(r->in);

    clear_bar(r);
    printf("%zu files, %zu items", c.files, c.items);
    for (int i = 0; i < WIRE_OUTCOMES; i++)
        if (c.of_outcome[i] > 0)
            printf(", %zu %.*s", c.of_outcome[i], STR(wire_outcome_word((enum wire_outcome)i)));
    printf("; %zu quarantined", c.quarantined);
    if (c.refused > 0)
        printf(", %zu refused", c.refused);
    if (r->missed > 0)
        printf(", %zu could not be read", r->missed);
    printf("\n");
}

static int run_ingest(const struct command *c, const char *data, bool publish, bool quiet,
                      char **paths, int n)
{
    struct house h;
    struct media_library library;
    struct run r = {.quiet = quiet, .shows_bar = isatty(STDERR_FILENO) && !quiet};
    note why = {0};
    err e = OK;

    if (!house_open(&h, c, data, false))
        return EXIT_FAILED;
    e = media_library_open(h.a, data, &library, &why);

    struct intake_options options = {.store = h.store,
                                     .db = h.db,
                                     .library = &library,
                                     .publish = publish,
                                     .tell = tell,
                                     .of = &r};

    r.in = intake_new(&options);
    for (int i = 0; e == OK && i < n; i++)
        e = walk(&r, NULL, paths[i], true, &why);
    if (e == OK)
        e = take(&r, h.a, paths, n, &why);
    summary(&r);
    command_settle(c, &h);

    struct intake_counts counts = intake_counts(r.in);

    intake_free(&r.in);
    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    return counts.quarantined + counts.refused + r.missed == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int ingest(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    bool publish = false, quiet = false;
    const struct word words[] = {
        DATA_WORD(&data),
        {"publish", NULL, "publish what is usable: at once, or when its embargo ends",
         .flag = &publish},
        {"quiet", NULL, "print only what was quarantined, and the summary", .flag = &quiet},
        {.help = "The data folder is made when it is new.  Prints a line an item: dialect, guid, "
                 "version, headline, what was done.  What cannot be read is set aside in "
                 "quarantine with the reason, and the rest goes on."},
        {.help = "Exit code 0 when everything could be read and nothing went to quarantine."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    return done >= 0 ? done : run_ingest(c, data, publish, quiet, argv, argc);
}

const struct command command_ingest = {
    "ingest", "FILE|DIR...",
    "Take copy in: NewsML-G2, NITF, ninjs, RSS, Atom, web pages, plain text, pictures.", ingest};
