/*
 * films.h - films and sounds as pages show them: a player's parts, a badge, words for machines.
 * Everything lives in the reading's arena.
 */
#ifndef SITE_PUBLIC_FILMS_H
#define SITE_PUBLIC_FILMS_H

#include "media/catalogue.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "text/write_page.h"

/* Fill in what a player needs beside the poster; `m` is of the film. */
void film_player(const struct parts *p, const struct media *m, struct page_media *out);

/* How long a story's film, or else its sound, lasts; NULL when it has none. */
const struct view_badge *film_badge(const struct parts *p, const struct card *c);

/* The films and sounds that a story shows, the first few: as its main picture or in its text. */
struct shown_films films_of(const struct parts *p, const struct story *s);

/* The player at the place of the main picture, when that is a film that the text does not show;
 * else empty. */
struct html film_hero(const struct parts *p, const struct story *s,
                      const struct page_writer *writer);

/* Which rendition of a picture the address asks for: {width}.{ext}, or {crop}/{width}.{ext}.
 * E_MISSING: that is none. */
struct rendition {
    int width;
    enum picture_format format;
    str name; /* of the crop, "wide-0-0-500-333"; empty: all of it */
    enum shape shape;
    struct crop crop;
};
err rendition_asked(const struct request *rq, struct rendition *out);

/* Answer with it, after the gate: the file, a step to where it is now when it was cut by a crop of
 * another day, or E_MISSING while it is not made; no page names it before. */
err rendition_reply(struct request *rq, const struct site *s, const struct media *m,
                    const struct rendition *asked);

/* Those in this language, captions without one being in `own`; NULL: there are none. */
const struct media_captions *captions_in(const struct media_captions_all *all, str own,
                                         str language);

/* Is the main picture a film's poster? */
bool film_leads(const struct parts *p, const struct story *s);

#endif
