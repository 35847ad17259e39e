#include "text/markdown.h"

#include "base/utf8.h"
#include "text/shape.h"
#include "text/url.h"

#include <md4c.h>

enum { NESTING_MAX = 64 }; /* links and marks inside each other */

struct reading {
    struct body_builder *w;
    enum markdown_dialect dialect;
    unsigned mark_stack[NESTING_MAX];
    str link_stack[NESTING_MAX];
    size_t nesting;
    unsigned marks;
    str link;
    arena *a;
    int open;     /* blocks of ours that are open */
    bool literal; /* a code block: line ends count */
    bool opened[2 * NESTING_MAX];
    size_t depth; /* of md4c's blocks */
};

/* --- blocks ----------------------------------------------------------------------------------- */

/* May a container and a paragraph be opened inside? */
static bool has_room(const struct reading *r)
{
    return r->open + 3 <= BODY_DEPTH_MAX;
}

static bool open_block(struct reading *r, enum block_kind kind)
{
    if (!has_room(r))
        return false;
    body_open(r->w, kind);
    r->open++;
    return true;
}

static bool open_list(struct reading *r, bool ordered, unsigned start)
{
    if (!has_room(r))
        return false;

    struct block *b = body_open(r->w, BLOCK_LIST);

    b->ordered = ordered;
    b->start = ordered && start > 0 && start <= 1000000 ? (int)start : 0;
    r->open++;
    return true;
}

static bool open_heading(struct reading *r, unsigned level)
{
    if (r->dialect == MARKDOWN_COMMENT)
        return open_block(r, BLOCK_PARAGRAPH);
    if (!has_room(r))
        return false;
    body_open(r->w, BLOCK_HEADING)->level = level < 2 ? 2 : level > 4 ? 4 : (int)level;
    r->open++;
    return true;
}

static bool open_cell(struct reading *r, bool header)
{
    if (r->dialect == MARKDOWN_COMMENT) {
        body_text(r->w, S(" "), 0, (str){0}, (str){0});
        return false;
    }
    if (!has_room(r))
        return false;
    body_open(r->w, BLOCK_CELL)->header = header;
    r->open++;
    return true;
}

static bool open_for(struct reading *r, MD_BLOCKTYPE type, void *detail)
{
    bool comment = r->dialect == MARKDOWN_COMMENT;

    switch (type) {
    case MD_BLOCK_P:
        return open_block(r, BLOCK_PARAGRAPH);
    case MD_BLOCK_H:
        return open_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
    case MD_BLOCK_QUOTE:
        return open_block(r, BLOCK_QUOTE);
    case MD_BLOCK_UL:
        return open_list(r, false, 0);
    case MD_BLOCK_OL:
        return open_list(r, true, ((MD_BLOCK_OL_DETAIL *)detail)->start);
    case MD_BLOCK_LI:
        return open_block(r, BLOCK_ITEM);
    case MD_BLOCK_HR:
        return !comment && open_block(r, BLOCK_DIVIDER);
    case MD_BLOCK_CODE:
        r->literal = true;
        r->marks |= MARK_CODE;
        return open_block(r, BLOCK_PARAGRAPH);
    case MD_BLOCK_TABLE:
        return !comment && open_block(r, BLOCK_TABLE);
    case MD_BLOCK_TR:
        return open_block(r, comment ? BLOCK_PARAGRAPH : BLOCK_ROW);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        return open_cell(r, type == MD_BLOCK_TH);
    default:
        return false;
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *of)
{
    struct reading *r = of;

    if (r->depth == LENGTH(r->opened))
        return 1;
    r->opened[r->depth++] = open_for(r, type, detail);
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *of)
{
    struct reading *r = of;

    (void)detail;
    if (type == MD_BLOCK_CODE) {
        r->literal = false;
        r->marks &= ~(unsigned)MARK_CODE;
    }
    if (r->opened[--r->depth]) {
        body_close(r->w);
        r->open--;
    }
    return 0;
}

/* --- words ------------------------------------------------------------------------------------ */

static unsigned mark_of(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM:
        return MARK_EMPHASIS;
    case MD_SPAN_STRONG:
        return MARK_STRONG;
    case MD_SPAN_CODE:
        return MARK_CODE;
    default:
        return 0;
    }
}

/* An attribute with its characters by name resolved. */
static str attribute(struct reading *r, const MD_ATTRIBUTE *at);

static int enter_span(MD_SPANTYPE type, void *detail, void *of)
{
    struct reading *r = of;

    if (r->nesting == NESTING_MAX)
        return 1;
    r->mark_stack[r->nesting] = r->marks;
    r->link_stack[r->nesting++] = r->link;
    r->marks |= mark_of(type);
    if (type == MD_SPAN_A)
        r->link = url_link(r->a, attribute(r, &((MD_SPAN_A_DETAIL *)detail)->href));
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *of)
{
    struct reading *r = of;

    (void)type;
    (void)detail;
    if (r->nesting == 0)
        return 0; /* md4c may end a link that it never began */
    r->marks = r->mark_stack[--r->nesting];
    r->link = r->link_stack[r->nesting];
    return 0;
}

static uint32_t digit(char c)
{
    return (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

/* "&#233;", "&eacute;": what HTML's names mean is left to the ones that people type. */
static void add_entity(buf *out, str e)
{
    static const struct {
        str name;
        uint32_t c;
    } names[] = {
        {S_INIT("&amp;"), '&'},       {S_INIT("&lt;"), '<'},       {S_INIT("&gt;"), '>'},
        {S_INIT("&quot;"), '"'},      {S_INIT("&apos;"), '\''},    {S_INIT("&nbsp;"), 0xA0},
        {S_INIT("&copy;"), 0xA9},     {S_INIT("&reg;"), 0xAE},     {S_INIT("&euro;"), 0x20AC},
        {S_INIT("&pound;"), 0xA3},    {S_INIT("&ndash;"), 0x2013}, {S_INIT("&mdash;"), 0x2014},
        {S_INIT("&hellip;"), 0x2026}, {S_INIT("&lsquo;"), 0x2018}, {S_INIT("&rsquo;"), 0x2019},
        {S_INIT("&ldquo;"), 0x201C},  {S_INIT("&rdquo;"), 0x201D}, {S_INIT("&times;"), 0xD7},
        {S_INIT("&deg;"), 0xB0},      {S_INIT("&middot;"), 0xB7},  {S_INIT("&laquo;"), 0xAB},
        {S_INIT("&raquo;"), 0xBB},    {S_INIT("&trade;"), 0x2122}, {S_INIT("&frac12;"), 0xBD},
        {S_INIT("&auml;"), 0xE4},     {S_INIT("&ouml;"), 0xF6},    {S_INIT("&uuml;"), 0xFC},
        {S_INIT("&Auml;"), 0xC4},     {S_INIT("&Ouml;"), 0xD6},    {S_INIT("&Uuml;"), 0xDC},
        {S_INIT("&szlig;"), 0xDF},    {S_INIT("&eacute;"), 0xE9},  {S_INIT("&egrave;"), 0xE8},
        {S_INIT("&agrave;"), 0xE0},   {S_INIT("&aacute;"), 0xE1},  {S_INIT("&ccedil;"), 0xE7},
        {S_INIT("&ntilde;"), 0xF1},   {S_INIT("&oacute;"), 0xF3},  {S_INIT("&iacute;"), 0xED},
        {S_INIT("&uacute;"), 0xFA},   {S_INIT("&oslash;"), 0xF8},  {S_INIT("&aring;"), 0xE5},
        {S_INIT("&aelig;"), 0xE6},    {S_INIT("&iexcl;"), 0xA1},   {S_INIT("&iquest;"), 0xBF},
    };
    bool hex = e.n > 3 && (e.p[2] | 32) == 'x';
    uint32_t c = 0;

    if (e.n > 3 && e.p[1] == '#') {
        for (size_t i = hex ? 3 : 2; i + 1 < e.n && c < 0x110000; i++)
            c = c * (hex ? 16 : 10) + digit(e.p[i]);
        utf8_put(out, c == 0 ? UTF8_REPLACEMENT : c);
        return;
    }
    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq(e, names[i].name)) {
            utf8_put(out, names[i].c);
            return;
        }
    buf_add(out, e);
}

static str attribute(struct reading *r, const MD_ATTRIBUTE *at)
{
    buf out = buf_new(r->a, 4 * (size_t)at->size + 16);

    for (size_t i = 0; at->substr_offsets[i] < at->size; i++) {
        str piece = str_of(at->text + at->substr_offsets[i],
                           at->substr_offsets[i + 1] - at->substr_offsets[i]);

        if (at->substr_types[i] == MD_TEXT_ENTITY)
            add_entity(&out, piece);
        else if (at->substr_types[i] == MD_TEXT_NORMAL)
            buf_add(&out, piece);
    }
    return buf_str(&out);
}

static void add_words(struct reading *r, str s)
{
    body_text(r->w, s, r->marks, r->link, (str){0});
}

/* Lines of a code block, with their ends as breaks and their spaces kept. */
static void add_code(struct reading *r, str s)
{
    str piece;

    for (bool first = true; str_cut(&s, '\n', &piece); first = false) {
        if (!first)
            body_break(r->w);
        add_words(r, str_replace(r->a, str_replace(r->a, piece, S("\t"), S("    ")), S("  "),
                                 S("\u00A0\u00A0")));
    }
}

static int text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *of)
{
    struct reading *r = of;
    buf out = buf_new(r->a, (size_t)n + 8);

    switch (type) {
    case MD_TEXT_BR:
        body_break(r->w);
        break;
    case MD_TEXT_SOFTBR:
        add_words(r, S(" "));
        break;
    case MD_TEXT_ENTITY:
        add_entity(&out, str_of(p, n));
        add_words(r, buf_str(&out));
        break;
    case MD_TEXT_NULLCHAR:
        break;
    default:
        if (r->literal)
            add_code(r, str_of(p, n));
        else
            add_words(r, str_of(p, n));
    }
    return 0;
}

err body_from_markdown(arena *a, str md, enum markdown_dialect dialect, struct body *out, note *why)
{
    struct reading r = {.w = body_builder_new(a), .dialect = dialect, .a = a};
    unsigned flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
                     MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS;
    MD_PARSER parser = {0,          flags, enter_block, leave_block, enter_span,
                        leave_span, text,  NULL,        NULL};

    if (md.n > MARKDOWN_BYTES_MAX)
        return fail(why, E_LIMIT, "the Markdown is too long: at most %d bytes", MARKDOWN_BYTES_MAX);
    /* md4c looks past the end of a link that is not finished: the line end stops it */
    md = str_join(a, utf8_clean(a, md), S("\n\n"));
    if (md_parse(md.p, (MD_SIZE)md.n, &parser, &r) != 0)
        return fail(why, E_LIMIT, "the Markdown is nested too deep");
    return body_done(r.w, out, why);
}
