/*
 * iptc.c - IPTC-IIM 4.2 datasets, bare or inside Photoshop image resources (resource 0x0404).
 */
#include "base/must.h"
#include "base/utf8.h"
#include "media/metadata.h"
#include "media/words.h"

enum { DATASETS_MAX = 2000, RESOURCES_MAX = 1000, RESOURCE_IPTC = 0x0404, MARKER = 0x1C };

/* Datasets of record 2. */
static const struct {
    int number;
    enum word word;
} datasets[] = {
    {5, WORD_title},       {25, WORD_keywords},  {80, WORD_byline},  {90, WORD_city},
    {101, WORD_country},   {105, WORD_headline}, {110, WORD_credit}, {115, WORD_source},
    {116, WORD_copyright}, {120, WORD_caption},
};

struct dataset {
    int record, number;
    str value;
};

static unsigned byte_at(str s, size_t i)
{
    return (unsigned char)s.p[i];
}

static size_t big_endian(str s, size_t at, size_t n)
{
    size_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value << 8 | byte_at(s, at + i);
    return value;
}

/* Take the next dataset off *rest, passing over bytes that belong to none. */
static bool next_dataset(str *rest, struct dataset *d)
{
    while (rest->n >= 5 && byte_at(*rest, 0) != MARKER)
        *rest = str_from(*rest, 1);
    if (rest->n < 5)
        return false;

    size_t n = big_endian(*rest, 3, 2), head = 5;

    if (n & 0x8000) { /* an extended dataset: this is the length of its length */
        size_t digits = n & 0x7FFF;

        if (digits > 4 || rest->n < head + digits)
            return false;
        n = big_endian(*rest, head, digits);
        head += digits;
    }
    if (n > rest->n - head)
        return false;
    *d =
        (struct dataset){(int)byte_at(*rest, 1), (int)byte_at(*rest, 2), str_of(rest->p + head, n)};
    *rest = str_from(*rest, head + n);
    return true;
}

/* Dataset 1:90 names UTF-8 by ESC % G; where nothing is named, what reads as UTF-8 is. */
static str in_utf8(arena *a, str value)
{
    value = str_to(value, 4 * WORDS_LONG_MAX);
    return utf8_ok(value) ? value : utf8_from_latin1(a, value);
}

static bool digits(str s, size_t n)
{
    if (s.n < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

/* CCYYMMDD and HHMMSS±HHMM in ISO 8601; a month or day may be 00: not known. */
static str moment(arena *a, str day, str time)
{
    buf b = buf_new(a, 40);

    if (!digits(day, 8) || str_eq(str_to(day, 4), S("0000")))
        return (str){0};
    buf_fmt(&b, "%.4s", day.p);
    if (memcmp(day.p + 4, "00", 2) == 0)
        return buf_str(&b);
    buf_fmt(&b, "-%.2s", day.p + 4);
    if (memcmp(day.p + 6, "00", 2) == 0)
        return buf_str(&b);
    buf_fmt(&b, "-%.2s", day.p + 6);
    if (!digits(time, 6))
        return buf_str(&b);
    buf_fmt(&b, "T%.2s:%.2s:%.2s", time.p, time.p + 2, time.p + 4);
    if (time.n >= 11 && (time.p[6] == '+' || time.p[6] == '-') && digits(str_from(time, 7), 4))
        buf_fmt(&b, "%c%.2s:%.2s", time.p[6], time.p + 7, time.p + 9);
    return buf_str(&b);
}

static void take(struct word_list *l, const struct dataset *d, bool utf8)
{
    for (size_t i = 0; i < LENGTH(datasets); i++)
        if (d->record == 2 && d->number == datasets[i].number)
            word_list_offer(l, datasets[i].word, utf8 ? d->value : in_utf8(l->a, d->value));
}

static void read_datasets(struct word_list *l, str iim)
{
    struct dataset d;
    str day = {0}, time = {0};
    bool utf8 = false;

    for (int i = 0; i < DATASETS_MAX && next_dataset(&iim, &d); i++) {
        if (d.record == 1 && d.number == 90)
            utf8 = str_eq(d.value, S("\x1b%G"));
        if (d.record == 2 && d.number == 55)
            day = d.value;
        if (d.record == 2 && d.number == 60)
            time = d.value;
        take(l, &d, utf8);
    }
    word_list_offer(l, WORD_created, moment(l->a, day, time));
}

/* Take the next image resource off *rest: signature, number, name, data, each padded to even. */
static bool next_resource(str *rest, size_t *number, str *data)
{
    if (rest->n < 12)
        return false;

    size_t name = 1 + byte_at(*rest, 6);
    size_t head = 6 + name + (name & 1);

    if (rest->n < head + 4)
        return false;
    *number = big_endian(*rest, 4, 2);

    size_t n = big_endian(*rest, head, 4);

    if (n > rest->n - head - 4)
        return false;
    *data = str_of(rest->p + head + 4, n);
    *rest = str_from(*rest, head + 4 + n + (n & 1));
    return true;
}

static bool is_resource(str s)
{
    static const str signatures[] = {S_INIT("8BIM"), S_INIT("PHUT"), S_INIT("DCSR"), S_INIT("AgHg"),
                                     S_INIT("MeSa")};

    for (size_t i = 0; i < LENGTH(signatures); i++)
        if (str_starts(s, signatures[i]))
            return true;
    return false;
}

void metadata_read_iptc(arena *a, str iptc, struct media_words *words)
{
    struct word_list l = {.a = a};
    size_t number;
    str data;

    if (str_starts(iptc, S("Photoshop 3.0\0")))
        iptc = str_from(iptc, 14);
    if (iptc.n > 0 && byte_at(iptc, 0) == MARKER)
        read_datasets(&l, iptc);
    for (int i = 0; i < RESOURCES_MAX && is_resource(iptc); i++) {
        if (!next_resource(&iptc, &number, &data))
            break;
        if (number == RESOURCE_IPTC)
            read_datasets(&l, data);
    }
    *words = word_list_done(&l);
}
