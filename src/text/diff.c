#include "text/diff.h"

#include "base/must.h"
#include "base/table.h"
#include "base/utf8.h"

/* A word and the space after it. */
struct word {
    str text;
};

struct words {
    struct word *p;
    size_t n;
};

static struct words split(arena *a, str s)
{
    struct words w = {0};
    size_t room = 0, at = 0;

    while (at < s.n) {
        size_t from = at;

        while (at < s.n && (unsigned char)s.p[at] > ' ')
            at++;
        while (at < s.n && (unsigned char)s.p[at] <= ' ')
            at++;
        if (w.n == room) {
            struct word *p = arena_many(a, struct word, room == 0 ? 64 : room * 2);

            if (w.n > 0)
                memcpy(p, w.p, w.n * sizeof *p);
            room = room == 0 ? 64 : room * 2;
            w.p = p;
        }
        w.p[w.n++] = (struct word){str_of(s.p + from, at - from)};
    }
    return w;
}

/* --- Myers' algorithm --------------------------------------------------------------------------
 */

/* Which of each side have a partner: partner[i] is the place after of i before, or SIZE_MAX. */
static void no_partners(size_t *partner, size_t n)
{
    for (size_t i = 0; i < n; i++)
        partner[i] = SIZE_MAX;
}

/* The furthest x on each diagonal after `d` changes; kept for each d to walk back. */
struct trace {
    int32_t **rows; /* rows[d][k + d] */
    int d;          /* changes needed; -1: too many */
};

static int32_t step(const struct diff_pair *p, const struct trace *t, int d, int k)
{
    int32_t x = 0;

    if (d > 0) {
        const int32_t *r = t->rows[d - 1] + (d - 1);
        bool down = k == -d || (k != d && r[k - 1] < r[k + 1]);

        x = down ? r[k + 1] : r[k - 1] + 1;
    }
    for (int32_t y = x - k;
         x < (int32_t)p->n && y < (int32_t)p->m && p->same(p->of, (size_t)x, (size_t)y); y++)
        x++;
    return x;
}

static struct trace search(arena *a, const struct diff_pair *p, int most)
{
    struct trace t = {.rows = arena_many(a, int32_t *, (size_t)most + 1), .d = -1};

    for (int d = 0; d <= most; d++) {
        t.rows[d] = arena_many(a, int32_t, 2 * (size_t)d + 1);
        for (int k = -d; k <= d; k += 2) {
            int32_t x = step(p, &t, d, k);

            t.rows[d][k + d] = x;
            if (x >= (int32_t)p->n && x - k >= (int32_t)p->m) {
                t.d = d;
                return t;
            }
        }
    }
    return t;
}

static void walk_back(const struct diff_pair *p, const struct trace *t, size_t *partner)
{
    int32_t x = (int32_t)p->n, y = (int32_t)p->m;

    for (int d = t->d; d >= 0; d--) {
        int k = x - y;
        int32_t from_x = 0, from_y = 0;

        if (d > 0) {
            const int32_t *r = t->rows[d - 1] + (d - 1);
            int before = k == -d || (k != d && r[k - 1] < r[k + 1]) ? k + 1 : k - 1;

            from_x = r[before];
            from_y = from_x - before;
        }
        while (x > from_x && y > from_y && x > 0 && y > 0 &&
               p->same(p->of, (size_t)x - 1, (size_t)y - 1)) {
            partner[x - 1] = (size_t)y - 1;
            x--;
            y--;
        }
        x = from_x;
        y = from_y;
    }
}

/* Pair what is alike, in order; what is alike at both ends is never searched. */
struct shifted {
    const struct diff_pair *whole;
    size_t head;
};

static bool same_shifted(const void *of, size_t i, size_t j)
{
    const struct shifted *s = of;

    return s->whole->same(s->whole->of, i + s->head, j + s->head);
}

void diff_match(arena *a, const struct diff_pair *p, size_t *partner)
{
    int effort = DIFF_EFFORT;
    size_t head = 0, n = p->n, m = p->m;

    no_partners(partner, p->n);
    while (head < n && head < m && p->same(p->of, head, head)) {
        partner[head] = head;
        head++;
    }
    while (n > head && m > head && p->same(p->of, n - 1, m - 1)) {
        n--;
        m--;
        partner[n] = m;
    }
    if (n == head || m == head)
        return;

    struct shifted of = {p, head};
    struct diff_pair middle = {&of, same_shifted, n - head, m - head};
    size_t both = middle.n + middle.m;

    SCRATCH (a) {
        struct trace t = search(a, &middle, both < (size_t)effort ? (int)both : effort);

        if (t.d >= 0)
            walk_back(&middle, &t, partner + head);
    }
    for (size_t i = head; i < n; i++)
        if (partner[i] != SIZE_MAX)
            partner[i] += head;
}

/* --- words ------------------------------------------------------------------------------------ */

struct two_texts {
    struct words before, after;
};

static bool same_word(const void *of, size_t i, size_t j)
{
    const struct two_texts *t = of;

    /* space counts, so that both texts can be put together again */
    return str_eq(t->before.p[i].text, t->after.p[j].text);
}

struct run_list {
    arena *a;
    struct diff_runs runs;
    size_t room;
};

static void add_run(struct run_list *l, enum diff_kind kind, str text)
{
    struct diff_run *last = l->runs.count == 0 ? NULL : &l->runs.runs[l->runs.count - 1];

    if (text.n == 0)
        return;
    if (last != NULL && last->kind == kind && last->text.p + last->text.n == text.p) {
        last->text.n += text.n;
        return;
    }
    if (l->runs.count == l->room) {
        struct diff_run *p = arena_many(l->a, struct diff_run, l->room == 0 ? 16 : l->room * 2);

        if (l->room > 0)
            memcpy(p, l->runs.runs, l->room * sizeof *p);
        l->room = l->room == 0 ? 16 : l->room * 2;
        l->runs.runs = p;
    }
    l->runs.runs[l->runs.count++] = (struct diff_run){kind, text};
}

/* All words from `from` to before `to` as one text. */
static str stretch(const struct words *w, size_t from, size_t to)
{
    if (from >= to)
        return (str){0};
    return str_of(w->p[from].text.p,
                  (size_t)(w->p[to - 1].text.p + w->p[to - 1].text.n - w->p[from].text.p));
}

struct diff_runs diff_words(arena *a, str before, str after)
{
    struct two_texts t = {split(a, before), split(a, after)};
    struct diff_pair p = {&t, same_word, t.before.n, t.after.n};
    size_t *partner = arena_many(a, size_t, p.n);
    struct run_list l = {.a = a};
    size_t i = 0, j = 0;

    diff_match(a, &p, partner);
    while (i < p.n || j < p.m) {
        size_t from = i, until;

        while (i < p.n && partner[i] == SIZE_MAX)
            i++;
        until = i < p.n ? partner[i] : p.m;
        add_run(&l, DIFF_REMOVED, stretch(&t.before, from, i));
        add_run(&l, DIFF_ADDED, stretch(&t.after, j, until));
        j = until;
        from = i;
        while (i < p.n && partner[i] == j && j < p.m) {
            i++;
            j++;
        }
        add_run(&l, DIFF_SAME, stretch(&t.before, from, i));
    }
    return l.runs;
}
