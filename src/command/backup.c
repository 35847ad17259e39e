/*
 * backup.c - `broadsheet backup TO`: the database first, then the media that it names, then what
 * else lies in the data folder, then the manifest; only then is swept what no manifest names.
 */
#include "command/backup.h"
#include "command/words.h"

#include "media/keep.h"
#include "store/copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef BROADSHEET_VERSION
#define BROADSHEET_VERSION "0.1.0"
#endif

static const char mark_name[] = "broadsheet-backup";

struct backing_up {
    arena *a;
    const char *data, *to;
    int mark; /* the file that says whose folder it is; locked */
    struct backup_list list;
    struct backup_list before; /* what TO holds; nothing where that cannot be read */
    size_t linked, copied, left_out;
};

/* --- the folder --- */

/* Neither may lie in the other: the backup would be part of itself. */
static err look_apart(struct backing_up *b, note *why)
{
    char *data = realpath(b->data, NULL), *to = realpath(b->to, NULL);
    str x = data != NULL ? str_fmt(b->a, "%s/", data) : (str){0};
    str y = to != NULL ? str_fmt(b->a, "%s/", to) : (str){0};
    bool apart = x.n > 0 && y.n > 0 && !str_starts(x, y) && !str_starts(y, x);

    free(data);
    free(to);
    return apart ? OK
                 : fail(why, E_INVALID,
                        "the backup needs a folder of its own, outside %s and not around it",
                        b->data);
}

/* What is swept later is ours: only a folder that was empty becomes a backup. */
static err take_folder(struct backing_up *b, note *why)
{
    const char *mark = backup_at(b->a, b->to, "", str_c(mark_name));

    if (mkdir(b->to, 0700) != 0 && errno != EEXIST)
        return fail(why, E_IO, "could not make the folder %s: %s", b->to, strerror(errno));
    TRY(look_apart(b, why));
    if (access(mark, F_OK) != 0 && !backup_is_empty(b->to))
        return fail(why, E_INVALID, "%s is no backup and not empty: name a folder that is new",
                    b->to);
    b->mark = open(mark, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (b->mark < 0)
        return fail(why, E_IO, "could not write %s: %s", mark, strerror(errno));
    if (flock(b->mark, LOCK_EX | LOCK_NB) != 0)
        return fail(why, E_BUSY, "another backup to %s is under way", b->to);
    return OK;
}

/* --- the database --- */

static err sync_file(const char *path, note *why)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    struct stat st;
    bool done = fd >= 0 && fsync(fd) == 0 && fstat(fd, &st) == 0;
    int cause = errno;

    if (fd >= 0)
        close(fd);
    return done ? OK : fail(why, E_IO, "could not write %s: %s", path, strerror(cause));
}

static err read_facts(struct backing_up *b, const char *path, note *why)
{
    struct store_copy_facts facts;
    store *s;
    store_conn *c = NULL;

    TRY(store_copy_open(path, &s, why));

    err e = store_conn_open(s, &c, why);

    if (e == OK)
        e = store_copy_facts(c, &facts, why);
    store_conn_close(&c);
    store_close(&s);
    TRY(e);
    b->list.schema = facts.schema;
    b->list.event = facts.event;
    return OK;
}

static err copy_database(struct backing_up *b, const char *part, note *why)
{
    struct backup_file *db = &b->list.database;
    struct stat st;

    TRY(store_copy(b->data, part, why));
    TRY(sync_file(part, why));
    TRY(read_facts(b, part, why));
    TRY(backup_fingerprint(b->a, part, &db->fingerprint, why));
    if (stat(part, &st) != 0)
        return fail(why, E_IO, "could not read %s: %s", part, strerror(errno));
    db->size = st.st_size;
    if (rename(part, backup_database(b->a, b->to, db->fingerprint)) != 0)
        return fail(why, E_IO, "could not rename %s: %s", part, strerror(errno));
    return OK;
}

static err take_database(struct backing_up *b, note *why)
{
    const char *part = backup_at(b->a, b->to, "", S("paper.db.part"));

    unlink(part);

    err e = copy_database(b, part, why);

    if (e != OK)
        unlink(part);
    return e;
}

/* --- media --- */

static int by_path(const void *x, const void *y)
{
    return str_order(((const struct backup_file *)x)->path, ((const struct backup_file *)y)->path);
}

static const struct backup_file *find(const struct backup_files *sorted, str path)
{
    struct backup_file one = {.path = path};

    return sorted->n == 0 ? NULL : bsearch(&one, sorted->v, sorted->n, sizeof one, by_path);
}

static void sort(struct backup_files *files)
{
    if (files->n > 0)
        qsort(files->v, files->n, sizeof *files->v, by_path);
}

/* A width that was made a second time may differ; the one that the last manifest names stays. */
static bool is_kept(const struct backing_up *b, str path, const char *to, int64_t *size)
{
    const struct backup_file *before = find(&b->before.media, path);
    struct stat st;

    if (lstat(to, &st) != 0 || !S_ISREG(st.st_mode) ||
        (st.st_size != *size && (before == NULL || st.st_size != before->size)))
        return false;
    *size = st.st_size;
    return true;
}

/* One file of a picture, if the backup does not have it yet. */
static err take_file(struct backing_up *b, str path, note *why)
{
    const char *from = backup_at(b->a, b->data, "media/", path);
    const char *to = backup_at(b->a, b->to, "media/", path);
    struct stat st;
    int64_t size;
    bool linked = false;

    if (lstat(from, &st) != 0 || !S_ISREG(st.st_mode))
        return OK; /* what is made of a crop goes with it */
    size = st.st_size;
    if (!is_kept(b, path, to, &size)) {
        unlink(to);
        TRY(backup_folders(b->a, b->to, to, why));

        err e = backup_link(b->a, from, to, &linked, why);

        if (e == E_MISSING)
            return OK;
        TRY(e);
        b->linked += linked;
        b->copied += !linked;
    }
    backup_files_add(b->a, &b->list.media, (struct backup_file){.path = path, .size = size});
    return OK;
}

/* All that there is of a picture; `original`: "ab/FINGERPRINT/original.jpg". */
static err take_picture(struct backing_up *b, str original, note *why)
{
    str below = str_to(original, (size_t)str_find_last(original, '/'));
    DIR *folder = opendir(backup_at(b->a, b->data, "media/", below));
    size_t before = b->list.media.n;
    bool whole = false;
    err e = OK;

    for (struct dirent *d; folder != NULL && e == OK && (d = readdir(folder)) != NULL;) {
        str name = str_c(d->d_name);
        str path = str_fmt(b->a, "%.*s/%s", STR(below), d->d_name);

        if (name.p[0] != '.' && !str_ends(name, S(".part")) && backup_path_ok(path))
            e = take_file(b, path, why);
    }
    if (folder != NULL)
        closedir(folder);
    TRY(e);
    for (size_t i = before; i < b->list.media.n; i++)
        whole = whole || str_eq(b->list.media.v[i].path, original);
    if (!whole)
        backup_files_add(b->a, &b->list.lacking, (struct backup_file){.path = original});
    return OK;
}

static err take_media(struct backing_up *b, note *why)
{
    struct backup_files named = {0};

    TRY(backup_originals(b->a, backup_database(b->a, b->to, b->list.database.fingerprint), &named,
                         why));
    sort(&named);
    for (size_t i = 0; i < named.n; i++)
        if (i == 0 || !str_eq(named.v[i].path, named.v[i - 1].path))
            TRY(take_picture(b, named.v[i].path, why));
    return OK;
}

/* --- what else lies there --- */

/* What means nothing elsewhere, or is made anew; below the data folder. */
static bool is_passing(str path)
{
    static const char *const names[] = {
        "paper.db",     "paper.db-wal", "paper.db-shm", "paper.db-journal",
        "migrate.lock", "serve.lock",   "wake.sock",    "wake",
        "top.sock",     "media",        "uploads"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq(path, str_c(names[i])))
            return true;
    return str_starts(path, S("backup-before-")) || str_ends(path, S(".part"));
}

static err take_other(struct backing_up *b, str path, unsigned mode, note *why)
{
    const char *from = backup_at(b->a, b->data, "", path);
    const char *passing = backup_at(b->a, b->to, "other/", S("taken"));
    struct backup_file f = {.path = path, .mode = mode & 0777};
    struct stat st;
    err e;

    TRY(backup_folders(b->a, b->to, passing, why));
    e = backup_copy(b->a, from, passing, 0600, why);
    if (e == E_MISSING)
        return OK;
    TRY(e);
    TRY(backup_fingerprint(b->a, passing, &f.fingerprint, why));
    if (stat(passing, &st) != 0 ||
        rename(passing, backup_at(b->a, b->to, "other/", f.fingerprint)) != 0)
        return fail(why, E_IO, "could not rename %s: %s", passing, strerror(errno));
    f.size = st.st_size;
    backup_files_add(b->a, &b->list.others, f);
    return OK;
}

static err take_one(struct backing_up *b, FTS *tree, FTSENT *f, note *why)
{
    str path = str_dup(b->a, str_from(str_c(f->fts_path), strlen(b->data) + 1));

    if (f->fts_level == 0 || f->fts_info == FTS_DP)
        return OK;
    if (f->fts_level == 1 && is_passing(path))
        return fts_set(tree, f, FTS_SKIP), OK;
    if (f->fts_info == FTS_DNR || f->fts_info == FTS_ERR)
        return fail(why, E_IO, "could not read %s: %s", f->fts_path, strerror(f->fts_errno));
    if (f->fts_info == FTS_D || f->fts_info == FTS_NS)
        return OK;
    if (f->fts_info == FTS_F && backup_path_ok(path))
        return take_other(b, path, f->fts_statp->st_mode, why);
    fprintf(stderr, "broadsheet backup: %s is left out: it is no plain file\n", f->fts_path);
    b->left_out++;
    return OK;
}

static err take_others(struct backing_up *b, note *why)
{
    char *paths[] = {str_z(b->a, str_c(b->data)), NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    err e = OK;

    if (tree == NULL)
        return fail(why, E_IO, "could not read %s: %s", b->data, strerror(errno));
    for (FTSENT *f; e == OK && (f = fts_read(tree)) != NULL;)
        e = take_one(b, tree, f, why);
    fts_close(tree);
    return e;
}

/* --- the manifest, and then the sweeping --- */

static err put_in_place(struct backing_up *b, note *why)
{
    const char *path = backup_at(b->a, b->to, "", S("manifest"));
    buf out = buf_new(b->a, BACKUP_LIST_MAX);

    backup_list_write(&out, &b->list);
    if (out.over)
        return fail(why, E_LIMIT, "there are too many files for one manifest");
    TRY(backup_sync(b->to, why)); /* all that it names, before it is there */
    return keep_file(b->a, path, buf_str(&out), why);
}

static bool is_named(const struct backing_up *b, str path)
{
    if (str_starts(path, S("media/")))
        return find(&b->list.media, str_from(path, 6)) != NULL;
    for (size_t i = 0; i < b->list.others.n; i++)
        if (str_eq(str_from(path, 6), b->list.others.v[i].fingerprint))
            return true;
    return false;
}

static bool is_rubbish(const struct backing_up *b, str path)
{
    if (str_starts(path, S("media/")) || str_starts(path, S("other/")))
        return !is_named(b, path);
    if (str_ends(path, S(".part"))) /* what was cut off: nobody else is at it */
        return true;
    return str_starts(path, S("paper-")) && str_ends(path, S(".db")) &&
           str_find(path, b->list.database.fingerprint) < 0;
}

static void sweep(struct backing_up *b)
{
    char *paths[] = {str_z(b->a, str_c(b->to)), NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);

    sort(&b->list.media);
    for (FTSENT *f; tree != NULL && (f = fts_read(tree)) != NULL;)
        if (f->fts_level > 0 && f->fts_info == FTS_DP)
            rmdir(f->fts_path); /* fails where something is in it */
        else if (f->fts_level > 0 && f->fts_info != FTS_D &&
                 is_rubbish(b, str_from(str_c(f->fts_path), strlen(b->to) + 1)))
            unlink(f->fts_path);
    if (tree != NULL)
        fts_close(tree);
}

static err back_up(struct backing_up *b, note *why)
{
    TRY(take_folder(b, why));
    err_ignore(backup_read(b->a, b->to, &b->before, NULL));
    sort(&b->before.media);
    TRY(take_database(b, why));
    TRY(take_media(b, why));
    TRY(take_others(b, why));
    TRY(put_in_place(b, why));
    sweep(b);
    return OK;
}

/* --- the command --- */

static int tell(const struct backing_up *b)
{
    const struct backup_list *l = &b->list;

    for (size_t i = 0; i < l->lacking.n; i++)
        printf("media/%.*s was not in %s\n", STR(l->lacking.v[i].path), b->data);
    printf("%s: event %lld, schema %lld; %zu files of media, %zu of them new (%zu linked, %zu "
           "copied); %zu others\n",
           b->to, (long long)l->event, (long long)l->schema, l->media.n, b->linked + b->copied,
           b->linked, b->copied, l->others.n);
    return l->lacking.n + b->left_out == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int backup(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    const struct word words[] = {
        DATA_WORD(&data),
        {.help = "TO is new, or holds the backup before this one, which stands until this one "
                 "does.  Pictures, films and sounds that it has are not copied again; on one disk "
                 "they share their bytes."},
        {.help = "Left out: uploads that are not finished, and what an upgrade kept "
                 "(backup-before-NNNN.db)."},
        {.help = "Exit code 1 also when a file was not there or left out; the backup then stands "
                 "without it."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);
    note why = {0};

    if (done >= 0)
        return done;
    umask(0077);

    arena *a = arena_new(BACKUP_ARENA);
    struct backing_up b = {
        .a = a,
        .data = backup_folder(a, data),
        .to = backup_folder(a, argv[0]),
        .mark = -1,
        .list = {.version = S(BROADSHEET_VERSION), .made_at = clock_now(&(clock_source){0})},
    };
    err e = back_up(&b, &why);

    done = e == OK ? tell(&b) : command_failed(c, e, &why);
    if (e != OK && access(backup_at(a, b.to, "", S("manifest")), F_OK) == 0)
        fprintf(stderr, "broadsheet backup: the backup before this one stands in %s as it was\n",
                b.to);
    if (b.mark >= 0)
        close(b.mark);
    arena_free(&a);
    return done;
}

const struct command command_backup = {
    "backup", "TO", "Keep the whole paper in another folder, also while it is served.", backup};
