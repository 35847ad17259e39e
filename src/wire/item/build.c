#include "wire/item/build.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { TROUBLES_MAX = 5000, PEOPLE_MAX = 100, LINKS_MAX = 2000, RENDITIONS_MAX = 50 };

/* Room for one more behind `count`: lists double at 4, 8, 16... */
static void *grow(arena *a, void *list, size_t count, size_t size)
{
    if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
        return list;

    size_t room = count < 4 ? 4 : count * 2;
    void *larger = arena_alloc(a, arena_times(size, room));
    if (count > 0)
        memcpy(larger, list, count * size);
    return larger;
}

struct wire_item *wire_add_item(arena *a, struct wire_batch *batch)
{
    if (batch->item_count == WIRE_ITEMS_MAX) {
        const struct wire_trouble *last =
            batch->trouble_count > 0 ? &batch->troubles[batch->trouble_count - 1] : NULL;
        if (last == NULL || !str_starts(last->reason, S("more than")))
            wire_add_trouble(a, batch, 0, S(""),
                             "more than %d items in one file; the rest was left out, split it",
                             WIRE_ITEMS_MAX);
        return NULL;
    }
    batch->items = grow(a, batch->items, batch->item_count, sizeof *batch->items);
    struct wire_item *item = &batch->items[batch->item_count++];
    *item = (struct wire_item){.dialect = batch->dialect};
    return item;
}

void wire_drop_item(struct wire_batch *batch)
{
    batch->item_count--;
}

void wire_add_trouble(arena *a, struct wire_batch *batch, int line, str guid, const char *reason,
                      ...)
{
    char words[600];
    va_list rest;

    if (batch->trouble_count == TROUBLES_MAX)
        return;
    va_start(rest, reason);
    vsnprintf(words, sizeof words, reason, rest);
    va_end(rest);
    batch->troubles = grow(a, batch->troubles, batch->trouble_count, sizeof *batch->troubles);
    batch->troubles[batch->trouble_count++] = (struct wire_trouble){
        .line = line, .guid = guid, .reason = utf8_clean(a, str_dup(a, str_c(words)))};
}

static str cut(arena *a, str s)
{
    if (s.n <= WIRE_FIELD_MAX)
        return s;
    return str_join(a, utf8_to(s, WIRE_FIELD_MAX - 3), S("…"));
}

str wire_field(arena *a, str s)
{
    return cut(a, str_squeeze(a, s));
}

str wire_note(arena *a, str s)
{
    buf lines = buf_new(a, SIZE_MAX / 2);
    str line;

    while (str_cut(&s, '\n', &line)) {
        line = str_squeeze(a, line);
        if (line.n == 0)
            continue;
        if (lines.n > 0)
            buf_char(&lines, '\n');
        buf_add(&lines, line);
    }
    return cut(a, buf_str(&lines));
}

void wire_add_subject(arena *a, struct wire_item *item, str scheme, str code, str name)
{
    name = wire_field(a, name);
    if ((code.n == 0 && name.n == 0) || item->subject_count == WIRE_SUBJECTS_MAX)
        return;
    for (size_t i = 0; i < item->subject_count; i++) {
        const struct wire_subject *s = &item->subjects[i];
        if (str_eq(s->scheme, scheme) && str_eq(s->code, code) &&
            (code.n > 0 || str_eq_nocase(s->name, name)))
            return;
    }
    item->subjects = grow(a, item->subjects, item->subject_count, sizeof *item->subjects);
    item->subjects[item->subject_count++] =
        (struct wire_subject){.scheme = scheme, .code = cut(a, code), .name = name};
}

void wire_add_keyword(arena *a, struct wire_item *item, str name)
{
    wire_add_subject(a, item, S(""), S(""), name);
}

void wire_add_person(arena *a, struct wire_item *item, str name, str role)
{
    name = wire_field(a, name);
    if (name.n == 0 || item->person_count == PEOPLE_MAX)
        return;
    for (size_t i = 0; i < item->person_count; i++)
        if (str_eq_nocase(item->people[i].name, name))
            return;
    item->people = grow(a, item->people, item->person_count, sizeof *item->people);
    item->people[item->person_count++] =
        (struct wire_person){.name = name, .role = wire_field(a, role)};
}

void wire_add_link(arena *a, struct wire_item *item, str guid, str relation)
{
    if (guid.n == 0 || item->link_count == LINKS_MAX)
        return;
    for (size_t i = 0; i < item->link_count; i++)
        if (str_eq(item->links[i].guid, guid) && str_eq(item->links[i].relation, relation))
            return;
    item->links = grow(a, item->links, item->link_count, sizeof *item->links);
    item->links[item->link_count++] =
        (struct wire_link){.guid = cut(a, guid), .relation = cut(a, relation)};
}

struct wire_media *wire_add_media(arena *a, struct wire_item *item, enum wire_kind kind)
{
    if (item->media_count == WIRE_MEDIA_MAX)
        return NULL;
    item->media = grow(a, item->media, item->media_count, sizeof *item->media);
    struct wire_media *m = &item->media[item->media_count++];
    *m = (struct wire_media){.kind = kind};
    return m;
}

void wire_add_rendition(arena *a, struct wire_media *of, struct wire_rendition r)
{
    if (of == NULL || r.address.n == 0 || of->rendition_count == RENDITIONS_MAX)
        return;
    for (size_t i = 0; i < of->rendition_count; i++)
        if (str_eq(of->renditions[i].address, r.address))
            return;
    r.address = cut(a, r.address);
    of->renditions = grow(a, of->renditions, of->rendition_count, sizeof *of->renditions);
    of->renditions[of->rendition_count++] = r;
}

str wire_local(str qcode)
{
    return str_trim(str_from(qcode, str_find_char(qcode, ':') + 1));
}

enum wire_kind wire_kind_of(str word)
{
    static const struct {
        const char *word;
        enum wire_kind kind;
    } words[] = {
        {"text", WIRE_STORY},        {"picture", WIRE_PHOTO},    {"photo", WIRE_PHOTO},
        {"image", WIRE_PHOTO},       {"photograph", WIRE_PHOTO}, {"graphic", WIRE_GRAPHIC},
        {"graphics", WIRE_GRAPHIC},  {"animated", WIRE_GRAPHIC}, {"video", WIRE_VIDEO},
        {"movie", WIRE_VIDEO},       {"audio", WIRE_AUDIO},      {"sound", WIRE_AUDIO},
        {"composite", WIRE_PACKAGE}, {"package", WIRE_PACKAGE},
    };
    ptrdiff_t slash = str_find_char(word, '/');

    word = str_trim(slash < 0 ? word : str_to(word, (size_t)slash));
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(word, str_c(words[i].word)))
            return words[i].kind;
    return WIRE_OTHER;
}

str wire_scheme_of(str uri)
{
    static const struct {
        str part, scheme;
    } known[] = {
        {S_INIT("newscodes/mediatopic"), S_INIT("medtop")},
        {S_INIT("newscodes/subjectcode"), S_INIT("subj")},
        {S_INIT("newscodes/genre"), S_INIT("genre")},
        {S_INIT("newscodes/pubstatus"), S_INIT("stat")},
        {S_INIT("newscodes/ninature"), S_INIT("ninat")},
        {S_INIT("newscodes/signal"), S_INIT("sig")},
        {S_INIT("newscodes/rendition"), S_INIT("rnd")},
        {S_INIT("newscodes/descriptionrole"), S_INIT("drol")},
    };
    for (size_t i = 0; i < LENGTH(known); i++)
        if (str_find(uri, S("iptc.org/")) >= 0 && str_find(uri, known[i].part) >= 0)
            return known[i].scheme;
    return S("");
}

void wire_finish(arena *a, struct wire_item *item, str bytes)
{
    if (item->guid.n == 0)
        item->guid = str_join(a, S("fingerprint:"), fingerprint(a, bytes));
    item->guid = cut(a, item->guid);
    if (item->line == 0)
        item->line = 1;
}

bool wire_is_empty(const struct wire_item *item)
{
    return item->headline.n == 0 && item->body.count == 0 && item->media_count == 0 &&
           item->link_count == 0 && item->status == WIRE_USABLE && item->signal != WIRE_KILL &&
           item->kind != WIRE_OTHER;
}

/* "3", "3.5", "3,50" in hundredths; -1: no such number. */
static int64_t hundredths(str s)
{
    ptrdiff_t point = str_find_char(s, '.') >= 0 ? str_find_char(s, '.') : str_find_char(s, ',');
    str whole = point < 0 ? s : str_to(s, (size_t)point);
    str part = point < 0 ? S("") : str_from(s, (size_t)point + 1);
    int64_t n = 0;

    if (!str_int(whole, &n) || n < 0 || n > 1000 || (point >= 0 && part.n == 0))
        return -1;
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return -1;
    n *= 100;
    n += part.n > 0 ? (part.p[0] - '0') * 10 : 0;
    return n + (part.n > 1 ? part.p[1] - '0' : 0);
}

void wire_rate(struct wire_item *item, str value, str most)
{
    int64_t given = hundredths(str_trim(value)), scale = hundredths(str_trim(most));

    if (given < 0 || scale <= 0 || given > scale)
        return;
    item->is_rated = true;
    item->half_stars = (int)((given * 10 + scale / 2) / scale);
}
