#include "command/backup.h"
#include "command/command.h"

#include "media/library.h"
#include "store/copy.h"
#include "store/sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROBLEMS_MAX = 1000 };

struct looking {
    arena *a;
    const char *folder;
    const struct backup_list *list;
    struct store_problems found;
};

static void add(struct looking *k, str problem)
{
    if (k->found.v == NULL)
        k->found.v = arena_many(k->a, str, PROBLEMS_MAX);
    if (k->found.n < PROBLEMS_MAX)
        k->found.v[k->found.n++] = problem;
}

err backup_read(arena *a, const char *folder, struct backup_list *list, note *why)
{
    const char *path = backup_at(a, folder, "", S("manifest"));
    note cause = {0};
    str text;

    if (access(path, F_OK) != 0)
        return fail(why, E_MISSING, "%s is not a backup, or one that was never finished: %s: %s",
                    folder, path, strerror(errno));
    TRY(command_read(a, path, BACKUP_LIST_MAX, &text, why));

    err e = backup_list_read(a, text, list, &cause);

    return e == OK ? OK : fail(why, e, "%s: %s", path, cause.text);
}

err backup_originals(arena *a, const char *database, struct backup_files *needed, note *why)
{
    struct media_library nowhere = {.folder = ""};
    struct sql_media_files_rows rows;
    store *s;
    store_conn *c = NULL;

    TRY(store_copy_open(database, &s, why));

    err e = store_conn_open(s, &c, why);

    if (e == OK && (e = sql_media_files(a, c, &rows)) != OK)
        e = fail(why, e, "cannot read the pictures of %s: %s", database, store_why(c));
    for (size_t i = 0; e == OK && i < rows.n; i++) {
        const char *path =
            media_original_path(a, &nowhere, rows.v[i].fingerprint, rows.v[i].extension);

        backup_files_add(
            a, needed,
            (struct backup_file){.path = str_c(path + 1), .fingerprint = rows.v[i].fingerprint});
    }
    store_conn_close(&c);
    store_close(&s);
    return e;
}

/* Size, and where it has one, fingerprint. */
static bool look_at(struct looking *k, const char *path, int64_t size, str wanted)
{
    struct stat st;
    str print;
    note why = {0};

    if (lstat(path, &st) != 0)
        add(k, str_fmt(k->a, "%s: %s", path, strerror(errno)));
    else if (!S_ISREG(st.st_mode) || st.st_size != size)
        add(k, str_fmt(k->a, "%s has %lld bytes, but had %lld", path, (long long)st.st_size,
                       (long long)size));
    else if (wanted.n == 0)
        return true;
    else if (backup_fingerprint(k->a, path, &print, &why) != OK)
        add(k, str_fmt(k->a, "%s", why.text));
    else if (!str_eq(print, wanted))
        add(k, str_fmt(k->a, "%s is damaged: its bytes are not those that were kept", path));
    else
        return true;
    return false;
}

/* "ab/FINGERPRINT/original.jpg" says itself what is in it. */
static str print_of(str path)
{
    str above, print = {0};

    if (str_find(path, S("/original.")) < 0 || !str_cut(&path, '/', &above) ||
        !str_cut(&path, '/', &print))
        return (str){0};
    return print;
}

static int by_path(const void *x, const void *y)
{
    return str_order(((const struct backup_file *)x)->path, ((const struct backup_file *)y)->path);
}

static bool is_in(struct backup_files *files, struct backup_file one)
{
    return files->n > 0 && bsearch(&one, files->v, files->n, sizeof one, by_path) != NULL;
}

/* What the database needs is what the manifest names. */
static err look_for_originals(struct looking *k, const char *database, note *why)
{
    struct backup_files needed = {0}, media = k->list->media, lacking = k->list->lacking;

    TRY(backup_originals(k->a, database, &needed, why));
    if (media.n > 0)
        qsort(media.v, media.n, sizeof *media.v, by_path);
    if (lacking.n > 0)
        qsort(lacking.v, lacking.n, sizeof *lacking.v, by_path);
    for (size_t i = 0; i < needed.n; i++)
        if (!is_in(&media, needed.v[i]) && !is_in(&lacking, needed.v[i]))
            add(k, str_fmt(k->a, "media/%.*s is in the database, but not in the manifest",
                           STR(needed.v[i].path)));
    return OK;
}

static err look_into_database(struct looking *k, const char *database, note *why)
{
    struct store_problems found = {0};
    struct store_copy_facts facts;
    store *s;
    store_conn *c = NULL;

    TRY(store_copy_open(database, &s, why));

    err e = store_check(k->a, s, &found, why);

    if (e == OK)
        e = store_conn_open(s, &c, why);
    if (e == OK)
        e = store_copy_facts(c, &facts, why);
    store_conn_close(&c);
    store_close(&s);
    TRY(e);
    for (size_t i = 0; i < found.n; i++)
        add(k, found.v[i]);
    if (facts.schema != k->list->schema || facts.event != k->list->event)
        add(k, S("the database is not the one that the manifest tells of"));
    return look_for_originals(k, database, why);
}

err backup_verify(arena *a, const char *folder, const struct backup_list *list,
                  struct store_problems *found, note *why)
{
    struct looking k = {.a = a, .folder = folder, .list = list};
    const char *database = backup_database(a, folder, list->database.fingerprint);

    if (look_at(&k, database, list->database.size, list->database.fingerprint))
        TRY(look_into_database(&k, database, why));
    for (size_t i = 0; i < list->others.n; i++) {
        const struct backup_file *f = &list->others.v[i];

        (void)look_at(&k, backup_at(a, folder, "other/", f->fingerprint), f->size, f->fingerprint);
    }
    for (size_t i = 0; i < list->media.n; i++) {
        const struct backup_file *f = &list->media.v[i];

        (void)look_at(&k, backup_at(a, folder, "media/", f->path), f->size, print_of(f->path));
    }
    *found = k.found;
    return OK;
}
