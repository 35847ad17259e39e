/*
 * story_places.c - where readers see a story now: its page, the fronts, lists, feeds and sitemaps.
 *
 * Each is asked as readers' pages ask it, through the gate, as anybody: what is not there is not
 * said to be.
 */
#include "site/desk/planning.h"

#include "news/map.h"
#include "news/subject.h"
#include "site/api/doors.h"
#include "site/api/feed.h"
#include "site/desk/front.h"
#include "store/sql.h"
#include "text/dates.h"

enum { GROUPS = 5, PLACES_MAX = 60 };

struct finding {
    const struct desk_page *p;
    struct reading r; /* as anybody */
    const struct story *s;
    struct view_desk_where *v; /* of the group that is filled */
    size_t n;
    struct view_desk_where_group *groups;
    size_t group_count;
};

static void add(struct finding *f, str name, str path)
{
    if (f->n < PLACES_MAX)
        f->v[f->n++] = (struct view_desk_where){name, {path}};
}

static void begin_group(struct finding *f)
{
    f->v = arena_many(f->p->rq->arena, struct view_desk_where, PLACES_MAX);
    f->n = 0;
}

static void end_group(struct finding *f, const char *name)
{
    struct view_desk_where_group *g = &f->groups[f->group_count++];

    must(f->group_count <= GROUPS);
    *g = (struct view_desk_where_group){.name = desk_say(f->p, name), .is_empty = f->n == 0};
    g->places.v = f->v;
    g->places.n = f->n;
}

static bool has(const struct finding *f, const struct cards *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].id == f->s->card.id)
            return true;
    return false;
}

/* --- fronts --- */

static str block_name(const struct finding *f, const struct front_layout *layout,
                      const struct front_block *b)
{
    const struct section *strip = paper_section_by_id(&f->p->paper, b->section);

    if (strip != NULL && b->title.n == 0)
        return strip->name;
    for (size_t i = 0; i < layout->n; i++)
        if (layout->slots[i].id == b->slot)
            return desk_slot_name(f->p, &layout->slots[i]);
    return b->title;
}

static err find_on_front(struct finding *f, const struct section *section)
{
    arena *a = f->p->rq->arena;
    struct front_layout layout;
    struct front front;
    str of = section != NULL ? section->name : desk_say(f->p, SAY("The paper’s front"));
    str path = section != NULL ? str_join(a, S("/"), section->slug) : S("/");
    err e = front_layout_load(a, f->p->rq->desk, section != NULL ? section->id : 0, &layout);

    if (e == E_MISSING)
        return OK;
    TRY(e);
    TRY(front_look(&f->r, &f->p->paper, &layout, &front));
    for (size_t i = 0; i < front.n; i++)
        for (size_t j = 0; j < front.blocks[i].cards.n; j++)
            if (front.blocks[i].cards.v[j].id == f->s->card.id)
                add(f,
                    str_fmt(a, "%.*s: %.*s, %d", STR(of),
                            STR(block_name(f, &layout, &front.blocks[i])),
                            front.blocks[i].places[j]),
                    path);
    return OK;
}

static err find_fronts(struct finding *f)
{
    begin_group(f);
    TRY(find_on_front(f, NULL));
    for (size_t i = 0; i < f->p->paper.section_count; i++)
        TRY(find_on_front(f, &f->p->paper.sections[i]));
    end_group(f, SAY("Fronts"));
    return OK;
}

/* --- lists --- */

static void add_subjects(struct finding *f, enum subject_kind kind,
                         const struct story_subject *subjects, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(f, subjects[i].name, subject_path(f->p->rq->arena, kind, subjects[i].slug));
}

static void find_lists(struct finding *f, const struct section *section)
{
    arena *a = f->p->rq->arena;
    const struct story *s = f->s;

    begin_group(f);
    if (section != NULL)
        add(f, section->name, str_join(a, S("/"), section->slug));
    add_subjects(f, SUBJECT_TOPIC, s->topics, s->topic_count);
    add_subjects(f, SUBJECT_AUTHOR, s->authors, s->author_count);
    add_subjects(f, SUBJECT_PLACE, s->places, s->place_count);
    end_group(f, SAY("Section, topics, authors, places"));
}

/* --- feeds --- */

static err find_feeds_of_subjects(struct finding *f, enum subject_kind kind,
                                  const struct story_subject *subjects, size_t n)
{
    struct cards cards;

    for (size_t i = 0; i < n; i++) {
        TRY(stories_of_subject(&f->r, subjects[i].id, TIME_NEVER, FEED_ENTRIES, &cards));
        if (has(f, &cards))
            add(f, subjects[i].name,
                str_join(f->p->rq->arena, subject_path(f->p->rq->arena, kind, subjects[i].slug),
                         S("/feed.rss")));
    }
    return OK;
}

static err find_feeds(struct finding *f, const struct section *section)
{
    const struct story *s = f->s;
    struct cards cards;

    begin_group(f);
    f->r.outlet = OUTLET_FEED;
    TRY(stories_latest(&f->r, TIME_NEVER, FEED_ENTRIES, &cards));
    if (has(f, &cards))
        add(f, desk_say(f->p, SAY("All of the paper")), S("/feed.rss"));
    if (section != NULL) {
        TRY(stories_of_section(&f->r, section->id, TIME_NEVER, FEED_ENTRIES, &cards));
        if (has(f, &cards))
            add(f, section->name, str_fmt(f->p->rq->arena, "/%.*s/feed.rss", STR(section->slug)));
    }
    TRY(find_feeds_of_subjects(f, SUBJECT_TOPIC, s->topics, s->topic_count));
    TRY(find_feeds_of_subjects(f, SUBJECT_AUTHOR, s->authors, s->author_count));
    TRY(find_feeds_of_subjects(f, SUBJECT_PLACE, s->places, s->place_count));
    end_group(f, SAY("Feeds: the newest of each"));
    return OK;
}

/* --- the whole --- */

static void find_pages(struct finding *f)
{
    arena *a = f->p->rq->arena;
    str path = f->s->card.path;

    begin_group(f);
    add(f, path, path);
    add(f, desk_say(f->p, SAY("Lite edition")), str_join(a, path, S(".lite")));
    if (f->s->versions > 1)
        add(f, desk_say(f->p, SAY("What it said before")), str_join(a, path, S("/history")));
    end_group(f, SAY("Its page"));
}

static void find_sitemaps(struct finding *f)
{
    struct map_month m = map_month_of(f->s->card.public_at);

    begin_group(f);
    add(f, desk_say(f->p, SAY("Sitemap of the month")),
        str_fmt(f->p->rq->arena, "/sitemap/%d-%02d.xml", m.year, m.month));
    if (f->s->card.public_at > f->r.now - SITEMAP_NEWS_AGE)
        add(f, desk_say(f->p, SAY("Sitemap for news, for two days")), S("/news-sitemap.xml"));
    end_group(f, SAY("Search engines"));
}

err places_fill(const struct desk_page *p, int64_t id, struct view_desk_story *view)
{
    struct finding f = {.p = p, .r = p->r};
    struct story s;
    const struct section *section;
    err e;

    f.r.viewer.kind = VIEWER_PUBLIC;
    f.r.outlet = OUTLET_PAGE;
    e = story_by_id(&f.r, id, &s);
    if (e == E_MISSING || e == E_GONE)
        return OK;
    TRY(e);
    f.s = &s;
    f.groups = arena_many(p->rq->arena, struct view_desk_where_group, GROUPS);
    section = paper_section_by_id(&p->paper, s.card.section);
    find_pages(&f);
    TRY(find_fronts(&f));
    find_lists(&f, section);
    TRY(find_feeds(&f, section));
    find_sitemaps(&f);
    view->where.v = f.groups;
    view->where.n = f.group_count;
    view->is_seen = true;
    return OK;
}
