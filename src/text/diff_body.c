#include "text/diff.h"

#include "base/must.h"
#include "base/table.h"
#include "text/shape.h"
#include "text/write_plain.h"

/* The blocks of two bodies and who belongs to whom. */
struct pairing {
    arena *a;
    const struct body *before, *after;
    size_t *to_after;  /* of each block before; SIZE_MAX: none */
    size_t *to_before; /* of each block after */
};

static str words_of(arena *a, const struct block *b)
{
    struct body one = {(struct block *)b, 1};
    buf out = buf_new(a, BODY_TEXT_MAX * 2);

    if (b == NULL)
        return (str){0};
    body_write_plain(&out, &one, &(struct plain_writer){.search = true});
    return str_trim(buf_str(&out));
}

static void join(struct pairing *p, size_t i, size_t j)
{
    p->to_after[i] = j;
    p->to_before[j] = i;
}

static void pair_by_id(struct pairing *p)
{
    table ids = table_new(p->a);

    for (size_t i = 0; i < p->before->count; i++)
        if (p->before->blocks[i].id.n > 0)
            table_put(&ids, p->before->blocks[i].id, &p->before->blocks[i]);
    for (size_t j = 0; j < p->after->count; j++) {
        struct block *b =
            p->after->blocks[j].id.n == 0 ? NULL : table_get(&ids, p->after->blocks[j].id);

        if (b != NULL && b->kind == p->after->blocks[j].kind)
            join(p, (size_t)(b - p->before->blocks), j);
    }
}

/* At least half of the words kept? */
static bool is_like(arena *a, const struct block *x, const struct block *y)
{
    bool like = false;

    if (x->kind != y->kind)
        return false;
    SCRATCH (a) {
        str before = words_of(a, x), after = words_of(a, y);
        struct diff_runs d = diff_words(a, str_to(before, 4000), str_to(after, 4000));
        size_t same = 0;

        for (size_t i = 0; i < d.count; i++)
            same += d.runs[i].kind == DIFF_SAME ? d.runs[i].text.n : 0;
        like = before.n + after.n > 0 && same * 4 >= before.n + after.n;
    }
    return like;
}

/* In a gap between two pairs: what is left before goes to what is like it after, in order. */
static void pair_by_likeness(struct pairing *p)
{
    size_t j = 0;
    int looks = 200; /* comparisons in all */

    for (size_t i = 0; i < p->before->count; i++) {
        if (p->to_after[i] != SIZE_MAX) {
            j = p->to_after[i] + 1;
            continue;
        }
        for (size_t k = j; k < p->after->count && p->to_before[k] == SIZE_MAX && looks-- > 0; k++)
            if (is_like(p->a, &p->before->blocks[i], &p->after->blocks[k])) {
                join(p, i, k);
                j = k + 1;
                break;
            }
    }
}

void diff_moved(arena *a, const size_t *to_before, size_t n, bool *moved)
{
    size_t count = 0;
    size_t *ends = arena_many(a, size_t, n + 1), *from = arena_many(a, size_t, n);

    for (size_t j = 0; j < n; j++) {
        size_t low = 0, high = count;

        moved[j] = to_before[j] != SIZE_MAX;
        if (!moved[j])
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;

            if (to_before[ends[middle]] < to_before[j])
                low = middle + 1;
            else
                high = middle;
        }
        from[j] = low == 0 ? SIZE_MAX : ends[low - 1];
        ends[low] = j;
        if (low == count)
            count++;
    }
    for (size_t j = count == 0 ? SIZE_MAX : ends[count - 1]; j != SIZE_MAX; j = from[j])
        moved[j] = false;
}

static bool equal(const struct block *x, const struct block *y)
{
    struct body a = {(struct block *)x, 1}, b = {(struct block *)y, 1};
    struct block renamed = *x;

    if (str_eq(x->id, y->id))
        return body_same(&a, &b);
    renamed.id = y->id;
    a.blocks = &renamed;
    return body_same(&a, &b);
}

static void add(arena *a, struct diff_body *d, enum diff_kind kind, const struct block *before,
                const struct block *after, bool moved)
{
    struct diff_block *b = &d->blocks[d->count++];

    *b = (struct diff_block){.kind = kind, .before = before, .after = after, .moved = moved};
    b->changed = before == NULL || after == NULL || !equal(before, after);
    b->words = diff_words(a, words_of(a, before), words_of(a, after));
    d->removed += kind == DIFF_REMOVED;
    d->added += kind == DIFF_ADDED;
    d->changed += kind == DIFF_SAME && b->changed;
}

/* Who belongs to whom, by id and then by likeness. */
static struct pairing pair(arena *a, const struct body *before, const struct body *after)
{
    struct pairing p = {a, before, after, arena_many(a, size_t, before->count),
                        arena_many(a, size_t, after->count)};

    for (size_t k = 0; k < before->count; k++)
        p.to_after[k] = SIZE_MAX;
    for (size_t k = 0; k < after->count; k++)
        p.to_before[k] = SIZE_MAX;
    pair_by_id(&p);
    pair_by_likeness(&p);
    return p;
}

void diff_keep_ids(arena *a, const struct body *before, struct body *after)
{
    struct pairing p = pair(a, before, after);
    struct block *blocks = arena_many(a, struct block, after->count);
    table taken = table_new(a);

    for (size_t j = 0; j < after->count; j++)
        table_put(&taken, after->blocks[j].id, &after->blocks[j]);
    for (size_t j = 0; j < after->count; j++) {
        blocks[j] = after->blocks[j];
        if (p.to_before[j] == SIZE_MAX)
            continue;

        str id = before->blocks[p.to_before[j]].id;

        if (id.n > 0 && table_get(&taken, id) == NULL)
            blocks[j].id = id;
    }
    after->blocks = blocks;
}

struct diff_body diff_bodies(arena *a, const struct body *before, const struct body *after)
{
    struct pairing p = pair(a, before, after);
    struct diff_body d = {.blocks = arena_many(a, struct diff_block, before->count + after->count)};
    bool *moved = arena_many(a, bool, after->count);
    size_t i = 0;

    diff_moved(a, p.to_before, after->count, moved);
    for (size_t j = 0; j < after->count; j++) {
        bool kept = p.to_before[j] != SIZE_MAX;

        /* removed blocks stand before the first that stayed behind them */
        for (; kept && !moved[j] && i < p.to_before[j]; i++)
            if (p.to_after[i] == SIZE_MAX)
                add(a, &d, DIFF_REMOVED, &before->blocks[i], NULL, false);
        add(a, &d, kept ? DIFF_SAME : DIFF_ADDED, kept ? &before->blocks[p.to_before[j]] : NULL,
            &after->blocks[j], moved[j]);
    }
    for (; i < before->count; i++)
        if (p.to_after[i] == SIZE_MAX)
            add(a, &d, DIFF_REMOVED, &before->blocks[i], NULL, false);
    return d;
}
