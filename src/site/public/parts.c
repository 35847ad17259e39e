#include "site/public/parts.h"

#include "media/catalogue.h"
#include "media/srcset.h"
#include "news/running.h"
#include "site/public/films.h"
#include "text/dates.h"

#define CARD_SIZES S_INIT("(min-width: 64rem) 18rem, (min-width: 40rem) 45vw, 7rem")
#define HERO_SIZES S_INIT("(min-width: 66rem) 62rem, 100vw")

const struct place PLACE_LEAD = {S_INIT("(min-width: 80rem) 39rem, (min-width: 64rem) 50vw, 100vw"),
                                 STANDS_WIDE};
const struct place PLACE_CARD = {CARD_SIZES, STANDS_CARD};
const struct place PLACE_FIRST = {CARD_SIZES, STANDS_WIDE}; /* of a strip */
const struct place PLACE_LIST = {HERO_SIZES, STANDS_WIDE};  /* the newest of a list */
const struct place PLACE_HERO = {HERO_SIZES, STANDS_WHOLE};
const struct place PLACE_DAY = {S_INIT("(min-width: 80rem) 54rem, (min-width: 64rem) 68vw, 100vw"),
                                STANDS_WHOLE};
const struct place PLACE_BODY = {S_INIT("(min-width: 42rem) 38rem, 100vw"), STANDS_WHOLE};
const struct place PLACE_WALL = {CARD_SIZES, STANDS_WIDE};
const struct place PLACE_WHOLE = {S_INIT("100vw"), STANDS_WHOLE};
const struct place PLACE_NONE = {{0}, STANDS_WHOLE};

enum { BODY_HTML_MAX = 4 << 20 };

str part_ending(const struct parts *p)
{
    bool lite = p->r->outlet == OUTLET_LITE && !str_eq(p->paper->lite, S("on"));

    return lite ? S(".lite") : S("");
}

str part_address(const struct parts *p, const char *kind, str rest)
{
    return str_fmt(p->r->a, "%s%.*s%.*s", kind, STR(rest), STR(part_ending(p)));
}

struct html part_body(const struct parts *p, const struct body *body)
{
    buf out = buf_new(p->r->a, BODY_HTML_MAX);

    body_write_page(&out, body,
                    &(struct page_writer){.ending = part_ending(p),
                                          .words = {.table = say(p->paper->tongue, "Table")}});
    return (struct html){buf_str(&out)};
}

struct view_when part_when(const struct parts *p, int64_t at)
{
    arena *a = p->r->a;
    str words = date_human(a, at, p->site->zone, p->paper->tongue);

    return (struct view_when){date_iso_in(a, at - at % SECOND_US, p->site->zone), words, words};
}

str part_media(const struct parts *p, str addresses)
{
    /* staff may have it whatever stories show it */
    str at = p->r->outlet == OUTLET_DESK ? S("/desk/media") : p->r->media_at;

    return at.n > 0 && addresses.n > 0
               ? str_replace(p->r->a, addresses, S("/media/"), str_join(p->r->a, at, S("/")))
               : addresses;
}

static struct media_sources at_this_page(const struct parts *p, struct media_sources from)
{
    from.src = part_media(p, from.src);
    from.srcset = part_media(p, from.srcset);
    for (int i = 0; i < from.n; i++)
        from.v[i].srcset = part_media(p, from.v[i].srcset);
    return from;
}

struct media_sources part_sources(const struct parts *p, const struct media *m)
{
    arena *a = p->r->a;

    return at_this_page(p,
                        p->r->outlet == OUTLET_KEPT ? media_smallest(a, m) : media_sources(a, m));
}

str part_focus(arena *a, int x, int y)
{
    int tenth_x = (x + 5) / 10, tenth_y = (y + 5) / 10;

    return tenth_x == 5 && tenth_y == 5 ? S("") : str_fmt(a, "fx%d fy%d", tenth_x, tenth_y);
}

/* What an editor has cropped for the shape; else all of it, which the browser crops. */
static struct media_sources in_shape(const struct parts *p, const struct media *m, enum shape shape)
{
    return p->r->outlet != OUTLET_KEPT && media_has_crop(m, shape)
               ? at_this_page(p, media_crop_sources(p->r->a, m, shape))
               : part_sources(p, m);
}

/* A square of its own on a telephone is worth saying where either was cropped. */
static bool differs_on_a_telephone(const struct parts *p, const struct media *m,
                                   enum place_shape as)
{
    return as == STANDS_CARD && p->r->outlet != OUTLET_KEPT &&
           (media_has_crop(m, SHAPE_WIDE) || media_has_crop(m, SHAPE_SQUARE));
}

static size_t put_sources(struct view_source *out, const struct media_sources *from, str sizes,
                          bool on_a_telephone)
{
    size_t n = 0;

    for (int i = 0; i < from->n; i++)
        out[n++] = (struct view_source){.type = str_c(from->v[i].type),
                                        .srcset = from->v[i].srcset,
                                        .sizes = sizes,
                                        .on_a_telephone = on_a_telephone};
    if (on_a_telephone) /* <img> has the other shape */
        out[n++] = (struct view_source){S("image/jpeg"), from->srcset, sizes, true};
    return n;
}

static void fill_sources(const struct parts *p, const struct media *m, struct place place,
                         struct view_picture *picture)
{
    struct media_sources from = place.as == STANDS_WHOLE    ? part_sources(p, m)
                                : place.as == STANDS_SQUARE ? in_shape(p, m, SHAPE_SQUARE)
                                                            : in_shape(p, m, SHAPE_WIDE);
    struct view_source *sources = arena_many(p->r->a, struct view_source, 2 * PICTURE_FORMATS);
    size_t n = 0;

    if (differs_on_a_telephone(p, m, place.as)) {
        struct media_sources square = in_shape(p, m, SHAPE_SQUARE);

        n = put_sources(sources, &square, place.sizes, true);
    }
    n += put_sources(sources + n, &from, place.sizes, false);
    picture->sources.v = sources;
    picture->sources.n = n;
    picture->src.address = from.src;
    picture->width = from.width;
    picture->height = from.height;
}

/* What stands for it where a link to the page is shown elsewhere. */
static void fill_wide(const struct parts *p, const struct media *m, struct view_picture *picture)
{
    if (p->r->outlet == OUTLET_KEPT || !media_has_crop(m, SHAPE_WIDE))
        return;

    struct media_sources from = at_this_page(p, media_crop_sources(p->r->a, m, SHAPE_WIDE));

    picture->wide.address = from.src;
    picture->wide_width = from.width;
    picture->wide_height = from.height;
}

const struct view_picture *part_picture(const struct parts *p, int64_t media, str alt,
                                        struct place place, bool eager)
{
    arena *a = p->r->a;
    struct media m;

    if (media == 0 || media_shown(a, p->r->db, media, &m) != OK)
        return NULL;

    struct view_picture *picture = arena_one(a, struct view_picture);

    fill_sources(p, &m, place, picture);
    fill_wide(p, &m, picture);
    picture->alt = alt.n > 0 ? alt : m.words.alt;
    picture->eager = eager;
    picture->focus = part_focus(a, m.focus_x, m.focus_y);
    picture->caption = m.words.caption;
    picture->credit = m.words.credit;
    picture->has_words = m.words.caption.n > 0 || m.words.credit.n > 0;
    return picture;
}

/* For the front, where /colours.css lets it be highest. */
static str logo_sizes(arena *a, const struct media *m)
{
    return str_fmt(a, "min(%drem, 100vw)", m->width * LOGO_TENTHS / (10 * m->height) + 1);
}

const struct view_picture *part_logo(const struct parts *p)
{
    arena *a = p->r->a;
    int64_t id;
    struct media m;

    if (!str_int(p->paper->logo, &id) || media_shown(a, p->r->db, id, &m) != OK)
        return NULL;

    /* at its public address on every page, also where a story's pictures have others */
    struct media_sources from =
        p->r->outlet == OUTLET_KEPT ? media_smallest(a, &m) : media_sources(a, &m);
    struct view_source *sources = arena_many(a, struct view_source, PICTURE_FORMATS);
    struct view_picture *logo = arena_one(a, struct view_picture);

    *logo = (struct view_picture){
        .src = {from.src}, .width = from.width, .height = from.height, .alt = p->paper->name};
    logo->sources.v = sources;
    logo->sources.n = put_sources(sources, &from, logo_sizes(a, &m), false);
    return logo;
}

static str primary(str language)
{
    ptrdiff_t dash = str_find_char(language, '-');

    return dash < 0 ? language : str_to(language, (size_t)dash);
}

/* A script that is named counts; without one, the language's usual script. */
str part_direction(str language)
{
    static const str scripts[] = {S_INIT("-arab"), S_INIT("-hebr"), S_INIT("-syrc"),
                                  S_INIT("-thaa"), S_INIT("-nkoo"), S_INIT("-adlm")};
    static const str right_to_left[] = {S_INIT("ar"), S_INIT("he"), S_INIT("fa"), S_INIT("ur"),
                                        S_INIT("yi"), S_INIT("ps"), S_INIT("dv"), S_INIT("sd"),
                                        S_INIT("ug"), S_INIT("ckb")};

    for (size_t i = 0; i < LENGTH(scripts); i++)
        if (str_find_nocase(language, scripts[i]) > 0)
            return S("rtl");
    if (str_find_nocase(language, S("-latn")) > 0 || str_find_nocase(language, S("-cyrl")) > 0)
        return S("ltr");
    for (size_t i = 0; i < LENGTH(right_to_left); i++)
        if (str_eq_nocase(primary(language), right_to_left[i]))
            return S("rtl");
    return S("ltr");
}

str part_correction(const struct tongue *tongue, str kind)
{
    return str_eq(kind, S("clarification")) ? say(tongue, "Clarification")
                                            : say(tongue, "Correction");
}

str part_language(const struct paper *paper, str language)
{
    return str_eq_nocase(primary(language), primary(paper->language)) ? (str){0} : language;
}

str part_stars(arena *a, const struct tongue *tongue, int half_stars)
{
    bool whole = half_stars % 2 == 0;
    const struct said stars[] = {{"stars", whole ? say_number(a, tongue, half_stars / 2)
                                                 : say_decimal(a, tongue, half_stars * 5, 1)}};

    return say_with(a, tongue, "{stars} of 5 stars", stars, LENGTH(stars));
}

const struct view_rating *part_rating(const struct parts *p, const struct card *c)
{
    enum { STARS = 5 };
    arena *a = p->r->a;
    struct view_rating *out;
    struct view_star *stars;

    if (!c->is_rated)
        return NULL;
    out = arena_one(a, struct view_rating);
    stars = arena_many(a, struct view_star, STARS);
    for (int i = 0; i < STARS; i++)
        stars[i] = (struct view_star){c->half_stars >= 2 * i + 2, c->half_stars == 2 * i + 1};
    out->words = part_stars(a, p->paper->tongue, c->half_stars);
    out->stars.v = stars;
    out->stars.n = STARS;
    return out;
}

str part_label(const struct parts *p, const struct card *c)
{
    static const struct {
        const char *type, *words;
    } all[] = {
        {"opinion", SAY("Opinion")}, {"review", SAY("Review")}, {"gallery", SAY("Gallery")},
        {"video", SAY("Video")},     {"live", SAY("Live")},
    };
    const struct section *section = paper_section_by_id(p->paper, c->section);

    if (c->coverage >= COVERAGE_ENDED)
        return say(p->paper->tongue, SAY("As it happened"));
    if (c->coverage != COVERAGE_NONE)
        return say(p->paper->tongue, SAY("Live"));
    if (section != NULL && section->is_opinion && str_eq(c->type, S("opinion")))
        return S("");
    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(c->type, str_c(all[i].type)))
            return say(p->paper->tongue, all[i].words);
    return S("");
}

struct view_card part_card(const struct parts *p, const struct card *c, struct place place,
                           bool eager)
{
    const struct section *section = paper_section_by_id(p->paper, c->section);
    struct view_when when = part_when(p, c->public_at);

    return (struct view_card){
        .story = c->id,
        .href = {part_address(p, "", c->path)},
        .headline = c->front_headline.n > 0 ? c->front_headline : c->headline,
        .label = part_label(p, c),
        .kicker = c->kicker,
        .standfirst = c->standfirst,
        .byline = c->byline,
        .language = part_language(p->paper, c->language),
        .direction = part_direction(c->language),
        .section_name = section != NULL ? section->name : (str){0},
        .is_opinion = section != NULL && section->is_opinion,
        .iso = when.iso,
        .absolute = when.absolute,
        .shown = when.shown,
        .rating = part_rating(p, c),
        .badge = film_badge(p, c),
        .picture = place.sizes.n > 0 && p->r->outlet != OUTLET_LITE
                       ? part_picture(p, c->hero, c->hero_alt, place, eager)
                       : NULL,
    };
}
