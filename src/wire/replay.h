/*
 * replay.h - bytes that are kept, taken in once more: what could not be read when they came may be
 * read by a newer program.
 *
 * What is here already is not taken twice (wire/take.h, 2).  Runs inside a store_write() job; one
 * item that cannot be taken undoes the whole.
 */
#ifndef WIRE_REPLAY_H
#define WIRE_REPLAY_H

#include "wire/company.h"

struct wire_replayed {
    size_t items;    /* of them: taken in now */
    size_t known;    /* here already */
    size_t troubles; /* set aside again */
};

/* `batch`: what wire_read() made of the bytes of file number `raw`; `with`: what lies beside each
 * of its items, NULL: nothing is known of that. */
err wire_replay(struct desk *d, int64_t raw, const struct wire_batch *batch,
                const struct company *with, struct wire_replayed *out, note *why);

#endif
