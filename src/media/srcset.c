#include "media/srcset.h"

#include "base/buf.h"

str media_address(arena *a, int64_t id, int width, enum picture_format f)
{
    return str_fmt(a, "/media/%lld/%d.%s", (long long)id, width, picture_extension(f));
}

static str srcset_of(arena *a, const struct media *m, const struct media_widths *w,
                     enum picture_format f)
{
    buf b = buf_new(a, 4096);

    for (int i = 0; i < w->n; i++)
        if (m->ready & media_bit(w, w->v[i], f)) {
            buf_add(&b, b.n > 0 ? S(", /media/") : S("/media/"));
            buf_int(&b, m->id);
            buf_char(&b, '/');
            buf_int(&b, w->v[i]);
            buf_char(&b, '.');
            buf_add(&b, str_c(picture_extension(f)));
            buf_char(&b, ' ');
            buf_int(&b, w->v[i]);
            buf_char(&b, 'w');
        }
    return buf_str(&b);
}

static int width_of_src(const struct media *m, const struct media_widths *w)
{
    int best = w->first;

    for (int i = 0; i < w->n; i++)
        if ((m->ready & media_bit(w, w->v[i], PICTURE_JPEG)) && w->v[i] <= w->first)
            best = w->v[i];
    return best;
}

struct media_sources media_sources(arena *a, const struct media *m)
{
    static const enum picture_format better[] = {PICTURE_AVIF, PICTURE_WEBP};
    struct media_widths w = media_widths(m->width, m->height);
    struct media_sources s = {.width = m->width, .height = m->height, .colour = m->colour};

    for (size_t i = 0; i < LENGTH(better); i++) {
        str srcset = srcset_of(a, m, &w, better[i]);

        if (srcset.n > 0)
            s.v[s.n++] = (struct media_source){picture_type(better[i]), srcset};
    }
    s.srcset = srcset_of(a, m, &w, PICTURE_JPEG);
    s.src = media_address(a, m->id, width_of_src(m, &w), PICTURE_JPEG);
    return s;
}

struct media_sources media_smallest(arena *a, const struct media *m)
{
    static const enum picture_format best[] = {PICTURE_WEBP, PICTURE_JPEG};
    struct media_widths w = media_widths(m->width, m->height);
    struct media_sources s = {.width = m->width, .height = m->height, .colour = m->colour};

    s.src = media_address(a, m->id, width_of_src(m, &w), PICTURE_JPEG);
    for (int i = 0; i < w.n; i++)
        for (size_t f = 0; f < LENGTH(best); f++)
            if (m->ready & media_bit(&w, w.v[i], best[f])) {
                s.src = media_address(a, m->id, w.v[i], best[f]);
                return s;
            }
    return s;
}
