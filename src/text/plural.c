#include "text/plural.h"

#include "base/must.h"

enum {
    RULE_MAX = 1000, /* bytes */
    DEPTH_MAX = 40,  /* of parentheses and signs */
    NODES_MAX = 400,
    TRIED = 2000 /* numbers that are tried when a rule is read */
};

enum sign {
    NUMBER,
    THE_N,
    NOT,
    CHOICE,
    OR,
    AND,
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_EQUAL,
    MORE,
    MORE_EQUAL,
    PLUS,
    MINUS,
    TIMES,
    BY,
    REST
};

struct term {
    enum sign sign;
    uint64_t number;
    const struct term *left, *right, *otherwise;
};

struct plural {
    size_t forms;
    const struct term *rule;
};

struct reader {
    arena *a;
    str rest;
    int depth, nodes;
};

/* --- reading --- */

static const struct binary {
    str sign;
    enum sign means;
    int rank; /* higher binds closer */
} binaries[] = {
    {S_INIT("||"), OR, 1},      {S_INIT("&&"), AND, 2},        {S_INIT("=="), EQUAL, 3},
    {S_INIT("!="), UNEQUAL, 3}, {S_INIT("<="), LESS_EQUAL, 4}, {S_INIT(">="), MORE_EQUAL, 4},
    {S_INIT("<"), LESS, 4},     {S_INIT(">"), MORE, 4},        {S_INIT("+"), PLUS, 5},
    {S_INIT("-"), MINUS, 5},    {S_INIT("*"), TIMES, 6},       {S_INIT("/"), BY, 6},
    {S_INIT("%"), REST, 6},
};

static bool take(struct reader *r, str what)
{
    r->rest = str_trim(r->rest);
    if (!str_starts(r->rest, what))
        return false;
    r->rest = str_from(r->rest, what.n);
    return true;
}

static struct term *term(struct reader *r, enum sign sign)
{
    struct term *t = arena_one(r->a, struct term);

    t->sign = sign;
    r->nodes++;
    return t;
}

static const struct term *choice(struct reader *r);

static const struct term *number(struct reader *r)
{
    struct term *t = term(r, NUMBER);
    size_t n = 0;

    while (n < r->rest.n && r->rest.p[n] >= '0' && r->rest.p[n] <= '9')
        t->number = t->number * 10 + (uint64_t)(r->rest.p[n++] - '0');
    r->rest = str_from(r->rest, n);
    return n >= 1 && n <= 9 ? t : NULL;
}

static const struct term *single(struct reader *r)
{
    const struct term *inner = NULL;

    if (r->depth == DEPTH_MAX || r->nodes > NODES_MAX)
        return NULL;
    r->depth++;
    if (take(r, S("("))) {
        inner = choice(r);
        inner = inner != NULL && take(r, S(")")) ? inner : NULL;
    } else if (take(r, S("!"))) {
        struct term *t = term(r, NOT);

        t->left = single(r);
        inner = t->left != NULL ? t : NULL;
    } else {
        inner = take(r, S("n")) ? term(r, THE_N) : number(r);
    }
    r->depth--;
    return inner;
}

static const struct binary *binary_ahead(struct reader *r, int rank)
{
    r->rest = str_trim(r->rest);
    for (size_t i = 0; i < LENGTH(binaries); i++)
        if (binaries[i].rank >= rank && str_starts(r->rest, binaries[i].sign))
            return &binaries[i];
    return NULL;
}

static const struct term *sums(struct reader *r, int rank)
{
    const struct term *left = single(r);
    const struct binary *b;

    while (left != NULL && r->nodes <= NODES_MAX && (b = binary_ahead(r, rank)) != NULL) {
        struct term *t = term(r, b->means);

        take(r, b->sign);
        t->left = left;
        t->right = sums(r, b->rank + 1);
        left = t->right != NULL ? t : NULL;
    }
    return left;
}

static const struct term *choice(struct reader *r)
{
    const struct term *asked = sums(r, 1);
    struct term *t;

    if (asked == NULL || !take(r, S("?")))
        return asked;
    if (r->depth == DEPTH_MAX || r->nodes > NODES_MAX)
        return NULL;
    r->depth++;
    t = term(r, CHOICE);
    t->left = asked;
    t->right = choice(r);
    if (t->right != NULL && take(r, S(":")))
        t->otherwise = choice(r);
    r->depth--;
    return t->otherwise != NULL ? t : NULL;
}

/* --- asking --- */

/* false: a division by zero. */
static bool value_of(const struct term *t, uint64_t n, uint64_t *out)
{
    uint64_t x = 0, y = 0;

    if (t->left != NULL && !value_of(t->left, n, &x))
        return false;
    switch (t->sign) {
    case NUMBER:
        *out = t->number;
        return true;
    case THE_N:
        *out = n;
        return true;
    case NOT:
        *out = x == 0;
        return true;
    case CHOICE:
        return value_of(x != 0 ? t->right : t->otherwise, n, out);
    case OR:
    case AND:
        *out = t->sign == OR;
        if ((x != 0) == (t->sign == OR))
            return true;
        if (!value_of(t->right, n, &y))
            return false;
        *out = y != 0;
        return true;
    default:
        break;
    }
    if (!value_of(t->right, n, &y) || (y == 0 && (t->sign == BY || t->sign == REST)))
        return false;
    *out = t->sign == EQUAL        ? x == y
           : t->sign == UNEQUAL    ? x != y
           : t->sign == LESS       ? x < y
           : t->sign == LESS_EQUAL ? x <= y
           : t->sign == MORE       ? x > y
           : t->sign == MORE_EQUAL ? x >= y
           : t->sign == PLUS       ? x + y
           : t->sign == MINUS      ? x - y
           : t->sign == TIMES      ? x * y
           : t->sign == BY         ? x / y
                                   : x % y;
    return true;
}

size_t plural_forms(const struct plural *p)
{
    return p->forms;
}

size_t plural_form(const struct plural *p, int64_t n)
{
    uint64_t form, of = n < 0 ? -(uint64_t)n : (uint64_t)n;

    return value_of(p->rule, of, &form) && form < p->forms ? form : 0;
}

err plural_read(arena *a, str rule, size_t most, struct plural **out, note *why)
{
    struct reader r = {a, rule, 0, 0};
    struct plural p = {0};
    uint64_t form;

    if (rule.n > RULE_MAX)
        return fail(why, E_INVALID, "Plural-Forms has more than %d bytes", RULE_MAX);
    if (!take(&r, S("nplurals")) || !take(&r, S("=")))
        return fail(why, E_INVALID, "Plural-Forms must begin with nplurals=");
    r.rest = str_trim(r.rest);

    const struct term *forms = number(&r);

    if (forms == NULL || forms->number < 1 || forms->number > most)
        return fail(why, E_INVALID, "Plural-Forms: nplurals= takes a number from 1 to %zu", most);
    p.forms = forms->number;
    if (!take(&r, S(";")) || !take(&r, S("plural")) || !take(&r, S("=")))
        return fail(why, E_INVALID, "Plural-Forms: plural= must follow nplurals=");
    p.rule = choice(&r);
    take(&r, S(";"));
    if (p.rule == NULL || str_trim(r.rest).n > 0)
        return fail(why, E_INVALID, "Plural-Forms: the rule of plural= cannot be read at \"%.*s\"",
                    STR(str_to(str_trim(r.rest), 20)));
    for (uint64_t n = 0; n < TRIED; n++)
        if (!value_of(p.rule, n, &form) || form >= p.forms)
            return fail(why, E_INVALID, "Plural-Forms: plural= gives no form from 0 to %zu for %d",
                        p.forms - 1, (int)n);
    *out = arena_one(a, struct plural);
    **out = p;
    return OK;
}
