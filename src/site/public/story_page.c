/*
 * story_page.c - GET /{section}/{yyyy}/{mm}/{dd}/{slug}: one story.
 */
#include "site/public/pages.h"

#include "media/catalogue.h"
#include "media/srcset.h"
#include "news/subject.h"
#include "site/public/films.h"
#include "site/public/handover.h"
#include "site/public/parts.h"
#include "site/public/running.h"
#include "site/show.h"
#include "text/write_page.h"

enum {
    RELATED = 4,
    BOX_ENTRIES = 3,
    WORDS_A_MINUTE = 220,
    BODY_HTML_MAX = 6 << 20,
    BODY_HTML_USUAL = 24 << 10,
    LITE_PART_BYTES = 32 << 10, /* of HTML: some 12 KB as they travel */
};

/* --- what the body's writer asks for --- */

static bool body_media(void *of, int64_t id, struct page_media *out)
{
    const struct parts *p = of;
    arena *a = p->r->a;
    struct media m;

    if (media_shown(a, p->r->db, id, &m) != OK)
        return false;

    struct media_sources from = part_sources(p, &m);
    struct page_source *sources = arena_many(a, struct page_source, (size_t)from.n);

    for (int i = 0; i < from.n; i++)
        sources[i] = (struct page_source){str_c(from.v[i].type), from.v[i].srcset};
    *out = (struct page_media){
        .alt = m.words.alt,
        .caption = m.words.caption,
        .credit = m.words.credit,
        .src = from.src,
        .sizes = PLACE_BODY.sizes,
        .width = from.width,
        .height = from.height,
        .sources = sources,
        .source_count = (size_t)from.n,
    };
    if (film_type_is_film(m.type) || film_type_is_sound(m.type))
        film_player(p, &m, out);
    return true;
}

static bool body_story(void *of, int64_t id, struct page_story *out)
{
    const struct parts *p = of;
    struct story s;

    if (story_by_id(p->r, id, &s) != OK)
        return false;
    *out = (struct page_story){s.card.path, s.card.headline};
    return true;
}

/* What body_gallery_page asks: the parts, and the story whose galleries these are. */
struct body_of {
    struct parts parts; /* first: the others ask for that alone */
    const struct story *story;
    size_t galleries; /* that stand before what is written */
};

static bool body_gallery_page(void *of, size_t n, size_t pictures, struct page_gallery *out)
{
    const struct body_of *b = of;
    const struct parts *p = &b->parts;
    *out = (struct page_gallery){
        .address = str_fmt(p->r->a, "%.*s/gallery/%zu", STR(b->story->card.path), b->galleries + n),
        .ending = part_address(p, "", S("")),
        .all =
            say_count(p->r->a, p->paper->tongue, (int64_t)pictures, "{n} picture", "{n} pictures"),
    };
    return true;
}

/* Pictures in a row, films and sounds have a style sheet of their own. */
static bool has_media(const struct body *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->blocks[i].kind == BLOCK_GALLERY || b->blocks[i].kind == BLOCK_VIDEO ||
            b->blocks[i].kind == BLOCK_AUDIO)
            return true;
    return false;
}

/* So have the rarer blocks. */
bool story_has_parts(const struct body *b)
{
    static const bool has[BLOCK_KINDS] = {
        [BLOCK_PULL_QUOTE] = true, [BLOCK_FACT_BOX] = true, [BLOCK_TABLE] = true,
        [BLOCK_FOOTNOTE] = true,   [BLOCK_TIMELINE] = true, [BLOCK_EMBED] = true,
        [BLOCK_RELATED] = true,
    };

    for (size_t i = 0; i < b->count; i++)
        if (has[b->blocks[i].kind])
            return true;
    return false;
}

static struct page_writer writer_of(struct body_of *of)
{
    const struct parts *p = &of->parts;
    const struct story *s = of->story;
    bool is_elsewhere = part_language(p->paper, s->card.language).n > 0;

    return (struct page_writer){
        .of = of,
        .media = body_media,
        .story = body_story,
        .gallery = body_gallery_page,
        .eager_first = s->card.hero == 0,
        .links_only = p->r->outlet == OUTLET_LITE,
        .ending = part_ending(p),
        .words = {.table = say(p->paper->tongue, "Table"),
                  .picture = say(p->paper->tongue, "Picture"),
                  .film = say(p->paper->tongue, "Film"),
                  .sound = say(p->paper->tongue, "Sound"),
                  .back = say(p->paper->tongue, "back to the text"),
                  .transcript = say(p->paper->tongue, "Transcript"),
                  .language = is_elsewhere ? p->paper->language : S(""),
                  .direction = part_direction(p->paper->language)},
    };
}

static struct html body_html(struct body_of *of, const struct body *b)
{
    struct page_writer writer = writer_of(of);
    buf out = buf_new(of->parts.r->a, BODY_HTML_MAX);

    buf_room(&out, BODY_HTML_USUAL);
    body_write_page(&out, b, &writer);
    return (struct html){buf_str(&out)};
}

struct html story_body_beside(const struct parts *p, const struct story *s, const struct body *b)
{
    struct body_of of = {*p, s, 0};
    struct page_writer writer = writer_of(&of);
    buf out = buf_new(p->r->a, BODY_HTML_MAX);

    writer.no_ids = true;
    writer.eager_first = false;
    writer.gallery = NULL;
    writer.level_down = 1;
    body_write_page(&out, b, &writer);
    return (struct html){buf_str(&out)};
}

/* --- a long story's lite edition, in parts --- */

/* The blocks of the number-th part, of `bytes` of HTML in all, cut behind a block that is no
 * heading; how many parts there are. */
static int64_t cut(struct body_of *of, const struct body *b, size_t bytes, int64_t number,
                   struct body *out)
{
    struct page_writer writer = writer_of(of);
    buf all = buf_new(of->parts.r->a, BODY_HTML_MAX);
    size_t enough = bytes / (bytes / LITE_PART_BYTES + 1), first = 0, from = 0;
    int64_t parts = 0;

    for (size_t i = 0; i < b->count; i++) {
        body_write_page(&all, &(struct body){&b->blocks[i], 1}, &writer);
        if (i + 1 < b->count && (all.n - from < enough || b->blocks[i].kind == BLOCK_HEADING))
            continue;
        if (++parts == number)
            *out = (struct body){&b->blocks[first], i + 1 - first};
        first = i + 1;
        from = all.n;
    }
    return parts;
}

static struct href part_at(const struct parts *p, const struct story *s, int64_t number)
{
    str path = part_address(p, "", s->card.path);

    return (struct href){
        number == 1 ? path : str_fmt(p->r->a, "%.*s?part=%lld", STR(path), (long long)number)};
}

/* E_MISSING: there is no such part. */
static err fill_body(struct request *rq, const struct parts *p, const struct story *s,
                     struct view_story *view)
{
    struct body_of of = {*p, s, 0};
    struct body shown = s->body;
    struct view_story_part *part = arena_one(p->r->a, struct view_story_part);
    int64_t number = 1, parts = 1;
    str given;

    view->body = body_html(&of, &s->body);
    if (p->r->outlet != OUTLET_LITE)
        return OK;
    if (request_query(rq, S("part"), &given) && (!str_int(given, &number) || number < 1))
        return E_MISSING;
    if (view->body.markup.n > LITE_PART_BYTES)
        parts = cut(&of, &s->body, view->body.markup.n, number, &shown);
    if (number > parts)
        return E_MISSING;
    if (parts == 1)
        return OK;
    for (const struct block *b = s->body.blocks; b < shown.blocks; b++)
        of.galleries += b->kind == BLOCK_GALLERY;
    view->body = body_html(&of, &shown);
    *part = (struct view_story_part){.number = number, .pages = parts};
    if (number > 1)
        part->previous = part_at(p, s, number - 1);
    if (number < parts)
        part->next = part_at(p, s, number + 1);
    view->part = part;
    return OK;
}

/* What stands before the text stands before its first part, and what is told below it there too. */
static void leave_out_opening(struct view_story *view)
{
    view->standfirst = (str){0};
    view->hero = NULL;
    view->film = (struct html){{0}};
    view->dateline = (str){0};
    view->coverage = NULL;
}

/* --- the parts of the page --- */

static void fill_words(const struct parts *p, const struct story *s, struct view_story *view)
{
    const struct section *section = paper_section_by_id(p->paper, s->card.section);

    view->section_name = section != NULL ? section->name : say(p->paper->tongue, "News");
    view->section_href.address = section != NULL ? part_address(p, "/", section->slug) : S("/");
    view->label = part_label(p, &s->card);
    view->kicker = s->card.kicker;
    view->headline = s->card.headline;
    view->standfirst = s->card.standfirst;
    view->language = part_language(p->paper, s->card.language);
    view->direction = part_direction(s->card.language);
    view->byline = s->card.byline;
    view->dateline = s->dateline;
    if (s->card.coverage == COVERAGE_NONE) /* it grows */
        view->minutes = 1 + s->card.words / WORDS_A_MINUTE;
    view->source_line = str_eq(s->credit, p->paper->name) ? (str){0} : s->credit;
    view->update_reason = str_eq(s->kind, S("update")) ? s->reason : (str){0};
    view->has_media = has_media(&s->body);
    view->has_parts = story_has_parts(&s->body);
    view->rating = part_rating(p, &s->card);
    view->reviewed = s->reviewed;
    view->handover = handover_of(p, s);
    handover_origin(p, s, view);
}

static void fill_times(const struct parts *p, const struct story *s, struct view_story *view)
{
    struct view_when *when = arena_many(p->r->a, struct view_when, 2);

    when[0] = part_when(p, s->card.public_at);
    view->published = &when[0];
    if ((s->card.version > 1 || s->card.coverage != COVERAGE_NONE) &&
        s->card.changed_at > s->card.public_at) {
        when[1] = part_when(p, s->card.changed_at);
        view->updated = &when[1];
    }
    if (s->versions > 1 && s->gate == GATE_FULL) {
        view->versions = s->versions;
        view->history.address = part_address(p, "", str_join(p->r->a, s->card.path, S("/history")));
    }
}

static void fill_authors(const struct parts *p, const struct story *s, struct view_story *view)
{
    const struct tongue *tongue = p->paper->tongue;
    struct view_author *authors = arena_many(p->r->a, struct view_author, s->author_count);

    for (size_t i = 0; i < s->author_count; i++)
        authors[i] = (struct view_author){
            .separator = i == 0                     ? (str){0}
                         : i + 1 == s->author_count ? say_in(tongue, "between two names", " and ")
                                                    : say_in(tongue, "between names", ", "),
            .name = s->authors[i].name,
            .href = {part_address(p, "/author/", s->authors[i].slug)},
        };
    view->authors.v = authors;
    view->authors.n = s->author_count;
    view->has_authors = s->author_count > 0;
}

static const struct view_topic *subject_views(const struct parts *p, enum subject_kind kind,
                                              const struct story_subject *of, size_t n)
{
    arena *a = p->r->a;
    struct view_topic *out = arena_many(a, struct view_topic, n);

    for (size_t i = 0; i < n; i++) {
        str path = subject_path(a, kind, of[i].slug);

        out[i] = (struct view_topic){
            of[i].name, {part_address(p, "", path)}, {str_join(a, path, S("/feed.rss"))}};
    }
    return out;
}

static bool is_place(const struct story *s, str slug)
{
    for (size_t i = 0; i < s->place_count; i++)
        if (str_eq(s->places[i].slug, slug))
            return true;
    return false;
}

/* A topic that is also a place of the story stands once, as the place.  The dateline leads to the
 * place whose name it is. */
static void fill_topics(const struct parts *p, const struct story *s, struct view_story *view)
{
    struct story_subject *topics = arena_many(p->r->a, struct story_subject, s->topic_count);
    size_t n = 0;

    for (size_t i = 0; i < s->topic_count; i++)
        if (!is_place(s, s->topics[i].slug))
            topics[n++] = s->topics[i];
    view->topics.v = subject_views(p, SUBJECT_TOPIC, topics, n);
    view->topics.n = n;
    view->places.v = subject_views(p, SUBJECT_PLACE, s->places, s->place_count);
    view->places.n = s->place_count;
    view->has_topics = n + s->place_count > 0;
    for (size_t i = 0; i < s->place_count; i++)
        if (str_eq(subject_slug(p->r->a, s->dateline), s->places[i].slug))
            view->dateline_href = view->places.v[i].href;
}

static void fill_corrections(const struct parts *p, const struct story *s, struct view_story *view)
{
    struct view_correction *out = arena_many(p->r->a, struct view_correction, s->correction_count);
    struct view_when *when = arena_many(p->r->a, struct view_when, s->correction_count);

    for (size_t i = 0; i < s->correction_count; i++) {
        when[i] = part_when(p, s->corrections[i].at);
        out[i] = (struct view_correction){part_correction(p->paper->tongue, s->corrections[i].kind),
                                          s->corrections[i].reason, &when[i],
                                          s->corrections[i].is_at_top};
        view->has_foot_corrections |= !s->corrections[i].is_at_top;
        view->has_top_corrections |= s->corrections[i].is_at_top;
    }
    view->corrections.v = out;
    view->corrections.n = s->correction_count;
}

/* A film leads the story: its player stands where the picture would, or it stands in the text. */
static void fill_film(const struct parts *p, const struct story *s, struct view_story *view)
{
    struct body_of of = {*p, s, 0};
    struct page_writer writer = writer_of(&of);

    writer.no_ids = true;
    view->film = film_hero(p, s, &writer);
    view->has_media = view->has_media || view->film.markup.n > 0;
}

static void fill_hero(const struct parts *p, const struct story *s, struct view_story *view)
{
    const struct view_picture *found =
        part_picture(p, s->card.hero, s->card.hero_alt, PLACE_HERO, true);
    struct view_picture *hero;

    if (found == NULL)
        return;
    hero = arena_one(p->r->a, struct view_picture);
    *hero = *found;
    hero->caption = s->hero_caption;
    hero->credit = s->hero_credit;
    hero->has_words = hero->caption.n > 0 || hero->credit.n > 0;
    view->hero = hero;
}

static const struct view_card *one_card(const struct parts *p, const struct cards *cards)
{
    struct view_card *card = arena_one(p->r->a, struct view_card);

    if (cards->n == 0)
        return NULL;
    *card = part_card(p, &cards->v[0], PLACE_NONE, false);
    return card;
}

static bool stands_in(const struct cards *cards, size_t n, int64_t story)
{
    for (size_t i = 0; i < n; i++)
        if (cards->v[i].id == story)
            return true;
    return false;
}

/* What the desk has tied to it, then what shares its topics. */
static err find_related(const struct parts *p, const struct story *s, struct cards *out)
{
    struct cards tied, near;

    TRY(stories_tied(p->r, s, &tied));
    *out = (struct cards){arena_many(p->r->a, struct card, RELATED), 0};
    for (size_t i = 0; i < tied.n && out->n < RELATED; i++)
        out->v[out->n++] = tied.v[i];
    if (out->n == RELATED)
        return OK;
    TRY(stories_related(p->r, s, RELATED, &near));
    for (size_t i = 0; i < near.n && out->n < RELATED; i++)
        if (!stands_in(out, out->n, near.v[i].id))
            out->v[out->n++] = near.v[i];
    return OK;
}

/* What is covered at this moment and goes with it: a box of its own. */
static err fill_running(const struct parts *p, const struct story *s, const struct cards *related,
                        struct view_story *view)
{
    struct view_running *box = arena_one(p->r->a, struct view_running);

    TRY(running_behind(p, s->card.id, &view->promoted_from));
    for (size_t i = 0; i < related->n; i++)
        if (coverage_is_on((enum coverage_state)related->v[i].coverage)) {
            TRY(running_brief(p, &related->v[i], BOX_ENTRIES, box));
            view->running = box;
            return OK;
        }
    return OK;
}

static err fill_others(const struct parts *p, const struct story *s, struct view_story *view)
{
    struct cards before, after, related;
    struct view_card *out;

    TRY(story_neighbours(p->r, &s->card, &before, &after));
    view->previous = one_card(p, &before);
    view->next = one_card(p, &after);
    view->has_neighbours = view->previous != NULL || view->next != NULL;
    TRY(find_related(p, s, &related));
    TRY(fill_running(p, s, &related, view));
    out = arena_many(p->r->a, struct view_card, related.n);
    for (size_t i = 0; i < related.n; i++)
        out[i] = part_card(p, &related.v[i], PLACE_CARD, false);
    view->related.v = out;
    view->related.n = related.n;
    view->has_related = related.n > 0;
    return OK;
}

err story_fill(struct request *rq, struct reading *r, const struct paper *paper,
               const struct story *s, struct view_story *view)
{
    struct parts p = {rq->of, r, paper};
    struct story *told = arena_one(rq->arena, struct story);
    struct page_head head = {
        .title = str_fmt(rq->arena, "%.*s | %.*s",
                         STR(s->search_headline.n > 0 ? s->search_headline : s->card.headline),
                         STR(paper->name)),
        .description =
            s->card.standfirst.n > 0 ? s->card.standfirst : body_opening(rq->arena, &s->body, 160),
        .path = rq->path,
        .canonical = s->card.path,
        .story = s,
    };

    fill_words(&p, s, view);
    TRY(fill_body(rq, &p, s, view));
    TRY(running_fill(rq, &p, s, view, &head.coverage));
    if (head.coverage != NULL) {
        *told = *s;
        told->card.changed_at = running_changed(&p, s);
        head.story = told;
    }
    fill_times(&p, head.story, view);
    fill_authors(&p, s, view);
    fill_topics(&p, s, view);
    fill_corrections(&p, s, view);
    fill_hero(&p, s, view);
    head.picture = view->hero;
    head.films = films_of(&p, s);
    if (film_leads(&p, s)) {
        fill_film(&p, s, view);
        view->hero = NULL;
    }
    if (r->outlet != OUTLET_KEPT)
        TRY(fill_others(&p, s, view));
    head.in_brief = view->running != NULL;
    if (view->part != NULL && view->part->number > 1)
        leave_out_opening(view);
    return show_head(rq, r, paper, &head, &view->page);
}

err story_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct story s;
    str moved;
    struct view_story view = {0};

    TRY(show_begin(rq, &r));
    TRY(story_at(&r, rq->path, &s, &moved));
    if (moved.n > 0) {
        reading_end(&r);
        return reply_moved(rq, show_address(rq, moved));
    }
    r.subject = s.card.id;
    TRY(show_paper(rq, &r, &paper));
    TRY(story_fill(rq, &r, &paper, &s, &view));
    return show_page(rq, &r, 200, TEMPLATE_STORY, &view);
}
