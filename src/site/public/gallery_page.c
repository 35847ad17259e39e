/*
 * gallery_page.c - GET {story}/gallery/{n}: the pictures of a story's n-th gallery, and
 * {story}/gallery/{n}/{k}: its k-th alone, with the way to its neighbours.
 *
 * A picture keeps its number when another one of the gallery may no longer be shown; who comes to
 * the place of that one finds nothing, and the counter counts what there is.
 */
#include "site/api/structured.h"
#include "site/public/pages.h"
#include "site/public/parts.h"
#include "site/show.h"

enum { GALLERIES_MAX = 999, SHOTS_MAX = 9999 };

/* A gallery as it was asked for, and what may be shown of it. */
struct hanging {
    struct parts parts;
    struct story story;
    str path; /* of the gallery, without an ending */
    str title;
    const struct block *block;
    struct view_shot *shots;
    size_t n;
};

/* "/gallery/2/7" has no other spelling; 0: not a number that counts anything. */
static int64_t number_in(const struct request *rq, const char *name, int64_t most)
{
    str said = request_param(rq, str_c(name));
    int64_t n = 0;

    return said.n > 0 && said.p[0] != '0' && str_int(said, &n) && n > 0 && n <= most ? n : 0;
}

static const struct view_picture *picture_of(const struct parts *p, const struct block *b,
                                             struct place place)
{
    const struct view_picture *found = part_picture(p, b->media, b->alt, place, false);
    struct view_picture *own;

    if (found == NULL)
        return NULL;
    own = arena_one(p->r->a, struct view_picture);
    *own = *found;
    if (b->span_count > 0) {
        buf words = buf_new(p->r->a, BODY_TEXT_MAX);

        for (size_t i = 0; i < b->span_count; i++)
            buf_add(&words, b->spans[i].text);
        own->caption = buf_str(&words);
    }
    if (b->credit.n > 0)
        own->credit = b->credit;
    own->has_words = own->caption.n > 0 || own->credit.n > 0;
    return own;
}

static str shot_path(const struct hanging *g, int64_t number)
{
    return str_fmt(g->parts.r->a, "%.*s/%lld", STR(g->path), (long long)number);
}

static void hang(struct hanging *g, struct place place)
{
    arena *a = g->parts.r->a;

    g->shots = arena_many(a, struct view_shot, g->block->child_count);
    for (size_t i = 0; i < g->block->child_count; i++) {
        const struct view_picture *picture = picture_of(&g->parts, &g->block->children[i], place);

        if (picture == NULL)
            continue;
        g->shots[g->n++] = (struct view_shot){
            (int64_t)i + 1, {part_address(&g->parts, "", shot_path(g, (int64_t)i + 1))}, picture};
    }
}

/* The story behind the gate, its gallery, and what of it may be shown; *moved: the story's address
 * of today, when it was asked for at an older one. */
static err open_gallery(struct request *rq, struct reading *r, struct paper *paper,
                        struct place place, struct hanging *g, str *moved)
{
    int64_t number = number_in(rq, "gallery", GALLERIES_MAX);
    str path = str_to(rq->path, (size_t)str_find(rq->path, S("/gallery/")));

    TRY(show_begin(rq, r));
    TRY(story_at(r, path, &g->story, moved));
    if (moved->n > 0)
        return OK;
    r->subject = g->story.card.id;
    TRY(show_paper(rq, r, paper));
    g->parts = (struct parts){rq->of, r, paper};
    g->block = number > 0 ? body_gallery(&g->story.body, (size_t)number) : NULL;
    if (g->block == NULL)
        return E_MISSING;
    g->path = str_fmt(rq->arena, "%.*s/gallery/%lld", STR(path), (long long)number);
    g->title = g->block->title.n > 0 ? g->block->title : g->story.card.headline;
    hang(g, place);
    return g->n > 0 ? OK : E_MISSING;
}

static err moved_to(struct request *rq, struct reading *r, str story)
{
    str rest = str_from(rq->path, (size_t)str_find(rq->path, S("/gallery/")));

    reading_end(r);
    return reply_moved(rq, show_address(rq, str_join(rq->arena, story, rest)));
}

static struct view_gallery view_of(const struct hanging *g)
{
    const struct card *c = &g->story.card;

    return (struct view_gallery){
        .title = g->title,
        .headline = c->headline,
        .story_href = {part_address(&g->parts, "", c->path)},
        .all_href = {part_address(&g->parts, "", g->path)},
        .language = part_language(g->parts.paper, c->language),
        .direction = part_direction(c->language),
        .count = (int64_t)g->n,
        .shots = {g->shots, g->n},
        .first = g->shots[0].href,
        .last = g->shots[g->n - 1].href,
    };
}

/* What machines are told of `n` of its pictures. */
static const struct told_gallery *told_of(const struct hanging *g, const struct view_shot *shots,
                                          size_t n, bool is_one)
{
    arena *a = g->parts.r->a;
    struct told_gallery *told = arena_one(a, struct told_gallery);

    *told = (struct told_gallery){
        .name = g->title,
        .language = g->story.card.language,
        .all = is_one ? g->path : (str){0},
        .story = {g->story.card.path, g->story.card.headline},
        .shots = arena_many(a, struct told_shot, n),
        .n = n,
    };
    for (size_t i = 0; i < n; i++)
        told->shots[i] = (struct told_shot){
            shot_path(g, shots[i].number),
            {
                .url = shots[i].picture->src.address,
                .caption = shots[i].picture->caption,
                .credit = shots[i].picture->credit,
                .width = (int)shots[i].picture->width,
                .height = (int)shots[i].picture->height,
            },
        };
    return told;
}

static err show(struct request *rq, const struct hanging *g, struct page_head *head,
                enum template template, struct view_gallery *view)
{
    const struct paper *paper = g->parts.paper;
    const struct section *section = paper_section_by_id(paper, g->story.card.section);

    head->path = rq->path;
    head->within = &g->story;
    head->feed = section != NULL ? str_fmt(rq->arena, "/%.*s", STR(section->slug)) : (str){0};
    TRY(show_head(rq, g->parts.r, paper, head, &view->page));
    return show_page(rq, g->parts.r, 200, template, view);
}

err gallery_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct hanging g = {0};
    struct view_gallery view;
    str moved = {0};

    TRY(open_gallery(rq, &r, &paper, PLACE_WALL, &g, &moved));
    if (moved.n > 0)
        return moved_to(rq, &r, moved);
    view = view_of(&g);

    struct page_head head = {
        .name = say_with(rq->arena, paper.tongue, "Pictures: {title}",
                         &(struct said){"title", g.title}, 1),
        .description = g.story.card.standfirst,
        .canonical = g.path,
        .gallery = told_of(&g, g.shots, g.n, false),
        .picture = g.shots[0].picture,
    };

    return show(rq, &g, &head, TEMPLATE_GALLERY, &view);
}

err shot_page(struct request *rq)
{
    int64_t number = number_in(rq, "shot", SHOTS_MAX);
    struct reading r;
    struct paper paper;
    struct hanging g = {0};
    struct view_gallery view;
    size_t at = 0;
    str moved = {0};

    TRY(open_gallery(rq, &r, &paper, PLACE_WHOLE, &g, &moved));
    if (moved.n > 0)
        return moved_to(rq, &r, moved);
    while (at < g.n && g.shots[at].number != number)
        at++;
    if (at == g.n)
        return E_MISSING;

    struct view_shot *shot = arena_one(rq->arena, struct view_shot);
    struct view_picture *picture = arena_one(rq->arena, struct view_picture);
    const struct said said[] = {
        {"n", say_number(rq->arena, paper.tongue, (int64_t)at + 1)},
        {"all", say_number(rq->arena, paper.tongue, (int64_t)g.n)},
        {"title", g.title},
    };

    *picture = *g.shots[at].picture;
    picture->eager = true;
    *shot = (struct view_shot){(int64_t)at + 1, g.shots[at].href, picture};
    view = view_of(&g);
    view.shot = shot;
    view.previous = at > 0 ? g.shots[at - 1].href : (struct href){0};
    view.next = at + 1 < g.n ? g.shots[at + 1].href : (struct href){0};

    struct page_head head = {
        .name =
            say_with(rq->arena, paper.tongue, "Picture {n} of {all}: {title}", said, LENGTH(said)),
        .description = picture->caption.n > 0 ? picture->caption : g.story.card.standfirst,
        .canonical = shot_path(&g, number),
        .gallery = told_of(&g, &g.shots[at], 1, true),
        .picture = picture,
    };

    return show(rq, &g, &head, TEMPLATE_SHOT, &view);
}
