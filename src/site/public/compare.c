#include "site/public/compare.h"

/* --- words --- */

static bool is_space(char c)
{
    return (unsigned char)c <= ' ';
}

/* The space around a run stands outside of its mark. */
static struct view_run run_of(const struct diff_run *r)
{
    size_t from = 0, to = r->text.n;

    while (from < to && is_space(r->text.p[from]))
        from++;
    while (to > from && is_space(r->text.p[to - 1]))
        to--;
    return (struct view_run){
        .lead = from > 0 ? S(" ") : S(""),
        .text = str_of(r->text.p + from, to - from),
        .tail = to < r->text.n ? S(" ") : S(""),
        .is_added = r->kind == DIFF_ADDED,
        .is_removed = r->kind == DIFF_REMOVED,
    };
}

static bool is_mark(const struct view_run *r)
{
    return r->is_added || r->is_removed;
}

static bool says_other(const struct diff_runs *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->runs[i].kind != DIFF_SAME)
            return true;
    return false;
}

static struct view_passage *passage(struct comparing *c, const struct diff_runs *d)
{
    struct view_passage *out = &c->passages[c->n++];
    struct view_run *runs = arena_many(c->p->r->a, struct view_run, d->count);

    *out = (struct view_passage){0};
    for (size_t i = 0; i < d->count; i++) {
        runs[i] = run_of(&d->runs[i]);
        if (i > 0 && is_mark(&runs[i - 1]) && is_mark(&runs[i]) && runs[i - 1].tail.n == 0)
            runs[i].lead = S(" ");
    }
    out->runs.v = runs;
    out->runs.n = d->count;
    c->changed++;
    return out;
}

void compare_begin(struct comparing *c, const struct parts *p, size_t fields,
                   const struct body *before, const struct body *after)
{
    *c = (struct comparing){.p = p, .body = diff_bodies(p->r->a, before, after)};
    c->passages = arena_many(p->r->a, struct view_passage, fields + 2 * c->body.count + 1);
}

void compare_field(struct comparing *c, const char *name, str before, str after)
{
    struct diff_runs d;

    if (str_eq(before, after))
        return;
    d = diff_words(c->p->r->a, before, after);
    passage(c, &d)->name = say(c->p->paper->tongue, name);
}

/* --- the body --- */

static str kind_name(const struct tongue *tongue, const struct diff_block *b)
{
    switch ((b->after != NULL ? b->after : b->before)->kind) {
    case BLOCK_PICTURE:
        return say(tongue, "Picture");
    case BLOCK_GALLERY:
        return say(tongue, "Pictures");
    case BLOCK_VIDEO:
        return say(tongue, "Film");
    case BLOCK_AUDIO:
        return say(tongue, "Sound");
    case BLOCK_TABLE:
        return say(tongue, "Table");
    case BLOCK_HEADING:
        return say(tongue, "Heading");
    case BLOCK_EMBED:
    case BLOCK_RELATED:
        return say(tongue, "Link");
    default:
        return (str){0};
    }
}

/* So many blocks in a row that are as they were. */
static void skip(struct comparing *c, size_t *unchanged)
{
    if (*unchanged > 0)
        c->passages[c->n++] = (struct view_passage){.unchanged = (int64_t)*unchanged};
    *unchanged = 0;
}

void compare_bodies(struct comparing *c)
{
    const struct diff_body *d = &c->body;
    size_t unchanged = 0;

    for (size_t i = 0; i < d->count; i++) {
        const struct diff_block *b = &d->blocks[i];
        struct view_passage *out;

        if (b->kind == DIFF_SAME && !b->changed && !b->moved) {
            unchanged++;
            continue;
        }
        skip(c, &unchanged);
        out = passage(c, &b->words);
        out->name = kind_name(c->p->paper->tongue, b);
        out->is_added = b->kind == DIFF_ADDED;
        out->is_removed = b->kind == DIFF_REMOVED;
        out->is_moved = b->moved;
        out->is_otherwise = b->kind == DIFF_SAME && b->changed && !says_other(&b->words);
    }
    if (c->changed > 0)
        skip(c, &unchanged);
}
