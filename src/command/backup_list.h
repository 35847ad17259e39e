/*
 * backup_list.h - the manifest of a backup: what it holds, in one file that is put in place last.
 *
 *   TO/manifest                   this list; its last line is the fingerprint of all before
 *   TO/paper-FINGERPRINT.db       the database
 *   TO/media/AB/FINGERPRINT/...   pictures, films and sounds, as in the data folder
 *   TO/other/FINGERPRINT          whatever else lies in the data folder, by content
 *
 * Nothing that a manifest names is ever written again, so the last one holds until the next stands.
 * Pure: reads and writes text.  A stranger may have written it: no path leads out of its folder.
 */
#ifndef COMMAND_BACKUP_LIST_H
#define COMMAND_BACKUP_LIST_H

#include "base/buf.h"
#include "base/err.h"

enum {
    BACKUP_PATH_MAX = 1024,
    BACKUP_LIST_MAX = 1 << 29, /* bytes */
    BACKUP_ARENA = 0x7fffffff
};

struct backup_file {
    str path; /* below media/, or below the data folder */
    int64_t size;
    str fingerprint; /* not of media */
    int64_t mode;    /* of others */
};

struct backup_files {
    struct backup_file *v;
    size_t n, room;
};

struct backup_list {
    str version;
    int64_t schema, event, made_at;
    struct backup_file database; /* no path */
    struct backup_files media, others;
    struct backup_files lacking; /* media that were not there to be backed up: paths alone */
};

void backup_files_add(arena *a, struct backup_files *files, struct backup_file one);

/* A relative path of plain parts: no "..", no control characters. */
bool backup_path_ok(str path);

/* The manifest as text, and from text.  E_INVALID with the line; what is read lives as long as
 * `text`. */
void backup_list_write(buf *out, const struct backup_list *list);
err backup_list_read(arena *a, str text, struct backup_list *list, note *why);

#endif
