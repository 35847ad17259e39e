/*
 * history_page.c - GET {story}/history: the versions that readers have had, newest first, each with
 * its reason and what it changed, by words.
 *
 * A version is compared with the one before it whose words may be shown; of a hidden one it is said
 * that it was, and why, and no more.
 */
#include "site/public/pages.h"

#include "news/history.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "text/diff.h"

enum { VERSIONS_MAX = 20, VERSIONS_MAX_LITE = 8, FIELDS = 5 };

/* What a comparison of two versions is put together in. */
struct comparing {
    const struct parts *p;
    struct view_passage *passages;
    size_t n, changed;
};

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
    for (size_t i = 0; i < d->count; i++)
        runs[i] = run_of(&d->runs[i]);
    out->runs.v = runs;
    out->runs.n = d->count;
    c->changed++;
    return out;
}

static void compare_field(struct comparing *c, const char *name, str before, str after)
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

static void compare_bodies(struct comparing *c, const struct diff_body *d)
{
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

static void compare(const struct parts *p, const struct story_version *before,
                    const struct story_version *after, struct view_version *out)
{
    struct diff_body d = diff_bodies(p->r->a, &before->body, &after->body);
    struct comparing c = {
        .p = p, .passages = arena_many(p->r->a, struct view_passage, FIELDS + 2 * d.count + 1)};

    compare_field(&c, SAY("Headline"), before->headline, after->headline);
    compare_field(&c, SAY("Line above the headline"), before->kicker, after->kicker);
    compare_field(&c, SAY("Introduction"), before->standfirst, after->standfirst);
    compare_field(&c, SAY("Byline"), before->byline, after->byline);
    compare_field(&c, SAY("Place"), before->dateline, after->dateline);
    compare_bodies(&c, &d);
    out->since = before->number;
    out->is_same = c.changed == 0;
    out->passages.v = c.passages;
    out->passages.n = c.changed == 0 ? 0 : c.n;
}

/* --- versions --- */

static str kind_of(const struct tongue *tongue, const struct story_version *v)
{
    if (str_eq(v->kind, S("first")))
        return say(tongue, "First published");
    if (str_eq(v->kind, S("update")))
        return say(tongue, "Update");
    if (str_eq(v->kind, S("edit")))
        return say(tongue, "Edit");
    return part_correction(tongue, v->kind);
}

/* The newest before the i-th whose words may be shown, or NULL. */
static const struct story_version *shown_before(const struct story_versions *all, size_t i)
{
    while (++i < all->n)
        if (!all->v[i].is_hidden)
            return &all->v[i];
    return NULL;
}

static void fill_version(const struct parts *p, const struct story_versions *all, size_t i,
                         struct view_version *out)
{
    const struct story_version *v = &all->v[i], *before = shown_before(all, i);
    struct view_when *when = arena_one(p->r->a, struct view_when);

    *when = part_when(p, v->at);
    *out = (struct view_version){
        .number = v->number,
        .kind = kind_of(p->paper->tongue, v),
        .reason = v->reason,
        .at = when,
        .is_current = i == 0,
        .is_first = i + 1 == all->n && !all->has_more,
        .is_hidden = v->is_hidden,
        .hidden_reason = v->hidden_reason,
    };
    if (before != NULL && !v->is_hidden)
        compare(p, before, v, out);
}

static void fill(const struct parts *p, const struct story *s, const struct story_versions *all,
                 struct view_history *view)
{
    /* the oldest that was read is only there to be compared with, when there are older ones */
    size_t n = all->has_more && all->n > 1 ? all->n - 1 : all->n;
    struct view_version *versions = arena_many(p->r->a, struct view_version, n);

    for (size_t i = 0; i < n; i++)
        fill_version(p, all, i, &versions[i]);
    view->headline = s->card.headline;
    view->language = part_language(p->paper, s->card.language);
    view->direction = part_direction(s->card.language);
    view->story_href.address = part_address(p, "", s->card.path);
    view->versions.v = versions;
    view->versions.n = n;
    view->has_more = all->has_more;
}

static err show(struct request *rq, const struct parts *p, const struct story *s,
                struct view_history *view)
{
    const struct section *section = paper_section_by_id(p->paper, s->card.section);
    str name = say_with(rq->arena, p->paper->tongue, "Edit history: {title}",
                        &(struct said){"title", s->card.headline}, 1);
    struct page_head head = {
        .name = name,
        .description =
            say(p->paper->tongue, "What this story said before, and why it was changed."),
        .path = rq->path,
        .canonical = str_join(rq->arena, s->card.path, S("/history")),
        .feed = section != NULL ? str_fmt(rq->arena, "/%.*s", STR(section->slug)) : (str){0},
    };

    TRY(show_head(rq, p->r, p->paper, &head, &view->page));
    return show_page(rq, p->r, 200, TEMPLATE_HISTORY, view);
}

err history_page(struct request *rq)
{
    str path = str_to(rq->path, rq->path.n - S("/history").n), moved = {0};
    struct reading r;
    struct paper paper;
    struct story s;
    struct story_versions all;
    struct view_history view = {0};

    TRY(show_begin(rq, &r));
    TRY(story_at(&r, path, &s, &moved));
    if (moved.n > 0) {
        reading_end(&r);
        return reply_moved(rq, show_address(rq, str_join(rq->arena, moved, S("/history"))));
    }
    r.subject = s.card.id;
    TRY(show_paper(rq, &r, &paper));
    TRY(story_history(&r, &s, 1 + (r.outlet == OUTLET_LITE ? VERSIONS_MAX_LITE : VERSIONS_MAX),
                      &all));

    struct parts p = {rq->of, &r, &paper};

    fill(&p, &s, &all, &view);
    return show(rq, &p, &s, &view);
}
