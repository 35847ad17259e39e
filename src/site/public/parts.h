/*
 * parts.h - what several pages show: cards, pictures, moments.  Everything lives in the reading's
 * arena.
 */
#ifndef SITE_PUBLIC_PARTS_H
#define SITE_PUBLIC_PARTS_H

#include "media/srcset.h"
#include "news/story.h"
#include "site/public/views.h"
#include "site/site.h"

/* What a part is drawn in. */
struct parts {
    const struct site *site;
    struct reading *r;
    const struct paper *paper;
};

/* An address of ours as the page in hand links to it: with ".lite" behind it from a lite page
 * (unless the whole paper is lite).  `kind`: "/topic/", "/" ... */
str part_address(const struct parts *p, const char *kind, str rest);

/* What stands behind each such address: ".lite", or nothing. */
str part_ending(const struct parts *p);

/* The body of what is not a story: a notice, a page of information, what is written of a topic. */
struct html part_body(const struct parts *p, const struct body *body);

/* Where a picture stands: how wide, for the browser's choice of file, and in which shape the
 * theme's style sheets show it there, so that a crop an editor has set is used (media/crop.h). */
enum place_shape {
    STANDS_WHOLE,
    STANDS_WIDE,   /* 3:2 */
    STANDS_SQUARE, /* 1:1 */
    STANDS_CARD    /* 3:2, and square on a telephone */
};
struct place {
    str sizes; /* empty: no picture */
    enum place_shape as;
};
extern const struct place PLACE_LEAD, PLACE_CARD, PLACE_FIRST, PLACE_LIST, PLACE_HERO, PLACE_DAY,
    PLACE_BODY, PLACE_WALL, PLACE_WHOLE, PLACE_NONE;

struct view_when part_when(const struct parts *p, int64_t at);

/* Addresses of pictures or films ("/media/7/640.avif 640w, ...") as the page in hand has them. */
str part_media(const struct parts *p, str addresses);

/* The files of a picture that the page offers: all, or of what is taken along the smallest.  All of
 * the picture, whatever was cropped. */
struct media_sources part_sources(const struct parts *p, const struct media *m);

/* Where a picture's focal point is, as classes of css/focus.css: "fx3 fy7", in tenths; empty: in
 * the middle. */
str part_focus(arena *a, int x, int y);

/* The picture, or NULL when there is none or it cannot be loaded. */
const struct view_picture *part_picture(const struct parts *p, int64_t media, str alt,
                                        struct place place, bool eager);

/* The paper's logo, with its name as alt; NULL: it has none, or it was killed. */
enum { LOGO_TENTHS = 55 }; /* how high it is at most, in tenths of a rem */
const struct view_picture *part_logo(const struct parts *p);

/* The critic's stars, or NULL where none are given. */
const struct view_rating *part_rating(const struct parts *p, const struct card *c);

/* "3.5 of 5 stars", in the paper's language. */
str part_stars(arena *a, const struct tongue *tongue, int half_stars);

/* What a story is, where its section does not say it: "Opinion", "Live"; else empty. */
str part_label(const struct parts *p, const struct card *c);

struct view_card part_card(const struct parts *p, const struct card *c, struct place place,
                           bool eager);

/* "rtl" or "ltr" by the language's script. */
str part_direction(str language);

/* "Correction", "Clarification", in the paper's language, for the kind of a story's correction. */
str part_correction(const struct tongue *tongue, str kind);

/* Empty where it is the paper's own language: then nothing need be said. */
str part_language(const struct paper *paper, str language);

#endif
