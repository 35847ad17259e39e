#include "page/mustache.h"

#include "base/must.h"

enum { DEPTH_MAX = 64 };

struct parser {
    arena *a;
    str file, source;
    size_t at;
    str open, close; /* the delimiters now */
    size_t indent;   /* bytes that stand before each line and are not the file's own */
    note *why;
    struct {
        size_t at; /* where this is the line and column */
        int line, column;
    } place;
    struct {
        struct node *node;
        struct node **end; /* where the next child goes */
    } stack[DEPTH_MAX];
    int depth;
};

/* Go on counting from the last place that was asked for: they come in order. */
static void place_of(struct parser *p, size_t at, int *line, int *column)
{
    if (at < p->place.at || p->place.line == 0) {
        p->place.at = 0;
        p->place.line = p->place.column = 1;
    }
    for (; p->place.at < at; p->place.at++) {
        p->place.column++;
        if (p->source.p[p->place.at] == '\n') {
            p->place.line++;
            p->place.column = 1;
        }
    }
    *line = p->place.line;
    *column = p->place.column > (int)p->indent ? p->place.column - (int)p->indent : 1;
}

static err wrong(struct parser *p, size_t at, const char *what, str name)
{
    int line, column;

    place_of(p, at, &line, &column);
    return fail(p->why, E_INVALID, "%.*s:%d:%d: %s%s%.*s%s", STR(p->file), line, column, what,
                name.n > 0 ? " {{" : "", STR(name), name.n > 0 ? "}}" : "");
}

static struct node *add(struct parser *p, enum node_kind kind, str text, size_t at)
{
    struct node *n = arena_one(p->a, struct node);

    n->kind = kind;
    n->text = text;
    n->file = p->file;
    place_of(p, at, &n->line, &n->column);
    *p->stack[p->depth].end = n;
    p->stack[p->depth].end = &n->next;
    return n;
}

static err enter(struct parser *p, struct node *n, size_t at)
{
    if (p->depth + 1 == DEPTH_MAX)
        return wrong(p, at, "too many sections one inside the other at", n->text);
    p->depth++;
    p->stack[p->depth].node = n;
    p->stack[p->depth].end = &n->first;
    return OK;
}

/* One tag as it was found. */
struct tag {
    char sigil; /* '#', '^', '/', '>', '<', '$', '!', '=', '&', '{', or 0 */
    str name;
    size_t start, end; /* in the source; end is past its delimiter */
};

static err read_tag(struct parser *p, size_t start, struct tag *t)
{
    size_t at = start + p->open.n;
    str rest = str_from(p->source, at), close = p->close;

    *t = (struct tag){.start = start};
    if (rest.n > 0 && strchr("#^/><$!=&{", rest.p[0]) != NULL)
        t->sigil = rest.p[0];
    if (t->sigil == '{')
        close = str_join(p->a, S("}"), p->close);
    if (t->sigil == '=')
        close = str_join(p->a, S("="), p->close);
    rest = str_from(rest, t->sigil != 0);

    ptrdiff_t end = str_find(rest, close);

    if (end < 0)
        return wrong(p, start, "this tag is never closed", (str){0});
    t->name = str_trim(str_to(rest, (size_t)end));
    t->end = at + (t->sigil != 0) + (size_t)end + close.n;
    if (t->name.n == 0 && t->sigil != '!')
        return wrong(p, start, "this tag has no name", (str){0});
    return OK;
}

static err set_delimiters(struct parser *p, const struct tag *t)
{
    str open = t->name, close;

    for (size_t i = 0; i < t->name.n; i++)
        if (t->name.p[i] == ' ' || t->name.p[i] == '\t' || t->name.p[i] == '\n') {
            open = str_to(t->name, i);
            close = str_trim(str_from(t->name, i));
            if (str_find_char(close, ' ') >= 0 || str_find_char(close, '=') >= 0)
                break;
            p->open = open;
            p->close = close;
            return OK;
        }
    return wrong(p, t->start, "two delimiters are expected, as in {{=<% %>=}}", (str){0});
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Nothing but blanks before the tag on its line?  They begin at *from. */
static bool is_first(const struct parser *p, const struct tag *t, size_t *from)
{
    size_t i = t->start;

    while (i > 0 && is_blank(p->source.p[i - 1]))
        i--;
    if (i > 0 && p->source.p[i - 1] != '\n')
        return false;
    *from = i;
    return true;
}

/* Nothing but blanks behind it?  The next line begins at *to. */
static bool is_last(const struct parser *p, const struct tag *t, size_t *to)
{
    size_t i = t->end, n = p->source.n;

    while (i < n && is_blank(p->source.p[i]))
        i++;
    if (i + 1 < n && p->source.p[i] == '\r' && p->source.p[i + 1] == '\n')
        i++;
    if (i < n && p->source.p[i] != '\n')
        return false;
    *to = i < n ? i + 1 : n;
    return true;
}

static bool is_open(const struct parser *p, int depth, enum node_kind kind)
{
    return depth > 0 && p->stack[depth].node->kind == kind;
}

/* Does the tag stand alone on its line?  Then the line goes with it, from *from to *to.  What
 * stands in a parent outside of its blocks is never written, so that it does not count. */
static bool stands_alone(const struct parser *p, const struct tag *t, size_t *from, size_t *to)
{
    bool in_parent = is_open(p, p->depth, NODE_PARENT), first, last;
    bool ends_block = is_open(p, p->depth, NODE_BLOCK) && is_open(p, p->depth - 1, NODE_PARENT);

    *from = t->start;
    *to = t->end;
    if (t->sigil == 0 || t->sigil == '&' || t->sigil == '{')
        return false;
    first = is_first(p, t, from);
    last = is_last(p, t, to);
    if (t->sigil == '<' || (t->sigil == '/' && ends_block))
        last = true;
    if (in_parent && t->sigil == '$')
        first = true;
    if (in_parent && t->sigil == '/')
        first = p->stack[p->depth].node->is_first;
    if (first && last)
        return true;
    *from = t->start;
    *to = t->end;
    return false;
}

/* "{{/say}}" ends "{{#say count @menu}}" too. */
static bool ends(str name, const struct node *open)
{
    return str_eq(open->text, name) || (open->kind == NODE_SECTION && str_eq(name, S("say")) &&
                                        str_starts(open->text, S("say ")));
}

static err leave(struct parser *p, const struct tag *t)
{
    const struct node *open = p->stack[p->depth].node;

    if (p->depth == 0)
        return wrong(p, t->start, "nothing is open that this could close:", t->name);
    if (!ends(t->name, open))
        return fail(p->why, E_INVALID, "%.*s:%d:%d: {{%.*s}} is still open where {{/%.*s}} stands",
                    STR(p->file), open->line, open->column, STR(open->text), STR(t->name));
    p->depth--;
    return OK;
}

static err take_tag(struct parser *p, const struct tag *t, bool alone, str indent)
{
    static const struct {
        char sigil;
        enum node_kind kind;
        bool opens;
    } kinds[] = {{'#', NODE_SECTION, true}, {'^', NODE_INVERTED, true}, {'<', NODE_PARENT, true},
                 {'$', NODE_BLOCK, true},   {'>', NODE_PARTIAL, false}, {'&', NODE_RAW, false},
                 {'{', NODE_RAW, false},    {0, NODE_VARIABLE, false}};

    if (t->sigil == '!')
        return OK;
    if (t->sigil == '=')
        return set_delimiters(p, t);
    if (t->sigil == '/')
        return leave(p, t);
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (kinds[i].sigil == t->sigil) {
            struct node *n = add(p, kinds[i].kind, t->name, t->start);

            n->indent = indent;
            n->is_first = alone;
            return kinds[i].opens ? enter(p, n, t->start) : OK;
        }
    return wrong(p, t->start, "this tag is not known:", t->name);
}

err mustache_parse(arena *a, str file, str source, size_t before_lines, struct node **out,
                   note *why)
{
    struct node *first = NULL;
    struct parser *p = arena_one(a, struct parser);

    *p = (struct parser){.a = a,
                         .file = file,
                         .source = source,
                         .open = S("{{"),
                         .close = S("}}"),
                         .indent = before_lines,
                         .why = why};
    p->stack[0].end = &first;
    while (p->at < source.n) {
        ptrdiff_t found = str_find(str_from(source, p->at), p->open);
        size_t start = found < 0 ? source.n : p->at + (size_t)found;
        struct tag t;
        size_t from = start, to = start;
        bool alone = false;
        str indent = {0};

        if (found >= 0) {
            TRY(read_tag(p, start, &t));
            alone = stands_alone(p, &t, &from, &to);
            if (alone)
                indent = str_to(str_from(source, from), start - from);
            if (from < p->at)
                from = p->at;
        }
        if (from > p->at)
            add(p, NODE_TEXT, str_to(str_from(source, p->at), from - p->at), p->at);
        if (found < 0)
            break;
        TRY(take_tag(p, &t, alone, indent));
        p->at = to;
    }
    if (p->depth > 0)
        return fail(why, E_INVALID, "%.*s:%d:%d: {{%.*s}} is never closed", STR(file),
                    p->stack[p->depth].node->line, p->stack[p->depth].node->column,
                    STR(p->stack[p->depth].node->text));
    *out = first;
    return OK;
}
