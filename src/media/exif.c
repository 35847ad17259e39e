/*
 * exif.c - the few words of an EXIF block (CIPA DC-008) that tell of a picture: what, who, whose,
 * when.  Where it was taken (GPS) is never read.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "media/metadata.h"
#include "media/words.h"

enum {
    TAG_DESCRIPTION = 0x010E,
    TAG_ARTIST = 0x013B,
    TAG_COPYRIGHT = 0x8298,
    TAG_MORE = 0x8769, /* where the second directory is */
    TAG_TAKEN = 0x9003,
    ASCII = 2,
    LONG = 4,
    UTF8 = 129,
    ENTRIES_MAX = 512
};

struct tiff {
    str all;
    bool little; /* least significant byte first */
};

/* `n` bytes at `at` as a number; 0 beyond the end. */
static size_t number_at(const struct tiff *t, size_t at, size_t n)
{
    size_t value = 0;

    if (at > t->all.n || n > t->all.n - at)
        return 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | (unsigned char)t->all.p[t->little ? at + n - 1 - i : at + i];
    return value;
}

/* The text of the entry at `at`; up to four bytes stand in the entry itself. */
static str text_at(const struct tiff *t, size_t at)
{
    size_t type = number_at(t, at + 2, 2), n = number_at(t, at + 4, 4);
    size_t from = n <= 4 ? at + 8 : number_at(t, at + 8, 4);

    if ((type != ASCII && type != UTF8) || from > t->all.n || n > t->all.n - from)
        return (str){0};
    return str_of(t->all.p + from, n);
}

/* The entry with this tag in the directory at `directory`, 0: there is none. */
static size_t entry_of(const struct tiff *t, size_t directory, size_t tag)
{
    size_t n = number_at(t, directory, 2);

    if (directory == 0)
        return 0;
    for (size_t i = 0; i < n && i < ENTRIES_MAX; i++)
        if (number_at(t, directory + 2 + i * 12, 2) == tag)
            return directory + 2 + i * 12;
    return 0;
}

/* Text up to the first NUL, in whatever encoding it reads as. */
static str word_of(arena *a, const struct tiff *t, size_t directory, size_t tag)
{
    size_t at = entry_of(t, directory, tag);
    str text = at == 0 ? (str){0} : str_to(text_at(t, at), 4 * WORDS_LONG_MAX);
    ptrdiff_t end = str_find_char(text, '\0');

    if (end >= 0)
        text = str_to(text, (size_t)end);
    return utf8_ok(text) ? text : utf8_from_latin1(a, text);
}

/* What cameras write when nobody wrote anything. */
static bool says_nothing(str description)
{
    static const str empty[] = {
        S_INIT("OLYMPUS DIGITAL CAMERA"),
        S_INIT("MINOLTA DIGITAL CAMERA"),
        S_INIT("KONICA MINOLTA DIGITAL CAMERA"),
        S_INIT("SONY DSC"),
        S_INIT("DCIM"),
        S_INIT("DIGITAL CAMERA"),
        S_INIT("Exif_JPEG_PICTURE"),
        S_INIT("default"),
    };

    for (size_t i = 0; i < LENGTH(empty); i++)
        if (str_eq(str_trim(description), empty[i]))
            return true;
    return false;
}

/* "2026:11:16 09:30:00" in ISO 8601; empty when it is not one, or was never set. */
static str moment(arena *a, str s)
{
    static const char shape[] = "dddd:dd:dd dd:dd:dd";

    if (s.n != sizeof shape - 1 || str_starts(s, S("0000")))
        return (str){0};
    for (size_t i = 0; i < s.n; i++)
        if (shape[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i])
            return (str){0};
    return str_fmt(a, "%.4s-%.2s-%.2sT%.8s", s.p, s.p + 5, s.p + 8, s.p + 11);
}

void metadata_read_exif(arena *a, str exif, struct media_words *words)
{
    struct word_list l = {.a = a};

    *words = (struct media_words){0};
    if (str_starts(exif, S("Exif\0\0")))
        exif = str_from(exif, 6);

    struct tiff t = {.all = exif, .little = str_starts(exif, S("II"))};

    if (exif.n < 8 || (!t.little && !str_starts(exif, S("MM"))) || number_at(&t, 2, 2) != 42)
        return;

    size_t first = number_at(&t, 4, 4), more = entry_of(&t, first, TAG_MORE);
    str description = word_of(a, &t, first, TAG_DESCRIPTION);

    if (!says_nothing(description))
        word_list_offer(&l, WORD_caption, description);
    word_list_offer(&l, WORD_byline, word_of(a, &t, first, TAG_ARTIST));
    word_list_offer(&l, WORD_copyright, word_of(a, &t, first, TAG_COPYRIGHT));
    if (more != 0 && number_at(&t, more + 2, 2) == LONG)
        word_list_offer(&l, WORD_created,
                        moment(a, word_of(a, &t, number_at(&t, more + 8, 4), TAG_TAKEN)));
    *words = word_list_done(&l);
}
