#include "media/metadata.h"

#include "base/buf.h"
#include "base/must.h"
#include "media/words.h"

void metadata_read(arena *a, const struct metadata_blobs *blobs, struct media_words *words)
{
    struct media_words from[3];
    struct word_list all = {.a = a};

    metadata_read_xmp(a, blobs->xmp, &from[0]);
    metadata_read_iptc(a, blobs->iptc, &from[1]);
    metadata_read_exif(a, blobs->exif, &from[2]);
    for (size_t i = 0; i < LENGTH(from); i++) {
        struct word_list more = word_list_of(a, &from[i]);

        for (int w = 0; w < WORD_COUNT; w++)
            if (all.v[w].n == 0)
                all.v[w] = more.v[w];
    }
    *words = word_list_done(&all);
}

/* --- JPEG (ITU-T T.81, annex B) --- */

enum { APP1 = 0xE1, APP13 = 0xED, SOS = 0xDA, EOI = 0xD9, SEGMENTS_MAX = 4096 };

/* Take the next marker segment off *rest; false at the picture itself or where it is broken. */
static bool next_segment(str *rest, unsigned *marker, str *inside)
{
    const unsigned char *p = (const unsigned char *)rest->p;
    size_t at = 0;

    if (rest->n < 4 || p[0] != 0xFF)
        return false;
    while (at + 4 <= rest->n && p[at] == 0xFF && p[at + 1] == 0xFF)
        at++; /* fill bytes */
    if (at + 4 > rest->n)
        return false;
    *marker = p[at + 1];

    size_t n = (size_t)p[at + 2] << 8 | p[at + 3];

    if (*marker == SOS || *marker == EOI || n < 2 || at + 2 + n > rest->n)
        return false;
    *inside = str_of(rest->p + at + 4, n - 2);
    *rest = str_from(*rest, at + 2 + n);
    return true;
}

void metadata_of_jpeg(arena *a, str jpeg, struct metadata_blobs *blobs)
{
    static const str xmp_name = S_INIT("http://ns.adobe.com/xap/1.0/\0");
    static const str iptc_name = S_INIT("Photoshop 3.0\0");
    struct metadata_blobs found = {0};
    str rest = str_from(jpeg, 2), inside;
    unsigned marker;

    for (int i = 0; i < SEGMENTS_MAX && next_segment(&rest, &marker, &inside); i++) {
        if (marker == APP1 && str_starts(inside, S("Exif\0\0")) && found.exif.n == 0)
            found.exif = inside;
        if (marker == APP1 && str_starts(inside, xmp_name) && found.xmp.n == 0)
            found.xmp = str_from(inside, xmp_name.n);
        if (marker == APP13 && str_starts(inside, iptc_name)) {
            str more = str_from(inside, iptc_name.n);

            found.iptc = found.iptc.n == 0 ? more : str_join(a, found.iptc, more);
        }
    }
    *blobs = found;
}

str metadata_find_xmp(str file)
{
    static const str begin = S_INIT("<x:xmpmeta"), end = S_INIT("</x:xmpmeta>");
    ptrdiff_t from = str_find(file, begin);
    ptrdiff_t to = from < 0 ? -1 : str_find(str_from(file, (size_t)from), end);

    return to < 0 ? (str){0} : str_to(str_from(file, (size_t)from), (size_t)to + end.n);
}

/* --- what goes out --- */

static void add_escaped(buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++)
        switch (text.p[i]) {
        case '&':
            buf_lit(b, "&amp;");
            break;
        case '<':
            buf_lit(b, "&lt;");
            break;
        case '>':
            buf_lit(b, "&gt;");
            break;
        case '"':
            buf_lit(b, "&quot;");
            break;
        default:
            buf_char(b, text.p[i]);
        }
}

/* U+FFFE and U+FFFF are the characters of clean text that XML does not know. */
static str for_xml(arena *a, str text)
{
    return str_replace(a, str_replace(a, text, S("\xef\xbf\xbe"), S("")), S("\xef\xbf\xbf"), S(""));
}

static void add_property(arena *a, buf *b, const char *name, const char *container, str text)
{
    text = for_xml(a, text);
    if (text.n == 0)
        return;
    if (container == NULL) {
        buf_fmt(b, "<%s>", name);
        add_escaped(b, text);
    } else {
        buf_fmt(b, "<%s><rdf:%s><rdf:li%s>", name, container,
                strcmp(container, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
        add_escaped(b, text);
        buf_fmt(b, "</rdf:li></rdf:%s>", container);
    }
    buf_fmt(b, "</%s>", name);
}

str metadata_rights(arena *a, const struct media_words *words)
{
    buf b = buf_new(a, 256 << 10);

    buf_lit(&b, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                "<rdf:Description rdf:about=\"\""
                " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
                " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
                " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">");

    size_t head = b.n;

    add_property(a, &b, "dc:creator", "Seq", words->byline);
    add_property(a, &b, "photoshop:Credit", NULL, words->credit);
    add_property(a, &b, "photoshop:Source", NULL, words->source);
    add_property(a, &b, "dc:rights", "Alt", words->copyright);
    add_property(a, &b, "xmpRights:UsageTerms", "Alt", words->terms);
    add_property(a, &b, "xmpRights:WebStatement", NULL, words->rights_url);
    add_property(a, &b, "Iptc4xmpExt:DigitalSourceType", NULL, words->digital_source);
    if (b.n == head || b.over)
        return (str){0};
    buf_lit(&b, "</rdf:Description></rdf:RDF></x:xmpmeta>");
    return buf_str(&b);
}
