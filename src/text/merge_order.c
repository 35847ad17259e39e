#include "text/merge.h"

#include "base/table.h"
#include "text/diff.h"

/* Where each name of a list stands in another; SIZE_MAX: nowhere. */
static size_t *places_in(arena *a, struct merge_names of, struct merge_names in)
{
    size_t *out = arena_many(a, size_t, of.n);
    table t = table_new(a);

    for (size_t i = 0; i < in.n; i++)
        table_put(&t, in.v[i], (void *)&in.v[i]);
    for (size_t i = 0; i < of.n; i++) {
        const str *at = table_get(&t, of.v[i]);

        out[i] = at == NULL ? SIZE_MAX : (size_t)(at - in.v);
    }
    return out;
}

/* A list and what has become of it. */
struct side {
    struct merge_names names;
    size_t *in_base, *in_other;
    bool *moved;
};

static struct side side_of(arena *a, struct merge_names names, struct merge_names base,
                           struct merge_names other)
{
    struct side s = {names, places_in(a, names, base), places_in(a, names, other),
                     arena_many(a, bool, names.n)};

    diff_moved(a, s.in_base, names.n, s.moved);
    return s;
}

/* Does the i-th name of a side stay?  It goes where the other took it away. */
static bool stays(const struct side *s, size_t i, const table *kept)
{
    return s->in_base[i] == SIZE_MAX || s->in_other[i] != SIZE_MAX ||
           (kept != NULL && table_get(kept, s->names.v[i]) != NULL);
}

/* Things in a row: the places of `theirs`, then of `mine`, then the head. */
struct row {
    size_t *next;
    size_t head;
};

static void put_behind(struct row *r, size_t *last, size_t node)
{
    r->next[node] = r->next[*last];
    r->next[*last] = node;
    *last = node;
}

/* Is the j-th of mine set by what stands before it there, rather than by where they have it? */
static bool is_placed(const struct side *mine, const struct side *theirs, size_t j)
{
    size_t i = mine->in_other[j];

    return i == SIZE_MAX || (mine->moved[j] && !theirs->moved[i]);
}

static struct row put_together(arena *a, const struct side *mine, const struct side *theirs,
                               const table *kept)
{
    size_t nt = theirs->names.n, nm = mine->names.n, last;
    struct row r = {arena_many(a, size_t, nt + nm + 1), nt + nm};

    for (size_t i = 0; i <= nt + nm; i++)
        r.next[i] = SIZE_MAX;
    last = r.head;
    for (size_t i = 0; i < nt; i++) {
        size_t j = theirs->in_other[i];

        if (stays(theirs, i, kept) && (j == SIZE_MAX || !is_placed(mine, theirs, j)))
            put_behind(&r, &last, i);
    }
    last = r.head;
    for (size_t j = 0; j < nm; j++) {
        if (is_placed(mine, theirs, j)) {
            if (stays(mine, j, kept))
                put_behind(&r, &last, nt + j);
        } else {
            last = mine->in_other[j];
        }
    }
    return r;
}

size_t merge_order(arena *a, struct merge_names base, struct merge_names mine,
                   struct merge_names theirs, const table *kept, struct merge_place **out)
{
    struct side m = side_of(a, mine, base, theirs), t = side_of(a, theirs, base, mine);
    struct row r = put_together(a, &m, &t, kept);
    struct merge_place *v = arena_many(a, struct merge_place, mine.n + theirs.n);
    size_t n = 0;

    for (size_t i = r.next[r.head]; i != SIZE_MAX; i = r.next[i])
        v[n++] = i < theirs.n ? (struct merge_place){t.in_other[i], i}
                              : (struct merge_place){i - theirs.n, m.in_other[i - theirs.n]};
    *out = v;
    return n;
}

struct merge_names merge_names(arena *a, struct merge_names base, struct merge_names mine,
                               struct merge_names theirs)
{
    struct merge_place *places;
    size_t n = merge_order(a, base, mine, theirs, NULL, &places);
    str *out = arena_many(a, str, n);

    for (size_t i = 0; i < n; i++)
        out[i] = places[i].mine != SIZE_MAX ? mine.v[places[i].mine] : theirs.v[places[i].theirs];
    return (struct merge_names){out, n};
}
