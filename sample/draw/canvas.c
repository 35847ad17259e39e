/* canvas.c - inks, noise, paths, shading by grain, cuts, the press and lettering. */
#include "draw.h"

#include <pango/pangocairo.h>
#include <stdlib.h>

ink ink_of(uint32_t rgb)
{
    return (ink){((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0, 1};
}

ink ink_thin(ink c, double alpha)
{
    c.a = alpha;
    return c;
}

ink ink_mix(ink a, ink b, double t)
{
    return (ink){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t,
                 a.a + (b.a - a.a) * t};
}

/* ---- chance and noise ---- */

static uint32_t stir(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    return x ^ (x >> 16);
}

double roll(pic *p)
{
    p->dice += 0x9e3779b9U;
    return stir(p->dice) / 4294967296.0;
}

double roll_between(pic *p, double low, double high)
{
    return low + (high - low) * roll(p);
}

static double knot(uint32_t seed, int32_t x, int32_t y)
{
    return stir(seed * 0x9e3779b9U ^
                stir((uint32_t)x * 0x85ebca6bU ^ stir((uint32_t)y + 0x68bc21ebU))) /
               2147483648.0 -
           1;
}

static double ease(double t)
{
    return t * t * (3 - 2 * t);
}

double noise2(uint32_t seed, double x, double y)
{
    double fx = floor(x), fy = floor(y);
    int32_t ix = (int32_t)fx, iy = (int32_t)fy;
    double tx = ease(x - fx), ty = ease(y - fy);
    double a = knot(seed, ix, iy), b = knot(seed, ix + 1, iy);
    double c = knot(seed, ix, iy + 1), d = knot(seed, ix + 1, iy + 1);

    a += (b - a) * tx;
    c += (d - c) * tx;
    return a + (c - a) * ty;
}

double noise1(uint32_t seed, double x)
{
    return noise2(seed, x, 0.5);
}

double fbm2(uint32_t seed, double x, double y, int octaves)
{
    double sum = 0, size = 0.5;

    for (int i = 0; i < octaves; i++, size /= 2, x *= 2.03, y *= 2.03)
        sum += size * noise2(seed + (uint32_t)i * 17, x, y);
    return sum;
}

double fbm1(uint32_t seed, double x, int octaves)
{
    return fbm2(seed, x, 0.37, octaves);
}

/* ---- flat colour and paths ---- */

static void use(pic *p, ink c)
{
    cairo_set_source_rgba(p->cr, c.r, c.g, c.b, c.a);
}

void lay(pic *p, ink c)
{
    use(p, c);
    cairo_fill(p->cr);
}
void lay_keep(pic *p, ink c)
{
    use(p, c);
    cairo_fill_preserve(p->cr);
}
void wash(pic *p, ink c)
{
    use(p, c);
    cairo_paint(p->cr);
}

void wash_down(pic *p, double y0, ink a, double y1, ink b)
{
    cairo_pattern_t *g = cairo_pattern_create_linear(0, y0, 0, y1);

    cairo_pattern_add_color_stop_rgba(g, 0, a.r, a.g, a.b, a.a);
    cairo_pattern_add_color_stop_rgba(g, 1, b.r, b.g, b.b, b.a);
    cairo_set_source(p->cr, g);
    cairo_paint(p->cr);
    cairo_pattern_destroy(g);
}

void line(pic *p, ink c, double width)
{
    use(p, c);
    cairo_set_line_width(p->cr, width);
    cairo_stroke(p->cr);
}

void path_poly(pic *p, const point *pts, size_t n)
{
    cairo_new_sub_path(p->cr);
    for (size_t i = 0; i < n; i++)
        cairo_line_to(p->cr, pts[i].x, pts[i].y);
    cairo_close_path(p->cr);
}

/* A Catmull-Rom curve through the points. */
void path_smooth(pic *p, const point *pts, size_t n, bool closed)
{
    size_t last = closed ? n : n - 1;

    cairo_move_to(p->cr, pts[0].x, pts[0].y);
    for (size_t i = 0; i < last; i++) {
        point a = pts[closed ? (i + n - 1) % n : (i ? i - 1 : 0)];
        point b = pts[i], c = pts[(i + 1) % n];
        point d = pts[closed ? (i + 2) % n : (i + 2 < n ? i + 2 : n - 1)];

        cairo_curve_to(p->cr, b.x + (c.x - a.x) / 6, b.y + (c.y - a.y) / 6, c.x - (d.x - b.x) / 6,
                       c.y - (d.y - b.y) / 6, c.x, c.y);
    }
    if (closed)
        cairo_close_path(p->cr);
}

void path_box(pic *p, double x, double y, double w, double h)
{
    cairo_rectangle(p->cr, x, y, w, h);
}

void path_oval(pic *p, double cx, double cy, double rx, double ry)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, cx, cy);
    cairo_scale(p->cr, rx, ry);
    cairo_new_sub_path(p->cr);
    cairo_arc(p->cr, 0, 0, 1, 0, 2 * M_PI);
    cairo_restore(p->cr);
    cairo_close_path(p->cr);
}

/* ---- grain ---- */

enum { TILE = 512 };

/* One pass of a running mean along a row or a column of the tile, which wraps. */
static void soften(const float *from, float *to, int step, int across)
{
    for (int row = 0; row < TILE; row++)
        for (int i = 0; i < TILE; i++) {
            float sum = 0;

            for (int k = -2; k <= 2; k++)
                sum += from[row * across + ((i + k + TILE) % TILE) * step];
            to[row * across + i * step] = sum / 5;
        }
}

/* Grain of about four pixels that repeats without a seam; a share t of it lies below t. */
static const float *grain_tile(void)
{
    static float tile[TILE * TILE], spare[TILE * TILE];
    static bool made;

    if (made)
        return tile;
    for (int i = 0; i < TILE * TILE; i++)
        tile[i] = (float)knot(11, i % TILE, i / TILE);
    for (int pass = 0; pass < 2; pass++) {
        soften(tile, spare, 1, TILE);
        soften(spare, tile, TILE, 1);
    }
    for (int i = 0; i < TILE * TILE; i++)
        tile[i] = (float)(0.5 + 0.5 * erf((double)tile[i] * 4.6));
    made = true;
    return tile;
}

static void grain_mask(pic *p, ink c, double (*strength)(void *, double, double), void *arg)
{
    const float *tile = grain_tile();
    double x0, y0, x1, y1;
    cairo_clip_extents(p->cr, &x0, &y0, &x1, &y1);
    int left = (int)fmax(0, floor(x0)), top = (int)fmax(0, floor(y0));
    int w = (int)fmin(p->w, ceil(x1)) - left, h = (int)fmin(p->h, ceil(y1)) - top;

    if (w <= 0 || h <= 0)
        return;
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
    unsigned char *rows = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            double t = strength(arg, left + x, top + y);
            double g = (double)tile[((top + y) % TILE) * TILE + (left + x) % TILE];
            double a = (t * 1.6 - g) / 0.6; /* a soft threshold: ink with worn edges */

            rows[y * stride + x] = (unsigned char)(255 * (0.42 * fmin(1, fmax(0, a)) + 0.58 * t));
        }
    cairo_surface_mark_dirty(mask);
    use(p, c);
    cairo_mask_surface(p->cr, mask, left, top);
    cairo_surface_destroy(mask);
}

struct ramp {
    double ax, ay, dx, dy, s0, s1;
};

static double ramp_strength(void *arg, double x, double y)
{
    struct ramp *r = arg;
    double t = fmin(1, fmax(0, (x - r->ax) * r->dx + (y - r->ay) * r->dy));
    return r->s0 + (r->s1 - r->s0) * t;
}

void grain_between(pic *p, ink c, point from, double strength0, point to, double strength1)
{
    double dx = to.x - from.x, dy = to.y - from.y, n = dx * dx + dy * dy;
    struct ramp r = {from.x, from.y, dx / n, dy / n, strength0, strength1};

    grain_mask(p, c, ramp_strength, &r);
}

struct halo {
    double cx, cy, r0, r1, s0, s1;
};

static double halo_strength(void *arg, double x, double y)
{
    struct halo *h = arg;
    double t = fmin(1, fmax(0, (hypot(x - h->cx, y - h->cy) - h->r0) / (h->r1 - h->r0)));
    return h->s0 + (h->s1 - h->s0) * t;
}

void grain_around(pic *p, ink c, point centre, double r0, double strength0, double r1,
                  double strength1)
{
    struct halo h = {centre.x, centre.y, r0, r1, strength0, strength1};

    grain_mask(p, c, halo_strength, &h);
}

/* ---- cuts ---- */

static void cut(pic *p, double x, double y, double angle, double length, double thick)
{
    double dx = cos(angle), dy = sin(angle), bend = thick * 1.2;

    cairo_move_to(p->cr, x - dx * length / 2, y - dy * length / 2);
    cairo_curve_to(p->cr, x - dx * length / 6 - dy * thick, y - dy * length / 6 + dx * thick,
                   x + dx * length / 6 - dy * thick, y + dy * length / 6 + dx * thick,
                   x + dx * length / 2, y + dy * length / 2);
    cairo_curve_to(p->cr, x + dx * length / 6 - dy * bend * 0.2,
                   y + dy * length / 6 + dx * bend * 0.2, x - dx * length / 6, y - dy * length / 6,
                   x - dx * length / 2, y - dy * length / 2);
}

void carve(pic *p, struct carving how)
{
    double x0, y0, x1, y1;
    cairo_clip_extents(p->cr, &x0, &y0, &x1, &y1);
    double top = how.top != 0 || how.bottom != 0 ? how.top : y0;
    double bottom = how.top != 0 || how.bottom != 0 ? how.bottom : y1;

    for (double y = top, grow = 1; y < bottom; y += how.gap * grow) {
        grow = 1 + (how.deepen > 0 ? (how.deepen - 1) * (y - top) / (bottom - top) : 0);
        for (double x = x0 - roll(p) * how.length; x < x1 + how.length;
             x += how.length * grow * roll_between(p, 0.5, 1.1)) {
            double jitter = roll_between(p, -0.4, 0.4) * how.gap * grow;
            double turn = how.turn * noise2(p->seed + 5, x / 260, y / 200);
            double long_ = how.length * grow * roll_between(p, 0.35, 1),
                   thick = how.thick * grow * roll_between(p, 0.35, 1);

            if (roll(p) < how.keep)
                cut(p, x, y + jitter, how.angle + turn, long_, thick);
        }
    }
    lay(p, how.c);
}

/* ---- the press ---- */

void press(pic *p, double strength)
{
    const float *tile = grain_tile();
    cairo_surface_flush(p->surface);
    unsigned char *rows = cairo_image_surface_get_data(p->surface);
    int stride = cairo_image_surface_get_stride(p->surface);

    for (int y = 0; y < p->h; y++)
        for (int x = 0; x < p->w; x++) {
            double fine = (double)tile[((y + 131) % TILE) * TILE + (x + 77) % TILE] - 0.5;
            double broad = noise2(p->seed + 91, x / 190.0, y / 190.0);
            double change = strength * (fine + broad * 0.7);

            for (int k = 0; k < 3; k++) {
                unsigned char *c = &rows[y * stride + x * 4 + k];
                *c = (unsigned char)fmin(255, fmax(0, *c + change));
            }
        }
    cairo_surface_mark_dirty(p->surface);
}

/* ---- words ---- */

void letter(pic *p, double x, double y, const char *words, struct lettering how)
{
    PangoLayout *layout = pango_cairo_create_layout(p->cr);
    PangoFontDescription *font = pango_font_description_from_string(how.font);
    int w, h;

    pango_layout_set_font_description(layout, font);
    if (how.spacing != 0) {
        PangoAttrList *list = pango_attr_list_new();
        pango_attr_list_insert(list,
                               pango_attr_letter_spacing_new((int)(how.spacing * PANGO_SCALE)));
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    pango_layout_set_text(layout, words, -1);
    pango_layout_set_alignment(layout, how.align == ALIGN_CENTRE  ? PANGO_ALIGN_CENTER
                                       : how.align == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT
                                                                  : PANGO_ALIGN_LEFT);
    pango_layout_get_pixel_size(layout, &w, &h);
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_rotate(p->cr, how.angle);
    cairo_move_to(p->cr,
                  how.align == ALIGN_CENTRE  ? -w / 2.0
                  : how.align == ALIGN_RIGHT ? -w
                                             : 0,
                  -h / 2.0);
    if (how.halo > 0) {
        pango_cairo_layout_path(p->cr, layout);
        cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
        line(p, how.halo_ink, how.halo * 2);
        cairo_move_to(p->cr,
                      how.align == ALIGN_CENTRE  ? -w / 2.0
                      : how.align == ALIGN_RIGHT ? -w
                                                 : 0,
                      -h / 2.0);
    }
    use(p, how.c);
    pango_cairo_show_layout(p->cr, layout);
    cairo_restore(p->cr);
    cairo_new_path(p->cr);
    pango_font_description_free(font);
    g_object_unref(layout);
}
