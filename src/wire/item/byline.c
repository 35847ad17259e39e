#include "wire/item/byline.h"

#include "base/utf8.h"
#include "wire/item/build.h"

enum { DATELINE_MAX = 110, CREDIT_MAX = 100 };

static bool is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x3A9) ||
           (c >= 0x410 && c <= 0x42F);
}

static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF) || (c >= 0x3B1 && c <= 0x3C9) ||
           (c >= 0x430 && c <= 0x44F);
}

/* Is the place itself in capitals ("NEW YORK, Nov 3")? */
static bool is_in_capitals(str place)
{
    size_t upper = 0;
    uint32_t c;

    while ((c = utf8_next(&place)) != 0 && c != ',' && c != '(') {
        if (is_lower(c))
            return false;
        upper += is_upper(c);
    }
    return upper >= 3;
}

static size_t words_in(str s)
{
    size_t n = 0;
    str word;

    while (str_cut(&s, ' ', &word))
        n += word.n > 0;
    return n;
}

/* Where the dateline ends and, in *skip, how long the dash behind it is; -1: there is none. */
static ptrdiff_t dash_in(str head, size_t *skip)
{
    static const str dashes[] = {S_INIT(" — "), S_INIT(" – "), S_INIT(" - "), S_INIT(" -- "),
                                 S_INIT(")— "), S_INIT("): "), S_INIT(" —"),  S_INIT(" _ ")};
    ptrdiff_t first = -1;

    for (size_t i = 0; i < LENGTH(dashes); i++) {
        ptrdiff_t at = str_find(head, dashes[i]);

        if (at < 0)
            continue;
        size_t keep = dashes[i].p[0] == ')';
        at += (ptrdiff_t)keep;
        if (first < 0 || at < first) {
            first = at;
            *skip = dashes[i].n - keep;
        }
    }
    return first;
}

bool wire_take_dateline(arena *a, str *paragraph, str *dateline)
{
    str all = str_from(*paragraph, (size_t)(str_trim(*paragraph).p - paragraph->p)), first = all;
    size_t skip = 0;
    ptrdiff_t at = dash_in(str_to(all, DATELINE_MAX), &skip);

    if (at < 3 || !is_upper(utf8_next(&first)))
        return false;
    str head = str_trim(str_to(all, (size_t)at)), rest = str_from(all, (size_t)at + skip);
    while (str_starts(rest, S(" ")))
        rest = str_from(rest, 1);
    bool agency = str_ends(head, S(")")) && str_find_char(head, '(') > 0;
    if (rest.n == 0 || words_in(head) > 10 || (!agency && !is_in_capitals(head)))
        return false;
    str place = wire_dateline(a, head);
    if (place.n == 0 || words_in(place) > 6)
        return false;
    *dateline = place;
    *paragraph = rest;
    return true;
}

/* Does it read like a source: "Jo Orr/PA", "AP Photo/Jo Orr", "Getty Images"? */
static bool is_source(str s)
{
    str rest = s, word;
    size_t words = 0, upper = 0;

    if (s.n < 2 || s.n > CREDIT_MAX || str_find(s, S(". ")) >= 0)
        return false;
    while (str_cut(&rest, ' ', &word)) {
        words += word.n > 0;
        upper += is_upper(utf8_next(&word));
    }
    if (words == 0 || words > 10 || upper == 0)
        return false;
    if (str_find_char(s, '/') > 0)
        return true;
    return upper * 2 >= words && (words >= 2 || is_in_capitals(s) || s.n <= 3);
}

/* Words that announce a source at the end of a caption. */
static const str announced_by[] = {
    S_INIT("photo by"),
    S_INIT("photograph by"),
    S_INIT("picture by"),
    S_INIT("image by"),
    S_INIT("photo:"),
    S_INIT("photograph:"),
    S_INIT("picture:"),
    S_INIT("pic:"),
    S_INIT("image:"),
    S_INIT("credit:"),
    S_INIT("foto:"),
    S_INIT("bild:"),
    S_INIT("photos:"),
    S_INIT("pictures:"),
    S_INIT("images:"),
    S_INIT("fotos:"),
    S_INIT("photo credit:"),
    S_INIT("image credit:"),
    S_INIT("image source,"),
    S_INIT("crédit photo :"),
    S_INIT("crédit :"),
    S_INIT("photo :"),
    S_INIT("quelle:"),
    S_INIT("source:"),
    S_INIT("©"),
    S_INIT("(c)"),
};

static str without_announcement(str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < LENGTH(announced_by); i++)
        if (str_starts_nocase(s, announced_by[i]))
            return without_announcement(str_from(s, announced_by[i].n));
    return s;
}

/* The last announcement that starts a word. */
static ptrdiff_t announcement_in(str s)
{
    ptrdiff_t last = -1;

    for (size_t i = 0; i < LENGTH(announced_by); i++) {
        str rest = s;
        ptrdiff_t at;

        while ((at = str_find_nocase(rest, announced_by[i])) >= 0) {
            ptrdiff_t here = (rest.p - s.p) + at;

            if (here > last && (here == 0 || strchr(" .([|", s.p[here - 1]) != NULL))
                last = here;
            rest = str_from(rest, (size_t)at + 1);
        }
    }
    return last;
}

bool wire_take_credit(str *caption, str *credit)
{
    str all = str_trim(*caption);
    ptrdiff_t at = str_find_last(all, '(');

    if (at >= 0 && (str_ends(all, S(")")) || str_ends(all, S(").")))) {
        str inside = str_to(str_from(all, (size_t)at + 1),
                            all.n - (size_t)at - 1 - (all.p[all.n - 1] == '.' ? 2 : 1));
        str source = without_announcement(inside);

        if (source.p != inside.p ? source.n > 0 && source.n <= CREDIT_MAX : is_source(source)) {
            *caption = str_trim(str_to(all, (size_t)at));
            *credit = source;
            return true;
        }
    }
    at = announcement_in(all);
    if (at < 0)
        return false;
    str source = without_announcement(str_from(all, (size_t)at));
    while (str_ends(source, S(")")) || str_ends(source, S("]")))
        source = str_to(source, source.n - 1);
    if (source.n == 0 || source.n > CREDIT_MAX || words_in(source) > 12 ||
        str_find(source, S(". ")) >= 0)
        return false;
    str rest = str_trim(str_to(all, (size_t)at));
    while (rest.n > 0 && strchr("([|", rest.p[rest.n - 1]) != NULL)
        rest = str_trim(str_to(rest, rest.n - 1));
    *caption = rest;
    *credit = source;
    return true;
}
