#include "wire/intake.h"

#include "base/hash.h"
#include "base/table.h"
#include "media/catalogue.h"
#include "news/paper.h"
#include "store/sql.h"
#include "wire/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BATCH_ITEMS = 64,
    BATCH_BYTES = 16 << 20,
    BATCH_CEILING = 1 << 30,
};

/* A picture file that was looked for. */
struct found {
    bool is_there;
    struct media_taken taken;
    str reason; /* why it was refused */
};

/* A file whose items wait. */
struct waiting_file {
    str name, bytes;
};

struct waiting {
    const struct waiting_file *file;
    const struct wire_item *item; /* NULL: trouble */
    struct wire_trouble trouble;
    str dialect;
    const struct found **pictures; /* beside their addresses */
    str *addresses;
    size_t picture_count;
    struct wire_taken taken;
};

struct intake {
    struct intake_options o;
    struct intake_counts counts;
    const struct zone *zone; /* the paper's */
    arena *keep;             /* for the whole run: pictures that were found */
    arena *batch;            /* until the next flush */
    table found;             /* path -> struct found */
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
    in->found = table_new(in->keep);
    in->zone = paper_zone(in->keep, o->db);
    return in;
}

void intake_free(struct intake **in)
{
    if (*in == NULL)
        return;
    arena_free(&(*in)->keep);
    arena_free(&(*in)->batch);
    free(*in);
    *in = NULL;
}

struct intake_counts intake_counts(const struct intake *in)
{
    return in->counts;
}

static void close_file(void *of)
{
    close((int)(intptr_t)of);
}

/* The whole of a regular file.  E_LIMIT when it is larger than `max`. */
static err read_file(arena *a, const char *path, size_t max, str *out, note *why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return fail(why, E_IO, "cannot open %s: %s", path, strerror(errno));
    arena_defer(a, close_file, (void *)(intptr_t)fd);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return fail(why, E_INVALID, "%s is not a file", path);
    if ((uint64_t)st.st_size > max)
        return fail(why, E_LIMIT, "%s has %lld bytes; at most %zu are taken", path,
                    (long long)st.st_size, max);

    char *bytes = arena_bytes(a, (size_t)st.st_size + 1);
    size_t n = 0;

    for (ssize_t got; n < (size_t)st.st_size; n += (size_t)got) {
        got = read(fd, bytes + n, (size_t)st.st_size - n);
        if (got < 0)
            return fail(why, E_IO, "cannot read %s: %s", path, strerror(errno));
        if (got == 0)
            break;
    }
    *out = str_of(bytes, n);
    return OK;
}

/* --- pictures beside the copy --- */

/* Where a relative address leads, when that is a file below `root`; else NULL. */
static const char *beside(arena *a, const char *root, const char *path, str address)
{
    char real_root[4096], real[4096];
    str folder = str_c(path);
    ptrdiff_t slash = str_find_last(folder, '/');

    if (address.n == 0 || address.n > 1024 || address.p[0] == '/' ||
        str_find(address, S("://")) >= 0 || str_starts_nocase(address, S("data:")))
        return NULL;
    folder = slash < 0 ? S(".") : str_to(folder, (size_t)slash);
    if (realpath(str_z(a, str_fmt(a, "%.*s/%.*s", STR(folder), STR(address))), real) == NULL ||
        realpath(root, real_root) == NULL)
        return NULL;

    size_t n = strlen(real_root);

    if (strncmp(real, real_root, n) != 0 || (real[n] != '/' && n > 1))
        return NULL;
    return str_z(a, str_c(real));
}

static const struct found *look_for(struct intake *in, const char *root, const char *path,
                                    str address)
{
    const char *real = beside(in->batch, root, path, address);
    struct found *f;
    note why = {0};
    str bytes;

    if (real == NULL)
        return NULL;
    f = table_get(&in->found, str_c(real));
    if (f != NULL)
        return f;
    f = arena_one(in->keep, struct found);
    f->is_there = read_file(in->batch, real, PICTURE_BYTES_MAX, &bytes, &why) == OK &&
                  media_take(in->keep, in->o.library, bytes, &f->taken, &why) == OK;
    if (!f->is_there)
        f->reason = str_dup(in->keep, str_c(why.text));
    table_put(&in->found, str_dup(in->keep, str_c(real)), f);
    return f;
}

static void add_picture(struct intake *in, struct waiting *w, const char *root, const char *path,
                        str address)
{
    const struct found *f;

    for (size_t i = 0; i < w->picture_count; i++)
        if (str_eq(w->addresses[i], address))
            return;
    if (w->picture_count == WIRE_MEDIA_MAX)
        return;
    f = look_for(in, root, path, address);
    if (f == NULL || !f->is_there)
        return;
    w->addresses[w->picture_count] = address;
    w->pictures[w->picture_count++] = f;
}

static void add_body_pictures(struct intake *in, struct waiting *w, const char *root,
                              const char *path, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == BLOCK_PICTURE)
            add_picture(in, w, root, path, blocks[i].address);
        add_body_pictures(in, w, root, path, blocks[i].children, blocks[i].child_count);
    }
}

/* The widest rendition that is in the house stands for all. */
static void add_media_picture(struct intake *in, struct waiting *w, const char *root,
                              const char *path, const struct wire_media *m)
{
    size_t before = w->picture_count, best = before;

    for (size_t i = 0; i < m->rendition_count; i++)
        add_picture(in, w, root, path, m->renditions[i].address);
    for (size_t i = before; i < w->picture_count; i++)
        if (w->pictures[i]->taken.facts.width > w->pictures[best]->taken.facts.width)
            best = i;
    if (w->picture_count > before) {
        w->pictures[before] = w->pictures[best];
        w->addresses[before] = w->addresses[best];
        w->picture_count = before + 1;
    }
}

static void find_pictures(struct intake *in, struct waiting *w, const char *root, const char *path)
{
    w->pictures = arena_many(in->batch, const struct found *, WIRE_MEDIA_MAX);
    w->addresses = arena_many(in->batch, str, WIRE_MEDIA_MAX);
    for (size_t i = 0; i < w->item->media_count; i++)
        add_media_picture(in, w, root, path, &w->item->media[i]);
    add_body_pictures(in, w, root, path, w->item->body.blocks, w->item->body.count);
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
        find_pictures(in, w, root, path);
    }
    for (size_t i = 0; i < batch->trouble_count; i++)
        wait(in, file, wire_dialect_name(batch->dialect))->trouble = batch->troubles[i];
}

/* A picture file on its own: an item that is its own rendition. */
static void wait_for_picture(struct intake *in, const struct waiting_file *file)
{
    struct waiting *w = wait(in, file, wire_dialect_name(WIRE_PICTURE));
    struct found *f = arena_one(in->batch, struct found);
    note why = {0};

    if (media_take(in->batch, in->o.library, file->bytes, &f->taken, &why) != OK) {
        w->trouble = (struct wire_trouble){.reason = str_dup(in->batch, str_c(why.text))};
        return;
    }

    struct wire_item *item = arena_one(in->batch, struct wire_item);
    const struct media_words *words = &f->taken.words;

    item->dialect = WIRE_PICTURE;
    item->kind = WIRE_PHOTO;
    item->guid = str_fmt(in->batch, "urn:picture:%.*s", STR(f->taken.fingerprint));
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
    w->pictures = arena_many(in->batch, const struct found *, 1);
    w->addresses = arena_many(in->batch, str, 1);
    w->pictures[0] = f;
    w->addresses[0] = file->name;
    w->picture_count = 1;
}

static void tell_refused(struct intake *in, str file, const note *why)
{
    struct intake_told told = {
        .file = file, .dialect = S("-"), .done = S("refused"), .reason = str_c(why->text)};

    in->counts.refused++;
    in->o.tell(in->o.of, &told);
}

err intake_add(struct intake *in, const char *root, const char *path, note *why)
{
    struct waiting_file *file = arena_one(in->batch, struct waiting_file);
    struct wire_batch batch = {0};
    struct wire_here here = {clock_now(store_clock(in->o.store)), in->zone};
    note refused = {0};
    str name = str_dup(in->batch, str_c(path));
    ptrdiff_t slash = str_find_last(name, '/');

    in->counts.files++;
    file->name = slash < 0 ? name : str_from(name, (size_t)slash + 1);
    if (read_file(in->batch, path, WIRE_FILE_MAX, &file->bytes, &refused) != OK) {
        tell_refused(in, name, &refused);
        return OK;
    }
    if (wire_sniff(file->bytes, file->name) == WIRE_PICTURE) {
        wait_for_picture(in, file);
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

    TRY(sql_wire_raw_add(d->a, d->w, fingerprint(d->a, file->bytes), file->name, d->now,
                         file->bytes, &row));
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
    struct wire_picture *pictures = arena_many(d->a, struct wire_picture, w->picture_count);
    struct wire_taking how = {
        .publish = in->o.publish,
        .keep_dates = in->o.keep_dates,
        .pictures = pictures,
        .picture_count = w->picture_count,
    };

    for (size_t i = 0; i < w->picture_count; i++) {
        const struct media_taken *taken = &w->pictures[i]->taken;

        pictures[i] = (struct wire_picture){
            .address = w->addresses[i],
            .caption = taken->words.caption,
            .credit = taken->words.credit.n > 0 ? taken->words.credit : taken->words.byline,
            .alt = taken->words.alt,
        };
        TRY(media_add(d->a, d->w, taken, &pictures[i].media, why));
    }
    if (w->item->dialect != WIRE_PICTURE)
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
                w->item == NULL || (w->item->kind != WIRE_PHOTO && w->item->kind != WIRE_GRAPHIC);

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
