#include "http/route.h"

#include "base/buf.h"

#include <stdlib.h>

#define ROUTE_KIND_WORD(word) #word,

const char *route_kind_word(enum route_kind kind)
{
    static const char *const words[ROUTE_KINDS] = {ROUTE_KINDS_ALL(ROUTE_KIND_WORD)};

    return words[kind];
}

enum { SEGMENTS_MAX = 16, PIECES_MAX = 5 };

enum segment_kind { LITERAL, MIX, DIGITS, ANY, REST }; /* best first */

/* A literal, or a name. */
struct piece {
    bool is_name, digits;
    str text;
};

struct segment {
    enum segment_kind kind;
    str text;      /* as written */
    str shape;     /* the same with the names left out */
    size_t bytes;  /* of literals in it */
    size_t digits; /* how many of its names take digits only */
    struct piece pieces[PIECES_MAX];
    size_t piece_n;
};

/* A place in the tree of segments. */
struct node {
    struct segment segment;
    struct node *first, *next; /* children and sisters, best first */
    const struct route **routes;
    size_t route_n;
};

struct route_table {
    struct node root;
};

static err wrong(note *why, const struct route *r, const char *what)
{
    return fail(why, E_INVALID, "route \"%s\": %s", r->path, what);
}

static bool same_literal(const struct piece *a, const struct piece *b)
{
    return a->is_name == b->is_name;
}

/* Cut "{width#}.{ext}" into its pieces. */
static err read_pieces(const struct route *r, str text, struct segment *s, note *why)
{
    while (text.n > 0) {
        ptrdiff_t end = str_find_char(text, text.p[0] == '{' ? '}' : '{');
        struct piece one = {.is_name = text.p[0] == '{'};

        if (s->piece_n == PIECES_MAX)
            return wrong(why, r, "a segment has at most two names");
        if (one.is_name && end < 2)
            return wrong(why, r, "a name stands between { and }");
        one.text = one.is_name ? str_of(text.p + 1, (size_t)end - 1)
                   : end < 0   ? text
                               : str_to(text, (size_t)end);
        text = str_from(text, one.text.n + (one.is_name ? 2 : 0));
        if (one.is_name && one.text.p[one.text.n - 1] == '#') {
            one.digits = true;
            one.text.n--;
            s->digits++;
        }
        if (!one.is_name)
            s->bytes += one.text.n;
        if (s->piece_n > 0 && same_literal(&s->pieces[s->piece_n - 1], &one))
            return wrong(why, r, "two names need something between them");
        s->pieces[s->piece_n++] = one;
    }
    return OK;
}

static err read_segment(arena *a, const struct route *r, str text, bool last, struct segment *s,
                        note *why)
{
    *s = (struct segment){.kind = LITERAL, .text = text};
    TRY(read_pieces(r, text, s, why));

    buf shape = buf_new(a, 4096);
    size_t names = 0;

    for (size_t i = 0; i < s->piece_n; i++) {
        names += s->pieces[i].is_name;
        buf_add(&shape, !s->pieces[i].is_name ? s->pieces[i].text
                        : s->pieces[i].digits ? S("{#}")
                                              : S("{}"));
    }
    if (names > 2)
        return wrong(why, r, "a segment has at most two names");
    if (names == 1 && s->piece_n == 1)
        s->kind = s->pieces[0].digits ? DIGITS : ANY;
    else if (names > 0)
        s->kind = MIX;
    if (s->kind == ANY && s->pieces[0].text.p[s->pieces[0].text.n - 1] == '*') {
        if (!last)
            return wrong(why, r, "{name*} stands at the end");
        s->kind = REST;
        s->pieces[0].text.n--;
        shape = buf_new(a, 8);
        buf_lit(&shape, "{*}");
    }
    s->shape = buf_str(&shape);
    return OK;
}

static bool better(const struct segment *a, const struct segment *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->bytes != b->bytes ? a->bytes > b->bytes : a->digits > b->digits;
}

static struct node *child_for(arena *a, struct node *parent, const struct segment *s)
{
    struct node **at = &parent->first;

    for (struct node *n = *at; n != NULL; n = n->next)
        if (str_eq(n->segment.shape, s->shape))
            return n;
    while (*at != NULL && !better(s, &(*at)->segment))
        at = &(*at)->next;

    struct node *n = arena_one(a, struct node);

    n->segment = *s;
    n->next = *at;
    *at = n;
    return n;
}

static err add_line(arena *a, struct node *n, const struct route *r, note *why)
{
    for (size_t i = 0; i < n->route_n; i++)
        if (n->routes[i]->methods & r->methods)
            return fail(why, E_CONFLICT, "routes \"%s\" and \"%s\" answer the same requests",
                        n->routes[i]->path, r->path);

    const struct route **more = arena_many(a, const struct route *, n->route_n + 1);

    if (n->route_n > 0)
        memcpy(more, n->routes, n->route_n * sizeof *more);
    more[n->route_n++] = r;
    n->routes = more;
    return OK;
}

static err add_route(arena *a, struct route_table *table, const struct route *r, note *why)
{
    str rest = str_c(r->path), text;
    struct node *n = &table->root;
    size_t count = 0, names = 0;

    if (rest.n == 0 || rest.p[0] != '/')
        return wrong(why, r, "a path starts with /");
    if (r->methods == 0 || r->answer == NULL)
        return wrong(why, r, "a route has methods and a handler");
    rest = str_from(rest, 1);
    while (rest.n > 0 && str_cut(&rest, '/', &text)) {
        struct segment s;

        if (text.n == 0 || ++count > SEGMENTS_MAX)
            return wrong(why, r, "a segment is empty, or there are too many");
        TRY(read_segment(a, r, text, rest.p == NULL, &s, why));
        for (size_t i = 0; i < s.piece_n; i++)
            names += s.pieces[i].is_name;
        n = child_for(a, n, &s);
    }
    if (names > REQUEST_PARAMS_MAX)
        return wrong(why, r, "too many names");
    return add_line(a, n, r, why);
}

err route_table_make(arena *a, const struct route *routes, size_t n, struct route_table **out,
                     note *why)
{
    struct route_table *table = arena_one(a, struct route_table);

    for (size_t i = 0; i < n; i++)
        TRY(add_route(a, table, &routes[i], why));
    *out = table;
    return OK;
}

static bool digits_only(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0 && s.n <= 18;
}

static bool fits(const struct piece *p, str value)
{
    return value.n > 0 && (!p->digits || digits_only(value));
}

static ptrdiff_t find_last(str s, str what)
{
    for (size_t i = s.n < what.n ? 0 : s.n - what.n + 1; i > 0; i--)
        if (memcmp(s.p + i - 1, what.p, what.n) == 0)
            return (ptrdiff_t)i - 1;
    return -1;
}

/* Give each name of a mix its part of `text`; the first one takes as much as it can. */
static bool match_mix(const struct segment *s, str text, str values[2])
{
    size_t from = 0, to = s->piece_n;

    if (!s->pieces[0].is_name) {
        if (!str_starts(text, s->pieces[0].text))
            return false;
        text = str_from(text, s->pieces[from++].text.n);
    }
    if (!s->pieces[to - 1].is_name) {
        if (!str_ends(text, s->pieces[to - 1].text))
            return false;
        text = str_to(text, text.n - s->pieces[--to].text.n);
    }
    if (to - from == 1) {
        values[0] = text;
        return fits(&s->pieces[from], text);
    }

    str between = s->pieces[from + 1].text;
    ptrdiff_t at = find_last(text, between);

    if (at < 0)
        return false;
    values[0] = str_to(text, (size_t)at);
    values[1] = str_from(text, (size_t)at + between.n);
    return fits(&s->pieces[from], values[0]) && fits(&s->pieces[from + 2], values[1]);
}

static bool match_segment(const struct segment *s, str text, str rest, str values[2])
{
    values[0] = s->kind == REST ? rest : text;
    switch (s->kind) {
    case LITERAL:
        return str_eq(s->text, text);
    case MIX:
        return match_mix(s, text, values);
    case DIGITS:
        return digits_only(text);
    default:
        return text.n > 0;
    }
}

static void add_params(const struct segment *s, const str values[2], struct route_match *m)
{
    for (size_t i = 0, k = 0; i < s->piece_n; i++)
        if (s->pieces[i].is_name)
            m->params[m->param_n++] = (struct header){s->pieces[i].text, values[k++]};
}

/* The line of a node for the method; HEAD is answered by GET. */
static bool settle(const struct node *n, enum method method, struct route_match *m)
{
    unsigned wanted = method == HEAD ? HEAD | GET : method;

    for (size_t i = 0; i < n->route_n; i++) {
        m->methods |= n->routes[i]->methods;
        if (n->routes[i]->methods & wanted)
            m->route = n->routes[i];
    }
    return m->route != NULL;
}

/* Walk down from `n` with what is left of the path; best children first, coming back from those
 * that lead nowhere.  The depth is at most SEGMENTS_MAX. */
static bool walk(const struct node *n, enum method method, str rest, struct route_match *m)
{
    if (rest.n == 0)
        return settle(n, method, m);

    ptrdiff_t slash = str_find_char(rest, '/');
    str text = slash < 0 ? rest : str_to(rest, (size_t)slash);
    str below = slash < 0 ? S("") : str_from(rest, (size_t)slash + 1);

    if (slash >= 0 && below.n == 0) /* "/a/" is not "/a" */
        return false;
    for (const struct node *c = n->first; c != NULL; c = c->next) {
        str values[2];
        size_t before = m->param_n;

        if (!match_segment(&c->segment, text, rest, values))
            continue;
        add_params(&c->segment, values, m);
        if (c->segment.kind == REST ? settle(c, method, m) : walk(c, method, below, m))
            return true;
        m->param_n = before;
    }
    return false;
}

void route_find(const struct route_table *table, enum method method, str path,
                struct route_match *out)
{
    *out = (struct route_match){0};
    if (walk(&table->root, method, str_from(path, 1), out) || out->methods != 0)
        return;
    if (path.n > 1 && path.p[path.n - 1] == '/') {
        struct route_match without = {0};

        walk(&table->root, method, str_of(path.p + 1, path.n - 2), &without);
        out->slash = without.methods != 0;
    }
}

str route_allow(arena *a, unsigned methods)
{
    buf b = buf_new(a, 128);

    methods |= OPTIONS | (methods & GET ? HEAD : 0);
    for (unsigned m = GET; m <= OPTIONS; m <<= 1)
        if (methods & m) {
            if (b.n > 0)
                buf_lit(&b, ", ");
            buf_add(&b, method_word(m));
        }
    return buf_str(&b);
}
