#include "wire/intake.h"

#include "base/hash.h"
#include "media/sniff.h"
#include "news/paper.h"
#include "store/sql.h"
#include "text/vtt.h"
#include "wire/company.h"
#include "wire/wire.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BATCH_ITEMS = 64,
    BATCH_BYTES = 16 << 20,
    BATCH_CEILING = 1 << 30,
};

/* A file whose items wait. */
struct waiting_file {
    str name, bytes;
    str root, path; /* where it lies; empty: nowhere that is known */
};

struct waiting {
    const struct waiting_file *file;
    const struct wire_item *item; /* NULL: trouble */
    struct wire_trouble trouble;
    str dialect;
    struct company with;
    struct wire_taken taken;
};

struct intake {
    struct intake_options o;
    struct intake_counts counts;
    const struct zone *zone; /* the paper's */
    arena *keep;             /* for the whole run */
    arena *batch;            /* until the next flush */
    struct beside *beside;
    struct waiting *waiting[2 * WIRE_ITEMS_MAX + BATCH_ITEMS];
    size_t count;
    size_t bytes;
};

struct intake *intake_new(const struct intake_options *o)
{
    struct intake *in = calloc(1, sizeof *in);

    must(in != NULL);
    in->o = *o;
    in->keep = arena_new(BATCH_CEILING);
    in->batch = arena_new(BATCH_CEILING);
    in->beside = beside_new(o->library);
    in->zone = paper_zone(in->keep, o->db);
    return in;
}

void intake_free(struct intake **in)
{
    if (*in == NULL)
        return;
    beside_free(&(*in)->beside);
    arena_free(&(*in)->keep);
    arena_free(&(*in)->batch);
    free(*in);
    *in = NULL;
}

struct intake_counts intake_counts(const struct intake *in)
{
    return in->counts;
}

/* --- files --- */

static struct waiting *wait(struct intake *in, const struct waiting_file *file, str dialect)
{
    must(in->count < LENGTH(in->waiting));

    struct waiting *w = arena_one(in->batch, struct waiting);

    w->file = file;
    w->dialect = dialect;
    in->waiting[in->count++] = w;
    return w;
}

static void shift(int64_t *at, int64_t by)
{
    if (*at != 0)
        *at += by;
}

static void wait_for_batch(struct intake *in, const struct waiting_file *file,
                           struct wire_batch *batch, const char *root, const char *path)
{
    for (size_t i = 0; i < batch->item_count; i++) {
        struct wire_item *item = &batch->items[i];
        struct waiting *w = wait(in, file, wire_dialect_name(item->dialect));

        shift(&item->created_at, in->o.shift_us);
        shift(&item->changed_at, in->o.shift_us);
        shift(&item->embargo_at, in->o.shift_us);
        shift(&item->expiry_at, in->o.shift_us);
        w->item = item;
        w->with = company_find(in->batch, in->beside, item, root, path);
    }
    for (size_t i = 0; i < batch->trouble_count; i++)
        wait(in, file, wire_dialect_name(batch->dialect))->trouble = batch->troubles[i];
}

/* A picture, film or sound on its own: an item that is its own rendition. */
static void wait_for_found(struct intake *in, struct waiting *w, const struct waiting_file *file,
                           const struct found *f)
{
    struct wire_item *item = arena_one(in->batch, struct wire_item);
    const struct media_words *words = &f->taken.words;

    item->dialect = f->taken.is_film ? WIRE_FILM : WIRE_PICTURE;
    item->kind = company_kind(&f->taken);
    item->guid = str_fmt(in->batch, "urn:%s:%.*s", f->taken.is_film ? "film" : "picture",
                         STR(f->taken.fingerprint));
    item->version = S("1");
    item->headline = words->headline.n > 0 ? words->headline
                     : words->title.n > 0  ? words->title
                                           : file->name;
    item->media = arena_one(in->batch, struct wire_media);
    item->media_count = 1;
    item->media[0].renditions = arena_one(in->batch, struct wire_rendition);
    item->media[0].rendition_count = 1;
    item->media[0].renditions[0].address = file->name;
    w->item = item;
    w->with = company_of_one(in->batch, f, file->name);
}

static void wait_for_picture(struct intake *in, const struct waiting_file *file)
{
    struct waiting *w = wait(in, file, wire_dialect_name(WIRE_PICTURE));
    struct found *f = arena_one(in->batch, struct found);
    note why = {0};

    if (media_take(in->batch, in->o.library, file->bytes, &f->taken, &why) != OK)
        w->trouble = (struct wire_trouble){.reason = str_dup(in->batch, str_c(why.text))};
    else
        wait_for_found(in, w, file, f);
}

static void wait_for_film(struct intake *in, const struct waiting_file *file, const char *path)
{
    char real[PATH_MAX];
    struct waiting *w = wait(in, file, wire_dialect_name(WIRE_FILM));
    const struct found *f = realpath(path, real) == NULL ? NULL : beside_look(in->beside, real);

    if (f != NULL && f->is_there)
        wait_for_found(in, w, file, f);
    else
        w->trouble.reason = f != NULL ? f->reason : S("the file is gone");
}

/* Captions come with their film; on their own they are read so that trouble in them shows. */
static void wait_for_captions(struct intake *in, const struct waiting_file *file, const char *path)
{
    struct waiting *w = wait(in, file, wire_dialect_name(WIRE_CAPTIONS));
    const struct found *f;
    struct vtt v;
    note why = {0};
    int line;

    if (vtt_read(in->batch, file->bytes, &v, &line, &why) != OK) {
        w->trouble =
            (struct wire_trouble){.line = line, .reason = str_dup(in->batch, str_c(why.text))};
        return;
    }
    f = beside_film(in->beside, path);
    if (f != NULL && f->is_there && f->taken.is_film)
        wait_for_found(in, w, file, f);
    else
        w->trouble.reason = f != NULL && f->reason.n > 0
                                ? f->reason
                                : S("these are captions; the film that they belong to must lie "
                                    "beside them, under the same name");
}

static void tell_refused(struct intake *in, str file, const note *why)
{
    struct intake_told told = {
        .file = file, .dialect = S("-"), .done = S("refused"), .reason = str_c(why->text)};

    in->counts.refused++;
    in->o.tell(in->o.of, &told);
}

/* The bytes of a file; of a film that is larger than copy may be, its head: its bytes are read
 * where it is taken in. */
static err read_copy(arena *a, const char *path, str *bytes, note *why)
{
    char head[64];
    int fd;
    ssize_t n;
    err e = file_read(a, path, WIRE_FILE_MAX, bytes, why);

    if (e != E_LIMIT)
        return e;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    n = fd < 0 ? -1 : read(fd, head, sizeof head);
    if (fd >= 0)
        close(fd);
    if (n <= 0 || film_sniff(str_of(head, (size_t)n)).kind == NO_FILM)
        return e;
    *bytes = str_dup(a, str_of(head, (size_t)n));
    return OK;
}

/* For who takes it in again: the pictures beside it are looked for there. */
static void find_place(arena *a, const char *root, const char *path, struct waiting_file *file)
{
    char real[PATH_MAX], real_root[PATH_MAX];

    file->root = file->path = S("");
    if (realpath(root, real_root) == NULL || realpath(path, real) == NULL)
        return;
    file->root = str_dup(a, str_c(real_root));
    file->path = str_dup(a, str_c(real));
}

err intake_add(struct intake *in, const char *root, const char *path, note *why)
{
    struct waiting_file *file = arena_one(in->batch, struct waiting_file);
    struct wire_batch batch = {0};
    struct wire_here here = {clock_now(store_clock(in->o.store)), in->zone};
    note refused = {0};
    enum wire_dialect dialect;
    str name = str_dup(in->batch, str_c(path));
    ptrdiff_t slash = str_find_last(name, '/');

    in->counts.files++;
    file->name = slash < 0 ? name : str_from(name, (size_t)slash + 1);
    find_place(in->batch, root, path, file);
    if (read_copy(in->batch, path, &file->bytes, &refused) != OK) {
        tell_refused(in, name, &refused);
        return OK;
    }
    dialect = wire_sniff(file->bytes, file->name);
    if (dialect == WIRE_PICTURE) {
        wait_for_picture(in, file);
    } else if (dialect == WIRE_FILM) {
        wait_for_film(in, file, path);
    } else if (dialect == WIRE_CAPTIONS) {
        wait_for_captions(in, file, path);
    } else {
        err e = wire_read(in->batch, file->bytes, file->name, &here, &batch, &refused);

        if (e != OK) {
            batch.troubles = arena_one(in->batch, struct wire_trouble);
            batch.troubles[0].reason = str_dup(in->batch, str_c(refused.text));
            batch.trouble_count = 1;
        }
        wait_for_batch(in, file, &batch, root, path);
    }
    in->bytes += file->bytes.n;
    if (in->count >= BATCH_ITEMS || in->bytes >= BATCH_BYTES)
        return intake_flush(in, why);
    return OK;
}

/* --- the transaction --- */

/* What a job works on; a failed item becomes a trouble and the job is done again without it. */
struct batch_job {
    struct intake *in;
    struct waiting *at; /* in work: what an error belongs to */
    int64_t now;
};

static err keep_raw(struct desk *d, const struct waiting_file *file, int64_t *raw)
{
    struct sql_wire_raw_add row;

    TRY(sql_wire_raw_add(d->a, d->w, fingerprint(d->a, file->bytes), file->name, file->root,
                         file->path, d->now, file->bytes, &row));
    *raw = row.raw;
    return OK;
}

static err set_aside(struct desk *d, const struct waiting *w, note *why)
{
    int64_t raw;
    struct tag_set tags = tag_set_new(d->a);

    TRY(keep_raw(d, w->file, &raw));
    TRY(sql_wire_quarantine_add(d->w, raw, w->trouble.line, w->trouble.guid, w->trouble.reason,
                                d->now, NULL));
    return event_add(d->w, EVENT_item_quarantined, raw, &tags, S("{}"), why);
}

static err take_one(struct desk *d, struct intake *in, struct waiting *w, note *why)
{
    struct wire_taking how = {.publish = in->o.publish, .keep_dates = in->o.keep_dates};

    TRY(company_add(d, &w->with, &how, why));
    if (w->item->dialect != WIRE_PICTURE && w->item->dialect != WIRE_FILM)
        TRY(keep_raw(d, w->file, &how.raw));
    return wire_take(d, &how, w->item, &w->taken, why);
}

static err take_all(arena *a, store_conn *conn, void *of, note *why)
{
    struct batch_job *job = of;
    struct intake *in = job->in;
    struct desk d = {a, conn, job->now};

    /* pictures first: the stories beside them then find them in the house */
    for (int stories = 0; stories < 2; stories++)
        for (size_t i = 0; i < in->count; i++) {
            struct waiting *w = in->waiting[i];
            bool is_story =
                w->item == NULL || (w->item->kind != WIRE_PHOTO && w->item->kind != WIRE_GRAPHIC &&
                                    w->item->kind != WIRE_VIDEO && w->item->kind != WIRE_AUDIO);

            if (is_story != stories)
                continue;
            job->at = w;
            TRY(w->item == NULL ? set_aside(&d, w, why) : take_one(&d, in, w, why));
        }
    job->at = NULL;
    return OK;
}

static void tell_of(struct intake *in, const struct waiting *w)
{
    struct intake_told told = {.file = w->file->name, .dialect = w->dialect};

    if (w->item == NULL) {
        told.guid = w->trouble.guid;
        told.done = S("quarantined");
        told.line = w->trouble.line;
        told.reason = w->trouble.reason;
        in->counts.quarantined++;
    } else {
        told.guid = w->item->guid;
        told.version = w->item->version;
        told.headline = w->item->headline;
        told.done = wire_outcome_word(w->taken.outcome);
        told.story = w->taken.story;
        told.until = w->taken.until;
        in->counts.items++;
        in->counts.of_outcome[w->taken.outcome]++;
    }
    in->o.tell(in->o.of, &told);
}

err intake_flush(struct intake *in, note *why)
{
    struct batch_job job = {.in = in, .now = clock_now(store_clock(in->o.store))};
    err e = OK;

    while (in->count > 0) {
        e = store_write(in->o.store, take_all, &job, in->batch, why);

        bool is_the_items_fault =
            job.at != NULL && job.at->item != NULL && e != E_IO && e != E_BUSY;

        if (e == OK || !is_the_items_fault)
            break;
        job.at->trouble = (struct wire_trouble){
            .line = job.at->item->line,
            .guid = job.at->item->guid,
            .reason = str_dup(in->batch, str_c(why->text[0] != '\0' ? why->text : err_word(e))),
        };
        job.at->item = NULL;
        e = OK;
    }
    for (size_t i = 0; e == OK && i < in->count; i++)
        tell_of(in, in->waiting[i]);
    in->count = 0;
    in->bytes = 0;
    arena_reset(in->batch);
    return e;
}

/* --- held updates --- */

struct held_job {
    const struct intake_options *o;
    const struct sql_wire_items_held *row;
    const struct wire_item *item;
    int64_t now;
    struct wire_taken taken;
};

static err take_held(arena *a, store_conn *conn, void *of, note *why)
{
    struct held_job *job = of;
    struct desk d = {a, conn, job->now};
    struct wire_taking how = {.raw = job->row->raw, .publish = true};

    if (job->item == NULL)
        return fail(why, E_MISSING, "the item is not in its file any more");
    return wire_take_held(&d, &how, job->row->item, job->item, &job->taken, why);
}

static err give_up_held(arena *a, store_conn *conn, void *of, note *why)
{
    struct held_job *job = of;
    struct tag_set tags = tag_set_new(a);
    str reason = str_fmt(a, "held update: %s", why->text);

    TRY(sql_wire_item_done(conn, job->row->item, S("refused"), NULL, NULL));
    TRY(sql_wire_quarantine_add(conn, job->row->raw, 0, job->row->guid, reason, job->now, NULL));
    return event_add(conn, EVENT_item_quarantined, job->row->raw, &tags, S("{}"), why);
}

err intake_held(struct intake *in, note *why)
{
    arena *a = in->batch;
    struct sql_wire_items_held_rows rows;
    int64_t now = clock_now(store_clock(in->o.store));
    struct wire_here here = {now, in->zone};

    TRY(sql_wire_items_held(a, in->o.db, now, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct held_job job = {.o = &in->o, .row = &rows.v[i], .now = now};
        struct sql_wire_raw_bytes raw;
        struct wire_batch batch = {0};

        TRY(sql_wire_raw_bytes(a, in->o.db, rows.v[i].raw, &raw));
        TRY(wire_read(a, raw.bytes, raw.name, &here, &batch, why));
        for (size_t j = 0; j < batch.item_count && job.item == NULL; j++)
            if (str_eq(batch.items[j].guid, rows.v[i].guid) &&
                (batch.items[j].version.n == 0 ||
                 str_eq(batch.items[j].version, rows.v[i].version)))
                job.item = &batch.items[j];

        err e = store_write(in->o.store, take_held, &job, a, why);

        if (e == E_IO || e == E_BUSY)
            return e;
        if (e != OK) /* it must not keep the others waiting */
            TRY(store_write(in->o.store, give_up_held, &job, a, why));
    }
    arena_reset(a);
    return OK;
}
