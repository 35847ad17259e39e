#include "wire/xml/xml.h"

#include "base/buf.h"
#include "base/must.h"
#include "wire/xml/xml_build.h"

#define XML_DTD /* Debian builds it so; the header hides the limits otherwise */
#include <expat.h>

enum {
    TEXT_MAX = 128 << 20,  /* one run of text */
    COPIES_MAX = 4,        /* bytes of the tree for one of the document... */
    COPIES_FREE = 1 << 20, /* ...above this */
    PIECE = 1 << 20,       /* bytes given to expat at once */
    AMPLIFICATION_FROM = 1 << 20,
};

#define BETWEEN '\n' /* stands between namespace and name; in neither */

struct reader {
    arena *a;
    XML_Parser parser;
    struct xml_tree *out;
    struct xml_node *open;
    buf text;
    int text_line;
    size_t text_at;
    int depth;
    size_t nodes, copied, may_copy;
    note refusal; /* why we stopped it ourselves */
    err refused;
};

static void stop(struct reader *r, err kind, const char *reason)
{
    if (r->refused == OK)
        r->refused = fail(&r->refusal, kind, "%s", reason);
    XML_StopParser(r->parser, XML_FALSE);
}

static bool room_for(struct reader *r, size_t bytes)
{
    r->copied += bytes;
    if (r->copied <= r->may_copy)
        return true;
    stop(r, E_LIMIT, "the document swells when read; have it sent without repeated defaults");
    return false;
}

static str copy(struct reader *r, str s)
{
    return room_for(r, s.n) ? str_dup(r->a, s) : S("");
}

static struct xml_node *add_node(struct reader *r)
{
    if (++r->nodes > XML_NODES_MAX) {
        stop(r, E_LIMIT, "more elements than are taken in one file; split it");
        return NULL;
    }
    struct xml_node *n = arena_one(r->a, struct xml_node);
    n->parent = r->open;
    if (r->open == NULL)
        r->out->root = n;
    else if (r->open->last == NULL)
        r->open->first = r->open->last = n;
    else
        r->open->last = r->open->last->next = n;
    return n;
}

static void end_text(struct reader *r)
{
    if (r->text.n == 0)
        return;
    struct xml_node *n = add_node(r);
    if (n != NULL) {
        n->text = copy(r, buf_str(&r->text));
        n->line = r->text_line;
        n->at = r->text_at;
        n->complete = true;
    }
    buf_cut(&r->text, 0);
}

static void split_name(struct reader *r, const char *spelled, str *space, str *name)
{
    str all = str_c(spelled);
    ptrdiff_t at = str_find_last(all, BETWEEN);

    *space = at < 0 ? S("") : copy(r, str_to(all, at));
    *name = copy(r, str_from(all, at + 1));
}

static void take_attributes(struct reader *r, struct xml_node *n, const char **pairs)
{
    size_t count = 0;

    while (pairs[2 * count] != NULL)
        count++;
    if (count > XML_ATTRS_MAX) {
        stop(r, E_LIMIT, "an element has too many attributes");
        return;
    }
    n->attrs = arena_many(r->a, struct xml_attr, count);
    for (size_t i = 0; i < count; i++) {
        split_name(r, pairs[2 * i], &n->attrs[i].space, &n->attrs[i].name);
        n->attrs[i].value = copy(r, str_c(pairs[2 * i + 1]));
    }
    n->attr_count = count;
}

static void on_start(void *of, const char *name, const char **pairs)
{
    struct reader *r = of;

    if (r->refused != OK)
        return;
    end_text(r);
    if (++r->depth > XML_DEPTH_MAX) {
        stop(r, E_LIMIT, "elements stand too deep inside each other");
        return;
    }
    struct xml_node *n = add_node(r);
    if (n == NULL)
        return;
    n->line = (int)XML_GetCurrentLineNumber(r->parser);
    n->at = (size_t)XML_GetCurrentByteIndex(r->parser);
    split_name(r, name, &n->space, &n->name);
    take_attributes(r, n, pairs);
    r->open = n;
}

static void on_end(void *of, const char *name)
{
    struct reader *r = of;

    (void)name;
    if (r->refused != OK)
        return;
    end_text(r);
    must(r->open != NULL);
    r->open->complete = true;
    r->open = r->open->parent;
    r->depth--;
}

static void on_text(void *of, const char *p, int n)
{
    struct reader *r = of;

    if (r->refused != OK || r->open == NULL)
        return;
    if (r->text.n == 0) {
        r->text_line = (int)XML_GetCurrentLineNumber(r->parser);
        r->text_at = (size_t)XML_GetCurrentByteIndex(r->parser);
    }
    buf_add(&r->text, str_of(p, (size_t)n));
    if (r->text.over)
        stop(r, E_LIMIT, "a run of text is too long");
}

/* In copy with a DOCTYPE whose external part is never read, HTML's names stand for themselves. */
static void on_skipped(void *of, const char *name, int is_parameter)
{
    struct reader *r = of;
    str character = is_parameter ? S("") : xml_html_character(r->a, str_c(name));

    if (character.n > 0)
        on_text(of, character.p, (int)character.n);
    else if (!is_parameter && r->refused == OK)
        stop(r, E_INVALID, str_z(r->a, str_fmt(r->a, "the entity &%s; is not known", name)));
}

static void on_entity(void *of, const char *name, int is_parameter, const char *value, int length,
                      const char *base, const char *system, const char *public,
                      const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)length;
    (void)base, (void)system, (void)public, (void)notation;
    stop(of, E_INVALID,
         "the document declares entities, which are never read; have it sent without");
}

static void free_parser(void *of)
{
    XML_ParserFree(of);
}

static void start_parser(struct reader *r)
{
    r->parser = XML_ParserCreateNS("UTF-8", BETWEEN);
    must(r->parser != NULL);
    arena_defer(r->a, free_parser, r->parser);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetSkippedEntityHandler(r->parser, on_skipped);
    XML_SetEntityDeclHandler(r->parser, on_entity);
    XML_SetParamEntityParsing(r->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(r->parser, 10);
    XML_SetBillionLaughsAttackProtectionActivationThreshold(r->parser, AMPLIFICATION_FROM);
}

static err broken(struct reader *r, note *why)
{
    r->out->line = (int)XML_GetCurrentLineNumber(r->parser);
    ptrdiff_t at = XML_GetCurrentByteIndex(r->parser);
    r->out->at = at < 0 ? 0 : (size_t)at;
    if (r->refused != OK)
        return fail(why, r->refused, "line %d: %s", r->out->line, r->refusal.text);
    return fail(why, E_INVALID, "line %d: the XML is not well-formed: %s", r->out->line,
                XML_ErrorString(XML_GetErrorCode(r->parser)));
}

static err read_once(arena *a, str text, struct xml_tree *out, note *why)
{
    struct reader r = {.a = a, .out = out, .text = buf_new(a, TEXT_MAX)};

    *out = (struct xml_tree){.text = text};
    r.may_copy = COPIES_FREE + text.n * COPIES_MAX;
    start_parser(&r);
    for (size_t done = 0; done <= text.n; done += PIECE) {
        str piece = str_to(str_from(text, done), PIECE);
        bool last = done + PIECE > text.n;

        if (XML_Parse(r.parser, piece.p, (int)piece.n, last) != XML_STATUS_OK)
            return broken(&r, why);
    }
    return OK;
}

err xml_read(arena *a, str bytes, enum xml_manner manner, struct xml_tree *out, note *why)
{
    str text;
    err e = xml_utf8(a, bytes, &text, why);

    *out = (struct xml_tree){0};
    if (e != OK && (manner == XML_STRICT || e == E_LIMIT))
        return e;
    if (e == OK) {
        e = read_once(a, text, out, why);
        if (e != E_INVALID || manner == XML_STRICT || out->line == 0)
            return e;
        if (str_find(str_to(text, 64 << 10), S("<!ENTITY")) >= 0)
            return e;
    } else {
        text = utf8_guess(a, bytes);
    }

    struct xml_tree mended;
    note again = {0};
    err e2 = read_once(a, xml_mend(a, text), &mended, &again);
    mended.mended = true;
    if (e2 != OK && why != NULL)
        *why = again;
    *out = mended;
    return e2;
}
