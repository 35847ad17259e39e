/* charts.c - the graphics desk: what numbers look like in this paper. */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERIF "Noto Serif"
#define SANS "Noto Sans"

static const ink *ground(void)
{
    static ink c;
    c = ink_of(0xf6efe1);
    return &c;
}

static void words(pic *p, double x, double y, const char *text, const char *font, ink c,
                  enum align align)
{
    letter(p, x, y, text, (struct lettering){.font = font, .c = c, .align = align});
}

static void frame(pic *p, const char *headline, const char *what, const char *source)
{
    wash(p, *ground());
    path_box(p, 110, 92, 130, 12);
    lay(p, RUST);
    words(p, 110, 168, headline, SERIF " Bold 50", NIGHT, ALIGN_LEFT);
    words(p, 110, 246, what, SANS " 30", SLATE, ALIGN_LEFT);
    path_box(p, 110, p->h - 108, p->w - 220, 2);
    lay(p, ink_thin(SLATE, 0.6));
    words(p, 110, p->h - 64, source, SANS " 24", SLATE, ALIGN_LEFT);
    words(p, p->w - 110, p->h - 64, "The Fathom", SERIF " Bold Italic 26", NAVY, ALIGN_RIGHT);
}

static void rule_at(pic *p, double x0, double x1, double y, const char *label, bool base)
{
    path_box(p, x0, y - (base ? 2 : 1), x1 - x0, base ? 4 : 2);
    lay(p, ink_thin(SLATE, base ? 1 : 0.35));
    words(p, x0 - 18, y, label, SANS " 24", SLATE, ALIGN_RIGHT);
}

struct plot {
    double x0, x1, y0, y1, low, high;
    int first, last;
};

static double plot_x(struct plot q, double year)
{
    return q.x0 + (q.x1 - q.x0) * (year - q.first) / (q.last - q.first);
}
static double plot_y(struct plot q, double v)
{
    return q.y1 - (q.y1 - q.y0) * (v - q.low) / (q.high - q.low);
}

static void years(pic *p, struct plot q, int step)
{
    for (int y = q.first; y <= q.last; y += step) {
        char label[16];

        snprintf(label, sizeof label, "%d", y);
        words(p, plot_x(q, y), q.y1 + 40, label, SANS " 24", SLATE, ALIGN_CENTRE);
    }
}

static void curve(pic *p, struct plot q, const double *v, int n, ink c, double width)
{
    cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
    for (int i = 0; i < n; i++)
        cairo_line_to(p->cr, plot_x(q, q.first + i), plot_y(q, v[i]));
    line(p, c, width);
}

static void dot(pic *p, double x, double y, double r, ink c)
{
    path_oval(p, x, y, r + 5, r + 5);
    lay(p, *ground());
    path_oval(p, x, y, r, r);
    lay(p, c);
}

static void herring_shape(pic *p, double x, double y, double s, ink c)
{
    path_smooth(p,
                (point[]){{x - s, y},
                          {x - s * 0.3, y - s * 0.26},
                          {x + s * 0.5, y - s * 0.18},
                          {x + s * 0.95, y},
                          {x + s * 0.5, y + s * 0.16},
                          {x - s * 0.3, y + s * 0.22}},
                6, true);
    path_poly(p,
              (point[]){{x + s * 0.85, y},
                        {x + s * 1.3, y - s * 0.28},
                        {x + s * 1.18, y},
                        {x + s * 1.3, y + s * 0.28}},
              4);
    path_poly(p,
              (point[]){{x - s * 0.1, y - s * 0.2},
                        {x + s * 0.15, y - s * 0.4},
                        {x + s * 0.25, y - s * 0.2}},
              3);
    lay(p, c);
    path_oval(p, x - s * 0.78, y - s * 0.05, s * 0.05, s * 0.05);
    lay(p, CREAM);
}

void chart_herring(pic *p)
{
    const double quota[] = {41.2, 39.8, 40.5, 38.0, 36.4, 33.9, 31.2, 29.6, 27.4, 25.1, 18.8};
    const double landed[] = {40.1, 39.2, 39.9, 37.1, 35.8, 33.41, 30.87, 28.95, 25.31, 22.6};
    struct plot q = {250, 1800, 400, 1060, 0, 45, 2017, 2027};

    frame(p, "A quarter less, again", "Herring quota and landings, thousand tonnes a year",
          "Source: Fisheries ministry; Marine Station, Sandwick Bay. 2026 landings to October");
    for (int i = 0; i <= 4; i++) {
        char label[8];
        snprintf(label, sizeof label, "%d", i * 10);
        rule_at(p, q.x0 - 40, q.x1, plot_y(q, i * 10), label, i == 0);
    }
    years(p, q, 2);
    cairo_save(p->cr);
    for (int i = 0; i < 11; i++)
        cairo_line_to(p->cr, plot_x(q, 2017 + i), plot_y(q, quota[i]));
    cairo_line_to(p->cr, q.x1, q.y1);
    cairo_line_to(p->cr, q.x0, q.y1);
    cairo_close_path(p->cr);
    cairo_clip(p->cr);
    wash(p, ink_thin(SEA, 0.25));
    grain_between(p, SEA, (point){0, q.y0}, 0.75, (point){0, q.y1}, 0.05);
    cairo_restore(p->cr);
    herring_shape(p, 520, 930, 120, ink_thin(TEAL, 0.7));
    herring_shape(p, 830, 980, 92, ink_thin(TEAL, 0.55));
    herring_shape(p, 700, 845, 74, ink_thin(TEAL, 0.45));
    curve(p, q, landed, 10, OCHRE, 8);
    curve(p, q, quota, 11, NAVY, 10);
    dot(p, q.x1, plot_y(q, 18.8), 15, RUST);
    dot(p, plot_x(q, 2026), plot_y(q, 25.1), 12, NAVY);
    dot(p, q.x0, plot_y(q, 41.2), 12, NAVY);
    words(p, q.x0 + 24, plot_y(q, 41.2) - 42, "41.2", SANS " Bold 28", NAVY, ALIGN_LEFT);
    words(p, plot_x(q, 2026) - 4, plot_y(q, 25.1) - 50, "25.1", SANS " Bold 28", NAVY,
          ALIGN_CENTRE);
    words(p, q.x1 + 34, plot_y(q, 18.8) + 2, "18.8", SANS " Bold 34", RUST, ALIGN_LEFT);
    words(p, plot_x(q, 2020.2), plot_y(q, 42.6), "Quota", SANS " Bold 30", NAVY, ALIGN_LEFT);
    words(p, plot_x(q, 2021.2), plot_y(q, 30.0), "Landed", SANS " Bold 30",
          ink_mix(OCHRE, BRICK, 0.45), ALIGN_LEFT);
}

void chart_power(pic *p)
{
    static const struct {
        int year;
        double wind, tide, sun, oil;
    } mix[] = {
        {2018, 21, 2, 1, 76}, {2020, 29, 4, 2, 65}, {2022, 38, 6, 4, 52},
        {2024, 46, 8, 5, 41}, {2025, 51, 8, 6, 35}, {2027, 78, 12, 9, 1},
    };
    const ink inks[] = {TEAL, SEA, OCHRE, ink_of(0x54504c)};
    const char *names[] = {"Wind", "Tide", "Sun", "Oil"};
    double y0 = 400, y1 = 1060, w = 190;

    frame(p, "The end of oil, give or take one per cent",
          "Where the island’s electricity comes from, per cent",
          "Source: Aldersay Power. 2027 is the company’s forecast with the link in use");
    for (int i = 0; i <= 4; i++) {
        char label[8];
        snprintf(label, sizeof label, "%d", i * 25);
        rule_at(p, 230, 1580, y1 - (y1 - y0) * i / 4, label, i == 0);
    }
    for (size_t i = 0; i < LENGTH(mix); i++) {
        const double part[] = {mix[i].wind, mix[i].tide, mix[i].sun, mix[i].oil};
        double x = 270 + i * 218 + (i == 5 ? 12 : 0), y = y1;
        char label[16];

        for (int k = 0; k < 4; k++) {
            double h = (y1 - y0) * part[k] / 100;

            cairo_save(p->cr);
            path_box(p, x, y - h, w, fmax(2, h - 4));
            cairo_clip(p->cr);
            wash(p, i == 5 ? ink_mix(inks[k], *ground(), 0.25) : inks[k]);
            grain_between(p, ink_mix(inks[k], NIGHT, 0.5), (point){x, 0}, 0, (point){x + w, 0},
                          0.45);
            cairo_restore(p->cr);
            if (h > 44) {
                snprintf(label, sizeof label, "%.0f", part[k]);
                words(p, x + w / 2, y - h / 2, label, SANS " Bold 28", CREAM, ALIGN_CENTRE);
            }
            y -= h;
        }
        snprintf(label, sizeof label, "%d", mix[i].year);
        words(p, x + w / 2, y1 + 40, label, i == 5 ? SANS " Bold Italic 26" : SANS " 26", SLATE,
              ALIGN_CENTRE);
    }
    for (int k = 0; k < 4; k++) {
        double y = (double[]){860, 550, 480, 415}[k];

        path_box(p, 1630, y - 16, 32, 32);
        lay(p, inks[k]);
        words(p, 1682, y, names[k], SANS " Bold 30", ink_mix(inks[k], NIGHT, 0.3), ALIGN_LEFT);
    }
}

static void small_goose(pic *p, double x, double y, double s, ink c)
{
    path_smooth(p,
                (point[]){{x - s, y},
                          {x - s * 0.2, y - s * 0.2},
                          {x + s * 0.3, y - s * 0.12},
                          {x + s, y - s * 0.3},
                          {x + s, y - s * 0.16},
                          {x + s * 0.3, y + s * 0.16},
                          {x - s * 0.4, y + s * 0.16}},
                7, true);
    path_poly(p, (point[]){{x + s * 0.1, y}, {x - s * 0.6, y - s * 0.9}, {x - s * 0.25, y}}, 3);
    lay(p, c);
}

void chart_geese(pic *p)
{
    const double count[] = {3.87, 4.1,  4.0,  4.6,  5.2,  5.05, 5.6,  6.3,   6.1,   6.9, 7.4,
                            7.1,  7.8,  8.3,  8.0,  8.9,  9.2,  9.0,  9.7,   10.3,  9.9, 10.6,
                            11.2, 10.8, 11.5, 11.9, 11.4, 12.1, 12.5, 12.94, 14.212};
    struct plot q = {250, 1800, 420, 1060, 0, 15, 1996, 2026};
    double w = (q.x1 - q.x0) / 30 * 0.72;

    frame(p, "More geese than ever counted here",
          "Barnacle geese on the Senna estuary, thousands, mid-November",
          "Source: Aldersay Natural History Society");
    for (int i = 0; i <= 3; i++) {
        char label[8];
        snprintf(label, sizeof label, "%d", i * 5);
        rule_at(p, q.x0 - 50, q.x1 + 30, plot_y(q, i * 5), label, i == 0);
    }
    for (int i = 0; i < 31; i++) {
        double x = plot_x(q, 1996 + i) - w / 2, y = plot_y(q, count[i]);

        cairo_save(p->cr);
        path_box(p, x, y, w, q.y1 - y);
        cairo_clip(p->cr);
        wash(p, i == 30 ? RUST : SLATE);
        grain_between(p, i == 30 ? BRICK : NAVY, (point){0, y}, 0, (point){0, q.y1}, 0.7);
        cairo_restore(p->cr);
    }
    years(p, q, 5);
    words(p, plot_x(q, 1996) - 14, plot_y(q, 3.87) - 36, "3,870", SANS " Bold 28", NAVY,
          ALIGN_LEFT);
    words(p, q.x1 + 14, plot_y(q, 14.212) - 36, "14,212", SANS " Bold 34", RUST, ALIGN_RIGHT);
    for (int i = 0; i < 13; i++)
        small_goose(p, 640 + abs(i - 4) * 66 - (i > 4 ? 0 : 30), 500 + (i - 4) * 22, 30,
                    ink_thin(NAVY, 0.75));
}

void chart_moot(pic *p)
{
    static const struct {
        const char *name;
        int now, before;
        uint32_t rgb;
    } party[] = {
        {"Commonweal", 11, 10, 0xc4533a},
        {"Independents", 3, 3, 0x8d8a80},
        {"Uplands Alliance", 3, 3, 0x6b7a3f},
        {"Harbour Party", 10, 11, 0x1f3a4d},
    };
    int seat[27], n = 0;

    frame(p, "One seat short",
          "The Moot after the Ebbsmouth East by-election: 27 members, 14 needed",
          "Source: Clerk of the Moot. Before: Harbour Party 11, Commonweal 10");
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < party[k].now; i++)
            seat[n++] = k;
    n = 0;
    for (int col = 0; col < 9; col++)
        for (int row = 0; row < 3; row++, n++) {
            double a = M_PI - M_PI * (col + 0.5) / 9, r = 340 + row * 128;
            double x = 1000 + cos(a) * r * 1.12, y = 1010 - sin(a) * r;
            ink c = ink_of(party[seat[n]].rgb);

            cairo_save(p->cr);
            path_oval(p, x, y, 50, 50);
            cairo_clip(p->cr);
            wash(p, c);
            grain_between(p, ink_mix(c, NIGHT, 0.6), (point){x - 20, y - 20}, 0,
                          (point){x + 50, y + 50}, 0.85);
            cairo_restore(p->cr);
            if (n == 10) {
                path_oval(p, x, y, 64, 64);
                line(p, OCHRE, 8);
            }
        }
    words(p, 1000, 890, "13 : 14", SERIF " Bold 84", NIGHT, ALIGN_CENTRE);
    words(p, 1000, 984, "government : everyone else", SANS " 28", SLATE, ALIGN_CENTRE);
    for (int k = 0; k < 4; k++) {
        char label[64];
        double x = (double[]){110, 590, 1010, 1490}[k];

        path_oval(p, x + 16, 1146, 17, 17);
        lay(p, ink_of(party[k].rgb));
        snprintf(label, sizeof label, "%s %d", party[k].name, party[k].now);
        words(p, x + 48, 1146, label, SANS " Bold 29", NIGHT, ALIGN_LEFT);
    }
}
