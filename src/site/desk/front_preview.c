/*
 * front_preview.c - /desk/front/preview: the draft of a front as readers will see it, on a
 * telephone and on a desk; /desk/front/drawn: the same as a page of its own, for the frame of the
 * first.
 */
#include "site/desk/front.h"

#include "site/public/pages.h"

/* What is drawn may stand in a frame of ours, and nothing else may. */
static const str drawn_policy =
    S_INIT("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
           "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
           "base-uri 'none'; frame-ancestors 'self'");
static str address_as(const struct desk_front *f, const char *as)
{
    const struct desk_word words[] = {{"section", f->slug}, {"as", str_c(as)}};

    return desk_address(f->p.rq, "/desk/front/preview", words, LENGTH(words));
}

err desk_front_preview(struct request *rq)
{
    struct desk_front f;
    struct view_desk_front_preview view;

    TRY(desk_front_begin(rq, desk_query(rq, S("section"), SLUG_MAX), &f));
    view = (struct view_desk_front_preview){
        .desk = f.p.head,
        .front_name = f.name,
        .section = f.slug,
        .seen = front_seen(rq->arena, &f.facts, &f.layout),
        .back = {desk_front_address(&f, "/desk/front")},
        .drawn = {desk_front_address(&f, "/desk/front/drawn")},
        .as_phone = {address_as(&f, "phone")},
        .as_desktop = {address_as(&f, "desk")},
        .is_phone = str_eq(desk_query(rq, S("as"), 8), S("phone")),
        .has_draft = f.facts.draft != 0,
    };
    return desk_reply(&f.p, 200, DESK_FRONT_PREVIEW, SAY("Preview"), &view);
}

err desk_front_drawn(struct request *rq)
{
    struct desk_front f;
    struct view_front view = {0};
    struct front_at at;
    str html;

    TRY(desk_front_begin(rq, desk_query(rq, S("section"), SLUG_MAX), &f));
    f.p.r.viewer.kind = VIEWER_PUBLIC;
    f.p.r.outlet = OUTLET_PAGE;
    at.path = f.slug.n > 0 ? str_join(rq->arena, S("/"), f.slug) : S("/");
    at.canonical = at.path;
    TRY(front_fill(rq, &f.p.r, &f.p.paper, f.section, &f.shown, &at, &view));
    TRY(show_draw(rq, &f.p.r, TEMPLATE_FRONT, &view, &html));
    reading_end(&f.p.r);
    reply_header(rq, S("X-Robots-Tag"), S("noindex, nofollow"));
    reply_policy(rq, drawn_policy);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_html(rq, 200, html);
}
