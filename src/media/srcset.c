#include "media/srcset.h"

#include "base/buf.h"

str media_address(arena *a, int64_t id, int width, enum picture_format f)
{
    return str_fmt(a, "/media/%lld/%d.%s", (long long)id, width, picture_extension(f));
}

/* All of a picture, or what was cut of it: where it is, and what of it is ready. */
struct whole_or_part {
    str folder; /* "/media/7/", "/media/7/wide-0-0-500-333/" */
    int64_t ready;
    int width, height;
    str colour;
    struct media_widths widths;
};

static struct whole_or_part whole_of(arena *a, const struct media *m)
{
    return (struct whole_or_part){str_fmt(a, "/media/%lld/", (long long)m->id),
                                  m->ready,
                                  m->width,
                                  m->height,
                                  m->colour,
                                  media_widths(m->width, m->height)};
}

static struct whole_or_part part_of(arena *a, const struct media *m, enum shape shape)
{
    const struct media_crop *crop = &m->crops[shape];
    struct cut cut = media_cut(m, shape);

    return (struct whole_or_part){
        str_fmt(a, "/media/%lld/%.*s/", (long long)m->id, STR(crop_name(a, shape, &crop->at))),
        crop->ready,
        cut.width,
        cut.height,
        m->colour,
        media_widths(cut.width, cut.height)};
}

static bool is_ready(const struct whole_or_part *p, int i, enum picture_format f)
{
    return (p->ready & media_bit(&p->widths, p->widths.v[i], f)) != 0;
}

static str address_of(arena *a, const struct whole_or_part *p, int width, enum picture_format f)
{
    return str_fmt(a, "%.*s%d.%s", STR(p->folder), width, picture_extension(f));
}

static str srcset_of(arena *a, const struct whole_or_part *p, enum picture_format f)
{
    buf b = buf_new(a, 4096);

    for (int i = 0; i < p->widths.n; i++)
        if (is_ready(p, i, f)) {
            buf_add(&b, b.n > 0 ? S(", ") : S(""));
            buf_add(&b, address_of(a, p, p->widths.v[i], f));
            buf_char(&b, ' ');
            buf_int(&b, p->widths.v[i]);
            buf_char(&b, 'w');
        }
    return buf_str(&b);
}

/* The widest ready JPEG up to `most`; the narrowest where all are wider, `otherwise` where there is
 * none. */
static int jpeg_up_to(const struct whole_or_part *p, int most, int otherwise)
{
    int best = 0;

    for (int i = 0; i < p->widths.n; i++)
        if (is_ready(p, i, PICTURE_JPEG) && (best == 0 || p->widths.v[i] <= most))
            best = p->widths.v[i];
    return best > 0 ? best : otherwise;
}

static struct media_sources sources_of(arena *a, const struct whole_or_part *p)
{
    static const enum picture_format better[] = {PICTURE_AVIF, PICTURE_WEBP};
    struct media_sources s = {.width = p->width, .height = p->height, .colour = p->colour};

    for (size_t i = 0; i < LENGTH(better); i++) {
        str srcset = srcset_of(a, p, better[i]);

        if (srcset.n > 0)
            s.v[s.n++] = (struct media_source){picture_type(better[i]), srcset};
    }
    s.srcset = srcset_of(a, p, PICTURE_JPEG);
    s.src = address_of(a, p, jpeg_up_to(p, p->widths.first, p->widths.first), PICTURE_JPEG);
    return s;
}

struct media_sources media_sources(arena *a, const struct media *m)
{
    struct whole_or_part p = whole_of(a, m);

    return sources_of(a, &p);
}

struct media_sources media_crop_sources(arena *a, const struct media *m, enum shape shape)
{
    struct whole_or_part p = part_of(a, m, shape);

    return sources_of(a, &p);
}

str media_crop_moved(arena *a, const struct media *m, enum shape shape, int width)
{
    struct whole_or_part p = media_has_crop(m, shape) ? part_of(a, m, shape) : whole_of(a, m);

    return address_of(a, &p, jpeg_up_to(&p, width, p.widths.first), PICTURE_JPEG);
}

struct media_sources media_smallest(arena *a, const struct media *m)
{
    static const enum picture_format best[] = {PICTURE_WEBP, PICTURE_JPEG};
    struct whole_or_part p = whole_of(a, m);
    struct media_sources s = {.width = m->width, .height = m->height, .colour = m->colour};

    s.src = address_of(a, &p, jpeg_up_to(&p, p.widths.first, p.widths.first), PICTURE_JPEG);
    for (int i = 0; i < p.widths.n; i++)
        for (size_t f = 0; f < LENGTH(best); f++)
            if (is_ready(&p, i, best[f])) {
                s.src = address_of(a, &p, p.widths.v[i], best[f]);
                return s;
            }
    return s;
}
