/* scenery.c - what the landscapes are built from: skies, ridges, sea, houses, boats, birds. */
#include "draw.h"

double ridge_at(struct ridge r, double x)
{
    return r.y - r.rise * (0.55 + fbm1(r.seed, x / r.wave, r.rough ? r.rough : 5));
}

void ridge_path(pic *p, struct ridge r)
{
    cairo_move_to(p->cr, 0, p->h);
    for (double x = 0; x <= p->w + 4; x += 4)
        cairo_line_to(p->cr, x, ridge_at(r, x));
    cairo_line_to(p->cr, p->w + 4, p->h);
    cairo_close_path(p->cr);
}

/* A range of hills, fading into its foot (mist, distance, or its own shadow). */
void ridge_draw(pic *p, struct ridge r)
{
    cairo_save(p->cr);
    ridge_path(p, r);
    cairo_clip(p->cr);
    wash(p, r.c);
    grain_between(p, r.foot, (point){0, r.y - r.rise * 0.75}, 0, (point){0, r.y + r.rise * 0.35},
                  1);
    cairo_restore(p->cr);
}

void sky_draw(pic *p, double horizon, ink top, ink middle, ink low)
{
    cairo_save(p->cr);
    path_box(p, 0, 0, p->w, horizon + 2);
    cairo_clip(p->cr);
    wash_down(p, 0, ink_mix(top, middle, 0.25), horizon * 0.55, middle);
    wash_down(p, horizon * 0.45, ink_thin(low, 0), horizon, low);
    grain_between(p, top, (point){0, 0}, 0.75, (point){0, horizon * 0.6}, 0);
    cairo_restore(p->cr);
}

/* Long flat-bottomed clouds, from a noise field cut at a level. */
void clouds_draw(pic *p, double top, double bottom, double size, ink c, uint32_t seed)
{
    for (double y = top; y < bottom; y += size * 0.42) {
        double base = y + roll_between(p, -0.2, 0.2) * size;

        for (double x = -size; x < p->w + size; x += 6) {
            double f = fbm2(seed, x / (size * 4.2), y / (size * 1.1), 4) + 0.04;
            if (f > 0)
                path_oval(p, x, base - f * size * 0.8, 6 + f * size * 0.3, f * size * 0.95);
        }
        cairo_save(p->cr);
        cairo_set_fill_rule(p->cr, CAIRO_FILL_RULE_WINDING);
        cairo_clip(p->cr);
        path_box(p, 0, 0, p->w, base);
        cairo_clip(p->cr);
        grain_between(p, c, (point){0, base - size * 0.6}, 0.85, (point){0, base + 2}, 0.25);
        cairo_restore(p->cr);
    }
}

void stars_draw(pic *p, double bottom, int count)
{
    for (int i = 0; i < count; i++) {
        double x = roll(p) * p->w, y = bottom * pow(roll(p), 1.2),
               size = 1.1 + 3.4 * pow(roll(p), 7);
        ink c = ink_mix(CREAM, roll(p) < 0.3 ? PINK : MIST, roll(p));

        path_oval(p, x, y, size, size);
        lay(p, ink_thin(c, roll_between(p, 0.35, 1)));
    }
}

void sun_draw(pic *p, double x, double y, double r, ink c, ink glow)
{
    grain_around(p, glow, (point){x, y}, r * 0.8, 0.75, r * 5.5, 0);
    path_oval(p, x, y, r, r);
    lay(p, c);
}

/* Water that comes towards us: rows of swell, small and pale far off. */
void sea_draw(pic *p, double top, double bottom, ink far, ink near, ink crest)
{
    double depth = bottom - top;

    cairo_save(p->cr);
    path_box(p, 0, top, p->w, depth);
    cairo_clip(p->cr);
    wash_down(p, top, far, bottom, near);
    carve(p, (struct carving){.c = ink_thin(ink_mix(near, NIGHT, 0.35), 0.55),
                              .turn = 0.05,
                              .gap = 9,
                              .length = 120,
                              .thick = 3.2,
                              .keep = 0.75,
                              .top = top + 6,
                              .bottom = bottom,
                              .deepen = 4.2});
    carve(p, (struct carving){.c = ink_thin(crest, 0.55),
                              .turn = 0.05,
                              .gap = 13,
                              .length = 95,
                              .thick = 2,
                              .keep = 0.42,
                              .top = top + 4,
                              .bottom = bottom,
                              .deepen = 4});
    grain_between(p, ink_mix(near, NIGHT, 0.4), (point){0, top + depth * 0.5}, 0,
                  (point){0, bottom}, 0.55);
    cairo_restore(p->cr);
}

/* Light lying on water under a lamp, a moon or a sun. */
void glitter_draw(pic *p, double x, double top, double bottom, double spread, ink c)
{
    for (double y = top; y < bottom;) {
        double t = (y - top) / (bottom - top),
               w = spread * (0.25 + 0.75 * t) * roll_between(p, 0.35, 1);
        double off = roll_between(p, -0.35, 0.35) * spread * (0.2 + t), thick = 1.4 + 4.5 * t;

        path_oval(p, x + off, y, w / 2, thick);
        lay(p, ink_thin(c, (1 - 0.65 * t) * roll_between(p, 0.55, 1)));
        y += thick * roll_between(p, 2.0, 3.4);
    }
}

static void windows_draw(pic *p, struct house h)
{
    double cell_w = h.w / (h.cols + 0.6), cell_h = h.h / (h.rows + (h.door ? 0.45 : 0.3));

    for (int r = 0; r < h.rows; r++)
        for (int c = 0; c < h.cols; c++) {
            double x = h.x + cell_w * (c + 0.55), y = h.y - h.h + cell_h * (r + 0.32);
            bool lit = h.lit.a > 0 && roll(p) < 0.55;
            ink glass = lit ? ink_mix(h.lit, CREAM, roll(p) * 0.4) : ink_mix(h.wall, NIGHT, 0.62);

            path_box(p, x, y, cell_w * 0.5, cell_h * 0.52);
            lay(p, glass);
            path_box(p, x + cell_w * 0.235, y, cell_w * 0.03 + 1, cell_h * 0.52);
            path_box(p, x, y + cell_h * 0.25, cell_w * 0.5, 2);
            lay(p, ink_mix(h.wall, CREAM, 0.25));
        }
}

/* x,y is the foot of the wall, left side; h to the eaves. */
void house_draw(pic *p, struct house h)
{
    double top = h.y - h.h;

    if (h.chimney) {
        path_box(p, h.x + h.w * 0.74, top - h.roof * 1.25, h.w * 0.11, h.roof * 1.2);
        lay(p, ink_mix(h.wall, BRICK, 0.6));
    }
    cairo_save(p->cr);
    path_box(p, h.x, top, h.w, h.h);
    cairo_clip(p->cr);
    wash(p, h.wall);
    grain_between(p, ink_mix(h.wall, NIGHT, 0.55), (point){h.x + h.w * 0.35, 0}, 0,
                  (point){h.x + h.w, 0}, 0.6);
    cairo_restore(p->cr);
    if (h.gable) {
        path_poly(
            p,
            (point[]){{h.x - 3, top + 1}, {h.x + h.w / 2, top - h.roof}, {h.x + h.w + 3, top + 1}},
            3);
        lay(p, h.wall);
        path_poly(p,
                  (point[]){{h.x - 8, top + 6},
                            {h.x + h.w / 2, top - h.roof - 8},
                            {h.x + h.w + 8, top + 6},
                            {h.x + h.w + 8, top - 4},
                            {h.x + h.w / 2, top - h.roof - 22},
                            {h.x - 8, top - 4}},
                  6);
    } else {
        path_poly(p,
                  (point[]){{h.x - 7, top + 2},
                            {h.x + h.w * 0.07, top - h.roof},
                            {h.x + h.w * 0.93, top - h.roof},
                            {h.x + h.w + 7, top + 2}},
                  4);
    }
    lay(p, h.tiles);
    windows_draw(p, h);
    if (h.door) {
        path_box(p, h.x + h.w * 0.42, h.y - h.h * 0.36, h.w * 0.17, h.h * 0.36);
        lay(p, ink_mix(h.tiles, RUST, 0.4));
    }
}

void gull_draw(pic *p, double x, double y, double span, double lift, ink c)
{
    double s = span / 2;

    cairo_move_to(p->cr, x - s, y - lift * s * 0.5);
    cairo_curve_to(p->cr, x - s * 0.6, y - lift * s, x - s * 0.2, y - lift * s * 0.6, x, y);
    cairo_curve_to(p->cr, x + s * 0.2, y - lift * s * 0.6, x + s * 0.6, y - lift * s, x + s,
                   y - lift * s * 0.5);
    cairo_curve_to(p->cr, x + s * 0.55, y - lift * s * 0.72, x + s * 0.22, y - lift * s * 0.2,
                   x + s * 0.02, y + s * 0.16);
    cairo_curve_to(p->cr, x - s * 0.2, y - lift * s * 0.2, x - s * 0.55, y - lift * s * 0.72, x - s,
                   y - lift * s * 0.5);
    lay(p, c);
}

/* A standing figure; x,y is between the feet. */
void person_draw(pic *p, double x, double y, double h, ink coat, ink legs, ink skin)
{
    path_poly(p,
              (point[]){{x - h * 0.085, y},
                        {x - h * 0.09, y - h * 0.46},
                        {x + h * 0.09, y - h * 0.46},
                        {x + h * 0.085, y},
                        {x + h * 0.02, y},
                        {x, y - h * 0.32},
                        {x - h * 0.02, y}},
              7);
    lay(p, legs);
    path_smooth(p,
                (point[]){{x - h * 0.12, y - h * 0.36},
                          {x - h * 0.14, y - h * 0.7},
                          {x - h * 0.06, y - h * 0.84},
                          {x + h * 0.06, y - h * 0.84},
                          {x + h * 0.14, y - h * 0.7},
                          {x + h * 0.12, y - h * 0.36}},
                6, true);
    lay(p, coat);
    path_oval(p, x, y - h * 0.91, h * 0.058, h * 0.072);
    lay(p, skin);
    path_oval(p, x - h * 0.006, y - h * 0.945, h * 0.064, h * 0.05);
    lay(p, ink_mix(legs, NIGHT, 0.5));
}

void sheep_draw(pic *p, double x, double y, double s, bool left)
{
    double f = left ? -1 : 1;

    for (int i = 0; i < 4; i++)
        path_box(p, x + (i - 1.5) * s * 0.22 - s * 0.03, y - s * 0.3, s * 0.07, s * 0.3);
    lay(p, NIGHT);
    for (int i = 0; i < 11; i++)
        path_oval(p, x + s * 0.5 * cos(i * 0.571), y - s * 0.48 + s * 0.19 * sin(i * 0.571),
                  s * 0.2, s * 0.18);
    path_oval(p, x, y - s * 0.48, s * 0.5, s * 0.26);
    lay_keep(p, CREAM);
    cairo_save(p->cr);
    cairo_clip(p->cr);
    grain_between(p, ink_mix(SLATE, PINK, 0.4), (point){x, y - s * 0.62}, 0,
                  (point){x, y - s * 0.2}, 0.8);
    cairo_restore(p->cr);
    path_oval(p, x + f * s * 0.62, y - s * 0.6, s * 0.16, s * 0.12);
    path_oval(p, x + f * s * 0.52, y - s * 0.7, s * 0.07, s * 0.05);
    lay(p, NIGHT);
}

/* A small fishing boat; x,y at the waterline amidships; size is its length. */
void trawler_draw(pic *p, double x, double y, double size, ink hull, bool left)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_scale(p->cr, left ? -size : size, size);
    path_poly(p, (point[]){{-0.2, -0.1}, {-0.2, -0.34}, {0.03, -0.34}, {0.08, -0.1}}, 4);
    lay(p, CREAM);
    path_box(p, -0.17, -0.3, 0.06, 0.06);
    path_box(p, -0.08, -0.3, 0.09, 0.06);
    path_box(p, -0.22, -0.37, 0.28, 0.03);
    lay(p, NAVY);
    cairo_move_to(p->cr, -0.5, -0.14);
    cairo_line_to(p->cr, 0.3, -0.12);
    cairo_curve_to(p->cr, 0.4, -0.14, 0.48, -0.2, 0.54, -0.25);
    cairo_curve_to(p->cr, 0.48, -0.12, 0.44, -0.02, 0.4, 0.03);
    cairo_line_to(p->cr, -0.46, 0.03);
    cairo_close_path(p->cr);
    lay(p, hull);
    path_box(p, -0.47, -0.025, 0.89, 0.02);
    lay(p, ink_thin(CREAM, 0.85));
    cairo_move_to(p->cr, -0.06, -0.36);
    cairo_line_to(p->cr, -0.06, -0.72);
    cairo_move_to(p->cr, -0.06, -0.66);
    cairo_line_to(p->cr, 0.5, -0.24);
    cairo_move_to(p->cr, -0.06, -0.66);
    cairo_line_to(p->cr, -0.48, -0.14);
    cairo_move_to(p->cr, -0.4, -0.14);
    cairo_line_to(p->cr, -0.4, -0.46);
    cairo_line_to(p->cr, -0.26, -0.46);
    cairo_line_to(p->cr, -0.26, -0.14);
    line(p, NIGHT, 0.012);
    path_oval(p, 0.2, -0.15, 0.05, 0.035);
    path_oval(p, 0.28, -0.15, 0.04, 0.03);
    lay(p, RUST);
    cairo_restore(p->cr);
}

void lighthouse_draw(pic *p, double x, double y, double h, ink body, ink band)
{
    double w = h * 0.17;

    cairo_save(p->cr);
    path_poly(p,
              (point[]){{x - w / 2, y},
                        {x - w * 0.3, y - h * 0.78},
                        {x + w * 0.3, y - h * 0.78},
                        {x + w / 2, y}},
              4);
    cairo_clip(p->cr);
    wash(p, body);
    for (int i = 0; i < 3; i++) {
        path_box(p, x - w, y - h * (0.18 + i * 0.26), w * 2, h * 0.12);
        lay(p, band);
    }
    grain_between(p, NIGHT, (point){x - w * 0.05, 0}, 0, (point){x + w * 0.5, 0}, 0.75);
    cairo_restore(p->cr);
    for (int i = 0; i < 3; i++)
        path_box(p, x - w * 0.06, y - h * (0.13 + 0.24 * i), w * 0.12, h * 0.04);
    lay(p, NIGHT);
    path_box(p, x - w * 0.45, y - h * 0.8, w * 0.9, h * 0.022);
    lay(p, NIGHT);
    path_box(p, x - w * 0.24, y - h * 0.9, w * 0.48, h * 0.1);
    lay(p, ink_mix(OCHRE, CREAM, 0.6));
    for (int i = 0; i < 4; i++)
        path_box(p, x - w * 0.25 + i * w * 0.155, y - h * 0.9, w * 0.035, h * 0.1);
    path_poly(p, (point[]){{x - w * 0.32, y - h * 0.9}, {x, y - h}, {x + w * 0.32, y - h * 0.9}},
              3);
    lay(p, band);
}

/* A bare tree, bent by the wind. */
static void branch(pic *p, double x, double y, double angle, double length, double width, int depth,
                   double lean)
{
    double x1 = x + cos(angle) * length, y1 = y + sin(angle) * length;

    cairo_move_to(p->cr, x, y);
    cairo_line_to(p->cr, x1, y1);
    cairo_set_line_width(p->cr, width);
    cairo_stroke(p->cr);
    if (depth == 0)
        return;
    for (int i = 0; i < 2 + (roll(p) < 0.4); i++)
        branch(p, x1, y1, angle + roll_between(p, -0.6, 0.6) + lean,
               length * roll_between(p, 0.6, 0.85), width * 0.66, depth - 1, lean);
}

void tree_draw(pic *p, double x, double y, double h, double lean, ink c)
{
    cairo_set_source_rgba(p->cr, c.r, c.g, c.b, c.a);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
    branch(p, x, y, -M_PI / 2 + lean, h * 0.3, h * 0.05, 6, lean * 0.5);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
}

void turbine_draw(pic *p, double x, double y, double h, double turn, ink c)
{
    path_poly(
        p,
        (point[]){
            {x - h * 0.018, y}, {x - h * 0.009, y - h}, {x + h * 0.009, y - h}, {x + h * 0.018, y}},
        4);
    lay(p, c);
    for (int i = 0; i < 3; i++) {
        double a = turn + i * 2 * M_PI / 3, dx = cos(a), dy = sin(a), r = h * 0.62, hub_y = y - h;

        cairo_move_to(p->cr, x, hub_y);
        cairo_curve_to(p->cr, x + dx * r * 0.2 - dy * r * 0.07,
                       hub_y + dy * r * 0.2 + dx * r * 0.07, x + dx * r * 0.5 - dy * r * 0.03,
                       hub_y + dy * r * 0.5 + dx * r * 0.03, x + dx * r, hub_y + dy * r);
        cairo_close_path(p->cr);
    }
    path_oval(p, x, y - h, h * 0.022, h * 0.022);
    lay(p, c);
}

/* Water thrown up against something hard: jets that break into drops. */
void spray_draw(pic *p, double x, double y, double size, ink c)
{
    for (int i = 0; i < 46; i++) {
        double a = -M_PI / 2 + roll_between(p, -0.85, 0.85),
               reach = size * roll_between(p, 0.45, 1) * (1 - 0.4 * fabs(a + M_PI / 2));
        double tx = x + cos(a) * reach, ty = y + sin(a) * reach,
               foot = x + roll_between(p, -0.35, 0.35) * size,
               wide = size * roll_between(p, 0.02, 0.06);

        cairo_move_to(p->cr, foot - wide, y + size * 0.12);
        cairo_curve_to(p->cr, foot, y - reach * 0.4, tx - wide, ty, tx, ty);
        cairo_curve_to(p->cr, tx + wide, ty + wide, foot + wide * 2, y - reach * 0.3, foot + wide,
                       y + size * 0.12);
        lay(p, ink_thin(c, roll_between(p, 0.35, 0.75)));
        for (int k = 0; k < 9; k++) {
            double d = roll_between(p, 1.5, 7.5);
            path_oval(p, tx + roll_between(p, -0.09, 0.09) * size,
                      ty + roll_between(p, -0.12, 0.16) * size, d, d);
            lay(p, ink_thin(c, 0.8));
        }
    }
}
