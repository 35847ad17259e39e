/*
 * files.c - what pages refer to: the theme's files, the paper's colours, pictures.
 */
#include "site/public/films.h"
#include "site/public/pages.h"

#include "base/hash.h"
#include "media/catalogue.h"
#include "news/picture.h"
#include "site/show.h"
#include "text/colour.h"

enum { COLOURS_MAX = 2048 /* bytes */ };

/* Under the fingerprint of another day there may be another file: only the right one is given. */
err theme_file_page(struct request *rq)
{
    struct site *s = rq->of;
    theme *t = site_theme(s);
    const struct theme_file *f = theme_file(t, request_param(rq, S("file")));
    struct reading r;
    err e = E_MISSING;

    if (f != NULL && str_eq(f->fingerprint, request_param(rq, S("fingerprint")))) {
        e = show_begin(rq, &r);
        if (e == OK)
            e = show_bytes(rq, &r, str_c(f->type), f->bytes, KEEP_FOREVER);
    }
    theme_drop(&t);
    return e;
}

/* The paper's accent; in the dark with as much white as it takes to be read. */
static void put_accent(buf *css, const struct paper *paper)
{
    static const struct colour dark_ground = {0x16, 0x15, 0x13}, otherwise = {0x8a, 0x1c, 0x1c};
    struct colour accent;

    if (!colour_read(paper->accent, &accent))
        accent = otherwise;
    buf_fmt(css,
            ":root{--accent:%.*s;--accent-ink:var(--accent)}"
            "@media screen and (prefers-color-scheme:dark){:root{--accent-ink:%.*s}}",
            STR(colour_write(css->a, accent)),
            STR(colour_write(css->a, colour_lightened(accent, dark_ground, 5.5))));
}

/* The ground of the masthead, from edge to edge of the window, and an ink that is read on it. */
static void put_masthead(buf *css, const struct paper *paper)
{
    struct colour ground;
    str is, ink;

    if (!colour_read(paper->masthead, &ground))
        return;
    is = colour_write(css->a, ground);
    ink = colour_write(css->a, colour_ink_on(ground));
    buf_fmt(css,
            "@media screen and (forced-colors:none){.masthead{--paper:%.*s;--ink:%.*s;"
            "--soft:var(--ink);--rule:var(--ink);--accent-ink:var(--ink);--hair:%.*s66;"
            "background:%.*s;border-image:linear-gradient(%.*s,%.*s) fill 0/0/0 100vmax;"
            "color:var(--ink);padding-bottom:.4rem}.breaking{box-shadow:0 0 0 1px var(--hair)}}",
            STR(is), STR(ink), STR(ink), STR(is), STR(is), STR(is));
}

/* How high the logo is.  Pictures are made with a white ground: on any other it is a plate. */
static void put_logo(buf *css, const struct paper *paper)
{
    if (paper->logo.n == 0)
        return;
    buf_fmt(css,
            ".name a{display:inline-block}.name img{width:auto;height:2.5rem;"
            "max-width:min(100%%,36rem);object-fit:contain;margin-inline:auto;background:#fff}"
            "h1.name img{height:clamp(3rem,9vw,%d.%drem)}"
            "@media screen%s{.name img{box-shadow:0 0 0 .35rem #fff}}",
            LOGO_TENTHS / 10, LOGO_TENTHS % 10,
            paper->masthead.n > 0 ? "" : " and (prefers-color-scheme:dark)");
}

static str colours_of(arena *a, const struct paper *paper)
{
    buf css = buf_new(a, COLOURS_MAX);

    put_accent(&css, paper);
    put_masthead(&css, paper);
    put_logo(&css, paper);
    return buf_str(&css);
}

str colours_address(arena *a, const struct paper *paper)
{
    return str_fmt(a, "/colours/%.*s.css", STR(fingerprint(a, colours_of(a, paper))));
}

/* `wanted`: the fingerprint in the address; empty when there is none. */
static err colours(struct request *rq, str wanted)
{
    struct reading r;
    struct paper paper;
    str css;
    bool for_ever;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    css = colours_of(rq->arena, &paper);
    for_ever = str_eq(wanted, fingerprint(rq->arena, css));
    return show_bytes(rq, &r, S("text/css; charset=utf-8"), css,
                      for_ever ? KEEP_FOREVER : KEEP_SHARED);
}

err colours_page(struct request *rq)
{
    return colours(rq, S(""));
}

/* Under an address that changes with them, to be kept; that of another day gives today's. */
err colours_kept_page(struct request *rq)
{
    return colours(rq, request_param(rq, S("fingerprint")));
}

/* A kill reaches pictures that others keep within this time (docs/media.md). */
enum { PICTURE_KEPT_S = 3600 };

/* GET /media/{id}/film.{ext}: as it came, in ranges if they are asked for */
err film_page(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t id;
    struct reading r;
    struct media m;
    struct media_file file;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(show_begin(rq, &r));
    TRY(picture_gate(&r, id));
    TRY(media_find(rq->arena, rq->desk, id, &m));
    reading_end(&r);
    TRY(media_film_file(rq->arena, &s->library, &m, request_param(rq, S("ext")), &file));
    reply_keep(rq, KEEP_SHARED, PICTURE_KEPT_S, r.until);
    return reply_file(rq, file.path, str_c(file.type),
                      str_fmt(rq->arena, "%.*s-film", STR(str_to(m.fingerprint, 16))));
}

/* GET /media/{id}/captions/{language}.vtt: asked of the gate each time, like the film. */
err captions_page(struct request *rq)
{
    int64_t id;
    struct reading r;
    struct paper paper;
    struct media_captions_all all;
    const struct media_captions *found;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(show_begin(rq, &r));
    TRY(picture_gate(&r, id));
    TRY(show_paper(rq, &r, &paper));
    TRY(media_captions(rq->arena, rq->desk, id, &all));
    reading_end(&r);
    found = captions_in(&all, paper.language, request_param(rq, S("language")));
    if (found == NULL)
        return E_MISSING;
    reply_keep(rq, KEEP_SHARED, PICTURE_KEPT_S, r.until);
    reply_tag(rq, fingerprint(rq->arena, found->vtt), 0);
    return reply_bytes(rq, 200, S("text/vtt; charset=utf-8"), found->vtt);
}

/* GET /media/{id}/{width}.{ext}, /media/{id}/{crop}/{width}.{ext} */
err media_page(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t id;
    struct rendition asked;
    struct reading r;
    struct media m;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(rendition_asked(rq, &asked));
    TRY(show_begin(rq, &r));
    TRY(picture_gate(&r, id));
    TRY(media_find(rq->arena, rq->desk, id, &m));
    reading_end(&r);
    reply_keep(rq, KEEP_SHARED, PICTURE_KEPT_S, r.until);
    return rendition_reply(rq, s, &m, &asked);
}
