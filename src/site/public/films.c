#include "site/public/films.h"

#include "media/srcset.h"
#include "text/vtt.h"
#include "text/write_plain.h"

enum { TOLD_MAX = 4, HERO_HTML_MAX = 2 << 20, WIDTH_MOST = 100000 };

/* "1 hour 2 minutes", "1 minute 24 seconds", "24 seconds" */
static str length_words(const struct parts *p, int64_t duration_ms)
{
    arena *a = p->r->a;
    const struct tongue *tongue = p->paper->tongue;
    int64_t s = (duration_ms + 500) / 1000 > 0 ? (duration_ms + 500) / 1000 : 1;
    bool long_one = s >= 3600;
    int64_t first = long_one ? s / 3600 : s / 60, rest = long_one ? s / 60 % 60 : s % 60;
    str more = long_one ? say_count(a, tongue, rest, "{n} minute", "{n} minutes")
                        : say_count(a, tongue, rest, "{n} second", "{n} seconds");
    str most = long_one ? say_count(a, tongue, first, "{n} hour", "{n} hours")
                        : say_count(a, tongue, first, "{n} minute", "{n} minutes");
    const struct said parts[] = {{"long", most}, {"short", more}};

    return first == 0  ? more
           : rest == 0 ? most
                       : say_with(a, tongue, "{long} {short}", parts, LENGTH(parts));
}

static str film_words(const struct parts *p, bool is_sound, int64_t duration_ms)
{
    const struct said length[] = {{"length", length_words(p, duration_ms)}};

    return is_sound ? say_with(p->r->a, p->paper->tongue, "Sound, {length}", length, 1)
                    : say_with(p->r->a, p->paper->tongue, "Film, {length}", length, 1);
}

const struct view_badge *film_badge(const struct parts *p, const struct card *c)
{
    bool is_sound = c->film_ms == 0;
    int64_t ms = is_sound ? c->sound_ms : c->film_ms;
    struct view_badge *badge;

    if (ms == 0)
        return NULL;
    badge = arena_one(p->r->a, struct view_badge);
    *badge = (struct view_badge){
        .is_sound = is_sound,
        .clock = say_digits(p->r->a, p->paper->tongue, film_clock(p->r->a, ms)),
        .words = film_words(p, is_sound, ms),
    };
    return badge;
}

/* --- captions and transcripts --- */

static str language_of(const struct parts *p, const struct media_captions *c)
{
    return c->language.n > 0 ? c->language : p->paper->language;
}

/* One a language: captions in none, which come first, are in the paper's, and so may others be. */
static void fill_tracks(const struct parts *p, int64_t id, const struct media_captions_all *all,
                        struct page_media *out)
{
    struct page_track *tracks = arena_many(p->r->a, struct page_track, all->n);
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        str language = language_of(p, &all->v[i]);

        if (n == 0 || !str_eq(language, tracks[0].language))
            tracks[n++] = (struct page_track){
                .src = part_media(p, str_fmt(p->r->a, "/media/%lld/captions/%.*s.vtt",
                                             (long long)id, STR(language))),
                .language = language};
    }
    for (size_t i = 0; i < n; i++)
        tracks[i].label = n == 1 ? say(p->paper->tongue, "Captions")
                                 : say_with(p->r->a, p->paper->tongue, "Captions, {language}",
                                            &(struct said){"language", tracks[i].language}, 1);
    out->tracks = tracks;
    out->track_count = n;
}

/* The captions in the paper's language, else the first. */
static const struct media_captions *for_reading(const struct parts *p,
                                                const struct media_captions_all *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (part_language(p->paper, all->v[i].language).n == 0)
            return &all->v[i];
    return all->n > 0 ? &all->v[0] : NULL;
}

static struct vtt_words words_of(const struct parts *p, const struct media_captions *c)
{
    struct vtt v;
    int line;

    if (c == NULL || vtt_read(p->r->a, c->vtt, &v, &line, NULL) != OK)
        return (struct vtt_words){0};
    return vtt_transcript(p->r->a, &v);
}

void film_player(const struct parts *p, const struct media *m, struct page_media *out)
{
    struct media_film film;
    struct media_captions_all all;
    struct page_source *source = arena_one(p->r->a, struct page_source);
    const struct media_captions *read;
    struct vtt_words words;

    if (media_film(p->r->a, p->r->db, m->id, &film) != OK ||
        media_captions(p->r->a, p->r->db, m->id, &all) != OK)
        return;
    *source = (struct page_source){film.type, part_media(p, film.address)};
    out->sources = source;
    out->source_count = 1;
    out->length = film_words(p, film.is_sound, film.duration_ms);
    out->clock = say_digits(p->r->a, p->paper->tongue, film_clock(p->r->a, film.duration_ms));
    fill_tracks(p, m->id, &all, out);
    read = for_reading(p, &all);
    words = words_of(p, read);
    out->transcript = words.v;
    out->transcript_count = words.n;
    out->transcript_language = read != NULL ? language_of(p, read) : (str){0};
    out->transcript_direction = part_direction(out->transcript_language);
    if (film.is_sound) {
        out->src = (str){0};
        out->width = out->height = 0;
    }
}

/* --- the main picture --- */

bool film_leads(const struct parts *p, const struct story *s)
{
    struct media m;

    return s->card.film_ms > 0 && s->card.hero != 0 &&
           media_shown(p->r->a, p->r->db, s->card.hero, &m) == OK && film_type_is_film(m.type);
}

struct html film_hero(const struct parts *p, const struct story *s,
                      const struct page_writer *writer)
{
    struct span words = {.text = s->hero_caption};
    struct block block = {
        .kind = BLOCK_VIDEO,
        .media = s->card.hero,
        .spans = &words,
        .span_count = s->hero_caption.n > 0 ? 1 : 0,
        .credit = s->hero_credit,
        .alt = s->card.hero_alt,
    };
    struct body body = {&block, 1};
    buf out = buf_new(p->r->a, HERO_HTML_MAX);

    if (!film_leads(p, s) || body_shows(&s->body, s->card.hero))
        return (struct html){0};
    body_write_page(&out, &body, writer);
    return (struct html){buf_str(&out)};
}

/* --- for machines --- */

static str joined(arena *a, struct vtt_words words)
{
    buf out = buf_new(a, VTT_BYTES_MAX);

    for (size_t i = 0; i < words.n; i++) {
        if (i > 0)
            buf_char(&out, '\n');
        buf_add(&out, words.v[i]);
    }
    return buf_str(&out);
}

static void tell(const struct parts *p, const struct story *s, int64_t id, str name,
                 str description, struct shown_films *films)
{
    arena *a = p->r->a;
    struct media m;
    struct media_film film;
    struct media_captions_all all;

    for (size_t i = 0; i < films->n; i++)
        if (films->v[i].media == id)
            return;
    if (films->n == TOLD_MAX || media_shown(a, p->r->db, id, &m) != OK ||
        media_film(a, p->r->db, id, &film) != OK || media_captions(a, p->r->db, id, &all) != OK)
        return;
    films->v[films->n++] = (struct shown_film){
        .media = id,
        .is_sound = film.is_sound,
        .address = film.address,
        .type = film.type,
        .poster = film.is_sound ? (str){0} : media_sources(a, &m).src,
        .width = m.width,
        .height = m.height,
        .duration = film_duration_iso(a, film.duration_ms),
        .name = name.n > 0 ? name : s->card.headline,
        .description = description.n > 0 ? description : m.words.caption,
        .transcript = joined(a, words_of(p, for_reading(p, &all))),
    };
}

struct shown_films films_of(const struct parts *p, const struct story *s)
{
    struct shown_films films = {arena_many(p->r->a, struct shown_film, TOLD_MAX), 0};

    if (s->card.film_ms == 0 && s->card.sound_ms == 0)
        return films;
    for (size_t i = 0; i < s->body.count; i++) {
        const struct block *b = &s->body.blocks[i];

        if (b->kind == BLOCK_VIDEO || b->kind == BLOCK_AUDIO)
            tell(p, s, b->media, b->title, spans_plain(p->r->a, b->spans, b->span_count), &films);
    }
    if (film_leads(p, s))
        tell(p, s, s->card.hero, (str){0}, s->hero_caption, &films);
    return films;
}

/* --- their files --- */

err rendition_asked(const struct request *rq, struct rendition *out)
{
    int64_t width;

    if (!str_int(request_param(rq, S("width")), &width) || width > WIDTH_MOST ||
        !picture_format_of(request_param(rq, S("ext")), &out->format))
        return E_MISSING;
    out->width = (int)width;
    out->name = (str){0};
    if (!request_has_param(rq, S("crop")))
        return OK;
    out->name = request_param(rq, S("crop"));
    return crop_name_read(out->name, &out->shape, &out->crop) ? OK : E_MISSING;
}

/* "/desk/media/7/wide-0-0-500-333/640.jpg" -> "/desk" */
static str before_media(str path)
{
    return str_to(path, (size_t)str_find(path, S("/media/")));
}

err rendition_reply(struct request *rq, const struct site *s, const struct media *m,
                    const struct rendition *asked)
{
    arena *a = rq->arena;
    struct media_file file = {0};
    err e = asked->name.n > 0
                ? media_crop_file(a, &s->library, m, asked->shape, &asked->crop, asked->width,
                                  asked->format, &file)
                : media_file_for(a, &s->library, m, asked->width, asked->format, &file);

    if (e == E_GONE)
        return reply_see_other(rq, str_join(a, before_media(rq->path),
                                            media_crop_moved(a, m, asked->shape, asked->width)));
    TRY(e);
    if (!file.as_asked)
        return E_MISSING;
    return reply_file(rq, file.path, str_c(file.type),
                      str_fmt(a, "%.*s%s%.*s-%d-%s", STR(str_to(m->fingerprint, 16)),
                              asked->name.n > 0 ? "-" : "", STR(asked->name), asked->width,
                              picture_extension(asked->format)));
}

const struct media_captions *captions_in(const struct media_captions_all *all, str own,
                                         str language)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].language.n > 0 ? all->v[i].language : own, language))
            return &all->v[i];
    return NULL;
}
