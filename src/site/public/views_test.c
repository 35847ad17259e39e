#include "site/public/views.h"

#include "base/test.h"
#include "site/site.h"

EMBEDDED(theme_files);

enum { DRAWN_MAX = 1 << 20 };

static str line_of(arena *a, str guide, const char *view)
{
    str wanted = str_fmt(a, "\n| `%s` | ", view);
    ptrdiff_t last = -1;

    for (str rest = guide; str_find(rest, wanted) >= 0;) {
        last = (rest.p - guide.p) + str_find(rest, wanted);
        rest = str_from(guide, (size_t)last + 1);
    }
    cr_assert(last >= 0, "docs/theme.md has no line for the view %s", view);

    str line = str_from(guide, (size_t)last + 1);

    return str_to(line, (size_t)str_find_char(line, '\n'));
}

/* The view's line in the guide, and those of the views in it. */
static void check_view(arena *a, str guide, const struct view_type *view, int depth)
{
    str line = line_of(a, guide, view->name);

    for (size_t i = 0; i < view->n && depth < 8; i++) {
        const struct view_field *f = &view->fields[i];

        cr_assert(str_find(line, str_fmt(a, "`%s`", f->name)) >= 0,
                  "docs/theme.md does not name the field %s of the view %s", f->name, view->name);
        if (f->of != NULL && f->of != view_str_type)
            check_view(a, guide, f->of(), depth + 1);
    }
}

TEST(views_stand_in_the_guide_for_designers)
{
    str guide = test_file(t, "docs/theme.md");

    site_templates_fill();
    for (size_t i = 0; i < SITE_TEMPLATES; i++)
        check_view(t->arena, guide, site_templates[i].view, 0);
}

TEST(views_with_nothing_in_them_can_be_drawn)
{
    struct theme_source from = {theme_files, theme_files_count, NULL};
    theme *th;

    site_templates_fill();
    CHECK_OK(theme_load(&from, site_templates, SITE_TEMPLATES, &th, &t->why));
    for (size_t i = 0; i < SITE_TEMPLATES; i++) {
        buf out = buf_new(t->arena, DRAWN_MAX);

        theme_draw(th, i, arena_alloc(t->arena, site_templates[i].view->size), S(""), &out, NULL);
        if (i % TEMPLATES >= TEMPLATE_ENTRY_PART && i < 2 * TEMPLATES)
            continue; /* for pages that are open already */
        CHECK(str_starts(buf_str(&out), S("<!doctype html>")));
        CHECK(str_find(buf_str(&out), S("</html>")) > 0);
    }
    theme_drop(&th);
}
