#include "news/information.h"

#include "base/utf8.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/markdown.h"
#include "text/slug.h"

err information_read(arena *a, str markdown, struct information *out, note *why)
{
    str rest = str_trim(markdown), first;

    if (!utf8_ok(markdown))
        return fail(why, E_INVALID, "that is not text in UTF-8");
    if (!str_cut(&rest, '\n', &first) || !str_starts(first, S("# ")))
        return fail(why, E_INVALID, "the first line must be the title, like \"# About us\"");
    out->title = str_squeeze(a, str_from(first, 2));
    if (out->title.n == 0)
        return fail(why, E_INVALID, "the title is empty");
    TRY(body_from_markdown(a, rest, MARKDOWN_FULL, &out->body, why));
    if (out->body.count == 0)
        return fail(why, E_INVALID, "there is nothing below the title");
    return OK;
}

err information_at(struct reading *r, str slug, struct information *out)
{
    struct sql_information_at row;
    struct information page;

    TRY(sql_information_at(r->a, r->db, slug, &row));
    page = (struct information){.slug = row.slug, .title = row.title, .changed_at = row.changed_at};
    TRY(body_from_store(r->a, row.body, &page.body, NULL));
    *out = page;
    return OK;
}

static err tell(arena *a, store_conn *w, str slug, note *why)
{
    struct tag_set tags = tag_set_new(a);

    tag_set_add(&tags, tag_of(TAG_site, 0));
    return event_add(w, EVENT_information_changed, 0, &tags,
                     str_fmt(a, "{\"slug\":\"%.*s\"}", STR(slug)), why);
}

err information_put(arena *a, store_conn *w, const struct information *page, note *why)
{
    struct sql_sections_rows sections;

    if (!slug_ok(page->slug))
        return fail(why, E_INVALID,
                    "\"%.*s\" cannot stand in an address: small letters, digits "
                    "and - between them",
                    STR(page->slug));
    TRY(sql_sections(a, w, &sections));
    for (size_t i = 0; i < sections.n; i++)
        if (str_eq(sections.v[i].slug, page->slug))
            return fail(why, E_CONFLICT, "a section stands at /%.*s", STR(page->slug));
    TRY(sql_information_put(w, page->slug, page->title, body_to_json(a, &page->body),
                            page->changed_at, NULL));
    return tell(a, w, page->slug, why);
}

err information_drop(arena *a, store_conn *w, str slug, note *why)
{
    int64_t dropped;

    TRY(sql_information_drop(w, slug, &dropped));
    if (dropped == 0)
        return fail(why, E_MISSING, "there is no page \"%.*s\"", STR(slug));
    return tell(a, w, slug, why);
}
