#include "media/paint.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/colour.h"
#include "text/write_page.h"

#include <vips/vips.h>

enum {
    EDGE = 80,
    BAND = 18,
    HEADFOOT_MAX = 180,
    FOOT_MAX = 60,
    TEXT_WIDTH = CARD_WIDTH - 2 * EDGE
};

#define SERIF "Noto Serif, DejaVu Serif, serif"
#define SANS "Noto Sans, DejaVu Sans, sans-serif"

static const struct colour paper = {0xff, 0xfe, 0xfb}, ink = {0x1a, 0x18, 0x15},
                           soft = {0x5c, 0x57, 0x50}, otherwise = {0x8a, 0x1c, 0x1c};

static void unref(void *of)
{
    g_object_unref(of);
}

static VipsImage *hold(arena *a, VipsImage *im)
{
    arena_defer(a, unref, im);
    return im;
}

static err failed(note *why)
{
    err e = fail(why, E_IO, "the card could not be drawn: %s", vips_error_buffer());

    vips_error_clear();
    return e;
}

/* One colour, so wide and so high. */
static int plain(arena *a, int width, int height, struct colour c, VipsImage **out)
{
    double none[] = {0, 0, 0}, full[] = {c.red, c.green, c.blue};
    VipsImage *black, *filled;

    if (vips_black(&black, width, height, "bands", 3, NULL) != 0)
        return -1;
    if (vips_linear(hold(a, black), &filled, none, full, 3, "uchar", TRUE, NULL) != 0)
        return -1;
    *out = hold(a, filled);
    return 0;
}

/* Words as an image: `c` on the paper's ground. */
static int lettered(arena *a, const char *markup, const char *font, struct colour c,
                    VipsImage **out)
{
    double by[] = {(c.red - paper.red) / 255.0, (c.green - paper.green) / 255.0,
                   (c.blue - paper.blue) / 255.0};
    double ground[] = {paper.red, paper.green, paper.blue};
    VipsImage *mask, *words;

    if (vips_text(&mask, markup, "font", font, "width", TEXT_WIDTH, "dpi", 72, "spacing", 6,
                  NULL) != 0)
        return -1;
    if (vips_linear(hold(a, mask), &words, by, ground, 3, "uchar", TRUE, NULL) != 0)
        return -1;
    *out = hold(a, words);
    return 0;
}

static int insert(arena *a, VipsImage **on, VipsImage *what, int x, int y)
{
    VipsImage *both;

    if (vips_insert(*on, what, &both, x, y, NULL) != 0)
        return -1;
    *on = hold(a, both);
    return 0;
}

/* What Pango reads: escaped, in one line, not longer than `max`. */
static const char *markup_of(arena *a, str words, size_t max)
{
    buf out = buf_new(a, 16 << 10);
    str line = str_squeeze(a, utf8_clean(a, words));

    if (utf8_length(line) > max) {
        str rest = line;

        for (size_t i = 0; i + 1 < max; i++)
            utf8_next(&rest);
        line = str_join(a, str_trim(str_to(line, line.n - rest.n)), S("…"));
    }
    html_escape(&out, line);
    return str_z(a, buf_str(&out));
}

/* The longer it is, the smaller; wide characters count twice. */
static const char *headline_font(str headline)
{
    size_t length = utf8_length(headline) +
                    (headline.n > utf8_length(headline) * 2 ? utf8_length(headline) : 0);

    return length <= 40    ? SERIF " bold 84"
           : length <= 75  ? SERIF " bold 70"
           : length <= 110 ? SERIF " bold 58"
                           : SERIF " bold 48";
}

static int draw(arena *a, const struct card_words *w, struct colour accent, VipsImage **out)
{
    VipsImage *band, *words;
    int y = EDGE + BAND;

    if (plain(a, CARD_WIDTH, CARD_HEIGHT, paper, out) != 0 ||
        plain(a, CARD_WIDTH, BAND, accent, &band) != 0 || insert(a, out, band, 0, 0) != 0)
        return -1;
    if (w->kicker.n > 0) {
        if (lettered(a, markup_of(a, w->kicker, FOOT_MAX), SANS " bold 30", accent, &words) != 0 ||
            insert(a, out, words, EDGE, y) != 0)
            return -1;
        y += vips_image_get_height(words) + 40;
    }
    if (w->headline.n > 0 && (lettered(a, markup_of(a, w->headline, HEADFOOT_MAX),
                                       headline_font(w->headline), ink, &words) != 0 ||
                              insert(a, out, words, EDGE, y) != 0))
        return -1;
    if (w->foot.n > 0 &&
        (lettered(a, markup_of(a, w->foot, FOOT_MAX), SERIF " bold 36", soft, &words) != 0 ||
         insert(a, out, words, EDGE, CARD_HEIGHT - EDGE - vips_image_get_height(words)) != 0))
        return -1;
    return 0;
}

err paint_card(arena *a, const struct card_words *words, str *png, note *why)
{
    struct colour accent;
    VipsImage *im;
    void *p;
    size_t n;

    if (!colour_read(words->accent, &accent))
        accent = otherwise;
    if (draw(a, words, accent, &im) != 0 ||
        vips_pngsave_buffer(im, &p, &n, "compression", 9, "strip", TRUE, NULL) != 0)
        return failed(why);
    arena_defer(a, g_free, p);
    *png = str_of(p, n);
    return OK;
}
