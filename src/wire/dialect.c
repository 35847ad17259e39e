#include "wire/dialect.h"

#include "base/utf8.h"
#include "media/sniff.h"
#include "text/vtt.h"
#include "wire/xml/xml.h"

enum { LOOK = 64 << 10 };

static const struct {
    size_t at;
    str bytes;
    const char *type; /* a picture */
    const char *what; /* or something else */
} magics[] = {
    {0, S_INIT("\xFF\xD8\xFF"), "image/jpeg", NULL},
    {0, S_INIT("\x89PNG\r\n\x1A\n"), "image/png", NULL},
    {0, S_INIT("GIF87a"), "image/gif", NULL},
    {0, S_INIT("GIF89a"), "image/gif", NULL},
    {8, S_INIT("WEBPVP8"), "image/webp", NULL},
    {0, S_INIT("II*\0"), "image/tiff", NULL},
    {0, S_INIT("MM\0*"), "image/tiff", NULL},
    {4, S_INIT("ftypavif"), "image/avif", NULL},
    {4, S_INIT("ftypavis"), "image/avif", NULL},
    {4, S_INIT("ftyphei"), "image/heic", NULL},
    {4, S_INIT("ftypmif1"), "image/heic", NULL},
    {0, S_INIT("\xFF\x0A"), "image/jxl", NULL},
    {0, S_INIT("\0\0\0\x0CJXL "), "image/jxl", NULL},
    {0, S_INIT("%PDF-"), NULL, "a PDF document"},
    {0, S_INIT("PK\x03\x04"), NULL, "a ZIP archive (or an office document)"},
    {0, S_INIT("PK\x05\x06"), NULL, "a ZIP archive"},
    {0, S_INIT("\x1F\x8B"), NULL, "a gzip archive"},
    {0, S_INIT("BZh"), NULL, "a bzip2 archive"},
    {0,
     S_INIT("\xFD"
            "7zXZ"),
     NULL, "an xz archive"},
    {0, S_INIT("7z\xBC\xAF"), NULL, "a 7z archive"},
    {0, S_INIT("Rar!"), NULL, "a RAR archive"},
    {0, S_INIT("\x28\xB5\x2F\xFD"), NULL, "a zstd archive"},
    {257, S_INIT("ustar"), NULL, "a tar archive"},
    {0, S_INIT("\xD0\xCF\x11\xE0"), NULL, "an old office document"},
    {0, S_INIT("{\\rtf"), NULL, "an RTF document"},
    {0, S_INIT("%!PS"), NULL, "a PostScript document"},
    {0, S_INIT("8BPS"), NULL, "a Photoshop document"},
    {4, S_INIT("ftypqt"), NULL, "a QuickTime film; browsers play MP4 and WebM"},
    {4, S_INIT("ftyp"), NULL, "a film or sound of a kind that browsers do not play"},
    {0, S_INIT("\x1A\x45\xDF\xA3"), NULL, "a Matroska film; browsers play WebM"},
    {8, S_INIT("AVI "), NULL, "an AVI video"},
    {8, S_INIT("WAVE"), NULL, "a WAV sound"},
    {0, S_INIT("fLaC"), NULL, "a FLAC sound"},
    {0,
     S_INIT("\x7F"
            "ELF"),
     NULL, "a program"},
    {0, S_INIT("MZ\x90"), NULL, "a program"},
    {0, S_INIT("SQLite format 3"), NULL, "a database"},
};

static const struct {
    const char *root;
    enum wire_dialect dialect;
    const char *what;
} roots[] = {
    {"newsMessage", WIRE_NEWSML_G2, NULL},
    {"newsItem", WIRE_NEWSML_G2, NULL},
    {"packageItem", WIRE_NEWSML_G2, NULL},
    {"conceptItem", WIRE_NEWSML_G2, NULL},
    {"knowledgeItem", WIRE_NEWSML_G2, NULL},
    {"planningItem", WIRE_NEWSML_G2, NULL},
    {"catalogItem", WIRE_NEWSML_G2, NULL},
    {"contentSet", WIRE_NEWSML_G2, NULL},
    {"groupSet", WIRE_NEWSML_G2, NULL},
    {"nitf", WIRE_NITF, NULL},
    {"rss", WIRE_RSS, NULL},
    {"RDF", WIRE_RSS, NULL},
    {"channel", WIRE_RSS, NULL},
    {"feed", WIRE_ATOM, NULL},
    {"entry", WIRE_ATOM, NULL},
    {"html", WIRE_HTML, NULL},
    {"NewsML", WIRE_UNKNOWN,
     "NewsML 1, which is not read; ask the sender for NewsML-G2, NITF or ninjs"},
    {"opml", WIRE_UNKNOWN, "OPML, a list of feeds; subscribe to the feeds in it"},
    {"urlset", WIRE_UNKNOWN, "a sitemap"},
    {"sitemapindex", WIRE_UNKNOWN, "a sitemap"},
    {"svg", WIRE_UNKNOWN, "an SVG drawing, which is not taken as a picture"},
    {"xmpmeta", WIRE_UNKNOWN, "XMP metadata without its picture"},
    {"catalog", WIRE_UNKNOWN, "a NewsML-G2 catalog, which holds no news"},
    {"schema", WIRE_UNKNOWN, "an XML schema"},
    {"kml", WIRE_UNKNOWN, "a KML map"},
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static str after(str s, str end)
{
    ptrdiff_t at = str_find(s, end);

    return at < 0 ? S("") : str_from(s, (size_t)at + end.n);
}

static str after_doctype(str s)
{
    int inside = 0;

    for (size_t i = 0; i < s.n; i++) {
        inside += s.p[i] == '[' ? 1 : s.p[i] == ']' ? -1 : 0;
        if (s.p[i] == '>' && inside <= 0)
            return str_from(s, i + 1);
    }
    return S("");
}

/* The name in the first start tag; *doctype is what a DOCTYPE before it says. */
static str root_name(str s, str *doctype)
{
    for (;;) {
        while (s.n > 0 && is_space(s.p[0]))
            s = str_from(s, 1);
        if (str_starts(s, S("<?"))) {
            s = after(s, S(">"));
        } else if (str_starts(s, S("<!--"))) {
            s = after(s, S("-->"));
        } else if (str_starts_nocase(s, S("<!DOCTYPE"))) {
            *doctype = str_trim(str_to(str_from(s, 9), 40));
            s = after_doctype(s);
        } else {
            break;
        }
    }
    if (s.n < 2 || s.p[0] != '<')
        return S("");
    size_t n = 1;
    while (n < s.n && !is_space(s.p[n]) && s.p[n] != '>' && s.p[n] != '/')
        n++;
    str name = str_from(str_to(s, n), 1);
    return str_from(name, (size_t)(str_find_char(name, ':') + 1));
}

static bool is_html_element(str name)
{
    static const char *const names[] = {
        "html", "head",   "body",  "p",          "div",    "h1",      "h2",      "h3",
        "span", "ul",     "ol",    "a",          "table",  "article", "section", "main",
        "img",  "b",      "i",     "em",         "strong", "br",      "meta",    "title",
        "link", "script", "style", "blockquote", "figure", "header",  "center",  "font"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq_nocase(name, str_c(names[i])))
            return true;
    return false;
}

static struct wire_sniffed by_root(arena *a, str head)
{
    str doctype = S(""), name = root_name(head, &doctype);

    for (size_t i = 0; i < LENGTH(roots); i++)
        if (str_eq(name, str_c(roots[i].root)))
            return (struct wire_sniffed){roots[i].dialect, NULL, str_c(roots[i].what)};
    if (str_starts_nocase(doctype, S("html")) || is_html_element(name))
        return (struct wire_sniffed){.dialect = WIRE_HTML};
    if (str_find(head, S("<nitf>")) >= 0 || str_find(head, S("<nitf ")) >= 0)
        return (struct wire_sniffed){.dialect = WIRE_NITF};
    if (str_eq_nocase(name, S("rss")) || str_find(head, S("<rss")) >= 0)
        return (struct wire_sniffed){.dialect = WIRE_RSS};
    if (name.n == 0)
        return (struct wire_sniffed){.dialect = WIRE_TEXT};
    name = utf8_clean(a, str_to(name, 60));
    return (struct wire_sniffed){
        .dialect = WIRE_UNKNOWN,
        .what = str_fmt(a, "XML of a kind that is not known here (<%.*s>)", STR(name)),
    };
}

/* Text has no NUL and few control characters. */
static bool looks_like_text(str s)
{
    size_t controls = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == 0)
            return false;
        controls += c < 0x20 && !is_space((char)c) && c != 0x0C && c != 0x1B;
    }
    return controls * 20 <= s.n;
}

struct wire_sniffed wire_look(arena *a, str bytes, str file_name)
{
    str head = str_to(bytes, LOOK), text;
    struct film_sniffed film = film_sniff(head);

    if (film.kind != NO_FILM)
        return (struct wire_sniffed){WIRE_FILM, film.name, {0}};
    if (vtt_looks(head))
        return (struct wire_sniffed){WIRE_CAPTIONS, NULL, {0}};

    for (size_t i = 0; i < LENGTH(magics); i++)
        if (str_starts(str_from(head, magics[i].at), magics[i].bytes))
            return (struct wire_sniffed){magics[i].type != NULL ? WIRE_PICTURE : WIRE_UNKNOWN,
                                         magics[i].type, str_c(magics[i].what)};
    if (xml_utf8(a, str_to(head, head.n & ~(size_t)3), &text, NULL) != OK)
        text = head;
    str trimmed = str_trim(text);
    if (trimmed.n == 0)
        return (struct wire_sniffed){.dialect = WIRE_UNKNOWN, .what = S("an empty file")};
    if (!looks_like_text(text))
        return (struct wire_sniffed){.dialect = WIRE_UNKNOWN, .what = S("a binary file")};
    if (trimmed.p[0] == '<')
        return by_root(a, trimmed);
    if (trimmed.p[0] == '{' ||
        (trimmed.p[0] == '[' && trimmed.n > 1 && strchr("{[\" \n\r\t]", trimmed.p[1]) != NULL))
        return (struct wire_sniffed){.dialect = WIRE_NINJS};
    if (str_find_nocase(str_to(trimmed, 2048), S("<html")) >= 0 ||
        str_ends(file_name, S(".html")) || str_ends(file_name, S(".htm")))
        return (struct wire_sniffed){.dialect = WIRE_HTML};
    if (str_find(str_to(trimmed, 1024), S("<rss")) >= 0)
        return (struct wire_sniffed){.dialect = WIRE_RSS};
    return (struct wire_sniffed){.dialect = WIRE_TEXT};
}
