/*
 * maps.c - the island of Aldersay, which is a function.
 *
 * land_at() gives the height in metres of any place on a sheet 1000 wide and
 * 1250 high; below zero is sea.  Every map is drawn from it.
 */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double hill(double x, double y, double cx, double cy, double rx, double ry, double tilt)
{
    double dx = x - cx, dy = y - cy, c = cos(tilt), s = sin(tilt);
    double u = (dx * c + dy * s) / rx, v = (dy * c - dx * s) / ry;

    return exp(-(u * u + v * v));
}

static double land_at(double x, double y)
{
    double wx = x + 46 * fbm2(71, x / 120, y / 120, 5), wy = y + 46 * fbm2(83, x / 120, y / 120, 5);
    double body = 1.15 * hill(wx, wy, 470, 690, 210, 230, 0.3) +
                  0.85 * hill(wx, wy, 640, 560, 150, 170, -0.5) +
                  0.75 * hill(wx, wy, 420, 950, 190, 110, -0.2) +
                  0.6 * hill(wx, wy, 690, 830, 110, 130, 0.6) +
                  0.62 * hill(wx, wy, 735, 420, 70, 80, 0.2) +
                  0.55 * hill(wx, wy, 265, 560, 80, 100, 0.5);
    double bays = 0.62 * hill(wx, wy, 800, 690, 130, 60, 0.25) +
                  0.5 * hill(wx, wy, 300, 800, 110, 46, -0.3) +
                  0.35 * hill(wx, wy, 560, 1010, 60, 60, 0);
    double brannay = 0.72 * hill(wx, wy, 560, 150, 62, 26, -0.5) +
                     0.5 * hill(wx, wy, 640, 118, 30, 20, 0) +
                     0.45 * hill(wx, wy, 170, 730, 20, 30, 0);
    double shape = fmax(body - bays, brannay) - 0.42;
    double peaks = 480 * hill(x, y, 500, 640, 80, 62, 0.4) + 300 * hill(x, y, 600, 560, 70, 70, 0) +
                   190 * hill(x, y, 420, 760, 80, 90, 0);

    if (shape <= 0)
        return shape * 160;
    return shape * 150 + peaks * fmin(1, shape * 2.2) * (1 + 0.5 * fbm2(29, x / 60, y / 60, 5)) +
           60 * shape * fbm2(31, x / 40, y / 40, 4);
}

struct sheet {
    double x0, y0, scale;
}; /* which part of the island, and how large */

static double sheet_height(struct sheet s, double px, double py)
{
    return land_at(s.x0 + px / s.scale, s.y0 + py / s.scale);
}

/* Heights at every fourth pixel; the caller frees them. */
static double *survey(const pic *p, struct sheet s, int *cols, int *rows)
{
    *cols = p->w / 4 + 2;
    *rows = p->h / 4 + 2;
    double *h = malloc(sizeof *h * (size_t)*cols * (size_t)*rows);

    for (int y = 0; h && y < *rows; y++)
        for (int x = 0; x < *cols; x++)
            h[y * *cols + x] = sheet_height(s, x * 4.0, y * 4.0);
    return h;
}

static ink tint_of(double height)
{
    static const struct {
        double to;
        uint32_t rgb;
    } bands[] = {
        {-60, 0x8fb3b1}, {-25, 0x9fc0bb}, {0, 0xb5d0c8},   {40, 0xdcd9b0},  {100, 0xcfcb94},
        {180, 0xc9b87e}, {280, 0xbf9f68}, {400, 0xa98457}, {1e9, 0x95714d},
    };
    size_t i = 0;

    while (height >= bands[i].to)
        i++;
    return ink_of(bands[i].rgb);
}

static double lerp_row(const double *h, int cols, double x, double y)
{
    int ix = (int)x, iy = (int)y;
    double tx = x - ix, ty = y - iy;
    const double *a = h + iy * cols + ix, *b = a + cols;

    return (a[0] * (1 - tx) + a[1] * tx) * (1 - ty) + (b[0] * (1 - tx) + b[1] * tx) * ty;
}

/* Height tints with the light from the north-west. */
static void relief(pic *p, const double *h, int cols)
{
    cairo_surface_flush(p->surface);
    unsigned char *rows = cairo_image_surface_get_data(p->surface);
    int stride = cairo_image_surface_get_stride(p->surface);

    for (int y = 0; y < p->h; y++)
        for (int x = 0; x < p->w; x++) {
            double gx = x / 4.0, gy = y / 4.0, z = lerp_row(h, cols, gx, gy);
            double slope = z > 0 ? z - lerp_row(h, cols, fmax(0, gx - 0.9), fmax(0, gy - 0.9)) : 0;
            ink c = ink_mix(tint_of(z), slope > 0 ? CREAM : NAVY, fmin(0.45, fabs(slope) * 0.07));
            unsigned char *px = rows + y * stride + x * 4;

            px[0] = (unsigned char)(c.b * 255);
            px[1] = (unsigned char)(c.g * 255);
            px[2] = (unsigned char)(c.r * 255);
        }
    cairo_surface_mark_dirty(p->surface);
}

static void edge_point(pic *p, bool *open, double x, double y)
{
    if (*open)
        cairo_line_to(p->cr, x, y);
    else
        cairo_move_to(p->cr, x, y);
    *open = !*open;
}

/* One contour, cell by cell. */
static void contour(pic *p, const double *h, int cols, int rows, double level, ink c, double width)
{
    for (int y = 0; y + 1 < rows; y++)
        for (int x = 0; x + 1 < cols; x++) {
            const double *q = h + y * cols + x;
            double a = q[0] - level, b = q[1] - level, d = q[cols] - level, e = q[cols + 1] - level;
            bool open = false;

            if (a * b < 0)
                edge_point(p, &open, 4 * (x + a / (a - b)), 4 * y);
            if (b * e < 0)
                edge_point(p, &open, 4 * (x + 1), 4 * (y + b / (b - e)));
            if (d * e < 0)
                edge_point(p, &open, 4 * (x + d / (d - e)), 4 * (y + 1));
            if (a * d < 0)
                edge_point(p, &open, 4 * x, 4 * (y + a / (a - d)));
        }
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
    line(p, c, width);
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
}

static point on(struct sheet s, point where)
{
    return (point){(where.x - s.x0) * s.scale, (where.y - s.y0) * s.scale};
}

static void road(pic *p, struct sheet s, const point *pts, size_t n, double width)
{
    point px[16];

    for (size_t i = 0; i < n; i++)
        px[i] = on(s, pts[i]);
    path_smooth(p, px, n, false);
    line(p, ink_thin(NAVY, 0.75), width + 4);
    path_smooth(p, px, n, false);
    line(p, CREAM, width);
}

static void ferry_line(pic *p, struct sheet s, const point *pts, size_t n)
{
    point px[8];

    for (size_t i = 0; i < n; i++)
        px[i] = on(s, pts[i]);
    cairo_set_dash(p->cr, (double[]){20, 13}, 2, 0);
    path_smooth(p, px, n, false);
    line(p, NAVY, 5);
    cairo_set_dash(p->cr, NULL, 0, 0);
}

static void town(pic *p, struct sheet s, point where, const char *name, double size, double dx,
                 double dy, enum align align)
{
    point at = on(s, where);
    char font[48] = "Noto Serif Bold 30";

    if (size > 1.3)
        strcpy(font, "Noto Serif Bold 40");
    else if (size < 0.9)
        strcpy(font, "Noto Serif 27");
    path_oval(p, at.x, at.y, 13 * size, 13 * size);
    lay(p, NIGHT);
    path_oval(p, at.x, at.y, 8 * size, 8 * size);
    lay(p, size > 1.3 ? RUST : CREAM);
    letter(p, at.x + dx, at.y + dy, name,
           (struct lettering){.font = font,
                              .c = NIGHT,
                              .align = align,
                              .halo = 5,
                              .halo_ink = ink_thin(CREAM, 0.75)});
}

#define SENNA ((point){735, 652})
#define KETTLE ((point){762, 372})
#define THORNBY ((point){560, 760})
#define EBBSMOUTH ((point){450, 1020})
#define SANDWICK ((point){300, 985})
#define FENNICK ((point){560, 660})
#define HATHERSAY ((point){440, 660})
#define BRANNAY_J ((point){575, 165})

static void sea_words(pic *p, double x, double y, const char *name, double size, double angle)
{
    letter(p, x, y, name,
           (struct lettering){.font = size > 1 ? "Noto Serif Italic 38" : "Noto Serif Italic 27",
                              .c = ink_of(0x3f6f78),
                              .align = ALIGN_CENTRE,
                              .angle = angle,
                              .spacing = 5});
}

static void scale_bar(pic *p, double x, double y, double km)
{
    for (int i = 0; i < 4; i++) {
        path_box(p, x + i * km * 2.5, y, km * 2.5, 14);
        lay(p, i % 2 ? CREAM : NIGHT);
    }
    path_box(p, x, y, km * 10, 14);
    line(p, NIGHT, 3);
    letter(p, x, y + 46, "0",
           (struct lettering){.font = "Noto Sans 23", .c = NIGHT, .align = ALIGN_CENTRE});
    letter(p, x + km * 10, y + 46, "10 km",
           (struct lettering){.font = "Noto Sans 23", .c = NIGHT, .align = ALIGN_CENTRE});
}

/* Relief, roads and ferry lines. */
static void ground(pic *p, struct sheet s)
{
    int cols, rows;
    double *h = survey(p, s, &cols, &rows);

    relief(p, h, cols);
    for (double level = 50; level < 620; level += 50)
        contour(p, h, cols, rows, level, ink_thin(BRICK, fmod(level, 200) == 0 ? 0.6 : 0.32),
                fmod(level, 200) == 0 ? 3.2 : 1.8);
    contour(p, h, cols, rows, -25, ink_thin(CREAM, 0.6), 2);
    contour(p, h, cols, rows, -60, ink_thin(CREAM, 0.5), 2);
    contour(p, h, cols, rows, 0, NAVY, 4.5);
    free(h);
    road(p, s, (point[]){KETTLE, {720, 450}, {725, 560}, SENNA}, 4, 9);
    road(p, s, (point[]){SENNA, {660, 712}, THORNBY, {505, 880}, EBBSMOUTH}, 5, 9);
    road(p, s, (point[]){EBBSMOUTH, {380, 1026}, SANDWICK}, 3, 6);
    road(p, s, (point[]){THORNBY, {545, 710}, FENNICK, {620, 620}, {700, 600}}, 5, 6);
    road(p, s, (point[]){THORNBY, {490, 725}, HATHERSAY, {340, 640}, {280, 590}}, 5, 6);
    ferry_line(p, s, (point[]){KETTLE, {770, 300}, {660, 230}, BRANNAY_J}, 4);
    ferry_line(p, s, (point[]){EBBSMOUTH, {500, 1090}, {560, 1250}}, 3);
}

static void frame(pic *p)
{
    path_box(p, 26, 26, p->w - 52, p->h - 52);
    line(p, NAVY, 4);
}

void map_island(pic *p)
{
    struct sheet s = {0, 0, 2};

    ground(p, s);
    sea_words(p, 1500, 210, "Brannay Sound", 1, 0.2);
    sea_words(p, 1600, 2290, "The Strait", 1.4, -0.12);
    sea_words(p, 270, 330, "Wether Bank", 1.4, -0.1);
    sea_words(p, 1800, 1560, "Senna estuary", 1, 0.25);
    sea_words(p, 1760, 640, "Hen and Chickens", 1, 0);
    path_poly(p, (point[]){{1000, 1245}, {1026, 1290}, {974, 1290}}, 3);
    lay(p, NIGHT);
    letter(p, 1000, 1215, "Cold Law 612 m",
           (struct lettering){.font = "Noto Sans Bold 24",
                              .c = NIGHT,
                              .align = ALIGN_CENTRE,
                              .halo = 5,
                              .halo_ink = ink_thin(CREAM, 0.7)});
    town(p, s, SENNA, "Port Senna", 1.5, 36, 6, ALIGN_LEFT);
    town(p, s, KETTLE, "Kettle Haven", 1, 30, 10, ALIGN_LEFT);
    town(p, s, THORNBY, "Thornby Cross", 1, 34, 26, ALIGN_LEFT);
    town(p, s, EBBSMOUTH, "Ebbsmouth", 1, 34, 26, ALIGN_LEFT);
    town(p, s, SANDWICK, "Sandwick Bay", 0.8, -26, 8, ALIGN_RIGHT);
    town(p, s, FENNICK, "Fennick", 0.8, 26, -22, ALIGN_LEFT);
    town(p, s, HATHERSAY, "Upper Hathersay", 0.8, -24, 0, ALIGN_RIGHT);
    town(p, s, BRANNAY_J, "Brannay", 1, 60, -64, ALIGN_LEFT);
    letter(p, 130, 2080, "Aldersay",
           (struct lettering){.font = "Noto Serif Bold 74", .c = NIGHT, .align = ALIGN_LEFT});
    letter(p, 134, 2172, "61,870 people, 1,912 square kilometres",
           (struct lettering){.font = "Noto Sans 25", .c = NAVY, .align = ALIGN_LEFT});
    scale_bar(p, 140, 2260, 24);
    letter(
        p, 1890, 2430, "The Fathom",
        (struct lettering){.font = "Noto Serif Bold Italic 27", .c = NAVY, .align = ALIGN_RIGHT});
    frame(p);
}

/* Where a place lies: the sheet around it. */
static void map_around(pic *p, point where, const char *name)
{
    static const struct {
        point at;
        const char *name;
    } towns[] = {
        {SENNA, "Port Senna"},          {KETTLE, "Kettle Haven"},   {THORNBY, "Thornby Cross"},
        {EBBSMOUTH, "Ebbsmouth"},       {SANDWICK, "Sandwick Bay"}, {FENNICK, "Fennick"},
        {HATHERSAY, "Upper Hathersay"}, {BRANNAY_J, "Brannay"},
    };
    double scale = 3.2;
    struct sheet s = {where.x - p->w / scale * 0.46, where.y - p->h / scale * 0.5, scale};

    ground(p, s);
    for (size_t i = 0; i < LENGTH(towns); i++) {
        point at = on(s, towns[i].at);

        if (at.x > 60 && at.x < p->w - 360 && at.y > 60 && at.y < p->h - 60)
            town(p, s, towns[i].at, towns[i].name, strcmp(towns[i].name, name) == 0 ? 1.9 : 1, 44,
                 12, ALIGN_LEFT);
    }
    frame(p);
}

void map_port_senna(pic *p)
{
    map_around(p, SENNA, "Port Senna");
}

void map_kettle_haven(pic *p)
{
    map_around(p, KETTLE, "Kettle Haven");
}

void map_brannay(pic *p)
{
    map_around(p, BRANNAY_J, "Brannay");
}

/* ---- the storm's chart ---- */

static double pressure_at(double x, double y)
{
    double d = hypot((x - 860) / 1.25, y - 470), ridge = hypot(x - 2350, y - 1600);

    return 1022 - 66 * exp(-d * d / 210000) + 14 * exp(-ridge * ridge / 500000) +
           3 * fbm2(17, x / 420, y / 420, 2);
}

static void front(pic *p, const point *pts, size_t n, ink c, bool warm)
{
    path_smooth(p, pts, n, false);
    line(p, c, 8);
    for (size_t i = 0; i + 1 < n; i++) {
        double dx = pts[i + 1].x - pts[i].x, dy = pts[i + 1].y - pts[i].y, l = hypot(dx, dy);
        double mx = pts[i].x + dx / 2, my = pts[i].y + dy / 2, a = atan2(dy, dx);

        dx /= l;
        dy /= l;
        if (warm)
            cairo_arc(p->cr, mx, my, 28, a - M_PI, a);
        else
            path_poly(p,
                      (point[]){{mx - dx * 30, my - dy * 30},
                                {mx + dx * 30, my + dy * 30},
                                {mx + dy * 44, my - dx * 44}},
                      3);
        lay(p, c);
    }
}

void map_storm(pic *p)
{
    struct sheet s = {-420, -120, 1.05};
    int cols, rows;
    double *h = survey(p, s, &cols, &rows),
           *air = malloc(sizeof *air * (size_t)cols * (size_t)rows);

    relief(p, h, cols);
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++)
            air[y * cols + x] = pressure_at(x * 4, y * 4);
    contour(p, h, cols, rows, 0, NAVY, 3.5);
    grain_around(p, NAVY, (point){860, 470}, 0, 0.5, 760, 0);
    for (double level = 960; level < 1036; level += 4)
        contour(p, air, cols, rows, level, fmod(level, 20) == 0 ? NAVY : ink_thin(NAVY, 0.75),
                fmod(level, 20) == 0 ? 6 : 3.2);
    front(p, (point[]){{860, 470}, {1080, 560}, {1270, 720}, {1390, 930}, {1450, 1180}}, 5, RUST,
          true);
    front(p, (point[]){{860, 470}, {800, 660}, {690, 840}, {540, 1000}, {330, 1150}}, 5,
          ink_of(0x24549a), false);
    letter(p, 860, 455, "L",
           (struct lettering){.font = "Noto Serif Bold 96",
                              .c = RUST,
                              .align = ALIGN_CENTRE,
                              .halo = 7,
                              .halo_ink = CREAM});
    letter(p, 860, 545, "957 hPa",
           (struct lettering){.font = "Noto Sans Bold 30",
                              .c = NIGHT,
                              .align = ALIGN_CENTRE,
                              .halo = 6,
                              .halo_ink = CREAM});
    town(p, s, SENNA, "Port Senna", 1, 26, 6, ALIGN_LEFT);
    town(p, s, EBBSMOUTH, "Ebbsmouth", 0.8, 24, 10, ALIGN_LEFT);
    path_box(p, 60, 60, 780, 190);
    lay(p, ink_thin(CREAM, 0.94));
    letter(p, 92, 118, "It sat down",
           (struct lettering){.font = "Noto Serif Bold 46", .c = NIGHT, .align = ALIGN_LEFT});
    letter(p, 92, 192, "Storm Hesper at 11pm on Thursday",
           (struct lettering){.font = "Noto Sans 28", .c = NAVY, .align = ALIGN_LEFT});
    letter(p, 1930, 1285, "Source: Met Office, Cold Law  ·  The Fathom",
           (struct lettering){.font = "Noto Sans 23",
                              .c = NAVY,
                              .align = ALIGN_RIGHT,
                              .halo = 5,
                              .halo_ink = ink_thin(CREAM, 0.8)});
    free(h);
    free(air);
}

/* ---- the storm's film ---- */

enum { FILM_W = 2000, FILM_H = 1125, FILM_RATE = 12, FILM_FRAMES = 15 * FILM_RATE };

struct weather {
    double hour; /* since 7pm */
    point low;
    double deep;
};

/* Where the low stood, hour by hour: it hurries in, sits down in the strait, and hurries off. */
static struct weather weather_at(double hour)
{
    static const struct weather track[] = {
        {0, {-260, 1010}, 30}, {2, {330, 700}, 48},    {4, {800, 450}, 64},  {6, {850, 430}, 66},
        {8, {900, 415}, 62},   {9.5, {1350, 250}, 50}, {11, {2100, 40}, 36},
    };
    size_t i = 0;

    while (i + 2 < LENGTH(track) && hour > track[i + 1].hour)
        i++;

    const struct weather *a = &track[i], *b = &track[i + 1];
    double t = fmin(1, fmax(0, (hour - a->hour) / (b->hour - a->hour)));

    return (struct weather){
        hour,
        {a->low.x + t * (b->low.x - a->low.x), a->low.y + t * (b->low.y - a->low.y)},
        a->deep + t * (b->deep - a->deep)};
}

static void isobars(pic *p, double *air, const double *rough, int cols, int rows, struct weather w)
{
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++) {
            double d = hypot((x * 4 - w.low.x) / 1.25, y * 4 - w.low.y);

            air[y * cols + x] = 1022 - w.deep * exp(-d * d / 210000) + rough[y * cols + x];
        }
    for (double level = 952; level < 1036; level += 4)
        contour(p, air, cols, rows, level, fmod(level, 20) == 0 ? NAVY : ink_thin(NAVY, 0.75),
                fmod(level, 20) == 0 ? 6 : 3.4);
}

static void fronts_at(pic *p, point low)
{
    point warm[] = {{0, 0}, {220, 90}, {410, 250}, {530, 460}, {590, 710}};
    point cold[] = {{0, 0}, {-60, 190}, {-170, 370}, {-320, 530}, {-530, 680}};

    for (size_t i = 0; i < LENGTH(warm); i++) {
        warm[i] = (point){warm[i].x + low.x, warm[i].y + low.y};
        cold[i] = (point){cold[i].x + low.x, cold[i].y + low.y};
    }
    front(p, warm, LENGTH(warm), RUST, true);
    front(p, cold, LENGTH(cold), ink_of(0x24549a), false);
}

/* "7pm" to "6am" */
static void hour_words(pic *p, struct weather w)
{
    static const char *const hours[] = {"7pm", "8pm", "9pm", "10pm", "11pm", "Midnight",
                                        "1am", "2am", "3am", "4am",  "5am",  "6am"};
    char pressure[32];

    snprintf(pressure, sizeof pressure, "%.0f hPa", 1022 - w.deep);
    path_box(p, 60, 60, 760, 200);
    lay(p, ink_thin(CREAM, 0.95));
    letter(p, 92, 136, hours[(int)w.hour],
           (struct lettering){.font = "Noto Serif Bold 62", .c = NIGHT, .align = ALIGN_LEFT});
    letter(p, 94, 218, "Storm Hesper, Thursday to Friday",
           (struct lettering){.font = "Noto Sans 34", .c = NAVY, .align = ALIGN_LEFT});
    letter(p, w.low.x, w.low.y - 15, "L",
           (struct lettering){.font = "Noto Serif Bold 96",
                              .c = RUST,
                              .align = ALIGN_CENTRE,
                              .halo = 7,
                              .halo_ink = CREAM});
    letter(p, w.low.x, w.low.y + 80, pressure,
           (struct lettering){.font = "Noto Sans Bold 36",
                              .c = NIGHT,
                              .align = ALIGN_CENTRE,
                              .halo = 6,
                              .halo_ink = CREAM});
}

/* Its frames, one after another, as cairo's pixels (bgr0): the land is drawn once. */
int film_storm(FILE *out)
{
    struct sheet s = {-420, -120, 1.05};
    pic land = {.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, FILM_W, FILM_H),
                .w = FILM_W,
                .h = FILM_H,
                .seed = 4711,
                .dice = 4711};
    pic p = land;
    int cols, rows;

    land.cr = cairo_create(land.surface);

    double *h = survey(&land, s, &cols, &rows);
    size_t n = (size_t)cols * (size_t)rows;
    double *air = malloc(sizeof *air * n), *rough = malloc(sizeof *rough * n);

    relief(&land, h, cols);
    contour(&land, h, cols, rows, 0, NAVY, 3.5);
    town(&land, s, SENNA, "Port Senna", 1.2, 26, 6, ALIGN_LEFT);
    town(&land, s, EBBSMOUTH, "Ebbsmouth", 1, 24, 10, ALIGN_LEFT);
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++)
            rough[y * cols + x] = 14 * exp(-pow(hypot(x * 4 - 2350, y * 4 - 1600), 2) / 500000) +
                                  3 * fbm2(17, x / 105.0, y / 105.0, 2);
    cairo_surface_flush(land.surface);
    p.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, FILM_W, FILM_H);
    p.cr = cairo_create(p.surface);
    for (int i = 0; i < FILM_FRAMES; i++) {
        double hour = fmin(11, 11.6 * i / FILM_FRAMES);
        struct weather w = weather_at(hour);

        cairo_set_source_surface(p.cr, land.surface, 0, 0);
        cairo_paint(p.cr);
        isobars(&p, air, rough, cols, rows, w);
        fronts_at(&p, w.low);
        hour_words(&p, w);
        cairo_surface_flush(p.surface);
        if (fwrite(cairo_image_surface_get_data(p.surface), 4, (size_t)FILM_W * FILM_H, out) !=
            (size_t)FILM_W * FILM_H)
            return 1;
    }
    cairo_destroy(p.cr);
    cairo_surface_destroy(p.surface);
    cairo_destroy(land.cr);
    cairo_surface_destroy(land.surface);
    free(h);
    free(air);
    free(rough);
    return 0;
}
