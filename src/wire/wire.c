#include "wire/wire.h"

#include "text/dates.h"
#include "wire/build.h"
#include "wire/sniff.h"

enum wire_dialect wire_sniff(str bytes, str file_name)
{
    arena *a = arena_new(8 << 20);
    enum wire_dialect found = sniff(a, bytes, file_name).dialect;

    arena_free(&a);
    return found;
}

str wire_dialect_name(enum wire_dialect d)
{
    static const str names[WIRE_DIALECTS] = {
        [WIRE_UNKNOWN] = S_INIT("unknown"), [WIRE_NEWSML_G2] = S_INIT("NewsML-G2"),
        [WIRE_NITF] = S_INIT("NITF"),       [WIRE_NINJS] = S_INIT("ninjs"),
        [WIRE_RSS] = S_INIT("RSS"),         [WIRE_ATOM] = S_INIT("Atom"),
        [WIRE_HTML] = S_INIT("HTML"),       [WIRE_TEXT] = S_INIT("text"),
        [WIRE_PICTURE] = S_INIT("picture"),
    };

    return d < WIRE_DIALECTS ? names[d] : names[WIRE_UNKNOWN];
}

/* A picture is one item; its words are read from the file when it is taken into the library. */
static void take_picture(arena *a, str bytes, str file_name, str type, struct wire_batch *out)
{
    struct wire_item *item = wire_add_item(a, out);
    struct wire_media *m = item == NULL ? NULL : wire_add_media(a, item, WIRE_PHOTO);

    if (m == NULL)
        return;
    item->kind = WIRE_PHOTO;
    wire_finish(a, item, bytes);
    m->guid = item->guid;
    wire_add_rendition(
        a, m, (struct wire_rendition){.address = file_name, .type = type, .use = S("original")});
}

static err read_as(arena *a, const struct sniffed *as, str bytes, str file_name, int64_t now,
                   struct wire_batch *out, note *why)
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
        return wire_parse_text(a, bytes, now, out, why);
    case WIRE_PICTURE:
        take_picture(a, bytes, file_name, str_c(as->type), out);
        return OK;
    default:
        wire_add_trouble(a, out, 0, S(""), "this is %.*s", STR(as->what));
        return OK;
    }
}

err wire_read(arena *a, str bytes, str file_name, int64_t now, struct wire_batch *out, note *why)
{
    if (bytes.n > WIRE_FILE_MAX)
        return fail(why, E_LIMIT, "the file has %zu bytes, more than the %d that are looked at",
                    bytes.n, WIRE_FILE_MAX);

    struct sniffed as = sniff(a, bytes, file_name);
    note reason = {0};
    *out = (struct wire_batch){.dialect = as.dialect};
    if (read_as(a, &as, bytes, file_name, now, out, &reason) != OK)
        wire_add_trouble(a, out, 0, S(""), "%s", reason.text);
    if (out->item_count + out->trouble_count == 0)
        wire_add_trouble(a, out, 0, S(""), "there is no item of news in this file");
    return OK;
}

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Of any length: without its leading zeros, the longer number is the larger. */
static int number_order(str x, str y)
{
    while (x.n > 1 && x.p[0] == '0')
        x = str_from(x, 1);
    while (y.n > 1 && y.p[0] == '0')
        y = str_from(y, 1);
    if (x.n != y.n)
        return x.n < y.n ? -1 : 1;
    return str_order(x, y);
}

/* "1.10" is newer than "1.9". */
static bool dotted_order(str x, str y, int *order)
{
    str a, b;

    *order = 0;
    while (*order == 0) {
        bool more_x = str_cut(&x, '.', &a), more_y = str_cut(&y, '.', &b);
        if (!more_x || !more_y) {
            *order = more_x - more_y;
            return true;
        }
        if (!is_number(a) || !is_number(b))
            return false;
        *order = number_order(a, b);
    }
    return is_number(a) && is_number(b);
}

int wire_version_order(str x, str y)
{
    int64_t at_x, at_y;
    int order;

    x = str_trim(x);
    y = str_trim(y);
    if (x.n == 0 || y.n == 0)
        return (x.n > 0) - (y.n > 0);
    if (dotted_order(x, y, &order))
        return order;
    if (date_parse(x, NULL, &at_x) && date_parse(y, NULL, &at_y))
        return (at_x > at_y) - (at_x < at_y);
    return str_order(x, y);
}
