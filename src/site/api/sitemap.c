/*
 * sitemap.c - the sitemap: an index by month, one file or more a month, and the last two days for
 * news search.
 *
 * A month's file is kept until one of its own stories changes.  The index asks each month for two
 * numbers, which are kept in the same way, so that a new story costs one month, not the archive.
 */
#include "site/api/door.h"
#include "site/api/doors.h"

#include "news/map.h"
#include "news/notice.h"
#include "news/subject.h"
#include "text/json_pull.h"
#include "text/xml_write.h"

enum { ADDRESSES = 5000, NEWS_MOST = 1000, SITEMAP_MAX = 16 << 20, INDEX_MAX = 4 << 20 };

#define SITEMAP_NAMESPACE S("http://www.sitemaps.org/schemas/sitemap/0.9")

static const str sitemap_type = S_INIT("application/xml; charset=utf-8");

static void put_address(struct xml_writer *w, const struct door *d, const char *name, str path,
                        int64_t changed_at)
{
    xml_put_begin(w, name);
    xml_put_element(w, "loc", door_address(d, path));
    if (changed_at != 0)
        xml_put_element(w, "lastmod", door_moment(d, changed_at));
    xml_put_end(w);
}

static struct xml_writer urlset(buf *out)
{
    struct xml_writer w = xml_writer(out);

    xml_put_begin(&w, "urlset");
    xml_put_attr(&w, "xmlns", SITEMAP_NAMESPACE);
    return w;
}

/* --- the index --- */

/* Two numbers under a key that no path can be. */
static bool read_facts(arena *a, str text, struct map_facts *out)
{
    struct json_pull j = json_pull(a, text);

    return json_list(&j) && json_item(&j) && json_integer(&j, &out->stories) && json_item(&j) &&
           json_integer(&j, &out->changed_at);
}

static err facts_anew(struct door *d, struct map_month m, struct cache_turn *turn,
                      struct map_facts *out)
{
    struct reading own = d->r;
    struct page *page;

    own.tags = tag_set_new(d->a);
    own.until = TIME_NEVER;
    TRY(map_month_facts(&own, m, out));
    if (d->site->cache == NULL)
        return OK;
    page = page_build(&(struct page_spec){
        .type = S("application/json"),
        .body = str_fmt(d->a, "[%lld,%lld]", (long long)out->stories, (long long)out->changed_at),
        .expires_at = own.until,
    });
    cache_put(d->site->cache, turn, page, &own.tags, store_read_event(d->r.db));
    page_drop(&page);
    return OK;
}

static err facts_of(struct door *d, struct map_month m, struct map_facts *out)
{
    struct cache_turn turn = {0};
    struct page *page = NULL;
    bool known = false;
    err e;

    if (d->site->cache == NULL)
        return facts_anew(d, m, NULL, out);
    if (cache_enter(d->site->cache, str_fmt(d->a, "sitemap %d-%02d", m.year, m.month), &page,
                    &turn)) {
        known = read_facts(d->a, page_body(page), out);
        page_drop(&page);
        return known ? OK : E_IO;
    }
    e = facts_anew(d, m, &turn, out);
    cache_give_up(d->site->cache, &turn);
    return e;
}

static err put_month(struct xml_writer *w, struct door *d, struct map_month m)
{
    struct map_facts facts;

    TRY(facts_of(d, m, &facts));
    for (int64_t part = 1; (part - 1) * ADDRESSES < facts.stories; part++) {
        str file = part == 1 ? str_fmt(d->a, "/sitemap/%d-%02d.xml", m.year, m.month)
                             : str_fmt(d->a, "/sitemap/%d-%02d-%lld.xml", m.year, m.month,
                                       (long long)part);

        put_address(w, d, "sitemap", file, facts.changed_at);
    }
    return OK;
}

/* What is not a story: named in the index when there is any. */
typedef err places_of(struct reading *r, size_t many, struct map_places *out);

static err put_places(struct xml_writer *w, struct door *d, places_of *of, str file)
{
    struct map_places places;

    TRY(of(&d->r, 1, &places));
    if (places.n > 0)
        put_address(w, d, "sitemap", file, 0);
    return OK;
}

static err reply_places(struct request *rq, places_of *of)
{
    struct door d;
    struct map_places places;
    buf out = buf_new(rq->arena, SITEMAP_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    TRY(of(&d.r, ADDRESSES, &places));
    if (places.n == 0)
        return E_MISSING;

    struct xml_writer w = urlset(&out);

    for (size_t i = 0; i < places.n; i++)
        put_address(&w, &d, "url", places.v[i].path, places.v[i].at);
    xml_put_end(&w);
    return door_reply(&d, sitemap_type, &out, NULL, 0);
}

err sitemap_notices(struct request *rq)
{
    return reply_places(rq, notices_map);
}

/* Topics, authors, places: those that were last in the paper. */
err sitemap_subjects(struct request *rq)
{
    return reply_places(rq, subjects_map);
}

err sitemap_index(struct request *rq)
{
    struct door d;
    struct map_month m;
    buf out = buf_new(rq->arena, INDEX_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));

    struct map_month last = map_month_of(d.r.now);
    struct xml_writer w = xml_writer(&out);
    err e = map_first(&d.r, &m);

    if (e != OK && e != E_MISSING)
        return e;
    xml_put_begin(&w, "sitemapindex");
    xml_put_attr(&w, "xmlns", SITEMAP_NAMESPACE);
    put_address(&w, &d, "sitemap", S("/sitemap/sections.xml"), 0);
    TRY(put_places(&w, &d, notices_map, S("/sitemap/notices.xml")));
    TRY(put_places(&w, &d, subjects_map, S("/sitemap/subjects.xml")));
    for (; e == OK && !map_month_before(last, m); m = map_month_next(m))
        TRY(put_month(&w, &d, m));
    xml_put_end(&w);
    return door_reply(&d, sitemap_type, &out, NULL, 0);
}

/* --- the files --- */

static bool digits(str s, size_t from, size_t to, int64_t *n)
{
    str part = s.n < from ? (str){0} : str_from(str_to(s, to), from);

    return part.n > 0 && part.p[0] != '-' && str_int(part, n);
}

/* "2026-11", "2026-11-2". */
static bool read_name(str name, struct map_month *m, int64_t *part)
{
    int64_t year, month;

    *part = 1;
    if (name.n < 7 || name.p[4] != '-' || !digits(name, 0, 4, &year) ||
        !digits(name, 5, 7, &month) || year < 1970 || year > 9998 || month < 1 || month > 12)
        return false;
    if (name.n > 7 && (name.p[7] != '-' || name.p[8] == '0' || name.n > 12 ||
                       !digits(name, 8, name.n, part) || *part < 2))
        return false;
    *m = (struct map_month){(int)year, (int)month};
    return true;
}

err sitemap_month(struct request *rq)
{
    struct door d;
    struct map_month m;
    struct map_lines lines;
    int64_t part;
    buf out = buf_new(rq->arena, SITEMAP_MAX);

    if (!read_name(request_param(rq, S("name")), &m, &part))
        return E_MISSING;
    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    TRY(map_month_lines(&d.r, m, (size_t)(part - 1) * ADDRESSES, ADDRESSES, &lines));
    if (lines.n == 0)
        return E_MISSING;

    struct xml_writer w = urlset(&out);

    for (size_t i = 0; i < lines.n; i++)
        put_address(&w, &d, "url", lines.v[i].path, lines.v[i].changed_at);
    xml_put_end(&w);
    return door_reply(&d, sitemap_type, &out, NULL, 0);
}

err sitemap_sections(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, INDEX_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));

    struct xml_writer w = urlset(&out);

    put_address(&w, &d, "url", S("/"), 0);
    for (size_t i = 0; i < d.paper.section_count; i++)
        put_address(&w, &d, "url", str_join(d.a, S("/"), d.paper.sections[i].slug), 0);
    put_address(&w, &d, "url", S("/archive"), 0);
    put_address(&w, &d, "url", S("/corrections"), 0);
    put_address(&w, &d, "url", S("/notices"), 0);
    for (size_t i = 0; i < d.paper.page_count; i++)
        put_address(&w, &d, "url", str_join(d.a, S("/"), d.paper.pages[i].slug),
                    d.paper.pages[i].changed_at);
    xml_put_end(&w);
    return door_reply(&d, sitemap_type, &out, NULL, 0);
}

/* --- the last two days, for news search --- */

/* News search knows languages by their first part, but for Chinese. */
static str news_language(str language)
{
    ptrdiff_t dash = str_find_char(language, '-');

    if (str_eq_nocase(language, S("zh-cn")) || str_eq_nocase(language, S("zh-tw")))
        return language;
    return dash < 0 ? language : str_to(language, (size_t)dash);
}

static void put_news(struct xml_writer *w, const struct door *d, const struct map_line *line)
{
    str language = line->language.n > 0 ? line->language : d->paper.language;

    xml_put_begin(w, "url");
    xml_put_element(w, "loc", door_address(d, line->path));
    xml_put_element(w, "lastmod", door_moment(d, line->changed_at));
    xml_put_begin(w, "news:news");
    xml_put_begin(w, "news:publication");
    xml_put_element(w, "news:name", d->paper.name);
    xml_put_element(w, "news:language", str_lower(d->a, news_language(language)));
    xml_put_end(w);
    xml_put_element(w, "news:publication_date", door_moment(d, line->public_at));
    xml_put_element(w, "news:title", line->headline);
    xml_put_end(w);
    xml_put_end(w);
}

err sitemap_news(struct request *rq)
{
    struct door d;
    struct map_lines lines;
    buf out = buf_new(rq->arena, SITEMAP_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    TRY(map_news(&d.r, SITEMAP_NEWS_AGE, NEWS_MOST, &lines));

    struct xml_writer w = urlset(&out);

    xml_put_attr(&w, "xmlns:news", S("http://www.google.com/schemas/sitemap-news/0.9"));
    for (size_t i = 0; i < lines.n; i++)
        put_news(&w, &d, &lines.v[i]);
    xml_put_end(&w);
    return door_reply(&d, sitemap_type, &out, NULL, 0);
}
