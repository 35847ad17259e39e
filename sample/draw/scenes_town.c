/* scenes_town.c - streets, halls, works and rooms. */
#include "draw.h"

#include <stdlib.h>

static void awning_draw(pic *p, double x, double y, double w, ink c)
{
    for (int i = 0; i < 8; i++) {
        double a = x + w * i / 8, b = x + w * (i + 1) / 8;

        path_poly(
            p,
            (point[]){{a + w * 0.03, y - w * 0.22}, {b + w * 0.01, y - w * 0.22}, {b, y}, {a, y}},
            4);
        path_oval(p, (a + b) / 2, y, w / 16, w * 0.035);
        lay(p, i % 2 ? CREAM : c);
    }
}

static void stall_draw(pic *p, double x, double y, double w, ink c)
{
    path_box(p, x + w * 0.04, y - w * 0.75, w * 0.025, w * 0.75);
    path_box(p, x + w * 0.93, y - w * 0.75, w * 0.025, w * 0.75);
    lay(p, NIGHT);
    path_box(p, x + w * 0.02, y - w * 0.34, w * 0.96, w * 0.3);
    lay(p, ink_mix(BRICK, OCHRE, 0.35));
    path_box(p, x, y - w * 0.37, w, w * 0.05);
    lay(p, ink_mix(BRICK, NIGHT, 0.35));
    for (int i = 0; i < 26; i++) {
        path_oval(p, x + w * (0.06 + 0.034 * i), y - w * (0.39 + 0.025 * (i % 3 == 1)), w * 0.028,
                  w * 0.026);
        lay(p, (ink[]){RUST, FIELD, OCHRE, BRICK, PLUM}[(i / 6) % 5]);
    }
    awning_draw(p, x - w * 0.04, y - w * 0.74, w * 1.08, c);
}

void market_street(pic *p)
{
    sky_draw(p, p->h * 0.7, ink_mix(SEA, SLATE, 0.2), MIST, ink_mix(PAPER, OCHRE, 0.25));
    for (int i = 0; i < 6; i++)
        house_draw(p, (struct house){640 + i * 130, 1660, 128, 300 + 70 * sin(i * 2.3), 60,
                                     ink_mix((ink[]){PAPER, PINK, SEA}[i % 3], MIST, 0.5), SLATE,
                                     ink_thin(OCHRE, 0), 2, 3, true, i % 2, false});
    clouds_draw(p, 60, 460, 130, CREAM, p->seed);
    path_box(p, 930, 500, 170, 900);
    path_poly(p, (point[]){{910, 505}, {1015, 210}, {1120, 505}}, 3);
    lay(p, ink_mix(SLATE, NAVY, 0.4));
    path_oval(p, 1015, 610, 52, 52);
    lay(p, CREAM);
    cairo_move_to(p->cr, 1015, 575);
    cairo_line_to(p->cr, 1015, 610);
    cairo_line_to(p->cr, 1042, 622);
    line(p, NIGHT, 7);
    const ink walls[] = {PINK, PAPER, SEA, OCHRE, MIST, RUST};
    for (int i = 0; i < 4; i++) {
        double s = 1 - i * 0.2, base = 1560 + 240 * s;
        house_draw(p, (struct house){-90 + i * 265 - (i > 1) * 30, base, 350 * s, 1080 * s, 150 * s,
                                     walls[i], SLATE, ink_mix(OCHRE, CREAM, 0.4), 3, 5, true, i % 2,
                                     true});
        house_draw(p, (struct house){1740 - i * 225 + (i > 1) * 20, base, 350 * s,
                                     (1160 - i * 60) * s, 150 * s, walls[(i + 3) % 6], NAVY,
                                     ink_mix(OCHRE, CREAM, 0.4), 3, 5, true, i % 2 == 0, true});
    }
    cairo_save(p->cr);
    path_poly(
        p, (point[]){{0, 1790}, {700, 1640}, {1300, 1640}, {2000, 1790}, {2000, p->h}, {0, p->h}},
        6);
    cairo_clip(p->cr);
    wash(p, ink_mix(SLATE, PAPER, 0.5));
    carve(p, (struct carving){.c = ink_thin(NAVY, 0.45),
                              .gap = 24,
                              .length = 70,
                              .thick = 5,
                              .keep = 0.75,
                              .top = 1640,
                              .bottom = p->h,
                              .deepen = 2.4});
    grain_between(p, NAVY, (point){0, p->h - 500}, 0, (point){0, p->h}, 0.6);
    cairo_restore(p->cr);
    for (int i = 0; i < 11; i++) {
        path_poly(p,
                  (point[]){{180 + i * 160, 960 + 90 * sin(i * 0.31 + 0.3)},
                            {290 + i * 160, 965 + 90 * sin(i * 0.31 + 0.5)},
                            {235 + i * 160, 1060 + 90 * sin(i * 0.31 + 0.4)}},
                  3);
        lay(p, (ink[]){RUST, CREAM, OCHRE, TEAL}[i % 4]);
    }
    for (int i = 0; i < 7; i++)
        person_draw(p, 770 + i * 84, 1720 + i % 3 * 26, 190 + i % 3 * 22,
                    (ink[]){RUST, NAVY, OCHRE, TEAL, PLUM, CREAM, MOSS}[i], NIGHT,
                    i % 2 ? PINK : ink_mix(PINK, BRICK, 0.6));
    stall_draw(p, 130, 2060, 560, RUST);
    stall_draw(p, 1330, 2080, 580, TEAL);
    person_draw(p, 800, 2180, 560, PLUM, NIGHT, PINK);
    person_draw(p, 985, 2240, 600, OCHRE, NAVY, ink_mix(PINK, BRICK, 0.65));
    person_draw(p, 1190, 2160, 530, TEAL, NIGHT, PINK);
    path_poly(p, (point[]){{1060, 1960}, {1170, 1960}, {1155, 2070}, {1075, 2070}}, 4);
    lay(p, ink_mix(OCHRE, BRICK, 0.5));
    stall_draw(p, 360, 2460, 700, OCHRE);
    press(p, 3);
}

static void player_draw(pic *p, double x, double y, double h, ink shirt, double lean)
{
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    cairo_rotate(p->cr, lean);
    person_draw(p, 0, 0, h, shirt, CREAM, PINK);
    path_box(p, -h * 0.09, -h * 0.13, h * 0.065, h * 0.13);
    path_box(p, h * 0.025, -h * 0.13, h * 0.065, h * 0.13);
    lay(p, shirt);
    cairo_restore(p->cr);
}

static void floodlight_draw(pic *p, double x, double y, double h)
{
    path_poly(p, (point[]){{x - 10, y}, {x - 5, y - h}, {x + 5, y - h}, {x + 10, y}}, 4);
    lay(p, NIGHT);
    grain_around(p, ink_mix(CREAM, OCHRE, 0.2), (point){x, y - h}, 30, 0.85, 430, 0);
    path_box(p, x - 74, y - h - 50, 148, 90);
    lay(p, NIGHT);
    for (int i = 0; i < 8; i++) {
        path_oval(p, x - 54 + i % 4 * 36, y - h - 26 + i / 4 * 40, 14, 14);
        lay(p, CREAM);
    }
}

static void crowd_draw(pic *p, double top, double bottom)
{
    for (double y = top; y < bottom; y += 19)
        for (double x = roll(p) * 20; x < p->w; x += roll_between(p, 15, 24)) {
            ink coat = (ink[]){NAVY, NIGHT, TEAL, RUST, SLATE, PLUM, OCHRE}[(int)(roll(p) * 7)];
            path_oval(p, x, y + 10, 11, 12);
            lay(p, ink_mix(coat, NIGHT, 0.35));
            path_oval(p, x, y - 3, 6, 7);
            lay(p, ink_mix(PINK, NIGHT, roll(p) * 0.6));
        }
}

void stadium_night(pic *p)
{
    double pitch = p->h * 0.58;

    wash_down(p, 0, NIGHT, pitch, ink_mix(NAVY, TEAL, 0.5));
    stars_draw(p, 260, 70);
    floodlight_draw(p, 260, 520, 360);
    floodlight_draw(p, 1740, 520, 360);
    path_poly(p, (point[]){{0, 330}, {2000, 330}, {2000, 380}, {0, 380}}, 4);
    path_poly(p, (point[]){{0, 250}, {2000, 250}, {2000, 340}, {0, 340}}, 4);
    lay(p, ink_mix(NAVY, NIGHT, 0.5));
    path_box(p, 0, 380, p->w, pitch - 380);
    lay(p, NIGHT);
    crowd_draw(p, 400, pitch - 40);
    for (int i = 0; i < 9; i++)
        path_box(p, 110 + i * 222, 330, 12, pitch - 340);
    lay(p, SLATE);
    path_box(p, 0, pitch - 44, p->w, 44);
    lay(p, CREAM);
    for (int i = 0; i < 5; i++) {
        const char *board[] = {"EBBSMOUTH CHANDLERY", "THE FATHOM", "KETTLE HAVEN ICE",
                               "THORNBY WOOL", "SENNA BREAD"};
        letter(p, 210 + i * 400, pitch - 22, board[i],
               (struct lettering){.font = "Noto Sans Bold 19",
                                  .c = i % 2 ? RUST : NAVY,
                                  .align = ALIGN_CENTRE,
                                  .spacing = 3});
    }
    for (int i = 0; i < 8; i++) {
        double y = pitch + (p->h - pitch) * pow(i / 8.0, 1.4),
               y2 = pitch + (p->h - pitch) * pow((i + 1) / 8.0, 1.4);
        path_box(p, 0, y, p->w, y2 - y + 1);
        lay(p, i % 2 ? ink_mix(MOSS, TEAL, 0.35) : ink_mix(FIELD, TEAL, 0.4));
    }
    grain_between(p, NIGHT, (point){0, pitch + 250}, 0, (point){0, p->h}, 0.75);
    path_oval(p, 1000, pitch + 210, 400, 74);
    line(p, ink_thin(CREAM, 0.8), 7);
    cairo_move_to(p->cr, 1000, pitch);
    cairo_line_to(p->cr, 1000, p->h);
    line(p, ink_thin(CREAM, 0.8), 7);
    player_draw(p, 330, pitch + 150, 190, RUST, 0.06);
    player_draw(p, 720, pitch + 120, 175, NAVY, -0.1);
    player_draw(p, 1540, pitch + 160, 200, RUST, -0.12);
    player_draw(p, 1740, pitch + 110, 170, NAVY, 0.05);
    player_draw(p, 900, pitch + 390, 380, NAVY, 0.2);
    player_draw(p, 1170, pitch + 400, 390, RUST, -0.16);
    path_oval(p, 1020, pitch + 404, 27, 27);
    lay(p, CREAM);
    for (int i = 0; i < 4; i++)
        path_oval(p, 1012 + i % 2 * 19, pitch + 394 + i / 2 * 19, 5, 5);
    lay(p, NIGHT);
    press(p, 3);
}

static void moot_walls(pic *p, double ground)
{
    cairo_save(p->cr);
    path_box(p, 420, ground - 470, 1160, 470);
    cairo_clip(p->cr);
    wash(p, PAPER);
    carve(p, (struct carving){
                 .c = ink_thin(SLATE, 0.4), .gap = 32, .length = 130, .thick = 2.6, .keep = 0.8});
    grain_between(p, SLATE, (point){900, 0}, 0, (point){1580, 0}, 0.6);
    cairo_restore(p->cr);
    for (int i = 0; i < 12; i++) {
        double x = 462 + i * 94;
        if (i == 5 || i == 6)
            continue;
        for (int r = 0; r < 2; r++) {
            cairo_move_to(p->cr, x, ground - 60 - r * 210);
            cairo_line_to(p->cr, x, ground - 160 - r * 210);
            cairo_arc(p->cr, x + 24, ground - 160 - r * 210, 24, M_PI, 0);
            cairo_line_to(p->cr, x + 48, ground - 60 - r * 210);
            cairo_close_path(p->cr);
        }
    }
    lay(p, NAVY);
    path_box(p, 390, ground - 500, 1220, 42);
    lay(p, ink_mix(PAPER, SLATE, 0.3));
    path_poly(
        p,
        (point[]){
            {430, ground - 500}, {520, ground - 610}, {1480, ground - 610}, {1570, ground - 500}},
        4);
    lay(p, ink_mix(SLATE, TEAL, 0.4));
}

static void moot_portico(pic *p, double ground)
{
    path_box(p, 830, ground - 520, 340, 520);
    lay(p, CREAM);
    path_poly(p, (point[]){{790, ground - 516}, {1000, ground - 660}, {1210, ground - 516}}, 3);
    lay(p, CREAM);
    path_poly(p, (point[]){{850, ground - 532}, {1000, ground - 634}, {1150, ground - 532}}, 3);
    lay(p, ink_mix(RUST, BRICK, 0.3));
    for (int i = 0; i < 5; i++) {
        path_box(p, 846 + i * 70, ground - 500, 30, 460);
        lay(p, ink_mix(CREAM, SLATE, 0.22));
        path_box(p, 866 + i * 70, ground - 500, 10, 460);
        lay(p, ink_mix(CREAM, SLATE, 0.6));
    }
    path_box(p, 950, ground - 230, 100, 230);
    lay(p, BRICK);
    for (int i = 0; i < 5; i++) {
        path_box(p, 780 - i * 34, ground - 40 + i * 16, 440 + i * 68, 17);
        lay(p, ink_mix(PAPER, SLATE, 0.15 + i * 0.1));
    }
}

static void moot_turret(pic *p, double ground)
{
    path_box(p, 940, ground - 790, 120, 140);
    lay(p, CREAM);
    path_poly(p, (point[]){{925, ground - 788}, {1000, ground - 930}, {1075, ground - 788}}, 3);
    lay(p, TEAL);
    path_box(p, 996, ground - 1010, 7, 90);
    lay(p, NIGHT);
    path_smooth(p,
                (point[]){{1003, ground - 1008},
                          {1050, ground - 1018},
                          {1100, ground - 1000},
                          {1100, ground - 955},
                          {1050, ground - 972},
                          {1003, ground - 960}},
                6, true);
    lay(p, RUST);
    path_oval(p, 1000, ground - 722, 40, 40);
    lay(p, NAVY);
}

void moot_house(pic *p)
{
    double ground = p->h * 0.82;

    sky_draw(p, ground, ink_mix(SLATE, SEA, 0.3), ink_mix(MIST, PAPER, 0.4),
             ink_mix(PAPER, OCHRE, 0.3));
    clouds_draw(p, 80, 520, 150, CREAM, p->seed + 3);
    for (int i = 0; i < 11; i++)
        house_draw(p, (struct house){-40 + i * 195, ground - 10, 190, 230 + 60 * sin(i * 2.1), 70,
                                     ink_mix((ink[]){PINK, MIST, PAPER, SEA}[i % 4], SLATE, 0.45),
                                     SLATE, ink_thin(OCHRE, 0), 3, 3, true, i % 3 == 0, false});
    moot_walls(p, ground);
    moot_portico(p, ground);
    moot_turret(p, ground);
    cairo_save(p->cr);
    path_box(p, 0, ground - 12, 780, p->h);
    path_box(p, 1220, ground - 12, 780, p->h);
    path_box(p, 0, ground + 40, p->w, p->h);
    cairo_clip(p->cr);
    wash(p, ink_mix(SLATE, PAPER, 0.35));
    carve(p, (struct carving){
                 .c = ink_thin(NAVY, 0.5), .gap = 20, .length = 110, .thick = 4, .keep = 0.7});
    cairo_restore(p->cr);
    for (int i = 0; i < 9; i++)
        person_draw(p, (double[]){240, 330, 560, 890, 1100, 1160, 1420, 1680, 1780}[i],
                    ground + 90 + i % 3 * 44, 190 + i % 3 * 26,
                    (ink[]){RUST, NAVY, OCHRE, NIGHT, TEAL, PLUM, RUST, NAVY, MOSS}[i], NIGHT,
                    PINK);
    press(p, 3);
}

void hospital_night(pic *p)
{
    double ground = p->h * 0.78;

    wash_down(p, 0, NIGHT, ground, ink_mix(NAVY, PLUM, 0.5));
    stars_draw(p, 500, 160);
    path_oval(p, 1620, 210, 74, 74);
    lay(p, CREAM);
    path_oval(p, 1650, 190, 66, 66);
    lay(p, ink_mix(NIGHT, NAVY, 0.55));
    ridge_draw(
        p, (struct ridge){ground - 60, 250, 700, p->seed + 2, ink_mix(NAVY, NIGHT, 0.5), NIGHT, 5});
    house_draw(p, (struct house){250, ground, 620, 400, 34, ink_mix(SLATE, NAVY, 0.4), NIGHT,
                                 ink_mix(OCHRE, CREAM, 0.4), 10, 5, false, false, false});
    house_draw(p, (struct house){860, ground, 340, 560, 26, ink_mix(SLATE, MIST, 0.2), NIGHT,
                                 ink_mix(OCHRE, CREAM, 0.4), 5, 7, false, false, false});
    house_draw(p, (struct house){1190, ground, 560, 300, 34, ink_mix(SLATE, NAVY, 0.3), NIGHT,
                                 ink_mix(OCHRE, CREAM, 0.4), 9, 4, false, false, false});
    path_box(p, 1000, ground - 690, 60, 76);
    lay(p, NIGHT);
    path_box(p, 990, ground - 700, 22, 66);
    path_box(p, 968, ground - 678, 66, 22);
    lay(p, RUST);
    path_box(p, 900, ground - 110, 250, 110);
    lay(p, ink_mix(OCHRE, CREAM, 0.55));
    path_box(p, 860, ground - 136, 330, 30);
    lay(p, RUST);
    for (int i = 0; i < 4; i++)
        path_box(p, 955 + i * 46, ground - 106, 6, 106);
    lay(p, NAVY);
    cairo_save(p->cr);
    path_box(p, 0, ground, p->w, p->h);
    cairo_clip(p->cr);
    wash(p, ink_mix(NIGHT, NAVY, 0.4));
    carve(p, (struct carving){
                 .c = ink_thin(SLATE, 0.4), .gap = 22, .length = 190, .thick = 3, .keep = 0.5});
    grain_around(p, ink_mix(OCHRE, CREAM, 0.4), (point){1025, ground}, 40, 0.8, 420, 0);
    cairo_restore(p->cr);
    path_poly(p,
              (point[]){{1330, ground + 110},
                        {1330, ground - 60},
                        {1560, ground - 60},
                        {1640, ground + 10},
                        {1690, ground + 20},
                        {1690, ground + 110}},
              6);
    lay(p, CREAM);
    path_box(p, 1330, ground + 28, 360, 26);
    lay(p, RUST);
    path_poly(
        p,
        (point[]){
            {1566, ground - 40}, {1620, ground + 12}, {1540, ground + 12}, {1540, ground - 40}},
        4);
    path_oval(p, 1420, ground + 112, 36, 36);
    path_oval(p, 1620, ground + 112, 36, 36);
    lay(p, NIGHT);
    grain_around(p, ink_mix(SEA, CREAM, 0.3), (point){1520, ground - 70}, 4, 0.95, 120, 0);
    tree_draw(p, 150, ground + 20, 420, 0.08, NIGHT);
    tree_draw(p, 1870, ground + 20, 360, 0.08, NIGHT);
    press(p, 3);
}

void school_hill(pic *p)
{
    double ground = p->h * 0.62;

    sky_draw(p, ground, SEA, ink_mix(MIST, PAPER, 0.5), PAPER);
    clouds_draw(p, 70, 420, 140, CREAM, p->seed + 1);
    sea_draw(p, ground - 120, ground + 80, MIST, SEA, CREAM);
    cairo_save(p->cr);
    path_smooth(p,
                (point[]){{-50, 900},
                          {350, 760},
                          {900, 690},
                          {1400, 740},
                          {2050, 900},
                          {2050, 1400},
                          {-50, 1400}},
                7, true);
    cairo_clip(p->cr);
    wash(p, ink_mix(FIELD, MOSS, 0.3));
    carve(p, (struct carving){.c = ink_thin(ink_mix(MOSS, NAVY, 0.5), 0.7),
                              .angle = 0.1,
                              .turn = 0.7,
                              .gap = 17,
                              .length = 70,
                              .thick = 4,
                              .keep = 0.5});
    carve(p, (struct carving){.c = ink_thin(CREAM, 0.4),
                              .angle = 0.1,
                              .turn = 0.7,
                              .gap = 24,
                              .length = 50,
                              .thick = 2.4,
                              .keep = 0.35});
    grain_between(p, ink_mix(MOSS, NIGHT, 0.6), (point){0, 1050}, 0, (point){0, 1340}, 0.8);
    cairo_restore(p->cr);
    house_draw(p, (struct house){640, 800, 560, 210, 150, CREAM, ink_mix(SLATE, NAVY, 0.3),
                                 ink_thin(OCHRE, 0), 6, 1, true, false, false});
    house_draw(p, (struct house){1150, 810, 250, 250, 150, CREAM, ink_mix(SLATE, NAVY, 0.3),
                                 ink_thin(OCHRE, 0), 1, 1, false, true, false});
    path_box(p, 1255, 690, 70, 120);
    lay(p, RUST);
    path_box(p, 1266, 400, 46, 60);
    lay(p, CREAM);
    path_poly(p, (point[]){{1252, 404}, {1289, 350}, {1326, 404}}, 3);
    path_oval(p, 1289, 436, 13, 16);
    lay(p, NIGHT);
    const point path_[] = {{1290, 812}, {1240, 900}, {1080, 1000}, {1060, 1130}, {1180, 1340}};
    path_smooth(p, path_, LENGTH(path_), false);
    line(p, ink_mix(PAPER, OCHRE, 0.25), 78);
    for (int i = 0; i < 7; i++)
        person_draw(p, (double[]){1190, 1110, 1000, 900, 560, 480, 1330}[i],
                    (double[]){980, 1060, 1010, 1080, 1010, 1040, 1000}[i], 150 + i % 3 * 22,
                    (ink[]){RUST, OCHRE, NAVY, TEAL, RUST, CREAM, PLUM}[i], NAVY,
                    i % 3 ? PINK : ink_mix(PINK, BRICK, 0.6));
    path_oval(p, 740, 1040, 20, 20);
    lay(p, OCHRE);
    path_box(p, 420, 560, 9, 270);
    lay(p, NIGHT);
    path_smooth(p,
                (point[]){{429, 566}, {480, 552}, {545, 574}, {545, 634}, {480, 612}, {429, 626}},
                6, true);
    lay(p, RUST);
    tree_draw(p, 1570, 830, 330, 0.2, NIGHT);
    press(p, 3);
}

static void lantern_draw(pic *p, double x, double y, double s, ink c)
{
    grain_around(p, ink_mix(c, OCHRE, 0.5), (point){x, y}, s * 0.7, 0.3, s * 2.6, 0);
    cairo_save(p->cr);
    path_oval(p, x, y, s, s * 1.18);
    cairo_clip(p->cr);
    wash(p, c);
    grain_around(p, CREAM, (point){x, y + s * 0.2}, 0, 0.95, s * 1.1, 0);
    cairo_restore(p->cr);
    for (int i = -2; i <= 2; i++) {
        path_oval(p, x, y, fabs(s * i * 0.42) + 1, s * 1.18);
        line(p, ink_thin(BRICK, 0.55), 2.5);
    }
    path_box(p, x - s * 0.35, y - s * 1.26, s * 0.7, s * 0.16);
    path_box(p, x - s * 0.35, y + s * 1.1, s * 0.7, s * 0.14);
    lay(p, NIGHT);
}

void lantern_week(pic *p)
{
    double ground = p->h * 0.84;

    wash_down(p, 0, NIGHT, ground, ink_mix(PLUM, NAVY, 0.35));
    stars_draw(p, 420, 150);
    for (int i = 0; i < 12; i++)
        house_draw(p, (struct house){-60 + i * 178, ground, 176, 330 + 90 * sin(i * 1.9), 90,
                                     ink_mix((ink[]){PLUM, SLATE, BRICK, TEAL}[i % 4], NIGHT, 0.5),
                                     NIGHT, OCHRE, 3, 4, true, i % 3 == 1, false});
    for (int row = 0; row < 3; row++) {
        double y0 = 250 + row * 160;
        cairo_move_to(p->cr, -20, y0);
        cairo_curve_to(p->cr, 600, y0 + 260, 1400, y0 + 260, 2020, y0 - 30);
        line(p, NIGHT, 4);
        for (int i = 0; i < 8 + row; i++) {
            double t = (i + 0.5) / (8 + row), u = 1 - t;
            double x =
                u * u * u * -20 + 3 * u * u * t * 600 + 3 * u * t * t * 1400 + t * t * t * 2020;
            double y = u * u * u * y0 + 3 * u * u * t * (y0 + 260) + 3 * u * t * t * (y0 + 260) +
                       t * t * t * (y0 - 30);
            lantern_draw(p, x, y + 62, 38 + row * 9,
                         (ink[]){RUST, OCHRE, PINK, SEA, OCHRE}[(i + row) % 5]);
        }
    }
    path_box(p, 0, ground, p->w, p->h);
    lay(p, NIGHT);
    for (int i = 0; i < 40; i++) {
        double x = roll(p) * p->w, y = ground + 60 + i * 4.6, h = 190 + i * 2.6;
        person_draw(p, x, y, h, ink_mix((ink[]){PLUM, NAVY, BRICK, TEAL, SLATE}[i % 5], NIGHT, 0.5),
                    NIGHT, ink_mix(PINK, BRICK, roll(p) * 0.7));
        if (i % 6 == 0) {
            cairo_move_to(p->cr, x + 40, y - h * 0.55);
            cairo_line_to(p->cr, x + 56, y - h * 1.15);
            line(p, NIGHT, 6);
            lantern_draw(p, x + 56, y - h * 1.24, 30, i % 4 ? OCHRE : RUST);
        }
    }
    press(p, 3);
}

static void still_draw(pic *p, double x, double y, double s)
{
    cairo_save(p->cr);
    path_smooth(p,
                (point[]){{x - s * 0.42, y},
                          {x - s * 0.5, y - s * 0.35},
                          {x - s * 0.3, y - s * 0.62},
                          {x - s * 0.12, y - s * 0.95},
                          {x - s * 0.09, y - s * 1.5},
                          {x + s * 0.09, y - s * 1.5},
                          {x + s * 0.12, y - s * 0.95},
                          {x + s * 0.3, y - s * 0.62},
                          {x + s * 0.5, y - s * 0.35},
                          {x + s * 0.42, y}},
                10, true);
    cairo_clip(p->cr);
    wash(p, ink_mix(RUST, OCHRE, 0.45));
    grain_between(p, ink_mix(CREAM, OCHRE, 0.3), (point){x - s * 0.42, y}, 0.75,
                  (point){x - s * 0.1, y}, 0);
    grain_between(p, BRICK, (point){x, y}, 0, (point){x + s * 0.4, y}, 0.95);
    grain_between(p, NIGHT, (point){x + s * 0.2, y}, 0, (point){x + s * 0.5, y}, 0.7);
    for (int i = 0; i < 3; i++) {
        path_box(p, x - s, y - s * (0.32 + 0.33 * i), s * 2, s * 0.022);
        lay(p, ink_thin(BRICK, 0.8));
    }
    cairo_restore(p->cr);
    cairo_move_to(p->cr, x, y - s * 1.46);
    cairo_curve_to(p->cr, x + s * 0.02, y - s * 1.72, x + s * 0.3, y - s * 1.62, x + s * 0.95,
                   y - s * 1.34);
    line(p, ink_mix(RUST, OCHRE, 0.3), s * 0.13);
    path_oval(p, x - s * 0.18, y - s * 0.42, s * 0.085, s * 0.085);
    lay(p, ink_mix(OCHRE, CREAM, 0.3));
    path_oval(p, x - s * 0.18, y - s * 0.42, s * 0.05, s * 0.05);
    lay(p, NIGHT);
}

void distillery_stills(pic *p)
{
    wash_down(p, 0, ink_mix(NAVY, NIGHT, 0.3), p->h, ink_mix(SLATE, NAVY, 0.45));
    for (int i = 0; i < 4; i++) {
        double x = 150 + i * 470;
        path_box(p, x, 120, 270, 560);
        lay(p, ink_mix(MIST, PAPER, 0.5));
        for (int k = 1; k < 3; k++) {
            path_box(p, x + k * 90 - 5, 120, 10, 560);
            path_box(p, x, 120 + k * 187, 270, 10);
        }
        lay(p, NIGHT);
        cairo_save(p->cr);
        path_poly(p, (point[]){{x, 680}, {x + 270, 680}, {x + 600, 1340}, {x + 180, 1340}}, 4);
        cairo_clip(p->cr);
        grain_between(p, PAPER, (point){x, 400}, 0.5, (point){x + 300, 1300}, 0);
        cairo_restore(p->cr);
    }
    path_box(p, 0, 1120, p->w, 240);
    lay(p, ink_mix(BRICK, NIGHT, 0.5));
    for (int i = 0; i < 3; i++) {
        path_box(p, 130 + i * 620, 1060, 460, 90);
        lay(p, ink_mix(BRICK, NIGHT, 0.2));
    }
    for (int i = 0; i < 3; i++)
        still_draw(p, 360 + i * 620, 1068, 520);
    person_draw(p, 985, 1290, 470, NAVY, NIGHT, PINK);
    for (int i = 0; i < 4; i++) {
        double x = 1400 + i * 150, y = 1265;
        cairo_save(p->cr);
        path_oval(p, x, y, 78, 86);
        cairo_clip(p->cr);
        wash(p, ink_mix(OCHRE, BRICK, 0.55));
        for (int k = -3; k < 4; k++) {
            path_box(p, x + k * 24, y - 90, 3, 180);
            lay(p, NIGHT);
        }
        cairo_restore(p->cr);
        path_oval(p, x, y, 78, 86);
        line(p, NIGHT, 9);
    }
    grain_between(p, NIGHT, (point){0, 480}, 0, (point){0, 0}, 0.85);
    press(p, 3);
}

void boatyard(pic *p)
{
    wash_down(p, 0, ink_mix(OCHRE, PAPER, 0.55), p->h, ink_mix(OCHRE, BRICK, 0.4));
    for (int i = 0; i < 26; i++) {
        path_box(p, i * 80, 0, 4, 800);
        lay(p, ink_thin(BRICK, 0.5));
    }
    path_poly(p, (point[]){{640, 130}, {1360, 130}, {1440, 760}, {560, 760}}, 4);
    lay(p, ink_mix(MIST, CREAM, 0.5));
    cairo_save(p->cr);
    path_poly(p, (point[]){{640, 130}, {1360, 130}, {1440, 760}, {560, 760}}, 4);
    cairo_clip(p->cr);
    sea_draw(p, 470, 770, MIST, TEAL, CREAM);
    ridge_draw(p, (struct ridge){480, 90, 400, p->seed + 1, ink_mix(SLATE, MIST, 0.4), MIST, 5});
    sea_draw(p, 478, 770, ink_mix(MIST, SEA, 0.3), TEAL, CREAM);
    cairo_restore(p->cr);
    path_box(p, 0, 760, p->w, 600);
    lay(p, ink_mix(BRICK, NIGHT, 0.45));
    carve(p, (struct carving){.c = ink_thin(OCHRE, 0.6),
                              .turn = 2,
                              .gap = 30,
                              .length = 34,
                              .thick = 5,
                              .keep = 0.45,
                              .top = 800,
                              .bottom = p->h});
    for (int i = 0; i < 15; i++) {
        double x = 260 + i * 106, d = 300 * sqrt(fmax(0, 1 - pow((i - 7) / 8.2, 2)));
        cairo_move_to(p->cr, x - 10, 690 - abs(i - 7) * 12);
        cairo_curve_to(p->cr, x - 30, 690 + d * 0.8, x, 700 + d, x + 10, 720 + d);
        line(p, ink_mix(OCHRE, PAPER, 0.3), 20);
    }
    const ink strakes[] = {ink_mix(OCHRE, BRICK, 0.2), ink_mix(OCHRE, BRICK, 0.35),
                           ink_mix(OCHRE, BRICK, 0.5), ink_mix(OCHRE, BRICK, 0.62),
                           ink_mix(OCHRE, BRICK, 0.75)};
    for (int i = 4; i >= 0; i--) {
        double y = 830 + i * 55, in = i * 36;
        cairo_move_to(p->cr, 130 + in * 1.6, y - 110 + i * 8);
        cairo_curve_to(p->cr, 560, y + 60, 1400, y + 60, 1880 - in, y - 170 + i * 12);
        cairo_curve_to(p->cr, 1840 - in, y - 60, 1780 - in, y + 10, 1730 - in, y + 40);
        cairo_curve_to(p->cr, 1300, y + 130, 640, y + 130, 170 + in * 1.6, y - 20);
        cairo_close_path(p->cr);
        lay_keep(p, strakes[4 - i]);
        line(p, ink_mix(BRICK, NIGHT, 0.4), 4);
    }
    path_poly(p, (point[]){{1880, 650}, {1915, 630}, {1800, 1080}, {1700, 1130}, {1690, 1110}}, 5);
    path_box(p, 420, 1140, 60, 150);
    path_box(p, 1380, 1140, 60, 150);
    lay(p, ink_mix(BRICK, NIGHT, 0.65));
    person_draw(p, 520, 1290, 560, TEAL, NAVY, PINK);
    cairo_move_to(p->cr, 570, 900);
    cairo_line_to(p->cr, 690, 930);
    cairo_line_to(p->cr, 730, 880);
    line(p, ink_mix(TEAL, NIGHT, 0.2), 34);
    path_box(p, 690, 850, 90, 44);
    lay(p, PAPER);
    grain_around(p, NIGHT, (point){1000, 620}, 560, 0, 1300, 0.75);
    press(p, 3);
}

void salt_wedding(pic *p)
{
    wash_down(p, 0, NIGHT, p->h, ink_mix(BRICK, NIGHT, 0.5));
    for (int i = 0; i < 3; i++) {
        cairo_save(p->cr);
        double x = 560 + i * 440;
        path_poly(p,
                  (point[]){{1000 + (i - 1) * 260, 0},
                            {1060 + (i - 1) * 260, 0},
                            {x + 330, 1000},
                            {x - 210, 1000}},
                  4);
        cairo_clip(p->cr);
        grain_between(p, ink_mix(OCHRE, CREAM, 0.5), (point){0, 0}, 0.75, (point){0, 1000}, 0.12);
        cairo_restore(p->cr);
    }
    path_oval(p, 1000, 930, 820, 110);
    lay(p, ink_mix(OCHRE, BRICK, 0.4));
    path_oval(p, 1000, 920, 760, 92);
    lay(p, ink_mix(PAPER, OCHRE, 0.3));
    path_oval(p, 1000, 420, 210, 210);
    lay(p, ink_mix(CREAM, OCHRE, 0.12));
    for (int i = 0; i < 9; i++) {
        path_oval(p, 900 + i * 26, 360 + (i * 53) % 130, 10 + i % 4 * 8, 9 + i % 3 * 6);
        lay(p, ink_thin(OCHRE, 0.4));
    }
    path_smooth(p,
                (point[]){{820, 940}, {850, 760}, {905, 650}, {935, 640}, {985, 780}, {1040, 945}},
                6, true);
    lay(p, CREAM);
    path_oval(p, 922, 600, 33, 40);
    lay(p, PINK);
    path_smooth(p,
                (point[]){{880, 590}, {922, 545}, {965, 590}, {1000, 760}, {1010, 900}, {955, 700}},
                6, true);
    lay(p, ink_thin(CREAM, 0.65));
    person_draw(p, 1110, 940, 390, NAVY, NIGHT, ink_mix(PINK, BRICK, 0.5));
    cairo_move_to(p->cr, 1070, 700);
    cairo_line_to(p->cr, 1010, 730);
    cairo_line_to(p->cr, 960, 720);
    line(p, NAVY, 26);
    for (int i = 0; i < 6; i++)
        person_draw(p, (double[]){420, 520, 610, 1380, 1480, 1590}[i], 930 + i % 2 * 24, 330,
                    ink_mix((ink[]){TEAL, PLUM, RUST, TEAL, RUST, PLUM}[i], NIGHT, 0.4), NIGHT,
                    ink_mix(PINK, BRICK, 0.4));
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < 5; i++) {
            double x = side ? 2000 - i * 62 : i * 62, f = side ? -1 : 1;
            cairo_move_to(p->cr, x, 0);
            cairo_line_to(p->cr, x + f * 70, 0);
            cairo_curve_to(p->cr, x + f * 40, 420, x + f * 96, 700, x + f * (50 - i * 8), 1010);
            cairo_line_to(p->cr, x - f * 40, 1010);
            cairo_close_path(p->cr);
            lay(p, ink_mix(RUST, NIGHT, 0.15 + 0.3 * (i % 2) + 0.04 * i));
        }
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < 24; i++) {
            double x = i * 88 + row % 2 * 44 + roll_between(p, -12, 12), y = 1075 + row * 95;
            path_oval(p, x, y, 30 + row * 4, 36 + row * 4);
            path_oval(p, x, y + 92, 62, 70);
            lay(p, ink_mix(NIGHT, (ink[]){NAVY, PLUM, BRICK}[i % 3], 0.12 + 0.1 * (2 - row)));
        }
    press(p, 3);
}

void kitchen_bread(pic *p)
{
    wash_down(p, 0, ink_mix(OCHRE, PAPER, 0.6), p->h, ink_mix(RUST, OCHRE, 0.5));
    path_box(p, 150, 90, 620, 480);
    lay(p, CREAM);
    cairo_save(p->cr);
    path_box(p, 175, 115, 570, 430);
    cairo_clip(p->cr);
    wash_down(p, 115, SEA, 400, PAPER);
    ridge_draw(p, (struct ridge){440, 110, 300, p->seed, ink_mix(MOSS, MIST, 0.3), MIST, 4});
    sea_draw(p, 440, 560, MIST, TEAL, CREAM);
    cairo_restore(p->cr);
    path_box(p, 450, 115, 18, 430);
    path_box(p, 175, 320, 570, 16);
    lay(p, CREAM);
    for (int s = 0; s < 2; s++) {
        path_box(p, 960, 250 + s * 210, 880, 22);
        lay(p, ink_mix(BRICK, NIGHT, 0.3));
        for (int i = 0; i < 9; i++) {
            double x = 1010 + i * 96, h = 70 + (i * 37 + s * 23) % 60;
            path_smooth(p,
                        (point[]){{x - 30, 248 + s * 210},
                                  {x - 34, 248 + s * 210 - h * 0.6},
                                  {x - 14, 248 + s * 210 - h},
                                  {x + 14, 248 + s * 210 - h},
                                  {x + 34, 248 + s * 210 - h * 0.6},
                                  {x + 30, 248 + s * 210}},
                        6, true);
            lay(p, (ink[]){RUST, TEAL, CREAM, NAVY, OCHRE, PLUM}[(i + s * 2) % 6]);
        }
    }
    person_draw(p, 560, 1150, 760, TEAL, NIGHT, ink_mix(PINK, BRICK, 0.45));
    person_draw(p, 1010, 1150, 720, CREAM, NIGHT, ink_mix(PINK, BRICK, 0.7));
    person_draw(p, 1430, 1150, 690, RUST, NIGHT, PINK);
    path_smooth(p,
                (point[]){{500, 520},
                          {510, 430},
                          {565, 400},
                          {620, 430},
                          {632, 540},
                          {660, 650},
                          {560, 610},
                          {470, 650}},
                8, true);
    lay(p, PLUM);
    path_oval(p, 566, 478, 36, 44);
    lay(p, ink_mix(PINK, BRICK, 0.45));
    path_poly(p, (point[]){{0, 960}, {2000, 960}, {2000, 1340}, {0, 1340}}, 4);
    lay(p, ink_mix(OCHRE, BRICK, 0.6));
    carve(p, (struct carving){.c = ink_thin(NIGHT, 0.45),
                              .turn = 0.05,
                              .gap = 30,
                              .length = 260,
                              .thick = 4,
                              .keep = 0.6,
                              .top = 970,
                              .bottom = p->h});
    for (int i = 0; i < 7; i++) {
        double x = 190 + i * 270, y = 1090 + i % 2 * 105;
        cairo_save(p->cr);
        path_oval(p, x, y, 130, 52);
        cairo_clip(p->cr);
        wash(p, ink_mix(PAPER, OCHRE, 0.45));
        grain_around(p, BRICK, (point){x, y}, 60, 0.05, 135, 0.7);
        for (int k = 0; k < 14; k++) {
            path_oval(p, x + roll_between(p, -95, 95), y + roll_between(p, -32, 32), 11, 7);
            lay(p, ink_thin(BRICK, 0.6));
        }
        cairo_restore(p->cr);
    }
    for (int i = 0; i < 3; i++) {
        double x = 350 + i * 640, y = 1230;
        path_smooth(
            p, (point[]){{x - 95, y - 30}, {x - 70, y + 50}, {x + 70, y + 50}, {x + 95, y - 30}}, 4,
            true);
        lay(p, (ink[]){NAVY, CREAM, TEAL}[i]);
        path_oval(p, x, y - 30, 98, 26);
        lay(p, (ink[]){FIELD, RUST, OCHRE}[i]);
    }
    press(p, 3);
}

void wool_mill(pic *p)
{
    wash_down(p, 0, ink_mix(MIST, PAPER, 0.5), p->h, ink_mix(SLATE, PAPER, 0.5));
    for (int i = 0; i < 9; i++) {
        path_poly(
            p,
            (point[]){
                {i * 260 - 100, 190}, {i * 260 + 40, 0}, {i * 260 + 160, 0}, {i * 260 + 160, 190}},
            4);
        lay(p, ink_mix(SEA, CREAM, 0.55));
        path_box(p, i * 260 + 150, 0, 14, 700);
        lay(p, ink_mix(SLATE, NAVY, 0.3));
    }
    path_box(p, 0, 190, p->w, 20);
    lay(p, NAVY);
    for (int i = 0; i < 34; i++) {
        double x = 60 + i * 57, y = 330;
        cairo_move_to(p->cr, x, y);
        cairo_line_to(p->cr, 540 + i * 26.5, 860);
        line(p, (ink[]){CREAM, RUST, OCHRE, TEAL}[i % 4], 4);
        path_poly(p, (point[]){{x - 18, y}, {x + 18, y}, {x + 9, y - 92}, {x - 9, y - 92}}, 4);
        lay(p, (ink[]){CREAM, RUST, OCHRE, TEAL}[i % 4]);
    }
    path_box(p, 30, 330, 1940, 18);
    lay(p, NIGHT);
    path_box(p, 470, 840, 1060, 50);
    lay(p, ink_mix(BRICK, OCHRE, 0.4));
    for (int y = 0; y < 17; y++)
        for (int x = 0; x < 40; x++) {
            bool up = (x + y * 3) % 8 < 4, band = (x / 5 + y / 4) % 3 == 0;
            path_box(p, 520 + x * 24, 890 + y * 26, 24, 26);
            lay(p, up ? (band ? RUST : TEAL) : (band ? OCHRE : CREAM));
        }
    path_box(p, 430, 820, 60, 520);
    path_box(p, 1510, 820, 60, 520);
    lay(p, NAVY);
    person_draw(p, 290, 1330, 640, RUST, NIGHT, PINK);
    person_draw(p, 1740, 1330, 620, OCHRE, NAVY, ink_mix(PINK, BRICK, 0.6));
    grain_between(p, NIGHT, (point){0, 1000}, 0, (point){0, p->h}, 0.55);
    press(p, 3);
}

void reading_room(pic *p)
{
    wash_down(p, 0, ink_mix(TEAL, NIGHT, 0.4), p->h, ink_mix(BRICK, NIGHT, 0.45));
    for (int bay = 0; bay < 4; bay++)
        for (int shelf = 0; shelf < 6; shelf++) {
            double x0 = 50 + bay * 490, y = 250 + shelf * 140;
            path_box(p, x0, y, 430, 12);
            lay(p, ink_mix(OCHRE, BRICK, 0.6));
            for (double x = x0 + 6; x < x0 + 405;) {
                double w = roll_between(p, 14, 32), h = roll_between(p, 78, 118);
                path_box(p, x, y - h, w - 2, h);
                lay(p, ink_mix((ink[]){RUST, OCHRE, SEA, PAPER, PLUM, BRICK, SLATE,
                                       MOSS}[(int)(roll(p) * 8)],
                               NIGHT, 0.25));
                path_box(p, x + 2, y - h * 0.8, w - 6, 5);
                lay(p, ink_thin(OCHRE, 0.7));
                x += w;
            }
        }
    for (int bay = 0; bay < 5; bay++)
        path_box(p, 20 + bay * 490, 90, 30, 900);
    path_box(p, 0, 80, p->w, 26);
    lay(p, ink_mix(OCHRE, BRICK, 0.75));
    path_poly(p, (point[]){{0, 1040}, {2000, 1040}, {2000, 1340}, {0, 1340}}, 4);
    lay(p, ink_mix(BRICK, NIGHT, 0.35));
    for (int i = 0; i < 3; i++) {
        double x = 380 + i * 620;
        path_poly(p, (point[]){{x - 90, 910}, {x - 50, 840}, {x + 50, 840}, {x + 90, 910}}, 4);
        lay(p, ink_mix(FIELD, TEAL, 0.5));
        path_box(p, x - 6, 910, 12, 130);
        lay(p, OCHRE);
        grain_around(p, ink_mix(OCHRE, CREAM, 0.5), (point){x, 960}, 30, 0.8, 330, 0);
        path_poly(p, (point[]){{x + 90, 1085}, {x + 190, 1068}, {x + 200, 1110}, {x + 100, 1128}},
                  4);
        path_poly(p, (point[]){{x + 190, 1068}, {x + 290, 1085}, {x + 296, 1128}, {x + 200, 1110}},
                  4);
        lay(p, CREAM);
    }
    person_draw(p, 700, 1290, 560, NAVY, NIGHT, PINK);
    person_draw(p, 1330, 1310, 540, RUST, NIGHT, ink_mix(PINK, BRICK, 0.6));
    grain_around(p, NIGHT, (point){1000, 800}, 620, 0, 1350, 0.8);
    press(p, 3);
}
