#include "site/api/feed.h"

#include "news/sections.h"
#include "site/api/doors.h"
#include "site/public/parts.h"
#include "site/public/subject.h"
#include "text/dates.h"
#include "text/xml_write.h"

enum { CONTENT_MAX = 4 << 20, FEED_MAX = 24 << 20, FEED_PICTURE_WIDTH = 1280, OPENING_MAX = 300 };

static const struct kind {
    str ending, type;
    void (*write)(buf *out, const struct feed *f);
} kinds[] = {
    {S_INIT("rss"), S_INIT("application/rss+xml; charset=utf-8"), feed_write_rss},
    {S_INIT("atom"), S_INIT("application/atom+xml; charset=utf-8"), feed_write_atom},
    {S_INIT("json"), S_INIT("application/feed+json; charset=utf-8"), feed_write_json},
};

static const struct kind *kind_of(const struct request *rq)
{
    str ending = str_from(rq->path, (size_t)str_find_last(rq->path, '.') + 1);

    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (str_eq(ending, kinds[i].ending))
            return &kinds[i];
    return NULL;
}

/* --- what a feed holds of a story --- */

/* Whole stories or teasers: the setting, and the feeds for which the other holds. */
bool feed_is_whole(const struct paper *paper, str path)
{
    bool whole = !str_eq(paper->feed_text, S("teaser"));
    str rest = paper->feed_other, one;

    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, path))
            return !whole;
    return whole;
}

static struct body one_block(struct block *b)
{
    return (struct body){b, 1};
}

/* The film that stands for a story stands in its text. */
static bool stands_in(const struct body *b, int64_t media)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->blocks[i].kind == BLOCK_VIDEO && b->blocks[i].media == media)
            return true;
    return false;
}

static void add_hero(buf *out, const struct story *s, const struct feed_writer *how)
{
    struct span words = {.text = s->hero_caption};
    struct block b = {
        .kind = s->card.film_ms > 0 && door_is_film(how->of, s->card.hero) ? BLOCK_VIDEO
                                                                           : BLOCK_PICTURE,
        .media = s->card.hero,
        .spans = &words,
        .span_count = s->hero_caption.n > 0 ? 1 : 0,
        .credit = s->hero_credit,
        .alt = s->card.hero_alt,
    };
    struct body body = one_block(&b);

    body_write_feed(out, &body, how);
}

static void add_corrections(buf *out, const struct tongue *tongue, const struct story *s,
                            bool at_top, const struct feed_writer *how)
{
    for (size_t i = 0; i < s->correction_count; i++) {
        if (s->corrections[i].is_at_top != at_top)
            continue;

        bool clears = str_eq(s->corrections[i].kind, S("clarification"));
        struct span words[] = {
            {.text = clears ? say(tongue, "Clarification:") : say(tongue, "Correction:"),
             .marks = MARK_STRONG},
            {.text = str_join(out->a, S(" "), s->corrections[i].reason)},
        };
        struct block b = {.kind = BLOCK_PARAGRAPH, .spans = words, .span_count = LENGTH(words)};
        struct body body = one_block(&b);

        body_write_feed(out, &body, how);
    }
}

/* The critic's stars, as words: drawn ones mean nothing to who listens. */
static void add_rating(buf *out, const struct tongue *tongue, const struct story *s,
                       const struct feed_writer *how)
{
    struct span words = {.text = part_stars(out->a, tongue, s->half_stars), .marks = MARK_STRONG};
    struct block b = {.kind = BLOCK_PARAGRAPH, .spans = &words, .span_count = 1};
    struct body body = one_block(&b);

    if (s->is_rated)
        body_write_feed(out, &body, how);
}

static err content_of(struct door *d, const struct story *s, str *out)
{
    struct feed_writer how = door_writer(d);
    buf content = buf_new(d->a, CONTENT_MAX);

    if (s->card.hero != 0 && !stands_in(&s->body, s->card.hero))
        add_hero(&content, s, &how);
    add_rating(&content, d->paper.tongue, s, &how);
    add_corrections(&content, d->paper.tongue, s, true, &how);
    body_write_feed(&content, &s->body, &how);
    add_corrections(&content, d->paper.tongue, s, false, &how);
    if (content.over)
        return fail(&d->rq->note, E_LIMIT, "story %lld is too long for a feed",
                    (long long)s->card.id);
    *out = buf_str(&content);
    return OK;
}

static err fill_entry(struct door *d, bool whole, int64_t id, struct feed_entry *e)
{
    TRY(story_by_id(&d->r, id, &e->story));
    e->name = door_name(d, "story", id);
    e->url = door_address(d, e->story.card.path);
    e->language = e->story.card.language;
    e->has_picture = door_hero(d, &e->story, FEED_PICTURE_WIDTH, &e->picture);
    e->has_film = e->story.gate == GATE_FULL && door_film(d, &e->story, &e->film);
    if (whole && e->story.gate == GATE_FULL)
        TRY(content_of(d, &e->story, &e->content));
    return OK;
}

static err fill_entries(struct feed *f, const struct cards *cards)
{
    struct door *d = f->door;

    f->entries = arena_many(d->a, struct feed_entry, cards->n);
    for (size_t i = 0; i < cards->n; i++) {
        err e = fill_entry(d, f->is_whole, cards->v[i].id, &f->entries[f->n]);

        if (e == E_MISSING || e == E_GONE)
            continue;
        TRY(e);

        f->n++;
    }
    return OK;
}

void feed_media_begin(struct xml_writer *w, str url, int64_t bytes, str type, str medium)
{
    xml_put_begin(w, "media:content");
    xml_put_attr(w, "url", url);
    xml_put_attr_int(w, "fileSize", bytes);
    xml_put_attr(w, "type", type);
    xml_put_attr(w, "medium", medium);
}

/* --- one handler a kind of list --- */

err feed_reply(struct feed *f)
{
    struct door *d = f->door;
    const struct kind *kind = kind_of(d->rq);
    buf out = buf_new(d->a, FEED_MAX);

    if (kind == NULL)
        return E_MISSING;
    f->page = door_address(d, f->path);
    f->self = door_address(d, d->rq->path);
    f->language = d->paper.language;
    f->hub = d->paper.hub;
    if (f->updated == 0)
        f->updated = date_day_start(d->r.now, d->site->zone, 0);
    for (size_t i = 0; i < f->n; i++)
        if (i == 0 || door_changed(&f->entries[i].story.card) > f->updated)
            f->updated = door_changed(&f->entries[i].story.card);
    kind->write(&out, f);
    return door_reply(d, kind->type, &out, NULL, 0);
}

static err reply(struct feed *f, const struct cards *cards)
{
    f->is_whole = feed_is_whole(&f->door->paper, f->path);
    TRY(fill_entries(f, cards));
    return feed_reply(f);
}

static str titled(struct door *d, str what)
{
    return str_fmt(d->a, "%.*s | %.*s", STR(what), STR(d->paper.name));
}

static str described(struct door *d, str own, str title)
{
    return own.n > 0 ? own : str_fmt(d->a, "%.*s: %.*s", STR(d->paper.name), STR(title));
}

err site_feed(struct request *rq)
{
    struct door d;
    struct cards cards;

    TRY(door_open(rq, OUTLET_FEED, &d));
    TRY(stories_latest(&d.r, TIME_NEVER, FEED_ENTRIES, &cards));

    struct feed f = {.door = &d,
                     .title = d.paper.name,
                     .description = d.paper.description.n > 0 ? d.paper.description : d.paper.motto,
                     .path = S("/")};

    return reply(&f, &cards);
}

/* The feed of the section that had this word before. */
static err moved(struct request *rq, struct door *d)
{
    str slug = request_param(rq, S("section")), now;

    TRY(section_moved(&d->r, slug, &now));
    reading_end(&d->r);
    return reply_moved(rq,
                       str_fmt(d->a, "/%.*s%.*s", STR(now), STR(str_from(rq->path, slug.n + 1))));
}

err section_feed(struct request *rq)
{
    const struct section *section;
    struct door d;
    struct cards cards;

    if (kind_of(rq) == NULL)
        return E_MISSING;
    TRY(door_open(rq, OUTLET_FEED, &d));
    section = paper_section(&d.paper, request_param(rq, S("section")));
    if (section == NULL)
        return moved(rq, &d);
    TRY(stories_of_section(&d.r, section->id, TIME_NEVER, FEED_ENTRIES, &cards));

    struct feed f = {.door = &d,
                     .title = titled(&d, section->name),
                     .description = described(&d, section->description, section->name),
                     .path = str_fmt(d.a, "/%.*s", STR(section->slug))};

    return reply(&f, &cards);
}

err subject_feed(struct request *rq)
{
    enum subject_kind of = subject_asked(rq);
    struct subject s;
    struct door d;
    struct cards cards;

    if (of == SUBJECT_KINDS || kind_of(rq) == NULL)
        return E_MISSING;
    TRY(door_open(rq, OUTLET_FEED, &d));
    TRY(subject_at(&d.r, of, request_param(rq, S("slug")), &s));
    TRY(stories_of_subject(&d.r, s.id, TIME_NEVER, FEED_ENTRIES, &cards));
    if (cards.n == 0 && !subject_is_written(&s))
        return E_MISSING;

    struct feed f = {.door = &d,
                     .title = titled(&d, s.name),
                     .description = described(&d, subject_opening(d.a, &s, OPENING_MAX), s.name),
                     .path = subject_path(d.a, of, s.slug)};

    return reply(&f, &cards);
}

/* "/sport/feed", "/sport/rss", "/sport/atom": the spellings of other systems. */
err feed_spelling(struct request *rq)
{
    static const struct {
        str ending, instead;
    } spellings[] = {
        {S_INIT("/feed/atom"), S_INIT("/feed.atom")}, {S_INIT("/feed/json"), S_INIT("/feed.json")},
        {S_INIT("/feed/rss"), S_INIT("/feed.rss")},   {S_INIT("/feed"), S_INIT("/feed.rss")},
        {S_INIT("/rss"), S_INIT("/feed.rss")},        {S_INIT("/atom"), S_INIT("/feed.atom")},
    };
    str path = rq->raw_path;

    for (size_t i = 0; i < LENGTH(spellings); i++)
        if (str_ends(path, spellings[i].ending))
            return reply_moved(rq, str_join(rq->arena, str_to(path, path.n - spellings[i].ending.n),
                                            spellings[i].instead));
    return E_MISSING;
}
