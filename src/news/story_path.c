#include "news/story_path.h"

#include "news/paper.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/slug.h"

enum { SAME_WORDS_MAX = 20 }; /* from then on the story's number tells them apart */

static err section_slug(struct desk *d, int64_t section, str *slug)
{
    struct sql_sections_rows rows;

    TRY(sql_sections(d->a, d->w, &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].section == section) {
            *slug = rows.v[i].slug;
            return OK;
        }
    return E_MISSING;
}

err story_path_give(struct desk *d, const struct standing *s, int64_t at, note *why)
{
    struct sql_story_written written;
    str slug, section;
    struct civil day = civil_of(at, paper_zone(d->a, d->w));

    TRY(sql_story_written(d->a, d->w, s->id, &written));
    slug = slug_make(d->a, written.slug.n > 0 ? written.slug : s->headline);
    TRY(section_slug(d, s->section, &section));
    if (slug.n == 0)
        slug = str_fmt(d->a, "%lld", (long long)s->id);
    for (int i = 1; i <= SAME_WORDS_MAX + 1; i++) {
        str path = str_fmt(d->a, "/%.*s/%04d/%02d/%02d/%.*s", STR(section), day.year, day.month,
                           day.day, STR(slug));
        int64_t added;

        if (i > 1)
            path =
                str_fmt(d->a, "%.*s-%lld", STR(path), (long long)(i > SAME_WORDS_MAX ? s->id : i));
        TRY(sql_story_path_add(d->w, s->id, path, &added));
        if (added == 1)
            return sql_story_path_set(d->w, s->id, path, NULL);
    }
    return fail(why, E_CONFLICT, "there is no address left for this headline on that day");
}
