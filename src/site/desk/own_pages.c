/*
 * own_pages.c - /desk/settings/pages: the pages that the paper writes about itself, as Markdown.
 */
#include "news/information.h"

#include "site/desk/desk.h"
#include "store/sql.h"
#include "text/markdown.h"
#include "text/slug.h"
#include "text/write_markdown.h"
#include "text/write_page.h"

enum { HTML_MAX = 4 << 20, TITLE_MAX = 200 };

struct html desk_body(const struct desk_page *p, const struct body *body)
{
    buf out = buf_new(p->rq->arena, HTML_MAX);

    body_write_page(&out, body,
                    &(struct page_writer){.no_ids = true,
                                          .level_down = 1,
                                          .words = {.table = say(p->paper.tongue, "Table")}});
    return (struct html){buf_str(&out)};
}

err desk_pages(struct request *rq)
{
    struct desk_page p;
    struct view_desk_pages view = {0};
    struct view_desk_menu_line *v;

    TRY(desk_begin(rq, &p));
    v = arena_many(rq->arena, struct view_desk_menu_line, p.paper.page_count);
    for (size_t i = 0; i < p.paper.page_count; i++)
        v[i] = (struct view_desk_menu_line){
            .name = p.paper.pages[i].title,
            .address = str_join(rq->arena, S("/"), p.paper.pages[i].slug),
            .href = {str_join(rq->arena, S("/desk/settings/pages/"), p.paper.pages[i].slug)},
        };
    view.lines.v = v;
    view.lines.n = p.paper.page_count;
    view.has_lines = view.lines.n > 0;
    view.desk = p.head;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    return desk_reply(&p, 200, DESK_PAGES, SAY("Its own pages"), &view);
}

/* --- one --- */

struct typed {
    bool is_new, previews;
    str slug, title, text;
    const char *wrong;
};

static err show(struct request *rq, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_page view = {.action = {rq->raw_path},
                                  .is_new = typed->is_new,
                                  .slug = typed->slug,
                                  .title = typed->title,
                                  .text = typed->text};
    struct body body;

    TRY(desk_begin(rq, &p));
    if (!typed->is_new)
        view.href.address = str_join(rq->arena, S("/"), typed->slug);
    if (typed->previews &&
        body_from_markdown(rq->arena, typed->text, MARKDOWN_FULL, &body, NULL) == OK) {
        view.has_preview = true;
        view.preview = desk_body(&p, &body);
    }
    view.desk = p.head;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    if (typed->wrong != NULL)
        desk_wrong(&p, typed->wrong);
    return desk_reply(&p, typed->wrong != NULL ? 422 : 200, DESK_PAGE, SAY("Its own pages"), &view);
}

static str asked(struct request *rq)
{
    return request_param(rq, S("slug"));
}

/* "new" is no page's word: whoever wants it takes another. */
static bool is_new(struct request *rq)
{
    return str_eq(asked(rq), S("new"));
}

err desk_page_edit(struct request *rq)
{
    struct typed typed = {.is_new = is_new(rq), .slug = asked(rq)};
    struct sql_information_at row;
    struct body body;

    if (typed.is_new) {
        typed.slug = S("");
        return show(rq, &typed);
    }
    TRY(sql_information_at(rq->arena, rq->desk, typed.slug, &row));
    TRY(body_from_store(rq->arena, row.body, &body, &rq->note));
    typed.title = row.title;
    if (!body_to_markdown(rq->arena, &body, &typed.text))
        return fail(&rq->note, E_INVALID, "this page holds more than Markdown can say");
    return show(rq, &typed);
}

struct job {
    struct information page;
    bool drops, is_new;
};

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    struct sql_information_at old;
    struct deed deed = {.act = AUDIT_page_changed, .label = job->page.slug};
    struct body body;
    str text;

    if (sql_information_at(k->a, k->w, job->page.slug, &old) == OK) {
        if (job->is_new)
            return fail(why, E_CONFLICT, "there is a page at that address");
        deed.was = audit_line(k->a, S(""), "title", old.title);
        if (body_from_store(k->a, old.body, &body, NULL) == OK &&
            body_to_markdown(k->a, &body, &text))
            deed.was = audit_line(k->a, deed.was, "text", text);
    }
    if (job->drops) {
        TRY(information_drop(k->a, k->w, job->page.slug, why));
    } else {
        job->page.changed_at = k->now;
        TRY(information_put(k->a, k->w, &job->page, why));
        deed.is = audit_line(k->a, S(""), "title", job->page.title);
        if (body_to_markdown(k->a, &job->page.body, &text))
            deed.is = audit_line(k->a, deed.is, "text", text);
    }
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

static err read_page(struct request *rq, const struct typed *typed, struct information *page)
{
    str markdown = str_fmt(rq->arena, "# %.*s\n\n%.*s", STR(str_squeeze(rq->arena, typed->title)),
                           STR(typed->text));

    page->slug = typed->slug;
    if (typed->title.n == 0 || typed->title.n > TITLE_MAX)
        return E_INVALID;
    if (site_has_address(str_join(rq->arena, S("/"), typed->slug)))
        return E_CONFLICT;
    return information_read(rq->arena, markdown, page, &rq->note);
}

err desk_page_post(struct request *rq)
{
    str act = desk_field(rq, "act");
    struct typed typed = {
        .is_new = is_new(rq),
        .slug = is_new(rq) ? desk_field(rq, "slug") : asked(rq),
        .title = desk_field(rq, "title"),
        .text = str_replace(rq->arena, desk_field(rq, "text"), S("\r\n"), S("\n")),
        .previews = str_eq(act, S("preview")),
    };
    struct job job = {.drops = str_eq(act, S("drop")), .page.slug = typed.slug};
    err e = OK;

    if (typed.previews)
        return show(rq, &typed);
    if (typed.is_new && typed.slug.n == 0)
        typed.slug = slug_make(rq->arena, typed.title);
    job.is_new = typed.is_new;
    if (!job.drops)
        e = read_page(rq, &typed, &job.page);
    if (e == OK)
        e = desk_do(rq, run, &job);
    if (e == E_CONFLICT || e == E_INVALID) {
        typed.wrong = e == E_CONFLICT
                          ? SAY("Something else stands at that address, or leads on from it.")
                          : SAY("A page takes a title, a text, and a word of small letters, digits "
                                "and hyphens for its address.");
        return show(rq, &typed);
    }
    TRY(e);
    return desk_go(rq, S("/desk/settings/pages"), job.drops ? "page-gone" : "page-kept");
}
