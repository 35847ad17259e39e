/*
 * upload.h - a file that comes in pieces: what has come lies in DATA/uploads until the rest is
 * there.
 *
 * A piece that is acknowledged is durable, so that an upload goes on where it was after the line
 * was cut or the machine fell.  What nobody has gone on with for a day is swept.  Bounded, for each
 * person and for all together.
 */
#ifndef MEDIA_UPLOAD_H
#define MEDIA_UPLOAD_H

#include "media/library.h"
#include "store/store.h"

enum {
    UPLOAD_CHUNK = 1 << 20, /* bytes of a piece, at most */
    UPLOAD_NAME_MAX = 255,
    UPLOADS_OF_ONE_MAX = 20, /* unfinished */
    UPLOADS_MAX = 200,
    UPLOAD_KEPT_H = 24
};
/* Bytes of unfinished uploads, as they will be. */
#define UPLOAD_BYTES_OF_ONE_MAX (INT64_C(1) << 30)
#define UPLOAD_BYTES_MAX (INT64_C(4) << 30)

struct uploads {
    const char *folder;
};

/* The folder DATA/uploads, made when it is new.  Lives in `a`. */
err uploads_open(arena *a, const char *data_folder, struct uploads *u, note *why);

struct upload {
    int64_t id, size, got;
    int64_t media; /* what it became; 0: not taken yet */
    str name;      /* of the file, as whoever sends it calls it */
};

/* Inside a store_write() job.  `token`: a fingerprint that nobody can guess.  E_INVALID: no size or
 * no name; E_LIMIT: the file is too large; E_BUSY: too much is unfinished already. */
struct upload_wanted {
    str token;
    int64_t staff;
    str name;
    int64_t size, now;
};
err upload_begin(arena *a, store_conn *w, const struct upload_wanted *wanted, note *why);

/* This person's upload; E_MISSING. */
err upload_find(arena *a, store_conn *c, str token, int64_t staff, struct upload *out);

/* Keep the file to oneself until upload_release(): its pieces come one at a time.  E_BUSY: somebody
 * else has it; E_IO. */
err upload_hold(arena *a, const struct uploads *u, int64_t id, int *file, note *why);
void upload_release(int *file);

/* Put a piece where `got` says; durable on return, but only upload_came() makes it count. */
err upload_write(const struct uploads *u, int file, int64_t got, str bytes, note *why);

/* Inside a job.  E_CONFLICT: it is not where `from` says. */
err upload_came(store_conn *w, int64_t id, int64_t from, int64_t got, int64_t now, note *why);
err upload_became(store_conn *w, int64_t id, int64_t media, int64_t now, note *why);
err upload_drop(store_conn *w, int64_t id, note *why);

/* All of its bytes; as keep_read(). */
err upload_bytes(arena *a, const struct uploads *u, const struct upload *of, str *bytes, note *why);

/* Its bytes are needed no more. */
void upload_forget(arena *a, const struct uploads *u, int64_t id);

/* Drop what nobody has gone on with, and files that belong to none.  On a thread that may wait. */
err uploads_sweep(arena *a, store *s, store_conn *db, const struct uploads *u, int64_t now,
                  note *why);

#endif
