/*
 * restore.c - `broadsheet restore FROM`: looked through first, put together beside the place where
 * it is wanted, and only then moved there.  Nothing in FROM is changed.
 */
#include "command/backup.h"
#include "command/words.h"

#include "store/copy.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct restoring {
    arena *a;
    const char *from, *data;
    const char *making; /* beside `data` */
    bool over;
    struct backup_list list;
    const char *aside; /* where the old one went; NULL: there was none */
};

/* --- where it goes --- */

static bool is_free(const char *folder)
{
    return backup_is_empty(folder) || access(folder, F_OK) != 0;
}

static err look_at_place(struct restoring *r, note *why)
{
    struct stat st;

    if (lstat(r->making, &st) == 0)
        return fail(why, E_CONFLICT,
                    "%s is left of a restore that did not end: remove it and try again", r->making);
    if (lstat(r->data, &st) == 0 && !S_ISDIR(st.st_mode))
        return fail(why, E_CONFLICT, "%s is no folder", r->data);
    if (store_is_served(r->data))
        return fail(why, E_CONFLICT, "%s is served: stop the paper first", r->data);
    if (!r->over && !is_free(r->data))
        return fail(why, E_CONFLICT, "%s is not empty; --over moves it aside", r->data);
    return OK;
}

static err move_aside(struct restoring *r, note *why)
{
    struct stat st;

    if (is_free(r->data))
        return OK;
    for (int i = 1; i < 1000; i++) {
        const char *aside = str_z(r->a, str_fmt(r->a, "%s.before-restore-%d", r->data, i));

        if (lstat(aside, &st) == 0)
            continue;
        if (rename(r->data, aside) != 0)
            return fail(why, E_IO, "could not move %s aside: %s", r->data, strerror(errno));
        r->aside = aside;
        return OK;
    }
    return fail(why, E_LIMIT, "too many folders %s.before-restore-N", r->data);
}

/* --- putting it together --- */

static err put_media(struct restoring *r, note *why)
{
    bool linked;

    for (size_t i = 0; i < r->list.media.n; i++) {
        str path = r->list.media.v[i].path;
        const char *to = backup_at(r->a, r->making, "media/", path);

        TRY(backup_folders(r->a, r->making, to, why));
        TRY(backup_link(r->a, backup_at(r->a, r->from, "media/", path), to, &linked, why));
    }
    return OK;
}

static err put_others(struct restoring *r, note *why)
{
    for (size_t i = 0; i < r->list.others.n; i++) {
        const struct backup_file *f = &r->list.others.v[i];
        const char *to = backup_at(r->a, r->making, "", f->path);

        TRY(backup_folders(r->a, r->making, to, why));
        TRY(backup_copy(r->a, backup_at(r->a, r->from, "other/", f->fingerprint), to,
                        (unsigned)f->mode, why));
    }
    return OK;
}

/* The database will be written: never a second name of the backup's. */
static err put_database(struct restoring *r, note *why)
{
    const char *to = backup_at(r->a, r->making, "", S("paper.db"));
    str print;

    TRY(backup_copy(r->a, backup_database(r->a, r->from, r->list.database.fingerprint), to, 0600,
                    why));
    TRY(backup_fingerprint(r->a, to, &print, why));
    return str_eq(print, r->list.database.fingerprint)
               ? OK
               : fail(why, E_IO, "%s is not what was copied: look after the disk", to);
}

static err put_together(struct restoring *r, note *why)
{
    if (mkdir(r->making, 0700) != 0)
        return fail(why, E_IO, "could not make the folder %s: %s", r->making, strerror(errno));
    TRY(put_others(r, why));
    TRY(put_media(r, why));
    TRY(put_database(r, why));
    TRY(restored_mark(r->a, r->making, clock_now(&(clock_source){0}), r->list.event, why));
    return backup_sync(r->making, why);
}

static void take_apart(const char *folder)
{
    char copy[4096];
    char *paths[] = {copy, NULL};

    snprintf(copy, sizeof copy, "%s", folder);

    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

    for (FTSENT *f; tree != NULL && (f = fts_read(tree)) != NULL;)
        if (f->fts_info == FTS_DP)
            rmdir(f->fts_path);
        else if (f->fts_info != FTS_D)
            unlink(f->fts_path);
    if (tree != NULL)
        fts_close(tree);
}

static err move_in(struct restoring *r, note *why)
{
    TRY(move_aside(r, why));
    if (rename(r->making, r->data) == 0)
        return OK;

    int cause = errno;

    if (r->aside != NULL && rename(r->aside, r->data) == 0)
        r->aside = NULL;
    return fail(why, E_IO, "could not move %s to %s: %s", r->making, r->data, strerror(cause));
}

/* --- the commands --- */

static err look_through(arena *a, const char *from, struct backup_list *list, size_t *problems,
                        note *why)
{
    struct store_problems found = {0};

    TRY(backup_read(a, from, list, why));
    TRY(backup_verify(a, from, list, &found, why));
    for (size_t i = 0; i < found.n; i++)
        printf("%.*s\n", STR(found.v[i]));
    for (size_t i = 0; i < list->lacking.n; i++)
        printf("media/%.*s was missing already when the backup was made\n",
               STR(list->lacking.v[i].path));
    *problems = found.n;
    return OK;
}

static err restore_to(struct restoring *r, note *why)
{
    size_t problems = 0;

    TRY(look_at_place(r, why));
    TRY(look_through(r->a, r->from, &r->list, &problems, why));
    if (problems > 0)
        return fail(why, E_INVALID, "%s is damaged (%zu problems); nothing was restored", r->from,
                    problems);

    err e = put_together(r, why);

    if (e == OK)
        e = move_in(r, why);
    if (e != OK)
        take_apart(r->making);
    return e;
}

static int restore(const struct command *c, int argc, char **argv)
{
    struct restoring r = {.data = command_data_folder()};
    const struct word words[] = {
        DATA_WORD(&r.data),
        {"over", NULL, "move what is there aside, to DIR.before-restore-N", .flag = &r.over},
        {.help = "DIR is new or empty.  The backup is looked through first and never changed.  "
                 "Stop the paper before.  What was killed or withdrawn after the backup is public "
                 "again: see to that before you serve it.  What waited to be sent when the backup "
                 "was made is not sent: `broadsheet check` names it then."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);
    note why = {0};

    if (done >= 0)
        return done;
    umask(0077);
    r.a = arena_new(BACKUP_ARENA);
    r.data = backup_folder(r.a, r.data);
    r.from = backup_folder(r.a, argv[0]);
    r.making = str_z(r.a, str_fmt(r.a, "%s.restoring", r.data));

    err e = restore_to(&r, &why);

    if (e == OK && r.aside != NULL)
        printf("what was in %s is now in %s\n", r.data, r.aside);
    if (e == OK)
        printf("%s: event %lld, schema %lld, %zu files of media, %zu others\n", r.data,
               (long long)r.list.event, (long long)r.list.schema, r.list.media.n, r.list.others.n);
    done = e == OK ? EXIT_DONE : command_failed(c, e, &why);
    arena_free(&r.a);
    return done;
}

int backup_check(const struct command *c, const char *folder)
{
    arena *a = arena_new(BACKUP_ARENA);
    const char *from = backup_folder(a, folder);
    struct backup_list list;
    note why = {0};
    size_t problems = 0;
    err e = look_through(a, from, &list, &problems, &why);
    int done = e == OK ? EXIT_DONE : command_failed(c, e, &why);

    if (e == OK) {
        problems += list.lacking.n;
        printf("%s: event %lld, schema %lld, %zu files of media: %zu problems\n", from,
               (long long)list.event, (long long)list.schema, list.media.n, problems);
        done = problems == 0 ? EXIT_DONE : EXIT_FAILED;
    }
    arena_free(&a);
    return done;
}

const struct command command_restore = {"restore", "FROM", "Make a data folder from a backup.",
                                        restore};
