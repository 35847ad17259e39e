/*
 * icons.c - the paper's icon: its letter in white on its colour, drawn for tabs, and as pictures
 * for the screens of telephones; and the manifest that says which is which.
 */
#include "site/public/pages.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "http/reply.h"
#include "media/icon.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "text/colour.h"
#include "text/json_write.h"

/* Signs of ASCII and Latin-1, and the general punctuation. */
static bool is_sign(uint32_t c)
{
    return (c < 0xc0 && utf8_spell(c).n == 0) || (c >= 0x2000 && c < 0x2070);
}

/* The first letter of its short name, after an article. */
static str initial(const struct paper *paper)
{
    str rest = paper->short_name.n > 0 ? paper->short_name : paper->name;

    if (str_starts_nocase(rest, S("the ")))
        rest = str_from(rest, 4);
    for (str from = rest; rest.n > 0; from = rest)
        if (!is_sign(utf8_next(&rest)))
            return str_to(from, from.n - rest.n);
    return S("•");
}

/* White on the accent, which is dark enough for it. */
static str icon_of(arena *a, const struct paper *paper)
{
    struct colour accent;

    return str_fmt(a,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">"
                   "<rect width=\"32\" height=\"32\" rx=\"4\" fill=\"%.*s\"/>"
                   "<text x=\"16\" y=\"24\" font-family=\"Georgia, serif\" font-size=\"23\" "
                   "font-weight=\"700\" text-anchor=\"middle\" fill=\"#fff\">%.*s</text></svg>",
                   STR(colour_read(paper->accent, &accent) ? paper->accent : S("#8a1c1c")),
                   STR(initial(paper)));
}

str icon_address(arena *a, const struct paper *paper)
{
    return str_fmt(a, "/icon/%.*s.svg", STR(fingerprint(a, icon_of(a, paper))));
}

/* GET /icon/{fingerprint}.svg; that of another day gives today's. */
err icon_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    str svg;
    bool for_ever;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    svg = icon_of(rq->arena, &paper);
    for_ever = str_eq(request_param(rq, S("fingerprint")), fingerprint(rq->arena, svg));
    return show_bytes(rq, &r, S("image/svg+xml"), svg, for_ever ? KEEP_FOREVER : KEEP_SHARED);
}

/* --- as pictures --- */

/* "touch": where the screen of a telephone gives it round corners of its own. */
static const struct drawn {
    str name, purpose;
    int size;
    bool whole;
} all_drawn[] = {
    {S_INIT("192"), S_INIT("any"), 192, false},
    {S_INIT("512"), S_INIT("any"), 512, false},
    {S_INIT("maskable"), S_INIT("maskable"), 512, true},
    {S_INIT("touch"), S_INIT(""), 180, true},
};

static const struct drawn *drawn_named(str name)
{
    for (size_t i = 0; i < LENGTH(all_drawn); i++)
        if (str_eq(all_drawn[i].name, name))
            return &all_drawn[i];
    return NULL;
}

/* "/icon/{fingerprint}/{drawn}.png", under the fingerprint of the drawing in `paper->icon`. */
static str drawn_address(arena *a, const struct paper *paper, str name)
{
    str folder = str_to(paper->icon, paper->icon.n - S(".svg").n);

    return str_fmt(a, "%.*s/%.*s.png", STR(folder), STR(name));
}

str icon_touch_address(arena *a, const struct paper *paper)
{
    return drawn_address(a, paper, S("touch"));
}

static err draw(struct request *rq, struct reading *r, const struct paper *paper,
                const struct drawn *drawn, enum page_keep keep)
{
    struct icon icon = {initial(paper), paper->accent, drawn->size, drawn->whole};
    str png;

    TRY(icon_draw(rq->arena, &icon, &png, &rq->note));
    return show_bytes(rq, r, S("image/png"), png, keep);
}

/* GET /icon/{fingerprint}/{drawn}.png; that of another day leads to today's, so that nothing is
 * drawn for addresses that somebody makes up. */
err icon_drawn_page(struct request *rq)
{
    const struct drawn *drawn = drawn_named(request_param(rq, S("drawn")));
    struct reading r;
    struct paper paper;
    str right;

    if (drawn == NULL)
        return E_MISSING;
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    right = drawn_address(rq->arena, &paper, drawn->name);
    if (str_eq(right, rq->path))
        return draw(rq, &r, &paper, drawn, KEEP_FOREVER);
    reading_end(&r);
    return reply_see_other(rq, right);
}

/* GET /apple-touch-icon.png, /favicon.ico: where some look without being told. */
err icon_touch_page(struct request *rq)
{
    struct reading r;
    struct paper paper;

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    return draw(rq, &r, &paper, drawn_named(S("touch")), KEEP_SHARED);
}

/* --- the manifest (W3C Web Application Manifest) --- */

enum { MANIFEST_MAX = 32 << 10 };

static void put_icon(struct json_writer *w, str src, str type, str sizes, str purpose)
{
    put_object(w, NULL);
    put_str(w, "src", src);
    put_str(w, "type", type);
    put_str(w, "sizes", sizes);
    put_str(w, "purpose", purpose);
    put_end(w);
}

static void put_icons(arena *a, struct json_writer *w, const struct paper *paper)
{
    put_list(w, "icons");
    put_icon(w, paper->icon, S("image/svg+xml"), S("any"), S("any"));
    for (size_t i = 0; i < LENGTH(all_drawn); i++) {
        const struct drawn *d = &all_drawn[i];

        if (d->purpose.n > 0)
            put_icon(w, drawn_address(a, paper, d->name), S("image/png"),
                     str_fmt(a, "%dx%d", d->size, d->size), d->purpose);
    }
    put_end(w);
}

static void put_shortcut(struct json_writer *w, str name, str address)
{
    put_object(w, NULL);
    put_str(w, "name", name);
    put_str(w, "url", address);
    put_end(w);
}

/* GET /manifest.webmanifest: how the paper stands among the programs of a telephone. */
err manifest_page(struct request *rq)
{
    static const str ground = S_INIT("#fffefb");
    struct reading r;
    struct paper paper;
    buf out = buf_new(rq->arena, MANIFEST_MAX);
    struct json_writer w = json_writer(&out);

    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    put_object(&w, NULL);
    put_str(&w, "id", S("/"));
    put_str(&w, "name", paper.name);
    put_str(&w, "short_name", paper.short_name.n > 0 ? paper.short_name : paper.name);
    put_str_if(&w, "description", paper.description);
    put_str(&w, "lang", paper.language);
    put_str(&w, "dir", part_direction(paper.language));
    put_str(&w, "start_url", S("/"));
    put_str(&w, "scope", S("/"));
    put_str(&w, "display", S("minimal-ui"));
    put_str(&w, "theme_color", paper.accent.n > 0 ? paper.accent : S("#8a1c1c"));
    put_str(&w, "background_color", ground);
    put_list(&w, "categories");
    put_str(&w, NULL, S("news"));
    put_end(&w);
    put_icons(rq->arena, &w, &paper);
    put_list(&w, "shortcuts");
    put_shortcut(&w, say(paper.tongue, "Latest"), S("/latest"));
    put_end(&w);
    put_end(&w);
    return show_bytes(rq, &r, S("application/manifest+json"), buf_str(&out), KEEP_SHARED);
}
