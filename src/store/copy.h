/*
 * copy.h - the whole of paper.db as one file, made while others write; and reading such a file as
 * it is.  For backups: what is copied and read here is never migrated or changed.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/store.h"

/* Write the database of a data folder, as it is at one moment, to the file `to`, which must not be
 * there; what is deleted is not in it.  Nobody waits for it.  Not durable on return.  E_MISSING: no
 * data folder; E_INVALID: it is not ours; E_IO: the disk is full. */
err store_copy(const char *folder, const char *to, note *why);

/* Open such a file to read it: only store_conn_open(), store_check() and store_close(). */
err store_copy_open(const char *file, store **opened, note *why);

struct store_copy_facts {
    int64_t schema, event; /* the number of its last schema change; its newest event */
};
err store_copy_facts(store_conn *c, struct store_copy_facts *facts, note *why);

/* Whether another process serves this data folder. */
bool store_is_served(const char *folder);

#endif
