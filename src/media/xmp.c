/*
 * xmp.c - the XMP packet: RDF/XML (ISO 16684-1, chapter 7) of which the simple properties, the
 * alternatives by language and the lists are read; structures are passed over.
 */
#include "base/buf.h"
#include "base/must.h"
#include "media/metadata.h"
#include "media/words.h"

#include <expat.h>

#define BETWEEN '\1' /* between a namespace and a name: no character of XML */
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#\1"
#define DC "http://purl.org/dc/elements/1.1/\1"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/\1"
#define RIGHTS "http://ns.adobe.com/xap/1.0/rights/\1"
#define IPTC "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\1"
#define IPTC_MORE "http://iptc.org/std/Iptc4xmpExt/2008-02-29/\1"

enum { XMP_MAX = 4 << 20, DEPTH_MAX = 64 };

/* Of two names for the same word the earlier one counts. */
static const struct property {
    str name;
    enum word word;
} properties[] = {
    {S_INIT(DC "title"), WORD_title},
    {S_INIT(PHOTOSHOP "Headline"), WORD_headline},
    {S_INIT(DC "description"), WORD_caption},
    {S_INIT(DC "creator"), WORD_byline},
    {S_INIT(PHOTOSHOP "Credit"), WORD_credit},
    {S_INIT(PHOTOSHOP "Source"), WORD_source},
    {S_INIT(DC "rights"), WORD_copyright},
    {S_INIT(RIGHTS "UsageTerms"), WORD_terms},
    {S_INIT(RIGHTS "WebStatement"), WORD_rights_url},
    {S_INIT(IPTC "AltTextAccessibility"), WORD_alt},
    {S_INIT(IPTC "ExtDescrAccessibility"), WORD_description},
    {S_INIT(DC "subject"), WORD_keywords},
    {S_INIT(PHOTOSHOP "City"), WORD_city},
    {S_INIT(PHOTOSHOP "Country"), WORD_country},
    {S_INIT(PHOTOSHOP "DateCreated"), WORD_created},
    {S_INIT(IPTC_MORE "DigitalSourceType"), WORD_digital_source},
};

/*
 * How deep an element stands under rdf:RDF tells what it is:
 *   1 rdf:Description   2 the property   3 rdf:Alt, Seq, Bag (or rdf:value)   4 rdf:li
 */
struct reader {
    arena *a;
    XML_Parser parser;
    struct word_list *words;
    const struct property *property; /* NULL: one that we do not read */
    int depth, rdf_at;               /* rdf_at: the depth of rdf:RDF, 0 outside */
    bool listening;                  /* inside an element whose text counts */
    bool is_default;                 /* ... and which is the default language's */
    bool answered, default_answered; /* the property has given a text; of the default language */
    buf text;
};

static bool is_rdf(const XML_Char *name, const char *local)
{
    return strncmp(name, RDF, sizeof RDF - 1) == 0 && strcmp(name + sizeof RDF - 1, local) == 0;
}

static const struct property *property_named(const XML_Char *name)
{
    for (size_t i = 0; i < LENGTH(properties); i++)
        if (str_eq(str_c(name), properties[i].name))
            return &properties[i];
    return NULL;
}

static const XML_Char *attribute(const XML_Char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

static void answer(struct reader *r, str text, bool is_default)
{
    enum word word;

    if (r->property == NULL)
        return;
    word = r->property->word;
    if (word_is_list(word)) {
        word_list_add(r->words, word, text);
        return;
    }
    text = word_clean(r->a, word, text);
    if (text.n == 0 || (r->answered && (!is_default || r->default_answered)))
        return;
    if (!r->answered && r->words->v[word].n > 0)
        return; /* another property has said it */
    r->words->v[word] = text;
    r->answered = true;
    r->default_answered = is_default;
}

static void open_property(struct reader *r, const XML_Char *name, const XML_Char **attributes)
{
    const XML_Char *resource = attribute(attributes, RDF "resource");

    r->property = property_named(name);
    if (r->property != NULL && word_is_list(r->property->word) &&
        r->words->v[r->property->word].n > 0)
        r->property = NULL; /* the list was given before */
    r->answered = r->default_answered = false;
    if (resource != NULL)
        answer(r, str_c(resource), false);
}

static void short_form(struct reader *r, const XML_Char **attributes)
{
    for (; attributes[0] != NULL; attributes += 2) {
        r->property = property_named(attributes[0]);
        r->answered = r->default_answered = false;
        answer(r, str_c(attributes[1]), false);
    }
    r->property = NULL;
}

static bool has_text(const struct reader *r, int below, const XML_Char *name)
{
    return r->property != NULL && (below == 2 || (below == 4 && is_rdf(name, "li")) ||
                                   (below > 2 && is_rdf(name, "value")));
}

static void on_open(void *of, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = of;

    r->depth++;
    if (r->depth > DEPTH_MAX) {
        XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    if (r->rdf_at == 0) {
        if (is_rdf(name, "RDF"))
            r->rdf_at = r->depth;
        return;
    }

    int below = r->depth - r->rdf_at;

    if (below == 1)
        short_form(r, attributes);
    if (below == 2)
        open_property(r, name, attributes);
    r->listening = has_text(r, below, name);
    if (r->listening) {
        const XML_Char *language =
            attribute(attributes, "http://www.w3.org/XML/1998/namespace\1lang");

        buf_cut(&r->text, 0);
        r->text.over = false;
        r->is_default = language != NULL && str_eq_nocase(str_c(language), S("x-default"));
    }
}

static void on_close(void *of, const XML_Char *name)
{
    struct reader *r = of;

    (void)name;
    if (r->listening)
        answer(r, buf_str(&r->text), r->is_default);
    r->listening = false;
    if (r->depth == r->rdf_at + 2)
        r->property = NULL;
    if (r->depth == r->rdf_at)
        r->rdf_at = 0;
    r->depth--;
}

static void on_text(void *of, const XML_Char *p, int n)
{
    struct reader *r = of;

    if (r->listening)
        buf_add(&r->text, str_of(p, (size_t)n));
}

/* No XMP packet has one; entities begin there. */
static void on_doctype(void *of, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_internal)
{
    struct reader *r = of;

    (void)name, (void)system, (void)public, (void)has_internal;
    XML_StopParser(r->parser, XML_FALSE);
}

static void free_parser(void *parser)
{
    XML_ParserFree(parser);
}

/* Writers pad the packet with NULs, which end XML. */
static str without_padding(str xmp)
{
    while (xmp.n > 0 && xmp.p[xmp.n - 1] == '\0')
        xmp.n--;
    return xmp;
}

void metadata_read_xmp(arena *a, str xmp, struct media_words *words)
{
    struct word_list list = {.a = a};
    struct reader r = {.a = a, .words = &list, .text = buf_new(a, 4 * WORDS_LONG_MAX)};

    *words = (struct media_words){0};
    if (xmp.n >= 2 && xmp.p[0] != '\0' && xmp.p[1] != '\0')
        xmp = without_padding(xmp);
    if (xmp.n == 0 || xmp.n > XMP_MAX)
        return;
    r.parser = XML_ParserCreateNS(NULL, BETWEEN);
    must(r.parser != NULL);
    arena_defer(a, free_parser, r.parser);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_open, on_close);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    (void)XML_Parse(r.parser, xmp.p, (int)xmp.n, XML_TRUE); /* what came before a mistake counts */
    *words = word_list_done(&list);
}
