/*
 * metadata.c - the facts a picture carries inside its file, twice: as an XMP
 * packet (IPTC Core and Extension) and as the older IPTC-IIM records in a
 * Photoshop resource block, which many systems still read first.
 */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CREDIT "The Fathom"
#define COPYRIGHT "© 2026 the Broadsheet project, Apache-2.0"
#define COUNTRY "Aldersay"
#define CREATED "2026-11-16"

/* ---- XMP ---- */

static void escaped(FILE *f, const char *s)
{
    for (; *s; s++)
        switch (*s) {
        case '&':
            fputs("&amp;", f);
            break;
        case '<':
            fputs("&lt;", f);
            break;
        case '>':
            fputs("&gt;", f);
            break;
        case '"':
            fputs("&quot;", f);
            break;
        default:
            fputc(*s, f);
        }
}

static void simple(FILE *f, const char *name, const char *value)
{
    fprintf(f, "   <%s>", name);
    escaped(f, value);
    fprintf(f, "</%s>\n", name);
}

static void listed(FILE *f, const char *name, const char *kind, const char *value)
{
    bool alt = strcmp(kind, "Alt") == 0;

    fprintf(f, "   <%s><rdf:%s><rdf:li%s>", name, kind, alt ? " xml:lang=\"x-default\"" : "");
    escaped(f, value);
    fprintf(f, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

char *metadata_xmp(const struct entry *e, size_t *length)
{
    char *out = NULL;
    FILE *f = open_memstream(&out, length);

    fputs("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
          " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
          "  <rdf:Description rdf:about=\"\"\n"
          "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
          "    xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n"
          "    xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n"
          "    xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\"\n"
          "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\n",
          f);
    listed(f, "dc:title", "Alt", e->name);
    listed(f, "dc:description", "Alt", e->caption);
    listed(f, "dc:creator", "Seq", e->by);
    listed(f, "dc:rights", "Alt", COPYRIGHT);
    listed(f, "xmpRights:UsageTerms", "Alt", "Free to use under the Apache License 2.0");
    listed(f, "Iptc4xmpCore:AltTextAccessibility", "Alt", e->alt);
    simple(f, "photoshop:Headline", e->headline);
    simple(f, "photoshop:Credit", CREDIT);
    simple(f, "photoshop:Source", CREDIT);
    simple(f, "photoshop:City", e->city);
    simple(f, "photoshop:Country", COUNTRY);
    simple(f, "photoshop:DateCreated", CREATED);
    simple(f, "Iptc4xmpExt:DigitalSourceType",
           "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia");
    fputs("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>", f);
    fclose(f);
    return out;
}

/* ---- IPTC-IIM ---- */

static void dataset(FILE *f, int record, int number, const char *value)
{
    size_t n = strlen(value);
    unsigned char head[5] = {0x1c, (unsigned char)record, (unsigned char)number,
                             (unsigned char)(n >> 8), (unsigned char)n};

    fwrite(head, 1, sizeof head, f);
    fwrite(value, 1, n, f);
}

static char *iim(const struct entry *e, size_t *length)
{
    char *out = NULL;
    FILE *f = open_memstream(&out, length);

    dataset(f, 1, 90, "\x1b%G"); /* the text below is UTF-8 */
    fwrite("\x1c\x02\x00\x00\x02\x00\x04", 1, 7, f);
    dataset(f, 2, 5, e->name);
    dataset(f, 2, 55, "20261116");
    dataset(f, 2, 80, e->by);
    dataset(f, 2, 90, e->city);
    dataset(f, 2, 101, COUNTRY);
    dataset(f, 2, 105, e->headline);
    dataset(f, 2, 110, CREDIT);
    dataset(f, 2, 115, CREDIT);
    dataset(f, 2, 116, COPYRIGHT);
    dataset(f, 2, 120, e->caption);
    fclose(f);
    return out;
}

/* The records, wrapped as resource 0x0404 of a Photoshop block: what an APP13 segment holds. */
unsigned char *metadata_iptc(const struct entry *e, size_t *length)
{
    size_t n;
    char *records = iim(e, &n), *out = NULL;
    unsigned char size[4] = {(unsigned char)(n >> 24), (unsigned char)(n >> 16),
                             (unsigned char)(n >> 8), (unsigned char)n};
    FILE *f = open_memstream(&out, length);

    fwrite("Photoshop 3.0\0008BIM\x04\x04\0\0", 1, 22, f);
    fwrite(size, 1, sizeof size, f);
    fwrite(records, 1, n, f);
    if (n & 1)
        fputc(0, f);
    fclose(f);
    free(records);
    return (unsigned char *)out;
}
