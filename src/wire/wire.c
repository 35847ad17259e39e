#include "wire/wire.h"

#include "wire/dialect.h"
#include "wire/item/build.h"

enum wire_dialect wire_sniff(str bytes, str file_name)
{
    arena *a = arena_new(8 << 20);
    enum wire_dialect found = wire_look(a, bytes, file_name).dialect;

    arena_free(&a);
    return found;
}

str wire_dialect_name(enum wire_dialect d)
{
    static const str names[WIRE_DIALECTS] = {
        [WIRE_UNKNOWN] = S_INIT("unknown"),   [WIRE_NEWSML_G2] = S_INIT("NewsML-G2"),
        [WIRE_NITF] = S_INIT("NITF"),         [WIRE_NINJS] = S_INIT("ninjs"),
        [WIRE_RSS] = S_INIT("RSS"),           [WIRE_ATOM] = S_INIT("Atom"),
        [WIRE_HTML] = S_INIT("HTML"),         [WIRE_TEXT] = S_INIT("text"),
        [WIRE_PICTURE] = S_INIT("picture"),   [WIRE_FILM] = S_INIT("film"),
        [WIRE_CAPTIONS] = S_INIT("captions"),
    };

    return d < WIRE_DIALECTS ? names[d] : names[WIRE_UNKNOWN];
}

/* A picture or film is one item; its words are read from the file when it is taken into the
 * library. */
static void take_picture(arena *a, str bytes, str file_name, str type, enum wire_kind kind,
                         struct wire_batch *out)
{
    struct wire_item *item = wire_add_item(a, out);
    struct wire_media *m = item == NULL ? NULL : wire_add_media(a, item, kind);

    if (m == NULL)
        return;
    item->kind = kind;
    wire_finish(a, item, bytes);
    m->guid = item->guid;
    wire_add_rendition(
        a, m, (struct wire_rendition){.address = file_name, .type = type, .use = S("original")});
}

static err read_as(arena *a, const struct wire_sniffed *as, str bytes, str file_name,
                   const struct wire_here *here, struct wire_batch *out, note *why)
{
    switch (as->dialect) {
    case WIRE_NEWSML_G2:
        return wire_parse_newsml_g2(a, bytes, out, why);
    case WIRE_NITF:
        return wire_parse_nitf(a, bytes, out, why);
    case WIRE_NINJS:
        return wire_parse_ninjs(a, bytes, out, why);
    case WIRE_RSS:
    case WIRE_ATOM:
        return wire_parse_feed(a, bytes, out, why);
    case WIRE_HTML:
        return wire_parse_html(a, bytes, out, why);
    case WIRE_TEXT:
        return wire_parse_text(a, bytes, here, out, why);
    case WIRE_PICTURE:
        take_picture(a, bytes, file_name, str_c(as->type), WIRE_PHOTO, out);
        return OK;
    case WIRE_FILM:
        take_picture(a, bytes, file_name, S(""), WIRE_VIDEO, out);
        return OK;
    case WIRE_CAPTIONS:
        wire_add_trouble(a, out, 0, S(""),
                         "these are captions; the film that they belong to must lie beside them, "
                         "under the same name");
        return OK;
    default:
        wire_add_trouble(a, out, 0, S(""), "this is %.*s", STR(as->what));
        return OK;
    }
}

err wire_read(arena *a, str bytes, str file_name, const struct wire_here *here,
              struct wire_batch *out, note *why)
{
    if (bytes.n > WIRE_FILE_MAX)
        return fail(why, E_LIMIT, "the file has %zu bytes, more than the %d that are looked at",
                    bytes.n, WIRE_FILE_MAX);

    struct wire_sniffed as = wire_look(a, bytes, file_name);
    note reason = {0};
    *out = (struct wire_batch){.dialect = as.dialect};
    if (read_as(a, &as, bytes, file_name, here, out, &reason) != OK)
        wire_add_trouble(a, out, 0, S(""), "%s", reason.text);
    if (out->item_count + out->trouble_count == 0)
        wire_add_trouble(a, out, 0, S(""), "there is no item of news in this file");
    return OK;
}
