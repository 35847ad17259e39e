#include "media/upload.h"

#include "media/keep.h"
#include "store/sql.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { SWEPT_AT_ONCE = 200 };

err uploads_open(arena *a, const char *data_folder, struct uploads *u, note *why)
{
    const char *folder = str_z(a, str_fmt(a, "%s/uploads", data_folder));

    TRY(keep_folder(a, folder, why));
    *u = (struct uploads){.folder = folder};
    return OK;
}

static const char *path_of(arena *a, const struct uploads *u, int64_t id)
{
    return str_z(a, str_fmt(a, "%s/%lld", u->folder, (long long)id));
}

/* --- rows --- */

err upload_begin(arena *a, store_conn *w, const struct upload_wanted *wanted, note *why)
{
    struct sql_upload_open open;
    err e;

    if (wanted->name.n == 0 || wanted->name.n > UPLOAD_NAME_MAX)
        return fail(why, E_INVALID, "a file needs a name of at most %d bytes", UPLOAD_NAME_MAX);
    if (wanted->size < 1)
        return fail(why, E_INVALID, "the file is empty");
    if (wanted->size > MEDIA_BYTES_MAX)
        return fail(why, E_LIMIT, "the file has %lld bytes; at most %d are taken",
                    (long long)wanted->size, MEDIA_BYTES_MAX);
    TRY(sql_upload_open(a, w, wanted->staff, &open));
    if (open.own >= UPLOADS_OF_ONE_MAX || open.all_n >= UPLOADS_MAX ||
        open.own_bytes + wanted->size > UPLOAD_BYTES_OF_ONE_MAX ||
        open.all_bytes + wanted->size > UPLOAD_BYTES_MAX)
        return fail(why, E_BUSY, "too many uploads are unfinished");
    e = sql_upload_add(w, wanted->token, wanted->staff, wanted->name, wanted->size, wanted->now,
                       NULL);
    return e == OK ? OK : fail(why, e, "could not note an upload: %s", store_why(w));
}

err upload_find(arena *a, store_conn *c, str token, int64_t staff, struct upload *out)
{
    struct sql_upload_by_token row;

    TRY(sql_upload_by_token(a, c, token, staff, &row));
    *out = (struct upload){row.upload, row.size, row.got, row.has_media ? row.media : 0, row.name};
    return OK;
}

static err noted(store_conn *w, err e, note *why)
{
    return e == OK ? OK : fail(why, e, "could not note an upload: %s", store_why(w));
}

err upload_came(store_conn *w, int64_t id, int64_t from, int64_t got, int64_t now, note *why)
{
    int64_t changed = 0;

    TRY(noted(w, sql_upload_came(w, id, from, got, now, &changed), why));
    return changed > 0 ? OK : fail(why, E_CONFLICT, "the upload is not where it was");
}

err upload_became(store_conn *w, int64_t id, int64_t media, int64_t now, note *why)
{
    return noted(w, sql_upload_became(w, id, media, now, NULL), why);
}

err upload_drop(store_conn *w, int64_t id, note *why)
{
    return noted(w, sql_upload_drop(w, id, NULL), why);
}

/* --- files --- */

err upload_hold(arena *a, const struct uploads *u, int64_t id, int *file, note *why)
{
    int fd = open(path_of(a, u, id), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return fail(why, E_IO, "could not open an upload: %s", strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return fail(why, E_BUSY, "a piece of this upload is being written");
    }
    *file = fd;
    return OK;
}

void upload_release(int *file)
{
    flock(*file, LOCK_UN); /* a child between fork and exec has it open as well */
    close(*file);
    *file = -1;
}

err upload_write(const struct uploads *u, int file, int64_t got, str bytes, note *why)
{
    int64_t at = got;

    while (bytes.n > 0) {
        ssize_t n = pwrite(file, bytes.p, bytes.n, at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(why, E_IO, "could not write an upload: %s", strerror(errno));
        bytes = str_from(bytes, (size_t)n);
        at += n;
    }
    if (fsync(file) != 0 || (got == 0 && !keep_sync(u->folder)))
        return fail(why, E_IO, "could not write an upload: %s", strerror(errno));
    return OK;
}

err upload_bytes(arena *a, const struct uploads *u, const struct upload *of, str *bytes, note *why)
{
    str all;

    TRY(keep_read(a, path_of(a, u, of->id), MEDIA_BYTES_MAX + UPLOAD_CHUNK, &all, why));
    if (all.n < (uint64_t)of->size)
        return fail(why, E_IO, "an upload has fewer bytes than came");
    *bytes = str_to(all, (size_t)of->size);
    return OK;
}

void upload_forget(arena *a, const struct uploads *u, int64_t id)
{
    unlink(path_of(a, u, id));
}

/* --- sweeping --- */

static err drop_one(arena *a, store_conn *w, void *of, note *why)
{
    const int64_t *id = of;

    (void)a;
    return upload_drop(w, *id, why);
}

static err sweep_rows(arena *a, store *s, store_conn *db, int64_t now, note *why)
{
    struct sql_upload_stale_rows rows;

    TRY(sql_upload_stale(a, db, now - UPLOAD_KEPT_H * HOUR_US, SWEPT_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(store_write(s, drop_one, &rows.v[i].upload, a, why));
    return OK;
}

/* A file's row is there before it: what has none is of no use to anybody. */
static err sweep_files(arena *a, store_conn *db, const struct uploads *u)
{
    DIR *folder = opendir(u->folder);
    err e = OK;

    if (folder == NULL)
        return OK;
    for (struct dirent *f; e == OK && (f = readdir(folder)) != NULL;)
        SCRATCH (a) {
            struct sql_upload_waits row;
            int64_t id;

            if (str_int(str_c(f->d_name), &id)) {
                e = sql_upload_waits(a, db, id, &row);
                if (e == E_MISSING) {
                    upload_forget(a, u, id);
                    e = OK;
                }
            }
        }
    closedir(folder);
    return e;
}

err uploads_sweep(arena *a, store *s, store_conn *db, const struct uploads *u, int64_t now,
                  note *why)
{
    err e = sweep_rows(a, s, db, now, why);

    if (e == OK)
        e = sweep_files(a, db, u);
    return e == OK ? OK : fail(why, e, "could not sweep uploads: %s", store_why(db));
}
