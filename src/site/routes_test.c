#include "site/site.h"

#include "base/test.h"
#include "site/tracking.h"
#include "staff/privilege.h"

static bool is_of_the_newsroom(const struct route *r)
{
    str path = str_c(r->path);

    return str_eq(path, S("/desk")) || str_starts(path, S("/desk/"));
}

/* What it takes is JSON, which no form of another site can send (site/public/push.c). */
static bool is_of_a_script(const struct route *r)
{
    return str_starts(str_c(r->path), S("/push/"));
}

TEST(every_route_says_who_may)
{
    for (size_t i = 0; i < site_route_count; i++) {
        const struct route *r = &site_routes[i];

        cr_assert(r->who != WHO_UNSAID, "%s does not say who may", r->path);
        cr_assert(r->needs == NULL || r->who == WHO_STAFF, "%s", r->path);
        cr_assert(r->needs == NULL || privileges_any(str_c(r->needs)) != 0,
                  "%s: there is no privilege %s", r->path, r->needs);
        cr_assert(!r->proved || r->who == WHO_STAFF, "%s", r->path);
    }
}

TEST(nothing_of_the_newsroom_is_kept_and_no_form_is_taken_outside_of_it)
{
    for (size_t i = 0; i < site_route_count; i++) {
        const struct route *r = &site_routes[i];

        if (is_of_the_newsroom(r))
            cr_assert(r->cache == CACHE_NONE, "%s is kept", r->path);
        else
            cr_assert(r->who == WHO_ANYONE && (!(r->methods & POST) || is_of_a_script(r)), "%s",
                      r->path);
    }
}

TEST(no_page_depends_on_what_is_taken_for_tracking)
{
    for (size_t i = 0; i < site_route_count; i++) {
        str names = str_c(site_routes[i].query), name;

        while (str_cut(&names, ' ', &name))
            cr_assert(!tracking_is_all(name), "%s: %.*s", site_routes[i].path, STR(name));
    }
}
