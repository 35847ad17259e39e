/*
 * intake.h - copy from files into the newsroom: read, keep, take, tell.
 *
 * Files are added one after another; their items wait until intake_flush() (called by itself when
 * enough wait), which makes all of them durable in one transaction and only then tells of each.
 * One bad item is quarantined alone.  One thread.
 */
#ifndef WIRE_INTAKE_H
#define WIRE_INTAKE_H

#include "media/library.h"
#include "store/store.h"
#include "wire/take.h"

/* What became of one item, or of what could not be read. */
struct intake_told {
    str file, dialect, guid, version, headline;
    str done; /* "published", "late"...; "quarantined", "refused" (nothing kept) */
    int64_t story, until;
    int line;   /* of trouble; 0: the whole file */
    str reason; /* of trouble, else empty */
};

struct intake_options {
    store *store;
    store_conn *db;
    const struct media_library *library;
    bool publish;
    bool keep_dates;  /* stories are public since their own date */
    int64_t shift_us; /* added to every date of the copy: a sample edition is always fresh */
    void (*tell)(void *of, const struct intake_told *told);
    void *of;
};

struct intake_counts {
    size_t files, items, quarantined, refused;
    size_t of_outcome[WIRE_OUTCOMES];
};

struct intake;

/* The options must outlive it. */
struct intake *intake_new(const struct intake_options *o);
void intake_free(struct intake **in);

/* Read a file.  Pictures that its items name by relative address are looked for beside it, below
 * `root`.  An error ends the run: the store or the disk failed. */
err intake_add(struct intake *in, const char *root, const char *path, note *why);

/* Make everything that waits durable, then tell. */
err intake_flush(struct intake *in, note *why);

struct intake_counts intake_counts(const struct intake *in);

/* Take the held updates whose moment has come. */
err intake_held(struct intake *in, note *why);

#endif
