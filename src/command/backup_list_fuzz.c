/* backup_list_fuzz.c - any bytes as a manifest, with an end that fits: what is taken can be written
 * and read back, and no path leads out. */
#include "base/fuzz.h"
#include "command/backup_list.h"

static void check_paths(const struct backup_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        must(backup_path_ok(files->v[i].path));
}

FUZZ(a, bytes, (size_t)1 << 30)
{
    buf whole = buf_new(a, BACKUP_LIST_MAX), again = buf_new(a, BACKUP_LIST_MAX);
    struct backup_list list, back;

    err_ignore(backup_list_read(a, bytes, &list, NULL));
    buf_lit(&whole, "broadsheet backup\t1\n");
    buf_add(&whole, bytes);
    buf_fmt(&whole, "end\t%.*s\n", STR(fingerprint(a, buf_str(&whole))));
    if (backup_list_read(a, buf_str(&whole), &list, NULL) != OK)
        return;
    check_paths(&list.media);
    check_paths(&list.others);
    check_paths(&list.lacking);
    backup_list_write(&again, &list);
    must(backup_list_read(a, buf_str(&again), &back, NULL) == OK);
    must(back.media.n == list.media.n && back.others.n == list.others.n);
}
