#include "site/api/door.h"

#include "media/catalogue.h"
#include "media/srcset.h"
#include "text/dates.h"
#include "text/url.h"

#include <sys/stat.h>

enum { FEED_PICTURE = 1280 };

err door_open(struct request *rq, enum outlet outlet, struct door *d)
{
    *d = (struct door){.rq = rq, .site = rq->of, .a = rq->arena};
    TRY(show_begin_for(rq, outlet, &d->r));
    return show_paper(rq, &d->r, &d->paper);
}

err door_reply(struct door *d, str type, const buf *out, const struct header *headers, size_t n)
{
    if (out->over)
        return fail(&d->rq->note, E_LIMIT, "the document has more than %zu bytes", out->max);
    return show_made(d->rq, &d->r,
                     &(struct page_spec){.type = type,
                                         .body = buf_str(out),
                                         .keep = KEEP_SHARED,
                                         .headers = headers,
                                         .header_n = n});
}

str door_address(const struct door *d, str path)
{
    return str_join(d->a, d->paper.address, path);
}

str door_name(const struct door *d, const char *what, int64_t id)
{
    return str_fmt(d->a, "tag:%.*s,2026:%s/%lld", STR(url_host(d->paper.address)), what,
                   (long long)id);
}

str door_moment(const struct door *d, int64_t at)
{
    return date_iso_in(d->a, at - at % SECOND_US, d->site->zone);
}

int64_t door_changed(const struct card *c)
{
    return c->changed_at > c->public_at ? c->changed_at : c->public_at;
}

static int widest(const struct media *m, int most)
{
    struct media_widths w = media_widths(m->width, m->height);
    int best = 0;

    for (int i = 0; i < w.n; i++)
        if (m->ready & media_bit(&w, w.v[i], PICTURE_JPEG) && (best == 0 || w.v[i] <= most))
            best = w.v[i];
    return best;
}

bool door_picture(struct door *d, int64_t media, int most, struct door_picture *out)
{
    struct media m, whole;
    struct media_file file;
    struct stat st;
    int width;

    if (media == 0 || media_shown(d->a, d->r.db, media, &m) != OK ||
        media_find(d->a, d->r.db, media, &whole) != OK)
        return false;
    width = widest(&whole, most);
    if (width == 0 ||
        media_file_for(d->a, &d->site->library, &whole, width, PICTURE_JPEG, &file) != OK ||
        stat(file.path, &st) != 0)
        return false;
    *out = (struct door_picture){
        .id = media,
        .url = door_address(d, media_address(d->a, media, width, PICTURE_JPEG)),
        .type = str_c(file.type),
        .alt = m.words.alt,
        .caption = m.words.caption,
        .credit = m.words.credit,
        .width = width,
        .height = media_height_at(m.width, m.height, width),
        .bytes = st.st_size,
    };
    return true;
}

bool door_hero(struct door *d, const struct story *s, int most, struct door_picture *out)
{
    if (!door_picture(d, s->card.hero, most, out))
        return false;
    if (s->card.hero_alt.n > 0)
        out->alt = s->card.hero_alt;
    if (s->hero_caption.n > 0)
        out->caption = s->hero_caption;
    if (s->hero_credit.n > 0)
        out->credit = s->hero_credit;
    return true;
}

static bool is_film(struct door *d, int64_t media, struct door_film *out)
{
    struct media_film film;

    if (media == 0 || media_film(d->a, d->r.db, media, &film) != OK)
        return false;
    *out = (struct door_film){
        .url = door_address(d, film.address),
        .type = film.type,
        .bytes = film.size,
        .duration_ms = film.duration_ms,
    };
    return true;
}

bool door_film(struct door *d, const struct story *s, struct door_film *out)
{
    if (s->card.film_ms == 0 && s->card.sound_ms == 0)
        return false;
    for (size_t i = 0; i < s->body.count; i++)
        if ((s->body.blocks[i].kind == BLOCK_VIDEO || s->body.blocks[i].kind == BLOCK_AUDIO) &&
            is_film(d, s->body.blocks[i].media, out))
            return true;
    return is_film(d, s->card.hero, out);
}

bool door_is_film(struct door *d, int64_t media)
{
    struct door_film film;

    return is_film(d, media, &film);
}

/* A film has its poster, too; a sound has no picture. */
static bool body_film(struct door *d, int64_t id, struct page_media *out)
{
    struct page_source *source = arena_one(d->a, struct page_source);
    struct door_film film;

    if (!is_film(d, id, &film))
        return false;
    *source = (struct page_source){film.type, film.url};
    out->sources = source;
    out->source_count = 1;
    return true;
}

static bool body_media(void *of, int64_t id, struct page_media *out)
{
    struct door *d = of;
    struct door_picture p;
    struct media m;

    *out = (struct page_media){0};
    if (media_shown(d->a, d->r.db, id, &m) == OK && film_type_is_sound(m.type))
        return body_film(d, id, out);
    if (!door_picture(d, id, FEED_PICTURE, &p))
        return false;
    *out = (struct page_media){
        .alt = p.alt,
        .caption = p.caption,
        .credit = p.credit,
        .src = p.url,
        .width = p.width,
        .height = p.height,
    };
    if (film_type_is_film(m.type))
        return body_film(d, id, out);
    return true;
}

static bool body_story(void *of, int64_t id, struct page_story *out)
{
    struct door *d = of;
    struct story s;

    if (story_by_id(&d->r, id, &s) != OK)
        return false;
    *out = (struct page_story){s.card.path, s.card.headline};
    return true;
}

struct feed_writer door_writer(struct door *d)
{
    return (struct feed_writer){d->paper.address, d, body_media, body_story};
}

str door_byline(struct door *d, const struct story *s)
{
    buf out = buf_new(d->a, 4096);

    if (s->author_count == 0)
        return s->card.byline;
    for (size_t i = 0; i < s->author_count; i++) {
        if (i > 0)
            buf_lit(&out, ", ");
        buf_add(&out, s->authors[i].name);
    }
    return buf_str(&out);
}

err door_before(struct request *rq, int64_t *before)
{
    str given;

    *before = TIME_NEVER;
    if (!request_query(rq, S("before"), &given))
        return OK;
    if (!str_int(given, before) || *before <= 0)
        return fail(&rq->note, E_INVALID, "before takes a moment as a positive number");
    return OK;
}
