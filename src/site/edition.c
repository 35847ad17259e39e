#include "site/edition.h"

enum { PATH_MAX_BYTES = 1024 };

/* No path has a control character. */
static const str mark = S_INIT("\nlite");

bool edition_is_lite(const struct site *s, const struct request *rq)
{
    return atomic_load_explicit(&s->is_lite, memory_order_relaxed) &&
           !str_ends(rq->raw_path, S(".lite"));
}

str edition_key(arena *a, str key)
{
    return str_join(a, key, mark);
}

static struct page *find_lite(struct site *s, str path,
                              struct page *(*get)(struct cache *c, str key))
{
    char key[PATH_MAX_BYTES + 8];

    if (path.n > PATH_MAX_BYTES)
        return NULL;
    memcpy(key, path.p, path.n);
    memcpy(key + path.n, mark.p, mark.n);
    return get(s->cache, str_of(key, path.n + mark.n));
}

/* One in a while. */
static bool may_have_it_drawn(struct site *s, int64_t now)
{
    long long last = atomic_load_explicit(&s->lite_drawn_at, memory_order_relaxed);

    return now - last >= EDITION_EACH_US &&
           atomic_compare_exchange_strong(&s->lite_drawn_at, &last, now);
}

struct page *edition_instead(struct site *s, const struct request *rq)
{
    struct page *page = edition_is_lite(s, rq) ? find_lite(s, rq->path, cache_get_as_it_is) : NULL;

    return page != NULL ? page : cache_get_as_it_is(s->cache, rq->path);
}

struct page *edition_find(struct site *s, const struct request *rq)
{
    struct page *page;

    if (!edition_is_lite(s, rq))
        return cache_get(s->cache, rq->path);
    page = find_lite(s, rq->path, cache_get);
    if (page != NULL)
        return page;
    page = edition_instead(s, rq);
    if (page != NULL && str_starts(page_header(page, S("content-type")), S("text/html")) &&
        may_have_it_drawn(s, clock_ticks(s->clock)))
        page_drop(&page);
    return page;
}
