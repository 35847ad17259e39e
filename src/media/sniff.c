#include "media/sniff.h"

#include "base/must.h"

/* A signature: `magic` at byte `at`. */
static const struct signature {
    size_t at;
    str magic;
    struct picture_sniffed is;
} signatures[] = {
    {0, S_INIT("\xff\xd8\xff"), {KIND_JPEG, "a JPEG file", "image/jpeg", "jpg"}},
    {0, S_INIT("\x89PNG\r\n\x1a\n"), {KIND_PNG, "a PNG file", "image/png", "png"}},
    {0, S_INIT("GIF87a"), {KIND_GIF, "a GIF file", "image/gif", "gif"}},
    {0, S_INIT("GIF89a"), {KIND_GIF, "a GIF file", "image/gif", "gif"}},
    {8, S_INIT("WEBPVP8"), {KIND_WEBP, "a WebP file", "image/webp", "webp"}},
    {0, S_INIT("II*\0"), {KIND_TIFF, "a TIFF file", "image/tiff", "tif"}},
    {0, S_INIT("MM\0*"), {KIND_TIFF, "a TIFF file", "image/tiff", "tif"}},
    {0, S_INIT("II+\0\b\0\0\0"), {KIND_TIFF, "a TIFF file", "image/tiff", "tif"}},
    {0, S_INIT("MM\0+\0\b\0\0"), {KIND_TIFF, "a TIFF file", "image/tiff", "tif"}},
    {4, S_INIT("ftypavif"), {KIND_AVIF, "an AVIF file", "image/avif", "avif"}},
    {4, S_INIT("ftypavis"), {KIND_AVIF, "an AVIF file", "image/avif", "avif"}},
    {4, S_INIT("ftyphei"), {KIND_HEIC, "an HEIC file", "image/heic", "heic"}},
    {4, S_INIT("ftyphev"), {KIND_HEIC, "an HEIC file", "image/heic", "heic"}},
    {4, S_INIT("ftypmif1"), {KIND_HEIC, "an HEIF file", "image/heif", "heif"}},
    {4, S_INIT("ftypmsf1"), {KIND_HEIC, "an HEIF file", "image/heif", "heif"}},
    {4, S_INIT("ftypcrx"), {.name = "a camera's raw file"}},
    {4, S_INIT("ftypjp2"), {.name = "a JPEG 2000 file"}},
    {4, S_INIT("ftypqt"), {.name = "a film"}},
    {4, S_INIT("ftyp"), {.name = "a film or sound file"}},
    {4, S_INIT("jP  \r\n"), {.name = "a JPEG 2000 file"}},
    {4, S_INIT("JXL \r\n"), {.name = "a JPEG XL file"}},
    {0, S_INIT("\xff\x0a"), {.name = "a JPEG XL file"}},
    {0, S_INIT("%PDF-"), {.name = "a PDF file"}},
    {0, S_INIT("%!PS"), {.name = "a PostScript file"}},
    {0, S_INIT("8BPS"), {.name = "a Photoshop file"}},
    {0, S_INIT("\0\0\1\0"), {.name = "an icon file"}},
    {0, S_INIT("BM"), {.name = "a BMP file"}},
    {0, S_INIT("PK\3\4"), {.name = "a ZIP file"}},
    {0, S_INIT("\x1f\x8b"), {.name = "a gzip file"}},
    {0, S_INIT("\xc5\xd0\xd3\xc6"), {.name = "a PostScript file"}},
};

static bool stands(str bytes, size_t at, str what)
{
    return bytes.n >= at + what.n && memcmp(bytes.p + at, what.p, what.n) == 0;
}

/* Markup tells by its first tags, behind whatever white space, comments and declarations. */
static struct picture_sniffed sniff_text(str bytes)
{
    str head = str_to(bytes, 4096);

    if (stands(head, 0, S("\xef\xbb\xbf")))
        head = str_from(head, 3);
    head = str_trim(head);
    if (!str_starts(head, S("<")))
        return (struct picture_sniffed){.name = bytes.n == 0 ? "an empty file"
                                                             : "a file of unknown kind"};
    if (str_find_nocase(head, S("<svg")) >= 0 || str_find_nocase(head, S("<!doctype svg")) >= 0)
        return (struct picture_sniffed){.name = "an SVG file"};
    if (str_find_nocase(head, S("<html")) >= 0 || str_find_nocase(head, S("<!doctype html")) >= 0)
        return (struct picture_sniffed){.name = "an HTML page"};
    return (struct picture_sniffed){.name = "a file of markup"};
}

/* Generic HEIF brands may hold AV1: the brands that follow say so (ISO 23008-12). */
static bool lists_avif(str bytes)
{
    for (size_t at = 16; at + 4 <= bytes.n && at < 64; at += 4)
        if (stands(bytes, at, S("avif")))
            return true;
    return false;
}

struct picture_sniffed picture_sniff(str bytes)
{
    for (size_t i = 0; i < LENGTH(signatures); i++) {
        const struct signature *s = &signatures[i];

        if (!stands(bytes, s->at, s->magic) ||
            (s->is.kind == KIND_WEBP && !str_starts(bytes, S("RIFF"))))
            continue;
        if (s->is.kind == KIND_HEIC && str_eq(s->magic, S("ftypmif1")) && lists_avif(bytes))
            return (struct picture_sniffed){KIND_AVIF, "an AVIF file", "image/avif", "avif"};
        return s->is;
    }
    return sniff_text(bytes);
}

/* --- films and sounds --- */

/* The first frame of an MPEG layer III file: sync, layer, a bitrate and a rate that there are. */
static bool is_mp3_frame(str bytes)
{
    if (bytes.n < 4)
        return false;

    const unsigned char *b = (const unsigned char *)bytes.p;

    return b[0] == 0xff && (b[1] & 0xe6) == 0xe2 && (b[1] & 0x18) != 0x08 && (b[2] >> 4) != 0xf &&
           (b[2] >> 4) != 0 && (b[2] & 0x0c) != 0x0c;
}

/* EBML says in its head which of its kinds it is. */
static bool is_webm(str bytes)
{
    return str_find(str_to(bytes, 128), S("\x42\x82\x84webm")) > 0;
}

static struct film_sniffed sniff_ftyp(str bytes)
{
    static const str brands[] = {S_INIT("isom"), S_INIT("iso2"), S_INIT("iso3"), S_INIT("iso4"),
                                 S_INIT("iso5"), S_INIT("iso6"), S_INIT("mp41"), S_INIT("mp42"),
                                 S_INIT("avc1"), S_INIT("av01"), S_INIT("M4V "), S_INIT("M4A "),
                                 S_INIT("dash"), S_INIT("MSNV"), S_INIT("f4v ")};

    if (stands(bytes, 8, S("qt  ")))
        return (struct film_sniffed){.name = "a QuickTime film; browsers play MP4 and WebM"};
    for (size_t i = 0; i < LENGTH(brands); i++)
        if (stands(bytes, 8, brands[i]))
            return (struct film_sniffed){FILM_MP4, "an MP4 file", "mp4"};
    return (struct film_sniffed){.name = "a film or sound of a kind that browsers do not play"};
}

struct film_sniffed film_sniff(str bytes)
{
    if (stands(bytes, 4, S("ftyp")))
        return sniff_ftyp(bytes);
    if (stands(bytes, 0, S("\x1a\x45\xdf\xa3")))
        return is_webm(bytes)
                   ? (struct film_sniffed){FILM_WEBM, "a WebM file", "webm"}
                   : (struct film_sniffed){.name = "a Matroska film; browsers play WebM"};
    if (stands(bytes, 0, S("OggS")))
        return (struct film_sniffed){SOUND_OGG, "an Ogg file", "ogg"};
    if (stands(bytes, 0, S("ID3")) || is_mp3_frame(bytes))
        return (struct film_sniffed){SOUND_MP3, "an MP3 file", "mp3"};
    return (struct film_sniffed){.name = picture_sniff(bytes).name};
}
