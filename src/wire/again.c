#include "wire/again.h"

#include "store/sql.h"

static const struct wire_item *find(arena *a, const struct wire_batch *batch, str guid, str version)
{
    for (size_t i = 0; i < batch->item_count; i++)
        if (str_eq(batch->items[i].guid, guid) &&
            str_eq(wire_version_of(a, &batch->items[i]), version))
            return &batch->items[i];
    return NULL;
}

err wire_again(struct desk *d, const struct wire_here *here, int64_t number, struct wire_again *out,
               note *why)
{
    struct sql_wire_item_bytes row;
    struct wire_batch batch = {0};
    struct wire_taking how = {0};

    TRY(sql_wire_item_bytes(d->a, d->w, number, WIRE_AGAIN_MAX, &row));
    if (row.length > WIRE_AGAIN_MAX)
        return fail(why, E_LIMIT, "the file has %lld bytes", (long long)row.length);
    TRY(wire_read(d->a, row.bytes, row.name, here, &batch, why));
    *out = (struct wire_again){.item = find(d->a, &batch, row.guid, row.version)};
    if (out->item == NULL)
        return fail(why, E_MISSING, "the item is not in its file any more");
    TRY(wire_pictures_with(d, number, &how));
    return wire_draft(d, &how, out->item, &out->draft, why);
}
