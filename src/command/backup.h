/*
 * backup.h - a data folder kept elsewhere, and brought back: what the commands backup, restore and
 * check share.  backup_list.h says how it lies.
 */
#ifndef COMMAND_BACKUP_H
#define COMMAND_BACKUP_H

#include "command/backup_list.h"
#include "store/store.h"

/* --- files (backup_files.c); E_IO with the path --- */

/* "data/" is "data". */
const char *backup_folder(arena *a, const char *named);

/* Where things lie; the paths live in `a`. */
const char *backup_at(arena *a, const char *folder, const char *below, str path);
const char *backup_database(arena *a, const char *folder, str fingerprint);

/* A folder with nothing in it. */
bool backup_is_empty(const char *folder);

/* Make the folders above a path that begins with `folder`, which is there. */
err backup_folders(arena *a, const char *folder, const char *path, note *why);

/* Have `to` be the same file as `from`: a second name where the disk can, else a copy.  A file that
 * never changes only.  *linked says which.  E_MISSING: `from` is not there. */
err backup_link(arena *a, const char *from, const char *to, bool *linked, note *why);

/* Copy the bytes; `to` has `mode`, and is there whole or not at all.  Not durable.  E_MISSING. */
err backup_copy(arena *a, const char *from, const char *to, unsigned mode, note *why);

/* The fingerprint of a file's bytes. */
err backup_fingerprint(arena *a, const char *path, str *print, note *why);

/* Everything on the disk that holds `folder`. */
err backup_sync(const char *folder, note *why);

/* --- looking (backup_verify.c) --- */

/* The manifest of a backup. */
err backup_read(arena *a, const char *folder, struct backup_list *list, note *why);

/* Compare a backup with its manifest: sizes, fingerprints, the database in itself, and that every
 * picture which it names is there.  OK with problems means damage. */
err backup_verify(arena *a, const char *folder, const struct backup_list *list,
                  struct store_problems *found, note *why);

/* The original of every picture, film and sound that a database names: all else can be made again
 * from it.  Paths below media/, and the fingerprint that is the name of its folder. */
err backup_originals(arena *a, const char *database, struct backup_files *needed, note *why);

/* --- a folder that was made from a backup (restored.c) --- */

struct command;
struct house;

/* Leave word of it; `event`: the newest of the backup. */
err restored_mark(arena *a, const char *folder, int64_t now, int64_t event, note *why);

/* Before anything is sent from a folder with that word, once: what waited when the backup was made,
 * and may have gone since, is given up. */
err restored_settle(struct house *h, const char *folder, note *why);

/* --- `check --backup` (restore.c) --- */

/* Say what is wrong with a backup; the exit code. */
int backup_check(const struct command *c, const char *folder);

#endif
