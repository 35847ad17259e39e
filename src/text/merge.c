#include "text/merge.h"

#include "base/table.h"
#include "text/diff.h"
#include "text/shape.h"

struct merging {
    arena *a;
    struct merge_conflict *conflicts;
    size_t count, room;
    int looks; /* blocks that may still be put together by words */
};

/* Blocks in a row. */
struct blocks {
    const struct block *v;
    size_t n;
};

static bool same(const struct block *x, const struct block *y)
{
    struct body a = {(struct block *)x, 1}, b = {(struct block *)y, 1};

    return body_same(&a, &b);
}

static void conflict(struct merging *k, const struct block *b, const struct block *m,
                     const struct block *t)
{
    if (k->count == k->room) {
        size_t room = k->room == 0 ? 8 : 2 * k->room;
        struct merge_conflict *v = arena_many(k->a, struct merge_conflict, room);

        if (k->count > 0)
            memcpy(v, k->conflicts, k->count * sizeof *v);
        k->conflicts = v;
        k->room = room;
    }
    k->conflicts[k->count++] = (struct merge_conflict){(m != NULL ? m : t)->id, b, m, t};
}

/* --- one block ---------------------------------------------------------------------------------
 */

static bool choose_str(str b, str m, str t, str *out)
{
    *out = str_eq(m, b) ? t : m;
    return str_eq(m, b) || str_eq(t, b) || str_eq(m, t);
}

static bool choose(int64_t b, int64_t m, int64_t t, int64_t *out)
{
    *out = m == b ? t : m;
    return m == b || t == b || m == t;
}

static bool choose_int(int b, int m, int t, int *out)
{
    int64_t wide;
    bool clean = choose(b, m, t, &wide);

    *out = (int)wide;
    return clean;
}

/* Paragraph and heading have the same fields; all others keep their kind while both write. */
static bool choose_kind(const struct block *b, const struct block *m, const struct block *t,
                        struct block *out)
{
    bool lines = (m->kind == BLOCK_PARAGRAPH || m->kind == BLOCK_HEADING) &&
                 (t->kind == BLOCK_PARAGRAPH || t->kind == BLOCK_HEADING);
    int64_t kind;

    if (m->kind != t->kind && !lines)
        return false;
    if (!choose(b->kind, m->kind, t->kind, &kind))
        return false;
    out->kind = (enum block_kind)kind;
    return true;
}

/* What it shows or leads to is one thing. */
static bool leads_alike(const struct block *x, const struct block *y)
{
    return x->media == y->media && x->story == y->story && str_eq(x->address, y->address) &&
           x->width == y->width && x->height == y->height;
}

static bool choose_target(const struct block *b, const struct block *m, const struct block *t,
                          struct block *out)
{
    const struct block *from = leads_alike(m, b) ? t : m;

    out->media = from->media;
    out->story = from->story;
    out->address = from->address;
    out->width = from->width;
    out->height = from->height;
    return leads_alike(m, b) || leads_alike(t, b) || leads_alike(m, t);
}

static bool choose_fields(arena *a, const struct block *b, const struct block *m,
                          const struct block *t, struct block *out)
{
    int64_t ordered, header;
    bool clean = choose_kind(b, m, t, out) && choose_target(b, m, t, out) &&
                 merge_text(a, b->title, m->title, t->title, &out->title) &&
                 merge_text(a, b->credit, m->credit, t->credit, &out->credit) &&
                 merge_text(a, b->alt, m->alt, t->alt, &out->alt) &&
                 choose_str(b->language, m->language, t->language, &out->language) &&
                 choose_int(b->level, m->level, t->level, &out->level) &&
                 choose_int(b->start, m->start, t->start, &out->start) &&
                 choose_int(b->across, m->across, t->across, &out->across) &&
                 choose_int(b->down, m->down, t->down, &out->down) &&
                 choose(b->ordered, m->ordered, t->ordered, &ordered) &&
                 choose(b->header, m->header, t->header, &header);

    if (clean) {
        out->ordered = ordered != 0;
        out->header = header != 0;
    }
    return clean;
}

static bool choose_spans(struct merging *k, const struct block *b, const struct block *m,
                         const struct block *t, struct block *out)
{
    struct merge_spans merged;

    if (k->looks-- <= 0 || !merge_spans(k->a, (struct merge_spans){b->spans, b->span_count},
                                        (struct merge_spans){m->spans, m->span_count},
                                        (struct merge_spans){t->spans, t->span_count}, &merged))
        return false;
    out->spans = (struct span *)merged.v;
    out->span_count = merged.n;
    return true;
}

static struct block_list merge_row(struct merging *k, struct blocks b, struct blocks m,
                                   struct blocks t);

/* A block that both have; b NULL: both have added it. */
static struct block merge_block(struct merging *k, const struct block *b, const struct block *m,
                                const struct block *t)
{
    struct block out = *t;
    struct block_list children;

    if (same(m, t) || (b != NULL && same(m, b)))
        return *t;
    if (b != NULL && same(t, b))
        return *m;
    if (b == NULL || !choose_fields(k->a, b, m, t, &out) || !choose_spans(k, b, m, t, &out)) {
        conflict(k, b, m, t);
        return *t;
    }
    children = merge_row(k, (struct blocks){b->children, b->child_count},
                         (struct blocks){m->children, m->child_count},
                         (struct blocks){t->children, t->child_count});
    out.children = children.p;
    out.child_count = children.n;
    return out;
}

/* --- blocks in a row ---------------------------------------------------------------------------
 */

static struct merge_names ids_of(arena *a, struct blocks of)
{
    str *ids = arena_many(a, str, of.n);

    for (size_t i = 0; i < of.n; i++)
        ids[i] = of.v[i].id;
    return (struct merge_names){ids, of.n};
}

static table by_id(arena *a, struct blocks of)
{
    table t = table_new(a);

    for (size_t i = 0; i < of.n; i++)
        table_put(&t, of.v[i].id, (void *)&of.v[i]);
    return t;
}

/* What one has changed and the other has taken away stays. */
static void keep_changed(table *kept, const table *base, struct blocks of, const table *other)
{
    for (size_t i = 0; i < of.n; i++) {
        const struct block *b = table_get(base, of.v[i].id);

        if (b != NULL && table_get(other, of.v[i].id) == NULL && !same(b, &of.v[i]))
            table_put(kept, of.v[i].id, (void *)&of.v[i]);
    }
}

static struct block_list merge_row(struct merging *k, struct blocks b, struct blocks m,
                                   struct blocks t)
{
    table base = by_id(k->a, b), mine = by_id(k->a, m), theirs = by_id(k->a, t);
    table kept = table_new(k->a);
    struct merge_place *places;
    struct block_list out = {0};
    size_t n;

    keep_changed(&kept, &base, m, &theirs);
    keep_changed(&kept, &base, t, &mine);
    n = merge_order(k->a, ids_of(k->a, b), ids_of(k->a, m), ids_of(k->a, t), &kept, &places);
    for (size_t i = 0; i < n; i++) {
        const struct block *of_mine = places[i].mine == SIZE_MAX ? NULL : &m.v[places[i].mine];
        const struct block *of_theirs =
            places[i].theirs == SIZE_MAX ? NULL : &t.v[places[i].theirs];
        const struct block *one = of_mine != NULL ? of_mine : of_theirs;
        const struct block *before = table_get(&base, one->id);

        if (of_mine != NULL && of_theirs != NULL) {
            block_list_add(k->a, &out, merge_block(k, before, of_mine, of_theirs));
            continue;
        }
        if (before != NULL)
            conflict(k, before, of_mine, of_theirs);
        block_list_add(k->a, &out, *one);
    }
    return out;
}

err merge_bodies(arena *a, const struct body *base, const struct body *mine,
                 const struct body *theirs, struct merge *out, note *why)
{
    struct merging k = {.a = a, .looks = MERGE_BLOCKS_MAX};
    struct block_list row = merge_row(&k, (struct blocks){base->blocks, base->count},
                                      (struct blocks){mine->blocks, mine->count},
                                      (struct blocks){theirs->blocks, theirs->count});
    struct body b = {row.p, row.n};

    TRY(body_normalise(a, &b, why));
    body_number(a, &b);
    *out = (struct merge){b, k.conflicts, k.count};
    return OK;
}
