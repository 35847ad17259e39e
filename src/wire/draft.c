#include "wire/take.h"

#include "news/origin.h"
#include "news/paper.h"
#include "store/sql.h"
#include "wire/item/topics.h"

static str first_of(str x, str y)
{
    return x.n > 0 ? x : y;
}

/* The section that a topic, or the nearest one above it, leads to; 0: none. */
static err section_above(struct desk *d, const struct topic_fact *topic, int64_t *section)
{
    for (int steps = 0; topic != NULL && steps < 12; steps++) {
        struct sql_section_of_topic row;
        err e = sql_section_of_topic(d->a, d->w, topic->code, &row);

        if (e == OK) {
            *section = row.section;
            return OK;
        }
        if (e != E_MISSING)
            return e;
        topic = topic->parent.n > 0 ? topic_of(topic->parent) : NULL;
    }
    return OK;
}

/* Opinion by its genre; else where the first subject that leads anywhere leads; else the first. */
static err choose_section(struct desk *d, const struct wire_item *item, int64_t *section, note *why)
{
    struct sql_sections_rows sections;
    int64_t found = 0;

    TRY(sql_sections(d->a, d->w, &sections));
    if (sections.n == 0)
        return fail(why, E_MISSING, "the paper has no section yet");
    for (size_t i = 0; i < sections.n && found == 0; i++)
        if (sections.v[i].is_opinion && str_find_nocase(item->genre, S("opinion")) >= 0)
            found = sections.v[i].section;
    for (size_t i = 0; i < item->subject_count && found == 0; i++) {
        const struct wire_subject *s = &item->subjects[i];

        TRY(section_above(d, topic_for(s->scheme, s->code, s->name), &found));
    }
    *section = found != 0 ? found : sections.v[0].section;
    return OK;
}

enum { KEYWORD_MAX = 40, KEYWORDS_KEPT = 5 };

/* Subjects that the IPTC knows under its names, then a few short keywords under their own. */
static void choose_topics(struct desk *d, const struct wire_item *item, struct draft *out)
{
    struct draft_topic *topics = arena_many(d->a, struct draft_topic, STORY_TOPICS_MAX);
    size_t n = 0, keywords = 0;

    for (size_t i = 0; i < item->subject_count && n < STORY_TOPICS_MAX; i++) {
        const struct wire_subject *s = &item->subjects[i];
        const struct topic_fact *fact = topic_for(s->scheme, s->code, s->name);

        if (fact != NULL)
            topics[n++] = (struct draft_topic){fact->name, fact->code};
        else if (s->code.n == 0 && s->name.n > 1 && s->name.n <= KEYWORD_MAX &&
                 keywords++ < KEYWORDS_KEPT)
            topics[n++] = (struct draft_topic){s->name, S("")};
    }
    out->topics = topics;
    out->topic_count = n;
}

enum { PLACE_MAX = 60 };

/* "LERWICK" as it is written elsewhere: "Lerwick". */
static str spoken(arena *a, str place)
{
    char *out = arena_bytes(a, place.n + 1);
    bool inside = false;

    for (size_t i = 0; i < place.n; i++) {
        char c = place.p[i];
        bool letter = c >= 'A' && c <= 'Z';

        if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80)
            return place;
        out[i] = (char)(letter && inside ? c + ('a' - 'A') : c);
        inside = letter || c == '\'';
    }
    return str_of(out, place.n);
}

/* Where it is from: the town alone, of "Thornby Cross, Aldersay" and "LONDON/PARIS". */
static void choose_places(struct desk *d, const struct wire_item *item, struct draft *out)
{
    str *place = arena_one(d->a, str), town = first_of(item->place, item->dateline);

    for (size_t i = 0; i < town.n; i++)
        if (town.p[i] == ',' || town.p[i] == '/' || town.p[i] == '(') {
            town = str_to(town, i);
            break;
        }
    *place = spoken(d->a, str_trim(town));
    out->places = place;
    out->place_count = place->n > 0 && place->n <= PLACE_MAX;
}

static bool is_behind_a_camera(str role)
{
    return str_find_nocase(role, S("photo")) >= 0 || str_find_nocase(role, S("camera")) >= 0;
}

/* "Ann Lee, Bo Ek and Cy Poe" */
static void choose_byline(struct desk *d, const struct wire_item *item, struct draft *out)
{
    str *names = arena_many(d->a, str, item->person_count);
    size_t n = 0;
    buf line = buf_new(d->a, WIRE_FIELD_MAX);

    for (size_t i = 0; i < item->person_count && n < STORY_AUTHORS_MAX; i++)
        if (item->people[i].name.n > 0 && !is_behind_a_camera(item->people[i].role))
            names[n++] = item->people[i].name;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add(&line, i + 1 == n ? S(" and ") : S(", "));
        buf_add(&line, names[i]);
    }
    out->authors = names;
    out->author_count = n;
    out->byline = buf_str(&line);
}

static const struct wire_picture *in_hand(const struct wire_taking *how, str address)
{
    for (size_t i = 0; address.n > 0 && i < how->picture_count; i++)
        if (str_eq(how->pictures[i].address, address))
            return &how->pictures[i];
    return NULL;
}

/* In the house, and not killed as an item of its own. */
static err of_media(struct desk *d, const struct wire_taking *how, const struct wire_media *m,
                    const struct wire_picture **out)
{
    struct sql_wire_picture_killed killed;

    *out = NULL;
    for (size_t i = 0; i < m->rendition_count && *out == NULL; i++)
        *out = in_hand(how, m->renditions[i].address);
    if (*out == NULL || m->guid.n == 0)
        return OK;
    TRY(sql_wire_picture_killed(d->a, d->w, (*out)->media, m->guid, &killed));
    if (killed.found != 0)
        *out = NULL;
    return OK;
}

static bool takes_media(enum block_kind kind)
{
    return kind == BLOCK_PICTURE || kind == BLOCK_VIDEO || kind == BLOCK_AUDIO;
}

static enum block_kind block_of(enum wire_kind kind)
{
    return kind == WIRE_VIDEO ? BLOCK_VIDEO : kind == WIRE_AUDIO ? BLOCK_AUDIO : BLOCK_PICTURE;
}

/* Pictures and films of the body that are in the house get their number; the others, and what is
 * left empty by that, go: nothing is ever loaded from a foreign host. */
static void place_pictures(const struct wire_taking *how, struct block *blocks, size_t *count,
                           int64_t *placed, size_t *placed_count)
{
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        struct block *b = &blocks[i];
        const struct wire_picture *p = NULL;
        bool is_gallery = b->kind == BLOCK_GALLERY;

        place_pictures(how, b->children, &b->child_count, placed, placed_count);
        if (takes_media(b->kind) && b->media == 0) {
            p = in_hand(how, b->address);
            if (p == NULL)
                continue;
            b->kind = block_of(p->kind);
            b->media = p->media;
            b->address = (str){0};
            b->alt = first_of(b->alt, p->alt);
            b->credit = first_of(b->credit, p->credit);
            if (*placed_count < WIRE_MEDIA_MAX)
                placed[(*placed_count)++] = p->media;
        }
        if (is_gallery && b->child_count == 0)
            continue;
        blocks[kept++] = *b;
    }
    *count = kept;
}

static bool is_placed(int64_t media, const int64_t *placed, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (placed[i] == media)
            return true;
    return false;
}

static struct block media_block(arena *a, const struct wire_picture *p, const struct wire_media *m)
{
    struct block b = {
        .kind = block_of(p->kind),
        .media = p->media,
        .credit = first_of(m->credit, p->credit),
        .alt = first_of(m->alt, p->alt),
    };
    str caption = first_of(m->caption, p->caption);

    if (caption.n > 0) {
        b.spans = arena_one(a, struct span);
        b.spans[0] = (struct span){.text = caption};
        b.span_count = 1;
    }
    return b;
}

static void insert(arena *a, struct body *body, size_t at, struct block b)
{
    struct block *blocks = arena_many(a, struct block, body->count + 1);

    if (at > 0)
        memcpy(blocks, body->blocks, at * sizeof *blocks);
    if (body->count > at)
        memcpy(blocks + at + 1, body->blocks + at, (body->count - at) * sizeof *blocks);
    blocks[at] = b;
    body->blocks = blocks;
    body->count++;
}

static void append(arena *a, struct body *body, struct block b)
{
    insert(a, body, body->count, b);
}

/* The first picture that the body does not show leads the story; what is left over goes below the
 * text, more than one as a gallery.  Films and sounds stand above the text, in their order. */
static err choose_pictures(struct desk *d, const struct wire_taking *how,
                           const struct wire_item *item, struct draft *out)
{
    int64_t *placed = arena_many(d->a, int64_t, WIRE_MEDIA_MAX);
    struct block *left = arena_many(d->a, struct block, item->media_count);
    struct block *films = arena_many(d->a, struct block, item->media_count);
    size_t placed_count = 0, left_count = 0, film_count = 0;

    place_pictures(how, out->body.blocks, &out->body.count, placed, &placed_count);
    for (size_t i = 0; i < item->media_count; i++) {
        const struct wire_media *m = &item->media[i];
        const struct wire_picture *p;

        TRY(of_media(d, how, m, &p));
        if (p == NULL || is_placed(p->media, placed, placed_count) || p->media == out->hero.media)
            continue;
        if (block_of(p->kind) != BLOCK_PICTURE)
            films[film_count++] = media_block(d->a, p, m);
        else if (out->hero.media == 0)
            out->hero =
                (struct draft_picture){p->media, first_of(m->caption, p->caption),
                                       first_of(m->credit, p->credit), first_of(m->alt, p->alt)};
        else
            left[left_count++] = media_block(d->a, p, m);
    }
    for (size_t i = 0; i < film_count; i++)
        insert(d->a, &out->body, i, films[i]);
    if (left_count == 1)
        append(d->a, &out->body, left[0]);
    else if (left_count > 1)
        append(d->a, &out->body,
               (struct block){.kind = BLOCK_GALLERY, .children = left, .child_count = left_count});
    return OK;
}

static struct block *copy_blocks(arena *a, const struct block *blocks, size_t n)
{
    struct block *copy = arena_many(a, struct block, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = blocks[i];
        copy[i].children = copy_blocks(a, blocks[i].children, blocks[i].child_count);
    }
    return copy;
}

/* --- who made it --- */

static bool is_by_machine(str digital_source)
{
    static const str by[] = {S_INIT("algorithmicMedia"), S_INIT("dataDrivenMedia")};

    for (size_t i = 0; i < LENGTH(by); i++)
        if (str_find_nocase(digital_source, by[i]) >= 0)
            return true;
    return false;
}

static bool is_release(str genre)
{
    return str_find_nocase(genre, S("press release")) >= 0 ||
           str_find_nocase(genre, S("press_release")) >= 0 ||
           str_find_nocase(genre, S("pressrelease")) >= 0 ||
           str_find_nocase(genre, S("press-release")) >= 0;
}

static bool is_ours(const struct wire_item *item, str paper)
{
    return paper.n > 0 &&
           (str_eq_nocase(item->provider, paper) || str_eq_nocase(item->source, paper) ||
            str_eq_nocase(item->credit, paper));
}

static bool is_from_outside(const struct wire_item *item)
{
    for (size_t i = 0; i < item->person_count; i++)
        if (str_find_nocase(item->people[i].role, S("contributor")) >= 0 ||
            str_find_nocase(item->people[i].role, S("guest")) >= 0)
            return true;
    return false;
}

static bool is_an_agencys(const struct wire_item *item)
{
    return (item->dialect == WIRE_NEWSML_G2 || item->dialect == WIRE_NITF ||
            item->dialect == WIRE_NINJS) &&
           item->credit.n + item->provider.n + item->source.n > 0;
}

/* What the copy does not say is left unsaid. */
static enum origin choose_origin(struct desk *d, const struct wire_item *item)
{
    if (is_by_machine(item->digital_source))
        return ORIGIN_MACHINE;
    if (is_release(item->genre))
        return ORIGIN_RELEASE;
    if (is_ours(item, paper_setting(d->a, d->w, S("name"), S(""))))
        return is_from_outside(item) ? ORIGIN_CONTRIBUTOR : ORIGIN_STAFF;
    return is_an_agencys(item) ? ORIGIN_AGENCY : ORIGIN_UNSAID;
}

err wire_draft(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
               struct draft *out, note *why)
{
    struct draft text = {
        .headline = first_of(item->headline, item->slugline),
        .short_headline = item->short_headline,
        .kicker = item->kicker,
        .standfirst = item->standfirst,
        .dateline = item->dateline,
        .credit = first_of(item->credit, item->provider),
        .copyright = item->copyright,
        .source = first_of(item->source, item->provider),
        .genre = item->genre,
        .language = item->language,
        .urgency = item->urgency,
        .embargo_at = item->embargo_at,
        .expiry_at = item->expiry_at,
        .body = item->body,
        .origin = origin_word(choose_origin(d, item)),
        .reviewed = item->reviewed,
        .is_rated = item->is_rated,
        .half_stars = item->half_stars,
    };

    if (text.headline.n == 0)
        text.headline = body_opening(d->a, &item->body, 100);
    if (text.headline.n == 0)
        return fail(why, E_INVALID, "the item has neither headline nor text");
    /* a job may be run again, and the item must be as it was */
    text.body.blocks = copy_blocks(d->a, item->body.blocks, item->body.count);
    TRY(choose_section(d, item, &text.section, why));
    choose_topics(d, item, &text);
    choose_places(d, item, &text);
    choose_byline(d, item, &text);
    TRY(choose_pictures(d, how, item, &text));
    TRY(body_normalise(d->a, &text.body, why));
    body_number(d->a, &text.body);
    *out = text;
    return OK;
}
