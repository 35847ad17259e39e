/*
 * history_page.c - GET {story}/history: the versions that readers have had, newest first, each with
 * its reason and what it changed, by words.
 *
 * A version is compared with the one before it whose words may be shown; of a hidden one it is said
 * that it was, and why, and no more.
 */
#include "site/public/pages.h"

#include "news/history.h"
#include "site/public/compare.h"
#include "site/public/parts.h"
#include "site/show.h"

enum { VERSIONS_MAX = 20, VERSIONS_MAX_LITE = 8, FIELDS = 5 };

static void compare(const struct parts *p, const struct story_version *before,
                    const struct story_version *after, struct view_version *out)
{
    struct comparing c;

    compare_begin(&c, p, FIELDS, &before->body, &after->body);
    compare_field(&c, SAY("Headline"), before->headline, after->headline);
    compare_field(&c, SAY("Line above the headline"), before->kicker, after->kicker);
    compare_field(&c, SAY("Introduction"), before->standfirst, after->standfirst);
    compare_field(&c, SAY("Byline"), before->byline, after->byline);
    compare_field(&c, SAY("Place"), before->dateline, after->dateline);
    compare_bodies(&c);
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
        .within = s,
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
