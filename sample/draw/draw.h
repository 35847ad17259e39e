/*
 * draw.h - the tools the sample edition's illustrator works with.
 *
 * A picture is drawn with cairo in a few flat inks, shaded with grain and cut
 * with short tapering strokes, so that all of them look printed on one press.
 * Everything is a function of the picture's seed: the same program makes the
 * same picture.  Widths are always 2000, so lengths below are in pixels.
 */
#ifndef DRAW_H
#define DRAW_H

#include <cairo.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

typedef struct ink {
    double r, g, b, a;
} ink;

typedef struct pic {
    cairo_t *cr;
    cairo_surface_t *surface;
    int w, h;
    uint32_t seed; /* of this picture */
    uint32_t dice; /* the running state of roll() */
} pic;

typedef struct point {
    double x, y;
} point;

/* Inks: 0xrrggbb; a thinner ink; a mixture (t of b). */
ink ink_of(uint32_t rgb);
ink ink_thin(ink c, double alpha);
ink ink_mix(ink a, ink b, double t);

/* The press's inks. */
#define NIGHT ink_of(0x14212e)
#define NAVY ink_of(0x1f3a4d)
#define SLATE ink_of(0x45606b)
#define TEAL ink_of(0x2f6c70)
#define SEA ink_of(0x6d9c99)
#define MIST ink_of(0xbfd0cb)
#define PAPER ink_of(0xf3ead9)
#define CREAM ink_of(0xfbf5e8)
#define OCHRE ink_of(0xdfa73d)
#define RUST ink_of(0xc4533a)
#define BRICK ink_of(0x8f3b2e)
#define PLUM ink_of(0x54405a)
#define MOSS ink_of(0x6b7a3f)
#define FIELD ink_of(0x9aa65c)
#define PINK ink_of(0xe9b9a0)

/* Chance, and noise with no seams.  roll() gives 0..1. */
double roll(pic *p);
double roll_between(pic *p, double low, double high);
double noise1(uint32_t seed, double x); /* -1..1, smooth */
double noise2(uint32_t seed, double x, double y);
double fbm1(uint32_t seed, double x, int octaves);
double fbm2(uint32_t seed, double x, double y, int octaves);

/* Flat colour. */
void lay(pic *p, ink c);      /* the current path */
void lay_keep(pic *p, ink c); /* and keep the path */
void wash(pic *p, ink c);     /* the whole clip */
void wash_down(pic *p, double y0, ink a, double y1, ink b);
void line(pic *p, ink c, double width); /* stroke the current path */

/* Paths. */
void path_poly(pic *p, const point *pts, size_t n);
void path_smooth(pic *p, const point *pts, size_t n, bool closed);
void path_box(pic *p, double x, double y, double w, double h);
void path_oval(pic *p, double cx, double cy, double rx, double ry);

/* Shading inside the current clip: ink whose coverage goes from one strength to another. */
void grain_between(pic *p, ink c, point from, double strength0, point to, double strength1);
void grain_around(pic *p, ink c, point centre, double r0, double strength0, double r1,
                  double strength1);

/* Short tapering cuts, as a lino knife leaves them, inside the current clip. */
struct carving {
    ink c;
    double angle;       /* radians; 0 is level */
    double turn;        /* how much noise may turn it */
    double gap;         /* between rows */
    double length;      /* of a cut, at most */
    double thick;       /* of a cut, at most */
    double keep;        /* share of cuts made, 0..1 */
    double top, bottom; /* rows between these heights; both 0: everywhere */
    double deepen;      /* how much larger cuts are at the bottom, as a factor */
};
void carve(pic *p, struct carving how);

/* Print on paper: fine grain over all.  Call last. */
void press(pic *p, double strength);

/* Words. */
enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
struct lettering {
    const char *font;
    ink c;
    enum align align;
    double halo;
    ink halo_ink;
    double angle;
    double spacing;
};
void letter(pic *p, double x, double y, const char *words, struct lettering how);

/* Scenery, in scenery.c. */
struct ridge {
    double y, rise, wave;
    uint32_t seed;
    ink c, foot;
    int rough;
};
double ridge_at(struct ridge r, double x);
void ridge_path(pic *p, struct ridge r);
void ridge_draw(pic *p, struct ridge r);
void sky_draw(pic *p, double horizon, ink top, ink middle, ink low);
void clouds_draw(pic *p, double top, double bottom, double size, ink c, uint32_t seed);
void stars_draw(pic *p, double bottom, int count);
void sun_draw(pic *p, double x, double y, double r, ink c, ink glow);
void sea_draw(pic *p, double top, double bottom, ink far, ink near, ink crest);
void glitter_draw(pic *p, double x, double top, double bottom, double spread, ink c);
struct house {
    double x, y, w, h, roof;
    ink wall, tiles, lit;
    int cols, rows;
    bool chimney, gable, door;
};
void house_draw(pic *p, struct house h);
void gull_draw(pic *p, double x, double y, double span, double lift, ink c);
void person_draw(pic *p, double x, double y, double h, ink coat, ink legs, ink skin);
void sheep_draw(pic *p, double x, double y, double size, bool left);
void trawler_draw(pic *p, double x, double y, double size, ink hull, bool left);
void lighthouse_draw(pic *p, double x, double y, double h, ink body, ink band);
void tree_draw(pic *p, double x, double y, double h, double lean, ink c);
void turbine_draw(pic *p, double x, double y, double h, double turn, ink c);
void spray_draw(pic *p, double x, double y, double size, ink c);

/* The pictures, one function each. */
typedef void drawing(pic *);
drawing ferry_crossing, harbour_dusk, lighthouse_storm, storm_pier, lifeboat_tow, cable_ship,
    fishing_quay, gig_race, brannay_jetty, kelp_shore;
drawing hills_fog, sheep_walls, night_sky, geese_estuary, coast_road, hill_runners, bog_survey;
drawing market_street, stadium_night, moot_house, hospital_night, school_hill, lantern_week,
    distillery_stills, boatyard, salt_wedding, kitchen_bread, wool_mill, reading_room;
drawing map_island, map_storm, map_port_senna, map_kettle_haven, map_brannay;
drawing chart_herring, chart_power, chart_geese, chart_moot;
drawing portrait_varley, portrait_brede, portrait_lind, portrait_strake, portrait_ashdown,
    portrait_corran, portrait_pell, portrait_haddad, portrait_quill, portrait_sallow,
    portrait_garrick;

/* A film as raw frames (2000x1125, bgr0, 12 a second), and sounds as raw samples (16 bits, one
 * channel, 24,000 a second).  0, or 1 when they could not be written. */
int film_storm(FILE *out);
int sound_wind(FILE *out);
int sound_bell(FILE *out);

/* The catalogue: what each picture is called, shows, and says about itself. */
struct entry {
    const char *name;
    drawing *draw;
    int w, h;
    const char *headline, *caption, *alt, *by, *city;
};
extern const struct entry catalogue[];
extern const size_t catalogue_length;

/* The packets that travel inside the file.  The caller frees them. */
char *metadata_xmp(const struct entry *e, size_t *length);
unsigned char *metadata_iptc(const struct entry *e, size_t *length);

#endif
