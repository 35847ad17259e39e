#include "wire/replay.h"

#include "store/sql.h"

err wire_replay(struct desk *d, int64_t raw, const struct wire_batch *batch,
                const struct company *with, struct wire_replayed *out, note *why)
{
    struct wire_taking how = {.raw = raw};
    struct tag_set tags = tag_set_new(d->a);
    struct wire_replayed done = {.troubles = batch->trouble_count};

    TRY(sql_wire_quarantine_solve(d->w, raw, d->now, NULL));
    for (size_t i = 0; i < batch->item_count; i++) {
        struct wire_taken taken;

        if (with != NULL)
            TRY(company_add(d, &with[i], &how, why));
        TRY(wire_take(d, &how, &batch->items[i], &taken, why));
        done.known += taken.outcome == WIRE_SAME;
        done.items += taken.outcome != WIRE_SAME;
    }
    for (size_t i = 0; i < batch->trouble_count; i++) {
        const struct wire_trouble *t = &batch->troubles[i];

        TRY(sql_wire_quarantine_add(d->w, raw, t->line, t->guid, t->reason, d->now, NULL));
        TRY(event_add(d->w, EVENT_item_quarantined, raw, &tags, S("{}"), why));
    }
    *out = done;
    return OK;
}
