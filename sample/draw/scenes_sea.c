/* scenes_sea.c - the coast, the harbour, and what goes out of it. */
#include "draw.h"

static void ferry_draw(pic *p, double x, double y, double size)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_scale(p->cr, size, size);
    path_poly(p,
              (point[]){{-0.4, -0.15},
                        {-0.4, -0.22},
                        {-0.33, -0.22},
                        {-0.33, -0.27},
                        {0.2, -0.27},
                        {0.25, -0.22},
                        {0.33, -0.22},
                        {0.36, -0.15}},
              8);
    lay(p, CREAM);
    path_box(p, -0.05, -0.315, 0.2, 0.05);
    path_poly(p, (point[]){{-0.24, -0.27}, {-0.25, -0.38}, {-0.14, -0.38}, {-0.12, -0.27}}, 4);
    lay(p, RUST);
    path_box(p, -0.25, -0.38, 0.115, 0.022);
    lay(p, NIGHT);
    path_poly(p, (point[]){{-0.5, -0.15}, {0.5, -0.16}, {0.55, -0.19}, {0.47, 0.03}, {-0.48, 0.03}},
              5);
    lay(p, NAVY);
    path_box(p, -0.49, -0.06, 0.98, 0.016);
    lay(p, CREAM);
    for (int i = 0; i < 22; i++)
        path_box(p, -0.38 + i * 0.033, -0.2, 0.018, 0.022);
    for (int i = 0; i < 15; i++)
        path_box(p, -0.31 + i * 0.033, -0.252, 0.018, 0.018);
    lay(p, SLATE);
    path_box(p, 0.0, -0.305, 0.14, 0.02);
    lay(p, ink_mix(OCHRE, CREAM, 0.5));
    cairo_move_to(p->cr, 0.08, -0.31);
    cairo_line_to(p->cr, 0.08, -0.45);
    cairo_move_to(p->cr, 0.03, -0.4);
    cairo_line_to(p->cr, 0.13, -0.4);
    line(p, NIGHT, 0.008);
    cairo_restore(p->cr);
}

void ferry_crossing(pic *p)
{
    double horizon = p->h * 0.47;

    sky_draw(p, horizon, SLATE, ink_mix(MIST, PINK, 0.45), ink_mix(OCHRE, PINK, 0.55));
    sun_draw(p, 1480, horizon - 60, 74, CREAM, ink_mix(OCHRE, CREAM, 0.35));
    clouds_draw(p, 130, horizon - 190, 120, ink_mix(SLATE, PLUM, 0.35), p->seed);
    ridge_draw(p, (struct ridge){horizon + 30, 190, 520, p->seed + 1, ink_mix(SLATE, MIST, 0.45),
                                 ink_mix(MIST, PINK, 0.6), 6});
    sea_draw(p, horizon, p->h, ink_mix(MIST, PINK, 0.45), ink_mix(TEAL, NAVY, 0.45), CREAM);
    glitter_draw(p, 1480, horizon + 6, p->h, 420, ink_mix(OCHRE, CREAM, 0.6));
    path_oval(p, 860, horizon + 215, 560, 22);
    lay(p, ink_thin(NIGHT, 0.35));
    ferry_draw(p, 860, horizon + 200, 900);
    for (int i = 0; i < 60; i++) {
        path_oval(p, 420 + i * 15 + roll_between(p, -10, 10),
                  horizon + 226 + roll_between(p, -7, 9), 34, 6);
        lay(p, ink_thin(CREAM, 0.55));
    }
    for (int i = 0; i < 40; i++) {
        path_oval(p, 400 - i * 11, horizon + 215 + i * 0.8 + roll_between(p, -8, 8), 44, 5);
        lay(p, ink_thin(CREAM, 0.5 - i * 0.01));
    }
    for (int i = 0; i < 9; i++)
        gull_draw(p, roll_between(p, 240, 700), roll_between(p, horizon - 330, horizon - 40),
                  roll_between(p, 44, 100), roll_between(p, 0.3, 0.8), i % 3 ? CREAM : SLATE);
    press(p, 3);
}

static void terrace_draw(pic *p, double x0, double x1, double y, double size, double tone)
{
    const ink walls[] = {PAPER, PINK, OCHRE, MIST, RUST, SEA};

    for (double x = x0; x < x1;) {
        double w = size * roll_between(p, 0.75, 1.2), h = size * roll_between(p, 1.05, 1.75);
        ink wall = ink_mix(walls[(int)(roll(p) * 6)], NAVY, tone);

        house_draw(p, (struct house){x, y, w, h, size * roll_between(p, 0.3, 0.45), wall,
                                     ink_mix(SLATE, NIGHT, tone), ink_mix(OCHRE, CREAM, 0.25),
                                     (int)roll_between(p, 2, 4), h > size * 1.4 ? 3 : 2, true,
                                     roll(p) < 0.3, false});
        x += w * roll_between(p, 0.98, 1.04);
    }
}

void harbour_dusk(pic *p)
{
    double quay = p->h * 0.6;

    sky_draw(p, quay, NAVY, ink_mix(PLUM, PINK, 0.35), ink_mix(RUST, OCHRE, 0.5));
    clouds_draw(p, 90, quay - 330, 110, ink_mix(PLUM, NIGHT, 0.35), p->seed);
    ridge_draw(p, (struct ridge){quay - 40, 260, 640, p->seed + 2, ink_mix(PLUM, NAVY, 0.5),
                                 ink_mix(PLUM, NIGHT, 0.5), 5});
    for (int i = 0; i < 130; i++) {
        double x = roll(p) * p->w, y = quay - 40 - 170 * roll(p) * roll(p);
        path_box(p, x, y, 5, 7);
        lay(p, ink_thin(OCHRE, roll_between(p, 0.4, 0.95)));
    }
    terrace_draw(p, -20, 2020, quay - 62, 92, 0.5);
    terrace_draw(p, -60, 2050, quay - 4, 124, 0.38);
    path_box(p, 0, quay - 8, p->w, 34);
    lay(p, NIGHT);
    sea_draw(p, quay + 24, p->h, ink_mix(PLUM, RUST, 0.3), NIGHT, ink_mix(OCHRE, PINK, 0.5));
    for (int i = 0; i < 26; i++)
        glitter_draw(p, 40 + i * 78 + roll_between(p, -30, 30), quay + 30,
                     quay + 110 + roll(p) * 220, 34, ink_mix(OCHRE, CREAM, roll(p) * 0.5));
    trawler_draw(p, 420, quay + 150, 420, BRICK, false);
    trawler_draw(p, 1020, quay + 96, 300, NAVY, true);
    trawler_draw(p, 1560, quay + 190, 520, TEAL, true);
    for (int i = 0; i < 3; i++)
        glitter_draw(p, (double[]){360, 1040, 1640}[i], quay + (double[]){172, 112, 215}[i],
                     p->h - 60, 150, ink_mix(PAPER, OCHRE, 0.4));
    grain_between(p, NIGHT, (point){0, p->h - 260}, 0, (point){0, p->h}, 0.7);
    press(p, 3);
}

static void rocks_draw(pic *p, double base, double rise, uint32_t seed, ink c)
{
    struct ridge r = {base, rise, 150, seed, c, NIGHT, 5};

    cairo_save(p->cr);
    ridge_path(p, r);
    cairo_clip(p->cr);
    wash(p, c);
    carve(p, (struct carving){.c = ink_thin(MIST, 0.5),
                              .angle = 1.15,
                              .turn = 1.1,
                              .gap = 17,
                              .length = 70,
                              .thick = 3.4,
                              .keep = 0.4});
    carve(p, (struct carving){.c = ink_thin(NIGHT, 0.85),
                              .angle = 0.5,
                              .turn = 1.2,
                              .gap = 19,
                              .length = 120,
                              .thick = 6,
                              .keep = 0.5});
    grain_between(p, NIGHT, (point){0, base - rise * 0.3}, 0, (point){0, p->h}, 0.9);
    cairo_restore(p->cr);
}

static void rain_draw(pic *p, ink c, double slant, double keep)
{
    carve(p, (struct carving){.c = c,
                              .angle = slant,
                              .turn = 0.05,
                              .gap = 46,
                              .length = 150,
                              .thick = 1.6,
                              .keep = keep});
}

/* One breaking wave: a long back, a curling lip, a pale face. */
static void wave_draw(pic *p, double y, double rise, double wave, uint32_t seed, ink back, ink face)
{
    struct ridge r = {y, rise, wave, seed, back, face, 3};

    cairo_save(p->cr);
    ridge_path(p, r);
    cairo_clip(p->cr);
    wash(p, back);
    grain_between(p, face, (point){0, y - rise}, 0.9, (point){0, y - rise * 0.1}, 0);
    carve(p, (struct carving){.c = ink_thin(CREAM, 0.5),
                              .angle = -0.1,
                              .turn = 0.9,
                              .gap = 20,
                              .length = 150,
                              .thick = 4,
                              .keep = 0.4,
                              .top = y - rise,
                              .bottom = y + rise * 1.2,
                              .deepen = 2});
    carve(p, (struct carving){.c = ink_thin(NIGHT, 0.55),
                              .angle = 0.1,
                              .turn = 0.9,
                              .gap = 22,
                              .length = 190,
                              .thick = 7,
                              .keep = 0.55,
                              .top = y - rise * 0.5,
                              .bottom = y + rise * 1.6,
                              .deepen = 2});
    cairo_restore(p->cr);
    for (double x = 0; x < p->w; x += 9) {
        double top = ridge_at(r, x), high = fmax(0, (y - rise * 0.52 - top) / rise);
        path_oval(p, x + roll_between(p, -12, 12), top + roll_between(p, -4, 12), 4 + 34 * high,
                  3 + 22 * high);
        lay(p, ink_thin(CREAM, 0.8));
    }
}

void lighthouse_storm(pic *p)
{
    double horizon = p->h * 0.62;

    sky_draw(p, horizon, NIGHT, NAVY, ink_mix(SLATE, SEA, 0.6));
    clouds_draw(p, 80, horizon - 200, 250, ink_mix(SLATE, MIST, 0.35), p->seed);
    clouds_draw(p, 320, horizon - 320, 190, ink_mix(NIGHT, NAVY, 0.5), p->seed + 3);
    cairo_save(p->cr);
    path_poly(p, (point[]){{1180, 982}, {-200, 467}, {-200, 897}}, 3);
    path_poly(p, (point[]){{1180, 982}, {2200, 777}, {2200, 1157}}, 3);
    cairo_clip(p->cr);
    grain_around(p, ink_mix(OCHRE, CREAM, 0.65), (point){1180, 982}, 10, 0.95, 1250, 0.06);
    cairo_restore(p->cr);
    sea_draw(p, horizon, p->h, ink_mix(SLATE, SEA, 0.5), ink_mix(NAVY, NIGHT, 0.3), CREAM);
    rocks_draw(p, p->h * 0.74, 300, p->seed + 8, ink_mix(NAVY, SLATE, 0.3));
    lighthouse_draw(p, 1180, p->h * 0.755, 990, PAPER, RUST);
    rocks_draw(p, p->h * 0.815, 380, p->seed + 12, NAVY);
    for (int i = 0; i < 6; i++)
        spray_draw(p, 130 + i * 330 + roll(p) * 90, p->h * 0.925 + i % 2 * 30, 190 + 230 * roll(p),
                   ink_thin(CREAM, 0.8));
    wave_draw(p, p->h * 0.93, 190, 480, p->seed + 31, ink_mix(TEAL, NAVY, 0.55), SEA);
    wave_draw(p, p->h * 1.0, 210, 620, p->seed + 37, ink_mix(NAVY, NIGHT, 0.4), TEAL);
    rain_draw(p, ink_thin(MIST, 0.35), 1.9, 0.5);
    press(p, 3);
}

void storm_pier(pic *p)
{
    double horizon = p->h * 0.42;

    sky_draw(p, horizon, NAVY, SLATE, ink_mix(MIST, OCHRE, 0.25));
    clouds_draw(p, 60, horizon - 60, 190, ink_mix(NAVY, SLATE, 0.4), p->seed + 1);
    sea_draw(p, horizon, p->h, SEA, NAVY, CREAM);
    wave_draw(p, horizon + 120, 110, 330, p->seed + 5, TEAL, MIST);
    cairo_save(p->cr);
    path_poly(p, (point[]){{2000, 700}, {930, 690}, {900, 880}, {2000, 1010}}, 4);
    cairo_clip(p->cr);
    wash(p, ink_mix(SLATE, NIGHT, 0.45));
    carve(p, (struct carving){.c = ink_thin(NIGHT, 0.8),
                              .angle = 0.04,
                              .gap = 36,
                              .length = 160,
                              .thick = 5,
                              .keep = 0.9});
    carve(p, (struct carving){.c = ink_thin(MIST, 0.35),
                              .angle = 0.04,
                              .gap = 36,
                              .length = 100,
                              .thick = 3,
                              .keep = 0.5});
    cairo_restore(p->cr);
    lighthouse_draw(p, 1010, 694, 330, PAPER, RUST);
    spray_draw(p, 1240, 880, 600, CREAM);
    spray_draw(p, 1000, 920, 360, CREAM);
    spray_draw(p, 1640, 905, 450, CREAM);
    wave_draw(p, horizon + 420, 240, 520, p->seed + 9, ink_mix(TEAL, NAVY, 0.4), SEA);
    wave_draw(p, horizon + 690, 260, 680, p->seed + 14, NAVY, TEAL);
    for (int i = 0; i < 5; i++)
        gull_draw(p, roll_between(p, 200, 900), roll_between(p, 160, 480), roll_between(p, 60, 120),
                  0.6, CREAM);
    press(p, 3);
}

static void lifeboat_draw(pic *p, double x, double y, double size, double tilt)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_rotate(p->cr, tilt);
    cairo_scale(p->cr, size, size);
    path_poly(p, (point[]){{-0.28, -0.14}, {-0.22, -0.3}, {0.1, -0.3}, {0.2, -0.15}}, 4);
    lay(p, RUST);
    path_poly(p, (point[]){{-0.2, -0.2}, {-0.17, -0.27}, {0.08, -0.27}, {0.13, -0.2}}, 4);
    lay(p, NIGHT);
    cairo_move_to(p->cr, -0.5, -0.15);
    cairo_line_to(p->cr, 0.3, -0.15);
    cairo_curve_to(p->cr, 0.42, -0.17, 0.5, -0.22, 0.55, -0.24);
    cairo_curve_to(p->cr, 0.5, -0.08, 0.42, 0, 0.34, 0.05);
    cairo_line_to(p->cr, -0.46, 0.05);
    cairo_close_path(p->cr);
    lay(p, NAVY);
    path_poly(
        p,
        (point[]){
            {-0.5, -0.15}, {0.3, -0.15}, {0.53, -0.22}, {0.5, -0.17}, {0.3, -0.11}, {-0.5, -0.11}},
        6);
    lay(p, RUST);
    cairo_move_to(p->cr, -0.1, -0.3);
    cairo_line_to(p->cr, -0.12, -0.5);
    cairo_move_to(p->cr, -0.17, -0.42);
    cairo_line_to(p->cr, -0.06, -0.42);
    line(p, NIGHT, 0.013);
    path_oval(p, -0.12, -0.5, 0.014, 0.014);
    lay(p, OCHRE);
    cairo_restore(p->cr);
}

void lifeboat_tow(pic *p)
{
    double horizon = p->h * 0.4;

    sky_draw(p, horizon, SLATE, ink_mix(SLATE, MIST, 0.5), ink_mix(MIST, PAPER, 0.5));
    clouds_draw(p, 40, horizon - 40, 150, ink_mix(SLATE, NAVY, 0.5), p->seed);
    ridge_draw(
        p, (struct ridge){horizon + 24, 150, 800, p->seed + 4, ink_mix(SLATE, MIST, 0.3), MIST, 6});
    lighthouse_draw(p, 1690, horizon - 12, 170, PAPER, RUST);
    sea_draw(p, horizon, p->h, ink_mix(SEA, MIST, 0.4), NAVY, CREAM);
    wave_draw(p, horizon + 130, 80, 420, p->seed + 3, ink_mix(SEA, TEAL, 0.4), MIST);
    cairo_save(p->cr);
    cairo_translate(p->cr, 560, horizon + 300);
    cairo_rotate(p->cr, 0.14);
    trawler_draw(p, 0, 0, 560, BRICK, false);
    cairo_restore(p->cr);
    lifeboat_draw(p, 1400, horizon + 260, 620, -0.09);
    cairo_move_to(p->cr, 850, horizon + 225);
    cairo_curve_to(p->cr, 950, horizon + 330, 1020, horizon + 300, 1100, horizon + 205);
    line(p, OCHRE, 6);
    wave_draw(p, horizon + 420, 210, 560, p->seed + 11, ink_mix(TEAL, NAVY, 0.5), SEA);
    spray_draw(p, 1690, horizon + 330, 190, CREAM);
    wave_draw(p, horizon + 650, 230, 700, p->seed + 21, NAVY, TEAL);
    press(p, 3);
}

void cable_ship(pic *p)
{
    double horizon = p->h * 0.56, y = horizon + 150;

    sky_draw(p, horizon, ink_mix(SEA, SLATE, 0.3), ink_mix(MIST, PAPER, 0.5),
             ink_mix(PAPER, OCHRE, 0.3));
    clouds_draw(p, 80, horizon - 170, 130, CREAM, p->seed);
    for (int i = 0; i < 7; i++)
        turbine_draw(p, 1130 + i * 132, horizon + 6, 330 - i % 3 * 50, roll(p) * 2,
                     ink_mix(CREAM, MIST, 0.3 + i % 3 * 0.25));
    sea_draw(p, horizon, p->h, ink_mix(MIST, SEA, 0.5), TEAL, CREAM);
    path_poly(
        p, (point[]){{240, y - 80}, {1270, y - 80}, {1340, y - 150}, {1290, y + 30}, {300, y + 30}},
        5);
    lay(p, RUST);
    path_poly(
        p,
        (point[]){
            {1010, y - 80}, {1010, y - 250}, {1050, y - 290}, {1230, y - 290}, {1250, y - 80}},
        5);
    lay(p, CREAM);
    for (int r = 0; r < 3; r++)
        for (int i = 0; i < 7; i++)
            path_box(p, 1034 + i * 30, y - 276 + r * 58, 19, 24);
    lay(p, NAVY);
    path_oval(p, 640, y - 165, 200, 36);
    path_box(p, 440, y - 165, 400, 85);
    lay(p, OCHRE);
    for (int i = 0; i < 7; i++) {
        path_oval(p, 640, y - 165 + i * 13, 200, 34);
        line(p, ink_mix(OCHRE, BRICK, 0.6), 5);
    }
    path_poly(p, (point[]){{300, y - 80}, {330, y - 330}, {350, y - 330}, {340, y - 80}}, 4);
    path_poly(p, (point[]){{330, y - 330}, {560, y - 255}, {556, y - 242}, {335, y - 300}}, 4);
    lay(p, NIGHT);
    path_oval(p, 252, y - 76, 50, 50);
    line(p, NIGHT, 14);
    cairo_move_to(p->cr, 202, y - 76);
    cairo_curve_to(p->cr, 190, y + 160, 60, y + 260, -60, y + 330);
    line(p, NIGHT, 13);
    path_box(p, 296, y - 18, 1000, 14);
    lay(p, CREAM);
    for (int i = 0; i < 70; i++) {
        path_oval(p, 290 + i * 15, y + 32 + roll_between(p, -5, 8), 30, 5);
        lay(p, ink_thin(CREAM, 0.5));
    }
    for (int i = 0; i < 6; i++)
        gull_draw(p, roll_between(p, 100, 1000), roll_between(p, 170, 480), roll_between(p, 40, 80),
                  0.6, SLATE);
    press(p, 3);
}

static void crates_draw(pic *p, double x, double y, int cols, int rows, double s)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols - r % 2; c++) {
            double bx = x + c * s * 1.5 + r % 2 * s * 0.6, by = y - (r + 1) * s * 0.62;
            ink box = (c + r) % 3 == 0 ? SEA : (c + r) % 3 == 1 ? OCHRE : RUST;

            path_box(p, bx, by, s * 1.4, s * 0.56);
            lay(p, ink_mix(box, NAVY, 0.15));
            for (int i = 0; i < 6; i++)
                path_oval(p, bx + s * (0.16 + i * 0.22), by + s * 0.04, s * 0.15, s * 0.07);
            lay(p, ink_mix(MIST, CREAM, 0.4));
            path_box(p, bx + s * 0.1, by + s * 0.26, s * 1.2, s * 0.05);
            lay(p, ink_thin(NIGHT, 0.5));
        }
}

void fishing_quay(pic *p)
{
    double water = p->h * 0.46, quay = p->h * 0.76;

    sky_draw(p, water, ink_mix(SEA, MIST, 0.4), MIST, PAPER);
    clouds_draw(p, 60, water - 260, 120, CREAM, p->seed);
    ridge_draw(
        p, (struct ridge){water - 30, 230, 560, p->seed + 1, ink_mix(MOSS, MIST, 0.5), MIST, 5});
    terrace_draw(p, 1080, 2040, water - 4, 104, 0.12);
    sea_draw(p, water, quay + 20, ink_mix(MIST, SEA, 0.4), TEAL, CREAM);
    trawler_draw(p, 1500, water + 90, 430, NAVY, true);
    trawler_draw(p, 420, water + 190, 760, RUST, false);
    trawler_draw(p, 1250, water + 270, 700, TEAL, false);
    cairo_save(p->cr);
    path_box(p, 0, quay, p->w, p->h - quay);
    cairo_clip(p->cr);
    wash(p, ink_mix(SLATE, PAPER, 0.35));
    carve(p, (struct carving){.c = ink_thin(NAVY, 0.5),
                              .gap = 22,
                              .length = 190,
                              .thick = 4,
                              .keep = 0.7,
                              .deepen = 2,
                              .top = quay,
                              .bottom = p->h});
    grain_between(p, NIGHT, (point){0, quay + 60}, 0, (point){0, p->h}, 0.5);
    cairo_restore(p->cr);
    path_box(p, 0, quay - 12, p->w, 26);
    lay(p, NAVY);
    crates_draw(p, 120, p->h - 120, 4, 4, 96);
    crates_draw(p, 1330, p->h - 70, 4, 3, 104);
    person_draw(p, 1010, p->h - 100, 400, OCHRE, NAVY, PINK);
    person_draw(p, 1160, p->h - 130, 390, NAVY, OCHRE, ink_mix(PINK, BRICK, 0.4));
    person_draw(p, 870, p->h - 170, 360, RUST, NIGHT, PINK);
    for (int i = 0; i < 8; i++)
        gull_draw(p, roll_between(p, 100, 1900), roll_between(p, 90, water + 60),
                  roll_between(p, 50, 130), 0.6, i % 2 ? CREAM : SLATE);
    press(p, 3);
}

static void gig_draw(pic *p, double x, double y, double size, ink hull, ink shirts)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_scale(p->cr, size, size);
    for (int i = 0; i < 6; i++) {
        double rx = -0.3 + i * 0.115;

        cairo_move_to(p->cr, rx + 0.03, -0.06);
        cairo_line_to(p->cr, rx - 0.11, 0.1);
        line(p, PAPER, 0.009);
        path_oval(p, rx - 0.115, 0.105, 0.026, 0.007);
        lay(p, CREAM);
        path_poly(
            p,
            (point[]){
                {rx - 0.035, -0.03}, {rx - 0.015, -0.135}, {rx + 0.02, -0.135}, {rx + 0.03, -0.03}},
            4);
        lay(p, shirts);
        cairo_move_to(p->cr, rx, -0.12);
        cairo_line_to(p->cr, rx + 0.045, -0.065);
        line(p, PINK, 0.014);
        path_oval(p, rx + 0.006, -0.162, 0.021, 0.025);
        lay(p, i % 2 ? PINK : ink_mix(PINK, BRICK, 0.5));
        path_oval(p, rx + 0.0, -0.175, 0.022, 0.016);
        lay(p, i % 3 ? NIGHT : BRICK);
    }
    path_poly(p, (point[]){{-0.47, -0.04}, {-0.45, -0.15}, {-0.41, -0.15}, {-0.4, -0.04}}, 4);
    path_oval(p, -0.43, -0.18, 0.022, 0.025);
    lay(p, ink_mix(shirts, NIGHT, 0.3));
    cairo_move_to(p->cr, -0.54, -0.09);
    cairo_curve_to(p->cr, -0.3, -0.035, 0.25, -0.035, 0.54, -0.11);
    cairo_curve_to(p->cr, 0.5, -0.02, 0.44, 0.03, 0.38, 0.045);
    cairo_line_to(p->cr, -0.44, 0.045);
    cairo_close_path(p->cr);
    lay(p, hull);
    cairo_move_to(p->cr, -0.53, -0.075);
    cairo_curve_to(p->cr, -0.3, -0.02, 0.25, -0.02, 0.53, -0.095);
    line(p, CREAM, 0.01);
    cairo_restore(p->cr);
}

static void wake_draw(pic *p, double x, double y, double size)
{
    for (int i = 0; i < 60; i++) {
        path_oval(p, x + roll_between(p, -0.62, 0.5) * size,
                  y + size * 0.05 + roll_between(p, -6, 12), roll_between(p, 14, 52), 5);
        lay(p, ink_thin(CREAM, 0.6));
    }
}

void gig_race(pic *p)
{
    double horizon = p->h * 0.34;

    sky_draw(p, horizon, SEA, MIST, PAPER);
    clouds_draw(p, 60, horizon - 60, 90, CREAM, p->seed);
    ridge_draw(
        p, (struct ridge){horizon + 6, 200, 620, p->seed + 1, ink_mix(MOSS, SLATE, 0.45), MIST, 5});
    terrace_draw(p, 120, 900, horizon + 4, 52, 0.1);
    sea_draw(p, horizon, p->h, ink_mix(SEA, MIST, 0.5), ink_mix(TEAL, NAVY, 0.5), CREAM);
    gig_draw(p, 1480, horizon + 110, 560, OCHRE, NAVY);
    wake_draw(p, 1480, horizon + 110, 560);
    gig_draw(p, 540, horizon + 240, 760, NAVY, CREAM);
    wake_draw(p, 540, horizon + 240, 760);
    gig_draw(p, 1130, horizon + 470, 1240, RUST, OCHRE);
    wake_draw(p, 1130, horizon + 470, 1240);
    press(p, 3);
}

void brannay_jetty(pic *p)
{
    double horizon = p->h * 0.44;

    sky_draw(p, horizon, ink_mix(SLATE, NAVY, 0.4), ink_mix(SLATE, MIST, 0.6),
             ink_mix(PAPER, PINK, 0.4));
    clouds_draw(p, 90, horizon - 120, 150, ink_mix(SLATE, PLUM, 0.3), p->seed);
    ridge_draw(p, (struct ridge){horizon + 20, 120, 900, p->seed + 2, ink_mix(SLATE, MIST, 0.45),
                                 ink_mix(MIST, PINK, 0.4), 6});
    ferry_draw(p, 1540, horizon + 36, 200);
    sea_draw(p, horizon, p->h, ink_mix(MIST, PINK, 0.3), ink_mix(TEAL, NAVY, 0.5), CREAM);
    cairo_save(p->cr);
    path_poly(p, (point[]){{560, p->h}, {1010, horizon + 170}, {1090, horizon + 170}, {1500, p->h}},
              4);
    cairo_clip(p->cr);
    wash(p, ink_mix(PAPER, SLATE, 0.4));
    for (int i = 0; i < 26; i++) {
        double t = pow(i / 26.0, 2.1), y = horizon + 170 + t * (p->h - horizon - 170);
        path_box(p, 0, y, p->w, 2 + t * 12);
    }
    lay(p, ink_mix(NAVY, SLATE, 0.35));
    carve(p, (struct carving){
                 .c = ink_thin(NIGHT, 0.4), .gap = 15, .length = 110, .thick = 3, .keep = 0.5});
    cairo_restore(p->cr);
    for (int i = 0; i < 6; i++) {
        double t = pow(i / 5.0, 2.0), y = horizon + 190 + t * (p->h - horizon - 230),
               s = 0.14 + 0.9 * t;

        path_box(p, 1010 - t * 400 - 30 * s, y - 210 * s, 42 * s, 330 * s);
        path_box(p, 1090 + t * 365 - 10 * s, y - 210 * s, 42 * s, 330 * s);
        lay(p, ink_mix(NIGHT, NAVY, 0.4));
    }
    person_draw(p, 1010, horizon + 420, 300, RUST, NIGHT, PINK);
    person_draw(p, 1075, horizon + 424, 190, OCHRE, NAVY, PINK);
    path_box(p, 936, horizon + 366, 40, 54);
    lay(p, BRICK);
    for (int i = 0; i < 5; i++)
        gull_draw(p, roll_between(p, 150, 1850), roll_between(p, 120, horizon),
                  roll_between(p, 50, 100), 0.6, CREAM);
    press(p, 3);
}

void kelp_shore(pic *p)
{
    wash_down(p, 0, ink_mix(SEA, CREAM, 0.35), p->h, ink_mix(NAVY, NIGHT, 0.5));
    grain_between(p, CREAM, (point){0, 0}, 0.75, (point){0, 380}, 0);
    for (int i = 0; i < 7; i++) {
        double x = 180 + i * 290 + roll_between(p, -60, 60);

        cairo_save(p->cr);
        path_poly(p, (point[]){{x, 0}, {x + 90, 0}, {x - 190, p->h}, {x - 460, p->h}}, 4);
        cairo_clip(p->cr);
        grain_between(p, CREAM, (point){0, 0}, 0.5, (point){0, p->h * 0.8}, 0);
        cairo_restore(p->cr);
    }
    for (int layer = 0; layer < 3; layer++)
        for (int i = 0; i < 8 - layer; i++) {
            double x = roll(p) * p->w, sway = roll_between(p, -170, 170),
                   top = p->h * roll_between(p, 0.05, 0.4);
            ink blade = ink_mix((ink[]){SEA, MOSS, ink_mix(BRICK, MOSS, 0.45)}[layer], NAVY,
                                0.35 - layer * 0.1);

            cairo_move_to(p->cr, x, p->h);
            cairo_curve_to(p->cr, x + sway, p->h * 0.75, x - sway, p->h * 0.5, x + sway * 0.6, top);
            line(p, blade, 8 + layer * 6);
            for (double t = 0.06; t < 0.95; t += 0.075) {
                double y = p->h + (top - p->h) * t, bx = x + sway * 1.1 * sin(t * 5.2) * 0.42,
                       d = roll(p) < 0.5 ? -1 : 1, l = 120 + layer * 55;

                cairo_move_to(p->cr, bx, y);
                cairo_curve_to(p->cr, bx + d * l * 0.4, y - l * 0.35, bx + d * l, y - l * 0.2,
                               bx + d * l * 1.2, y - l * 0.75);
                cairo_curve_to(p->cr, bx + d * l * 0.7, y + l * 0.05, bx + d * l * 0.4,
                               y + l * 0.12, bx, y);
                lay(p, ink_mix(blade, layer == 2 ? OCHRE : SEA, roll(p) * 0.35));
            }
        }
    for (int i = 0; i < 26; i++) {
        double x = 250 + roll(p) * 800, y = 330 + roll(p) * 420, s = roll_between(p, 24, 46);

        path_smooth(p, (point[]){{x - s, y}, {x, y - s * 0.32}, {x + s, y}, {x, y + s * 0.32}}, 4,
                    true);
        path_poly(
            p,
            (point[]){{x - s * 0.8, y}, {x - s * 1.4, y - s * 0.35}, {x - s * 1.4, y + s * 0.35}},
            3);
        lay(p, ink_thin(CREAM, 0.85));
    }
    press(p, 3);
}
