/*
 * portraits.c - faces, cut from the same block.
 *
 * A face is a handful of choices (struct face) laid over one construction:
 * a head 410 wide and 540 high, lit from the left.  Points below are in head
 * units: x -1..1 from ear to ear, y -1..1 from crown to chin.
 */
#include "draw.h"

enum hair { CROP, PARTED, LONG, BUN, CURLS, BALD, SCARF, BOB, TAIL, CAP };
enum beard { SHAVEN, STUBBLE, FULL, MOUSTACHE };

struct face {
    ink back, skin, hair, coat, shirt;
    enum hair style;
    enum beard beard;
    double jaw;   /* 0.8 narrow .. 1.15 broad */
    double smile; /* -0.3 .. 1 */
    double brow;  /* how heavy */
    double nose;  /* how long */
    double age;   /* 0 .. 1 */
    bool glasses, earrings, collar;
    double turn; /* which way the features lean, -1..1 */
};

enum { HALF_WIDE = 206, HALF_HIGH = 272 };
static const point centre = {600, 690};

static point at(double x, double y)
{
    return (point){centre.x + x * HALF_WIDE, centre.y + y * HALF_HIGH};
}

static void shape(pic *p, const point *units, size_t n)
{
    point px[32];

    for (size_t i = 0; i < n; i++)
        px[i] = at(units[i].x, units[i].y);
    path_smooth(p, px, n, true);
}

static void stroke(pic *p, const point *units, size_t n, ink c, double width)
{
    point px[16];

    for (size_t i = 0; i < n; i++)
        px[i] = at(units[i].x, units[i].y);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
    path_smooth(p, px, n, false);
    line(p, c, width);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
}

static void head_path(pic *p, const struct face *f)
{
    double j = f->jaw;

    shape(p,
          (point[]){{0, -1},
                    {0.56, -0.9},
                    {0.92, -0.5},
                    {0.97, 0.05},
                    {0.86 * j + 0.03, 0.48},
                    {0.56 * j, 0.86},
                    {0.2 * j, 1.0},
                    {-0.2 * j, 1.0},
                    {-0.56 * j, 0.86},
                    {-0.86 * j - 0.03, 0.48},
                    {-0.97, 0.05},
                    {-0.92, -0.5},
                    {-0.56, -0.9}},
          13);
}

static void ground_draw(pic *p, const struct face *f)
{
    wash(p, f->back);
    grain_around(p, ink_mix(f->back, CREAM, 0.6), (point){430, 520}, 60, 0.8, 760, 0);
    grain_between(p, ink_mix(f->back, NIGHT, 0.55), (point){500, 700}, 0, (point){1300, 1500}, 0.8);
}

static void shoulders_path(pic *p)
{
    const point pts[] = {{-40, 1560}, {60, 1270},  {220, 1140},  {430, 1070}, {600, 1060},
                         {770, 1070}, {980, 1140}, {1140, 1270}, {1240, 1560}};

    path_smooth(p, pts, LENGTH(pts), true);
}

static void bust_draw(pic *p, const struct face *f)
{
    cairo_save(p->cr);
    shoulders_path(p);
    cairo_clip(p->cr);
    wash(p, f->coat);
    carve(p, (struct carving){.c = ink_thin(ink_mix(f->coat, CREAM, 0.4), 0.5),
                              .angle = 1.3,
                              .turn = 0.5,
                              .gap = 26,
                              .length = 120,
                              .thick = 4,
                              .keep = 0.45});
    grain_between(p, ink_mix(f->coat, NIGHT, 0.65), (point){520, 1200}, 0, (point){1080, 1300},
                  0.95);
    cairo_restore(p->cr);
    path_poly(p, (point[]){{455, 1090}, {745, 1090}, {640, 1330}, {600, 1400}, {560, 1330}}, 5);
    lay(p, f->shirt);
}

static void neck_draw(pic *p, const struct face *f)
{
    cairo_save(p->cr);
    path_smooth(p,
                (point[]){{492, 780},
                          {708, 780},
                          {712, 1030},
                          {770, 1100},
                          {600, 1190},
                          {430, 1100},
                          {488, 1030}},
                7, true);
    cairo_clip(p->cr);
    wash(p, ink_mix(f->skin, BRICK, 0.12));
    grain_between(p, ink_mix(f->skin, BRICK, 0.65), (point){560, 1120}, 0.1, (point){640, 930},
                  0.95);
    cairo_restore(p->cr);
}

static void lapels_draw(pic *p, const struct face *f)
{
    ink edge = ink_mix(f->coat, NIGHT, 0.4);

    if (f->collar) {
        path_poly(p, (point[]){{452, 1062}, {600, 1190}, {520, 1270}, {420, 1110}}, 4);
        path_poly(p, (point[]){{748, 1062}, {600, 1190}, {680, 1270}, {780, 1110}}, 4);
        lay(p, ink_mix(f->shirt, CREAM, 0.35));
    }
    path_poly(
        p, (point[]){{430, 1072}, {570, 1400}, {540, 1500}, {380, 1240}, {440, 1210}, {390, 1160}},
        6);
    path_poly(
        p, (point[]){{770, 1072}, {630, 1400}, {660, 1500}, {820, 1240}, {760, 1210}, {810, 1160}},
        6);
    lay(p, edge);
}

static void ears_draw(pic *p, const struct face *f)
{
    for (int side = -1; side <= 1; side += 2) {
        point e = at(side * 1.0, 0.06);

        path_oval(p, e.x, e.y, 36, 62);
        lay(p, ink_mix(f->skin, BRICK, side > 0 ? 0.38 : 0.12));
        path_oval(p, e.x + side * 4, e.y, 15, 33);
        lay(p, ink_mix(f->skin, BRICK, 0.45));
        if (f->earrings) {
            path_oval(p, e.x + side * 6, e.y + 74, 14, 14);
            lay(p, OCHRE);
        }
    }
}

static void skin_draw(pic *p, const struct face *f)
{
    ink dark = ink_mix(f->skin, BRICK, 0.6);

    cairo_save(p->cr);
    head_path(p, f);
    cairo_clip(p->cr);
    wash(p, f->skin);
    grain_between(p, dark, (point){centre.x + 20, centre.y}, 0,
                  (point){centre.x + 205, centre.y + 40}, 0.95);
    grain_between(p, dark, (point){centre.x, centre.y + 150}, 0,
                  (point){centre.x + 40, centre.y + 300}, 0.6);
    for (int side = -1; side <= 1; side += 2) {
        point cheek = at(side * 0.52 + f->turn * 0.08, 0.3);
        grain_around(p, ink_mix(f->skin, RUST, 0.65), cheek, 4, 0.5, 84, 0);
        grain_around(p, dark, at(side * 0.4 + f->turn * 0.1, -0.12), 8, 0.5, 84, 0);
    }
    cairo_restore(p->cr);
}

static void eye_draw(pic *p, const struct face *f, int side)
{
    double x = side * 0.41 + f->turn * 0.1, y = -0.06, w = 0.185;
    ink lash = ink_mix(f->hair, NIGHT, 0.8);
    point iris = at(x + f->turn * 0.03, y + 0.005);

    shape(p,
          (point[]){{x - w, y + 0.015},
                    {x - w * 0.4, y - 0.055},
                    {x + w * 0.4, y - 0.055},
                    {x + w, y + 0.015},
                    {x + w * 0.4, y + 0.05},
                    {x - w * 0.4, y + 0.05}},
          6);
    lay_keep(p, CREAM);
    cairo_save(p->cr);
    cairo_clip(p->cr);
    path_oval(p, iris.x, iris.y, 20, 20);
    lay(p, ink_mix(NIGHT, BRICK, 0.2));
    path_oval(p, iris.x - 5, iris.y - 6, 4.5, 4.5);
    lay(p, CREAM);
    cairo_restore(p->cr);
    stroke(p,
           (point[]){{x - w * 1.1, y + 0.02},
                     {x - w * 0.4, y - 0.06},
                     {x + w * 0.4, y - 0.06},
                     {x + w * 1.1, y + 0.02}},
           4, lash, 9);
    stroke(p, (point[]){{x - w * 0.9, y - 0.1}, {x, y - 0.135}, {x + w * 0.9, y - 0.1}}, 3,
           ink_mix(f->skin, BRICK, 0.7), 4);
    stroke(p,
           (point[]){{x - side * w * 1.05, y - 0.215},
                     {x + side * w * 0.1, y - 0.27},
                     {x + side * w * 1.25, y - 0.2}},
           3, ink_mix(f->hair, NIGHT, f->age > 0.7 ? 0.15 : 0.45), 9 + 10 * f->brow);
    if (f->age > 0.45) {
        stroke(p, (point[]){{x - w * 0.8, y + 0.12}, {x, y + 0.155}, {x + w * 0.8, y + 0.11}}, 3,
               ink_mix(f->skin, BRICK, 0.55), 4);
        for (int k = -1; k <= 1; k++)
            stroke(p,
                   (point[]){{x + side * w * 1.25, y + 0.01 + k * 0.03},
                             {x + side * w * 1.75, y + 0.01 + k * 0.075}},
                   2, ink_mix(f->skin, BRICK, 0.55), 3.5);
    }
}

static void nose_draw(pic *p, const struct face *f)
{
    double t = f->turn * 0.14, y = 0.2 + 0.16 * f->nose;
    ink shade = ink_mix(f->skin, BRICK, 0.72);

    cairo_save(p->cr);
    shape(p,
          (point[]){{t + 0.03, -0.1},
                    {t + 0.12, 0.05},
                    {t + 0.19, y},
                    {t + 0.1, y + 0.07},
                    {t - 0.02, y + 0.05},
                    {t + 0.05, y - 0.08}},
          6);
    cairo_clip(p->cr);
    grain_between(p, shade, at(t, y - 0.3), 0.3, at(t + 0.1, y), 1);
    cairo_restore(p->cr);
    stroke(p,
           (point[]){{t - 0.16, y + 0.02},
                     {t - 0.12, y + 0.075},
                     {t, y + 0.095},
                     {t + 0.14, y + 0.07},
                     {t + 0.18, y + 0.01}},
           5, shade, 6);
}

static void mouth_draw(pic *p, const struct face *f)
{
    double t = f->turn * 0.11, y = 0.61, lift = 0.05 * f->smile;
    ink lip = ink_mix(f->skin, ink_of(0x8c2f2b), 0.62);

    shape(p,
          (point[]){{t - 0.3, y - lift},
                    {t - 0.1, y - 0.035},
                    {t, y - 0.02},
                    {t + 0.1, y - 0.035},
                    {t + 0.3, y - lift},
                    {t + 0.13, y + 0.075 + lift * 0.5},
                    {t - 0.13, y + 0.075 + lift * 0.5}},
          7);
    lay(p, lip);
    stroke(p,
           (point[]){{t - 0.33, y - lift * 1.3},
                     {t - 0.12, y + 0.015 + lift * 0.4},
                     {t + 0.12, y + 0.015 + lift * 0.4},
                     {t + 0.33, y - lift * 1.3}},
           4, ink_mix(BRICK, NIGHT, 0.6), 6);
    stroke(p, (point[]){{t - 0.12, y + 0.16}, {t, y + 0.175}, {t + 0.12, y + 0.16}}, 3,
           ink_mix(f->skin, BRICK, 0.55), 5);
    if (f->age > 0.35)
        for (int side = -1; side <= 1; side += 2)
            stroke(
                p,
                (point[]){{t + side * 0.26, 0.32}, {t + side * 0.4, 0.46}, {t + side * 0.43, 0.6}},
                3, ink_mix(f->skin, BRICK, 0.58), 3 + 3 * f->age);
    if (f->age > 0.6)
        for (int k = 0; k < 2; k++)
            stroke(p,
                   (point[]){{-0.42 + f->turn * 0.1, -0.5 - k * 0.1},
                             {f->turn * 0.1, -0.53 - k * 0.1},
                             {0.42 + f->turn * 0.1, -0.5 - k * 0.1}},
                   3, ink_mix(f->skin, BRICK, 0.4), 3.5);
}

static void beard_draw(pic *p, const struct face *f)
{
    double t = f->turn * 0.11;

    if (f->beard == SHAVEN)
        return;
    cairo_save(p->cr);
    if (f->beard != MOUSTACHE) {
        double drop = f->beard == FULL ? 0.22 : 0;
        shape(p,
              (point[]){{-1.0, 0.1},
                        {-0.8, 0.36},
                        {-0.5, 0.42},
                        {t - 0.3, 0.46},
                        {t, 0.5},
                        {t + 0.3, 0.46},
                        {0.5, 0.42},
                        {0.8, 0.36},
                        {1.0, 0.1},
                        {0.92, 0.6},
                        {0.6, 0.98 + drop},
                        {0.2, 1.1 + drop},
                        {-0.2, 1.1 + drop},
                        {-0.6, 0.98 + drop},
                        {-0.92, 0.6}},
              15);
        if (f->beard == STUBBLE) {
            cairo_clip(p->cr);
            head_path(p, f);
            cairo_clip(p->cr);
            grain_between(p, f->hair, at(0, 0.3), 0.3, at(0, 0.9), 0.6);
            cairo_restore(p->cr);
            return;
        }
        cairo_clip(p->cr);
        wash(p, f->hair);
        carve(p, (struct carving){.c = ink_thin(ink_mix(f->hair, CREAM, 0.4), 0.8),
                                  .angle = 1.5,
                                  .turn = 0.8,
                                  .gap = 16,
                                  .length = 56,
                                  .thick = 4,
                                  .keep = 0.6});
        carve(p, (struct carving){.c = ink_thin(ink_mix(f->hair, NIGHT, 0.6), 0.8),
                                  .angle = 1.5,
                                  .turn = 0.8,
                                  .gap = 18,
                                  .length = 60,
                                  .thick = 4,
                                  .keep = 0.6});
    }
    cairo_restore(p->cr);
    if (f->beard == FULL) {
        shape(p,
              (point[]){
                  {t - 0.3, 0.57}, {t, 0.54}, {t + 0.3, 0.57}, {t + 0.18, 0.7}, {t - 0.18, 0.7}},
              5);
        lay(p, ink_mix(f->skin, BRICK, 0.2));
    }
    shape(p,
          (point[]){{t - 0.4, 0.58},
                    {t - 0.2, 0.45},
                    {t, 0.47},
                    {t + 0.2, 0.45},
                    {t + 0.4, 0.58},
                    {t + 0.15, 0.56},
                    {t, 0.54},
                    {t - 0.15, 0.56}},
          8);
    lay(p, ink_mix(f->hair, NIGHT, 0.15));
}

static void strands(pic *p, const struct face *f, double angle)
{
    cairo_clip(p->cr);
    wash(p, f->hair);
    carve(p, (struct carving){.c = ink_thin(ink_mix(f->hair, CREAM, 0.42), 0.75),
                              .angle = angle,
                              .turn = 0.9,
                              .gap = 17,
                              .length = 130,
                              .thick = 4.5,
                              .keep = 0.5});
    carve(p, (struct carving){.c = ink_thin(ink_mix(f->hair, NIGHT, 0.65), 0.8),
                              .angle = angle,
                              .turn = 0.9,
                              .gap = 19,
                              .length = 140,
                              .thick = 5,
                              .keep = 0.55});
    grain_between(p, ink_mix(f->hair, NIGHT, 0.75), (point){620, 600}, 0, (point){850, 640}, 0.85);
}

static void curls_draw(pic *p, const struct face *f)
{
    for (int i = 0; i < 90; i++) {
        double a = M_PI + roll(p) * M_PI, r = roll_between(p, 0.86, 1.38);
        point c =
            at(cos(a) * r * 1.02, sin(a) * r * 0.95 - 0.02 + (roll(p) < 0.3 ? 0.3 * roll(p) : 0));

        if (c.y > centre.y - 115 && fabs(c.x - centre.x) < 180)
            continue;
        path_oval(p, c.x, c.y, 50, 50);
        lay(p, ink_mix(f->hair, NIGHT, roll(p) * 0.6));
        cairo_arc(p->cr, c.x, c.y, 31, roll(p) * 6, roll(p) * 6 + 3);
        line(p, ink_thin(ink_mix(f->hair, CREAM, 0.35), 0.6), 4);
    }
}

static void hair_behind(pic *p, const struct face *f)
{
    cairo_save(p->cr);
    switch (f->style) {
    case LONG:
        shape(p,
              (point[]){{0, -1.2},
                        {0.8, -1.05},
                        {1.2, -0.4},
                        {1.22, 0.5},
                        {1.34, 1.5},
                        {0.8, 1.95},
                        {0.3, 1.5},
                        {-0.3, 1.5},
                        {-0.8, 1.95},
                        {-1.34, 1.5},
                        {-1.22, 0.5},
                        {-1.2, -0.4},
                        {-0.8, -1.05}},
              13);
        strands(p, f, 1.5);
        break;
    case BOB:
        shape(p,
              (point[]){{0, -1.2},
                        {0.8, -1.05},
                        {1.2, -0.4},
                        {1.26, 0.4},
                        {1.16, 0.84},
                        {0.6, 0.9},
                        {-0.6, 0.9},
                        {-1.16, 0.84},
                        {-1.26, 0.4},
                        {-1.2, -0.4},
                        {-0.8, -1.05}},
              11);
        strands(p, f, 1.5);
        break;
    case BUN: {
        point b = at(0.1, -1.28);
        path_oval(p, b.x, b.y, 110, 100);
        strands(p, f, 0.4);
        break;
    }
    case TAIL:
        shape(p,
              (point[]){{0.7, -0.7},
                        {1.25, -0.5},
                        {1.5, 0.2},
                        {1.42, 1.1},
                        {1.2, 1.4},
                        {1.16, 0.7},
                        {1.02, 0}},
              7);
        strands(p, f, 1.4);
        break;
    case SCARF:
        shape(p,
              (point[]){{0, -1.26},
                        {0.82, -1.1},
                        {1.24, -0.4},
                        {1.22, 0.5},
                        {1.05, 1.1},
                        {1.5, 1.9},
                        {0.6, 2.3},
                        {-0.6, 2.3},
                        {-1.5, 1.9},
                        {-1.05, 1.1},
                        {-1.22, 0.5},
                        {-1.24, -0.4},
                        {-0.82, -1.1}},
              13);
        strands(p, f, 1.2);
        break;
    default:
        break;
    }
    cairo_restore(p->cr);
}

/* The hair that lies over the forehead: its lower edge differs, its crown does not. */
static void crown(pic *p, const struct face *f, const point *edge, size_t n, double angle)
{
    point all[24] = {{-1.0, 0.02},  {-1.12, -0.45}, {-0.82, -1.02}, {0, -1.2},
                     {0.82, -1.02}, {1.12, -0.45},  {1.0, 0.02}};

    for (size_t i = 0; i < n; i++)
        all[7 + i] = edge[i];
    cairo_save(p->cr);
    shape(p, all, 7 + n);
    strands(p, f, angle);
    cairo_restore(p->cr);
}

static void scarf_front(pic *p, const struct face *f)
{
    cairo_save(p->cr);
    cairo_set_fill_rule(p->cr, CAIRO_FILL_RULE_EVEN_ODD);
    shape(p,
          (point[]){{0, -1.26},
                    {0.82, -1.1},
                    {1.24, -0.4},
                    {1.2, 0.5},
                    {0.9, 1.15},
                    {0.3, 1.5},
                    {-0.5, 1.5},
                    {-1.0, 1.1},
                    {-1.2, 0.5},
                    {-1.24, -0.4},
                    {-0.82, -1.1}},
          11);
    shape(p,
          (point[]){{0, -0.74},
                    {0.55, -0.64},
                    {0.84, -0.2},
                    {0.8, 0.4},
                    {0.5, 0.86},
                    {0, 1.02},
                    {-0.5, 0.86},
                    {-0.8, 0.4},
                    {-0.84, -0.2},
                    {-0.55, -0.64}},
          10);
    strands(p, f, 1.2);
    cairo_restore(p->cr);
    cairo_set_fill_rule(p->cr, CAIRO_FILL_RULE_WINDING);
    cairo_save(p->cr);
    shape(p, (point[]){{-0.9, 0.9}, {0, 1.16}, {0.9, 0.8}, {1.1, 1.2}, {0.4, 1.9}, {-0.7, 1.7}}, 6);
    strands(p, f, -0.3);
    cairo_restore(p->cr);
}

static void cap_front(pic *p)
{
    cairo_save(p->cr);
    shape(p,
          (point[]){{-1.08, -0.42},
                    {-1.0, -1.0},
                    {-0.5, -1.36},
                    {0, -1.42},
                    {0.5, -1.36},
                    {1.0, -1.0},
                    {1.08, -0.42},
                    {0.5, -0.56},
                    {-0.5, -0.56}},
          9);
    cairo_clip(p->cr);
    wash(p, RUST);
    for (int i = 0; i < 26; i++) {
        point a = at(-1.1 + i * 0.088, -1.5);
        path_box(p, a.x, a.y, 5, 300);
        lay(p, ink_thin(BRICK, 0.8));
    }
    grain_between(p, ink_mix(BRICK, NIGHT, 0.5), (point){600, 400}, 0, (point){800, 430}, 0.8);
    cairo_restore(p->cr);
    shape(
        p,
        (point[]){{-1.12, -0.36}, {-1.1, -0.6}, {0, -0.76}, {1.1, -0.6}, {1.12, -0.36}, {0, -0.52}},
        6);
    lay(p, ink_mix(RUST, NIGHT, 0.2));
}

static void hair_front(pic *p, const struct face *f)
{
    switch (f->style) {
    case CROP:
        crown(p, f,
              (point[]){{0.88, -0.3},
                        {0.62, -0.62},
                        {0.2, -0.7},
                        {-0.3, -0.7},
                        {-0.66, -0.6},
                        {-0.88, -0.3}},
              6, 1.2);
        break;
    case PARTED:
        crown(p, f,
              (point[]){{0.9, -0.3},
                        {0.74, -0.6},
                        {0.3, -0.64},
                        {-0.2, -0.78},
                        {-0.46, -0.92},
                        {-0.66, -0.66},
                        {-0.9, -0.28}},
              7, 0.2);
        break;
    case BALD:
        for (int side = -1; side <= 1; side += 2) {
            cairo_save(p->cr);
            shape(p,
                  (point[]){{side * 0.84, -0.55},
                            {side * 1.1, -0.4},
                            {side * 1.12, 0.0},
                            {side * 0.98, 0.2},
                            {side * 0.93, -0.1}},
                  5);
            strands(p, f, 1.4);
            cairo_restore(p->cr);
        }
        break;
    case LONG:
    case TAIL:
    case BUN:
        crown(p, f,
              (point[]){{0.93, -0.16},
                        {0.74, -0.5},
                        {0.3, -0.74},
                        {-0.1, -0.86},
                        {-0.5, -0.66},
                        {-0.78, -0.44},
                        {-0.94, -0.12}},
              7, 0.5);
        break;
    case BOB:
        crown(p, f,
              (point[]){{0.97, 0.3},
                        {0.84, -0.2},
                        {0.7, -0.4},
                        {0.3, -0.42},
                        {-0.3, -0.42},
                        {-0.7, -0.4},
                        {-0.84, -0.2},
                        {-0.97, 0.3}},
              8, 1.5);
        break;
    case CURLS:
        curls_draw(p, f);
        break;
    case SCARF:
        scarf_front(p, f);
        break;
    case CAP:
        cap_front(p);
        break;
    }
}

static void glasses_draw(pic *p, const struct face *f)
{
    for (int side = -1; side <= 1; side += 2) {
        point c = at(side * 0.42 + f->turn * 0.1, -0.04);

        path_oval(p, c.x, c.y, 80, 70);
        lay_keep(p, ink_thin(CREAM, 0.16));
        line(p, NIGHT, 9);
    }
    stroke(p,
           (point[]){{-0.06 + f->turn * 0.1, -0.06},
                     {f->turn * 0.1, -0.1},
                     {0.06 + f->turn * 0.1, -0.06}},
           3, NIGHT, 9);
    stroke(p, (point[]){{-0.8 + f->turn * 0.1, -0.08}, {-0.98, -0.06}}, 2, NIGHT, 9);
    stroke(p, (point[]){{0.8 + f->turn * 0.1, -0.08}, {0.98, -0.06}}, 2, NIGHT, 9);
}

static void portrait(pic *p, struct face f)
{
    ground_draw(p, &f);
    hair_behind(p, &f);
    bust_draw(p, &f);
    neck_draw(p, &f);
    lapels_draw(p, &f);
    if (f.style != SCARF && f.style != BOB)
        ears_draw(p, &f);
    skin_draw(p, &f);
    eye_draw(p, &f, -1);
    eye_draw(p, &f, 1);
    nose_draw(p, &f);
    mouth_draw(p, &f);
    beard_draw(p, &f);
    hair_front(p, &f);
    if (f.glasses)
        glasses_draw(p, &f);
}

#define FAIR ink_of(0xefc9ab)
#define ROSE ink_of(0xe5b193)
#define OLIVE ink_of(0xcf9a72)
#define BROWN ink_of(0x9a6344)
#define DEEP ink_of(0x75482f)
#define GREY ink_of(0xb9b3a8)

void portrait_varley(pic *p)
{
    portrait(p, (struct face){.back = SEA,
                              .skin = FAIR,
                              .hair = ink_of(0xa2502d),
                              .coat = NAVY,
                              .shirt = CREAM,
                              .style = BOB,
                              .jaw = 0.92,
                              .smile = 0.6,
                              .brow = 0.3,
                              .nose = 0.4,
                              .age = 0.38,
                              .turn = 0.3,
                              .collar = true});
}

void portrait_brede(pic *p)
{
    portrait(p, (struct face){.back = OCHRE,
                              .skin = ROSE,
                              .hair = ink_of(0x4a3a2e),
                              .coat = SLATE,
                              .shirt = CREAM,
                              .style = PARTED,
                              .beard = STUBBLE,
                              .jaw = 1.08,
                              .smile = 0.1,
                              .brow = 0.8,
                              .nose = 0.8,
                              .age = 0.5,
                              .glasses = true,
                              .turn = -0.4,
                              .collar = true});
}

void portrait_lind(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(RUST, PINK, 0.4),
                              .skin = DEEP,
                              .hair = NIGHT,
                              .coat = TEAL,
                              .shirt = OCHRE,
                              .style = CURLS,
                              .jaw = 0.95,
                              .smile = 0.8,
                              .brow = 0.3,
                              .nose = 0.3,
                              .age = 0.2,
                              .earrings = true,
                              .turn = 0.2});
}

void portrait_strake(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(FIELD, MIST, 0.3),
                              .skin = ROSE,
                              .hair = ink_of(0xc08a4a),
                              .coat = ink_mix(NAVY, TEAL, 0.5),
                              .shirt = RUST,
                              .style = CAP,
                              .beard = FULL,
                              .jaw = 1.1,
                              .smile = 0.4,
                              .brow = 0.7,
                              .nose = 0.7,
                              .age = 0.4,
                              .turn = 0.5});
}

void portrait_ashdown(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(PLUM, PINK, 0.5),
                              .skin = FAIR,
                              .hair = GREY,
                              .coat = PLUM,
                              .shirt = CREAM,
                              .style = BUN,
                              .jaw = 0.88,
                              .smile = 0.3,
                              .brow = 0.2,
                              .nose = 0.6,
                              .age = 0.72,
                              .glasses = true,
                              .earrings = true,
                              .turn = -0.3});
}

void portrait_corran(pic *p)
{
    portrait(p, (struct face){.back = MIST,
                              .skin = OLIVE,
                              .hair = ink_of(0x3a2b26),
                              .coat = OCHRE,
                              .shirt = NAVY,
                              .style = TAIL,
                              .jaw = 0.9,
                              .smile = 0.7,
                              .brow = 0.5,
                              .nose = 0.5,
                              .age = 0.15,
                              .turn = 0.4});
}

void portrait_pell(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(SLATE, MIST, 0.35),
                              .skin = ROSE,
                              .hair = ink_of(0xd8d3c8),
                              .coat = BRICK,
                              .shirt = CREAM,
                              .style = BALD,
                              .beard = MOUSTACHE,
                              .jaw = 1.0,
                              .smile = 0.1,
                              .brow = 1,
                              .nose = 1,
                              .age = 1,
                              .turn = -0.2,
                              .collar = true});
}

void portrait_haddad(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(OCHRE, PAPER, 0.45),
                              .skin = OLIVE,
                              .hair = TEAL,
                              .coat = ink_mix(NAVY, PLUM, 0.4),
                              .shirt = CREAM,
                              .style = SCARF,
                              .jaw = 0.9,
                              .smile = 0.6,
                              .brow = 0.6,
                              .nose = 0.5,
                              .age = 0.25,
                              .turn = 0.25});
}

void portrait_quill(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(OCHRE, BRICK, 0.35),
                              .skin = ROSE,
                              .hair = ink_of(0xe6e1d6),
                              .coat = ink_mix(NAVY, SLATE, 0.3),
                              .shirt = ink_mix(RUST, PAPER, 0.3),
                              .style = CROP,
                              .jaw = 0.98,
                              .smile = 0.2,
                              .brow = 0.7,
                              .nose = 0.8,
                              .age = 1,
                              .turn = 0.35});
}

void portrait_sallow(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(NAVY, SEA, 0.45),
                              .skin = FAIR,
                              .hair = ink_of(0xcdb27a),
                              .coat = RUST,
                              .shirt = NIGHT,
                              .style = LONG,
                              .jaw = 0.98,
                              .smile = -0.1,
                              .brow = 0.4,
                              .nose = 0.6,
                              .age = 0.55,
                              .earrings = true,
                              .turn = -0.4});
}

void portrait_garrick(pic *p)
{
    portrait(p, (struct face){.back = ink_mix(SEA, CREAM, 0.35),
                              .skin = BROWN,
                              .hair = ink_of(0x2a1d1a),
                              .coat = RUST,
                              .shirt = CREAM,
                              .style = BUN,
                              .jaw = 0.92,
                              .smile = 0.9,
                              .brow = 0.4,
                              .nose = 0.4,
                              .age = 0.1,
                              .turn = 0.3});
}
