#include "text/merge.h"

#include "base/utf8.h"
#include "text/diff.h"
#include "text/shape.h"

/* A word, the space between two, or a letter of a script that sets no space. */
struct token {
    size_t from, to; /* bytes of the line's text */
    size_t span;     /* the one in which it begins */
    bool is_space;
};

/* Spans as one text; a break is a line feed. */
struct line {
    str text;
    struct merge_spans spans;
    size_t *starts; /* of each span */
    struct token *tokens;
    size_t count;
};

enum letter { LETTER_SPACE, LETTER_WORD, LETTER_ALONE };

static enum letter letter_of(uint32_t c)
{
    if (c <= ' ')
        return c == '\n' ? LETTER_ALONE : LETTER_SPACE;
    return (c >= 0x2E80 && c < 0xAC00) || (c >= 0xF900 && c < 0xFB00) || c >= 0x20000 ? LETTER_ALONE
                                                                                      : LETTER_WORD;
}

static void find_tokens(arena *a, struct line *l)
{
    enum letter before = LETTER_ALONE;
    str rest = l->text;
    size_t span = 0;

    l->tokens = arena_many(a, struct token, l->text.n);
    while (rest.n > 0) {
        size_t at = l->text.n - rest.n;
        enum letter letter = letter_of(utf8_next(&rest));

        while (span + 1 < l->spans.n && l->starts[span + 1] <= at)
            span++;
        if (l->count == 0 || letter != before || letter == LETTER_ALONE)
            l->tokens[l->count++] =
                (struct token){.from = at, .span = span, .is_space = letter == LETTER_SPACE};
        l->tokens[l->count - 1].to = l->text.n - rest.n;
        before = letter;
    }
}

static struct line line_of(arena *a, struct merge_spans spans)
{
    struct line l = {.spans = spans, .starts = arena_many(a, size_t, spans.n)};
    buf text = buf_new(a, BODY_TEXT_MAX * 2);

    for (size_t i = 0; i < spans.n; i++) {
        l.starts[i] = text.n;
        buf_add(&text, spans.v[i].marks == MARK_BREAK ? S("\n") : spans.v[i].text);
    }
    l.text = buf_str(&text);
    find_tokens(a, &l);
    return l;
}

static str text_of(const struct line *l, size_t from, size_t to)
{
    return from >= to ? (str){0}
                      : str_of(l->text.p + l->tokens[from].from,
                               l->tokens[to - 1].to - l->tokens[from].from);
}

/* --- what has become of a line ---------------------------------------------------------------- */

/* Tokens of the base that stand no more, and what stands there now. */
struct hunk {
    size_t from, to;  /* of the base */
    size_t at, until; /* of the line */
};

struct hunks {
    struct hunk *v;
    size_t n;
};

struct two_lines {
    const struct line *before, *after;
};

static bool same_token(const void *of, size_t i, size_t j)
{
    const struct two_lines *t = of;

    return str_eq(text_of(t->before, i, i + 1), text_of(t->after, j, j + 1));
}

/* Words that were changed on both sides of a space were changed in one go. */
static bool goes_on(const struct line *base, const struct hunks *h, size_t from)
{
    bool blank = h->n > 0;

    for (size_t i = blank ? h->v[h->n - 1].to : 0; i < from && blank; i++)
        blank = base->tokens[i].is_space;
    return blank;
}

static struct hunks hunks_of(arena *a, const struct line *base, const struct line *line)
{
    struct two_lines of = {base, line};
    struct diff_pair pair = {&of, same_token, base->count, line->count};
    size_t *partner = arena_many(a, size_t, base->count), i = 0, j = 0;
    struct hunks h = {arena_many(a, struct hunk, base->count + 1), 0};

    diff_match(a, &pair, partner);
    while (i < base->count || j < line->count) {
        size_t from = i, until;

        while (i < base->count && partner[i] == SIZE_MAX)
            i++;
        until = i < base->count ? partner[i] : line->count;
        if (i > from || until > j) {
            if (goes_on(base, &h, from))
                h.v[h.n - 1] = (struct hunk){h.v[h.n - 1].from, i, h.v[h.n - 1].at, until};
            else
                h.v[h.n++] = (struct hunk){from, i, j, until};
        }
        for (j = until; i < base->count && partner[i] == j && j < line->count; i++)
            j++;
    }
    return h;
}

/* --- putting together ------------------------------------------------------------------------- */

struct weave {
    arena *a;
    struct line base, mine, theirs;
    struct span_list out;
    bool clash;
};

static bool looks_alike(const struct span *x, const struct span *y)
{
    return x->marks == y->marks && str_eq(x->link, y->link) && str_eq(x->language, y->language);
}

/* The spans of tokens, cut to size. */
static struct span_list cut(arena *a, const struct line *l, size_t from, size_t to)
{
    struct span_list out = {0};

    if (from >= to)
        return out;
    for (size_t i = l->tokens[from].span; i < l->spans.n && l->starts[i] < l->tokens[to - 1].to;
         i++) {
        size_t start = l->starts[i] > l->tokens[from].from ? l->starts[i] : l->tokens[from].from;
        size_t end = i + 1 < l->spans.n ? l->starts[i + 1] : l->text.n;
        struct span s = l->spans.v[i];

        end = end < l->tokens[to - 1].to ? end : l->tokens[to - 1].to;
        if (s.marks != MARK_BREAK)
            s.text = str_of(l->text.p + start, end - start);
        if (end > start)
            span_list_add(a, &out, s);
    }
    return out;
}

static void add(struct weave *w, const struct span_list *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        const struct span *s = &spans->p[i];
        struct span *last = w->out.n == 0 ? NULL : &w->out.p[w->out.n - 1];

        if (last != NULL && s->marks != MARK_BREAK && looks_alike(last, s) &&
            last->text.p + last->text.n == s->text.p)
            last->text.n += s->text.n;
        else
            span_list_add(w->a, &w->out, *s);
    }
}

static bool same_looks(const struct span_list *x, const struct span_list *y)
{
    bool same = x->n == y->n;

    for (size_t i = 0; i < x->n && same; i++)
        same = looks_alike(&x->p[i], &y->p[i]) && x->p[i].text.n == y->p[i].text.n;
    return same;
}

static bool choose(str base, str mine, str theirs, str *out)
{
    *out = str_eq(mine, base) ? theirs : mine;
    return str_eq(mine, base) || str_eq(theirs, base) || str_eq(mine, theirs);
}

/* Both have set the same words otherwise: bold here, a link there. */
static struct span_list put_looks_together(struct weave *w, const struct span_list *b,
                                           const struct span_list *m, const struct span_list *t)
{
    struct span s;

    if (b->n != 1 || m->n != 1 || t->n != 1) {
        w->clash = true;
        return *t;
    }
    s = t->p[0];
    if (s.marks != MARK_BREAK)
        s.marks ^= m->p[0].marks ^ b->p[0].marks;
    if (!choose(b->p[0].link, m->p[0].link, t->p[0].link, &s.link) ||
        !choose(b->p[0].language, m->p[0].language, t->p[0].language, &s.language))
        w->clash = true;

    struct span_list out = {0};

    span_list_add(w->a, &out, s);
    return out;
}

/* A token that all three have. */
static void add_common(struct weave *w, size_t i, size_t im, size_t it)
{
    struct span_list b = cut(w->a, &w->base, i, i + 1), m = cut(w->a, &w->mine, im, im + 1),
                     t = cut(w->a, &w->theirs, it, it + 1), both;

    if (same_looks(&m, &b) || same_looks(&m, &t)) {
        add(w, &t);
    } else if (same_looks(&t, &b)) {
        add(w, &m);
    } else {
        both = put_looks_together(w, &b, &m, &t);
        add(w, &both);
    }
}

/* Where both have changed: the same words, or at the same place? */
static bool meet(const struct hunk *m, const struct hunk *t)
{
    bool m_adds = m->from == m->to, t_adds = t->from == t->to;

    if (m_adds && t_adds)
        return m->from == t->from;
    return m->from < t->to && t->from < m->to;
}

static bool same_change(const struct weave *w, const struct hunk *m, const struct hunk *t)
{
    return m->from == t->from && m->to == t->to &&
           str_eq(text_of(&w->mine, m->at, m->until), text_of(&w->theirs, t->at, t->until));
}

/* Does mine come first?  At one place, what adds before what replaces. */
static bool is_first(const struct hunk *m, const struct hunk *t)
{
    return t == NULL ||
           (m != NULL && (m->from < t->from || (m->from == t->from && m->from == m->to)));
}

static void weave(struct weave *w, const struct hunks *mine, const struct hunks *theirs)
{
    size_t i = 0, im = 0, it = 0, a = 0, b = 0;

    while (!w->clash) {
        const struct hunk *m = a < mine->n ? &mine->v[a] : NULL;
        const struct hunk *t = b < theirs->n ? &theirs->v[b] : NULL;
        const struct hunk *next = is_first(m, t) ? m : t;
        size_t until = next == NULL ? w->base.count : next->from;
        bool twice = m != NULL && t != NULL && meet(m, t);
        struct span_list now;

        for (; i < until; i++)
            add_common(w, i, im++, it++);
        if (next == NULL)
            return;
        w->clash = w->clash || (twice && !same_change(w, m, t));
        now = next == m ? cut(w->a, &w->mine, m->at, m->until)
                        : cut(w->a, &w->theirs, t->at, t->until);
        add(w, &now);
        im = next == m || twice ? m->until : im + (next->to - next->from);
        it = next == t || twice ? t->until : it + (next->to - next->from);
        a += next == m || twice;
        b += next == t || twice;
        i = next->to;
    }
}

static bool spans_same(struct merge_spans x, struct merge_spans y)
{
    bool same = x.n == y.n;

    for (size_t i = 0; i < x.n && same; i++)
        same = looks_alike(&x.v[i], &y.v[i]) && str_eq(x.v[i].text, y.v[i].text);
    return same;
}

bool merge_spans(arena *a, struct merge_spans base, struct merge_spans mine,
                 struct merge_spans theirs, struct merge_spans *out)
{
    struct weave w = {.a = a};
    struct hunks of_mine, of_theirs;

    *out = spans_same(theirs, base) ? mine : theirs;
    if (spans_same(mine, base) || spans_same(theirs, base) || spans_same(mine, theirs))
        return true;
    w.base = line_of(a, base);
    w.mine = line_of(a, mine);
    w.theirs = line_of(a, theirs);
    of_mine = hunks_of(a, &w.base, &w.mine);
    of_theirs = hunks_of(a, &w.base, &w.theirs);
    weave(&w, &of_mine, &of_theirs);
    if (!w.clash)
        *out = (struct merge_spans){w.out.p, w.out.n};
    return !w.clash;
}

static struct merge_spans only(const struct span *s)
{
    return (struct merge_spans){s, s->text.n > 0};
}

bool merge_text(arena *a, str base, str mine, str theirs, str *out)
{
    struct span b = {.text = base}, m = {.text = mine}, t = {.text = theirs};
    struct merge_spans merged;
    buf text = buf_new(a, BODY_TEXT_MAX);

    if (!merge_spans(a, only(&b), only(&m), only(&t), &merged)) {
        *out = theirs;
        return false;
    }
    if (merged.n == 1) { /* one of them as it is, or words in a row */
        *out = merged.v[0].text;
        return true;
    }
    for (size_t i = 0; i < merged.n; i++)
        buf_add(&text, merged.v[i].text);
    *out = str_squeeze(a, buf_str(&text));
    return true;
}
