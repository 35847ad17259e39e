#include "media/widths.h"

static const int standard[] = {320, 480, 640, 960, 1280, 1600, 2000};

int media_height_at(int width, int height, int at)
{
    int64_t h = ((int64_t)height * at + width / 2) / width;

    return h < 1 ? 1 : (int)h;
}

static bool fits(int width, int height, int at)
{
    return at <= width && media_height_at(width, height, at) <= PICTURE_HEIGHT_MAX;
}

static bool own_too(const struct media_widths *w, int width, int height)
{
    if (!fits(width, height, width) || width >= standard[LENGTH(standard) - 1])
        return false;
    return w->n == 0 || width * 10 > w->v[w->n - 1] * 11;
}

struct media_widths media_widths(int width, int height)
{
    struct media_widths w = {0};

    for (size_t i = 0; i < LENGTH(standard); i++)
        if (fits(width, height, standard[i]))
            w.v[w.n++] = standard[i];
    if (own_too(&w, width, height))
        w.v[w.n++] = width;
    must(w.n > 0);

    w.first = w.v[0];
    for (int i = 0; i < w.n; i++)
        if (w.v[i] <= MEDIA_FIRST_WIDTH)
            w.first = w.v[i];
    return w;
}

int64_t media_bit(const struct media_widths *w, int width, enum picture_format f)
{
    for (int i = 0; i < w->n; i++)
        if (w->v[i] == width)
            return INT64_C(1) << (i * PICTURE_FORMATS + (int)f);
    return 0;
}

int64_t media_all_bits(const struct media_widths *w)
{
    return (INT64_C(1) << (w->n * PICTURE_FORMATS)) - 1;
}
