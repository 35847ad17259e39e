#include "media/paint.h"

#include "base/must.h"
#include "text/colour.h"
#include "text/write_page.h"

#include <math.h>
#include <vips/vips.h>

#define SERIF "Noto Serif, DejaVu Serif, serif"

enum { BANDS = 4, MARKUP_MAX = 256, CORNER = 8 /* the side is so many times its radius */ };

/* How much ink there is at each place of a letter, 0 to 255. */
struct shape {
    const unsigned char *ink;
    int width, height;
};

static void unref(void *of)
{
    g_object_unref(of);
}

static err failed(note *why)
{
    err e = fail(why, E_IO, "the icon could not be drawn: %s", vips_error_buffer());

    vips_error_clear();
    return e;
}

/* The letter as large as fits into a square of `room` pixels. */
static err letter_shape(arena *a, str letter, int room, struct shape *out, note *why)
{
    buf markup = buf_new(a, MARKUP_MAX);
    VipsImage *mask;
    size_t n;
    void *ink;

    html_escape(&markup, letter);
    if (vips_text(&mask, str_z(a, buf_str(&markup)), "font", SERIF " bold", "width", room, "height",
                  room, NULL) != 0)
        return failed(why);
    arena_defer(a, unref, mask);
    ink = vips_image_write_to_memory(mask, &n);
    if (ink == NULL)
        return failed(why);
    arena_defer(a, g_free, ink);
    must(n == (size_t)vips_image_get_width(mask) * (size_t)vips_image_get_height(mask));
    *out = (struct shape){ink, vips_image_get_width(mask), vips_image_get_height(mask)};
    return OK;
}

/* How much of the pixel lies inside a square with round corners, 0 to 1. */
static double inside(int x, int y, int size)
{
    double radius = (double)size / CORNER;
    double dx = fmax(fmax(radius - x - .5, x + .5 - (size - radius)), 0);
    double dy = fmax(fmax(radius - y - .5, y + .5 - (size - radius)), 0);

    return fmin(fmax(radius - sqrt(dx * dx + dy * dy) + .5, 0), 1);
}

static unsigned char between(unsigned char ground, double ink)
{
    return (unsigned char)lround(ground + (255 - ground) * ink);
}

static double ink_at(const struct shape *s, int x, int y)
{
    bool there = x >= 0 && y >= 0 && x < s->width && y < s->height;

    return there ? s->ink[(size_t)y * (size_t)s->width + (size_t)x] / 255.0 : 0;
}

static unsigned char *painted(arena *a, const struct icon *icon, struct colour ground,
                              const struct shape *letter)
{
    int size = icon->size;
    int left = (size - letter->width) / 2, top = (size - letter->height) / 2;
    unsigned char *all = arena_alloc(a, (size_t)size * (size_t)size * BANDS), *p = all;

    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            double ink = ink_at(letter, x - left, y - top);

            *p++ = between(ground.red, ink);
            *p++ = between(ground.green, ink);
            *p++ = between(ground.blue, ink);
            *p++ = (unsigned char)lround(255 * (icon->whole ? 1 : inside(x, y, size)));
        }
    return all;
}

err paint_icon(arena *a, const struct icon *icon, str *png, note *why)
{
    static const struct colour otherwise = {0x8a, 0x1c, 0x1c};
    struct colour ground;
    struct shape letter = {0};
    VipsImage *plain, *im;
    size_t bytes = (size_t)icon->size * (size_t)icon->size * BANDS, n;
    void *p;

    must(icon->size >= 16 && icon->size <= ICON_SIZE_MAX);
    if (!colour_read(icon->accent, &ground))
        ground = otherwise;
    TRY(letter_shape(a, icon->letter, icon->size * (icon->whole ? 9 : 12) / 20, &letter, why));
    plain = vips_image_new_from_memory(painted(a, icon, ground, &letter), bytes, icon->size,
                                       icon->size, BANDS, VIPS_FORMAT_UCHAR);
    if (plain == NULL)
        return failed(why);
    arena_defer(a, unref, plain);
    if (vips_copy(plain, &im, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0)
        return failed(why);
    arena_defer(a, unref, im);
    if (vips_pngsave_buffer(im, &p, &n, "compression", 9, "strip", TRUE, NULL) != 0)
        return failed(why);
    arena_defer(a, g_free, p);
    *png = str_of(p, n);
    return OK;
}
