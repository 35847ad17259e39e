/*
 * inbox.h - what staff do with copy that has come in: take it, spike it, let it out as it is; drop
 * what could not be read.  Each act with its line in the log.
 *
 * Copy that could be read has a story from the start (wire/take.h); taking it makes that story the
 * desk's own: whoever takes it may write in it, and it waits no longer.  An item's kill is no act
 * of staff.  For work inside a store_write() job.
 */
#ifndef STAFF_INBOX_H
#define STAFF_INBOX_H

#include "staff/staff.h"

enum { SPIKE_REASON_MAX = 500 };

struct sql_desk_wire;

/* May it be taken, spiked, back from the spike, let out as it is? */
struct inbox_may {
    bool take, spike, unspike, publish;
};
struct inbox_may inbox_may(const struct sql_desk_wire *row, privileges may);

/* What an item is at, in a word: changes when it is taken or spiked, and with its story. */
str inbox_seen(arena *a, const struct sql_desk_wire *row);

/* E_CONFLICT: it is not as it was seen, or cannot be (inbox_may); then nothing is done. */
struct inbox_act {
    enum audit_act act; /* item_taken, item_spiked, item_unspiked, item_published */
    int64_t item;
    str seen;      /* empty: however it is */
    str reason;    /* spiked; may be empty */
    int64_t story; /* out: that it became; 0: none */
};
err staff_item_act(struct staff_work *k, struct inbox_act *act, note *why);

/* E_CONFLICT: it is settled already. */
err staff_quarantine_drop(struct staff_work *k, int64_t quarantine, str reason, note *why);

#endif
