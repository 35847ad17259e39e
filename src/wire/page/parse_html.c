#include "wire/wire.h"

#include "base/utf8.h"
#include "wire/item/byline.h"
#include "wire/item/wire_body.h"
#include "wire/page/page.h"

enum { WORDS_MIN = 25 };

/* "PORT SENNA (AP) — ..." at the head of the text. */
static void take_dateline(arena *a, struct wire_item *item)
{
    struct block *first = item->body.count > 0 ? &item->body.blocks[0] : NULL;
    str place;

    if (first != NULL && first->kind == BLOCK_PARAGRAPH && first->span_count > 0 &&
        wire_take_dateline(a, &first->spans[0].text, &place) && item->dateline.n == 0)
        item->dateline = place;
}

err wire_parse_html(arena *a, str bytes, struct wire_batch *out, note *why)
{
    struct wire_item item = {.dialect = WIRE_HTML, .kind = WIRE_STORY, .line = 1};
    struct page_node *root = NULL;
    note reason = {0};

    if (out->dialect == WIRE_UNKNOWN)
        out->dialect = WIRE_HTML;
    TRY(page_read(a, bytes, &root, why));
    page_read_meta(a, root, &item);
    err e = page_read_body(a, root, &item, &reason);
    if (e == E_LIMIT)
        return fail(why, e, "%s", reason.text);
    if (e == OK && body_words(&item.body) < WORDS_MIN)
        e = fail(&reason, E_MISSING, "no article was found on this page: fewer than %d words",
                 WORDS_MIN);
    if (e == OK && item.headline.n == 0)
        e = fail(&reason, E_MISSING, "the page has text but no headline: no title, no h1");
    if (e != OK) {
        wire_add_trouble(a, out, 0, item.guid, "%s", reason.text);
        return OK;
    }
    take_dateline(a, &item);
    struct wire_item *kept = wire_add_item(a, out);
    if (kept == NULL)
        return OK;
    wire_finish(a, &item, bytes);
    *kept = item;
    return OK;
}
