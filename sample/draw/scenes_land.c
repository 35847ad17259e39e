/* scenes_land.c - hills, fields, moor and sky. */
#include "draw.h"

#include <stdlib.h>

void hills_fog(pic *p)
{
    sky_draw(p, p->h * 0.7, ink_mix(SEA, SLATE, 0.3), ink_mix(MIST, PAPER, 0.4),
             ink_mix(PAPER, PINK, 0.5));
    sun_draw(p, 640, p->h * 0.3, 66, CREAM, ink_mix(OCHRE, CREAM, 0.55));
    for (int i = 0; i < 6; i++) {
        double t = i / 5.0;
        ink hill = ink_mix(ink_mix(MIST, SLATE, 0.45), ink_mix(TEAL, NIGHT, 0.45), t);
        ink foot = ink_mix(ink_mix(PAPER, PINK, 0.25), ink_mix(SEA, MIST, 0.3), t);

        ridge_draw(p, (struct ridge){p->h * (0.52 + 0.105 * i), 330 - 26 * i, 620 - 55 * i,
                                     p->seed + (uint32_t)i * 7, hill, i < 5 ? foot : NIGHT, 6});
    }
    for (int i = 0; i < 15; i++) {
        double x = 1150 + i * 56 + roll_between(p, -18, 18), h = roll_between(p, 90, 190);
        double y =
            ridge_at((struct ridge){p->h * 1.045, 200, 345, p->seed + 35, NIGHT, NIGHT, 6}, x);

        for (int k = 0; k < 5; k++)
            path_poly(p,
                      (point[]){{x - h * (0.3 - 0.05 * k), y - h * 0.19 * k + 12},
                                {x, y - h * (0.35 + 0.19 * k)},
                                {x + h * (0.3 - 0.05 * k), y - h * 0.19 * k + 12}},
                      3);
        lay(p, NIGHT);
    }
    for (int i = 0; i < 7; i++)
        gull_draw(p, 1220 + i * 52, 330 + abs(i - 3) * 24, 46, 0.5, ink_mix(SLATE, NIGHT, 0.4));
    press(p, 3);
}

static void wall_draw(pic *p, const point *pts, size_t n, double w0, double w1)
{
    for (size_t s = 0; s + 1 < n; s++)
        for (double t = 0; t < 1;) {
            double along = (s + t) / (n - 1), w = w0 + (w1 - w0) * along;
            double x = pts[s].x + (pts[s + 1].x - pts[s].x) * t,
                   y = pts[s].y + (pts[s + 1].y - pts[s].y) * t;

            for (int k = 0; k < 3; k++) {
                path_oval(p, x + roll_between(p, -2, 2), y - w * 0.33 * k, w * 0.34, w * 0.2);
                lay(p, ink_mix(SLATE, k == 2 ? MIST : NAVY, roll_between(p, 0.1, 0.6)));
            }
            t += w * 0.55 / hypot(pts[s + 1].x - pts[s].x, pts[s + 1].y - pts[s].y);
        }
}

static void field_draw(pic *p, const point *pts, size_t n, ink c, double angle)
{
    cairo_save(p->cr);
    path_poly(p, pts, n);
    cairo_clip(p->cr);
    wash(p, c);
    carve(p, (struct carving){.c = ink_thin(ink_mix(c, NAVY, 0.5), 0.6),
                              .angle = angle,
                              .turn = 0.12,
                              .gap = 15,
                              .length = 80,
                              .thick = 3.4,
                              .keep = 0.55});
    carve(p, (struct carving){.c = ink_thin(ink_mix(c, CREAM, 0.5), 0.6),
                              .angle = angle,
                              .turn = 0.12,
                              .gap = 21,
                              .length = 60,
                              .thick = 2.4,
                              .keep = 0.4});
    cairo_restore(p->cr);
}

void sheep_walls(pic *p)
{
    double far = p->h * 0.4;

    sky_draw(p, far, SEA, ink_mix(MIST, PAPER, 0.3), PAPER);
    clouds_draw(p, 60, far - 130, 130, CREAM, p->seed + 2);
    ridge_draw(p, (struct ridge){far + 30, 300, 700, p->seed + 4, ink_mix(SLATE, MOSS, 0.35),
                                 ink_mix(MOSS, MIST, 0.3), 5});
    field_draw(p, (point[]){{0, far}, {760, far + 20}, {560, far + 240}, {0, far + 290}}, 4,
               ink_mix(FIELD, MIST, 0.25), 0.1);
    field_draw(p, (point[]){{760, far + 20}, {1420, far - 14}, {1500, far + 210}, {560, far + 240}},
               4, ink_mix(MOSS, FIELD, 0.4), -0.05);
    field_draw(p,
               (point[]){{1420, far - 14}, {2000, far + 10}, {2000, far + 260}, {1500, far + 210}},
               4, ink_mix(OCHRE, FIELD, 0.5), -0.15);
    field_draw(p,
               (point[]){{0, far + 286},
                         {560, far + 236},
                         {1500, far + 206},
                         {2000, far + 256},
                         {2000, p->h},
                         {0, p->h}},
               6, ink_mix(FIELD, MOSS, 0.25), 0.03);
    wall_draw(p, (point[]){{760, far + 22}, {560, far + 240}}, 2, 12, 26);
    wall_draw(p, (point[]){{1420, far - 10}, {1500, far + 210}}, 2, 12, 26);
    wall_draw(p, (point[]){{0, far + 292}, {560, far + 242}, {1500, far + 212}, {2000, far + 262}},
              4, 30, 26);
    house_draw(p, (struct house){1030, far + 70, 210, 74, 60, CREAM, SLATE, ink_thin(OCHRE, 0), 4,
                                 1, true, false, false});
    tree_draw(p, 970, far + 76, 190, 0.16, NIGHT);
    tree_draw(p, 1310, far + 66, 150, 0.16, NIGHT);
    for (int i = 0; i < 12; i++)
        sheep_draw(p, 90 + i * 150 + roll_between(p, -50, 50),
                   far + 90 + roll(p) * 90 - (i > 4 && i < 9 ? 60 : 0), 34, roll(p) < 0.5);
    for (int i = 0; i < 9; i++) {
        double t = i / 8.0;
        sheep_draw(p, (double[]){420, 1650, 980, 240, 1290, 1800, 700, 1480, 330}[i],
                   far + 350 + t * 360, 92 + 105 * t, i % 3 == 0);
    }
    grain_between(p, ink_mix(MOSS, NIGHT, 0.6), (point){0, p->h - 230}, 0, (point){0, p->h}, 0.6);
    press(p, 3);
}

static void milky_way(pic *p)
{
    for (int i = 0; i < 5200; i++) {
        double t = roll(p), side = (roll(p) + roll(p) + roll(p) - 1.5) * 230;
        double x = 250 + t * 1350 + side * 0.75, y = p->h * 0.82 - t * 1050 + side * 0.65;
        double cloud = fbm2(p->seed + 3, x / 190, y / 190, 4);

        if (cloud + 0.25 - fabs(side) / 420 < 0)
            continue;
        path_oval(p, x, y, roll_between(p, 1.1, 2.9), roll_between(p, 1.1, 2.9));
        lay(p, ink_thin(ink_mix(CREAM, PINK, roll(p) * 0.6), roll_between(p, 0.25, 0.85)));
    }
}

void night_sky(pic *p)
{
    wash_down(p, 0, NIGHT, p->h * 0.75, ink_mix(TEAL, NAVY, 0.45));
    grain_between(p, ink_mix(SEA, OCHRE, 0.3), (point){0, p->h * 0.76}, 0.55,
                  (point){0, p->h * 0.45}, 0);
    for (int i = 0; i < 6; i++)
        grain_around(p, ink_mix(PLUM, SEA, 0.25 + 0.1 * i),
                     (point){330 + i * 235, p->h * 0.78 - i * 185}, 0, 0.34, 330, 0);
    stars_draw(p, p->h * 0.8, 1300);
    milky_way(p);
    ridge_draw(p, (struct ridge){p->h * 0.8, 190, 620, p->seed + 5, ink_mix(NAVY, NIGHT, 0.4),
                                 ink_mix(TEAL, NIGHT, 0.55), 5});
    ridge_draw(p, (struct ridge){p->h * 0.94, 200, 760, p->seed + 9, NIGHT, NIGHT, 5});
    house_draw(p, (struct house){1330, p->h * 0.86, 260, 84, 74, ink_mix(NAVY, SLATE, 0.25), NIGHT,
                                 ink_thin(OCHRE, 0), 3, 1, true, false, false});
    path_box(p, 1388, p->h * 0.86 - 62, 34, 36);
    lay(p, OCHRE);
    grain_around(p, OCHRE, (point){1405, p->h * 0.86 - 44}, 10, 0.45, 150, 0);
    person_draw(p, 1130, p->h * 0.885, 120, NIGHT, NIGHT, NIGHT);
    cairo_move_to(p->cr, 1180, p->h * 0.885);
    cairo_line_to(p->cr, 1204, p->h * 0.885 - 66);
    cairo_move_to(p->cr, 1230, p->h * 0.885);
    cairo_line_to(p->cr, 1204, p->h * 0.885 - 66);
    cairo_move_to(p->cr, 1172, p->h * 0.885 - 44);
    cairo_line_to(p->cr, 1250, p->h * 0.885 - 108);
    line(p, NIGHT, 9);
    press(p, 3);
}

static void goose_draw(pic *p, double x, double y, double s, double beat)
{
    path_smooth(p,
                (point[]){{x - s * 0.62, y - s * 0.04},
                          {x - s * 0.2, y - s * 0.1},
                          {x + s * 0.22, y - s * 0.08},
                          {x + s * 0.3, y + s * 0.03},
                          {x - s * 0.1, y + s * 0.11},
                          {x - s * 0.5, y + s * 0.06}},
                6, true);
    lay(p, CREAM);
    path_smooth(p,
                (point[]){{x + s * 0.15, y - s * 0.08},
                          {x + s * 0.45, y - s * 0.1},
                          {x + s * 0.64, y - s * 0.11},
                          {x + s * 0.66, y - s * 0.05},
                          {x + s * 0.45, y - s * 0.03},
                          {x + s * 0.22, y + s * 0.04}},
                6, true);
    lay(p, NIGHT);
    path_oval(p, x + s * 0.6, y - s * 0.09, s * 0.05, s * 0.03);
    lay(p, CREAM);
    path_poly(p,
              (point[]){{x - s * 0.48, y - s * 0.06},
                        {x - s * 0.72, y - s * 0.06},
                        {x - s * 0.7, y + s * 0.04},
                        {x - s * 0.46, y + s * 0.04}},
              4);
    lay(p, NIGHT);
    for (int far = 1; far >= 0; far--) {
        double lift = beat * (far ? 0.85 : 1), dx = far ? s * 0.1 : 0;
        path_smooth(p,
                    (point[]){{x + s * 0.16 + dx, y - s * 0.04},
                              {x + s * 0.06 + dx, y - s * 0.45 * lift},
                              {x - s * 0.28 + dx, y - s * 0.86 * lift},
                              {x - s * 0.5 + dx, y - s * 0.92 * lift},
                              {x - s * 0.34 + dx, y - s * 0.4 * lift},
                              {x - s * 0.3 + dx, y + s * 0.01}},
                    6, true);
        lay(p, far ? SLATE : ink_mix(NAVY, SLATE, 0.3));
    }
}

void geese_estuary(pic *p)
{
    double flat = p->h * 0.66;

    sky_draw(p, flat, ink_mix(SLATE, SEA, 0.5), ink_mix(PAPER, PINK, 0.45),
             ink_mix(OCHRE, PINK, 0.45));
    sun_draw(p, 420, flat - 90, 92, ink_mix(RUST, PINK, 0.3), ink_mix(OCHRE, PINK, 0.5));
    clouds_draw(p, 70, 300, 100, ink_mix(SLATE, PINK, 0.4), p->seed);
    ridge_draw(p, (struct ridge){flat + 12, 110, 700, p->seed + 1, ink_mix(SLATE, PLUM, 0.3),
                                 ink_mix(PINK, MIST, 0.4), 5});
    sea_draw(p, flat, p->h, ink_mix(OCHRE, PINK, 0.5), ink_mix(TEAL, NAVY, 0.35), CREAM);
    glitter_draw(p, 420, flat + 4, p->h, 330, ink_mix(RUST, PINK, 0.45));
    for (int i = 0; i < 6; i++) {
        path_oval(p, roll(p) * p->w, flat + 30 + i * 62, 300 + i * 90, 8 + i * 5);
        lay(p, ink_mix(MOSS, NAVY, 0.55));
    }
    for (int i = 0; i < 30; i++) {
        double k = i / 2 + 1, side = i % 2 ? 1 : -0.55, s = 112 - k * 4;
        if (s > 26)
            goose_draw(p, 1720 - k * 96 + roll_between(p, -16, 16),
                       380 + k * 34 * side + roll_between(p, -14, 14), s * 1.15,
                       roll_between(p, -0.55, 1));
    }
    for (int i = 0; i < 5; i++)
        goose_draw(p, 240 + i * 130, 540 + i % 2 * 44, 58, roll_between(p, -0.5, 1));
    for (int i = 0; i < 260; i++) {
        double x = roll(p) * p->w, h = 60 + 180 * roll(p) * fabs(noise1(p->seed + 8, x / 210));
        cairo_move_to(p->cr, x, p->h + 4);
        cairo_curve_to(p->cr, x, p->h - h * 0.5, x + 8, p->h - h * 0.8, x + roll_between(p, 10, 44),
                       p->h - h);
        line(p, ink_mix(NIGHT, MOSS, roll(p) * 0.4), roll_between(p, 3, 6));
    }
    press(p, 3);
}

void coast_road(pic *p)
{
    double horizon = p->h * 0.44;

    sky_draw(p, horizon, ink_mix(SLATE, SEA, 0.4), MIST, PAPER);
    clouds_draw(p, 60, horizon - 100, 140, ink_mix(SLATE, MIST, 0.3), p->seed + 1);
    sea_draw(p, horizon, p->h, ink_mix(MIST, SEA, 0.5), ink_mix(TEAL, NAVY, 0.4), CREAM);
    const point hill[] = {{2000, 240}, {1750, 270}, {1480, 370}, {1270, 490},
                          {1090, 570}, {960, 700},  {830, 830},  {540, 1000},
                          {300, 1190}, {160, 1340}, {2000, 1340}};
    field_draw(p, hill, LENGTH(hill), ink_mix(MOSS, FIELD, 0.35), 0.75);
    const point road[] = {{2000, 620}, {1700, 640}, {1480, 700}, {1260, 800},
                          {1110, 900}, {930, 990},  {700, 1150}, {420, 1480}};
    path_smooth(p, road, LENGTH(road), false);
    line(p, PAPER, 128);
    path_smooth(p, road, LENGTH(road), false);
    line(p, SLATE, 108);
    cairo_set_dash(p->cr, (double[]){42, 38}, 2, 0);
    path_smooth(p, road, LENGTH(road), false);
    line(p, CREAM, 6);
    cairo_set_dash(p->cr, NULL, 0, 0);
    cairo_save(p->cr);
    path_smooth(p,
                (point[]){{1560, 330},
                          {1450, 480},
                          {1390, 640},
                          {1330, 760},
                          {1130, 800},
                          {930, 900},
                          {780, 1090},
                          {640, 1150},
                          {800, 940},
                          {900, 790},
                          {1090, 640},
                          {1230, 520},
                          {1400, 390}},
                13, true);
    cairo_clip(p->cr);
    wash(p, ink_mix(BRICK, OCHRE, 0.28));
    carve(p, (struct carving){.c = ink_thin(NIGHT, 0.65),
                              .angle = 2.1,
                              .turn = 0.6,
                              .gap = 17,
                              .length = 90,
                              .thick = 5,
                              .keep = 0.6});
    carve(p, (struct carving){.c = ink_thin(PINK, 0.6),
                              .angle = 2.1,
                              .turn = 0.6,
                              .gap = 23,
                              .length = 60,
                              .thick = 3,
                              .keep = 0.45});
    cairo_restore(p->cr);
    for (int i = 0; i < 46; i++) {
        double x = 800 + roll(p) * 560, y = 1180 - (x - 700) * 0.5 + roll_between(p, -110, 60),
               s = roll_between(p, 12, 46);
        path_poly(p,
                  (point[]){{x - s, y},
                            {x - s * 0.5, y - s * 0.8},
                            {x + s * 0.5, y - s * 0.7},
                            {x + s, y + s * 0.1},
                            {x, y + s * 0.4}},
                  5);
        lay(p, ink_mix(BRICK, NIGHT, roll(p) * 0.75));
    }
    for (int i = 0; i < 3; i++) {
        double x = 500 + i * 110, y = 1180 - i * 6;
        path_poly(p, (point[]){{x, y}, {x + 90, y}, {x + 90, y - 34}, {x, y - 34}}, 4);
        lay(p, CREAM);
        for (int k = 0; k < 3; k++)
            path_poly(p,
                      (point[]){{x + k * 32, y},
                                {x + 16 + k * 32, y},
                                {x + 24 + k * 32, y - 34},
                                {x + 8 + k * 32, y - 34}},
                      4);
        lay(p, RUST);
        path_box(p, x + 8, y, 8, 46);
        path_box(p, x + 74, y, 8, 46);
        lay(p, NIGHT);
    }
    for (int i = 0; i < 6; i++)
        gull_draw(p, roll_between(p, 100, 900), roll_between(p, 260, 800), roll_between(p, 50, 110),
                  0.6, CREAM);
    press(p, 3);
}

static void runner_draw(pic *p, double x, double y, double h, ink shirt, double phase)
{
    double a = sin(phase), w = h * 0.075;

    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
    for (int k = 0; k < 2; k++) {
        double s = k ? -a : a;
        cairo_move_to(p->cr, x, y - h * 0.48);
        cairo_line_to(p->cr, x + h * (0.07 + 0.17 * s), y - h * 0.26);
        cairo_line_to(p->cr, x + h * (0.22 * s - (s < 0 ? 0.1 : 0.02)),
                      y - h * (s < 0 ? 0.13 : 0.0));
        line(p, k ? NIGHT : PINK, w);
        cairo_move_to(p->cr, x + h * 0.05, y - h * 0.76);
        cairo_line_to(p->cr, x + h * (0.02 - 0.16 * s), y - h * 0.62);
        cairo_line_to(p->cr, x + h * (0.14 - 0.16 * s), y - h * 0.58);
        line(p, k ? ink_mix(shirt, NIGHT, 0.35) : PINK, w * 0.75);
    }
    cairo_move_to(p->cr, x, y - h * 0.48);
    cairo_line_to(p->cr, x + h * 0.055, y - h * 0.76);
    line(p, shirt, w * 2.1);
    cairo_move_to(p->cr, x, y - h * 0.47);
    cairo_line_to(p->cr, x + h * 0.01, y - h * 0.5);
    line(p, NIGHT, w * 2.2);
    path_oval(p, x + h * 0.085, y - h * 0.9, h * 0.06, h * 0.075);
    lay(p, PINK);
    path_oval(p, x + h * 0.075, y - h * 0.935, h * 0.065, h * 0.05);
    lay(p, NIGHT);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
}

void hill_runners(pic *p)
{
    sky_draw(p, p->h * 0.7, ink_mix(SEA, TEAL, 0.3), MIST, ink_mix(PAPER, OCHRE, 0.3));
    clouds_draw(p, 60, 420, 130, CREAM, p->seed);
    for (int i = 0; i < 3; i++)
        ridge_draw(p, (struct ridge){p->h * (0.62 + 0.08 * i), 330 - 40 * i, 600,
                                     p->seed + (uint32_t)i * 5,
                                     ink_mix(ink_mix(SLATE, MIST, 0.5), MOSS, 0.25 * i), MIST, 6});
    const point slope[] = {{0, 1240},   {300, 1120}, {640, 1060}, {960, 930},   {1260, 850},
                           {1560, 690}, {1790, 560}, {2000, 500}, {2000, 1340}, {0, 1340}};
    field_draw(p, slope, LENGTH(slope), ink_mix(OCHRE, MOSS, 0.45), -0.5);
    cairo_save(p->cr);
    path_poly(p, slope, LENGTH(slope));
    cairo_clip(p->cr);
    grain_between(p, ink_mix(MOSS, NIGHT, 0.55), (point){900, 1000}, 0, (point){1300, 1500}, 0.9);
    cairo_restore(p->cr);
    path_poly(p, (point[]){{1780, 570}, {1810, 450}, {1850, 440}, {1890, 540}}, 4);
    path_poly(p, (point[]){{1800, 460}, {1830, 400}, {1862, 452}}, 3);
    lay(p, SLATE);
    const ink shirts[] = {RUST, NAVY, OCHRE, TEAL, CREAM, PLUM, RUST};
    for (int i = 0; i < 7; i++) {
        double x = (double[]){1290, 930, 760, 560, 420, 280, 110}[i], h = 330 - i * 9;
        double y = (double[]){842, 960, 1030, 1082, 1106, 1138, 1200}[i];
        runner_draw(p, x, y, i ? h * 0.85 : h * 1.12, shirts[i], 0.9 + i * 1.3);
    }
    press(p, 3);
}

void bog_survey(pic *p)
{
    double horizon = p->h * 0.42;

    sky_draw(p, horizon, SLATE, ink_mix(MIST, PAPER, 0.4), ink_mix(PAPER, OCHRE, 0.35));
    clouds_draw(p, 60, horizon - 120, 130, CREAM, p->seed + 7);
    ridge_draw(p, (struct ridge){horizon + 20, 210, 620, p->seed + 2, ink_mix(SLATE, PLUM, 0.25),
                                 MIST, 5});
    field_draw(p, (point[]){{0, horizon}, {2000, horizon}, {2000, p->h}, {0, p->h}}, 4,
               ink_mix(ink_mix(BRICK, OCHRE, 0.5), MOSS, 0.55), 0.02);
    for (int i = 0; i < 17; i++) {
        double t = pow(roll(p), 1.3), y = horizon + 40 + t * (p->h - horizon - 100),
               x = roll(p) * p->w, rx = 60 + 300 * t;

        cairo_save(p->cr);
        path_smooth(p,
                    (point[]){{x - rx, y},
                              {x - rx * 0.3, y - rx * 0.13},
                              {x + rx * 0.4, y - rx * 0.1},
                              {x + rx, y + rx * 0.02},
                              {x + rx * 0.3, y + rx * 0.15},
                              {x - rx * 0.5, y + rx * 0.11}},
                    6, true);
        cairo_clip(p->cr);
        wash_down(p, y - rx * 0.13, ink_mix(MIST, PAPER, 0.5), y + rx * 0.15,
                  ink_mix(SEA, SLATE, 0.4));
        carve(p, (struct carving){
                     .c = ink_thin(NAVY, 0.55), .gap = 9, .length = 70, .thick = 2.4, .keep = 0.4});
        cairo_restore(p->cr);
    }
    for (int i = 0; i < 240; i++) {
        double t = pow(roll(p), 0.8), y = horizon + 60 + t * (p->h - horizon), x = roll(p) * p->w,
               h = 18 + 70 * t;
        cairo_move_to(p->cr, x, y);
        cairo_line_to(p->cr, x + h * 0.2, y - h);
        line(p, ink_mix(MOSS, NIGHT, 0.4), 2 + 2 * t);
        path_oval(p, x + h * 0.24, y - h, h * 0.13, h * 0.1);
        lay(p, CREAM);
    }
    person_draw(p, 1390, horizon + 480, 430, RUST, NAVY, PINK);
    path_box(p, 1500, horizon + 40, 12, 450);
    lay(p, CREAM);
    for (int i = 0; i < 9; i++) {
        path_box(p, 1500, horizon + 60 + i * 48, 12, 24);
        lay(p, RUST);
    }
    cairo_move_to(p->cr, 1420, horizon + 200);
    cairo_line_to(p->cr, 1506, horizon + 220);
    line(p, ink_mix(RUST, NIGHT, 0.25), 24);
    grain_between(p, NIGHT, (point){0, p->h - 260}, 0, (point){0, p->h}, 0.6);
    press(p, 3);
}
