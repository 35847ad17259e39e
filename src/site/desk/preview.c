/*
 * preview.c - a story as readers will see it: for staff, on two widths side by side, and at
 * /preview/{token} for whoever was given a link.
 *
 * Guests get that one story and its own pictures; all else on the page is what any reader has.
 */
#include "site/desk/planning.h"

#include "media/catalogue.h"
#include "news/picture.h"
#include "news/story.h"
#include "news/working.h"
#include "site/desk/writing.h"
#include "site/public/films.h"
#include "site/public/pages.h"
#include "staff/preview.h"
#include "store/sql.h"
#include "text/body.h"

static const str framed_policy =
    S_INIT("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
           "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
           "base-uri 'none'; frame-ancestors 'self'");
static const str guest_policy =
    S_INIT("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
           "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
           "base-uri 'none'; frame-ancestors 'none'");

/* Draw the story that the reading may have; its pictures stand at `media_at`. */
static err draw(struct request *rq, struct reading *r, int64_t id, str media_at, str policy)
{
    struct paper paper;
    struct story s;
    struct view_story view = {0};
    str html;

    TRY(working_story(r, id, &s, &rq->note));
    if (s.card.public_at == 0)
        s.card.public_at = r->now;
    /* what stands around it is what every reader has */
    r->viewer.kind = VIEWER_PUBLIC;
    r->outlet = OUTLET_PAGE;
    r->media_at = media_at;
    TRY(show_paper(rq, r, &paper));
    TRY(story_fill(rq, r, &paper, &s, &view));
    TRY(show_draw(rq, r, TEMPLATE_STORY, &view, &html));
    reading_end(r);
    reply_header(rq, S("X-Robots-Tag"), S("noindex, nofollow, noarchive"));
    reply_header(rq, S("Referrer-Policy"), S("no-referrer"));
    reply_policy(rq, policy);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_html(rq, 200, html);
}

/* --- for staff --- */

static err not_killed(struct request *rq, int64_t id)
{
    struct desk d = writing_desk(rq);
    struct standing now;

    TRY(desk_standing(&d, id, &now, &rq->note));
    return now.state == STATE_KILLED
               ? fail(&rq->note, E_GONE, "a story that was killed is not shown")
               : OK;
}

err desk_preview(struct request *rq)
{
    struct desk_page p;
    int64_t id;

    TRY(writing_story(rq, &id));
    TRY(not_killed(rq, id));
    TRY(desk_begin(rq, &p));
    return draw(rq, &p.r, id, S("/desk/media"), framed_policy);
}

err desk_look(struct request *rq)
{
    struct desk_page p;
    struct sql_story_plan row;
    struct view_desk_look view = {0};
    int64_t id;

    TRY(writing_story(rq, &id));
    TRY(not_killed(rq, id));
    TRY(desk_begin(rq, &p));
    TRY(sql_story_plan(rq->arena, rq->desk, id, &row));
    view.desk = p.head;
    view.headline = desk_headline(&p, row.headline);
    view.back.address = str_fmt(rq->arena, "/desk/stories/%lld", (long long)id);
    view.drawn.address = str_join(rq->arena, view.back.address, S("/preview"));
    return desk_reply(&p, 200, DESK_LOOK, SAY("As readers will see it"), &view);
}

/* --- links --- */

err links_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view)
{
    enum { SHOWN = PREVIEW_LINKS_MAX };
    arena *a = p->rq->arena;
    struct sql_preview_links_of_story_rows rows;

    view->links_action.address = str_fmt(a, "/desk/stories/%lld/links", (long long)story);
    view->look.address = str_fmt(a, "/desk/stories/%lld/look", (long long)story);
    TRY(sql_preview_links_of_story(a, p->rq->desk, story, p->r.now, SHOWN, &rows));

    struct view_desk_link *v = arena_many(a, struct view_desk_link, rows.n);

    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_link){
            .link = rows.v[i].link,
            .who = rows.v[i].who,
            .made = desk_when(p, rows.v[i].made_at),
            .until = desk_when(p, rows.v[i].until_at),
            .opened = rows.v[i].opened,
            .is_opened = rows.v[i].opened > 0,
            .last = desk_when(p, rows.v[i].has_opened_at ? rows.v[i].opened_at : 0),
        };
    view->links.v = v;
    view->links.n = rows.n;
    view->has_links = rows.n > 0;
    return OK;
}

static err make(struct staff_work *k, void *of, note *why)
{
    return staff_preview_make(k, of, why);
}

struct ending {
    int64_t story, link;
};

static err end(struct staff_work *k, void *of, note *why)
{
    const struct ending *e = of;

    return staff_preview_end(k, e->story, e->link, why);
}

/* By the paper's address; without one, as asked. */
static str address_of(struct request *rq, str secret)
{
    str at = paper_address(rq->arena, rq->desk);

    if (at.n == 0)
        at = desk_asked_at(rq);
    return str_fmt(rq->arena, "%.*s/preview/%.*s", STR(at), STR(secret));
}

err desk_links_post(struct request *rq)
{
    struct preview_link link = {0};
    struct ending ending = {0};
    int64_t hours = 0;
    err e;

    TRY(writing_story(rq, &link.story));
    if (str_int(desk_field(rq, "end"), &ending.link)) {
        ending.story = link.story;
        e = desk_do(rq, end, &ending);
        if (e != OK && e != E_MISSING)
            return e;
        return desk_go(rq, str_fmt(rq->arena, "/desk/stories/%lld", (long long)link.story),
                       "link-ended");
    }
    if (!str_int(desk_field(rq, "hours"), &hours) || hours < 1 || hours > PREVIEW_HOURS_MAX)
        return fail(&rq->note, E_INVALID, "a link needs to know how long it holds");
    link.hours = (int)hours;
    e = desk_do(rq, make, &link);
    if (e == E_LIMIT)
        return story_show_link(rq, link.story, S(""), 0,
                               SAY("There are as many links as there may be. Revoke one first."));
    TRY(e);
    return story_show_link(rq, link.story, address_of(rq, link.secret), link.until_at, NULL);
}

/* --- for whoever has a link --- */

static err opened(arena *a, store_conn *w, void *of, note *why)
{
    const struct ending *e = of;

    (void)a, (void)why;
    return sql_preview_link_opened(w, e->link, e->story /* the moment */, NULL);
}

/* It opened something once, or never: said alike, and kept by nobody. */
static err is_over(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct view_message view = {.status = 410};
    struct page_head head = {.path = rq->path};
    str html;

    TRY(show_begin_for(rq, OUTLET_PAGE, &r));
    TRY(show_paper(rq, &r, &paper));
    view.title = say(paper.tongue, SAY("This link opens nothing any more"));
    view.text = say(paper.tongue, SAY("Its time is over, or it was revoked. Please ask whoever "
                                      "gave it to you for a new one."));
    head.title = str_fmt(rq->arena, "%.*s | %.*s", STR(view.title), STR(paper.name));
    TRY(show_head(rq, &r, &paper, &head, &view.page));
    TRY(show_draw(rq, &r, TEMPLATE_MESSAGE, &view, &html));
    reading_end(&r);
    reply_header(rq, S("X-Robots-Tag"), S("noindex, nofollow, noarchive"));
    reply_header(rq, S("Referrer-Policy"), S("no-referrer"));
    reply_policy(rq, guest_policy);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_html(rq, 410, html);
}

static err begin_as_guest(struct request *rq, struct reading *r)
{
    TRY(show_begin_for(rq, OUTLET_PREVIEW, r));
    r->viewer.kind = VIEWER_GUEST;
    return OK;
}

err shared_preview(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t now = clock_now(s->clock), story, link;
    str secret = request_param(rq, S("token"));
    struct reading r;
    err e = staff_preview_look(rq->arena, rq->desk, secret, now, &story, &link);

    if (e == OK && rq->method == GET) {
        struct ending count = {now, link};

        TRY(store_write(s->store, opened, &count, rq->arena, &rq->note));
    }
    if (e == OK) {
        TRY(begin_as_guest(rq, &r));
        e = draw(rq, &r, story, str_fmt(rq->arena, "/preview/%.*s/media", STR(secret)),
                 guest_policy);
        if (e != OK)
            reading_end(&r);
    }
    return e == E_MISSING || e == E_GONE ? is_over(rq) : e;
}

/* A picture that the story shows; or that any reader may have, as it stands beside it. */
static err may_have(struct request *rq, int64_t id, struct media *m)
{
    const struct site *s = rq->of;
    int64_t story, link;
    struct reading r;
    struct story of;

    TRY(staff_preview_look(rq->arena, rq->desk, request_param(rq, S("token")), clock_now(s->clock),
                           &story, &link));
    TRY(begin_as_guest(rq, &r));
    TRY(working_story(&r, story, &of, &rq->note));
    if (of.card.hero != id && !body_shows(&of.body, id)) {
        r.viewer.kind = VIEWER_PUBLIC;
        r.outlet = OUTLET_PAGE;
        TRY(picture_gate(&r, id));
    }
    TRY(media_shown(rq->arena, rq->desk, id, m)); /* none that was killed */
    TRY(media_find(rq->arena, rq->desk, id, m));
    reading_end(&r);
    reply_header(rq, S("X-Robots-Tag"), S("noindex, nofollow, noarchive"));
    reply_keep(rq, KEEP_NOT, 0, 0);
    return OK;
}

err shared_media(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t id;
    struct rendition asked;
    struct media m;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(rendition_asked(rq, &asked));
    TRY(may_have(rq, id, &m));
    return rendition_reply(rq, s, &m, &asked);
}

err shared_film(struct request *rq)
{
    const struct site *s = rq->of;
    int64_t id;
    struct media m;
    struct media_file file;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(may_have(rq, id, &m));
    TRY(media_film_file(rq->arena, &s->library, &m, request_param(rq, S("ext")), &file));
    return reply_file(rq, file.path, str_c(file.type), S(""));
}

err shared_captions(struct request *rq)
{
    int64_t id;
    struct media m;
    struct media_captions_all all;
    const struct media_captions *found;

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(may_have(rq, id, &m));
    TRY(media_captions(rq->arena, rq->desk, id, &all));
    found = captions_in(&all, paper_setting(rq->arena, rq->desk, S("language"), S("")),
                        request_param(rq, S("language")));
    return found == NULL ? E_MISSING
                         : reply_bytes(rq, 200, S("text/vtt; charset=utf-8"), found->vtt);
}
