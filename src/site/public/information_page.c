/*
 * information_page.c - GET /{slug}: a page that the paper has written about itself.
 */
#include "site/public/pages.h"

#include "news/information.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "text/write_page.h"

enum { DESCRIPTION_MAX = 160 };

err information_page(struct request *rq, struct reading *r, const struct paper *paper, str slug)
{
    struct information page;
    struct view_information view = {0};
    struct view_when changed;
    struct parts p = {rq->of, r, paper};

    TRY(information_at(r, slug, &page));
    changed = part_when(&p, page.changed_at);
    view.title = page.title;
    view.body = part_body(&p, &page.body);
    view.changed = &changed;
    view.is_contact = str_eq(slug, S("contact"));
    view.letters = paper->letters;
    view.letters_href.address = setting_contact_address(rq->arena, paper->letters);
    view.corrections = paper->corrections;
    view.corrections_href.address = setting_contact_address(rq->arena, paper->corrections);

    struct page_head head = {
        .description = body_opening(rq->arena, &page.body, DESCRIPTION_MAX),
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = page.title,
    };

    TRY(show_head(rq, r, paper, &head, &view.page));
    return show_page(rq, r, 200, TEMPLATE_INFORMATION, &view);
}
