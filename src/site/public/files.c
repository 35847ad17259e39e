/*
 * files.c - what pages refer to: the theme's files, the paper's colours, pictures.
 */
#include "site/public/pages.h"

#include "media/catalogue.h"
#include "site/show.h"

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

static bool is_colour(str s)
{
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (strchr("0123456789abcdefABCDEF", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return true;
}

/* GET /colours.css: the paper's accent.  In the dark it is mixed with white so that it can be read.
 */
err colours_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    str accent = S("#8a1c1c");

    TRY(show_begin(rq, &r));
    TRY(paper_load(&r, &paper));
    if (is_colour(paper.accent))
        accent = paper.accent;
    return show_bytes(rq, &r, S("text/css; charset=utf-8"),
                      str_fmt(rq->arena,
                              ":root{--accent:%.*s}@media(prefers-color-scheme:dark){:root{"
                              "--accent-ink:color-mix(in srgb,%.*s 45%%,white)}}",
                              STR(accent), STR(accent)),
                      KEEP_SHARED);
}

/* GET /media/{id}/{width}.{ext} */
err media_page(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t id, width;
    enum picture_format format;
    struct media m;
    struct media_file file;

    if (!str_int(request_param(rq, S("id")), &id) ||
        !str_int(request_param(rq, S("width")), &width) || width > 100000 ||
        !picture_format_of(request_param(rq, S("ext")), &format))
        return E_MISSING;
    TRY(media_find(rq->arena, rq->desk, id, &m));
    TRY(media_file_for(rq->arena, &s->library, &m, (int)width, format, &file));
    if (!file.as_asked)
        return E_MISSING; /* no page names it before it is made */
    return reply_file(rq, file.path, str_c(file.type),
                      str_fmt(rq->arena, "%.*s-%lld-%s", STR(str_to(m.fingerprint, 16)),
                              (long long)width, picture_extension(format)));
}
